"""Reads times: the clock of a file, what a file says of its own times, and single times."""

from datetime import UTC, datetime

from redaction.reading.times.clock import Clock, Stamp
from redaction.reading.times.context import Context
from redaction.reading.times.files import file_context, lacks_year
from redaction.reading.times.zones import zone_named

__all__ = ["Clock", "Context", "Stamp", "file_context", "lacks_year", "read_time", "zone_named"]


def read_time(text: str) -> datetime | None:
    """Return the UTC time or day that a whole text is; without a zone it is UTC."""
    stamp = Clock().whole(text)
    if stamp is not None:
        return stamp.utc
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=UTC)
    except ValueError:
        return None
