"""Google Cloud: log entries from Cloud Logging, and incidents from Cloud Monitoring's webhook."""

from collections.abc import Iterator
from typing import Final

from redaction.case import FieldName
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has

_INCIDENT: Final[dict[str, FieldName]] = {
    "policy_name": "title",
    "summary": "description",
    "state": "status",
    "severity": "severity",
    "started_at": "created",
    "ended_at": "resolved",
    "incident_id": "id",
    "resource_name": "component",
}
_MESSAGES: Final = ("textPayload", "jsonPayload", "protoPayload")


def _entries(document: Document) -> Iterator[Node]:
    for top in document.records():
        for entry in top.at("entries").items() or [top]:
            if has(entry, "logName") and _tells(entry):
                yield entry


def _tells(entry: Node) -> bool:
    return has(entry, "httpRequest.requestUrl") or any(has(entry, key) for key in _MESSAGES)


def _incident(top: Node) -> Node:
    return top.at("incident") if has(top, "incident.policy_name") else Node(None, top.line)


def _recognises(document: Document) -> bool:
    return any(True for _ in _entries(document)) or any(
        _incident(top).value for top in document.records()
    )


def _read(document: Document) -> Iterator[Told]:
    records = (Node(_record(entry), entry.line) for entry in _entries(document))
    yield Told(events=tuple(document.logged(records)))
    for top in document.records():
        incident = _incident(top)
        if incident.value:
            fields = [
                field
                for key, name in _INCIDENT.items()
                for field in document.field(name, key, incident.at(key))
            ]
            state, when = incident.at("state"), incident.at("started_at")
            text = f"[{state.scalar()}] {incident.at('summary').scalar()}"
            level = "info" if state.value == "closed" else "error"
            component = incident.at("resource_name").scalar()
            events = document.event(state, when, level, component, text)
            yield Told(fields=tuple(fields), events=tuple(events))


def _record(entry: Node) -> dict[str, Node]:
    """Bring an entry into the shape of a log record: its payload holds the message."""
    inner = entry.at("jsonPayload").members() or entry.at("protoPayload", "status").members()
    members = {**inner, "timestamp": entry.at("timestamp"), "severity": entry.at("severity")}
    if has(entry, "textPayload"):
        members["message"] = entry.at("textPayload")
    elif has(entry, "protoPayload.methodName"):
        members.setdefault("message", entry.at("protoPayload", "methodName"))
    labels = entry.at("resource", "labels")
    keys = ("container_name", "service_name", "module_id", "job", "backend_service_name")
    # A table has a column for each path.
    named = (
        *(labels.at(key) for key in keys),
        *(entry.at(f"resource.labels.{key}") for key in keys),
        Node(entry.at("protoPayload", "serviceName").scalar().partition(".")[0], entry.line),
    )
    component = next((node for node in named if node.scalar()), None)
    if component is not None:
        members.setdefault("component", component)
    if has(entry, "httpRequest.status"):
        request = entry.at("httpRequest")
        members |= {"status": request.at("status"), "method": request.at("requestMethod")}
        members["url"] = request.at("requestUrl")
    return members


PAYLOAD: Final = Payload("GCP", _recognises, _read, "alert")
