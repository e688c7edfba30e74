# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds known values again anywhere in a text, as whole tokens, in time that does not depend on how many."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redaction.detection.ordinary import travels

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
    """A table of known values, looked up by their first word."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        """Index the values; those without any letter or digit cannot be looked up and are left out."""
        self._by_first: dict[str, list[tuple[int, str, Literal]]] = {}
        for literal in literals:
            token = _TOKEN.search(literal.value)
            if token:
                entry = (token.start(), literal.value.lower(), literal)
                self._by_first.setdefault(token[0].lower(), []).append(entry)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[1]), entry[1]))

    def find(self, text: str) -> Iterator[tuple[int, int, Literal]]:
        """Yield `(start, end, literal)` of every known value, the longest at each place."""
        if not self._by_first:
            return
        done = 0
        for token in _TOKEN.finditer(text):
            if token.start() < done:
                continue
            for lead, lowered, literal in self._by_first.get(token[0].lower(), ()):
                start = token.start() - lead
                end = start + len(lowered)
                if start >= done and self._is_here(text, start, end, lowered, literal):
                    yield start, end, literal
                    done = end
                    break

    def _is_here(self, text: str, start: int, end: int, lowered: str, literal: Literal) -> bool:
        here = text[start:end]
        if here.lower() != lowered or (literal.exact and here != literal.value):
            return False
        if start and _joined(text[start - 1], here[0]):
            return False
        if end < len(text) and _joined(here[-1], text[end]):
            return False
        return not literal.guarded or in_name_place(text, start, end)


def _joined(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()


def in_name_place(text: str, start: int, end: int) -> bool:
    """Tell whether a capitalised word stands where a person is named: greeted, quoted, signing."""
    if not text[start].isupper():
        return False
    before = text[max(0, start - 24) : start]
    return bool(_BEFORE_NAME.search(before) or _AFTER_NAME.match(text, end))


def is_guarded(value: str) -> bool:
    """Tell whether a value may count in a name-like place only."""
    return not travels(value)
