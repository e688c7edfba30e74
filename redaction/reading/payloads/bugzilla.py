"""Bugzilla: the page of a bug as a browser saves it, the REST API's answers, XML, CSV."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from redaction.case import Field, FieldName, Link, LinkKind, Role, StatusChange, Tracked
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.payloads import bugzilla_page, bugzilla_xml
from redaction.reading.payloads.payload import Document, Payload, Told, has, joined
from redaction.reading.people import Person, person_of

_FIELDS: Final[dict[str, FieldName]] = {
    "id": "id",
    "summary": "title",
    "status": "status",
    "resolution": "resolution",
    "severity": "severity",
    "priority": "priority",
    "product": "product",
    "component": "component",
    "version": "version",
    "op_sys": "os",
    "platform": "other",
    "creation_time": "created",
    "last_change_time": "updated",
    "cf_last_resolved": "resolved",
    "target_milestone": "other",
    "whiteboard": "other",
}
_COLUMNS: Final[dict[str, FieldName]] = {
    **{"Bug ID": "id", "Summary": "title", "Status": "status", "Resolution": "resolution"},
    **{"Severity": "severity", "Priority": "priority", "Product": "product", "OS": "os"},
    **{"Component": "component", "Version": "version", "Opened": "created", "Changed": "updated"},
}
_OWN: Final = ("op_sys", "target_milestone", "assigned_to_detail", "creator_detail", "is_confirmed")
_PEOPLE: Final[tuple[tuple[str, Role], ...]] = (
    ("assigned_to", "engineer"),
    ("creator", "customer"),
)
_LINKS: Final[tuple[tuple[str, LinkKind], ...]] = (
    *(("dupe_of", "duplicate"), ("duplicates", "duplicate"), ("depends_on", "related")),
    *(("blocks", "related"), ("see_also", "related"), ("regressed_by", "change")),
)
_TRACKED: Final[dict[str, Tracked]] = {
    **{"status": "status", "bug_status": "status", "severity": "severity"},
    **{"bug_severity": "severity", "priority": "priority", "assigned_to": "assignee"},
    **{"component": "group", "resolution": "other"},
}


def _parts(document: Document) -> Iterator[Node]:
    """Yield bugs, comments, attachments and rows of whatever they are wrapped in."""
    for top in document.records():
        bugs = top.at("bugs")
        keyed = [item for each in bugs.members().values() for item in _held(each)]
        comments = [each for each in top.at("comments").members().values() if each.members()]
        yield from [*bugs.items(), *keyed, *comments] or [top]


def _held(bug: Node) -> list[Node]:
    """Return what is filed under a bug's number: its attachments, or its comments."""
    return bug.items() or bug.at("comments").items()


def _is_bug(part: Node) -> bool:
    known = has(part, "creation_time", "product") or any(key in part.members() for key in _OWN)
    return known and has(part, "summary")


def _is_history(part: Node) -> bool:
    return any(has(each, "who", "changes") for each in part.at("history").items())


def _is_comment(part: Node) -> bool:
    return has(part, "bug_id", "text") and (has(part, "creator") or has(part, "author"))


def _is_file(part: Node) -> bool:
    return has(part, "bug_id", "file_name")


def _is_row(part: Node) -> bool:
    return has(part, "Bug ID", "Summary")


def _recognises(document: Document) -> bool:
    if bugzilla_page.is_page(document) or bugzilla_xml.is_xml(document):
        return True
    kinds = (_is_bug, _is_history, _is_comment, _is_file, _is_row)
    return any(kind(part) for part in islice(_parts(document), 20) for kind in kinds)


def _read(document: Document) -> Iterator[Told]:
    if bugzilla_page.is_page(document):
        yield bugzilla_page.read(document)
        return
    if bugzilla_xml.is_xml(document):
        for bug in bugzilla_xml.bugs(document):
            yield _bug(document, bug)
        return
    for part in _parts(document):
        if _is_bug(part):
            yield _bug(document, part)
        elif _is_comment(part):
            yield Told(said=tuple(_comment(document, part)))
        elif _is_file(part):
            when = part.at("creation_time")
            title = part.at("summary").scalar()
            link = document.link("attachment", part.at("file_name"), title, when)
            yield Told(links=(link,))
        elif _is_row(part):
            yield Told(fields=tuple(_columns(document, part)))
        if _is_history(part):
            yield Told(history=tuple(_history(document, part)))


def _bug(document: Document, bug: Node) -> Told:
    return Told(
        fields=tuple(_fields(document, bug)),
        said=tuple(s for each in bug.at("comments").items() for s in _comment(document, each)),
        people=tuple(_people(bug)),
        links=tuple(_links(document, bug)),
    )


def _fields(document: Document, bug: Node) -> Iterator[Field]:
    for key, name in _FIELDS.items():
        if bug.at(key).value != "---":
            yield from document.field(name, key, bug.at(key))
    keywords = bug.at("keywords")
    yield from document.field("labels", "keywords", keywords, joined(keywords.items()))


def _columns(document: Document, row: Node) -> Iterator[Field]:
    for key, name in _COLUMNS.items():
        if row.at(key).value != "---":
            yield from document.field(name, key, row.at(key))


def _people(bug: Node) -> Iterator[tuple[Person, Role]]:
    for key, role in _PEOPLE:
        detail = bug.at(f"{key}_detail")
        node = detail if detail.members() else bug.at(key)
        if node.value and not bug.at(key).scalar().startswith("nobody"):
            yield person_of(node), role


def _comment(document: Document, comment: Node) -> Iterator[Said]:
    author = comment.at("creator") if has(comment, "creator") else comment.at("author")
    when = comment.at("creation_time") if has(comment, "creation_time") else comment.at("time")
    # Only those who belong to the product's own group write privately.
    role: Role = "engineer" if comment.at("is_private").value is True else "other"
    first = comment.at("count").value == 0
    text = comment.at("text")
    yield from document.says(person_of(author), "customer" if first else role, when, text)


def _history(document: Document, bug: Node) -> Iterator[StatusChange]:
    for entry in bug.at("history").items():
        by, when = entry.at("who").scalar(), entry.at("when")
        for change in entry.at("changes").items():
            if tracked := _TRACKED.get(change.at("field_name").scalar()):
                before, after = change.at("removed").scalar(), change.at("added").scalar()
                yield document.change(tracked, change, before, after, by, when)


def _links(document: Document, bug: Node) -> Iterator[Link]:
    for key, kind in _LINKS:
        for node in bug.at(key).items() or [bug.at(key)]:
            if node.scalar():
                yield document.link(kind, node, key)
    for file in bug.at("attachments").items():
        when = file.at("creation_time")
        yield document.link("attachment", file.at("file_name"), file.at("summary").scalar(), when)


PAYLOAD: Final = Payload("Bugzilla", _recognises, _read, "issue")
