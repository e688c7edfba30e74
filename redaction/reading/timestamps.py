"""Finds the time in a line or value, in all usual shapes, and says how its zone is known."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from redaction.case import ZoneSource

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# Hours east of UTC. Abbreviations with several meanings (CST, IST, BST) are left out: such a time
# is treated as one without a zone and marked so.
_ABBREVIATIONS: Final = {
    **{"Z": 0, "UTC": 0, "GMT": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9},
    **{"EST": -5, "EDT": -4, "MDT": -6, "PST": -8, "PDT": -7, "CDT": -5, "AEST": 10, "AEDT": 11},
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time found at characters `start` to `end`; `utc` is None when date or year is unknown."""

    start: int
    end: int
    utc: datetime | None
    zone: ZoneSource
    shape: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a file or case tells about its times.

    `zone` is the zone the file states; `near` a time the case is about, which supplies a missing
    year and settles which of two readings of a date is meant; `day_first` the order in `3/4/2026`.
    """

    zone: tzinfo | None = None
    near: datetime | None = None
    day_first: bool | None = None


_Read: TypeAlias = Callable[["re.Match[str]", Context], tuple[datetime | None, ZoneSource]]


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    in_line: re.Pattern[str]
    whole: re.Pattern[str]
    read: _Read


class Clock:
    """Reads the times of one file; the shape that matched last is tried first."""

    def __init__(self, context: Context | None = None) -> None:
        """Read times in the light of what the file states."""
        self._context = context or Context()
        self._shapes = list(_SHAPES)

    def at_start(self, line: str) -> Stamp | None:
        """Return the time that a log line starts with, after at most a few short tokens."""
        if _CLOCK_LIKE.search(line, 0, 200) is None:
            return None
        for place, shape in enumerate(self._shapes):
            match = shape.in_line.match(line)
            if match is not None:
                return self._stamp(match, place)
        return None

    def whole(self, value: object) -> Stamp | None:
        """Return the time that a whole value (a JSON field, a table cell) is, or None."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        text = str(value).strip()
        if len(text) > 60:
            return None
        for place, shape in enumerate(self._shapes):
            match = shape.whole.fullmatch(text)
            if match is not None:
                return self._stamp(match, place)
        return None

    def _stamp(self, match: "re.Match[str]", place: int) -> Stamp:
        shape = self._shapes[place]
        if place > 1:  # the epoch stays first: the lines that start with one repeat it in words
            self._shapes.insert(1, self._shapes.pop(place))
        start, end = match.span("stamp")
        try:
            utc, zone = shape.read(match, self._context)
        except (ValueError, OverflowError):
            utc, zone = None, "none"
        return Stamp(start, end, utc, zone, shape.name)


def read_time(text: str) -> datetime | None:
    """Return the UTC time or day that a whole text is; without a zone it is UTC."""
    stamp = Clock().whole(text)
    if stamp is not None:
        return stamp.utc
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=UTC)
    except ValueError:
        return None


def file_context(text: str, near: datetime | None = None) -> Context:
    """Read what a file says about its own times: a stated zone, the order of day and month."""
    zone = _stated_zone(text[:4096]) or _shared_offset(text)
    days = [(int(first), int(second)) for first, second in _SLASHED.findall(text[:200_000])]
    first, second = any(a > 12 for a, _ in days), any(b > 12 for _, b in days)
    return Context(zone, near, first if first != second else None)


def lacks_year(lines: Iterable[str]) -> bool:
    """Tell whether the first time in `lines` has no year, so that a context must supply it."""
    clock = Clock()
    for line in lines:
        if stamp := clock.at_start(line[:300]):
            return stamp.shape in _YEARLESS
    return False


def _stated_zone(head: str) -> tzinfo | None:
    match = _ZONE_STATEMENT.search(head)
    return _zone_named(match["zone"]) if match else None


def _zone_named(name: str) -> tzinfo | None:
    if "/" in name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    offset = re.sub(r"^(?:UTC|GMT)(?=[+-])", "", name)
    return _fixed(offset)


def _shared_offset(text: str) -> tzinfo | None:
    """Return the one offset that all lines starting with an explicit one agree on."""
    found = {match["zone"] for match in _LINE_OFFSET.finditer(text[:500_000])}
    return _fixed(found.pop()) if len(found) == 1 else None


