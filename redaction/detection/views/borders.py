"""Cuts what was found over the border of two cells in parts: each cell holds a value of its own."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from redaction.detection import Finding

_NAMES: Final = frozenset(
    {"PERSON", "ORGANIZATION", "COMPANY", "LOCATION", "NATIONALITY", "TITLE", "USER"}
)
_CELL: Final = re.compile(r"[^\t|]+")


def within_cells(found: Finding, text: str) -> Iterator[Finding]:
    """Yield what was found, in parts where a tab or a bar stands in the name."""
    said = text[found.start : found.end]
    if found.type not in _NAMES or ("\t" not in said and "|" not in said):
        yield found
        return
    for cell in _CELL.finditer(said):
        bare = cell[0].strip()
        if any(c.isalpha() for c in bare):
            start = found.start + cell.start() + cell[0].index(bare)
            yield replace(found, start=start, end=start + len(bare), firm=False)
