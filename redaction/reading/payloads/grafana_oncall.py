"""Grafana OnCall and what it accepts: formatted webhooks, inbound mail, outgoing webhook calls."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Level
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, embedded, has
from redaction.reading.people import person_of
from redaction.reading.statuses import status_of


def _recognises(document: Document) -> bool:
    return any(_kind(top) for top in _parts(document))


def _parts(document: Document) -> Iterator[Node]:
    for top in document.records():
        results = top.at("results").items()
        yield from results or [top]


def _kind(part: Node) -> str:
    if has(part, "alert_uid", "title") or has(part, "alert_uid", "message"):
        return "formatted"
    if has(part, "subject", "message", "sender"):
        return "mail"
    if has(part, "event_data", "request_data"):
        return "call"
    if has(part, "trigger_type", "http_method", "url"):
        return "webhook"
    return "bare" if list(part.members()) == ["message"] else ""


def _read(document: Document) -> Iterator[Told]:
    for part in _parts(document):
        match _kind(part):
            case "formatted" | "mail":
                yield _alert(document, part)
            case "bare":  # too little to be the case's title
                yield Told(events=_alert(document, part).events)
            case "call":
                yield _call(document, part)
            case "webhook":
                yield Told(fields=tuple(document.field("other", "webhook", part.at("name"))))
            case _:
                pass


def _alert(document: Document, part: Node) -> Told:
    title = part.at("title") if has(part, "title") else part.at("subject")
    message, state = part.at("message"), part.at("state")
    fields = (
        *document.field("title", "title", title if title.scalar() else message),
        *document.field("description", "message", message),
        *document.field("status", "state", state),
        *document.field("id", "alert_uid", part.at("alert_uid")),
    )
    text = f"[{state.scalar() or 'alert'}] {title.scalar() or message.scalar()}"
    level: Level = "info" if status_of(state.scalar()) == "resolved" else "error"
    events = document.event(
        title if title.scalar() else message, Node(None, part.line), level, "", text
    )
    return Told(fields=fields, events=tuple(events))


def _call(document: Document, part: Node) -> Told:
    """Read one call of an outgoing webhook: its event, written as JSON in a string."""
    data = embedded(part.at("event_data"))
    group = data.at("alert_group")
    fields = (
        *document.field("title", "alert_group.title", group.at("title")),
        *document.field("status", "alert_group.state", group.at("state")),
        *document.field("id", "alert_group.id", group.at("id")),
        *document.field("created", "alert_group.created_at", group.at("created_at")),
        *document.field("resolved", "alert_group.resolved_at", group.at("resolved_at")),
    )
    kind = data.at("event", "type").scalar()
    when = data.at("event", "time")
    user = data.at("user")
    by = person_of(user).name if user.members() else ""
    state = group.at("state").scalar()
    history = [document.change("status", when, "", state, by, when)] if state else []
    text = f"{kind}: {group.at('title').scalar()}"
    events: list[Event] = list(document.event(when, when, "info", "", text)) if kind else []
    people = ((person_of(user), None),) if by else ()
    return Told(fields=fields, events=tuple(events), history=tuple(history), people=people)


PAYLOAD: Final = Payload("Grafana OnCall", _recognises, _read, "alert")
