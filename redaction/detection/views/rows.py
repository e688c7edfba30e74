"""Finds the tables that stand in a text, by tabs or bars: each cell with the heading that tells."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from redaction.detection.patterns.protected import LOG_LINE
from redaction.detection.views.scalars import Scalar
from redaction.detection.views.statements import COPY, columns_of
from redaction.detection.views.tables import keyed_cells

Cell: TypeAlias = tuple[int, int]
"""Where a cell stands in the text."""
_ROW: Final = re.compile(
    r"^(?:(?P<tabs>[^\t\n]{1,200}\t[^\n]{0,8000})"
    r"|[ \t]{0,8}(?P<bars>\|[^\n]{1,8000}\||\+[=+-]{3,8000}\+)[ \t]{0,8}\r?)$",
    re.MULTILINE,
)
_RULE: Final = re.compile(r"[|:\s=+-]+")
# What `psql` draws below its headings; at the sides of such a table stand no bars.
_UNDER_HEADINGS: Final = re.compile(r"^-{2,300}(?:\+-{2,8000}){1,400}[ \t]{0,8}\r?$", re.MULTILINE)
_RECORD: Final = re.compile(
    r"^-\[ RECORD \d{1,9} \][-+]{0,300}\r?\n"
    r"(?P<rows>(?:[\w ]{1,64}\|[^\n]{0,8000}(?:\n|$)){1,500})",
    re.MULTILINE,
)
_PAIR: Final = re.compile(
    r"^(?P<key>\w[\w ]{0,62}?)[ ]{0,60}\|[ ]?(?P<value>[^\n]*?)[ \t\r]*$", re.MULTILINE
)
_FIELD: Final = re.compile(r"[^|\r\n]+")
_CELLS: Final = {"tabs": re.compile(r"[^\t]+"), "bars": re.compile(r"(?<=\|)[^|]+(?=\|)")}
_BETWEEN: Final = re.compile(r"\r?\n")


def table_cells(text: str) -> Iterator[Scalar]:
    """Yield the cells of tables that a heading above or before them tells of."""
    if "\t" not in text and "|" not in text:
        return
    table: list[list[Cell]] = []
    end, is_log = -1, False
    columns: list[str] = []
    for match in _ROW.finditer(text):
        if end < 0 or not _BETWEEN.fullmatch(text, end, match.start()):
            yield from _told(text, table, columns)
            table = []
            is_log = LOG_LINE.match(text, match.start()) is not None
            columns = _copied(text, match.start())
        end = match.end()
        if is_log:
            continue
        kind = "tabs" if match["bars"] is None else "bars"
        if kind == "tabs" or not _RULE.fullmatch(match["bars"]):
            table.append(list(_split(text, *match.span(kind), _CELLS[kind])))
    yield from _told(text, table, columns)


def ruled_cells(text: str) -> Iterator[Scalar]:
    """Yield the cells of tables as `psql` prints them, that a heading above them tells of."""
    if "-+-" not in text:
        return
    for rule in _UNDER_HEADINGS.finditer(text):
        above = text.rfind("\n", 0, max(0, rule.start() - 1)) + 1
        count = rule[0].count("+")
        table = [list(_split(text, above, max(above, rule.start() - 1), _FIELD))]
        at = rule.end() + 1
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if text.count("|", at, end) != count:
                break
            table.append(list(_split(text, at, end, _FIELD)))
            at = end + 1
        if len(table[0]) == count + 1:
            yield from _told(text, table, ())


def expanded_cells(text: str) -> Iterator[Scalar]:
    """Yield the values of records as `psql` prints them one key and value a line."""
    if "-[ RECORD " not in text:
        return
    for record in _RECORD.finditer(text):
        table = [
            [match.span("key"), match.span("value")]
            for match in _PAIR.finditer(text, record.start("rows"), record.end("rows"))
        ]
        yield from _told(text, table, ())


def _copied(text: str, at: int) -> list[str]:
    """Return the columns that the line above names, when it opens the rows of a dump."""
    above = text.rfind("\n", 0, max(0, at - 1)) + 1
    opening = COPY.match(text, above, max(above, at - 1))
    return columns_of(opening) if opening else []


def _split(text: str, start: int, end: int, cell: re.Pattern[str]) -> Iterator[Cell]:
    """Yield where the cells of a row stand, blanks around them left out."""
    for match in cell.finditer(text, start, end):
        said = match[0]
        first = match.start() + len(said) - len(said.lstrip())
        yield first, max(first, match.start() + len(said.rstrip()))


def _told(text: str, table: Sequence[Sequence[Cell]], columns: Sequence[str]) -> Iterator[Scalar]:
    """Yield the cells that a heading tells of: in the first row, else one of the `columns`."""
    grid = [[text[slice(*cell)] for cell in row] for row in table]
    headed = [list(columns), *grid] if columns else grid
    for row, column, key in keyed_cells(headed, is_headed=bool(columns)):
        start, end = table[row - len(headed) + len(grid)][column]
        if start < end:
            yield Scalar((key,), start, end)
