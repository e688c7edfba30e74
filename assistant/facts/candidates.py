"""What a cause candidate is: a hypothesis before it is cited."""

from dataclasses import dataclass

from assistant.facts import HypothesisStatus
from assistant.facts.evidence import Place
from redaction import RedactedText


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hypothesis before it is cited; `weight` ranks, `strong` lets it stand as suspected."""

    statement: RedactedText
    category: str
    status: HypothesisStatus
    supporting: tuple[Place, ...]
    opposing: tuple[Place, ...]
    test: RedactedText
    weight: float
    strong: bool
