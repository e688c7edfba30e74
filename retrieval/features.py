"""Turns a query's candidates into what a ranker sees of them: numbers only."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from retrieval.match import DocumentKind
from retrieval.query import Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Features: TypeAlias = NDArray[np.float64]
    """One row for each candidate, one column for each of `NAMES`."""

NAMES: Final = (
    *("title", "words", "signature", "cosine"),
    *("title_share", "words_share", "signature_share", "cosine_gap"),
    *("title_place", "words_place", "cosine_place"),
    *("age", "dated"),
    *("product_same", "product_other", "component_same", "component_other"),
    *("version_same", "version_other", "signatures_shared"),
    *("same_tenant", "is_article"),
)
_SEPARATORS: Final = re.compile(r"[,;|\n]")
_DAY: Final = timedelta(days=1)
_SIGNATURES: Final = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that words or meaning brought up, as the index knows it.

    The scores are BM25 of the query's title, words and signatures in the document's (0 where no
    term matched), `cosine` of the two vectors; `dated` is when a case was created or an article
    last updated; labels are folded by `labels`. `validity` multiplies the score (an outdated
    article's is below 1), `lift` is added to it (an article that resolved cases has some).
    """

    key: str
    title_score: float = 0.0
    words_score: float = 0.0
    signature_score: float = 0.0
    cosine: float = 0.0
    dated: datetime | None = None
    products: frozenset[str] = frozenset()
    components: frozenset[str] = frozenset()
    versions: frozenset[str] = frozenset()
    signatures: frozenset[str] = frozenset()
    kind: DocumentKind = "case"
    same_tenant: bool = False
    validity: float = 1.0
    lift: float = 0.0


def labels(text: str) -> frozenset[str]:
    """Fold a field that names one thing or several (`Core, Runtime`) for comparison."""
    parts = (part.strip(" \t[]\"'").casefold() for part in _SEPARATORS.split(text))
    return frozenset(part for part in parts if part)


def features(query: Query, time: datetime | None, candidates: Sequence[Candidate]) -> Features:
    """Describe the candidates of one query, shape `(len(candidates), len(NAMES))`.

    `time` is that of the query. What is unknown is 0: an unknown product is neither the same nor
    another, an unknown age is none.
    """
    import numpy as np

    title = np.array([candidate.title_score for candidate in candidates], dtype=np.float64)
    words = np.array([candidate.words_score for candidate in candidates], dtype=np.float64)
    exact = np.array([candidate.signature_score for candidate in candidates], dtype=np.float64)
    cosine = np.array([max(0.0, candidate.cosine) for candidate in candidates], dtype=np.float64)
    scores = (title, words, exact, cosine)
    shares = (*(_share(score) for score in (title, words, exact)), cosine - max(cosine, default=0))
    places = (_place(title), _place(words), _place(cosine))
    asked = (labels(query.product), labels(query.component), labels(query.version))
    known = [_known(query, time, candidate, asked) for candidate in candidates]
    rest = np.array(known, dtype=np.float64).reshape(len(candidates), -1)
    return np.column_stack([*scores, *shares, *places, rest])


def age(dated: datetime | None, time: datetime | None) -> float | None:
    """Return the days between a document and a query, None where either is undated."""
    if dated is None or time is None:
        return None
    return abs(time - dated) / _DAY


def _share(scores: Features) -> Features:
    best = max(scores, default=0.0)
    return scores / best if best > 0 else scores * 0.0


def _place(scores: Features) -> Features:
    """Return log2 of each candidate's place (from 1) by one score; equal scores share a place."""
    import numpy as np

    ordered = np.sort(scores)
    return np.log2(1 + len(scores) - np.searchsorted(ordered, scores, side="right"))


def _known(
    query: Query,
    time: datetime | None,
    candidate: Candidate,
    asked: tuple[frozenset[str], frozenset[str], frozenset[str]],
) -> list[float]:
    days = age(candidate.dated, time)
    told = (candidate.products, candidate.components, candidate.versions)
    agreement = [
        value
        for ours, theirs in zip(asked, told, strict=True)
        for value in (bool(ours & theirs), bool(ours and theirs and not ours & theirs))
    ]
    shared = len(candidate.signatures.intersection(query.signatures))
    return [
        0.0 if days is None else math.log1p(days),
        days is not None,
        *agreement,
        min(shared, _SIGNATURES),
        candidate.same_tenant,
        candidate.kind == "kb",
    ]
