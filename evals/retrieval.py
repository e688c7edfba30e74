"""Measures a search for duplicates, time-aware: recall at k, MRR and MAP, with intervals.

A query is a report; it is looked for among the reports created before it, and any report of its
duplicate group is a hit. R@k is the share of queries with a hit among the first k, MRR the mean of
one over the place of the first hit, MAP the mean of average precision over all earlier reports of
the group; what was not found counts 0.

Intervals are 95 %, of a bootstrap that draws whole groups: queries of one group are found or missed
together. Two searches are compared on the same draws.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows: TypeAlias = NDArray[np.float64]

CUTS: Final = (1, 5, 10, 20)
SEARCH_MEASURES: Final = (*(f"R@{cut}" for cut in CUTS), "MRR", "MAP")
_DRAWS: Final = 1_000
_SEED: Final = 20_260_101
_BOUNDS: Final = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Searched:
    """What became of one query: places (from 1) of the hits, of `relevant` earlier reports.

    `group` names the duplicate group that the query belongs to.
    """

    group: str
    places: tuple[int, ...]
    relevant: int


@dataclass(frozen=True, slots=True)
class SearchMeasured:
    """Measures by name, those of `SEARCH_MEASURES`, each with its 95 % interval."""

    values: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    queries: int


def measure_search(searched: Sequence[Searched]) -> SearchMeasured:
    """Put the queries of one search together; there must be one at least."""
    import numpy

    rows = _rows(searched)
    drawn = numpy.array([rows[draw].mean(axis=0) for draw in _draws(searched)])
    low, high = numpy.percentile(drawn, _BOUNDS, axis=0)
    return SearchMeasured(
        {
            name: float(value)
            for name, value in zip(SEARCH_MEASURES, rows.mean(axis=0), strict=True)
        },
        {name: (float(a), float(b)) for name, a, b in zip(SEARCH_MEASURES, low, high, strict=True)},
        len(searched),
    )


def compare_searches(
    ours: Sequence[Searched], theirs: Sequence[Searched], name: str = "MAP"
) -> tuple[float, float, float]:
    """Return the ratio of a measure, ours over theirs on the same queries, and its interval.

    Queries stand in the same order in both. Where theirs is 0 the ratio is infinite.
    """
    column = SEARCH_MEASURES.index(name)
    one, other = _rows(ours)[:, column], _rows(theirs)[:, column]
    ratios = sorted(_ratio(one[draw].mean(), other[draw].mean()) for draw in _draws(ours))
    # Not interpolated: a ratio may be infinite.
    low, high = (ratios[round(bound / 100 * (len(ratios) - 1))] for bound in _BOUNDS)
    return _ratio(one.mean(), other.mean()), low, high


def _ratio(one: float, other: float) -> float:
    return float(one / other) if other else float("inf")


def _rows(searched: Sequence[Searched]) -> "Rows":
    import numpy

    return numpy.array([_row(each) for each in searched], dtype=numpy.float64)


def _row(searched: Searched) -> tuple[float, ...]:
    places = sorted(searched.places)
    if not places:
        return (0.0,) * len(SEARCH_MEASURES)
    hits = (float(places[0] <= cut) for cut in CUTS)
    precision = sum(hit / place for hit, place in enumerate(places, 1)) / searched.relevant
    return (*hits, 1 / places[0], precision)


def _draws(searched: Sequence[Searched]) -> "list[NDArray[np.intp]]":
    """Draw as many groups as there are, again and again; a draw is the rows of its queries."""
    import numpy

    groups: dict[str, list[int]] = defaultdict(list)
    for row, each in enumerate(searched):
        groups[each.group].append(row)
    members = [numpy.array(rows, dtype=numpy.intp) for rows in groups.values()]
    random = numpy.random.default_rng(_SEED)
    draws = random.integers(0, len(members), (_DRAWS, len(members)))
    drawn: list[list[int]] = draws.tolist()
    return [numpy.concatenate([members[group] for group in draw]) for draw in drawn]
