# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds the values of SQL statements: each under the column that the statement names for it."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.detection.views.alignment import decoded
from redaction.detection.views.scalars import Scalar
from redaction.detection.views.tables import keyed_cells

_NAME: Final = r"[\w.$\"`\[\]]{1,130}"
_COLUMN: Final = r"\s{0,40}[\"`\[]?\w{1,64}[\"`\]]?\s{0,40}"
COLUMNS: Final = re.compile(rf"\((?P<columns>{_COLUMN}(?:,{_COLUMN}){{0,200}})\)")
"""The columns that a statement names, in brackets."""
_INSERT: Final = re.compile(
    rf"\b(?:insert|replace|upsert)(?:\s{{1,9}}(?:ignore|or\s{{1,9}}\w{{4,8}}|low_priority|delayed))?\s{{1,9}}into\s{{1,9}}"
    rf"(?:table\s{{1,9}})?{_NAME}\s{{0,40}}{COLUMNS.pattern}\s{{0,40}}"
    r"(?:overriding\s\w{4,6}\svalue\s{1,9})?values?\s{0,40}(?=\()",
    re.IGNORECASE,
)
COPY: Final = re.compile(
    rf"copy\s{{1,9}}{_NAME}\s{{0,40}}{COLUMNS.pattern}\s{{1,9}}from\s{{1,9}}stdin\b[^\n]{{0,200}}",
    re.IGNORECASE,
)
"""What opens the rows that a dump holds between tabs."""
# A string doubles its quotes or escapes them; what is no string ends at a comma or a bracket.
_VALUE: Final = re.compile(
    r"\s{0,400}(?:(?:[NnEeBbXx]|_utf8(?:mb4)?\s?|(?i:date|timestamp)\s?)?'(?P<string>(?:[^'\\]|''|\\.){0,100000}+)'(?:::[\w ]{1,40})?"
    r"|(?P<call>\w{1,40}\((?:[^()']|'[^']{0,2000}'){0,2000}+\))|(?P<bare>[^\s,()';][^,()';]{0,400}))"
    r"\s{0,400}(?P<mark>[,)])",
    re.DOTALL,
)
_NEXT: Final = re.compile(r"\s{0,400},\s{0,400}(?=\()")
_ESCAPE: Final = re.compile(r"''|\\.", re.DOTALL)


def statement_values(text: str) -> Iterator[Scalar]:
    """Yield the values of each `INSERT` whose columns are named and tell of them."""
    if not any(word in text for word in ("INTO", "into", "Into")):
        return
    at = 0
    while insert := _INSERT.search(text, at):
        at = insert.end()
        rows: list[list[tuple[int, int]]] = []
        while (row := _row(text, at)) is not None:
            cells, at = row
            rows.append(cells)
            following = _NEXT.match(text, at)
            if following is None:
                break
            at = following.end()
        grid = [columns_of(insert), *([text[slice(*cell)] for cell in row] for row in rows)]
        for number, column, key in keyed_cells(grid, is_headed=True):
            start, end = rows[number - 1][column]
            if start < end:
                meant = decoded(text, start, end, _escapes(text, start, end))
                quoted = text[start - 1] == "'"
                yield Scalar((key,), start, end, meant, "plain" if quoted else "number")


def columns_of(statement: re.Match[str]) -> list[str]:
    """Return the columns that a statement names."""
    return [column.strip(' \t\r\n"`[]') for column in statement["columns"].split(",")]


def _row(text: str, at: int) -> tuple[list[tuple[int, int]], int] | None:
    """Read the values in the brackets that open at `at`, and where they close; None if broken."""
    if text[at : at + 1] != "(":
        return None
    at += 1
    cells: list[tuple[int, int]] = []
    while (value := _VALUE.match(text, at)) is not None:
        if value["string"] is not None:
            cells.append(value.span("string"))
        else:
            # A number or a word; nothing that somebody wrote stands in `NULL` or `now()`.
            bare = value["bare"] or ""
            start = value.start("bare")
            cells.append((start, start + len(bare.rstrip())) if bare[:1].isdigit() else (0, 0))
        at = value.end()
        if value["mark"] == ")":
            return cells, at
    return None


def _escapes(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    if "'" in text[start:end] or "\\" in text[start:end]:
        for match in _ESCAPE.finditer(text, start, end):
            yield match.start(), match.end(), match[0][1]
