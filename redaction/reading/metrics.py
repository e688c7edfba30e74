"""Reads metrics tables, as CSV or JSON rows, into samples."""

import csv
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from redaction.case import Anchor, Sample
from redaction.intake.media import delimiter_of
from redaction.reading.jsontree import Node
from redaction.reading.timestamps import Clock, Context, file_context
from redaction.text import RedactedText, mint

_TIME_NAMES: Final = ("time", "timestamp", "ts", "datetime", "date", "_time", "@timestamp", "utc")
_VALUE_NAMES: Final = frozenset(("value", "val", "avg", "mean", "max", "min", "sum", "count"))
_NAME_NAMES: Final = frozenset(("metric", "metric_name", "name", "series", "__name__"))
_IDS: Final = re.compile(r"(?i)(?:^|[_. ]|[a-z](?=I))ids?$")
_MOST_SERIES: Final = 100

Row = tuple[int, list[str]]


def read_table(artifact: str, text: RedactedText, near: datetime | None = None) -> list[Sample]:
    """Read a CSV that has a time column and numeric columns; nothing when it has none."""
    rows = list(_csv_rows(text))
    if len(rows) < 2:
        return []
    (_, header), *body = rows
    return _samples(artifact, header, body, file_context(text, near))


def read_rows(artifact: str, items: list[Node], near: datetime | None = None) -> list[Sample]:
    """Read a JSON list of flat objects with a time and numbers."""
    if any(cell.members() or cell.items() for item in items for cell in item.members().values()):
        return []
    header = list(dict.fromkeys(key for item in items[:50] for key in item.members()))
    body = [
        (item.line, [item.members().get(key, Node(None, 1)).scalar() for key in header])
        for item in items
    ]
    return _samples(artifact, header, body, Context(near=near))


def _csv_rows(text: RedactedText) -> Iterator[Row]:
    lines = text.splitlines(keepends=True)
    delimiter = delimiter_of(lines[0]) if lines else ""
    if not delimiter:
        return
    reader = csv.reader(lines, delimiter=delimiter)
    start = 1
    try:
        for row in reader:
            if row:
                yield start, row
            start = reader.line_num + 1
    except csv.Error:
        return  # what came before the broken row counts


def _samples(artifact: str, header: list[str], body: list[Row], context: Context) -> list[Sample]:
    names = [name.strip() for name in header]
    body = [(line, row) for line, row in body if len(row) == len(names)]
    column = _time_column(names, body)
    if column is None:
        return []
    if "utc" in names[column].lower():
        context = Context(UTC, context.near, context.day_first)
    told = [at for at in range(len(names)) if at != column and not _IDS.search(names[at])]
    told = [at for at in told if names[at] != "_span"]  # how long each row of Splunk's chart is
    numeric = [at for at in told if _is_numeric(body, at)]
    labels = [at for at in told if at not in numeric]
    labels = [at for at in labels if len({row[at] for _, row in body}) > 1 or _names(names[at])]
    series = {tuple(row[at] for at in labels) for _, row in body} if labels else {()}
    if len(series) > _MOST_SERIES:
        return []
    clock, found = Clock(context), list[Sample]()
    for line, row in body:
        stamp = clock.whole(row[column])
        if stamp is None or stamp.utc is None:
            continue
        for at in numeric:
            value = _number(row[at])
            if value is not None:
                metric = mint(_metric(names, at, labels, row))
                found.append(Sample(stamp.utc, metric, value, Anchor(artifact, line)))
    return found


def _metric(names: list[str], at: int, labels: list[int], row: list[str]) -> str:
    """Name a series: the column, or in a long table the metric named in the row, and its labels."""
    given = [row[label] for label in labels if _names(names[label])]
    own = given[0] if given and names[at].lower() in _VALUE_NAMES else names[at]
    others = [row[label] for label in labels if row[label] and row[label] != own]
    return f"{own} {' '.join(others)}" if others else own


def _names(column: str) -> bool:
    return column.lower() in _NAME_NAMES


def _time_column(names: list[str], body: list[Row]) -> int | None:
    named = [at for at, name in enumerate(names) if name.lower() in _TIME_NAMES]
    others = [at for at in range(len(names)) if at not in named]
    clock = Clock()
    for at in (*named, *others):
        sample = [row[at] for _, row in body[:20]]
        times = sum(
            1 for cell in sample if (stamp := clock.whole(cell)) and stamp.shape != "time-only"
        )
        if sample and times >= 0.8 * len(sample):
            return at
    return None


def _is_numeric(body: list[Row], at: int) -> bool:
    """Tell a column of numbers; some of them may have been redacted."""
    cells = [row[at] for _, row in body if row[at].strip()]
    return bool(cells) and sum(1 for cell in cells if _number(cell) is not None) * 2 > len(cells)


def _number(cell: str) -> float | None:
    try:
        value = float(cell.strip().removesuffix("%"))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
