"""Makes redacted text for tests; the only place outside `redaction` that may."""

from redaction import RedactedText
from redaction.text import mint


def redacted(text: str) -> RedactedText:
    return mint(text)
