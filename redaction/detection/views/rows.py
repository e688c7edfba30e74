"""Finds the tables that stand in a text, by tabs or bars: each cell with the heading that tells."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from redaction.detection.patterns.protected import LOG_LINE
from redaction.detection.views.scalars import Scalar
from redaction.detection.views.tables import keyed_cells

Cell: TypeAlias = tuple[int, int]
"""Where a cell stands in the text."""
_ROW: Final = re.compile(
    r"^(?:(?P<tabs>[^\t\n]{1,200}\t[^\n]{0,8000})"
    r"|[ \t]{0,8}(?P<bars>\|[^\n]{1,8000}\|)[ \t]{0,8})$",
    re.MULTILINE,
)
_RULE: Final = re.compile(r"[|:\s=+-]+")
_CELLS: Final = {"tabs": re.compile(r"[^\t]+"), "bars": re.compile(r"(?<=\|)[^|]+(?=\|)")}
_BETWEEN: Final = re.compile(r"\r?\n")


def table_cells(text: str) -> Iterator[Scalar]:
    """Yield the cells of tables that a heading above or before them tells of."""
    if "\t" not in text and "|" not in text:
        return
    table: list[list[Cell]] = []
    end, is_log = -1, False
    for match in _ROW.finditer(text):
        if end < 0 or not _BETWEEN.fullmatch(text, end, match.start()):
            yield from _told(text, table)
            table = []
            is_log = LOG_LINE.match(text, match.start()) is not None
        end = match.end()
        if is_log:
            continue
        kind = "tabs" if match["bars"] is None else "bars"
        if kind == "tabs" or not _RULE.fullmatch(match["bars"]):
            table.append(list(_split(text, *match.span(kind), _CELLS[kind])))
    yield from _told(text, table)


def _split(text: str, start: int, end: int, cell: re.Pattern[str]) -> Iterator[Cell]:
    """Yield where the cells of a row stand, blanks around them left out."""
    for match in cell.finditer(text, start, end):
        said = match[0]
        first = match.start() + len(said) - len(said.lstrip())
        yield first, max(first, match.start() + len(said.rstrip()))


def _told(text: str, table: Sequence[Sequence[Cell]]) -> Iterator[Scalar]:
    grid = [[text[slice(*cell)] for cell in row] for row in table]
    for row, column, key in keyed_cells(grid):
        start, end = table[row][column]
        if start < end:
            yield Scalar((key,), start, end)
