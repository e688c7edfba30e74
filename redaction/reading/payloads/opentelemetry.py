"""OpenTelemetry: logs and traces in OTLP's JSON, one document or a line per batch."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Level
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, shown

_LISTS: Final = (
    ("resourceLogs", "scopeLogs", "logRecords"),
    ("resourceSpans", "scopeSpans", "spans"),
)
# Severity numbers of the log data model: 1-4 trace, 5-8 debug, 9-12 info, 13-16 warn, 17-20 error.
_LEVELS: Final[tuple[Level, ...]] = ("other", "debug", "debug", "info", "warning", "error", "fatal")
_FAILED: Final = ("2", "STATUS_CODE_ERROR")


def _recognises(document: Document) -> bool:
    return any(top.at(outer).items() for top in document.records() for outer, _, _ in _LISTS)


def _read(document: Document) -> Iterator[Told]:
    for top in document.records():
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


def _values(node: Node) -> list[Node]:
    return [each.at("value") for each in node.at("attributes").items()]


def _attribute(node: Node, key: str) -> str:
    found = (
        each.at("value") for each in node.at("attributes").items() if each.at("key").value == key
    )
    return next(map(_value, found), "")


def _value(node: Node) -> str:
    """Return a value of OTLP, which names its type: `{stringValue: …}`."""
    return next((shown(inner) for inner in node.members().values()), "") or node.scalar()


PAYLOAD: Final = Payload("OpenTelemetry", _recognises, _read, "other")
