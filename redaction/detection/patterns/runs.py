"""Finds long runs of one class of ASCII characters without any expression, at little cost."""

import re
import string
from collections.abc import Iterator
from typing import Final


class Runs:
    """Runs of at least so many characters, all of one class."""

    def __init__(self, members: str, least: int) -> None:
        """Keep a table that turns members into `a` and all else into spaces."""
        self._table: Final = bytes(ord("a" if chr(code) in members else " ") for code in range(256))
        self._least: Final = b"a" * least

    def find(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Yield start and end of each run, in order."""
        marked = data.translate(self._table)
        at = marked.find(self._least)
        while at >= 0:
            end = marked.find(b" ", at)
            end = len(marked) if end < 0 else end
            yield at, end
            at = marked.find(self._least, end)


# Of these characters consists what may be a token without a shape.
_TOKENS: Final = Runs(string.ascii_letters + string.digits + "_+/~-", 20)
_DIGIT: Final = re.compile(rb"[0-9]")
_PART: Final = re.compile(rb"[A-Za-z0-9]{12}")


def token_runs(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each run of 20 that holds a digit, and twelve letters and digits in a row."""
    for start, end in _TOKENS.find(data):
        if _DIGIT.search(data, start, end) and _PART.search(data, start, end):
            yield start, end


def bytes_of(text: str) -> bytes:
    """Return a text as one byte a character; what is no ASCII is no member of any class."""
    return text.encode("latin-1", "replace")


def joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join ranges that touch, such as those of neighbouring lines: each costs a search."""
    whole: list[tuple[int, int]] = []
    start, end = ranges[0]
    for low, high in ranges:
        if start <= low <= end + 1:
            end = max(end, high)
        else:
            whole.append((start, end))
            start, end = low, high
    whole.append((start, end))
    return whole
