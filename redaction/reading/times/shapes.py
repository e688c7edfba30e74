"""Lists the shapes in which logs, exports and people write times."""

# ruff: noqa: E501

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from redaction.reading.times import readings
from redaction.reading.times.context import Context
from redaction.reading.times.months import ENGLISH_MONTH
from redaction.reading.times.zones import NAMED, OFFSET, REGION

Reader: TypeAlias = Callable[["re.Match[str]", Context], readings.Read]


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to write a time.

    `near` finds it at the very start of a line, `far` after at most a few short words, `alone` as a
    whole value; each only marks the places that `minute`, `second` and `fraction` number, behind
    the stamp itself, the first group. `direct`, `in_line` and `whole` match the same and name all
    parts, for `read` to read the hour.
    """

    name: str
    near: re.Pattern[str]
    far: re.Pattern[str]
    alone: re.Pattern[str]
    direct: re.Pattern[str]
    in_line: re.Pattern[str]
    whole: re.Pattern[str]
    minute: int
    second: int
    fraction: int
    read: Reader


YEARLESS: Final = frozenset(("syslog", "android", "klog", "day-month-yearless", "numeric-yearless"))
UPTIME: Final = "uptime"
UNDATED: Final = YEARLESS | {"time-only", UPTIME}
NUMBERED: Final = frozenset(("slashed", "short-year", "numeric-yearless"))
"""The shapes in which day and month may be told apart only by other lines of the file."""

CLOCK_LIKE: Final = re.compile(
    r"\d:\d\d|\d\.\d\d\.\d\d|1\d{9}|\d{6}[ T_-] ?\d{1,2}:?\d\d:?\d\d|20\d{12}|[時时点]"
)
"""What some part of every time looks like."""

_DOW: Final = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +)?"
_MON: Final = rf"(?P<month>{ENGLISH_MONTH})"
_MONTH: Final = rf"(?P<month>(?i:{ENGLISH_MONTH[3:-1]})[a-z]*)"
_WORD: Final = r"(?P<month>[^\W\d_]{3,12})\.?"
_FRACTION: Final = r"(?:[.,](?P<fraction>\d{1,9}))?"
_HMS: Final = rf"(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}):(?P<second>\d{{2}}){_FRACTION}"
_HM: Final = rf"(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}}){_FRACTION})?"
_HALF: Final = r"(?:[ \u202f\xa0]?(?P<half>[AaPp]\.? ?[Mm]\b\.?))?"
_ZONE: Final = (
    rf"(?P<zone> ?(?:(?:UTC|GMT)?{OFFSET}|(?:UTC|GMT)[+\u2212-]\d(?!\d)|(?:{NAMED})(?!\w))"
    rf"(?:\[(?:{REGION})\])?| \(?(?:{REGION})\)?)?"
)
_CTIME_ZONE: Final = r"(?P<zone> (?:[A-Z]{3,5}|[+-]\d{2,4}))?"
_PRIORITY: Final = r"(?:<\d{1,3}>)?"
_OPENING: Final = r"[\[(\"'<]?"
_WORDS: Final = r"(?:\S{1,60}[ \t]+){0,4}?"
_LEAD: Final = (
    rf"(?:Started [A-Z]+ \S+ for \S+ at |{_PRIORITY}{_WORDS}(?:[\w@.]+=)?){_OPENING}{_PRIORITY}"
)
_BRACKET: Final = r"[\[(]?"


def _shape(name: str, pattern: str, read: Reader, lead: str = _LEAD) -> Shape:
    direct = f"{_OPENING if lead == _LEAD else lead}(?P<stamp>{pattern})"
    in_line = f"{lead}(?P<stamp>{pattern})"
    near = re.compile(_bare(direct))
    groups: Mapping[str, int] = near.groupindex
    return Shape(
        name,
        near,
        re.compile(_bare(in_line)),
        re.compile(_bare(f"(?P<stamp>{pattern})")),
        re.compile(direct),
        re.compile(in_line),
        re.compile(f"(?P<stamp>{pattern})"),
        groups.get("minute", 0),
        groups.get("second", 0),
        groups.get("fraction", 0),
        read,
    )


def _bare(pattern: str) -> str:
    """Return a pattern without the groups that the hour is read from: it matches the same, faster."""
    return re.sub(r"\(\?P<(?!stamp>|minute>|second>|fraction>|separator>)\w+>", "(?:", pattern)


SHAPES: Final = (
    _shape(
        "epoch",
        r"(?<![\d.])(?P<seconds>1\d{9}(?:\d{3}|\d{6}|\d{9})?)(?:\.(?P<fraction>\d{1,9}))?(?![\w.:])",
        readings.read_epoch,
        r"(?:[A-Z-]{1,12} |(?:time|ts|timestamp)=)?" + _BRACKET,
    ),
    _shape(
        "iso",
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{2})[-/.](?P<day>\d{2})(?:[T_\t-]| {1,2}|, )"
        r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,:](?P<fraction>\d{1,9}))?)?"
        rf"{_HALF}{_ZONE}",
        readings.read_full,
    ),
    _shape(
        "day-month",
        rf"{_DOW}(?<!\d)(?P<day>\d{{1,2}})[ /-]{_MONTH}[ /-](?P<year>\d{{4}}|\d\d(?=[ T]))[ :T]+"
        rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}){_FRACTION})?{_HALF}{_ZONE}",
        readings.read_full,
    ),
    _shape(
        "ctime",
        rf"{_DOW}{_MON} +(?P<day>\d{{1,2}}) {_HMS}{_HALF}{_CTIME_ZONE} (?P<year>\d{{4}})(?!\d)",
        readings.read_full,
    ),
    _shape(
        "month-day",
        rf"{_DOW}{_MONTH}\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}}),? (?:at |@ )?{_HM}{_HALF}{_ZONE}",
        readings.read_full,
    ),
    _shape(
        "syslog",
        rf"{_MON} +(?P<day>\d{{1,2}}) {_HMS}(?!\d| (?:[A-Z]{{3,4}} )?\d{{4}}\b)",
        readings.read_yearless,
    ),
    _shape(
        "day-month-yearless",
        rf"(?<!\d)(?P<day>\d{{1,2}}) {_MON} {_HMS}(?! ?(?:[A-Z]{{3,5}} )?\d)",
        readings.read_yearless,
    ),
    _shape(
        "slashed",
        r"(?<!\d)(?P<a>\d{1,2})(?P<separator>[/.-])(?P<b>\d{1,2})(?P=separator)(?P<year>\d{4}),?[ T\t]+"
        rf"{_HM}{_HALF}{_ZONE}",
        readings.read_slashed,
    ),
    _shape(
        "short-year",
        r"(?<!\d)(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<c>\d{2})(?:, ?| +|T)"
        rf"{_HM}{_HALF}{_ZONE}",
        readings.read_short_year,
    ),
    _shape(
        "compact",
        r"(?<!\d)(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})[ T_-]?(?P<hour>\d{1,2}):?(?P<minute>\d{2}):?(?P<second>\d{2})"
        rf"(?:[.,:](?P<fraction>\d{{1,9}}))?(?!\d){_ZONE}",
        readings.read_full,
        _BRACKET,
    ),
    _shape(
        "hdfs",
        r"(?P<a>\d{2})(?P<b>\d{2})(?P<c>\d{2}) (?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?!\d)",
        readings.read_year_first,
        _BRACKET,
    ),
    _shape(
        "mysql-5",
        rf"(?P<a>\d{{2}})(?P<b>\d{{2}})(?P<c>\d{{2}}) {{1,2}}{_HMS}(?!\d)",
        readings.read_year_first,
        "(?:# Time: )?",
    ),
    _shape(
        "android", rf"(?P<month>\d{{2}})-(?P<day>\d{{2}}) {_HMS}(?!\d)", readings.read_yearless, ""
    ),
    _shape(
        "klog",
        rf"(?<=[IWEF])(?P<month>\d{{2}})(?P<day>\d{{2}}) {_HMS}",
        readings.read_yearless,
        "[IWEF]",
    ),
    _shape(
        "named-month",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|er|º)?[ /.-]*(?:de )?{_WORD}(?: de )?[ ,/-]*(?P<year>\d{{4}}),?(?:[ T:-]+|[ ,]+(?:um|at|à|às|kl\.?|klo|a las|alle|o) )"
        rf"{_HM}{_HALF}{_ZONE}",
        readings.read_full,
    ),
    _shape(
        "date-command",
        rf"(?<!\d)(?P<day>\d{{1,2}})\.? {_WORD} {_HMS}{_HALF}{_CTIME_ZONE} (?P<year>\d{{4}})(?!\d)",
        readings.read_full,
    ),
    _shape(
        "month-word",
        rf"{_WORD} +(?P<day>\d{{1,2}}) {_HMS}{_HALF}{_CTIME_ZONE} (?P<year>\d{{4}})(?!\d)",
        readings.read_full,
    ),
    _shape(
        "characters",
        r"(?P<year>\d{4})年 ?(?P<month>\d{1,2})月 ?(?P<day>\d{1,2})日(?:[ (]*\S{0,3}\)?) ?(?P<half>[上下]午|午[前後])? ?"
        r"(?P<hour>\d{1,2})[時时点:] ?(?P<minute>\d{1,2})(?:[分:] ?(?:(?P<second>\d{1,2})秒?)?)?(?: ?(?P<zone>UTC|GMT|JST))?",
        readings.read_full,
    ),
    _shape(
        "day-of-year",
        r"(?<!\d)(?P<year>\d{4})-?(?:W(?P<week>\d{2})-?(?P<weekday>[1-7])|(?P<ordinal>\d{3}))T"
        rf"(?P<hour>\d{{2}}):?(?P<minute>\d{{2}}):?(?P<second>\d{{2}}){_FRACTION}{_ZONE}",
        readings.read_day_of_year,
    ),
    _shape(
        "numeric-yearless",
        rf"(?<!\d)(?P<a>\d{{1,2}})[./](?P<b>\d{{1,2}}),? {_HMS}(?![\d:])",
        readings.read_yearless,
        _BRACKET,
    ),
    _shape("time-only", rf"{_HMS}(?![\d:])", readings.read_time_only, _BRACKET),
)
SINCE_START: Final = re.compile(r"\[ *(\d{1,9}\.\d{3,6}s?)\]|(\d{1,9}\.\d{3}): (?=\[|#)")
"""Seconds since the start of a program or machine, as the JVM and the kernel write them."""
COLUMN: Final = SHAPES[0]
"""Seconds since 1970, which some logs write behind several words of their own."""
IN_COLUMN: Final = "epoch-column"
