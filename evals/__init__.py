"""Drafts in, scorecards and gates out."""

from evals.checks import claim_checks
from evals.redaction import Counted, Measured, Overall, TypeRecall, count_text, measure
from evals.score import (
    SEMANTICS_NOT_CHECKED,
    GateResult,
    Score,
    Scorecard,
    Scorer,
    ScoreSpan,
)
from evals.scorecard import score_draft
from evals.scorers import rca_scorers, update_scorers
from evals.store import ScorecardStore, StoredScorecard

__all__ = [
    "SEMANTICS_NOT_CHECKED",
    "Counted",
    "GateResult",
    "Measured",
    "Overall",
    "Score",
    "ScoreSpan",
    "Scorecard",
    "ScorecardStore",
    "Scorer",
    "StoredScorecard",
    "TypeRecall",
    "claim_checks",
    "count_text",
    "measure",
    "rca_scorers",
    "score_draft",
    "update_scorers",
]
