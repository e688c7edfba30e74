"""Knows the names of zones and places a wall-clock time in one, saying how the zone is known."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from redaction.reading.times.context import Context
from redaction.reading.wording import any_of
from redaction.zones import ZoneSource

# Hours east of UTC, for abbreviations that have one meaning in logs.
_HOURS: Final[dict[str, float]] = {
    **{"Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2},
    **{"EET": 2, "EEST": 3, "MSK": 3, "SAST": 2, "CAT": 2, "EAT": 3, "PKT": 5, "NPT": 5.75},
    **{"ICT": 7, "WIB": 7, "SGT": 8, "HKT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5},
    **{"ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "HST": -10, "AKST": -9},
    **{"AKDT": -8, "PST": -8, "PDT": -7, "MDT": -6, "CDT": -5, "EST": -5, "EDT": -4, "BRT": -3},
}
# Abbreviations with several meanings are believed only where the file's or case's zone uses them.
_SEVERAL: Final = ("CST", "IST", "BST", "MST", "AST", "SST", "WAT", "WST", "GST", "AMT", "ECT")
NAMED: Final = any_of(" ".join((*_HOURS, *_SEVERAL)))
_REGIONS: Final = (
    "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc|US"
)
REGION: Final = rf"(?:{_REGIONS})/[A-Za-z_+\-0-9]+(?:/[A-Za-z_]+)?"
OFFSET: Final = r"[+\u2212-]\d{2}(?::?\d{2})?(?!\d)"
_ZULU: Final = re.compile(r"(?:UTC|GMT)(?=[+\u2212-])")
_REGION_ONLY: Final = re.compile(REGION)


@lru_cache(maxsize=1000)
def zone_named(name: str) -> tzinfo | None:
    """Return the zone of `Z`, `CET`, `+01:00`, `+0100`, `UTC+1` or `Europe/Oslo`, else None."""
    name = name.strip().strip("[]()")
    if "/" in name:
        return _region(name)
    name = _ZULU.sub("", name)
    if name[:1] not in ("+", "-", "\u2212"):
        hours = _HOURS.get(name)
        return None if hours is None else timezone(timedelta(hours=hours))
    digits = name[1:].replace(":", "")
    if not digits.isdecimal() or len(digits) > 4:
        return None
    whole, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    offset = timedelta(hours=whole, minutes=minutes)
    if offset > timedelta(hours=14) or minutes > 59:
        return None
    return timezone(offset if name[0] == "+" else -offset)


def _region(name: str) -> tzinfo | None:
    if _REGION_ONLY.fullmatch(name) is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def placed(
    local: datetime, zone: str | None, context: Context
) -> tuple[datetime | None, ZoneSource]:
    """Place a wall-clock time, built as if it were UTC, by its own zone, the file's or the case's.

    Without any it is taken as UTC and marked.
    """
    around = context.zone or context.case
    source: ZoneSource = "case" if context.zone is None else "file"
    if zone:
        # `+01:00[Europe/Oslo]`, as Java writes it: the offset says all.
        name = zone.strip().strip("[]()").partition("[")[0]
        if (own := zone_named(name)) is not None:
            return _in_zone(local, own, "explicit")
        if around is None or name not in _names(local, around):
            return local, "ambiguous"
        return _said_by_name(local, around, name)
    return (local, "assumed") if around is None else _in_zone(local, around, source)


def _in_zone(local: datetime, zone: tzinfo, source: ZoneSource) -> tuple[datetime, ZoneSource]:
    wall = local.replace(tzinfo=zone)
    # The two differ in the hour that a change of clocks repeats, and in the one it skips.
    if wall.utcoffset() != wall.replace(fold=1).utcoffset():
        source = "ambiguous"
    return wall.astimezone(UTC), source


def _names(local: datetime, zone: tzinfo) -> set[str | None]:
    wall = local.replace(tzinfo=zone)
    return {wall.tzname(), wall.replace(fold=1).tzname()}


def _said_by_name(local: datetime, zone: tzinfo, name: str) -> tuple[datetime, ZoneSource]:
    wall = local.replace(tzinfo=zone)
    if wall.tzname() != name:
        wall = wall.replace(fold=1)
    return wall.astimezone(UTC), "explicit"
