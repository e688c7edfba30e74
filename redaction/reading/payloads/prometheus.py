"""Prometheus: answers of the HTTP API, `query_range` and `query`, and the list of alerts."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from redaction.case import Sample
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has
from redaction.text import mint

_MOST_SERIES: Final = 200


def _series(top: Node) -> list[Node]:
    kind = top.at("data", "resultType").scalar()
    return top.at("data", "result").items() if kind in ("matrix", "vector") else []


def _alerts(top: Node) -> list[Node]:
    return [a for a in top.at("data", "alerts").items() if has(a, "activeAt", "labels")]


def _recognises(document: Document) -> bool:
    return any(
        has(top, "status", "data") and (has(top, "data.resultType") or bool(_alerts(top)))
        for top in document.records()
    )


def _read(document: Document) -> Iterator[Told]:
    for top in document.records():
        for series in _series(top)[:_MOST_SERIES]:
            yield Told(samples=tuple(_samples(document, series)))
        for alert in _alerts(top):
            name, when = alert.at("labels", "alertname").scalar(), alert.at("activeAt")
            level = "error" if alert.at("state").value == "firing" else "warning"
            component = alert.at("labels", "job").scalar()
            text = f"[{alert.at('state').scalar()}] {name}"
            yield Told(events=tuple(document.event(alert, when, level, component, text)))


def _samples(document: Document, series: Node) -> Iterator[Sample]:
    labels = {key: node.scalar() for key, node in series.at("metric").members().items()}
    name = labels.pop("__name__", "") or "value"
    metric = mint(" ".join((name, *(f"{key}={value}" for key, value in sorted(labels.items())))))
    points = series.at("values").items() or [series.at("value")]
    for point in points:
        pair = point.items()
        if len(pair) == 2 and (utc := _time(pair[0])) is not None:
            value = _number(pair[1])
            if value is not None:
                yield Sample(utc, metric, value, document.anchor(point))


def _time(node: Node) -> datetime | None:
    """Return a time in seconds since 1970, which is what this API answers."""
    try:
        return datetime.fromtimestamp(float(node.scalar()), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _number(node: Node) -> float | None:
    try:
        value = float(node.scalar())
    except ValueError:
        return None
    return value if math.isfinite(value) else None


PAYLOAD: Final = Payload("Prometheus", _recognises, _read, "other")
