"""Remembers what hits in a line, and what of it came to nothing: prompts repeat a case's lines."""

from collections.abc import Iterable

from redaction.detection.patterns.linehits import InLine

# How many lines are remembered, how long they are, how many hits they have.
_LINES, _LONGEST, _HITS = 5_000, 2_048, 60


class LineMemory:
    """So many lines and no more, none of them long; what is forgotten is scanned again."""

    def __init__(self, local: frozenset[int], first_spot: int) -> None:
        """Take the numbers whose matches depend on nothing but their line, and the first spot's."""
        self._local = local
        self._first_spot = first_spot
        self._all: dict[bytes, tuple[InLine, ...]] = {}
        self._left: dict[bytes, tuple[InLine, ...]] = {}

    def hits(self, line: bytes, between: bool) -> tuple[InLine, ...] | None:
        """Return what hits in a line, None when it is not known.

        `between` other lines, what came to nothing there before is left out.
        """
        if between and (left := self._left.get(line)) is not None:
            return left
        return self._all.get(line)

    def remember(self, line: bytes, hits: Iterable[InLine]) -> None:
        """Remember what hits in a line."""
        kept = tuple(hits)
        if len(line) > _LONGEST or len(kept) > _HITS:
            return
        if len(self._all) >= _LINES:
            self._all.clear()
            self._left.clear()
        self._all[line] = kept

    def leave_out(
        self, places: Iterable[tuple[int, bytes]], idle: set[int], idle_ends: set[int]
    ) -> None:
        """Leave out, in lines between others, what came to nothing.

        `idle` are numbers without any match in the text, `idle_ends` where spots end that say
        nothing.
        """
        idle, spots = idle & self._local, self._first_spot
        for at, line in places:
            hits = self.hits(line, between=True)
            if not hits:
                continue
            left = [
                hit
                for hit in hits
                if hit[0] not in idle and (hit[0] < spots or at + hit[2] not in idle_ends)
            ]
            if len(left) < len(hits):
                self._left[line] = tuple(left)
