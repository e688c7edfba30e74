# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of numbers that only the word before them tells: of tax, health, staff, devices, banks."""

import re
from typing import Final

from redaction.detection.patterns.rules import Rule

_LEFT: Final = r"(?<![A-Za-z0-9_])"
_RIGHT: Final = r"(?![\w]|[.-]\w)"
# What may stand between the word and the number.
_GAP: Final = r"(?:[ ]?(?:-?(?:id|no|nr|num|number|nummer|code|n[°ºo])\b\.?|\(\w{1,12}\))){0,2}[\"']?[ \t]{0,12}(?:[:=#]|is\b|was\b|lautet\b)?[ \t]{0,12}[\"']?"
# The same, where the word alone says too little.
_SURE_GAP: Final = r"(?:[ ]?-?(?:no|nr|num|number|nummer|n[°ºo])\b\.?[\"']?[ \t]{0,2}[:=#]?|[\"']?[ \t]{0,2}[:=#])[ \t]{0,12}[\"']?"
# Digits, single letters among them, in groups: `QQ 12 34 56 C`, `1EG4-TE5-MK73`, `736028/5163`.
_NUMBER: Final = r"(?:[A-Z]{1,3}[ ]?)?\d(?:[ ./-]?(?:[A-Z]{1,2}[ -]?)?\d){4,17}(?:[ -]?[A-Z]{1,2})?|[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]"
_PLAIN: Final = r"(?=[A-Z0-9-]{0,12}\d)[A-Z0-9][A-Z0-9-]{3,18}[A-Z0-9]"


def _told(kind: str, name: str, word: str, shape: str, hints: str, gap: str = _GAP) -> Rule:
    pattern = re.compile(rf"(?i:{_LEFT}(?:{word}){gap})(?<![A-Za-z0-9])(?P<{kind}>{shape}){_RIGHT}")
    return Rule(kind, name, pattern, tuple(hints.split()), 0.9)


def _lettered(value: str) -> bool:
    """Tell a device's number from a counter and a certificate's: letters and digits, two of each."""
    return sum(c.isalpha() for c in value) >= 2 and sum(c.isdigit() for c in value) >= 2


