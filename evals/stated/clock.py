"""Reads times and dates in prose and logs: ISO, "09:04 UTC", "half past nine", "14 March"."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

Day: TypeAlias = tuple[int, int, int]
"""Year, month, day; 0 stands for a part that is not written."""

_MONTH_NAMES: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS: Final[tuple[str, ...]] = tuple(_MONTH_NAMES.split())
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d.-])(?P<year>(?:19|20)\d\d)[-/](?P<m>\d\d)[-/](?P<day>\d\d)(?!\d)",
        rf"(?<![\w.])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s/-]{_MONTH}\b"
        r"(?:[.,]?[\s/-](?P<year>(?:19|20)\d\d)(?!\d))?",
        rf"\b{_MONTH}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.])"
        r"(?:,?\s+(?P<year>(?:19|20)\d\d)(?!\d))?",
        rf"\b{_MONTH}\s+(?P<year>(?:19|20)\d\d)(?!\d)",
    )
)
ZONES: Final = {
    "utc": 0, "gmt": 0, "z": 0, "bst": 60, "cet": 60, "cest": 120, "est": -300, "edt": -240,
    "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "jst": 540,
}  # fmt: skip
_NAMED_ZONE: Final = (
    r"\s?(?P<zone>UTC|GMT|BST|CES?T|E[SD]T|C[SD]T|M[SD]T|P[SD]T|JST|Z)(?![A-Za-z])"
    r"(?:\s?(?P<from_utc>[+-]\d{1,2})(?![\d:]))?"
)
_ZONE: Final = rf"(?:{_NAMED_ZONE}|\s?(?P<offset>\+(?:0\d|1[0-4]):?(?:00|30|45))(?!\d))?"
# After bare hours and minutes a minus begins the end of a range: "16:45-20:00".
_STAMP_ZONE: Final = _ZONE.replace(r"\+(?:0", r"[+-](?:0")
_HALF_DAY: Final = r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
_STAMP: Final = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"
_SECOND: Final = r":(?P<second>[0-5]\d)(?:[.,]\d+)?"
_TIMES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<=\dT){_STAMP}(?:{_SECOND})?(?!\d|:\d){_STAMP_ZONE}",
        rf"(?<![\w:.]){_STAMP}{_SECOND}(?!\d|:\d){_HALF_DAY}{_STAMP_ZONE}",
        rf"(?<![\w:.]){_STAMP}(?!\d|:\d){_HALF_DAY}{_ZONE}",
        # The clock of an access log follows its date after a colon: 14/Mar/2026:09:04:31 +0000.
        r"(?<=\d{4}:)(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)" + _ZONE,
        rf"(?<![\w:.])(?P<hour>1[0-2]|[1-9])\s?(?P<half>[ap])\.?m\b\.?{_ZONE}",
        r"(?<![\w:.])(?P<hour>[01]?\d|2[0-3])[.h](?P<minute>[0-5]\d)\s?(?=UTC|GMT|Z\b)" + _ZONE,
        r"(?<![\w:.])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?=UTC|GMT|Z\b)" + _ZONE,
    )
)
_HOUR_NAMES: Final = "one two three four five six seven eight nine ten eleven twelve"
_HOURS: Final[tuple[str, ...]] = tuple(_HOUR_NAMES.split())
_MINUTES: Final = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
_SPOKEN: Final = re.compile(
    r"\b(?:(?:a\s+)?(?P<minutes>twenty-five|five|ten|quarter|twenty|half)"
    r"(?:\s+minutes)?\s+(?P<side>past|to)"
    rf"\s+(?P<hour>{'|'.join(_HOURS)}|1[0-2]|[1-9])\b(?!\s*(?:%|percent|times))"
    rf"|(?P<full>{'|'.join(_HOURS)}|1[0-2]|[1-9])\s+o['\u2019]clock)"
    rf"{_HALF_DAY}{_ZONE}",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    rf"\b(?:at|by|until|before|after|since|from)\s+(?P<name>noon|midday|midnight)\b{_ZONE}", re.I
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time or date as written.

    `minutes` holds the possible minutes of the day ("half past nine" has two), empty for a bare
    date; `second` the second of the minute when it is written; `offset` the zone's minutes east of
    UTC, None when no zone is written; `day` is None for a bare time.
    """

    start: int
    end: int
    day: Day | None
    minutes: tuple[int, ...] = ()
    second: int | None = None
    offset: int | None = None


