"""Holds where expressions may match in one text, and confirms that with the expressions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from redaction.detection.patterns.linememory import LineMemory
from redaction.detection.patterns.reach import Reach
from redaction.detection.patterns.runs import joined

Range = tuple[int, int]
"""Where a match may begin: first and last offset, both inclusive; the first may be below zero."""
Place = tuple[int, bytes]
"""Where a line begins, and the line as it is scanned."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Where in one text the expressions of a scanner may match."""

    text: str
    patterns: tuple[re.Pattern[str], ...]
    reaches: tuple[Reach, ...]
    ranges: list[list[Range]]
    runs: frozenset[int] = frozenset()
    known: Sequence[tuple[LineMemory, Sequence[Place]]] = ()
    idle: set[int] = field(default_factory=set[int])
    idle_ends: set[int] = field(default_factory=set[int])

    def ends(self, spot: int) -> list[int] | None:
        """Return where a spot ends, in order; None while nothing is compiled: it may anywhere."""
        if not self.known:
            return None
        return sorted(end for _, end in self.ranges[len(self.patterns) + spot])

    def settle(self) -> None:
        """Have what was asked for, and came to nothing, left out where its lines come again."""
        for memory, between in self.known:
            memory.leave_out(between, self.idle, self.idle_ends)

    def matches(self, number: int) -> Iterator[re.Match[str]]:
        """Yield what `finditer` of one expression yields over the whole text."""
        ranges = self.ranges[number]
        if not ranges:
            return
        ranges.sort()
        pattern, reach, text = self.patterns[number], self.reaches[number], self.text
        width, sight = reach.width, reach.sight
        done = 0
        for low, high in joined(ranges):
            if high < done:
                continue
            if width is None or sight is None:
                found = _each_place(pattern, text, max(low, done), high)
            else:
                last = high + (2 if number in self.runs else width)
                line = text.find("\n", high, last) if reach.in_line else -1
                found = pattern.finditer(
                    text, max(low, done), (last if line < 0 else line) + sight + 2
                )
            for match in found:
                if match.start() > high:
                    break
                done = match.end()
                yield match
                if done > high:
                    break
        if not done:
            self.idle.add(number)


def _each_place(
    pattern: re.Pattern[str], text: str, low: int, high: int
) -> Iterator[re.Match[str]]:
    """Try each place by itself: searching for what may be of any length could read to the end."""
    at = low
    while at <= high:
        match = pattern.match(text, at)
        if match is not None:
            yield match
        at = at + 1 if match is None else match.end()
