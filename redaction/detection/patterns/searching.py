"""Searches short texts with many expressions: one pass tells which of them may match."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

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
        numbers = range(len(self._patterns))
        self._alone = [number for number in numbers if may_be_empty(self._patterns[number])]
        self._together = [number for number in numbers if number not in self._alone]
        self._places = {number: place for place, number in enumerate(self._together)}
        self._scanner = Scanner([self._patterns[number] for number in self._together], worth)

    def prepare(self, texts: Iterable[str]) -> None:
        """Scan texts as one, so that their lines are known: a call for each costs more."""
        self._scanner.scan("\n".join(texts))

    def found(self, text: str) -> Iterator[tuple[int, Iterator[re.Match[str]]]]:
        """Scan a text once; yield what may match in it, in order, with its matches."""
        matches, numbers = self._scanned(text)
        for number in numbers:
            yield number, matches(number)

    def scan(self, text: str) -> Matches:
        """Scan a text once."""
        return self._scanned(text)[0]

    def _scanned(self, text: str) -> tuple[Matches, Sequence[int]]:
        """Return the matches by number, and the numbers that may have any."""
        hits = self._scanner.scan(text)
        hit = [self._together[place] for place, each in enumerate(hits.ranges) if each]

        def matches(number: int) -> Iterator[re.Match[str]]:
            place = self._places.get(number)
            if place is not None:
                if not hits.ranges[place]:
                    return iter(())
                reach = hits.reaches[place]
                if reach.width is not None and reach.sight is not None:
                    return hits.matches(place)
            return self._patterns[number].finditer(text)

        return matches, sorted((*self._alone, *hit))
