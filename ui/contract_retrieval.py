"""What `triage eval retrieval` and `triage adapt` answer as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from evals import SearchMeasured
from ui.contract_privacy import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """One search over the queries; `intervals` are 95 % (low, high) by the name of the measure.

    `map_ratio` is our MAP over this search's on the same queries, with its paired interval: value,
    low, high. It is null for our own search.
    """

    recall_1: Annotated[float, Field(serialization_alias="R@1")]
    recall_5: Annotated[float, Field(serialization_alias="R@5")]
    recall_10: Annotated[float, Field(serialization_alias="R@10")]
    recall_20: Annotated[float, Field(serialization_alias="R@20")]
    mrr: Annotated[float, Field(serialization_alias="MRR")]
    map: Annotated[float, Field(serialization_alias="MAP")]
    queries: int
    intervals: Mapping[str, tuple[float, float]]
    map_ratio: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class RetrievalLoss:
    """What redaction costs: our search of the same texts unredacted, and the share of MAP lost.

    `share` is 1 - MAP after / MAP before, with its paired interval; negative means a gain.
    """

    before: SearchFigures
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RetrievalEvalAnswer(SearchFigures):
    """The answer of `triage eval retrieval`: our search, and beside it others on the same texts.

    With `--adapt` our search is the adapted one, on queries of the last 30 % of the reports, and
    `untrained` is ours without it on the same queries. `adapted` tells whether the trained ranker
    was kept: only when it is better on reports later than those it learned from.
    """

    file: str = ""
    policy: str = ""
    reports: int = 0
    baselines: Mapping[str, SearchFigures] = Field(default_factory=dict)
    untrained: SearchFigures | None = None
    adapted: bool | None = None
    loss: RetrievalLoss | None = None
    schema_version: int = SCHEMA_VERSION


def search_figures(
    measured: SearchMeasured, ratio: tuple[float, float, float] | None = None
) -> SearchFigures:
    """Name what was measured as the contract does, to four decimals."""
    values = {name: round(value, 4) for name, value in measured.values.items()}
    return SearchFigures(
        values["R@1"],
        values["R@5"],
        values["R@10"],
        values["R@20"],
        values["MRR"],
        values["MAP"],
        measured.queries,
        {name: (round(a, 4), round(b, 4)) for name, (a, b) in measured.intervals.items()},
        ratio and (round(ratio[0], 3), round(ratio[1], 3), round(ratio[2], 3)),
    )
