"""Asks the outbound gate whether a claim may leave; answers kinds and offsets, never values."""

from dataclasses import dataclass

from assistant import Claim, Dossier, Problem
from redaction import EgressRefused, Gate, RedactedText


@dataclass(frozen=True, slots=True)
class LeakCheck:
    """A claim check that holds the gate of the case."""

    gate: Gate

    def __call__(self, claim: Claim, _dossier: Dossier, /) -> tuple[Problem, ...]:
        """Return a problem for each finding of the gate."""
        return tuple(
            Problem(
                f"Holds what looks like {kind}: redact the case again or reword the sentence.",
                start,
                end,
            )
            for kind, start, end in findings(self.gate, claim.text)
        )


def findings(gate: Gate, text: RedactedText) -> tuple[tuple[str, int, int], ...]:
    """Return (kind, start, end) of everything in `text` that the gate refuses."""
    try:
        gate.check(text)
    except EgressRefused as refused:
        return refused.findings or (("something the gate refuses", 0, len(text)),)
    return ()