TOLD_NUMBERS: Final[tuple[Rule, ...]] = (
    _told("NATIONAL_ID", "tax-number-told", r"ust\.?-?id(?:-?nr)?\.?|umsatzsteuer-id(?:entifikationsnummer)?|vat[ -]?(?:id|reg(?:istration)?|no|number)|tva(?: intracommunautaire)?|btw|p\.?[ ]?iva|partita iva|siret|siren|nip|regon|c\.f\.|abn|gstin", _NUMBER, "ust steuer vat tva btw iva siret siren nip regon c.f abn gstin"),
    _told("NATIONAL_ID", "vat-told", r"vat|uid", r"(?:AT|BE|BG|CHE?|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[ -]?[A-Z]?\d[\d. -]{6,13}\d[A-Z]{0,2}", "vat uid"),
    _told("NATIONAL_ID", "citizen-number-told", r"t\.?c\.?[ ]?kimlik|kimlik|rodn[ée] [čc][íi]slo|dow[óo]d(?: osobisty)?|nino|ni (?=no|number)|egn|jmbg|cnp|cui|oib|emso|amka|afm", _NUMBER, "kimlik slo dow nino ni egn jmbg cnp cui oib emso amka afm"),
    _told("NATIONAL_ID", "health-number-told", r"mbi|mrn|medicare|npi|medical record|patient (?:id|number|no)|(?:kranken)?versicherten-?(?:nummer|nr)\.?|kvnr|sv-?(?:nummer|nr)\.?|sozialversicherungs-?(?:nummer|nr)\.?|rvnr|health (?:card|insurance)|ohip", _NUMBER, "mbi mrn medica npi patient versicher kvnr sv- svn rvnr health ohip"),
    _told("PASSPORT", "passport-number-told", r"(?:reise)?pass|passport|passeport|pasaporte|passaporto", r"(?=[A-Z0-9]{0,6}\d)[A-Z0-9]{7,10}", "pass pasaporte", r"[ -]?(?:no|nr|num|number|nummer|n[°ºo])\b\.?[ \t]{0,2}[:=#]?[ \t]{0,4}"),
    _told("ACCOUNT", "sim-told", r"imsi|iccid|sim(?: card)?(?= ?(?:no|nr|num))|eid", r"\d(?:[ -]?\d){13,31}F?", "imsi iccid sim eid"),
    _told("ACCOUNT", "device-told", r"imei(?:/?sv)?|meid|esn", r"\d(?:[ -]?\d){13,15}", "imei meid esn"),
    Rule("HOST", "serial-told", re.compile(rf"(?i:{_LEFT}(?:serial(?:[ ]?(?:no|nr|number|nummer))?|seriennummer|serien-?nr|s/n|service ?tag|asset ?tag)[.\"']{{0,2}}[ \t]{{0,12}}[:=#][ \t]{{0,12}}[\"']?)(?P<HOST>[A-Z0-9](?:[A-Z0-9]|-(?=[A-Z0-9])){{6,24}}){_RIGHT}"), ("serial", "serien", "s/n", "tag"), 0.9, accept=_lettered),
    _told("USER", "staff-number-told", r"employee[ _-]?(?:id|no|nr|number)|personal-?(?:nr|nummer)\.?|pers\.?-?[ ]?nr\.?|mitarbeiter-?(?:nr|nummer)\.?|staff (?:id|no|number)|matrikel-?(?:nr|nummer)\.?|matricule|badge(?: ?(?:id|no|nr|number))?", r"(?=[A-Z0-9-]{0,4}\d)[A-Z0-9-]{0,4}\d{3,10}", "employee person pers mitarbeiter staff matri badge", r"[\"']?[ \t]{0,2}[:=#]?[ \t]{0,12}[\"']?"),
    _told("CUSTOMER", "customer-number-told", r"customer|client|kunden?|member(?:ship)?|mitglieds?|subscriber|patron|policy|police|versicherungsschein|vertrags?|contract", rf"(?=[A-Z0-9/-]{{0,6}}\d){_PLAIN}", "customer client kund member mitglied subscriber patron policy police versicherung vertrag contract", r"[ -]?(?:no|nr|num|number|nummer)\b\.?[\"']?[ \t]{0,2}[:=#]?[ \t]{0,12}[\"']?"),
    _told("CUSTOMER", "customer-number-abroad", r"(?:num[\u00e9e]ro|n[\u00b0\u00ba])(?: de| du)?[ ](?:client|contrat|dossier|soci[\u00e9e]taire)|n[\u00fau]mero de (?:cliente|contrato|expediente)|(?:numero|codice) cliente|(?:klant|kund|kunde)nummer|numer klienta", rf"(?=[A-Z0-9/-]{{0,8}}\d){_PLAIN}", "client contrat dossier soci expediente klantnummer kundnummer kundenummer klienta", r"[ \t]{0,2}[:=#]?[ \t]{0,12}"),
    _told("ORDER", "invoice-number-told", r"invoice|rechnungs?|facture|factuur|fattura|order|bestell|auftrags?|booking|buchungs?|receipt", r"(?=[A-Z0-9/-]{0,8}\d{3})[A-Z0-9][A-Z0-9/-]{3,20}[A-Z0-9]", "invoice rechnung factu fattura order bestell auftrag booking buchung receipt", r"[ -]?(?:no|nr|num|number|nummer|n[°º])\b\.?[\"']?[ \t]{0,2}[:=#]?[ \t]{0,12}[\"']?"),
    _told("ACCOUNT", "bank-branch-told", r"sort[ -]?code", r"\d\d[ -]?\d\d[ -]?\d\d", "sort"),
    _told("ACCOUNT", "bank-routing-told", r"routing(?:[ /]aba)?|aba(?: routing)?|rtn|blz|bankleitzahl|bsb", r"\d{3}[ -]?\d{3}[ -]?\d{0,3}", "routing aba rtn blz bankleitzahl bsb", _SURE_GAP),
    _told("ACCOUNT", "bank-code-told", r"bic(?:/swift)?|swift(?:/bic|[ -]?code)", r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", "bic swift", r"(?:[ ]?code)?[\"']?[ \t]{0,2}[:=#]?[ \t]{0,12}[\"']?"),
    Rule("CREDIT_CARD", "card-code", re.compile(r"(?i:\b(?:cvv2?|cvc2?|card security code)(?:[ ](?:code|no|number))?[\"']?[ \t]{0,2}[:=#]?[ \t]{0,2}(?:is[ ])?[\"']?)(?<![a-z\d])(?P<CREDIT_CARD>\d{3,4})(?![\w]|[.-]\w)"), ("cvv", "cvc", "security code"), 0.9),
    Rule("USER", "windows-sid", re.compile(r"(?<![\w-])S-1-(?:5-21|12-1)(?:-\d{1,10}){3}-\d{3,10}(?![\w-])"), ("s-1-",), 0.9),
)  # fmt: skip
