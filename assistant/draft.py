"""What a draft is: claims with citations, and the checks that a claim must pass."""

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from assistant.facts import Citations, Facts
from redaction import RedactedCase, RedactedText
from retrieval import Match

DraftKind: TypeAlias = Literal["update", "rca"]
ClaimStatus: TypeAlias = Literal["fact", "hypothesis", "unknown", "plan"]
Support: TypeAlias = Literal["supported", "not_supported", "not_checked"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft.

    `slot` is the part of the document it fills (`status`, `impact`, `cause`, …), `status` how it is
    worded, `source` who worded it. `support` is what was checked: a template sentence is built from
    its evidence (`supported`); of a model's sentence figures, times, names and wording are checked,
    its semantics are not (`not_checked`).
    """

    text: RedactedText
    evidence: Citations
    status: ClaimStatus
    slot: str
    source: Literal["template", "model"]
    support: Support


@dataclass(frozen=True, slots=True)
class Draft:
    """A document for a reader: its text in Markdown and the claims it is made of, in order."""

    kind: DraftKind
    text: RedactedText
    claims: tuple[Claim, ...]
    model: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a draft is judged against: the case, its facts and its matches."""

    case: RedactedCase
    facts: Facts
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a claim fails a check; offsets are characters of the claim's text, end exclusive."""

    reason: str
    start: int
    end: int


class ClaimCheck(Protocol):
    """A check of one claim; the same functions score whole drafts in `evals`."""

    def __call__(self, claim: Claim, dossier: Dossier, /) -> tuple[Problem, ...]:
        """Return every problem of the claim, none when it passes."""
        ...
