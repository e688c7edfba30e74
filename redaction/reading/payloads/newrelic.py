"""New Relic: results of NRQL queries from GraphQL or the API, and webhooks of alerts."""

from collections.abc import Iterator
from typing import Final

from redaction.case import FieldName
from redaction.reading.jsontree import Node
from redaction.reading.metrics import read_rows
from redaction.reading.payloads.payload import Document, Payload, Told, has, joined

_ISSUE: Final[dict[str, FieldName]] = {
    "title": "title",
    "issueId": "id",
    "state": "status",
    "priority": "priority",
    "createdAt": "created",
    "closedAt": "resolved",
}
_OLDER: Final[dict[str, FieldName]] = {
    **{"condition_name": "title", "details": "description", "incident_id": "id"},
    **{"current_state": "status", "severity": "severity", "policy_name": "other"},
}
_END: Final = "endTimeSeconds"


def _nrql(top: Node) -> Node:
    for path in (("data", "actor", "account", "nrql"), ("data", "actor", "nrql"), ("nrql",)):
        if top.at(*path).at("results").items():
            return top.at(*path)
    # The older API: events of the first result beside the query's own metadata.
    return top if has(top, "metadata.eventType") or has(top, "metadata.rawSince") else Node(None, 1)


def _rows(top: Node) -> list[Node]:
    found = _nrql(top).at("results").items() or ([top] if _is_listed(top) else [])
    return [row for each in found for row in each.at("events").items() or [each]]


def _is_listed(top: Node) -> bool:
    """Tell what the query builder exports: the results alone, a list of events."""
    return len(top.members()) == 1 and any(
        has(each, "timestamp") for each in top.at("events").items()
    )


def _is_incident(top: Node) -> bool:
    return has(top, "condition_name", "current_state", "policy_name")


def _is_issue(top: Node) -> bool:
    return has(top, "issueId", "state") or has(top, "issueUrl", "priority")


def _recognises(document: Document) -> bool:
    return any(_rows(top) or _is_issue(top) or _is_incident(top) for top in document.records())


def _read(document: Document) -> Iterator[Told]:
    for top in document.records():
        rows = _rows(top)
        if any(has(row, "message") or has(row, "error.message") for row in rows):
            yield Told(events=tuple(document.logged(rows)))
        elif rows:
            flat = [
                Node({k: n for k, n in r.members().items() if n.scalar() and k != _END}, r.line)
                for r in rows
            ]
            yield Told(samples=tuple(read_rows(document.artifact, flat)))
        if _is_incident(top):
            yield _incident(document, top)
        if _is_issue(top):
            yield _issue(document, top)


def _incident(document: Document, top: Node) -> Told:
    """Read what a channel of the older alerts posts."""
    fields = [f for key, name in _OLDER.items() for f in document.field(name, key, top.at(key))]
    targets = top.at("targets")
    names = joined(each.at("name") for each in targets.items())
    fields += document.field("component", "targets", targets, names)
    state = top.at("current_state")
    level = "info" if state.scalar().lower() == "closed" else "error"
    text = f"[{state.scalar()}] {top.at('condition_name').scalar()}"
    events = document.event(state, top.at("timestamp"), level, names, text)
    return Told(fields=tuple(fields), events=tuple(events))


def _issue(document: Document, top: Node) -> Told:
    fields = [f for key, name in _ISSUE.items() for f in document.field(name, key, top.at(key))]
    impacted = top.at("impactedEntities")
    fields += document.field("component", "impactedEntities", impacted, joined(impacted.items()))
    state = top.at("state")
    level = "info" if state.scalar().upper() == "CLOSED" else "error"
    text = f"[{state.scalar()}] {top.at('title').scalar()}"
    events = document.event(top.at("title"), top.at("createdAt"), level, "", text)
    return Told(fields=tuple(fields), events=tuple(events))


PAYLOAD: Final = Payload("New Relic", _recognises, _read, "alert")
