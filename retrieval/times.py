"""Reads the times that trackers write: ISO 8601 in its variants and seconds since 1970."""

from datetime import UTC, datetime

_EPOCH_DIGITS = {10: 1, 13: 1000}


def parse_time(text: str) -> datetime | None:
    """Return the time in UTC, None when `text` is not one; a time without a zone is UTC."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) in _EPOCH_DIGITS:
        return datetime.fromtimestamp(int(text) / _EPOCH_DIGITS[len(text)], UTC)
    try:
        time = datetime.fromisoformat(text.removesuffix("UTC").rstrip())
    except ValueError:
        return None
    try:
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except OverflowError:
        return None
