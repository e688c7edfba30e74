"""Maps offsets of a decoded text to the text that it was decoded from, in memory per change."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

Atom = tuple[int, int, int, int]
"""Something that was written otherwise: its start and end decoded, its start and end as written."""


class Alignment:
    """Where each character of a decoded text stands in its source; what is no atom runs in step.

    What touches an atom covers all of it: half an escape would be no escape.
    """

    __slots__ = ("_atoms", "_origin", "_parent", "_starts")

    def __init__(
        self, origin: int, atoms: Iterable[Atom] = (), parent: "Alignment | None" = None
    ) -> None:
        """Take the offset of the first character in the source, and the atoms in order.

        `parent` maps the source's offsets further, when the source was decoded itself.
        """
        self._origin = origin
        self._atoms = tuple(atoms)
        self._starts = [atom[0] for atom in self._atoms]
        self._parent = parent

    def within(self, parent: "Alignment | None") -> "Alignment":
        """Return the alignment with the text that `parent` has decoded, when this had none."""
        return Alignment(self._origin, self._atoms, parent)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Translate a stretch of the decoded text that is not empty."""
        first, last = self._start(start), self._end(end)
        return self._parent.span(first, last) if self._parent else (first, last)

    def _start(self, position: int) -> int:
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return self._origin + position
        _, end, origin, origin_end = self._atoms[index]
        return origin if position < end else origin_end + position - end

    def _end(self, position: int) -> int:
        index = bisect_right(self._starts, position - 1) - 1
        if index < 0:
            return self._origin + position
        _, end, _, origin_end = self._atoms[index]
        return origin_end if position <= end else origin_end + position - end


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as it is meant, and where its characters stand in the text as it is written."""

    text: str
    alignment: Alignment


def decoded(text: str, start: int, end: int, changes: Iterable[tuple[int, int, str]]) -> Decoded:
    """Rewrite `text[start:end]`: each change is `(start, end, meaning)` in offsets of `text`."""
    parts: list[str] = []
    atoms: list[Atom] = []
    at, size = start, 0
    for first, last, meaning in changes:
        parts += (text[at:first], meaning)
        size += first - at
        if len(meaning) != last - first or len(meaning) > 1:
            atoms.append((size, size + len(meaning), first, last))
        size += len(meaning)
        at = last
    parts.append(text[at:end])
    return Decoded("".join(parts), Alignment(start, atoms))
