# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds the values of CSV, settings files and mail headers, each with the keys above it."""

import re
from collections.abc import Iterator

from redaction.detection.views.encodings import encoded_words
from redaction.detection.views.scalars import Group, Scalar, placed

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


def csv_cells(text: str) -> Iterator[Scalar]:
    """Yield each cell, quotes left out, with the header of its column; the first row has none."""
    delimiter = max(",;\t|", key=text.partition("\n")[0].count)
    outside = f"[^{re.escape(delimiter)}\\r\\n]*"
    cell = re.compile(f'"(?P<quoted>(?:[^"]|"")*+)"{outside}|(?P<bare>{outside})')
    headers: list[str] = []
    group = Group()
    at, column, row = 0, 0, 0
    while at <= len(text):
        match = cell.match(text, at)
        if match is None:
            return
        inside = "quoted" if match["quoted"] is not None else "bare"
        start, end = match.span(inside)
        if row == 0:
            headers.append(match[inside].strip())
            group.take(headers[-1].replace(" ", "_"), "")
        named = headers[column] if row and column < len(headers) else ""
        yield from placed([(Scalar((named,) if named else (), start, end), group)])
        at = match.end()
        if text[at : at + 1] == delimiter:
            column += 1
        else:
            column, row = 0, row + 1
            at += text[at : at + 2] == "\r\n"
        at += 1


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
