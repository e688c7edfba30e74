"""Statuspage: incidents with their updates, as JSON, JSON Lines or the Atom feed of the history."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Field, FieldName, StatusChange
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.markup import text_of_markup
from redaction.reading.payloads.payload import Document, Payload, Told, has, joined
from redaction.reading.people import Person

_FIELDS: Final[dict[str, FieldName]] = {
    "name": "title",
    "title": "title",
    "status": "status",
    "impact": "severity",
    "created_at": "created",
    "started_at": "created",
    "updated_at": "updated",
    "resolved_at": "resolved",
    "postmortem_body": "root_cause",
    "id": "id",
}
_PAGE: Final = Person("status page", frozenset(("status page",)), "bot")
_ENTRY: Final = re.compile(r"<entry>.*?</entry>", re.DOTALL)
_FEED: Final = re.compile(r"<feed\b[^>]*xmlns=\"http://www\.w3\.org/2005/Atom\"")
_PART: Final = re.compile(r"<(title|published|updated|content)\b[^>]*>(.*?)</\1>", re.DOTALL)
_UPDATE: Final = re.compile(
    r"(?m)^.{0,40}?\b(Investigating|Identified|Monitoring|Update|Resolved) - "
)


def _incidents(document: Document) -> Iterator[Node]:
    for top in document.records():
        every = top.at("incidents").items() + top.at("scheduled_maintenances").items()
        every += [top.at("incident")] if has(top, "incident") else []
        yield from [each for each in every or [top] if _updates(each)]


def _updates(incident: Node) -> list[Node]:
    """Return the updates, which the public archive of a page calls otherwise than its API."""
    if incident.at("incident_updates").items():
        return incident.at("incident_updates").items()
    return incident.at("updates").items() if has(incident, "status_sequence") else []


def _is_feed(document: Document) -> bool:
    return (
        document.media_type == "application/xml" and _FEED.search(document.text[:2000]) is not None
    )


def _recognises(document: Document) -> bool:
    return _is_feed(document) or any(True for _ in _incidents(document))


def _read(document: Document) -> Iterator[Told]:
    for incident in _incidents(document):
        updates = _updates(incident)
        yield Told(
            fields=tuple(_fields(document, incident, updates)),
            said=tuple(each for update in updates for each in _said(document, update)),
            history=tuple(each for update in updates for each in _changes(document, update)),
        )
    if _is_feed(document):
        yield from _feed(document)


def _fields(document: Document, incident: Node, updates: list[Node]) -> Iterator[Field]:
    for key, name in _FIELDS.items():
        yield from document.field(name, key, incident.at(key))
    if not has(incident, "status") and updates:
        last = max(updates, key=lambda update: _when(update).scalar())
        yield from document.field("status", "updates.status", last.at("status"))
    components = incident.at("components")
    names = joined(each.at("name") for each in components.items())
    yield from document.field("component", "components", components, names)


def _when(update: Node) -> Node:
    keys = ("display_at", "created_at", "at")
    return next((update.at(key) for key in keys if has(update, key)), Node(None, update.line))


def _said(document: Document, update: Node) -> Iterator[Said]:
    body = update.at("body") if has(update, "body") else update.at("message")
    if body.scalar().strip():
        stamp = document.clock.whole(_when(update).value)
        utc = stamp.utc if stamp else None
        yield Said(_PAGE, "bot", utc, body.scalar().strip(), document.anchor(body))


def _changes(document: Document, update: Node) -> Iterator[StatusChange]:
    status = update.at("status")
    if status.scalar() and status.scalar().lower() != "update":
        yield document.change("status", status, "", status.scalar(), "", _when(update))


def _feed(document: Document) -> Iterator[Told]:
    """Read the entries of a feed; one is an incident, whose updates carry no year."""
    for entry in _ENTRY.finditer(document.text):
        parts: dict[str, Node] = {}
        for part in _PART.finditer(entry[0]):
            at = entry.start() + part.start(2)
            line = 1 + document.text.count("\n", 0, at)
            parts.setdefault(part[1], Node(text_of_markup(part[2]), line))
        content = parts.get("content", Node(None, 1))
        text = text_of_markup(content.scalar())
        latest = _UPDATE.search(text)
        fields = (
            *document.field("title", "title", parts.get("title", content)),
            *document.field("created", "published", parts.get("published", content)),
            *(document.field("status", "content", content, latest[1]) if latest else ()),
        )
        stamp = document.clock.whole(parts.get("updated", content).value)
        utc = stamp.utc if stamp else None
        said = (Said(_PAGE, "bot", utc, text, document.anchor(content)),) if text else ()
        yield Told(fields=fields, said=said)


PAYLOAD: Final = Payload("Statuspage", _recognises, _read, "other")
