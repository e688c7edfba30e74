"""Opsgenie: the alert webhook and alerts from the REST API."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Field, FieldName, StatusChange
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has, joined
from redaction.reading.people import person_of

_FIELDS: Final[dict[str, FieldName]] = {
    "message": "title",
    "description": "description",
    "status": "status",
    "priority": "priority",
    "tinyId": "id",
    "createdAt": "created",
    "updatedAt": "updated",
    "entity": "component",
}
_LISTS: Final[dict[str, FieldName]] = {"teams": "group", "tags": "labels"}
_STATUS_OF: Final = {
    "create": "open",
    "acknowledge": "acknowledged",
    "unacknowledge": "open",
    "close": "closed",
    "snooze": "snoozed",
    "delete": "closed",
}


def _parts(document: Document) -> Iterator[tuple[Node, Node]]:
    """Yield each alert with the webhook around it."""
    for top in document.records():
        alerts = [top.at("alert")] if has(top, "alert") else top.at("data").items()
        alerts = alerts or ([top.at("data")] if has(top, "data.tinyId") else [top])
        for alert in alerts:
            yield alert, top


def _recognises(document: Document) -> bool:
    return any(has(alert, "tinyId", "message") for alert, _ in _parts(document))


def _read(document: Document) -> Iterator[Told]:
    for alert, around in _parts(document):
        yield Told(
            fields=tuple(_fields(document, alert)),
            said=tuple(_note(document, alert, around)),
            events=tuple(_event(document, alert, around)),
            history=tuple(_changes(document, alert, around)),
        )


def _fields(document: Document, alert: Node) -> Iterator[Field]:
    for key, name in _FIELDS.items():
        yield from document.field(name, key, alert.at(key))
    for key, name in _LISTS.items():
        yield from document.field(name, key, alert.at(key), joined(alert.at(key).items()))
    for key, node in alert.at("details").members().items():
        yield from document.field("other", f"details.{key}", node)


def _when(alert: Node) -> Node:
    return alert.at("updatedAt") if has(alert, "updatedAt") else alert.at("createdAt")


def _event(document: Document, alert: Node, around: Node) -> Iterator[Event]:
    action = around.at("action").scalar()
    text = f"{action or 'alert'}: {alert.at('message').scalar().strip()}"
    level = "info" if action.lower() not in ("", "create") else "error"
    message = alert.at("message")
    return document.event(message, _when(alert), level, alert.at("entity").scalar(), text)


def _note(document: Document, alert: Node, around: Node) -> Iterator[Said]:
    note = next((n for n in (alert.at("note"), around.at("note")) if n.scalar().strip()), None)
    if note is not None:
        stamp = document.clock.whole(_when(alert).value)
        who, text = person_of(alert.at("username")), note.scalar().strip()
        yield Said(who, "analyst", stamp.utc if stamp else None, text, document.anchor(note))


def _changes(document: Document, alert: Node, around: Node) -> Iterator[StatusChange]:
    action = around.at("action")
    after = _STATUS_OF.get(action.scalar().lower())
    by = alert.at("username").scalar()
    if after is not None:
        yield document.change("status", action, "", after, by, _when(alert))


PAYLOAD: Final = Payload("Opsgenie", _recognises, _read, "alert")
