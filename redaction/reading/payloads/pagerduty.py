"""PagerDuty: webhook v3, Events API, incidents, log entries and notes of the REST API."""

from collections.abc import Iterator
from typing import Final

from redaction.case import FieldName, Link, Role, StatusChange
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.levels import level_of
from redaction.reading.payloads.payload import Document, Payload, Told, has, joined
from redaction.reading.people import Person, person_of

_FIELDS: Final[dict[str, FieldName]] = {
    "title": "title",
    "description": "description",
    "status": "status",
    "urgency": "urgency",
    "created_at": "created",
    "updated_at": "updated",
    "resolved_at": "resolved",
    "resolve_reason": "resolution",
    "incident_number": "id",
    "number": "id",
}
_REFERENCES: Final[dict[str, FieldName]] = {
    "service": "component",
    "priority": "priority",
    "escalation_policy": "other",
}
_ALERT: Final[dict[str, FieldName]] = {
    **{"summary": "title", "severity": "severity", "timestamp": "created"},
    **{"component": "component", "group": "other", "source": "other", "class": "other"},
}
# What a log entry does to an incident.
_STATUS_OF: Final = {
    "trigger": "triggered",
    "acknowledge": "acknowledged",
    "unacknowledge": "triggered",
    "resolve": "resolved",
    "reopen": "reopened",
}
_MACHINES: Final = ("service_reference", "integration_reference", "inbound_integration_reference")


def _parts(document: Document) -> Iterator[tuple[Node, Node]]:
    """Yield each object with the webhook event around it, an empty one outside of webhooks."""
    for top in document.records():
        nothing = Node(None, top.line)
        if has(top, "event.event_type"):
            yield top.at("event", "data"), top.at("event")
        wrapped = [
            item for key in ("incidents", "log_entries", "notes") for item in top.at(key).items()
        ]
        wrapped += [top.at(key) for key in ("incident", "log_entry", "note") if has(top, key)]
        for part in wrapped or [top]:
            yield part, nothing


def _is_incident(part: Node) -> bool:
    return part.at("type").value == "incident" and has(part, "status")


def _is_entry(part: Node) -> bool:
    return part.at("type").scalar().endswith("_log_entry")


def _is_note(part: Node) -> bool:
    return has(part, "content", "user.summary", "created_at")


def _is_alert(part: Node) -> bool:
    return has(part, "payload.summary", "payload.severity") and has(part, "event_action")


def _recognises(document: Document) -> bool:
    return any(
        has(event, "event_type", "resource_type", "occurred_at")
        or _is_entry(part)
        or _is_note(part)
        or _is_alert(part)
        or (_is_incident(part) and has(part, "service.summary"))
        for part, event in _parts(document)
    )


def _read(document: Document) -> Iterator[Told]:
    for part, event in _parts(document):
        if has(event, "event_type"):
            yield Told(history=tuple(_happened(document, part, event)))
        if _is_alert(part):
            yield _alert(document, part)
        elif _is_incident(part):
            yield _incident(document, part)
        elif _is_entry(part):
            yield _entry(document, part)
        elif _is_note(part) or part.at("type").value == "incident_note":
            yield Told(said=tuple(_note(document, part, event)))


def _incident(document: Document, part: Node) -> Told:
    fields = [
        *(f for key, name in _FIELDS.items() for f in document.field(name, key, part.at(key))),
        *(
            f
            for key, name in _REFERENCES.items()
            for f in document.field(name, key, part.at(key, "summary"))
        ),
    ]
    teams = part.at("teams")
    fields += document.field(
        "group", "teams", teams, joined(t.at("summary") for t in teams.items())
    )
    return Told(
        fields=tuple(fields), people=tuple(_people(part)), links=tuple(_links(document, part))
    )


def _alert(document: Document, part: Node) -> Told:
    """Read what a monitor sends to the Events API."""
    told, action = part.at("payload"), part.at("event_action")
    fields = [f for key, name in _ALERT.items() for f in document.field(name, key, told.at(key))]
    fields += document.field("status", "event_action", action)
    over = action.value == "resolve"
    level = "info" if over else level_of(told.at("severity").scalar())
    text = f"[{action.scalar()}] {told.at('summary').scalar()}"
    component = told.at("component").scalar() or told.at("source").scalar()
    return Told(
        fields=tuple(fields),
        events=tuple(document.event(told, told.at("timestamp"), level, component, text)),
    )


def _people(part: Node) -> Iterator[tuple[Person, Role]]:
    assigned = [item.at("assignee") for item in part.at("assignments").items()]
    for node in (*assigned, *part.at("assignees").items()):
        yield person_of(node), "analyst"


def _links(document: Document, part: Node) -> Iterator[Link]:
    bridge = part.at("conference_bridge", "conference_url")
    if bridge.scalar():
        yield document.link("other", bridge, "conference bridge")
    for alert in part.at("alerts").items():
        yield document.link("incident", alert.at("id"), alert.at("summary").scalar())


def _happened(document: Document, part: Node, event: Node) -> Iterator[StatusChange]:
    """Yield what a webhook says has changed."""
    kind, when = event.at("event_type").scalar().rpartition(".")[2], event.at("occurred_at")
    by = event.at("agent", "summary").scalar()
    if kind in ("triggered", "acknowledged", "resolved", "reopened", "unacknowledged"):
        yield document.change("status", event.at("event_type"), "", kind, by, when)
    elif kind == "priority_updated":
        level = part.at("priority", "summary").scalar()
        yield document.change("priority", part.at("priority"), "", level, by, when)
    elif kind in ("reassigned", "delegated"):
        after = joined(item.at("summary") for item in part.at("assignees").items())
        yield document.change("assignee", part.at("assignees"), "", after, by, when)


def _entry(document: Document, part: Node) -> Told:
    kind = part.at("type").scalar().removesuffix("_log_entry")
    when, summary = part.at("created_at"), part.at("summary")
    agent = part.at("agent")
    by = agent.at("summary").scalar()
    level = "error" if kind == "trigger" else "info"
    history = [
        document.change("status", part.at("type"), "", _STATUS_OF[kind], by, when)
        for _ in range(kind in _STATUS_OF)
    ]
    people: tuple[tuple[Person, Role], ...] = ()
    if by:
        people = ((person_of(agent), "bot" if agent.at("type").value in _MACHINES else "analyst"),)
    component = part.at("service", "summary").scalar()
    return Told(
        said=tuple(_note(document, part, Node(None, part.line))) if kind == "annotate" else (),
        events=tuple(document.event(summary, when, level, component, summary.scalar())),
        people=people,
        history=tuple(history),
    )


def _note(document: Document, part: Node, event: Node) -> Iterator[Said]:
    content = next(
        (n for n in (part.at("content"), part.at("channel", "summary")) if n.scalar().strip()), None
    )
    author = next(
        (n for n in (part.at("user"), part.at("agent"), event.at("agent")) if n.members()), None
    )
    if content is not None:
        when = part.at("created_at") if has(part, "created_at") else event.at("occurred_at")
        stamp = document.clock.whole(when.value)
        utc = stamp.utc if stamp else None
        text = content.scalar().strip()
        yield Said(person_of(author), "analyst", utc, text, document.anchor(content))


PAYLOAD: Final = Payload("PagerDuty", _recognises, _read, "alert")
