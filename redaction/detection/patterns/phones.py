# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of phone numbers: with a country's code, in national spelling, beside a word that tells."""

import re
from itertools import pairwise
from typing import Final

from redaction.detection.patterns.rules import Rule

_BEFORE = r"(?<![\w.+/:-])"
_AFTER = r"(?![\w]|[.:/-]\d)"
_EXTENSION = r"(?:,?[ ]?(?i:x|ext\.?|extn\.?|extension|durchwahl|dw|poste)[ :]{0,2}\d{1,6})?"
_TOLD = (
    r"phone|tel|telephone|telefon|telefax|t\u00e9l\u00e9phone|t\u00e9l|telefono|tel\u00e9fono|telefone|telefoon|tlf|fon|mobile|mobil|mob|mobiel|m\u00f3vil|cellulare|cell|fax"
    r"|handy|gsm|rufnummer|festnetz|desk|landline|llam(?:ar|e|en|ad)|appele[rz]|anrufen|chiamare|whatsapp|sms|hotline|call|dial|ring|text|reach|answering|messages|contact|office"
)
_KINDS = r"office|fax|mobile|cell|home|work|desk|direct"


def _long_enough(value: str) -> bool:
    return 8 <= _digits(value) <= 16


def _digits(value: str) -> int:
    """Count the digits without those of the extension."""
    return sum(c.isdigit() for c in re.split(r"(?i)[xedp]", value, maxsplit=1)[0])


def _national(value: str) -> bool:
    """Tell a number from an enumeration, whose groups go up in step, and from a dump."""
    groups = re.findall(r"\d+", value)
    steps = {int(after) - int(before) for before, after in pairwise(groups)}
    digits = _digits(value)
    if digits > 16 or (digits < 9 and not value.startswith(("0", "(0"))):
        return False
    counted = len(steps) == 1 and abs(steps.pop()) <= 10
    return len(groups) < 3 or not (counted or {len(group) for group in groups} == {4})


def _told(value: str) -> bool:
    digits = _digits(value)
    dotted = re.fullmatch(r"\d{1,5}(?:\.\d{1,6}){1,4}", value)
    # `8.1.14219.341` is a version; a dotted phone has groups of two to four, or begins with 0.
    grouped = re.fullmatch(r"\d{2,4}(?:\.\d{2,4}){2,5}", value)
    least = 6 if re.search(r"\d[ -]\d", value) else 7
    return least <= digits <= 16 and (dotted is None or grouped is not None)


