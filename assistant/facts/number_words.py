"""Words a number the same way everywhere: shares, counts, durations, times of day."""

from datetime import datetime, timedelta

from redaction import RedactedText, compose


def percent(share: float) -> RedactedText:
    """Word a share in 0..1 as a percentage with at most one decimal: `37.9 %`."""
    return compose("{value:g} %", value=round(share * 100, 1))


def counted(number: int) -> RedactedText:
    """Word a count with thousands separators: `1,274`."""
    return compose("{number:,}", number=number)


def lasting(span: timedelta) -> RedactedText:
    """Word a duration in its two largest units, rounded to minutes: `38 minutes`."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < 60:
        return _units(seconds, "second")
    minutes = round(seconds / 60)
    if minutes < 60:
        return _units(minutes, "minute")
    if minutes < 48 * 60:
        return _two(_units(minutes // 60, "hour"), minutes % 60, "minute")
    hours = round(minutes / 60)
    return _two(_units(hours // 24, "day"), hours % 24, "hour")


def milliseconds(value: float) -> RedactedText:
    """Word a latency in milliseconds: `850 ms`, from one second on `6.9 s`."""
    if value >= 1000:
        return compose("{value:.1f} s", value=value / 1000)
    return compose("{value:g} ms", value=round(value))


def clock(utc: datetime) -> RedactedText:
    """Word a time of day: `09:04 UTC`."""
    return compose("{utc:%H:%M} UTC", utc=utc)


def _units(number: int, unit: str) -> RedactedText:
    match unit, number == 1:
        case "second", True:
            return compose("1 second")
        case "second", _:
            return compose("{number} seconds", number=number)
        case "minute", True:
            return compose("1 minute")
        case "minute", _:
            return compose("{number} minutes", number=number)
        case "hour", True:
            return compose("1 hour")
        case "hour", _:
            return compose("{number} hours", number=number)
        case _, True:
            return compose("1 day")
        case _:
            return compose("{number} days", number=number)


def _two(large: RedactedText, number: int, unit: str) -> RedactedText:
    if not number:
        return large
    return compose("{large} {small}", large=large, small=_units(number, unit))
