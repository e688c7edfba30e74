"""Sorts the hits in joined lines by line: a line alone says what hits in it."""

from collections.abc import Container, Mapping, Sequence

InLine = tuple[int, int, int]
"""Number of an expression, and where in a line its match may begin: first and last offset."""

# Hits of one expression that end this near to each other are one place to look at.
_NEAR = 64


class LineHits:
    """Collects hits: calls come in thousands, so they keep what they are told and no more."""

    def __init__(self) -> None:
        """Begin without hits."""
        self._last: dict[int, list[int]] = {}
        self._regions: list[list[int]] = []
        self._exact: list[tuple[int, int, int]] = []

    def add(self, number: int, start: int, end: int, flags: int, none: object) -> None:
        """Take what an expression hit, as the engine says it."""
        del start, flags, none
        last = self._last.get(number)
        if last is not None and 0 <= end - last[1] <= _NEAR:
            last[1] = end
        else:
            self._last[number] = region = [end, end, number]
            self._regions.append(region)

    def add_spot(self, number: int, start: int, end: int, flags: int, none: object) -> None:
        """Take where a spot ends, as the engine says it."""
        del start, flags, none
        self._exact.append((end, number, end))

    def add_run(self, number: int, start: int, end: int) -> None:
        """Take where matches of an expression may begin."""
        self._exact.append((end, number, start))

    def of(
        self,
        lines: Sequence[bytes],
        back: Mapping[int, int],
        free: Container[int] = (),
        asked: Mapping[int, bytes] | None = None,
    ) -> list[list[InLine]]:
        """Return what hits in each line; a match begins so far before the end of its hit.

        One of the `free` may begin in a line before: offsets are then below zero. A line without
        what is `asked` of it for an expression holds no match of that.
        """
        asked = asked or {}
        found: list[list[InLine]] = [[] for _ in lines]
        self._regions.sort()
        place, start, stop = -1, 0, 0
        for first, last, number in self._regions:
            # A hit that ends where a line begins took in the end of the line before.
            while first > stop:
                place, start = place + 1, stop
                stop += len(lines[place]) + 1
            least = -back[number] if number in free else 0
            low = max(least, first - start - back[number])
            word = asked.get(number, b"")
            if word in lines[place]:
                found[place].append((number, low, min(last, stop - 1) - start))
            after, begin = place + 1, stop
            while last > begin:
                if word in lines[after]:
                    found[after].append((number, least, min(last - begin, len(lines[after]))))
                begin += len(lines[after]) + 1
                after += 1
        self._exact.sort()
        place, start, stop = -1, 0, 0
        for end, number, begin in self._exact:
            while end > stop:
                place, start = place + 1, stop
                stop += len(lines[place]) + 1
            found[place].append((number, begin - start, end - start))
        return found
