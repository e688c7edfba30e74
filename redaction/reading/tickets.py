"""Reads tickets by well-known key names, whatever tracker exported them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from redaction.case import Anchor, Field, FieldName, Role
from redaction.reading.conversation import TIME_KEYS, Said, read_messages, words
from redaction.reading.jsontree import Node
from redaction.reading.people import NOBODY, Directory, Person, person_of
from redaction.reading.timestamps import Clock
from redaction.text import mint

_NAMES: Final[dict[str, FieldName]] = {
    **dict.fromkeys(("title", "subject", "summary"), "title"),
    **dict.fromkeys(("description", "body"), "description"),
    **dict.fromkeys(("status", "state", "ticketstatus"), "status"),
    **dict.fromkeys(("severity", "sev", "reportedseverity", "severitylevel"), "severity"),
    "priority": "priority",
    **dict.fromkeys(("created", "createdat", "createdon", "openedat"), "created"),
    **dict.fromkeys(("updated", "updatedat", "updatedon"), "updated"),
    **dict.fromkeys(("product", "productname", "project", "productline"), "product"),
    **dict.fromkeys(("component", "components", "service", "subcomponent"), "component"),
    **dict.fromkeys(("version", "versions", "affectsversions", "affectedversion"), "version"),
    **dict.fromkeys(("productversion", "buildversion"), "version"),
    **dict.fromkeys(("environment", "env", "deployment"), "environment"),
    **dict.fromkeys(("tier", "plan", "supportlevel", "accounttier", "supporttier"), "tier"),
    **dict.fromkeys(("resolution", "closecode", "closenotes", "resolutionnotes"), "resolution"),
    **dict.fromkeys(("rootcause", "rca", "cause", "rootcauseanalysis"), "root_cause"),
    **{"workaround": "workaround", "impact": "impact", "urgency": "urgency", "region": "region"},
    **dict.fromkeys(("browser", "browserversion", "webbrowser"), "browser"),
    **{"labels": "labels", "tenanttier": "tier"},
    **dict.fromkeys(("os", "operatingsystem"), "os"),
}
_WRAPPERS: Final = (
    "ticket",
    "issue",
    "result",
    "incident",
    "case",
    "data",
    "event",
    "alert",
    "fields",
    "body",
)
_TALKS: Final = ("comments", "messages", "conversation", "thread", "notes", "entries", "comment")
_REQUESTERS: Final = (
    *("user", "requester", "requester_id", "reporter", "caller", "caller_id", "contact"),
    *("opened_by", "customer", "creator", "raised_by", "collaborators", "followers"),
)
_ASSIGNEES: Final = ("assignee", "assignee_id", "assigned_to", "assigned_agent", "owner")
_PEOPLE: Final = ("users", "participants", "members")
_OWNERS: Final = ("organization", "account", "company", "customer")
_MOST_FIELDS: Final = 300
_LONGEST_OTHER: Final = 2000


@dataclass(frozen=True, slots=True)
class Ticket:
    """What one ticket tells."""

    fields: tuple[Field, ...]
    said: tuple[Said, ...]


def field_named(label: str) -> FieldName:
    """Return what a field of this label means in most trackers, else `other`."""
    return _NAMES.get(_squeezed(label), "other")


def tickets_in(root: Node) -> list[dict[str, Node]]:
    """Find the tickets of a document: itself, inside its wrappers, or the items of a list."""
    if root.items():
        return [found for item in root.items() for found in tickets_in(item)]
    members = root.members()
    for wrapper in _WRAPPERS:
        inner = members.get(wrapper)
        if inner is None:
            continue
        if found := tickets_in(inner):
            return found
    for plural in ("tickets", "issues", "incidents", "results"):
        if plural in members and (found := tickets_in(members[plural])):
            return found
    return [members] if _is_ticket(members) else []


def _is_ticket(members: dict[str, Node]) -> bool:
    """A ticket has a title and at least one thing that log records and chats lack."""
    kinds = {_NAMES[key] for name in members if (key := _squeezed(name)) in _NAMES}
    return "title" in kinds and bool(
        kinds & {"status", "priority", "description", "severity", "resolution"}
        or any(talk in members for talk in _TALKS)
    )


def read_ticket(
    artifact: str, members: dict[str, Node], clock: Clock, directory: Directory
) -> Ticket:
    """Read one ticket's fields and conversation; its people are added to the directory."""
    _learn_people(members, directory)
    fields = tuple(_fields(artifact, members))
    requester = _requester(members)
    said = tuple(_conversation(artifact, members, clock))
    opening = _opening(artifact, members, clock, requester, said)
    if said and requester == NOBODY and not opening:
        directory.learn(said[0].person, "customer")
    for each in said:
        directory.learn(each.person)
    return Ticket(fields, (*opening, *said))


