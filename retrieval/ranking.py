"""Orders candidates by a ranker over their features; the untrained ranker is linear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from retrieval.features import GROUP_LEAD, NAMES, UNTRAINED, Candidate, features, labels
from retrieval.query import Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retrieval.features import Features

    Scores = NDArray[np.float64]

__all__ = ["Candidate", "Ranked", "Ranker", "Weights", "labels", "rank"]

_WEIGHTED: Final = (
    *("title", "words", "signature", "cosine", "age"),
    *("product_same", "component_same", "version_same"),
)
# The same text has a sum of about 0.75, which is shown above 0.9; below 0 nothing is alike, and a
# demotion must not lift it.
_STEEP: Final = 2.2
_SHARP: Final = 20.0


class Ranker(Protocol):
    """Scores candidates by their features; higher is closer."""

    def score(self, described: Features, /) -> Scores:
        """Return one score in 0..1 for each row; columns are `features.NAMES`."""
        ...


@dataclass(frozen=True, slots=True)
class Weights:
    """The untrained ranker: a weighted sum; a conditional logit on four trackers gave the ratios.

    `title` and `words` multiply BM25 scores as they are, `signature` the root of one, so that a
    query of rare words trusts them more than one of common words; `age` multiplies log1p(weeks),
    soft at every scale. A label counts where both sides name it: what is unknown is not different.
    `group` credits a candidate with the lead of a known duplicate; it is nothing without links.
    """

    title: float = UNTRAINED["title"]
    words: float = UNTRAINED["words"]
    signature: float = UNTRAINED["signature"]
    cosine: float = UNTRAINED["cosine"]
    age: float = UNTRAINED["age"]
    product: float = UNTRAINED["product_same"]
    component: float = UNTRAINED["component_same"]
    version: float = UNTRAINED["version_same"]
    group: float = GROUP_LEAD

    def score(self, described: Features, /) -> Scores:
        """Return the weighted sum of the features, squashed to 0..1 in the same order."""
        import numpy as np

        return np.tanh(_STEEP * np.logaddexp(0, _SHARP * self.total(described)) / _SHARP)

    def total(self, described: Features, /) -> Scores:
        """Return the weighted sum of the features."""
        import numpy as np

        weights = np.zeros(len(NAMES))
        weights[[NAMES.index(name) for name in _WEIGHTED]] = (
            *(self.title, self.words, self.signature, self.cosine, self.age),
            *(self.product, self.component, self.version),
        )
        lead = described[:, NAMES.index("group_lead")]
        return described @ weights + self.group * np.maximum(0.0, lead)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its place: `score` in 0..1."""

    candidate: Candidate
    score: float


def rank(
    query: Query,
    time: datetime | None,
    candidates: Sequence[Candidate],
    ranker: Ranker | None = None,
) -> list[Ranked]:
    """Order candidates, the best first; `time` is that of the query, None for no time decay."""
    if not candidates:
        return []
    scores = (ranker or Weights()).score(features(query, time, candidates))
    ranked = [
        Ranked(candidate, min(1.0, max(0.0, float(score) * candidate.validity + candidate.lift)))
        for candidate, score in zip(candidates, scores, strict=True)
    ]
    return sorted(ranked, key=lambda place: (-place.score, place.candidate.key))
