"""Prometheus: answers of the HTTP API, alerts and rules, and what an exporter answers."""

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from redaction.case import Sample
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has
from redaction.text import mint

_MOST_SERIES: Final = 200

_TYPE: Final = re.compile(
    r"^# TYPE \S+ (?:counter|gauge|histogram|summary|untyped)\s*$", re.MULTILINE
)
_EXPOSED: Final = re.compile(
    r"(?P<name>[A-Za-z_:][\w:]*)(?:\{(?P<labels>[^\n]*)\})?\s+(?P<value>\S+)(?:\s+(?P<millis>\d{13}))?\s*$"
)
_LABEL: Final = re.compile(r"(\w+)=\"((?:[^\"\\]|\\.)*)\"")


def _series(top: Node) -> list[Node]:
    kind = top.at("data", "resultType").scalar()
    return top.at("data", "result").items() if kind in ("matrix", "vector") else []


def _alerts(top: Node) -> list[Node]:
    ruled = [
        alert
        for group in top.at("data", "groups").items()
        for rule in group.at("rules").items()
        for alert in rule.at("alerts").items()
    ]
    every = top.at("data", "alerts").items() + ruled
    return [a for a in every if has(a, "activeAt", "labels")]


def _exposed(document: Document) -> bool:
    """Tell what an exporter answers by a type and a sample of it."""
    return document.media_type == "text/plain" and _TYPE.search(document.text[:20_000]) is not None


def _recognises(document: Document) -> bool:
    return _exposed(document) or any(
        has(top, "status", "data") and (has(top, "data.resultType") or bool(_alerts(top)))
        for top in document.records()
    )


def _read(document: Document) -> Iterator[Told]:
    if _exposed(document):
        yield Told(samples=tuple(_exposition(document)))
        return
    for top in document.records():
        for series in _series(top)[:_MOST_SERIES]:
            yield Told(samples=tuple(_samples(document, series)))
        for alert in _alerts(top):
            name, when = alert.at("labels", "alertname").scalar(), alert.at("activeAt")
            level = "error" if alert.at("state").value == "firing" else "warning"
            component = alert.at("labels", "job").scalar()
            text = f"[{alert.at('state').scalar()}] {name}"
            yield Told(events=tuple(document.event(alert, when, level, component, text)))


def _exposition(document: Document) -> Iterator[Sample]:
    """Yield the samples that carry a time; the others tell a value but not when."""
    for line in document.lines():
        found = _EXPOSED.match(line.scalar())
        if found is not None and found["millis"]:
            value, utc = (
                _number(Node(found["value"], 1)),
                _time(Node(int(found["millis"]) / 1000, 1)),
            )
            if value is not None and utc is not None:
                labels = sorted(_LABEL.findall(found["labels"] or ""))
                metric = " ".join((found["name"], *(f"{key}={said}" for key, said in labels)))
                yield Sample(utc, mint(metric), value, document.anchor(line))


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
