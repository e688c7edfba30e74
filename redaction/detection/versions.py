"""Finds what looks like an identifier out of its context but was kept in it: versions, figures."""

import re
from collections.abc import Iterator

from redaction.detection.protected import Protected
from redaction.detection.recognizers import rules_that_yield, scan

_DOTTED = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")


def version_like(text: str) -> Iterator[str]:
    """Yield the values in a redacted text that a scan without its context would refuse."""
    yield from (match[0] for match in _DOTTED.finditer(text))
    protected = Protected(text)
    for finding in scan(text, rules_that_yield(), protected):
        yield text[finding.start : finding.end]
