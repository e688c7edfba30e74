# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds the tables that blanks align in a text: each cell with the heading above it that tells."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from redaction.detection.patterns.protected import LOG_LINE
from redaction.detection.views.scalars import Scalar
from redaction.detection.views.tables import is_worded, keyed_cells

Cell: TypeAlias = tuple[int, int]
"""Where a cell stands in the text."""
# A heading that tells, apart from those beside it: what makes a line worth a look.
_TELLING: Final = re.compile(
    r"(?:(?<=[ ]{2})|^)(?:(?:[Uu]ser|USER)(?:[ _-]?(?:[Nn]ame|NAME|[Ii][Dd]))?|[Ll]ogin|LOGIN|[Oo]wner|OWNER|[Nn]ode|NODE"
    r"|[Hh]ost(?:name)?|HOST(?:NAME)?|(?:[Ff]ull |[Ll]ast |[Ff]irst |[Ss]ur|FULL |SUR|E)?(?:[Nn]ame|NAME)|[Aa]ssignee|ASSIGNEE|[Aa]uthor"
    r"|AUTHOR|[Ee]-?[Mm]ail|E-?MAIL|[Cc]ustomer|CUSTOMER|[Oo]perator|OPERATOR|[Bb]enutzer|BENUTZER|[Nn]achname|NACHNAME"
    r"|[Uu]tilisateur|[Uu]suario|[Cc]aller|CALLER|[Rr]equester|REQUESTER)(?=[ ]{2}|[ ]{0,40}\r?$)",
    re.MULTILINE,
)
_HEADING: Final = re.compile(r"[^\s](?:[^\s]|[ ](?=[^\s]))*")
_TITLE: Final = re.compile(r"[A-Za-z%#][\w%#()./ -]{0,39}")
_RULE: Final = re.compile(r"[-=+ ]{3,}")
_WIDEST: Final = 600
_LONGEST: Final = 5_000
# What one machine of a cluster is called, whatever its name looks like.
# The age of a thing in a cluster is no person's.
_ALIASES: Final = {"AGE": "UPTIME", "NODE": "NODE_NAME", "Node": "Node_name", "ENAME": "LAST_NAME"}


def aligned_cells(text: str) -> Iterator[Scalar]:
    """Yield the cells of aligned columns that the heading above them tells of."""
    done = 0
    for match in _TELLING.finditer(text):
        if match.start() < done:
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        done = end = _line_end(text, start)
        if end - start > _WIDEST or LOG_LINE.match(text, start):
            continue
        titles = [each.span() for each in _HEADING.finditer(text, start, end)]
        said = [text[first:last] for first, last in titles]
        if len(said) < 2 or not all(map(_TITLE.fullmatch, said)):
            continue
        offsets = [first - start for first, _ in titles]
        rows, done = _rows(text, end + 1, offsets)
        said = [_ALIASES.get(each, each) for each in said]
        worded = sum(map(is_worded, said))
        # Two columns may be keys and their values: then a value stands among the headings.
        wide = len(said) > 2 and (len(rows) > 1 or 2 * worded >= len(said))
        if rows and (wide or worded == len(said)):
            yield from _told(text, said, rows)


def _rows(text: str, at: int, offsets: Sequence[int]) -> tuple[list[list[Cell]], int]:
    """Read the rows from `at`: lines in which most columns begin below their headings."""
    rows: list[list[Cell]] = []
    while at < len(text) and len(rows) < _LONGEST:
        end = _line_end(text, at)
        line = text[at:end].rstrip()
        if not line or len(line) > 4 * _WIDEST:
            break
        if not _RULE.fullmatch(line):
            cells = list(_cut(line, offsets))
            if 2 * sum(first < last for first, last in cells) <= len(offsets):
                break
            rows.append([(at + first, at + last) for first, last in cells])
        at = end + 1
    return rows, at


def _cut(line: str, offsets: Sequence[int]) -> Iterator[Cell]:
    """Yield where the columns of a row stand; an empty cell where none begins below its heading."""
    for number, first in enumerate(offsets):
        begins = first < len(line) and line[first] != " " and line[:first][-1:] in ("", " ")
        if not begins:
            yield 0, 0
            continue
        last = offsets[number + 1] if number + 1 < len(offsets) else len(line)
        while last < len(line) and line[last - 1] != " ":
            last += 1
        yield first, first + len(line[first:last].rstrip())


def _told(text: str, titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[Scalar]:
    grid = [list(titles), *([text[slice(*cell)] for cell in row] for row in rows)]
    for row, column, key in keyed_cells(grid, is_headed=True):
        start, end = rows[row - 1][column]
        if start < end:
            yield Scalar((key,), start, end)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
