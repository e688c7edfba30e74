"""Compares a time as somebody wrote it with the times that a case states, in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evals.stated.clock import Day, Moment


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written or computed time may mean in UTC.

    `day` and `minute` (of the day) are None when they are not written; `local` when no zone is.
    """

    day: Day | None
    minute: int | None
    second: int | None
    local: bool = False


def reading_of(utc: datetime) -> Reading:
    """Return the reading of a computed time; `utc` is in UTC."""
    return Reading((utc.year, utc.month, utc.day), utc.hour * 60 + utc.minute, utc.second)


def readings(moment: Moment) -> tuple[Reading, ...]:
    """Return everything that `moment` may mean; a time without a zone is read as UTC."""
    if not moment.minutes:
        return (Reading(moment.day, None, None),)
    local = moment.offset is None
    shifted = (_shifted(moment.day, minute - (moment.offset or 0)) for minute in moment.minutes)
    return tuple(Reading(day, minute, moment.second, local) for day, minute in shifted)


def is_among(moment: Moment, known: Iterable[Reading], slack: int = 0) -> bool:
    """Tell whether one of the known readings is `moment`, give or take `slack` minutes.

    A known clock without a zone may be told with any zone.
    """
    stands = tuple(known)
    days = {each.day for each in stands if each.day is not None}
    told = _as_told(moment)
    return any(_same(wanted, each, slack) for wanted in readings(moment) for each in stands) or any(
        _same_local(wanted, each, days) for wanted in told for each in stands if each.local
    )


def _as_told(moment: Moment) -> tuple[Reading, ...]:
    return tuple(Reading(moment.day, minute, moment.second) for minute in moment.minutes)


def _shifted(day: Day | None, minute: int) -> tuple[Day | None, int]:
    if day is not None and all(day) and not 0 <= minute < 1440:
        moved = datetime(*day, tzinfo=UTC) + timedelta(minutes=minute)
        day = (moved.year, moved.month, moved.day)
    return day, minute % 1440


def _same(wanted: Reading, known: Reading, slack: int) -> bool:
    if wanted.day is not None and not _same_day(wanted.day, known.day):
        return False
    if wanted.minute is None:
        return True
    if known.minute is None or wanted.second not in (None, known.second or 0):
        return False
    apart = abs(wanted.minute - known.minute)
    return min(apart, 1440 - apart) <= slack


def _same_local(told: Reading, known: Reading, days: set[Day]) -> bool:
    """Compare clocks as written; the day may be any that the case states."""
    if told.minute != known.minute or told.second not in (None, known.second or 0):
        return False
    candidates = days if known.day is None else {known.day}
    return told.day is None or any(_same_day(told.day, day) for day in candidates)


def _same_day(left: Day, right: Day | None) -> bool:
    return right is not None and all(
        not a or not b or a == b for a, b in zip(left, right, strict=True)
    )
