"""Unwraps what CloudWatch Logs delivers to a subscriber: a gzip stream in base64 inside JSON."""

import re
from base64 import b64decode
from typing import Final

_WRAPPED: Final = re.compile(
    rb'\A\s*\{\s*"awslogs"\s*:\s*\{\s*"data"\s*:\s*"(?P<data>[A-Za-z0-9+/=]+)"\s*\}\s*\}\s*\Z'
)
NAME: Final = "events.json.gz"


def wrapped_events(content: bytes) -> bytes | None:
    """Return the gzip stream of a delivered event; None for any other content."""
    found = _WRAPPED.match(content)
    if found is None:
        return None
    try:
        return b64decode(found["data"], validate=True)
    except ValueError:  # no base64 after all
        return None
