"""Jira and Jira Service Management: issues, comments, changelogs, requests, webhooks, CSV."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Field, FieldName, Link, LinkKind, Role, StatusChange, Tracked
from redaction.reading.conversation import Said, words
from redaction.reading.jsontree import Node
from redaction.reading.payloads import jira_table
from redaction.reading.payloads.payload import Document, Payload, Told, has
from redaction.reading.people import Person, person_of
from redaction.reading.tickets import field_named

_FIELDS: Final[dict[str, FieldName]] = {
    "summary": "title",
    "description": "description",
    "status": "status",
    "priority": "priority",
    "created": "created",
    "updated": "updated",
    "resolutiondate": "resolved",
    "resolution": "resolution",
    "project": "product",
    "components": "component",
    "versions": "version",
    "environment": "environment",
    "labels": "labels",
    "issuetype": "other",
    "fixVersions": "other",
}
_TRACKED: Final[dict[str, Tracked]] = {
    "status": "status",
    "priority": "priority",
    "severity": "severity",
    "assignee": "assignee",
    "group": "group",
    "resolution": "other",
}
_PEOPLE: Final[tuple[tuple[str, Role], ...]] = (
    ("assignee", "analyst"),
    ("reporter", "customer"),
)
# What the type of a linked issue, else the name of the link, makes of it.
_KINDS: Final[tuple[tuple[str, LinkKind], ...]] = (
    ("duplic", "duplicate"),
    ("problem", "problem"),
    ("incident", "incident"),
    ("change", "change"),
)
_LONGEST: Final = 2000


def _parts(document: Document) -> Iterator[Node]:
    """Yield issues, requests, comments and changes from whatever they are wrapped in."""
    for top in document.records():
        keys = ("issues", "comments", "values", "histories")
        wrapped = [item for key in keys for item in top.at(key).items()]
        yield from wrapped or [top]


def _is_issue(part: Node) -> bool:
    return has(part, "fields.summary") and any(
        has(part, key)
        for key in ("fields.issuetype", "fields.project", "fields.status.name", "key")
    )


def _is_request(part: Node) -> bool:
    return has(part, "issueKey") and bool(
        part.at("requestFieldValues").items() or has(part, "currentStatus")
    )


def _is_comment(part: Node) -> bool:
    known = has(part, "updateAuthor") or has(part, "created.iso8601") or has(part, "jsdPublic")
    return known and has(part, "author", "body", "created")


def _is_change(part: Node) -> bool:
    return any(has(item, "field", "fieldtype") for item in part.at("items").items())


def _is_webhook(part: Node) -> bool:
    return has(part, "webhookEvent")


def _recognises(document: Document) -> bool:
    if jira_table.is_table(document):
        return True
    kinds = (_is_issue, _is_request, _is_comment, _is_change, _is_webhook)
    return any(kind(part) for part in _parts(document) for kind in kinds)


def _read(document: Document) -> Iterator[Told]:
    if jira_table.is_table(document):
        yield from jira_table.read(document)
        return
    labels = document.root.at("names")
    for part in _parts(document):
        if _is_webhook(part):
            yield from _webhook(document, part)
        elif _is_issue(part):
            yield _issue(document, part, part.at("names") if has(part, "names") else labels)
        elif _is_request(part):
            yield _request(document, part)
        elif _is_comment(part):
            yield Told(said=tuple(_comment(document, part)))
        elif _is_change(part):
            yield Told(history=tuple(_changes(document, part)))


def _webhook(document: Document, top: Node) -> Iterator[Told]:
    if _is_issue(top.at("issue")):
        yield _issue(document, top.at("issue"), top)
    comment = {"updateAuthor": top, **top.at("comment").members()}
    yield Told(said=tuple(_comment(document, Node(comment, top.line))))
    changelog = {
        "author": top.at("user"),
        "created": top.at("timestamp"),
        **top.at("changelog").members(),
    }
    yield Told(history=tuple(_changes(document, Node(changelog, top.line))))


def _issue(document: Document, issue: Node, labels: Node) -> Told:
    inner = issue.at("fields")
    reporter = inner.at("reporter") if has(inner, "reporter") else inner.at("creator")
    description = inner.at("description")
    said = [
        *document.says(
            person_of(reporter), "customer", inner.at("created"), description, words(description)
        ),
        *(s for each in inner.at("comment", "comments").items() for s in _comment(document, each)),
    ]
    changes = issue.at("changelog", "histories").items()
    return Told(
        fields=tuple(_fields(document, issue, labels)),
        said=tuple(said),
        people=tuple(_people(inner)),
        history=tuple(c for each in changes for c in _changes(document, each)),
        links=tuple(_links(document, inner)),
    )


def _fields(document: Document, issue: Node, labels: Node) -> Iterator[Field]:
    inner = issue.at("fields")
    yield from document.field("id", "key", issue.at("key"))
    for key, name in _FIELDS.items():
        yield from document.field(name, key, inner.at(key), shown(inner.at(key)))
    for key, node in inner.members().items():
        if key.startswith("customfield_"):
            label = labels.at(key).scalar() or key
            text = shown(node)
            if len(text) <= _LONGEST:
                yield from document.field(field_named(label), label, node, text)


def shown(node: Node) -> str:
    """Return the text of a field: a scalar, a document, the name of an object, a list of those."""
    if node.items():
        return ", ".join(text for item in node.items() if (text := shown(item)))
    if has(node, "content"):
        return words(node)
    for key in ("displayName", "name", "value", "status", "title", "key"):
        if text := node.at(key).scalar():
            child = shown(node.at("child"))
            return f"{text} - {child}" if child else text
    return node.scalar()


def _people(inner: Node) -> Iterator[tuple[Person, Role]]:
    for key, role in _PEOPLE:
        if inner.at(key).members():
            yield person_of(inner.at(key)), role


def _comment(document: Document, comment: Node) -> Iterator[Said]:
    internal = comment.at("jsdPublic").value is False or comment.at("public").value is False
    role: Role = "analyst" if internal or has(comment, "visibility") else "other"
    author = comment.at("author") if has(comment, "author") else comment.at("updateAuthor")
    body = comment.at("body")
    yield from document.says(
        person_of(author), role, _time(comment.at("created")), body, words(body)
    )


def _changes(document: Document, change: Node) -> Iterator[StatusChange]:
    by = person_of(change.at("author")).name
    for item in change.at("items").items():
        tracked = _TRACKED.get(item.at("field").scalar().lower())
        before, after = item.at("fromString").scalar(), item.at("toString").scalar()
        if tracked and (before or after):
            yield document.change(tracked, item, before, after, by, change.at("created"))


def _links(document: Document, inner: Node) -> Iterator[Link]:
    for link in inner.at("issuelinks").items():
        for side, name in (("inwardIssue", "inward"), ("outwardIssue", "outward")):
            if has(link, side):
                about = link.at("type", name).scalar() or link.at("type", "name").scalar()
                yield _linked(document, link.at(side), about)
    for key, about in (("parent", "parent"), ("subtasks", "subtask")):
        for issue in inner.at(key).items() or [inner.at(key)]:
            if has(issue, "key"):
                yield _linked(document, issue, about)
    for file in inner.at("attachment").items():
        yield document.link("attachment", file.at("filename"), when=file.at("created"))


def _linked(document: Document, issue: Node, about: str) -> Link:
    summary = issue.at("fields", "summary").scalar()
    title = ": ".join(part for part in (about, summary) if part)
    return document.link(link_kind(about, issue.at("fields", "issuetype", "name").scalar()), issue
                         .at("key"), title)  # fmt: skip


def link_kind(about: str, linked: str) -> LinkKind:
    """Return what a linked issue is to this one, by the link's name and the issue's type."""
    if "duplic" in about.lower():
        return "duplicate"
    told = f"{about} {linked}".lower()
    return next((kind for word, kind in _KINDS if word in told), "related")


def _request(document: Document, request: Node) -> Told:
    reporter, created = request.at("reporter"), _time(request.at("createdDate"))
    status = request.at("currentStatus")
    fields = [
        *document.field("id", "issueKey", request.at("issueKey")),
        *document.field("status", "currentStatus", status.at("status")),
        *document.field("created", "createdDate", created),
        *document.field("other", "requestType", request.at("requestType", "name")),
        *document.field("other", "serviceDesk", request.at("serviceDesk", "projectName")),
    ]
    said: list[Said] = []
    for item in request.at("requestFieldValues").items():
        key, label, value = item.at("fieldId").scalar(), item.at("label").scalar(), item.at("value")
        name = _FIELDS.get(key) or field_named(label)
        if name != "created":
            fields += document.field(name, label or key, value, shown(value))
        if key == "description":
            said += document.says(person_of(reporter), "customer", created, value, words(value))
    for comment in request.at("comments", "values").items():
        said += _comment(document, comment)
    files = request.at("attachments", "values").items()
    steps = reversed(request.at("status", "values").items())  # the newest comes first
    return Told(
        fields=tuple(fields),
        said=tuple(said),
        people=tuple((person_of(node), "customer") for node in _customers(request)),
        history=tuple(
            document.change("status", step, "", step.at("status").scalar(), "",
                            _time(step.at("statusDate")))
            for step in steps if has(step, "status")
        ),
        links=tuple(
            document.link("attachment", file.at("filename"), when=_time(file.at("created")))
            for file in files
        ),
    )  # fmt: skip


def _customers(request: Node) -> list[Node]:
    nodes = [request.at("reporter"), *request.at("participants", "values").items()]
    return [node for node in nodes if node.members()]


def _time(node: Node) -> Node:
    """Return the value of a time, which a request writes in four ways at once."""
    return node.at("iso8601") if node.members() else node


PAYLOAD: Final = Payload("Jira", _recognises, _read)
