"""Finds the time in a line or value, in all usual shapes, and says how its zone is known."""

import re
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from redaction.reading.times.context import Context
from redaction.reading.times.readings import Read, since_1970
from redaction.reading.times.shapes import (
    CLOCK_LIKE,
    COLUMN,
    IN_COLUMN,
    SHAPES,
    SINCE_START,
    UNDATED,
    UPTIME,
    Shape,
)
from redaction.zones import ZoneSource

_MOST_REMEMBERED: Final = 20_000
_HEAD: Final = 200
_LONGEST_VALUE: Final = 80
_MILLISECONDS: Final = {f"{n:03}": timedelta(milliseconds=n) for n in range(1000)}


class Stamp(NamedTuple):
    """A time found at characters `start` to `end`; `utc` is None when date or year is unknown."""

    start: int
    end: int
    utc: datetime | None
    zone: ZoneSource
    shape: str


def _impossible(stamp: Stamp) -> bool:
    """Tell what looks like a time and is none: another shape may fit it."""
    return stamp.utc is None and stamp.zone == "none" and stamp.shape not in UNDATED


def _since_start(line: str) -> Stamp | None:
    """Return how long after its start a program wrote a line: a time that no day is known of."""
    match = SINCE_START.match(line)
    if match is None:
        return None
    start, end = match.span(match.lastindex or 0)
    return Stamp(start, end, None, "none", UPTIME)


class Clock:
    """Reads the times of one file.

    The shape that matched last is tried first, and an hour that was read is not read again.
    """

    def __init__(self, context: Context | None = None) -> None:
        """Read times in the light of what the file states."""
        self._context = context or Context()
        self._last = SHAPES[0]
        self._last_whole = SHAPES[0]
        self._hours: dict[str, Read] = {}
        self._pasts: dict[str, timedelta] = {}

    def at_start(self, line: str) -> Stamp | None:
        """Return the time that a log line starts with, after at most a few short tokens."""
        last = self._last
        if (match := last.near.match(line)) is not None:
            stamp = self._stamp(match, last, last.direct)
            if stamp is not None and (stamp[2] is not None or not _impossible(stamp)):
                return stamp
        if CLOCK_LIKE.search(line, 0, _HEAD) is None:
            return _since_start(line)
        broken: Stamp | None = None
        for shape in (last, *SHAPES):
            match = shape.far.match(line)
            if match is not None and (stamp := self._stamp(match, shape, shape.in_line)):
                if not _impossible(stamp):
                    self._last = shape
                    return stamp
                broken = broken or stamp
        if broken is not None:
            return broken
        column = self._context.epoch_column
        return _since_start(line) if column is None else self._in_column(line, column)

    def whole(self, value: object) -> Stamp | None:
        """Return the time that a whole value (a JSON field, a table cell) is, or None."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        text = str(value).strip()
        if len(text) > _LONGEST_VALUE:
            return None
        broken: Stamp | None = None
        for shape in (self._last_whole, *SHAPES):
            match = shape.alone.fullmatch(text)
            if match is not None and (stamp := self._stamp(match, shape, shape.whole)):
                if not _impossible(stamp):
                    self._last_whole = shape
                    return stamp
                broken = broken or stamp
        return broken

    def _in_column(self, line: str, column: int) -> Stamp | None:
        """Return the time in seconds that stands behind some words, where the file has one."""
        words = line[:_HEAD].split(" ", column + 1)
        start = sum(len(word) + 1 for word in words[:column])
        match = COLUMN.alone.match(line, start) if len(words) > column else None
        stamp = None if match is None else self._stamp(match, COLUMN, COLUMN.whole)
        return None if stamp is None else stamp._replace(shape=IN_COLUMN)

    def _stamp(self, match: "re.Match[str]", shape: Shape, parts: re.Pattern[str]) -> Stamp | None:
        """Place a match in time: the hour as it was read before, and what is past the hour."""
        line, places = match.string, match.regs
        start, end = places[1]
        if not shape.minute:
            return Stamp(start, end, since_1970(line[start:end]), "explicit", shape.name)
        minute, past = places[shape.minute][0], places[shape.second][1]
        if past < 0:
            past = places[shape.minute][1]
        begun, after = places[shape.fraction] if shape.fraction else (-1, -1)
        if after < 0:
            after = past
        # What stands around minutes and seconds: a change of clocks falls on a full hour.
        hour = line[start:minute] if after == end else line[start:minute] + line[after:end]
        read = self._hours.get(hour)
        if read is None:
            read = self._read(match, shape, parts)
            if read is None:
                return None
            if len(self._hours) > _MOST_REMEMBERED:
                self._hours.clear()
            self._hours[hour] = read
        utc, zone = read
        if utc is None:
            return Stamp(start, end, None, zone, shape.name)
        text = line[minute:past]
        try:
            utc += self._pasts.get(text) or self._past(text)
            if begun > 0:
                fraction = line[begun:after]
                part = _MILLISECONDS.get(fraction)
                utc += part or timedelta(microseconds=int(fraction[:6].ljust(6, "0")))
        except (ValueError, OverflowError):
            return Stamp(start, end, None, "none", shape.name)
        return Stamp(start, end, utc, zone, shape.name)

    def _past(self, text: str) -> timedelta:
        """Return how long past the hour `41:12`, `41.12`, `4112` or `41` is.

        A leap second counts as the one before.

        Raises:
            ValueError: there is no such minute or second.
        """
        digits = "".join(filter(str.isdecimal, text))
        minute, second = int(digits[:2]), min(int(digits[2:] or 0), 60)
        if minute > 59 or int(digits[2:] or 0) > 60:
            raise ValueError("no such minute or second")
        past = timedelta(minutes=minute, seconds=min(second, 59))
        self._pasts[text] = past
        return past

    def _read(self, match: "re.Match[str]", shape: Shape, parts: re.Pattern[str]) -> Read | None:
        """Read the matched parts to the hour; None when it is no time after all."""
        whole = parts.match(match.string, match.start())
        if whole is None:  # the two patterns differ in the names of their groups alone
            return None
        try:
            return shape.read(whole, self._context)
        except LookupError:
            return None
        except (ValueError, OverflowError):
            return None, "none"
