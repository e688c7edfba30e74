"""Marks text that a reader of the original would not have seen: every line of it says so.

The one convention, in every format: a line begins with `[hidden text] `. In a table the mark stands
in the first cell of a hidden row, column or sheet, and before hidden words of a cell. What follows
is redacted like any other text.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

MARK: Final = "[hidden text]"


def hidden(text: str) -> str:
    """Return text with the mark before every line that says something."""
    return re.sub(r"(?m)^[^\S\n]*(?=\S)", f"{MARK} ", text)


def with_hidden(pieces: Iterable[tuple[bool, str]]) -> str:
    """Join pieces of text; those that are hidden (True) stand in marked lines of their own."""
    out = ""
    parts: list[str] = []
    for unseen, group in groupby(pieces, key=lambda piece: piece[0]):
        text = "".join(piece for _, piece in group)
        if unseen and text.strip():
            text = f"{text[: len(text) - len(text.lstrip())]}{hidden(text.strip())}\n"
            text = text if not out or out.endswith("\n") else f"\n{text}"
        elif out.startswith(MARK):
            text = text.removeprefix("\n")
        parts.append(text)
        out = text or out
    return "".join(parts)
