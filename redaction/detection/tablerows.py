"""Cuts a table too large to hold into its headings and its rows, and decides what columns hold."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from redaction.detection.views.keyedlines import column_keys, delimiter_of, rows_of, top_of

# A quote that nothing closes within so many characters opens no cell.
_LONGEST_ROW: Final = 1 << 20
# Of so much of a table its headings are read, and so much of it decides what columns hold.
_HEAD: Final = 256 << 10
_SAMPLE: Final = 4 << 20


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """What the beginning of a table tells: its headings, and what each column holds."""

    heading: str = ""
    columns: tuple[str, ...] = ()


def table_of(lines: Iterable[str]) -> Table:
    """Read the headings of a table, and of its rows what decides for the columns."""
    stream = iter(lines)
    first: list[str] = []
    size = 0
    for line in stream:
        first.append(line)
        size += len(line)
        if size >= _HEAD:
            break
    rows = row_blocks(chain(first, stream), delimiter_of("".join(first)))
    heading = _heading(rows)
    sample: list[str] = []
    size = 0
    for row in rows:
        sample.append(row)
        size += len(row)
        if size >= _SAMPLE:
            break
    return Table(heading, _columns(heading, "".join(sample)))


def skipping(lines: Iterable[str], table: Table) -> Iterator[str]:
    """Yield the rows of a table whose headings are known."""
    rows = row_blocks(lines, delimiter_of(table.heading))
    size = len(table.heading)
    for row in rows:
        if size <= 0:
            yield row
        size -= len(row)


def _heading(rows: Iterator[str]) -> str:
    heading = ""
    for row in rows:
        heading += row
        if row.strip() and any(len(each) > 1 for each in rows_of(heading)):
            break
        if len(heading) >= _HEAD:
            break
    return heading


def _columns(heading: str, sample: str) -> tuple[str, ...]:
    """Return the keys of the columns, where their values decide too."""
    text = heading + sample
    rows = rows_of(text)
    top = top_of(rows)
    return tuple(column_keys(text, rows[top], rows[top + 1 :])) if rows else ()


def row_blocks(lines: Iterable[str], delimiter: str) -> Iterator[str]:
    """Join the lines of each row: a quoted cell may go over many; joined they are the text."""
    row: list[str] = []
    size = 0
    cutting = _Cutting(delimiter)
    for line in lines:
        if not row and '"' not in line and line.endswith("\n"):
            yield line
            continue
        row.append(line)
        size += len(line)
        if not cutting.goes_on(line):
            yield "".join(row)
            row, size = [], 0
        elif size > _LONGEST_ROW:
            yield from cutting.rows("".join(row))
            row, size = [], 0
            cutting = _Cutting(delimiter)
    if row:
        yield from cutting.rows("".join(row))


class _Cutting:
    """Reads a row line by line as the whole is read: only a cell's first quote opens it."""

    def __init__(self, delimiter: str) -> None:
        outside = f"[^{re.escape(delimiter)}\\r\\n]*"
        self._delimiter = delimiter
        self._outside = re.compile(outside)
        self._cell = re.compile(f'"(?:[^"]|"")*+"{outside}')
        self._closing = re.compile(f'(?:[^"]|"")*+"{outside}')
        self.is_quoted = False

    def rows(self, text: str) -> Iterator[str]:
        """Cut what has come to its end: a quote that nothing closes opens no cell."""
        start = at = 0
        while at < len(text):
            cell = self._cell.match(text, at) or self._outside.match(text, at)
            end = at if cell is None else cell.end()
            at = end + 1
            if text[end:at] != self._delimiter:
                yield text[start:at]
                start = at
        if start < len(text):
            yield text[start:]

    def goes_on(self, line: str) -> bool:
        """Tell whether the next line belongs to the same row."""
        at = 0
        pattern = self._closing if self.is_quoted else self._cell
        while True:
            if (quoted := pattern.match(line, at)) is not None:
                at = quoted.end()
            elif pattern is self._closing or line.startswith('"', at):
                self.is_quoted = True
                return True
            elif (bare := self._outside.match(line, at)) is not None:
                at = bare.end()
            self.is_quoted = False
            pattern = self._cell
            if line[at : at + 1] != self._delimiter:
                # A piece of a line that is too long has no end of its own.
                return not line.endswith("\n")
            at += 1
