"""Drafts in, scorecards and gates out."""

from evals.baselines import Asked, bm25, fused, tfidf
from evals.checks import claim_checks
from evals.redaction import Counted, Measured, Overall, TypeRecall, count_text, measure
from evals.retrieval import (
    SEARCH_MEASURES,
    Searched,
    SearchMeasured,
    compare_searches,
    measure_search,
)
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
    "SEARCH_MEASURES",
    "SEMANTICS_NOT_CHECKED",
    "Asked",
    "Counted",
    "GateResult",
    "Measured",
    "Overall",
    "Score",
    "ScoreSpan",
    "Scorecard",
    "ScorecardStore",
    "Scorer",
    "SearchMeasured",
    "Searched",
    "StoredScorecard",
    "TypeRecall",
    "bm25",
    "claim_checks",
    "compare_searches",
    "count_text",
    "fused",
    "measure",
    "measure_search",
    "rca_scorers",
    "score_draft",
    "tfidf",
    "update_scorers",
]