def _learn_people(members: dict[str, Node], directory: Directory) -> None:
    for key in _PEOPLE:
        for item in members.get(key, Node(None, 1)).items():
            directory.learn(person_of(item))
    roles: tuple[tuple[tuple[str, ...], Role], ...] = (
        (_ASSIGNEES, "analyst"),
        (_REQUESTERS, "customer"),
    )
    for keys, role in roles:
        for key in keys:
            if key in members and members[key].value:
                for node in members[key].items() or [members[key]]:
                    directory.learn(person_of(node), role)


def _requester(members: dict[str, Node]) -> Person:
    found = (members[key] for key in _REQUESTERS if key in members and not members[key].items())
    return next((person for node in found if (person := person_of(node)).name), NOBODY)


def _conversation(artifact: str, members: dict[str, Node], clock: Clock) -> Iterator[Said]:
    for talk in _TALKS:
        node = members.get(talk)
        if node is not None:
            inner = node.items() or node.members().get("comments", node).items()
            yield from read_messages(artifact, inner, clock)


def _opening(
    artifact: str,
    members: dict[str, Node],
    clock: Clock,
    requester: Person,
    said: tuple[Said, ...],
) -> tuple[Said, ...]:
    """Return the description as the requester's first message, unless a comment repeats it."""
    node = members.get("description") or members.get("body")
    text = words(node).strip() if node else ""
    if node is None or not text or any(_same(each.text, text) for each in said):
        return ()
    times = (members[key].value for key in ("opened_at", *TIME_KEYS) if key in members)
    utc = next((stamp.utc for value in times if (stamp := clock.whole(value))), None)
    return (Said(requester, "customer", utc, text, Anchor(artifact, node.line)),)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _fields(artifact: str, members: dict[str, Node]) -> Iterator[Field]:
    for count, (key, node) in enumerate(_leaves(members, "")):
        if count >= _MOST_FIELDS:
            return
        last = key.rsplit(".", 1)[-1]
        name = _NAMES.get(_squeezed(last), "other") if _is_own(key) else "other"
        text = _text(node).strip()
        if text and (name != "other" or len(text) <= _LONGEST_OTHER):
            yield Field(name, mint(key), mint(text), Anchor(artifact, node.line))


def _is_own(key: str) -> bool:
    """Tell a field of the ticket itself from one of a person or object that it refers to."""
    head, dot, _ = key.partition(".")
    return not dot or head in _OWNERS or _squeezed(head) == "customfields"


def _leaves(members: dict[str, Node], path: str) -> Iterator[tuple[str, Node]]:
    """Yield key path and value of every field; an object that has a name counts as that name."""
    for key, node in members.items():
        here = f"{path}{key}"
        if key in _TALKS or node.value is None:
            continue
        if _squeezed(key) == "customfields" or _is_pairs(node):
            for item in node.items():
                yield from _pair(item.members(), f"{path}custom_fields.")
            continue
        named = bool(_text(node))
        if named:
            yield here, node
        if not path and (not named or key in _OWNERS):
            yield from _leaves(node.members(), f"{here}.")


def _is_pairs(node: Node) -> bool:
    items = node.items()
    return bool(items) and all(
        "value" in item.members() and len(item.members()) <= 4 for item in items
    )


def _pair(members: dict[str, Node], path: str) -> Iterator[tuple[str, Node]]:
    """Read one custom field `{key | title | name | id, value}`."""
    value = members.get("value")
    label = next(
        (members[k].scalar() for k in ("key", "name", "title", "label", "id") if k in members), ""
    )
    if value is not None and value.value is not None and label:
        yield f"{path}{label.replace('.', '_')}", value


def _text(node: Node) -> str:
    """Return a field's value as text: a scalar, the name of an object, a list of those."""
    if node.items():
        return ", ".join(text for item in node.items() if (text := _text(item)))
    members = node.members()
    if "content" in members:
        return words(node)
    for key in ("display_value", "displayName", "name", "title", "value", "label"):
        if key in members and (text := members[key].scalar()):
            return text
    return node.scalar()


def _squeezed(key: str) -> str:
    return re.sub(r"[^a-z]", "", key.lower())
