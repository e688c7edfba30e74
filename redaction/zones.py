"""Names the ways in which the zone of a time is known."""

from typing import Literal, TypeAlias

ZoneSource: TypeAlias = Literal["explicit", "file", "case", "assumed", "ambiguous", "none"]
"""`explicit` in the time itself, stated by its `file`, set for the `case`, `assumed` to be UTC.

`ambiguous`: the text fits several times (order of day and month, an hour that a change of clocks
repeats or skips, a zone's abbreviation with several meanings). `none`: there is no full time.
"""
