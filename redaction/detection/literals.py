# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds known values again anywhere in a text, as whole tokens, in time that does not depend on how many."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redaction.detection.patterns.scanner import LiteralScanner

_TOKEN = re.compile(r"[^\W_]+")
_BEFORE_NAME = re.compile(
    r"(?:(?:\b(?i:hi|hello|hey|dear|thanks|thank you|by|from|with|asked?|told?|tell|ping(?:ed)?|cc|mr|mrs|ms|dr"
    r"|and|to|author|user|name|contact|regards|cheers))[ ,:.=\"']{1,3}|@|[ ]-[ ]?|\n-?[ ]?)$"
)
_AFTER_NAME = re.compile(
    r"(?:,? (?:wrote|said|says|asked|confirmed|reported|replied|called|told|joined|mentioned)\b|['\u2019]s\b|,?\n|:\s)"
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A known value: what it means (`key`), and whether capitals must match.

    A `guarded` literal is an ordinary word or too short: it counts in a name-like place only.
    """

    value: str
    key: str
    exact: bool = False
    guarded: bool = False


# Compiling a table pays only for this much text; below, its words are looked up one by one.
_WORTH_COMPILING = 20_000
# What a compiled table takes to make and to scan with grows faster than the table; a look-up of
# words takes the same for any.
_MOST_COMPILED = 8_000


class Literals:
    """A table of known values, looked up by their first word and then by the whole value."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        """Index the values; those without any letter or digit cannot be looked up and are left out."""
        # First word -> (what stands before it, length of the value) -> value in lower case.
        self._by_first: dict[str, dict[tuple[int, int], dict[str, list[Literal]]]] = {}
        self._engine: LiteralScanner | None = None
        self._numbered: list[_Numbered] = []
        self._read = 0
        self._size = 0
        for literal in sorted(literals, key=lambda literal: (-len(literal.value), literal.value)):
            token = _TOKEN.search(literal.value)
            if token:
                shapes = self._by_first.setdefault(token[0].lower(), {})
                values = shapes.setdefault((token.start(), len(literal.value)), {})
                values.setdefault(literal.value.lower(), []).append(literal)
                self._size += 1

    def find(self, text: str) -> Iterator[tuple[int, int, Literal]]:
        """Yield `(start, end, literal)` of every known value, the longest at each place."""
        if not self._by_first:
            return
        self._read += len(text)
        done = 0
        compiled = self._read >= _WORTH_COMPILING and self._size <= _MOST_COMPILED
        places = self._by_engine(text) if compiled else self._by_word(text)
        for token, lead, length, values in places:
            start = token - lead
            if token >= done and start >= done:
                literal = _here(text, start, start + length, values)
                if literal is not None:
                    done = start + length
                    yield start, done, literal

    def _by_word(self, text: str) -> "Iterator[_Place]":
        """Yield where a value may stand, word after word, the longest first."""
        for token in _TOKEN.finditer(text):
            shapes = self._by_first.get(token[0].lower())
            if shapes is not None:
                for (lead, length), values in shapes.items():
                    yield token.start(), lead, length, values

    def _by_engine(self, text: str) -> "Iterator[_Place]":
        """Yield the same places in the same order, found in one pass."""
        if self._engine is None:
            self._numbered = [
                (rank, lead, length, values)
                for shapes in self._by_first.values()
                for rank, ((lead, length), values) in enumerate(shapes.items())
                for _ in values
            ]
            # As they are written: in lower case some are longer than where they stand.
            self._engine = LiteralScanner(
                alike[0].value
                for shapes in self._by_first.values()
                for values in shapes.values()
                for alike in values.values()
            )
        found: list[tuple[int, int, int]] = []
        for number, end in self._engine.scan(text):
            rank, lead, length, _ = self._numbered[number]
            found.append((end - length + lead, rank, number))
        for token, _, number in sorted(found):
            _, lead, length, values = self._numbered[number]
            yield token, lead, length, values


_Place = tuple[int, int, int, dict[str, list[Literal]]]
"""First letter or digit of the value, how far the value begins before it, its length, the values."""
_Numbered = tuple[int, int, int, dict[str, list[Literal]]]
"""Rank among the shapes of one first word, then as in `_Place`."""


def _here(text: str, start: int, end: int, values: dict[str, list[Literal]]) -> Literal | None:
    here = text[start:end]
    for literal in values.get(here.lower(), ()):
        if literal.exact and here != literal.value:
            continue
        if start and _joined(text[start - 1], here[0]):
            continue
        if end < len(text) and _joined(here[-1], text[end]):
            continue
        if not literal.guarded or in_name_place(text, start, end):
            return literal
    return None


def _joined(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()


def in_name_place(text: str, start: int, end: int) -> bool:
    """Tell whether a capitalised word stands where a person is named: greeted, quoted, signing."""
    if not text[start].isupper():
        return False
    before = text[max(0, start - 24) : start]
    return bool(_BEFORE_NAME.search(before) or _AFTER_NAME.match(text, end))
