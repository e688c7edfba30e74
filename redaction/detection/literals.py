# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds known values again anywhere in a text, as whole tokens, in time that does not depend on how many."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


class Literals:
    """A table of known values, looked up by their first word and then by the whole value."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        """Index the values; those without any letter or digit cannot be looked up and are left out."""
        # First word -> (what stands before it, length of the value) -> value in lower case.
        self._by_first: dict[str, dict[tuple[int, int], dict[str, list[Literal]]]] = {}
        for literal in sorted(literals, key=lambda literal: (-len(literal.value), literal.value)):
            token = _TOKEN.search(literal.value)
            if token:
                lowered = literal.value.lower()
                shapes = self._by_first.setdefault(token[0].lower(), {})
                values = shapes.setdefault((token.start(), len(lowered)), {})
                values.setdefault(lowered, []).append(literal)

    def find(self, text: str) -> Iterator[tuple[int, int, Literal]]:
        """Yield `(start, end, literal)` of every known value, the longest at each place."""
        if not self._by_first:
            return
        done = 0
        for token in _TOKEN.finditer(text):
            shapes = self._by_first.get(token[0].lower())
            if shapes is None or token.start() < done:
                continue
            for (lead, length), values in shapes.items():
                start = token.start() - lead
                literal = _here(text, start, start + length, values) if start >= done else None
                if literal is not None:
                    done = start + length
                    yield start, done, literal
                    break


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
