"""Searches short texts with many expressions: one pass tells which of them may match."""

import re
from collections.abc import Callable, Iterable, Iterator

from redaction.detection.patterns.reach import may_be_empty
from redaction.detection.patterns.scanner import Scanner

# Compiling all together costs as much as running them one by one over this much text.
_WORTH = 300_000

Matches = Callable[[int], Iterator[re.Match[str]]]
"""Yields for the number of an expression what its `finditer` yields."""


class Searches:
    """Expressions that are searched for in one short text after another."""

    def __init__(self, patterns: Iterable[re.Pattern[str]], worth: int = _WORTH) -> None:
        """Number the expressions; one that may match the empty text is searched for by itself.

        The others are compiled together after `worth` characters.
        """
        self._patterns = tuple(patterns)
        alone = {number for number, each in enumerate(self._patterns) if may_be_empty(each)}
        together = [number for number in range(len(self._patterns)) if number not in alone]
        self._places = {number: place for place, number in enumerate(together)}
        self._scanner = Scanner([self._patterns[number] for number in together], worth)

    def scan(self, text: str) -> Matches:
        """Scan a text once."""
        hits = self._scanner.scan(text)

        def matches(number: int) -> Iterator[re.Match[str]]:
            place = self._places.get(number)
            if place is not None:
                if not hits.ranges[place]:
                    return iter(())
                reach = hits.reaches[place]
                if reach.width is not None and reach.sight is not None:
                    return hits.matches(place)
            return self._patterns[number].finditer(text)

        return matches
