"""Datadog: logs, events, incidents and monitors from the API, and the monitor webhook."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Field, FieldName, Level
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has, joined

_FIELDS: Final[dict[str, FieldName]] = {
    "name": "title",
    "message": "description",
    "overall_state": "status",
    "priority": "priority",
    "created": "created",
    "modified": "updated",
    "id": "id",
}
_HOOK: Final[dict[str, FieldName]] = {
    "title": "title",
    "event_title": "title",
    "body": "description",
    "text_only_msg": "description",
    "alert_transition": "status",
    "priority": "priority",
    "alert_id": "id",
}
_INCIDENT: Final[dict[str, FieldName]] = {
    **{"title": "title", "summary": "description", "state": "status", "severity": "severity"},
    **{"detected": "created", "resolved": "resolved", "modified": "updated", "public_id": "id"},
    **{"root_cause": "root_cause", "customer_impact_scope": "impact"},
}
_LEVELS: Final[dict[str, Level]] = {
    "error": "error",
    "warning": "warning",
    "success": "info",
    "info": "info",
}


def _logs(top: Node) -> list[Node]:
    data = top.at("data").items() or top.at("logs").items() or [top]
    return [each for each in data if each.at("type").value == "log" and has(each, "attributes")]


def _events(top: Node) -> list[Node]:
    events = top.at("events").items() or ([top.at("event")] if has(top, "event") else [])
    found = [each for each in events if has(each, "date_happened", "title")]
    return found or [_older(each) for each in top.at("data").items() if _is_event(each)]


def _is_event(each: Node) -> bool:
    return each.at("type").value == "event" and has(each, "attributes.attributes")


def _older(event: Node) -> Node:
    """Bring an event of the second API into the shape of the first."""
    outer, inner = event.at("attributes"), event.at("attributes", "attributes")
    text = outer.at("message").scalar().strip("% \n")
    shape = {
        "title": inner.at("title"),
        "text": Node(text, outer.at("message").line),
        "date_happened": outer.at("timestamp"),
        "alert_type": inner.at("status"),
        "tags": outer.at("tags"),
    }
    return Node(shape, event.line)


def _incidents(top: Node) -> list[Node]:
    data = top.at("data").items() or [top.at("data")]
    return [each for each in data if each.at("type").value == "incidents"]


def _monitors(document: Document) -> list[Node]:
    return [each for each in document.records() if has(each, "overall_state", "query", "type")]


def _is_hook(top: Node) -> bool:
    keys = top.members().keys()
    return bool(keys & {"alert_transition", "alert_type"}) and bool(
        keys & {"event_title", "title", "alert_id"}
    )


def _recognises(document: Document) -> bool:
    return bool(_monitors(document)) or any(
        _logs(top) or _events(top) or _incidents(top) or _is_hook(top) for top in document.records()
    )


def _read(document: Document) -> Iterator[Told]:
    for monitor in _monitors(document):
        told = (
            field
            for key, name in _FIELDS.items()
            for field in document.field(name, key, monitor.at(key))
        )
        yield Told(fields=tuple(told))
    for top in document.records():
        if logs := _logs(top):
            yield Told(events=tuple(_logged(document, logs)))
        if events := _events(top):
            yield Told(events=tuple(e for each in events for e in _happened(document, each)))
        for incident in _incidents(top):
            yield Told(fields=tuple(_declared(document, incident.at("attributes"))))
        if _is_hook(top):
            yield _hook(document, top)


def _logged(document: Document, logs: list[Node]) -> Iterator[Event]:
    for log in logs:
        attributes = log.at("attributes")
        # The log's own attributes are one level deeper than what Datadog knows of it.
        inner = attributes.at("attributes").members()
        yield from document.logged([Node({**inner, **attributes.members()}, log.line)])


def _happened(document: Document, event: Node) -> Iterator[Event]:
    level = _LEVELS.get(event.at("alert_type").scalar(), "info")
    text = f"{event.at('title').scalar()}\n{event.at('text').scalar()}"
    component = _tagged(event, "service:")
    yield from document.event(event.at("title"), event.at("date_happened"), level, component, text)


def _declared(document: Document, incident: Node) -> Iterator[Field]:
    """Yield the fields of an incident; those that a team added hold a value each."""
    for key, name in _INCIDENT.items():
        stated = incident.at(key)
        own = incident.at("fields", key, "value")
        yield from document.field(name, key, stated if stated.scalar() else own)


def _tagged(node: Node, key: str) -> str:
    tags = (tag.scalar() for tag in node.at("tags").items())
    return next((tag.removeprefix(key) for tag in tags if tag.startswith(key)), "")


def _hook(document: Document, top: Node) -> Told:
    fields = [
        field
        for key, name in _HOOK.items()
        for field in document.field(name, key, top.at(key))
        if not (key == "event_title" and has(top, "title"))
    ]
    tags = top.at("tags")
    fields += document.field("labels", "tags", tags, joined(tags.items()))
    title = top.at("title") if has(top, "title") else top.at("event_title")
    when = top.at("date") if has(top, "date") else top.at("last_updated")
    over = top.at("alert_transition").scalar().lower() in ("recovered", "resolved")
    stated = _LEVELS.get(top.at("alert_type").scalar(), "error")
    events = document.event(title, when, "info" if over else stated, "", title.scalar())
    return Told(fields=tuple(fields), events=tuple(events))


PAYLOAD: Final = Payload("Datadog", _recognises, _read, "alert")
