# pyright: basic
"""The searches that ours is measured beside: TF-IDF, BM25, and two rankings fused into one.

The door to scikit-learn and scipy. Both read a text as title, title again, and the head of what is
below it: 5,000 characters for TF-IDF, 500 for BM25, which is the better for it. Words are counted
over all texts, as the literature does, and a query sees the earlier ones only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Scores: TypeAlias = NDArray[np.float32]

_TFIDF_CHARACTERS: Final = 5_000
_BM25_CHARACTERS: Final = 500
_AT_ONCE: Final = 64
_K1: Final = 1.2
_B: Final = 0.75
_RRF: Final = 60


Report: TypeAlias = tuple[str, str]
"""Title and description of a report."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: the place of its report in time order, and how many reports are earlier."""

    place: int
    earlier: int


def tfidf(reports: Sequence[Report], asked: Sequence[Asked], depth: int) -> list[list[int]]:
    """Rank earlier reports by the cosine of TF-IDF (words, sublinear, English stop words).

    Returns the places of the `depth` best for each query, the best first.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = _texts(reports, _TFIDF_CHARACTERS)
    matrix = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    return _ranked(matrix, matrix, asked, depth)


def bm25(reports: Sequence[Report], asked: Sequence[Asked], depth: int) -> list[list[int]]:
    """Rank earlier reports by BM25 (k1 1.2, b .75, Lucene's idf) over the same words."""
    import numpy
    from sklearn.feature_extraction.text import CountVectorizer

    texts = _texts(reports, _BM25_CHARACTERS)
    counts: Any = CountVectorizer(stop_words="english").fit_transform(texts)
    lengths = numpy.asarray(counts.sum(axis=1)).ravel()
    frequency = numpy.diff(counts.tocsc().indptr)
    idf = numpy.log1p((len(texts) - frequency + 0.5) / (frequency + 0.5))
    rows = numpy.repeat(numpy.arange(len(texts)), numpy.diff(counts.indptr))
    norm = _K1 * (1 - _B + _B * lengths[rows] / max(lengths.mean(), 1.0))
    weighed = counts.astype(numpy.float32)
    weighed.data = (idf[counts.indices] * counts.data * (_K1 + 1) / (counts.data + norm)).astype(
        numpy.float32
    )
    return _ranked(counts.astype(numpy.float32), weighed, asked, depth)


def fused(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> list[list[int]]:
    """Fuse two rankings of the same queries by reciprocal rank (k 60)."""
    merged: list[list[int]] = []
    for lists in zip(one, other, strict=True):
        scores: dict[int, float] = {}
        for ranking in lists:
            for rank, place in enumerate(ranking, 1):
                scores[place] = scores.get(place, 0.0) + 1 / (_RRF + rank)
        merged.append(sorted(scores, key=lambda place: -scores[place]))
    return merged


def _texts(reports: Sequence[Report], characters: int) -> list[str]:
    return [f"{title}\n{title}\n{text[:characters]}" for title, text in reports]


def _ranked(
    queries: csr_matrix, texts: csr_matrix, asked: Sequence[Asked], depth: int
) -> list[list[int]]:
    turned = texts.T.tocsc()
    return [
        _best(scores[: each.earlier], depth)
        for each, scores in _scores(lambda places: (queries[places] @ turned).toarray(), asked)
    ]


def _scores(
    score: Callable[[list[int]], Any], asked: Sequence[Asked]
) -> Iterator[tuple[Asked, Scores]]:
    for start in range(0, len(asked), _AT_ONCE):
        batch = asked[start : start + _AT_ONCE]
        yield from zip(batch, score([each.place for each in batch]), strict=True)


def _best(scores: Scores, depth: int) -> list[int]:
    import numpy

    found = numpy.flatnonzero(scores > 0)
    order = numpy.argsort(-scores[found], kind="stable")[:depth]
    return found[order].tolist()
