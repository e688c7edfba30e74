"""What a detector finds, and what a detector must offer to the redactor and the gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Finding:
    """A value somewhere in a text: character offsets, end exclusive, and who says so.

    A `firm` finding holds wherever its value occurs: the value is replaced in the whole case. One
    that is not firm (a model's guess at a single word, a short number under a telling key) is
    replaced where it was found only.
    """

    start: int
    end: int
    type: str
    detector: str
    score: float
    firm: bool = True

    @property
    def length(self) -> int:
        """The characters it covers."""
        return self.end - self.start


class Detector(Protocol):
    """Patterns over any text and names in prose; Presidio is the real one, tests have a fake."""

    def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
        """Find everything that has a shape of its own, in any order, overlaps included.

        Kinds of `without` are left out; not to look for them saves time.
        """
        ...

    def names(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Find people in each text, in the order of `texts`, as a model sees them."""
        ...
