"""What a score is: a value, whether it passed, why, and where; and the gate over all of them."""

from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeAlias

from assistant import Dossier, Draft

GateResult: TypeAlias = Literal["pass", "fail"]


@dataclass(frozen=True, slots=True)
class ScoreSpan:
    """A place in a draft: claim number from 0, characters of its text, end exclusive."""

    claim: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Score:
    """One scorer's answer. `value` is in 0..1, `reason` a sentence a person can act on."""

    name: str
    value: float
    passed: bool
    reason: str
    spans: tuple[ScoreSpan, ...] = ()


SEMANTICS_NOT_CHECKED: Final = (
    "Semantics not checked: figures, times, names, citations and wording were compared with the "
    "evidence; whether a sentence means what its evidence says is for the reviewer to judge."
)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All scores of a draft and the gate: `pass` only when every score passed.

    `note` says what no score of this card can see.
    """

    gate: GateResult
    scores: tuple[Score, ...]
    note: str = SEMANTICS_NOT_CHECKED


class Scorer(Protocol):
    """A pure function from draft and dossier to a score, with the name of that score."""

    @property
    def name(self) -> str:
        """The name of the score, also when the scorer breaks."""
        ...

    def __call__(self, draft: Draft, dossier: Dossier, /) -> Score:
        """Score `draft` against `dossier`."""
        ...
