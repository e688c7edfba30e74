"""Fuses words, meaning, time and shared labels into one score; pure, without an index."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from retrieval.match import DocumentKind
from retrieval.query import Query

_SEPARATORS = re.compile(r"[,;|\n]")
_RETIRED = frozenset(
    {"archived", "deprecated", "expired", "obsolete", "outdated", "retired", "superseded"}
)
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts; `tests/bench/bench_retrieval.py` measures the defaults.

    `decay` is subtracted per unit of log1p(years between query and document), never more than
    `decay_cap`; `superseded` multiplies the score of an article that has a successor or is retired.
    """

    lexical: float = 0.3
    cosine: float = 0.7
    decay: float = 0.1
    decay_cap: float = 0.1
    signature: float = 0.03
    component: float = 0.05
    product: float = 0.02
    superseded: float = 0.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that words or meaning brought up.

    `lexical` is its BM25 score (0 when no word matched), `cosine` of the two vectors; `dated` is
    when a case was created or an article last updated; labels are folded by `labels`.
    """

    key: str
    lexical: float
    cosine: float
    dated: datetime | None
    signatures: frozenset[str]
    components: frozenset[str]
    products: frozenset[str]
    retired: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its place: `score` in 0..1, comparable between queries."""

    candidate: Candidate
    score: float


def rank(
    query: Query, time: datetime | None, candidates: Sequence[Candidate], weights: Weights
) -> list[Ranked]:
    """Order candidates, the best first; `time` is that of the query, None for no time decay."""
    best = max((candidate.lexical for candidate in candidates), default=0.0)
    scored = [
        (_score(candidate, query, time, best, weights), candidate) for candidate in candidates
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].key))
    return [Ranked(candidate, min(1.0, max(0.0, score))) for score, candidate in scored]


def labels(text: str) -> frozenset[str]:
    """Fold a field that names one thing or several (`Core, Runtime`) for comparison."""
    parts = (part.strip(" \t[]\"'").casefold() for part in _SEPARATORS.split(text))
    return frozenset(part for part in parts if part)


def is_retired(kind: DocumentKind, status: str, superseded_by: str) -> bool:
    """Tell whether a document has a successor, or is an article marked as no longer valid."""
    return bool(superseded_by) or (kind == "kb" and status.strip().casefold() in _RETIRED)


def _score(
    candidate: Candidate, query: Query, time: datetime | None, best: float, weights: Weights
) -> float:
    words = candidate.lexical / best if best > 0 else 0.0
    score = weights.lexical * words + weights.cosine * max(0.0, candidate.cosine)
    shared = len(candidate.signatures.intersection(query.signatures))
    score += weights.signature * min(shared, 2)
    score += weights.component * bool(candidate.components & labels(query.component))
    score += weights.product * bool(candidate.products & labels(query.product))
    score -= _decay(candidate.dated, time, weights)
    return score * weights.superseded if candidate.retired else score


def _decay(dated: datetime | None, time: datetime | None, weights: Weights) -> float:
    if dated is None or time is None:
        return 0.0
    return min(weights.decay_cap, weights.decay * math.log1p(abs(time - dated) / _YEAR))
