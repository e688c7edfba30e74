"""Measures a redaction against labelled texts: recall per type, precision and F2, with intervals.

A labelled span is covered when every one of its characters was replaced, by one replacement or by
several side by side: anything less leaves part of the value to read. Types are not compared by
name, for a name replaced as a user name is gone all the same. Recall is covered spans over spans.
Precision is counted in characters: of those replaced, the share that any label covers; where not
everything sensitive is labelled it means nothing, and is left out (`recall_only`). F2 weighs
recall twice as much as precision, since a leak costs more than a lost word.

Recall has a Wilson interval. Precision and F2 have the interval of a bootstrap that draws whole
texts, since values of one text are found or missed together. All intervals are 95 %.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from redaction import Label

Range: TypeAlias = tuple[int, int]
"""Characters of a text: start, and end, exclusive."""

_Row: TypeAlias = tuple[int, int, int, int]
"""Spans, covered spans, characters replaced, characters rightly replaced."""
_Z: Final = 1.959963984540054
_DRAWS: Final = 1_000
_SEED: Final = 20_260_101


@dataclass(frozen=True, slots=True)
class Counted:
    """One text, counted: spans and covered spans of each type, characters replaced and labelled.

    `right` are the replaced characters that a label covers.
    """

    types: Mapping[str, tuple[int, int]]
    replaced: int
    right: int


@dataclass(frozen=True, slots=True)
class TypeRecall:
    """Recall of one type: `covered` of `n` spans, and its 95 % interval."""

    n: int
    covered: int
    recall: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Overall:
    """Recall over all spans, character precision and F2, each with its 95 % interval.

    Null where there is nothing to divide by: no spans, nothing replaced, or recall only.
    """

    recall: float | None
    low: float | None
    high: float | None
    precision: float | None
    precision_low: float | None
    precision_high: float | None
    f2: float | None
    f2_low: float | None
    f2_high: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What a redaction did to a set of labelled texts."""

    overall: Overall
    types: Mapping[str, TypeRecall]


def count_text(labels: Iterable[Label], replaced: Iterable[Range]) -> Counted:
    """Count one text. Ranges and labels may overlap and come in any order."""
    gone = _merged(replaced)
    starts = [start for start, _ in gone]
    types: dict[str, tuple[int, int]] = {}
    wanted: list[Range] = []
    for label in labels:
        at = bisect_right(starts, label.start) - 1
        whole = at >= 0 and label.end <= gone[at][1]
        n, covered = types.get(label.type, (0, 0))
        types[label.type] = (n + 1, covered + whole)
        wanted.append((label.start, label.end))
    return Counted(types, sum(end - start for start, end in gone), _common(gone, _merged(wanted)))


def measure(texts: Iterable[Counted], *, recall_only: bool = False) -> Measured:
    """Put the counts of all texts together; types stand in order of their size."""
    rows: list[_Row] = []
    types: dict[str, tuple[int, int]] = {}
    for text in texts:
        for kind, (n, covered) in text.types.items():
            before = types.get(kind, (0, 0))
            types[kind] = (before[0] + n, before[1] + covered)
        spans = sum(n for n, _ in text.types.values())
        covered = sum(got for _, got in text.types.values())
        rows.append((spans, covered, text.replaced, text.right))
    by_size = sorted(types.items(), key=lambda item: (-item[1][0], item[0]))
    return Measured(
        _overall(rows, recall_only),
        {kind: TypeRecall(n, got, got / n, *wilson(got, n)) for kind, (n, got) in by_size},
    )


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % Wilson score interval of a share; `n` must be positive."""
    share, square = hits / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    # Rounding must not put the bound of 0 or n hits inside the share itself.
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def _overall(rows: Sequence[_Row], recall_only: bool) -> Overall:
    spans, covered, replaced, right = (sum(row[column] for row in rows) for column in range(4))
    recall = covered / spans if spans else None
    low, high = wilson(covered, spans) if spans else (None, None)
    if recall_only:
        return Overall(recall, low, high, None, None, None, None, None, None)
    draws = _draws(rows)
    precise = [right / replaced for _, _, replaced, right in draws if replaced]
    scores = [score for row in draws if (score := _f2(*row)) is not None]
    return Overall(
        recall,
        low,
        high,
        right / replaced if replaced else None,
        *_interval(precise if replaced else ()),
        _f2(spans, covered, replaced, right),
        *_interval(scores if spans else ()),
    )


def _f2(spans: int, covered: int, replaced: int, right: int) -> float | None:
    """Weigh recall and precision; where nothing was replaced nothing was found either."""
    if not spans:
        return None
    recall = covered / spans
    precision = right / replaced if replaced else 0.0
    below = 4 * precision + recall
    return 5 * precision * recall / below if below else 0.0


def _draws(rows: Sequence[_Row]) -> list[_Row]:
    """Draw as many texts as there are, again and again, and sum each draw."""
    import numpy

    if not rows:
        return []
    table = numpy.asarray(rows, dtype=numpy.int64)
    random = numpy.random.default_rng(_SEED)
    drawn = (table[random.integers(0, len(rows), len(rows))].sum(axis=0) for _ in range(_DRAWS))
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in drawn]


def _interval(values: Sequence[float]) -> tuple[float | None, float | None]:
    if not values:
        return None, None
    ordered = sorted(values)
    last = len(ordered) - 1
    return ordered[round(0.025 * last)], ordered[round(0.975 * last)]


def _merged(ranges: Iterable[Range]) -> list[Range]:
    """Join ranges that overlap or touch; the result is in order, with gaps between."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined


def _common(one: Sequence[Range], other: Sequence[Range]) -> int:
    """Count the characters that are in both of two lists of merged ranges."""
    total = first = second = 0
    while first < len(one) and second < len(other):
        start = max(one[first][0], other[second][0])
        end = min(one[first][1], other[second][1])
        total += max(0, end - start)
        if one[first][1] < other[second][1]:
            first += 1
        else:
            second += 1
    return total
