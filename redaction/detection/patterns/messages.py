# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of who stands in the messages of HL7, EDIFACT and SWIFT: the place of a field tells."""

import re
from typing import Final

from redaction.detection.patterns.rules import Rule


def _field(segment: str, kind: str, number: int, shape: str) -> Rule:
    """Make the rule for one field of a segment of HL7."""
    before = rf"(?:[^|\r\n]{{0,200}}\|){{{number - 1}}}"
    pattern = rf"(?:^|\r){segment}\|{before}(?:{shape})(?=[|~\r\n]|$)"
    return Rule(
        kind, "patient-segment", re.compile(pattern, re.MULTILINE), (f"{segment.lower()}|",), 0.95
    )


def _party(kind: str, before: int, shape: str) -> Rule:
    """Make the rule for one element of the segment of EDIFACT that names a party."""
    gap = rf"(?:[^+'\r\n]{{0,180}}\+){{{before}}}"
    return Rule(
        kind,
        "party-segment",
        re.compile(rf"(?<![A-Z])NAD\+[A-Z]{{2,3}}\+{gap}(?P<{kind}>{shape})(?=[+'])"),
        ("nad+",),
        0.9,
    )


_NAMED: Final = r"(?P<PERSON>[^|\r\n\d]{3,120})"
_STAFF: Final = r"[\w-]{0,20}\^(?P<PERSON>[^|~\r\n\d]{3,120})"

MESSAGES: Final[tuple[Rule, ...]] = (
    _field("PID", "CUSTOMER", 3, r"(?P<CUSTOMER>[\w-]{3,30}(?:\^[^|\r\n]{0,120})?)"),
    _field("PID", "PERSON", 5, _NAMED),
    _field("PID", "PERSON", 6, _NAMED),
    _field("PID", "BIRTHDATE", 7, r"(?P<BIRTHDATE>\d{8}(?:\d{4,6})?)"),
    _field("PID", "ADDRESS", 11, r"(?P<ADDRESS>[^|\r\n]{5,200})"),
    _field("PID", "PHONE", 13, r"(?P<PHONE>[^|\r\n]{6,120})"),
    _field("PID", "PHONE", 14, r"(?P<PHONE>[^|\r\n]{6,120})"),
    _field("PID", "NATIONAL_ID", 19, r"(?P<NATIONAL_ID>[\d-]{5,20})"),
    # Next of kin, the guarantor and the insured; who attends, refers, consults, admits and orders.
    _field("NK1", "PERSON", 2, _NAMED),
    _field("NK1", "ADDRESS", 4, r"(?P<ADDRESS>[^|\r\n]{5,200})"),
    _field("NK1", "PHONE", 5, r"(?P<PHONE>[^|\r\n]{6,120})"),
    _field("GT1", "PERSON", 3, _NAMED),
    _field("GT1", "ADDRESS", 5, r"(?P<ADDRESS>[^|\r\n]{5,200})"),
    _field("IN1", "PERSON", 16, _NAMED),
    *(_field("PV1", "PERSON", number, _STAFF) for number in (7, 8, 9, 17)),
    _field("OBR", "PERSON", 16, _STAFF),
    _field("ORC", "PERSON", 12, _STAFF),
    # `NAD+BY+4012345::9++name+street+city++postcode+DE'`: a name may stand in two elements.
    _party("ORGANIZATION", 1, r"[^+'\r\n\d][^+'\r\n]{1,175}"),
    _party("ORGANIZATION", 2, r"[^+'\r\n\d][^+'\r\n]{1,175}"),
    _party("ADDRESS", 3, r"[^+'\r\n]{3,140}"),
    _party("ADDRESS", 6, r"[A-Z]{0,2}[ -]?\d[\dA-Z -]{2,10}"),
    Rule("PERSON", "contact-segment", re.compile(r"(?<![A-Z])CTA\+[A-Z]{2,3}\+[^:+'\r\n]{0,17}:(?P<PERSON>[^+':\r\n]{2,60})(?=[+'])"), ("cta+",), 0.9),
    Rule("PHONE", "contact-segment", re.compile(r"(?<![A-Z])COM\+(?P<PHONE>\??\+?[\d ()/-]{5,40}):(?=TE|FX|AL)"), ("com+",), 0.9),
    # `:50K:/account`, below it who orders a payment, `:59:` who gets it, and where they live.
    Rule(
        "PERSON", "payment-party",
        re.compile(r"^:(?:50[AFHK]|59[AF]?):(?:/[^\r\n]{1,40}\r?\n)?(?:1/)?(?P<PERSON>[A-Z][^\r\n:\d/]{2,40})\r?$(?:\n(?:2/)?(?P<ADDRESS>[^\r\n:]{3,40}(?:\r?\n(?![:-])(?:3/)?[^\r\n:]{3,40})?))?", re.MULTILINE),
        (":50", ":59"), 0.9,
    ),
)  # fmt: skip
