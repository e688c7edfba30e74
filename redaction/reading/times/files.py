"""Reads what a whole file says about its own times: its zone, the order of day and month."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Final

from redaction.reading.times.clock import Clock, Stamp
from redaction.reading.times.context import Context, DateOrder
from redaction.reading.times.shapes import NUMBERED, YEARLESS
from redaction.reading.times.zones import NAMED, REGION, zone_named

_BANNER: Final = 4096
_SAMPLE: Final = 200_000
_LINES: Final = 100
_LINE: Final = 300
_DATE: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_ANYWHERE: Final = re.compile(r"(?<![\d/])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?![\d/])")
_LINE_OFFSET: Final = re.compile(
    r"^[^\n]{0,60}?\d\d:\d\d:\d\d(?:[.,]\d+)?(?P<zone>Z|[+-]\d\d:\d\d| ?[+-]\d{4})\b", re.MULTILINE
)
_STATEMENT: Final = re.compile(
    r"(?i:\b(?:time[ _]?zone|tz|log_timezone|user\.timezone|(?:all )?time(?:stamp)?s(?: are)?"
    r"(?: shown)?(?: in)?))[\"']?\s*(?:[:=]|is|set to)?\s*[\"']?"
    rf"(?P<zone>(?:UTC|GMT)[+-]\d{{1,2}}(?::?\d\d)?|[+-]\d\d:?\d\d|{REGION}|(?:{NAMED}))\b"
)
# The W3C extended log format, which IIS, CloudFront and others write, is in UTC by definition.
_W3C: Final = re.compile(r"^#Fields: [^\n]*\bdate[ \t]+time\b", re.MULTILINE)
_WHOLE_DATE: Final = re.compile(
    r"(?<![\w-])(?:20\d\d-[01]\d-[0-3]\d|[0-3]\d/[A-Z][a-z]{2}/20\d\d)(?=[T :])"
)
_EPOCH: Final = re.compile(r"1\d{9}(?:\d{3})?")


def file_context(text: str, near: datetime | None = None, case: tzinfo | None = None) -> Context:
    """Read what a file says about its own times; `near` and `case` are what the case knows."""
    zone = _stated_zone(text[:_BANNER]) or _shared_offset(text[:_SAMPLE])
    lines = [line[:_LINE] for line in text[: _LINES * _LINE].split("\n") if line.strip()][:_LINES]
    clock = Clock(Context(near=near))
    stamps = [clock.at_start(line) for line in lines]
    if near is None and any(stamp and stamp.shape in YEARLESS for stamp in stamps):
        near = _dated(text[:_SAMPLE])
    numbered = next((stamp for stamp in stamps if stamp and stamp.shape in NUMBERED), None)
    if numbered is not None:
        days = _days(text, numbered)
    elif sum(stamp is not None for stamp in stamps) * 2 < len(lines):
        days = {match[0] for match in _ANYWHERE.finditer(text[:_SAMPLE])}  # a table, or JSON
    else:
        days = set[str]()
    return Context(
        zone, near, _day_first(days), case, _short_order(days), _epoch_column(lines, stamps)
    )


def lacks_year(lines: Iterable[str]) -> bool:
    """Tell whether the first time in `lines` has no year, so that a context must supply it."""
    clock = Clock()
    for line in lines:
        if stamp := clock.at_start(line[:_LINE]):
            return stamp.shape in YEARLESS
    return False


def _stated_zone(head: str) -> tzinfo | None:
    match = _STATEMENT.search(head)
    if match is not None:
        return zone_named(match["zone"])
    return UTC if _W3C.search(head) else None


def _shared_offset(text: str) -> tzinfo | None:
    """Return the one offset that all lines starting with an explicit one agree on."""
    found = {match["zone"] for match in _LINE_OFFSET.finditer(text)}
    return zone_named(found.pop()) if len(found) == 1 else None


def _dated(text: str) -> datetime | None:
    """Return a day that a file names in full, which supplies the year of its other times."""
    for match in _WHOLE_DATE.finditer(text):
        stamp = Clock().whole(f"{match[0]} 00:00:00")
        if stamp is not None and stamp.utc is not None:
            return stamp.utc
    return None


def _days(text: str, first: Stamp) -> set[str]:
    """Return the distinct dates of all lines, found at the place where the first one stood."""
    return {line[first.start : first.start + 11] for line in text.split("\n")}


def _day_first(days: Iterable[str]) -> bool | None:
    pairs = [(int(m[1]), int(m[3])) for day in days if (m := _DATE.match(day))]
    first, second = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    return first if first != second else None


def _short_order(days: Iterable[str]) -> DateOrder | None:
    """Return the one order of three short numbers that makes a date of every line."""
    found = {tuple(map(int, m.group(1, 3, 4))) for day in days if (m := _DATE.match(day))}
    if not found:
        return None
    places: dict[DateOrder, tuple[int, int, int]] = {
        "year": (0, 1, 2),
        "month": (2, 0, 1),
        "day": (2, 1, 0),
    }
    fitting: dict[DateOrder, int] = {
        order: len({each[year] for each in found})
        for order, (year, month, day) in places.items()
        if all(1 <= each[month] <= 12 and 1 <= each[day] <= 31 for each in found)
    }
    # A log is of one year, or goes over New Year: what changes from line to line is no year.
    steady: list[DateOrder] = [
        order for order, years in fitting.items() if years == 1 and len(found) > 1
    ]
    if len(steady) == 1:
        return steady[0]
    return next(iter(fitting)) if len(fitting) == 1 else None


def _epoch_column(lines: list[str], stamps: list[Stamp | None]) -> int | None:
    """Return the place of the word that is a time in seconds on nearly every line, if any.

    The words before it are counted; a log that writes times in a known shape needs none.
    """
    if len(lines) < 3 or sum(stamp is not None for stamp in stamps) * 2 > len(lines):
        return None
    places = Counter(
        place
        for line in lines
        for place, word in enumerate(line.split(" ")[:8])
        if _EPOCH.fullmatch(word)
    )
    best = max(places, key=lambda place: places[place], default=None)
    return best if best is not None and places[best] >= 0.9 * len(lines) else None
