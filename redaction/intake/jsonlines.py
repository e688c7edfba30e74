"""Gives JSON that stands on one line a line for each member, so that a line number says where."""

import re
from io import StringIO
from typing import Final

_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},:]|[^\s\[\]{},:"]+|\s+')
# A flat value that short reads better in one piece: a sample, a label set, an empty list.
_SHORT: Final = re.compile(r'[\[{](?:"(?:[^"\\]|\\.){0,80}"|[^\[\]{}"]){0,60}[\]}]')
_SHORT_CHARACTERS: Final = 100
_LEAST: Final = 100
_INDENT: Final = 16


def with_line_breaks(text: str) -> str:
    """Break a one-line JSON text between members; tokens and their order stay, spaces may not.

    A text of several lines, or a short one, is returned as it is.
    """
    if len(text) < _LEAST or "\n" in text.strip():
        return text
    out = StringIO()
    depth, at = 0, 0
    while at < len(text):
        short = _SHORT.match(text, at) if text[at] in "[{" else None
        if short and len(short[0]) <= _SHORT_CHARACTERS:
            out.write(short[0])
            at = short.end()
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            return text
        token, at = match[0], match.end()
        if token.isspace():
            continue
        if token in "[{":
            depth += 1
            out.write(token + _line(depth))
        elif token in "]}":
            depth -= 1
            out.write(_line(depth) + token)
        elif token == ",":
            out.write(token + _line(depth))
        else:
            out.write(": " if token == ":" else token)
    return out.getvalue() + "\n"


def _line(depth: int) -> str:
    return "\n" + " " * min(max(depth, 0), _INDENT)
