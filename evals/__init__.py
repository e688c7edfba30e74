"""Drafts in, scorecards and gates out."""

from evals.score import GateResult, Score, Scorecard, Scorer, ScoreSpan

__all__ = ["GateResult", "Score", "ScoreSpan", "Scorecard", "Scorer"]
