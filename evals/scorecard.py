"""Scores a draft with every scorer and decides the gate; a broken scorer is a failed score."""

import re
from collections.abc import Sequence
from typing import Final

from assistant import Dossier, Draft
from evals.score import Score, Scorecard, Scorer
from redaction import RedactionError

# What a defect in a pure scorer, or a detector behind the gate, can raise on hostile text. Anything
# else (out of memory, interruption) ends the scoring, and then there is no card that could pass.
_CRASHES: Final = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
    re.error,
    RedactionError,
)


def score_draft(draft: Draft, dossier: Dossier, scorers: Sequence[Scorer]) -> Scorecard:
    """Score `draft`; the gate passes only when there are scores and every one passed."""
    scores = tuple(_score(draft, dossier, scorer) for scorer in scorers)
    passed = bool(scores) and bool(draft.claims) and all(score.passed for score in scores)
    return Scorecard("pass" if passed else "fail", scores)


def _score(draft: Draft, dossier: Dossier, scorer: Scorer) -> Score:
    try:
        return scorer(draft, dossier)
    except _CRASHES as crash:
        # The class only: a message may repeat what the scorer was reading.
        reason = f"The scorer broke ({type(crash).__name__}): report it; the draft cannot pass."
        return Score(scorer.name, 0.0, False, reason)
