# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of dates of birth: behind the words for it in many languages, and in records of people."""

import re
from typing import Final

from redaction.detection.patterns.rules import Rule

_SAID: Final = (
    r"born|d\.?o\.?b\.?|date[ ]of[ ]birth|birth[ ]?da(?:te|y)|geboren|geburts(?:datum|tag)|geb\.(?:-?dat(?:um|\.))?|n\u00e9e?s?|nee|date[ ]de[ ]naissance"
    r"|nat[oai]|data[ ]di[ ]nascita|nacid[oa]s?|fecha[ ]de[ ]nacimiento|nascid[oa]|data[ ]de[ ]nascimento|geboortedatum|geb(?:oren)?[ ]op"
    r"|f\u00f8dt|f\u00f6dd|f\u00f8dselsdato|f\u00f6delsedatum|syntynyt|syntym\u00e4aika|ur\.|urodzon[aey]|data[ ]urodzenia|nar\.|narozen[\u00e1\u00fda]?|datum[ ]narozen\u00ed"
    r"|sz\u00fcletett|sz\u00fclet\u00e9si[ ]d\u00e1tum|do\u011fum[ ]tarihi|n\u0103scut\u0103?|datum[ ]ro\u0111enja"
)
_LINK: Final = (
    r"[ \t]{0,2}[:=]?[ \t]{0,4}(?:(?:is|was|on|am|le|el|il|em|den|dnia|d\u00ed?a|op|the)[ ]){0,2}"
)
_MONTH: Final = r"(?:d[eo][ ]|of[ ])?[^\W\d_]{3,12}\.?,?"
# Whose birth it is: `Geburtsdatum der Versicherten: …`.
_WHOSE: Final = (
    r"(?:[ ](?:de[rsl]|d'|de[ ]la|du|of(?:[ ]the)?|van(?:[ ]de)?|av|til)[ ]?[^\W\d_]{3,24})?"
)
_DATE: Final = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.][ ]?\d{1,2}[-/.][ ]?\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.|\u00ba|\u00b0)?[ -]{_MONTH}[ -](?:del?[ ])?\d{{4}}|[^\W\d_]{{3,12}}\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ]\d{{4}}"
)
_HINTS: Final = "born dob d.o.b birth geboren geburt geb n\u00e9 nee naissance nat nasc nac geboort f\u00f8 f\u00f6 synty ur. urodz nar sz\u00fclet do\u011fum n\u0103scut ro\u0111enja"


BIRTHS: Final[tuple[Rule, ...]] = (
    Rule("BIRTHDATE", "birth-told", re.compile(rf"(?i:(?<![\w.-])(?:{_SAID}){_WHOSE}{_LINK})(?P<BIRTHDATE>(?i:{_DATE}))(?!\w)"), tuple(_HINTS.split()), 0.9),
    Rule("BIRTHDATE", "birth-of-card", re.compile(r"^(?:item\d\.)?BDAY(?:;[\w=;-]{1,60})?:(?P<BIRTHDATE>(?:\d{4}|--)-?\d\d-?\d\d)", re.MULTILINE), ("bday",), 0.95),
    Rule("ADDRESS", "address-of-card", re.compile(r"^(?:item\d\.)?ADR(?:;[\w=;,\"-]{1,80})?:;{0,2}(?P<ADDRESS>[^\r\n:]{5,200})(?=\r?$)", re.MULTILINE), ("adr",), 0.95),
    Rule("ORGANIZATION", "firm-of-card", re.compile(r"^(?:item\d\.)?ORG(?:;[\w=;,\"-]{1,80})?:(?P<ORGANIZATION>[^\r\n;:]{2,80})(?=[;\r]|$)", re.MULTILINE), ("org",), 0.9),
    # What a driver binds as a date without a time, of a year in which people were born.
    Rule("BIRTHDATE", "bound-date", re.compile(r"\[\d{1,3}\] (?:as|to) (?:parameter )?\[DATE\] - \[(?P<BIRTHDATE>(?:19[2-9]\d|200\d)-\d\d-\d\d)\]"), ("[date]",), 0.9),
)  # fmt: skip