def _fixed(zone: str) -> timezone | None:
    """Turn `Z`, `CET`, `+01:00`, `+0100` or `+1` into a fixed offset."""
    zone = zone.strip()
    if zone[:1] not in ("+", "-"):
        hours = _ABBREVIATIONS.get(zone)
        return None if hours is None else timezone(timedelta(hours=hours))
    digits = zone[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    offset = timedelta(hours=hours, minutes=minutes)
    if offset > timedelta(hours=14) or minutes > 59:
        return None
    return timezone(-offset if zone[0] == "-" else offset)


def _placed(
    local: datetime, zone: str | None, context: Context
) -> tuple[datetime | None, ZoneSource]:
    """Place a wall-clock time, built as if it were UTC, by its own zone, the file's, or marked."""
    own = _fixed(zone) if zone else None
    if own is not None:
        return local.replace(tzinfo=own).astimezone(UTC), "explicit"
    if context.zone is not None:
        return local.replace(tzinfo=context.zone).astimezone(UTC), "file"
    return local, "assumed"


def _time(match: "re.Match[str]") -> tuple[int, int, int, int]:
    """Return hour, minute, second, microsecond; a leap second counts as the one before."""
    groups = match.groupdict()
    hour = int(groups["hour"])
    half = (groups.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    fraction = (groups.get("fraction") or "")[:6]
    second = min(int(groups.get("second") or 0), 59)
    return hour, int(groups["minute"]), second, int(fraction.ljust(6, "0")) if fraction else 0


def _read_full(match: "re.Match[str]", context: Context) -> tuple[datetime | None, ZoneSource]:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS[month[:3].lower()]
    local = datetime(int(match["year"]), number, int(match["day"]), *_time(match), tzinfo=UTC)
    return _placed(local, match.groupdict().get("zone"), context)


def _read_yearless(match: "re.Match[str]", context: Context) -> tuple[datetime | None, ZoneSource]:
    if context.near is None:
        return None, "none"
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS[month[:3].lower()]
    return _closest(
        [(context.near.year + shift, number, int(match["day"])) for shift in (0, -1, 1)],
        match,
        context,
    )


def _read_short_year(
    match: "re.Match[str]", context: Context
) -> tuple[datetime | None, ZoneSource]:
    """Read `17/06/09`: year first as Spark writes it, unless the case lies near another reading."""
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    return _closest([(2000 + a, b, c), (2000 + c, a, b), (2000 + c, b, a)], match, context)


def _read_year_first(
    match: "re.Match[str]", context: Context
) -> tuple[datetime | None, ZoneSource]:
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    return _closest([(2000 + a, b, c)], match, context)


def _read_slashed(match: "re.Match[str]", context: Context) -> tuple[datetime | None, ZoneSource]:
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    day_first = context.day_first
    if match["separator"] == ".":
        day_first = True
    elif a > 12 or b > 12 or a == b:
        day_first = a > 12
    if day_first is None and context.near is None:
        return None, "none"
    readings = [(year, b, a), (year, a, b)]
    if day_first is not None:
        readings = readings[:1] if day_first else readings[1:]
    return _closest(readings, match, context, sure=day_first is not None)


def _closest(
    dates: list[tuple[int, int, int]],
    match: "re.Match[str]",
    context: Context,
    *,
    sure: bool = False,
) -> tuple[datetime | None, ZoneSource]:
    """Take the reading nearest to the case's time; a reading that was chosen is marked assumed."""
    readings: list[tuple[datetime, ZoneSource]] = []
    for date in dates:
        try:
            utc, zone = _placed(
                datetime(*date, *_time(match), tzinfo=UTC),
                match.groupdict().get("zone"),
                context,
            )
        except (ValueError, OverflowError):
            continue
        if utc is not None:
            readings.append((utc, zone))
    if not readings:
        return None, "none"
    near = context.near
    best = readings[0] if near is None else min(readings, key=lambda each: abs(each[0] - near))
    return best if sure else (best[0], "assumed")


def _read_epoch(match: "re.Match[str]", _: Context) -> tuple[datetime | None, ZoneSource]:
    digits = match["seconds"]
    seconds, rest = int(digits[:10]), digits[10:] or (match["fraction"] or "")
    micros = int(rest[:6].ljust(6, "0")) if rest else 0
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros), "explicit"


def _read_time_only(_: "re.Match[str]", __: Context) -> tuple[datetime | None, ZoneSource]:
    return None, "none"


_DOW: Final = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +)?"
_MON: Final = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_HMS: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?"
_HM: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
)
_NAMED: Final = "|".join(sorted(_ABBREVIATIONS, key=len, reverse=True))
_ZONE: Final = rf"(?P<zone> ?[+-]\d{{2}}:?\d{{2}}(?!\d)|[+-]\d{{2}}(?!\d)| ?(?:{_NAMED})(?!\w))?"
_LEAD: Final = r"(?:\S{1,60} +){0,4}?(?:[\w@.]+=)?[\[(\"'<]?"
_BRACKET: Final = r"[\[(]?"

