"""OpenTelemetry: logs, traces and metrics in OTLP's JSON, one document or a line per batch."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Level, Sample
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, shown
from redaction.text import mint

_LISTS: Final = (
    ("resourceLogs", "scopeLogs", "logRecords"),
    ("resourceSpans", "scopeSpans", "spans"),
)
# Severity numbers of the log data model: 1-4 trace, 5-8 debug, 9-12 info, 13-16 warn, 17-20 error.
_LEVELS: Final[tuple[Level, ...]] = ("other", "debug", "debug", "info", "warning", "error", "fatal")
_SAID: Final = ("message", "msg", "body")
_NUMBER: Final = re.compile(r"-?\d{1,300}(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
_FAILED: Final = ("2", "STATUS_CODE_ERROR")


def _recognises(document: Document) -> bool:
    outers = ("resourceMetrics", *(outer for outer, _, _ in _LISTS))
    return any(top.at(outer).items() for top in document.records() for outer in outers)


def _read(document: Document) -> Iterator[Told]:
    for top in document.records():
        for resource in top.at("resourceMetrics").items():
            yield Told(samples=tuple(_metrics(document, resource)))
        for outer, middle, inner in _LISTS:
            for resource in top.at(outer).items():
                service = _attribute(resource.at("resource"), "service.name")
                records = [
                    record
                    for scope in resource.at(middle).items()
                    for record in scope.at(inner).items()
                ]
                read = _log if inner == "logRecords" else _span
                yield Told(
                    events=tuple(e for each in records for e in read(document, each, service))
                )


def _log(document: Document, record: Node, service: str) -> Iterator[Event]:
    number = record.at("severityNumber").scalar()
    level = _LEVELS[min((int(number) + 3) // 4, 6)] if number.isdecimal() else "other"
    body, when = _value(record.at("body")), record.at("timeUnixNano")
    stack = _attribute(record, "exception.stacktrace")
    timed = when if when.scalar() not in ("", "0") else record.at("observedTimeUnixNano")
    yield from document.event(record, timed, level, service, "\n".join(filter(None, (body, stack))))


def _span(document: Document, span: Node, service: str) -> Iterator[Event]:
    """Tell a span as one event at its start, with its duration and whether it failed."""
    start, end = span.at("startTimeUnixNano"), span.at("endTimeUnixNano")
    status = span.at("status")
    failed = status.at("code").scalar() in _FAILED
    parts = [f"span {span.at('name').scalar()}"]
    if start.scalar().isdecimal() and end.scalar().isdecimal():
        parts.append(f"took {(int(end.scalar()) - int(start.scalar())) / 1e6:g} ms")
    if failed:
        parts.append(f"failed: {status.at('message').scalar()}".rstrip(": "))
    yield from document.event(span, start, "error" if failed else "info", service, " ".join(parts))
    for event in span.at("events").items():
        level: Level = "error" if event.at("name").value == "exception" else "info"
        text = " ".join((event.at("name").scalar(), *map(_value, _values(event)))).strip()
        yield from document.event(event, event.at("timeUnixNano"), level, service, text)


def _metrics(document: Document, resource: Node) -> Iterator[Sample]:
    """Yield the points of sums and gauges; a histogram tells how many values it holds."""
    service = _attribute(resource.at("resource"), "service.name")
    for scope in resource.at("scopeMetrics").items():
        for metric in scope.at("metrics").items():
            for kind in ("sum", "gauge", "histogram"):
                for point in metric.at(kind, "dataPoints").items():
                    yield from _point(document, metric.at("name").scalar(), service, point)


def _point(document: Document, name: str, service: str, point: Node) -> Iterator[Sample]:
    stamp = document.clock.whole(point.at("timeUnixNano").value)
    values = (point.at(key).scalar() for key in ("asDouble", "asInt", "count"))
    value = next((each for each in values if each), "")
    if stamp is not None and stamp.utc is not None and _NUMBER.fullmatch(value):
        labels = (
            f"{each.at('key').scalar()}={_value(each.at('value'))}"
            for each in point.at("attributes").items()
        )
        told = " ".join(part for part in (name, service, *sorted(labels)) if part)
        yield Sample(stamp.utc, mint(told), float(value), document.anchor(point))


def _values(node: Node) -> list[Node]:
    return [each.at("value") for each in node.at("attributes").items()]


def _attribute(node: Node, key: str) -> str:
    found = (
        each.at("value") for each in node.at("attributes").items() if each.at("key").value == key
    )
    return next(map(_value, found), "")


def _value(node: Node) -> str:
    """Return a value of OTLP, which names its type: `{stringValue: …}`."""
    pairs = node.at("kvlistValue", "values").items()
    if pairs:
        said = next((each for each in pairs if each.at("key").value in _SAID), None)
        told = said and _value(said.at("value"))
        return told or ", ".join(f"{p.at('key').scalar()}={_value(p.at('value'))}" for p in pairs)
    return next((shown(inner) for inner in node.members().values()), "") or node.scalar()


PAYLOAD: Final = Payload("OpenTelemetry", _recognises, _read, "other")