@lru_cache(maxsize=4096)
def moments(text: str) -> tuple[Moment, ...]:
    """Read every time and date; a date beside a time is one moment with it."""
    days = _first_wins([_day(m) for pattern in _DATES for m in pattern.finditer(text)])
    times = _first_wins(
        [
            *(_clock(match) for pattern in _TIMES for match in pattern.finditer(text)),
            *(_spoken(match) for match in _SPOKEN.finditer(text)),
            *(_named(match) for match in _NAMED.finditer(text)),
        ]
    )
    return _joined(text, sorted((*days, *times), key=lambda moment: moment.start))


def _first_wins(found: list[Moment]) -> list[Moment]:
    kept: list[Moment] = []
    for moment in found:
        if all(moment.end <= other.start or other.end <= moment.start for other in kept):
            kept.append(moment)
    return kept


_JOINT: Final = re.compile(r"[T\s,:(]*(?:at|on|um|the)?\s*", re.IGNORECASE)


def _joined(text: str, ordered: list[Moment]) -> tuple[Moment, ...]:
    result: list[Moment] = []
    for moment in ordered:
        last = result[-1] if result else None
        if (
            last
            and _complete_each_other(last, moment)
            and _JOINT.fullmatch(text, last.end, moment.start)
        ):
            clock, day = (moment, last) if last.minutes == () else (last, moment)
            result[-1] = Moment(
                last.start, moment.end, day.day, clock.minutes, clock.second, clock.offset
            )
        else:
            result.append(moment)
    return tuple(result)


def _complete_each_other(left: Moment, right: Moment) -> bool:
    return (left.day is None) != (right.day is None) and (not left.minutes) != (not right.minutes)


def _day(match: re.Match[str]) -> Moment:
    groups = match.groupdict()
    name = groups.get("month")
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(groups["m"])
    return Moment(*match.span(), (int(groups.get("year") or 0), month, int(groups.get("day") or 0)))


def _clock(match: re.Match[str]) -> Moment:
    groups = match.groupdict()
    hour, half = int(groups["hour"]), groups.get("half")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    minute, second = int(groups.get("minute") or 0), groups.get("second")
    return Moment(
        *match.span(),
        None,
        (60 * hour + minute,),
        None if second is None else int(second),
        _offset(match),
    )


def _spoken(match: re.Match[str]) -> Moment:
    word = (match["hour"] or match["full"]).lower()
    hour = int(word) if word.isdigit() else _HOURS.index(word) + 1
    shift = _MINUTES[match["minutes"].lower()] if match["minutes"] else 0
    minute = 60 * (hour % 12) + (-shift if (match["side"] or "").lower() == "to" else shift)
    halves = {"a": (0,), "p": (720,)}.get((match["half"] or "").lower(), (0, 720))
    return Moment(
        *match.span(), None, tuple((minute + half) % 1440 for half in halves), None, _offset(match)
    )


def _named(match: re.Match[str]) -> Moment:
    minute = 0 if match["name"].lower() == "midnight" else 720
    return Moment(match.start("name"), match.end(), None, (minute,), None, _offset(match))


def _offset(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if written := groups.get("offset"):
        hours, minutes = int(written[1:3]), int(written[-2:])
        return (60 * hours + minutes) * (-1 if written[0] == "-" else 1)
    if zone := groups.get("zone"):
        return ZONES[zone.lower()] + 60 * int(groups.get("from_utc") or 0)
    return None
