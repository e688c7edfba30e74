"""Brings Zendesk's webhook events (`zen:event-type:ticket.…`) into the shape of its API."""

from collections.abc import Iterator
from typing import Final

from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import has

_TYPE: Final = "zen:event-type:ticket."
_CHANGED: Final = {
    "status_changed": "status",
    "priority_changed": "priority",
    "agent_assignment_changed": "assignee_id",
    "group_assignment_changed": "group_id",
}


def is_event(top: Node) -> bool:
    """Tell an event by its type and the ticket that it is about."""
    return top.at("type").scalar().startswith(_TYPE) and has(top, "detail.id")


def parts(top: Node) -> Iterator[Node]:
    """Yield the ticket, and what happened to it as a comment or an audit."""
    kind, detail = top.at("type").scalar().removeprefix(_TYPE), top.at("detail")
    lowered = {
        key: Node(detail.at(key).scalar().lower(), detail.at(key).line)
        for key in ("status", "priority", "type")
        if has(detail, key)
    }
    yield Node({**detail.members(), **lowered}, detail.line)
    event, when = top.at("event"), top.at("time")
    if has(event, "comment.body"):
        said = {"type": Node("Comment", event.line), "created_at": when}
        author = {"author_id": event.at("comment", "author", "id")}
        yield Node({**said, **author, **event.at("comment").members()}, event.line)
    if kind in _CHANGED and has(event, "current"):
        change = {
            "type": Node("Change", event.line),
            "field_name": Node(_CHANGED[kind], event.line),
            "value": _word(event.at("current")),
            "previous_value": _word(event.at("previous")),
        }
        audit = {
            "events": Node([Node(change, event.line)], event.line),
            "created_at": when,
            "author_id": detail.at("actor_id"),
            "via": Node("webhook", top.line),
        }
        yield Node(audit, top.line)


def _word(node: Node) -> Node:
    return Node(node.scalar().lower(), node.line)
