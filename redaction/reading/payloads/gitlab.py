"""GitLab: issues, notes, discussions, state events, webhooks, deployments, pipelines."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from redaction.case import Field, FieldName, Link, LinkKind, Role, StatusChange
from redaction.reading.jsontree import Node
from redaction.reading.payloads.labels import labelled
from redaction.reading.payloads.payload import Document, Payload, Told, has, joined
from redaction.reading.people import Person, person_of

_FIELDS: Final[dict[str, FieldName]] = {
    "iid": "id",
    "title": "title",
    "description": "description",
    "state": "status",
    "severity": "severity",
    "created_at": "created",
    "updated_at": "updated",
    "closed_at": "resolved",
    "issue_type": "other",
}
_UNSET: Final = frozenset(("unknown",))
_ACTIONS: Final = {"open": "opened", "reopen": "reopened", "close": "closed"}
_HOOKS: Final = frozenset(
    ("issue", "incident", "work_item", "note", "deployment", "pipeline", "build", "push")
)
_STATED: Final = re.compile(r"(closed|reopened|opened)\b|changed the severity to \*\*(.+?)\*\*")
_ASSIGNED: Final = re.compile(r"(?:assigned to|unassigned) @?(\S+)")
_DUPLICATE: Final = re.compile(r"marked this issue as a duplicate of (\S+)")
_MENTIONED: Final = re.compile(r"mentioned in (commit|merge request|issue|incident) (\S+)")
_FAILED: Final = frozenset(("failed", "canceled"))


def _parts(document: Document) -> Iterator[Node]:
    """Yield issues, notes and events; a discussion is its notes."""
    for top in document.records():
        for part in top.items() or [top]:
            yield from part.at("notes").items() if has(part, "individual_note") else [part]


def _is_issue(part: Node) -> bool:
    return has(part, "iid", "title", "state") and (has(part, "project_id") or has(part, "web_url"))


def _is_note(part: Node) -> bool:
    return has(part, "body", "author", "noteable_type") and "system" in part.members()


def _is_state(part: Node) -> bool:
    return has(part, "resource_type", "resource_id", "created_at") and has(part, "user.username")


def _is_deployment(part: Node) -> bool:
    return has(part, "iid", "ref", "sha", "environment.name")


def _is_webhook(part: Node) -> bool:
    return part.at("object_kind").scalar() in _HOOKS


def _recognises(document: Document) -> bool:
    kinds = (_is_webhook, _is_issue, _is_note, _is_state, _is_deployment)
    return any(kind(part) for part in islice(_parts(document), 20) for kind in kinds)


def _read(document: Document) -> Iterator[Told]:
    for part in _parts(document):
        if _is_webhook(part):
            yield from _webhook(document, part)
        elif _is_deployment(part):
            yield _deployment(document, part, part.at("status"), part.at("created_at"))
        elif _is_issue(part):
            yield _issue(document, part, part.at("author"))
        elif _is_note(part):
            yield _note(document, part, part.at("author"))
        elif _is_state(part):
            yield Told(history=tuple(_stated(document, part)))


def _webhook(document: Document, top: Node) -> Iterator[Told]:
    about = top.at("object_attributes")
    if top.at("object_kind").value == "deployment":
        yield _deployment(document, top, top.at("status"), top.at("status_changed_at"))
    elif top.at("object_kind").value in ("pipeline", "build", "push"):
        yield _run(document, top)
    elif has(about, "note"):
        yield _issue(document, top.at("issue"), Node(None, top.line))
        note = {"body": about.at("note"), **about.members()}
        yield _note(document, Node(note, about.line), top.at("user"))
    else:
        opened = about.at("action").value == "open"
        yield _issue(document, about, top.at("user") if opened else Node(None, about.line))
        yield Told(people=tuple(_assigned(top)), history=tuple(_acted(document, top)))
    yield Told(fields=tuple(document.field("product", "project", top.at("project", "name"))))


def _issue(document: Document, issue: Node, author: Node) -> Told:
    people = [*_assigned(issue)]
    if author.members():
        people.append((person_of(author), "customer"))
    said = document.says(
        person_of(author), "customer", issue.at("created_at"), issue.at("description")
    )
    return Told(
        fields=tuple(_fields(document, issue)),
        said=tuple(said),
        people=tuple(people),
        links=tuple(_linked(document, issue)),
    )


def _assigned(issue: Node) -> Iterator[tuple[Person, Role]]:
    for each in issue.at("assignees").items() or [issue.at("assignee")]:
        if each.members():
            yield person_of(each), "engineer"


def _fields(document: Document, issue: Node) -> Iterator[Field]:
    for key, name in _FIELDS.items():
        if issue.at(key).scalar().lower() not in _UNSET:
            yield from document.field(name, key, issue.at(key))
    yield from document.field("other", "milestone", issue.at("milestone", "title"))
    labels = issue.at("labels")
    named = [_label(each) for each in labels.items()]
    yield from labelled(document, labels, named)


def _label(label: Node) -> Node:
    return next((label.at(key) for key in ("title", "name") if has(label, key)), label)


def _linked(document: Document, issue: Node) -> Iterator[Link]:
    moved: tuple[tuple[str, LinkKind], ...] = (
        *(("moved_to_id", "related"), ("duplicated_to_id", "duplicate")),
    )
    for key, kind in moved:
        if has(issue, key):
            yield document.link(kind, issue.at(key), key)


def _note(document: Document, note: Node, author: Node) -> Told:
    body, when = note.at("body"), note.at("created_at")
    text = body.scalar()
    if note.at("system").value is True:
        by = person_of(author).name
        return Told(
            history=tuple(_recorded(document, body, by, when)),
            links=tuple(_references(document, body, when)),
        )
    internal = note.at("internal").value is True or note.at("confidential").value is True
    role: Role = "engineer" if internal else "other"
    return Told(said=tuple(document.says(person_of(author), role, when, body, text)))


def _recorded(document: Document, body: Node, by: str, when: Node) -> Iterator[StatusChange]:
    """Yield what the note that GitLab itself wrote says has changed."""
    text = body.scalar()
    if match := _STATED.match(text):
        tracked = "status" if match[1] else "severity"
        yield document.change(tracked, body, "", match[1] or match[2], by, when)
    elif match := _ASSIGNED.match(text):
        before, after = ("", match[1]) if text.startswith("assigned") else (match[1], "")
        yield document.change("assignee", body, before, after, by, when)


def _references(document: Document, body: Node, when: Node) -> Iterator[Link]:
    text = body.scalar()
    if match := _DUPLICATE.match(text):
        yield document.link("duplicate", Node(match[1], body.line), when=when)
    elif match := _MENTIONED.match(text):
        kind = "change" if match[1] in ("commit", "merge request") else "related"
        yield document.link(kind, Node(match[2], body.line), match[1], when)


def _stated(document: Document, event: Node) -> Iterator[StatusChange]:
    by, when = person_of(event.at("user")).name, event.at("created_at")
    if has(event, "state"):
        state = event.at("state")
        yield document.change("status", state, "", state.scalar(), by, when)
    elif has(event, "label.name"):
        label = event.at("label", "name")
        added = event.at("action").value == "add"
        before, after = ("", label.scalar()) if added else (label.scalar(), "")
        yield document.change("other", label, before, after, by, when)


def _acted(document: Document, top: Node) -> Iterator[StatusChange]:
    about, by = top.at("object_attributes"), person_of(top.at("user")).name
    action, when = about.at("action"), about.at("updated_at")
    if action.scalar() in _ACTIONS:
        yield document.change("status", action, "", _ACTIONS[action.scalar()], by, when)
    changed = top.at("changes", "severity")
    if has(changed, "current"):
        before, after = (changed.at(key).scalar() for key in ("previous", "current"))
        yield document.change("severity", changed, before, after, by, when)
    people = top.at("changes", "assignees")
    if people.members():
        before, after = (
            joined(each.at("name") for each in people.at(key).items())
            for key in ("previous", "current")
        )
        yield document.change("assignee", people, before, after, by, when)


def _deployment(document: Document, about: Node, status: Node, when: Node) -> Told:
    place = about.at("environment")
    environment = place.at("name") if place.members() else place
    sha = about.at("sha") if has(about, "sha") else about.at("short_sha")
    name = joined((about.at("ref"), environment))
    level = "error" if status.scalar() in _FAILED else "info"
    text = " ".join(part for part in (f"deployment of {name}", status.scalar()) if part)
    return Told(
        events=tuple(document.event(about, when, level, "", text)),
        links=(document.link("deployment", sha, name, when),),
    )


def _run(document: Document, top: Node) -> Told:
    """Read a pipeline, one of its jobs, or what was pushed: a change and how it went."""
    about = top.at("object_attributes") if has(top, "object_attributes.status") else top
    status = next((n for n in map(about.at, ("status", "build_status")) if n.scalar()), about)
    times = ("finished_at", "build_finished_at", "created_at", "build_created_at")
    when = next((n for n in map(about.at, times) if n.scalar()), top.at("commit", "timestamp"))
    kind = top.at("object_kind").scalar()
    name = next(
        (n for n in map(top.at, ("build_name", "ref")) if n.scalar()), about.at("ref")
    ).scalar()
    broken = [each for each in top.at("builds").items() if each.at("status").value in _FAILED]
    said = [f"{each.at('name').scalar()} {each.at('status').scalar()}" for each in broken]
    text = " ".join(("job" if kind == "build" else kind, name, status.scalar(), *said))
    level = "error" if status.scalar() in _FAILED else "info"
    commits = top.at("commits").items() or [top.at("commit")]
    return Told(
        events=tuple(document.event(top, when, level, "", text)) if status.scalar() else (),
        links=tuple(
            document.link("change", each.at("id"), _title(each), each.at("timestamp"))
            for each in commits
            if has(each, "id")
        ),
    )


def _title(commit: Node) -> str:
    return commit.at("message").scalar().strip().split("\n", 1)[0]


PAYLOAD: Final = Payload("GitLab", _recognises, _read, "issue")
