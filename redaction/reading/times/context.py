"""What a file or a case tells about the times in it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal, TypeAlias

DateOrder: TypeAlias = Literal["year", "month", "day"]
"""What comes first in a date of three short numbers."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a file or case tells about its times.

    `zone` is the zone the file states, `case` the one set for the case, used where the file states
    none; `near` a time the case is about, which supplies a missing year and chooses the likeliest
    reading of an ambiguous date; `day_first` and `short_order` what the whole file settles of
    `3/4/2026` and `03/04/05`; `epoch_column` the place, counted in words, of a time in seconds.
    """

    zone: tzinfo | None = None
    near: datetime | None = None
    day_first: bool | None = None
    case: tzinfo | None = None
    short_order: DateOrder | None = None
    epoch_column: int | None = None
