# pyright: basic
"""The door to lightgbm: trains a ranker on past searches, keeps it as text, compares two."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from retrieval.errors import RankerBroken, TooFewExamples
from retrieval.features import NAMES, Candidate, features
from retrieval.query import Query
from retrieval.ranking import Ranker, Weights

if TYPE_CHECKING:
    import numpy as np
    from lightgbm import Booster
    from numpy.typing import NDArray

    from retrieval.features import Features

FEWEST_EXAMPLES: Final = 30
_INPUT_NAMES: Final = (*NAMES, "untrained")
_FORMAT: Final = "casewright-ranker-1"
_ROUNDS: Final = 150
_SETTINGS: Final[dict[str, Any]] = {
    "objective": "lambdarank",
    "learning_rate": 0.05,
    "num_leaves": 7,
    "min_data_in_leaf": 50,
    "lambda_l2": 5.0,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambdarank_truncation_level": 30,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 7,
    "verbosity": -1,
}
_START: Final = 16.0
# What a saved ranker builds on: with other features or weights its trees mean nothing.
_BASIS: Final[dict[str, Any]] = {"features": list(_INPUT_NAMES), "weights": asdict(Weights())}
_SAMPLES: Final = 2_000
_CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what the index brought up for it then, and the keys of what was right.

    `relevant` may name documents that are no candidates: they count as missed.
    """

    query: Query
    time: datetime | None
    candidates: tuple[Candidate, ...]
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Mean average precision of two rankers on the same queries, and of the difference its bounds.

    `low` and `high` bound the mean difference with 95 % confidence, paired by query.
    """

    old: float
    new: float
    low: float
    high: float
    queries: int

    @property
    def better(self) -> bool:
        """Whether the new one is better beyond chance."""
        return self.low > 0


class LearnedRanker:
    """Scores candidates with gradient-boosted trees; a `Ranker`."""

    def __init__(self, booster: Booster) -> None:
        """Take a trained model."""
        self._booster = booster

    def score(self, described: Features, /) -> NDArray[np.float64]:
        """Return one score in 0..1 for each row."""
        import numpy as np

        trees: Any = self._booster.predict(_inputs(described), num_threads=1)
        raw = np.asarray(trees, dtype=np.float64) + _START * Weights().total(described)
        return 1 / (1 + np.exp(-np.clip(raw - _START / 2, -500, 500)))

    def dumped(self) -> str:
        """Return the model as text."""
        return self._booster.model_to_string()


def train(examples: Sequence[Example]) -> LearnedRanker:
    """Train a ranker on examples in the order of time; equal examples give an equal ranker.

    Raises:
        TooFewExamples: fewer than `FEWEST_EXAMPLES` have a relevant candidate.
    """
    import numpy as np

    lightgbm = _lightgbm()
    told = [example for example in examples if _relevant(example).any()]
    if len(told) < FEWEST_EXAMPLES:
        raise TooFewExamples(len(told), FEWEST_EXAMPLES)
    described = np.concatenate([_described(example) for example in told])
    data = lightgbm.Dataset(
        _inputs(described),
        label=np.concatenate([_relevant(example) for example in told]),
        group=[len(example.candidates) for example in told],
        # Trees correct the untrained ranking: where little was seen, it stays.
        init_score=_START * Weights().total(described),
        feature_name=list(_INPUT_NAMES),
        free_raw_data=False,
    )
    return LearnedRanker(lightgbm.train(dict(_SETTINGS), data, num_boost_round=_ROUNDS))


def dump(ranker: LearnedRanker) -> bytes:
    """Return a ranker as text with its digest and the features that it was trained on."""
    model = ranker.dumped()
    head = {"format": _FORMAT, **_BASIS, "sha256": _digest(model)}
    return f"{json.dumps(head)}\n{model}".encode()


def load(data: bytes) -> LearnedRanker:
    """Read back what `dump` wrote.

    Raises:
        RankerBroken: it is no ranker, was changed, or was trained on other features.
    """
    lightgbm = _lightgbm()
    try:
        first, model = data.decode().split("\n", 1)
        head = json.loads(first)
    except ValueError:
        raise RankerBroken("it is not a saved ranker") from None
    if not isinstance(head, dict) or head.get("format") != _FORMAT:
        raise RankerBroken("it is not a saved ranker of this version")
    if any(head.get(name) != value for name, value in _BASIS.items()):
        raise RankerBroken("it was trained on other features than this version computes")
    if head.get("sha256") != _digest(model):
        raise RankerBroken("it was changed after it was saved")
    return LearnedRanker(lightgbm.Booster(model_str=model))


def compare(old: Ranker, new: Ranker, later: Sequence[Example]) -> Comparison:
    """Compare two rankers on examples that neither was trained on, later in time."""
    import numpy as np

    before, after = (
        np.array([average_precision(example, ranker) for example in later], dtype=np.float64)
        for ranker in (old, new)
    )
    if not len(later):
        return Comparison(0.0, 0.0, 0.0, 0.0, 0)
    drawn = np.random.default_rng(7).integers(0, len(later), (_SAMPLES, len(later)))
    means = (after - before)[drawn].mean(axis=1)
    outside = (1 - _CONFIDENCE) / 2
    low, high = np.quantile(means, [outside, 1 - outside])
    return Comparison(
        float(before.mean()), float(after.mean()), float(low), float(high), len(later)
    )


def is_better(old: Ranker, new: Ranker, later: Sequence[Example]) -> bool:
    """Tell whether `new` beats `old` beyond chance on examples later than its training."""
    return compare(old, new, later).better


def average_precision(example: Example, ranker: Ranker) -> float:
    """Return the average precision of one ranking; what is no candidate was missed."""
    import numpy as np

    if not example.relevant or not example.candidates:
        return 0.0
    order = np.argsort(-ranker.score(_described(example)), kind="stable")
    places = np.flatnonzero(_relevant(example)[order]) + 1
    return float((np.arange(1, len(places) + 1) / places).sum() / len(example.relevant))


def _described(example: Example) -> Features:
    return features(example.query, example.time, example.candidates)


def _relevant(example: Example) -> NDArray[np.int64]:
    import numpy as np

    return np.array([one.key in example.relevant for one in example.candidates], dtype=np.int64)


def _inputs(described: Features) -> Features:
    """Return the features and, last, what the untrained ranker makes of them."""
    import numpy as np

    return np.column_stack([described, Weights().score(described)])


def _digest(model: str) -> str:
    return hashlib.sha256(model.encode()).hexdigest()


def _lightgbm() -> ModuleType:
    """Load the library, which needs the system's OpenMP."""
    try:
        import lightgbm
    except OSError:
        raise RankerBroken(
            "the system lacks libgomp.so.1 (Debian: apt-get install libgomp1)"
        ) from None
    return lightgbm
