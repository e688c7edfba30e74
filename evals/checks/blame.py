"""Flags sentences that put a person, team or customer at fault instead of saying what happened."""

from assistant import Claim, Dossier, Problem
from evals.checks.blame_words import BLAME


def check_blame(claim: Claim, _dossier: Dossier, /) -> tuple[Problem, ...]:
    """Flag wording that names someone as at fault; what a system failed to do is no blame.

    Irony, and blame that only the context makes, is not seen.
    """
    return tuple(
        Problem("Puts someone at fault: say what happened and which safeguard was missing.", *span)
        for span in blaming(claim.text)
    )


def blaming(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of a sentence that put someone at fault, none of them overlapping."""
    kept: list[tuple[int, int]] = []
    for span in sorted({match.span() for pattern in BLAME for match in pattern.finditer(text)}):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)
