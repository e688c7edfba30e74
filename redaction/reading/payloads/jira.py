"""Jira and Jira Service Management: issues, comments, changelogs, requests, webhooks, CSV, XML."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from redaction.case import Field, Link, LinkKind, Role, StatusChange, Tracked
from redaction.reading.conversation import words
from redaction.reading.jsontree import Node
from redaction.reading.payloads import jira_requests, jira_table, jira_xml
from redaction.reading.payloads.jira_values import FIELDS, comment_in, shown
from redaction.reading.payloads.payload import Document, Payload, Told, has
from redaction.reading.people import Person, person_of
from redaction.reading.tickets import field_named

_TRACKED: Final[dict[str, Tracked]] = {
    "status": "status",
    "priority": "priority",
    "severity": "severity",
    "assignee": "assignee",
    "group": "group",
    "resolution": "other",
}
# Who works on an issue of these types makes the product; a service desk's project has its own type.
_DEVELOPED: Final = frozenset(("bug", "story", "epic"))
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


def _is_comment(part: Node) -> bool:
    known = has(part, "updateAuthor") or has(part, "created.iso8601") or has(part, "jsdPublic")
    return known and has(part, "author", "body", "created")


def _is_change(part: Node) -> bool:
    return any(has(item, "field", "fieldtype") for item in part.at("items").items())


def _is_webhook(part: Node) -> bool:
    return has(part, "webhookEvent")


def _recognises(document: Document) -> bool:
    if jira_table.is_table(document) or jira_xml.is_feed(document):
        return True
    kinds = (_is_issue, jira_requests.is_request, _is_comment, _is_change, _is_webhook)
    return any(kind(part) for part in islice(_parts(document), 20) for kind in kinds)


def _read(document: Document) -> Iterator[Told]:
    if jira_table.is_table(document):
        yield from jira_table.read(document)
        return
    if jira_xml.is_feed(document):
        for issue in jira_xml.issues(document):
            yield _issue(document, issue, issue.at("names"))
        return
    labels = document.root.at("names")
    for part in _parts(document):
        if _is_webhook(part):
            yield from _webhook(document, part)
        elif _is_issue(part):
            yield _issue(document, part, part.at("names") if has(part, "names") else labels)
        elif jira_requests.is_request(part):
            yield jira_requests.read(document, part)
        elif _is_comment(part):
            yield Told(said=tuple(comment_in(document, part)))
        elif _is_change(part):
            yield Told(history=tuple(_changes(document, part)))


def _webhook(document: Document, top: Node) -> Iterator[Told]:
    if _is_issue(top.at("issue")):
        yield _issue(document, top.at("issue"), top.at("names"))
    yield Told(said=tuple(comment_in(document, top.at("comment"))))
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
        *(
            s
            for each in inner.at("comment", "comments").items()
            for s in comment_in(document, each)
        ),
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
    for key, name in FIELDS.items():
        yield from document.field(name, key, inner.at(key), shown(inner.at(key)))
    for key, node in inner.members().items():
        if key.startswith("customfield_"):
            label = labels.at(key).scalar() or key
            text = shown(node)
            if len(text) <= _LONGEST:
                yield from document.field(field_named(label), label, node, text)


def _people(inner: Node) -> Iterator[tuple[Person, Role]]:
    project = inner.at("project", "projectTypeKey").scalar()
    made = inner.at("issuetype", "name").scalar().lower() in _DEVELOPED if not project else False
    worker: Role = "engineer" if made or project == "software" else "analyst"
    roles: tuple[tuple[str, Role], ...] = (("assignee", worker), ("reporter", "customer"))
    for key, role in roles:
        if inner.at(key).members():
            yield person_of(inner.at(key)), role


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
    kind = _kind(about, issue.at("fields", "issuetype", "name").scalar())
    return document.link(kind, issue.at("key"), title)


def _kind(about: str, linked: str) -> LinkKind:
    """Return what a linked issue is to this one, by the link's name and the issue's type."""
    told = f"{about} {linked}".lower()
    for word, kind in _KINDS:
        if word in told:
            return kind
    return "related"


PAYLOAD: Final = Payload("Jira", _recognises, _read, "issue")
