# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of passport, social security, tax and driving licence numbers.

A number whose check digit fits stands alone where chance rarely makes one; every other number needs
the word for it before it.
"""

import re
from typing import Final

from redaction.detection.patterns import checkdigits as check
from redaction.detection.patterns.rules import Rule

_LEFT, _RIGHT = r"(?<![\w.+/-])", r"(?![\w/-]|\.\d)"
# What may stand between the word and the number.
_GAP = r"(?:[ \t]{0,2}(?:no|nr|num|number|id|code|is|was|are|of|card|#|n[°º]|[:=.#\"'(]){1}){0,4}[ \t\"']{0,3}"


def _numbered(value: str) -> bool:
    return sum(c.isdigit() for c in value) >= 4


def _checked(name: str, hints: str, shape: str, accept: check.Check = _numbered) -> Rule:
    return Rule(
        "NATIONAL_ID",
        name,
        re.compile(f"{_LEFT}(?:{shape}){_RIGHT}"),
        tuple(hints.split()),
        0.85,
        True,
        accept,
    )


def _told(
    kind: str, name: str, word: str, shape: str, hints: str, accept: check.Check = _numbered
) -> Rule:
    pattern = re.compile(rf"(?i:(?<![A-Za-z])(?:{word})){_GAP}(?P<{kind}>{shape})(?![\w-]|\.\d)")
    return Rule(kind, name, pattern, tuple(hints.split()), 0.9, False, accept)


OFFICIAL_IDS: Final[tuple[Rule, ...]] = (
    _checked("us-ssn", "-", r"(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}"),
    _checked("uk-nino", "", r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]( ?)\d{2}\1\d{2}\1\d{2}\1[A-D]"),
    _checked("it-codice-fiscale", "", r"[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]", check.is_codice_fiscale),
    _checked("es-dni", "", r"(?:\d{8}-?|[XYZ]-?\d{7}-?)[A-HJ-NP-TV-Z]", check.is_dni),
    _checked("fr-insee", "", r"[12][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}[ .]?\d{2}", check.is_insee),
    _checked("in-aadhaar", "", r"[2-9]\d{3}([ -])\d{4}\1\d{4}", check.is_aadhaar),
    _checked("in-pan", "", r"[A-Z]{3}[PCHFATBLJG][A-Z]\d{4}[A-Z]"),
    _checked("br-cpf", ".", r"\d{3}\.\d{3}\.\d{3}-\d{2}", check.is_cpf),
    _checked("br-cnpj", "/", r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}"),
    _checked("se-personnummer", "- +", r"(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[67]\d|8\d|9[01])[-+]\d{4}", check.is_personnummer),
    _checked("fi-hetu", "- + a", r"\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y]", check.is_hetu),
    _checked("no-fodselsnummer", "", r"(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])\d{2} \d{5}", check.is_fodselsnummer),
    _checked("ch-ahv", "756", r"756\.?\d{4}\.?\d{4}\.?\d{2}", check.is_ahv),
    _checked("mx-curp", "", r"[A-Z][AEIOUX][A-Z]{2}\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[HMX][A-Z]{5}[A-Z0-9]\d"),
    _told("NATIONAL_ID", "ssn-told", r"ssn|social security|ss#", r"\d{3}[ .-]?\d{2}[ .-]?\d{4}", "ssn social ss#"),
    _told("NATIONAL_ID", "sin-told", r"sin|social insurance", r"\d{3}[ -]?\d{3}[ -]?\d{3}", "sin social", check.is_sin),
    _told("NATIONAL_ID", "de-tax-told", r"steuer[- ]?id(?:entifikationsnummer)?|idnr|tin|tax id|steuernummer", r"\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}|\d{2,3}/\d{3}/\d{5}", "steuer idnr tin tax", lambda value: "/" in value or check.is_steuer_id(value)),
    _told("NATIONAL_ID", "de-id-told", r"personalausweis(?:nummer)?|ausweis(?:nummer)?|id card", r"[CFGHJKLMNPRTVWXYZ0-9]{9,10}[D<]{0,2}", "ausweis card"),
    _told("NATIONAL_ID", "aadhaar-told", r"aadhaar|aadhar|uidai", r"\d{4}[ -]?\d{4}[ -]?\d{4}", "aadha uidai"),
    _told("NATIONAL_ID", "cpf-told", r"cpf|cnpj", r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}|\d{14}", "cpf cnpj"),
    _told("NATIONAL_ID", "nordic-told", r"personnummer|f[øo]dselsnummer|d-nummer|cpr(?:-?nummer)?|henkil[öo]tunnus|hetu|kennitala", r"\d{6}[ -]?\d{3,5}[A-Z]?|\d{12}|\d{8}-\d{4}", "nummer cpr tunnus hetu kennitala"),
    _told("NATIONAL_ID", "pesel-told", r"pesel", r"\d{11}", "pesel"),
    _told("NATIONAL_ID", "codice-fiscale-told", r"codice fiscale|cod\.? ?fisc\.?|c\.f\.", r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]|\d{11}", "fisc c.f."),
    _told("NATIONAL_ID", "bsn-told", r"bsn|burgerservicenummer|sofinummer", r"\d{9}|\d{4}[. ]\d{2}[. ]\d{3}", "bsn burgerservice sofi", check.is_bsn),
    _told("NATIONAL_ID", "fr-insee-told", r"insee|s[ée]curit[ée] sociale|nir", r"[12][ .]?\d{2}[ .]?\d{2}[ .]?\w{2}[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})?", "insee sociale nir"),
    _told("NATIONAL_ID", "es-dni-told", r"dni|nie|nif", r"\d{7,8}-?[A-Z]|[XYZ]-?\d{7}-?[A-Z]", "dni nie nif"),
    _told("NATIONAL_ID", "uk-told", r"national insurance|nino|nhs|utr", r"[A-Z]{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?[A-D]|\d{3}[ ]?\d{3}[ ]?\d{4}", "insurance nino nhs utr"),
    _told("NATIONAL_ID", "licence-told", r"driv(?:er|ing)(?:'?s)?[ -]licen[cs]e|dl|f[üu]hrerschein(?:nummer)?|permis de conduire|patente|rijbewijs|k[öo]rkort|f[øo]rerkort", r"(?=[A-Z0-9*-]{0,14}\d)[A-Z0-9](?:[A-Z0-9*-]|[ ](?=\d)){4,19}", "licen dl hrerschein permis patente rijbewijs kort"),
    _told("NATIONAL_ID", "identity-told", r"national id(?:entity)?|identity(?: card)?|id card|citizen(?:ship)?(?: id)?|tax(?:payer)?(?: id(?:entification)?)?|medicare|tax file|tfn|ein|itin|voter id|residen(?:t|ce) permit", r"(?=[A-Z0-9 -]{0,10}\d{3})[A-Z0-9](?:[A-Z0-9-]|[ ](?=\d)){5,19}", "identity national card citizen tax medicare tfn ein itin voter permit"),
    _told("PASSPORT", "passport-told", r"passport|reisepass(?:nummer)?|passeport|pasaporte|passaporto|paspoort|passnummer|passaporte", r"(?=[A-Z0-9]{0,6}\d)[A-Z0-9]{6,12}(?:[ ]?\d{2,3})?", "pass paspoort pasaporte"),
    Rule("PASSPORT", "passport-zone", re.compile(r"(?<![A-Z0-9<])(?:P[A-Z<][A-Z]{3}[A-Z<]{25,39}(?:\s{1,3}[A-Z0-9<]{44})?|[A-Z0-9<]{9}\d[A-Z]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}\d{2})(?![A-Z0-9<])"), ("<",), 0.95),
)  # fmt: skip