PHONES: Final[tuple[Rule, ...]] = (
    Rule(
        "PHONE", "phone-international",
        re.compile(rf"(?<![\w.+/-])\+\d{{1,3}}(?:[ ./-]?\(0?\d{{1,5}}\))?(?:[ ]?[./-]?[ ]?\d{{1,5}}){{2,6}}{_EXTENSION}(?![\w]|[.-]\d)"),
        ("+",), 0.85, soft=True, accept=_long_enough,
    ),
    Rule(
        "PHONE", "phone-national",
        re.compile(rf"{_BEFORE}00[1-9]\d{{0,2}}[ ./-](?:\(0\)[ ]?)?[1-9]\d{{1,4}}(?:[ ./-]\d{{2,8}}){{1,4}}{_AFTER}"),
        ("00",), 0.75, soft=True, accept=lambda value: 10 <= _digits(value) <= 16 and _national(value),
    ),
    Rule(
        "PHONE", "phone-national",
        re.compile(
            rf"{_BEFORE}(?:1[ .-])?(?:\(\d{{3}}\)[ ]?|\d{{3}}[.-]|\d{{3}}[ ](?=\d{{3}}[ -]\d{{4}}))\d{{3}}[ .-]\d{{4}}{_EXTENSION}(?![\w]|[.-]\d)"
            rf"|{_BEFORE}\(0?\d{{1,4}}\)[ ]?\d{{2,5}}(?:[ /-]\d{{2,5}}){{1,4}}{_EXTENSION}{_AFTER}"
            rf"|{_BEFORE}\(0\d{{1,4}}\)[ ]?(?:/[ ]?)?\d{{4,9}}{_EXTENSION}{_AFTER}"
            rf"|{_BEFORE}0[1-9]\d{{1,3}}(?:[ -]|[ ]?/[ ]?)(?:\d{{5,8}}|\d{{2,4}}(?:[ -]\d{{2,4}}){{1,3}}(?:[ -]\d)?)(?:-\d{{1,5}})?{_EXTENSION}{_AFTER}"
            rf"|{_BEFORE}(?<!\d\d[ ])0[1-9](?:(?:[ ]\d\d){{4}}|(?:\.\d\d){{4}}|(?:-\d\d){{4}})(?![ ]?\d\d\b){_AFTER}"
        ),
        (), 0.75, soft=True, accept=_national,
    ),
    Rule(
        "PHONE", "phone-told",
        re.compile(
            rf"(?i:\b(?:{_TOLD})\b\.?(?:[ ](?:kom|mob|priv|dienstl|gesch|sl|dom|st)\b\.?)?(?:[ ]?\([a-z ./]{{1,14}}\))?)"
            r"(?i:[ \t:.#=-]{1,4}(?:(?:number|no|nr|num|is|me|us|him|her|them|you|back|on|at|to|al|le|au|unter)\b[ \t:.#=]{1,3}){0,4}|[ \t:.#]{0,3}\r?\n[ \t]?)"
            rf"(?P<PHONE>[+(\d][\d ().+/-]{{5,22}}\d{_EXTENSION})(?![\w@]|[.:-]\d)"
        ),
        ("phone", "t\u00e9l", "tel", "tlf", "fon", "mob", "m\u00f3vil", "cell", "fax", "handy", "gsm", "ruf", "festnetz", "desk", "line", "whatsapp", "sms", "call", "dial", "ring", "text", "reach", "answering", "messages", "contact", "office", "llam", "appele", "anrufen", "chiamare"),
        0.85, soft=True, accept=_told,
    ),
    # `M 06-55501234` at the foot of a mail, and what only an extension is.
    Rule(
        "PHONE", "phone-of-signature",
        re.compile(rf"(?:^|[|,;/]|(?<=\d)[ ])[ \t>*]{{0,8}}[TMPFDOH][.:)]{{0,2}}[ \t]{{1,3}}(?P<PHONE>(?:[+(]|0)[\d ().+/-]{{5,22}}\d{_EXTENSION})(?![\w@]|[.:-]\d)", re.MULTILINE),
        (), 0.85, soft=True, accept=_told,
    ),
    Rule(
        "PHONE", "phone-extension",
        re.compile(r"(?i:\b(?:durchwahl|dw\.|nebenstelle|(?:phone|at|on|my|her|his|call|dial|office|desk)[ ]extension|(?:at|on|dial|call|desk)[ ]ext\b|ext\.|extn\.?|toestel|klappe|wew\.|linka)[ \t]{0,2}(?:(?:no|nr|number|is|ist)\b\.?)?[ \t]{0,2}[:-]?[ \t]{0,2}-?)(?P<PHONE>\d{3,6})(?![\w%]|[.,:/-]\w)"),
        ("durchwahl", "dw.", "nebenstelle", "extension", "ext", "extn", "toestel", "klappe", "wew.", "linka"), 0.85,
    ),
    Rule(
        "PHONE", "phone-labelled",
        re.compile(rf"{_BEFORE}(?P<PHONE>[+(\d][\d ().+-]{{5,22}}\d(?:x\d{{1,6}})?)(?:[ ]?(?:-|\()(?i:{_KINDS})\b|[ ](?i:office|fax|mobile|cell|phone|tel|direct)[ ]{{0,8}}$)", re.MULTILINE),
        ("office", "fax", "mobile", "cell", "home", "work", "desk", "direct"), 0.85, soft=True, accept=_told,
    ),
)  # fmt: skip
"""In the order in which they are tried."""
