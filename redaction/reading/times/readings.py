"""Turns the matched parts of a time into the hour in UTC and says how sure that is."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeAlias

from redaction.reading.times.context import Context
from redaction.reading.times.months import month_number
from redaction.reading.times.zones import placed
from redaction.zones import ZoneSource

Read: TypeAlias = tuple[datetime | None, ZoneSource]
_AFTERNOON: Final = frozenset(("pm", "下午", "午後"))


def read_full(match: "re.Match[str]", context: Context) -> Read:
    """Read a date with its year and a month that is known to be one."""
    year = _whole_year(match["year"])
    day = (year, month_number(match["month"]), int(match["day"]))
    return placed(_at(day, match), match.groupdict().get("zone"), context)


def read_day_of_year(match: "re.Match[str]", context: Context) -> Read:
    """Read an ISO date by its day of the year, or by week and weekday."""
    year = int(match["year"])
    if match["ordinal"]:
        day = date(year, 1, 1) + timedelta(days=int(match["ordinal"]) - 1)
    else:
        day = date.fromisocalendar(year, int(match["week"]), int(match["weekday"]))
    return placed(_at((day.year, day.month, day.day), match), match["zone"], context)


def read_yearless(match: "re.Match[str]", context: Context) -> Read:
    """Read month and day; the year is the one nearest to what the case is about."""
    if context.near is None:
        return None, "none"
    parts = match.groupdict()
    if "a" in parts:
        orders = _monthly(int(match["a"]), int(match["b"]), context.day_first)
    else:
        orders = [(month_number(match["month"]), int(match["day"]))]
    year = context.near.year
    zone = parts.get("zone")
    found = [
        (reading[0], order)
        for order in orders
        for shift in (0, -1, 1)
        if (reading := _possible((year + shift, *order), match, zone, context)) is not None
    ]
    if not found:
        return None, "none"
    near = context.near
    best = min((utc for utc, _ in found), key=lambda utc: abs(utc - near))
    return best, "ambiguous" if len({order for _, order in found}) > 1 else "assumed"


def read_short_year(match: "re.Match[str]", context: Context) -> Read:
    """Read `17/06/09`: as the file settles it, else year first, as Spark writes it, and marked."""
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    days = {"year": (2000 + a, b, c), "month": (2000 + c, a, b), "day": (2000 + c, b, a)}
    chosen = [days[context.short_order]] if context.short_order else days.values()
    return _likeliest(chosen, match, context)


def read_year_first(match: "re.Match[str]", context: Context) -> Read:
    """Read `081109`: year, month, day."""
    day = (2000 + int(match["a"]), int(match["b"]), int(match["c"]))
    return placed(_at(day, match), None, context)


def read_slashed(match: "re.Match[str]", context: Context) -> Read:
    """Read `3/4/2026`; where nothing settles which is the month, it is marked or left out."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    first = True if match["separator"] == "." else context.day_first
    days = [(year, month, day) for month, day in _monthly(a, b, first)]
    if len(days) > 1 and context.near is None:
        return None, "ambiguous"
    return _likeliest(days, match, context)


def read_epoch(match: "re.Match[str]", _: Context) -> Read:
    """Read seconds, milliseconds, microseconds or nanoseconds since 1970."""
    return since_1970(match["stamp"]), "explicit"


def since_1970(text: str) -> datetime:
    """Return the time of ten digits of seconds and a fraction, with or without a point."""
    micros = text[10:].lstrip(".")[:6]
    utc = datetime.fromtimestamp(int(text[:10]), UTC)
    return utc + timedelta(microseconds=int(micros.ljust(6, "0"))) if micros else utc


def read_time_only(_: "re.Match[str]", __: Context) -> Read:
    """Read nothing: a time of day has no date to stand on."""
    return None, "none"


def _whole_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year > 69 else 2000)


def _monthly(a: int, b: int, day_first: bool | None) -> list[tuple[int, int]]:
    """Return the months and days that two numbers can mean, the settled one alone if any."""
    if a > 12 or b > 12 or a == b:
        return [(b, a)] if a > 12 else [(a, b)]
    if day_first is not None:
        return [(b, a)] if day_first else [(a, b)]
    return [(b, a), (a, b)]


def _likeliest(
    days: Iterable[tuple[int, int, int]], match: "re.Match[str]", context: Context
) -> Read:
    """Take the reading nearest to the case's time, else the first; several are marked."""
    zone = match.groupdict().get("zone")
    readings = {day: _possible(day, match, zone, context) for day in days}
    found = [reading for reading in readings.values() if reading is not None]
    if not found:
        return None, "none"
    near = context.near
    best = found[0] if near is None else min(found, key=lambda each: abs(each[0] - near))
    return (best[0], "ambiguous") if len(found) > 1 else best


def _possible(
    day: tuple[int, int, int], match: "re.Match[str]", zone: str | None, context: Context
) -> tuple[datetime, ZoneSource] | None:
    try:
        utc, source = placed(_at(day, match), zone, context)
    except (ValueError, OverflowError):
        return None
    return None if utc is None else (utc, source)


def _at(day: tuple[int, int, int], match: "re.Match[str]") -> datetime:
    """Return the hour of a day; the clock adds what is past it."""
    parts = match.groupdict()
    hour = int(parts["hour"])
    half = (parts.get("half") or "").lower().replace(".", "").replace(" ", "")
    if half:
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    return datetime(*day, hour, tzinfo=UTC)
