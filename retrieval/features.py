"""Turns a query's candidates into what a ranker sees of them: numbers only."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
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
    *("group_size", "group_lead", "group_mean", "group_newest", "whole_gap", "whole_place"),
)
UNTRAINED: Final[Mapping[str, float]] = {
    "title": 0.0065,
    "words": 0.0027,
    "signature": 0.018,
    "cosine": 0.7,
    "age": -0.05,
    "product_same": 0.063,
    "component_same": 0.037,
    "version_same": 0.018,
}
"""What each column weighs before anything was learned."""
GROUP_LEAD: Final = 0.85
"""How much of its best known duplicate's lead a candidate is credited with."""
_SEPARATORS: Final = re.compile(r"[,;|\n]")
_WEEK: Final = timedelta(weeks=1)
_SIGNATURES: Final = 3


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
    alone = np.column_stack([*scores, *shares, *places, rest])
    likeness = alone @ np.array([UNTRAINED.get(name, 0.0) for name in NAMES[: alone.shape[1]]])
    groups = _groups(candidates, likeness, alone[:, NAMES.index("age")])
    whole = likeness + GROUP_LEAD * np.maximum(0.0, groups[1])
    return np.column_stack([alone, *groups, whole - max(whole), _place(whole)])


def _weeks(dated: datetime | None, time: datetime | None) -> float | None:
    """Return the weeks between a document and a query, None where either is undated."""
    if dated is None or time is None:
        return None
    return abs(time - dated) / _WEEK


def _groups(
    candidates: Sequence[Candidate], likeness: Features, age: Features
) -> tuple[Features, Features, Features, Features]:
    """Return the size of each candidate's group, its best other's lead, its mean and least age.

    A report whose known duplicate is very like the query is one more answer, though it is worded
    otherwise itself.
    """
    import numpy as np

    members: dict[str, list[int]] = {}
    for place, candidate in enumerate(candidates):
        if candidate.group:
            members.setdefault(candidate.group, []).append(place)
    size, lead, newest = (np.zeros(len(candidates)) for _ in range(3))
    mean = likeness.copy()
    for places in members.values():
        size[places] = math.log1p(len(places))
        mean[places], newest[places] = likeness[places].mean(), age[places].min()
        for place in places:
            others = [likeness[other] for other in places if other != place]
            lead[place] = max(others) - likeness[place] if others else 0.0
    return size, lead, mean, newest


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
