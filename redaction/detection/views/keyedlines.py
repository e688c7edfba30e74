# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds the values of CSV, settings files and mail headers, each with the keys above it."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from redaction.detection.views.encodings import encoded_words
from redaction.detection.views.scalars import Group, Scalar, placed
from redaction.detection.views.tables import is_heading, is_worded, keys_of

_SETTING = re.compile(
    r"^[ \t]*(?:export[ \t]+|set[ \t]+|-[ \t]+)?(?P<key>[A-Za-z_][\w.\- ]{0,80}?)[ \t]*[=:][ \t]*(?P<value>[^\r\n]*?)[ \t]*$",
    re.MULTILINE,
)
_HEADER = re.compile(r"(?P<key>[A-Za-z][\w-]{0,60}):[ \t]*(?P<value>(?:.*)(?:\n[ \t]+\S.*)*)")
_PEOPLE = frozenset(
    {"from", "to", "cc", "bcc", "reply-to", "sender", "resent-from", "x-original-from"}
)
_NAMED = re.compile(
    r"""(?:^|[,;\n])[ \t]*["']?(?P<name>[^"'<>,;@\n]{2,80}?|[^"'<>;@\n]{2,80}?)["']?[ \t]*<"""
)

Row: TypeAlias = list[tuple[int, int]]
"""Where the cells of a row stand."""
_BEGINNING = 65_536
_LINES = 20


def csv_cells(text: str, columns: Sequence[str] = ()) -> Iterator[Scalar]:
    """Yield each cell, quotes left out, with the key that decides for its column.

    The headings have none. They stay as they are where they are ordinary words; others go only as
    a whole, when the case knows them as a value. `columns` are the keys when more than the text decided.
    """
    rows = rows_of(text)
    top = top_of(rows)
    if not rows:
        return
    for row in rows[:top]:
        yield from (Scalar((), start, end) for start, end in row)
    headings = _headings(text, rows[top])
    titled = is_heading(headings)
    for (start, end), heading in zip(rows[top], headings, strict=True):
        if not titled or not is_worded(heading):
            yield Scalar((), start, end, None, "key" if titled else "plain")
    below = rows[top + 1 :]
    names = [_name(heading) for heading in headings]
    keys = columns or column_keys(text, rows[top], below)
    for row in below:
        yield from placed(_in_row(text, row, names, keys))


def top_of(rows: Sequence[Row]) -> int:
    """Return the number of the row of headings: the first of more than one cell."""
    return next((number for number, row in enumerate(rows) if len(row) > 1), 0)


def column_keys(text: str, top: Row, below: Sequence[Row]) -> list[str]:
    """Return the key that decides for each column, from the headings and the rows below them."""
    names = [_name(heading) for heading in _headings(text, top)]
    return keys_of(names, lambda number: _column(text, below, number))


def _headings(text: str, top: Row) -> list[str]:
    return [text[start:end].strip("\ufeff \t\r\n") for start, end in top]


def _name(heading: str) -> str:
    return heading.replace(" ", "_")


def _column(text: str, rows: Sequence[Row], number: int) -> Iterator[str]:
    for row in rows:
        if number < len(row):
            yield text[slice(*row[number])]


def _in_row(
    text: str, row: Row, names: Sequence[str], keys: Sequence[str]
) -> Iterator[tuple[Scalar, Group]]:
    group = Group()
    for (start, end), name in zip(row, names, strict=False):
        group.take(name, text[start : min(end, start + 80)])
    for number, (start, end) in enumerate(row):
        key = keys[number] if number < len(keys) else ""
        yield Scalar((key,) if key else (), start, end), group


def rows_of(text: str) -> list[Row]:
    """Return where the cells of each row stand; a quoted cell may go over many lines."""
    delimiter = delimiter_of(text)
    outside = f"[^{re.escape(delimiter)}\\r\\n]*"
    cell = re.compile(f'"(?P<quoted>(?:[^"]|"")*+)"{outside}|(?P<bare>{outside})')
    rows: list[Row] = [[]]
    at = 1 if text.startswith("\ufeff") else 0
    while at <= len(text):
        match = cell.match(text, at)
        if match is None:
            break
        rows[-1].append(match.span("quoted" if match["quoted"] is not None else "bare"))
        at = match.end()
        if text[at : at + 1] != delimiter:
            rows.append([])
            at += text[at : at + 2] == "\r\n"
        at += 1
    return rows


def delimiter_of(text: str) -> str:
    """Return what parts the cells of the first line that has any."""
    for line in text[:_BEGINNING].splitlines()[:_LINES]:
        delimiter = max(",;\t|", key=line.count)
        if delimiter in line:
            return delimiter
    return ","


def setting_lines(text: str) -> Iterator[Scalar]:
    """Yield each `key = value` or `key: value` line, quotes left out."""
    for match in _SETTING.finditer(text):
        start, end = match.span("value")
        if end - start >= 2 and text[start] == text[end - 1] and text[start] in "\"'":
            start, end = start + 1, end - 1
        if start < end:
            yield Scalar((match["key"],), start, end)


def mail_scalars(text: str) -> Iterator[Scalar]:
    """Yield the people and the telling values of the header block of a mail."""
    end_of_headers = text.find("\n\n")
    at = 0
    while at < (len(text) if end_of_headers < 0 else end_of_headers):
        match = _HEADER.match(text, at)
        if match is None:
            return
        key = match["key"].lower()
        words = list(encoded_words(text, *match.span("value")))
        if words:
            path = ("author",) if key in _PEOPLE else (match["key"],)
            for start, end, said in words:
                yield Scalar(path, start, end, said)
        elif key in _PEOPLE:
            for named in _NAMED.finditer(match["value"]):
                shift = match.start("value")
                first, last = (shift + at for at in named.span("name"))
                yield Scalar(("author",), first, last)
        else:
            yield Scalar((match["key"],), *match.span("value"))
        at = match.end() + 1
