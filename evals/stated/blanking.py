"""Blanks out parts of a text and keeps every offset, so that each reader sees only its own."""

import re
from collections.abc import Iterable
from typing import Final

from redaction import PLACEHOLDER

EVIDENCE_ID: Final = re.compile(r"\[?\bE\d+\b\]?")


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Replace each span (start, end exclusive) by spaces of the same length."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def without_markers(text: str) -> str:
    """Blank out placeholders and evidence ids: the digits inside them are names, not figures."""
    found = [*PLACEHOLDER.finditer(text), *EVIDENCE_ID.finditer(text)]
    return blank(text, [match.span() for match in found])