_CLOCK_LIKE: Final = re.compile(r"\d[:.]\d\d|1\d{9}|\d{6}[ T-]\d{6}")
_SLASHED: Final = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/\d{4}(?!\d)")
_LINE_OFFSET: Final = re.compile(
    r"^[^\n]{0,60}?\d\d:\d\d:\d\d(?:[.,]\d+)?(?P<zone>Z|[+-]\d\d:\d\d| ?[+-]\d{4})\b", re.MULTILINE
)
_ZONE_STATEMENT: Final = re.compile(
    r"(?i:\b(?:time ?zone|tz|log_timezone|time_zone|(?:all )?time(?:stamp)?s(?: are)?(?: shown)?"
    r"(?: in)?))[\"']?\s*[:=]?\s*[\"']?"
    rf"(?P<zone>(?:UTC|GMT)[+-]\d{{1,2}}(?::?\d\d)?|[+-]\d\d:?\d\d|[A-Z][a-z]+/[A-Z]\w+|{_NAMED})\b"
)


def _shape(name: str, pattern: str, read: _Read, lead: str = _LEAD) -> _Shape:
    stamp = f"(?P<stamp>{pattern})"
    return _Shape(name, re.compile(lead + stamp), re.compile(stamp), read)


_SHAPES: Final = (
    _shape(
        "epoch",
        r"(?<![\d.])(?P<seconds>1\d{9}(?:\d{3}|\d{6}|\d{9})?)(?:\.(?P<fraction>\d{1,9}))?(?![\w.:])",
        _read_epoch,
        r"(?:[A-Z-]{1,12} |(?:time|ts|timestamp)=)?" + _BRACKET,
    ),
    _shape(
        "iso",
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{2})[-/.](?P<day>\d{2})(?:T|_|-| {1,2})"
        r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})"
        r"(?:[.,:](?P<fraction>\d{1,9}))?)?" + _ZONE,
        _read_full,
    ),
    _shape(
        "day-month",
        rf"{_DOW}(?<!\d)(?P<day>\d{{1,2}})[ /-]{_MON}[a-z]*[ /-](?P<year>\d{{4}})[ :T]+"
        rf"{_HM}{_ZONE}",
        _read_full,
    ),
    _shape(
        "ctime",
        rf"{_DOW}{_MON} +(?P<day>\d{{1,2}}) {_HMS}(?P<zone> [A-Z]{{3,4}})? (?P<year>\d{{4}})(?!\d)",
        _read_full,
    ),
    _shape(
        "month-day",
        rf"{_DOW}{_MON}[a-z]* (?P<day>\d{{1,2}}),? (?P<year>\d{{4}}),? (?:at )?{_HM}"
        rf"(?: ?(?P<half>[AaPp][Mm]))?{_ZONE}",
        _read_full,
    ),
    _shape(
        "syslog",
        rf"{_MON} +(?P<day>\d{{1,2}}) {_HMS}(?!\d| (?:[A-Z]{{3,4}} )?\d{{4}}\b)",
        _read_yearless,
    ),
    _shape(
        "slashed",
        r"(?<!\d)(?P<a>\d{1,2})(?P<separator>[/.])(?P<b>\d{1,2})(?P=separator)(?P<year>\d{4}),?[ T]"
        rf"{_HM}(?: ?(?P<half>[AaPp][Mm]))?{_ZONE}",
        _read_slashed,
    ),
    _shape(
        "short-year",
        rf"(?<!\d)(?P<a>\d{{2}})/(?P<b>\d{{2}})/(?P<c>\d{{2}}) {_HMS}{_ZONE}",
        _read_short_year,
    ),
    _shape(
        "compact",
        r"(?<!\d)(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})[ T-]?"
        r"(?P<hour>\d{2}):?(?P<minute>\d{2}):?(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?(?!\d)"
        + _ZONE,
        _read_full,
        _BRACKET,
    ),
    _shape(
        "hdfs",
        r"(?P<a>\d{2})(?P<b>\d{2})(?P<c>\d{2}) "
        r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?!\d)",
        _read_year_first,
        _BRACKET,
    ),
    _shape("android", rf"(?P<month>\d{{2}})-(?P<day>\d{{2}}) {_HMS}(?!\d)", _read_yearless, ""),
    _shape(
        "klog", rf"(?<=[IWEF])(?P<month>\d{{2}})(?P<day>\d{{2}}) {_HMS}", _read_yearless, "[IWEF]"
    ),
    _shape("time-only", rf"{_HMS}(?![\d:])", _read_time_only, _BRACKET),
)
_YEARLESS: Final = frozenset(("syslog", "android", "klog"))
