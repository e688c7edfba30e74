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
    *("same_tenant", "is_article", "group_size", "group_lead"),
)
_SEPARATORS: Final = re.compile(r"[,;|\n]")
_WEEK: Final = timedelta(weeks=1)
_SIGNATURES: Final = 3
# Scores that say about as much as a cosine of 1; they only compare members of a group.
_TITLE_SCALE: Final = 90.0
_WORDS_SCALE: Final = 210.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that words or meaning brought up, as the index knows it.

    The scores are BM25 of the query's title, words and signatures in the document's (0 where no
    term matched), `cosine` of the two vectors; `dated` is when a case was created or an article
    last updated; labels are folded by `labels`. `validity` multiplies the score (an outdated
    article's is below 1), `lift` is added to it (an article that resolved cases has some). `group`
    names the reports that were known to be one when the query was asked, empty where none were.
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
    group: str = ""


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

    if not candidates:
        return np.zeros((0, len(NAMES)))
    title = np.array([candidate.title_score for candidate in candidates], dtype=np.float64)
    words = np.array([candidate.words_score for candidate in candidates], dtype=np.float64)
    # A second shared frame says less than the first.
    exact = np.sqrt([candidate.signature_score for candidate in candidates])
    cosine = np.array([max(0.0, candidate.cosine) for candidate in candidates], dtype=np.float64)
    scores = (title, words, exact, cosine)
    shares = (*(_share(score) for score in (title, words, exact)), cosine - max(cosine, default=0))
    places = (_place(title), _place(words), _place(cosine))
    asked = (labels(query.product), labels(query.component), labels(query.version))
    known = [_known(query, time, candidate, asked) for candidate in candidates]
    rest = np.array(known, dtype=np.float64).reshape(len(candidates), -1)
    groups = _groups(candidates, title / _TITLE_SCALE + words / _WORDS_SCALE + cosine)
    return np.column_stack([*scores, *shares, *places, rest, *groups])


def _weeks(dated: datetime | None, time: datetime | None) -> float | None:
    """Return the weeks between a document and a query, None where either is undated."""
    if dated is None or time is None:
        return None
    return abs(time - dated) / _WEEK


def _groups(candidates: Sequence[Candidate], likeness: Features) -> tuple[Features, Features]:
    """Return how many of each candidate's group were brought up, and the lead of their best.

    A report whose known duplicate is very like the query is one more answer, though it is worded
    otherwise itself.
    """
    import numpy as np

    members: dict[str, list[int]] = {}
    for place, candidate in enumerate(candidates):
        if candidate.group:
            members.setdefault(candidate.group, []).append(place)
    size, lead = np.zeros(len(candidates)), np.zeros(len(candidates))
    for places in members.values():
        size[places] = math.log1p(len(places))
        for place in places:
            others = [likeness[other] for other in places if other != place]
            lead[place] = max(others) - likeness[place] if others else 0.0
    return size, lead


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
    weeks = _weeks(candidate.dated, time)
    told = (candidate.products, candidate.components, candidate.versions)
    agreement = [
        value
        for ours, theirs in zip(asked, told, strict=True)
        for value in (bool(ours & theirs), bool(ours and theirs and not ours & theirs))
    ]
    shared = len(candidate.signatures.intersection(query.signatures))
    return [
        0.0 if weeks is None else math.log1p(weeks),
        weeks is not None,
        *agreement,
        min(shared, _SIGNATURES),
        candidate.same_tenant,
        candidate.kind == "kb",
    ]
