"""Reads Jira's CSV export: a column per field, repeated for each component, comment and file."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Field, FieldName, Link, Role
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Told
from redaction.reading.people import Person, person_of
from redaction.reading.tickets import field_named

_FIELDS: Final[dict[str, FieldName]] = {
    "Issue key": "id",
    "Summary": "title",
    "Description": "description",
    "Status": "status",
    "Priority": "priority",
    "Resolution": "resolution",
    "Created": "created",
    "Updated": "updated",
    "Resolved": "resolved",
    "Project name": "product",
    "Component/s": "component",
    "Components": "component",
    "Affects Version/s": "version",
    "Affects versions": "version",
    "Environment": "environment",
    "Labels": "labels",
    "Issue Type": "other",
    "Fix Version/s": "other",
    "Fix versions": "other",
}
_PEOPLE: Final[tuple[tuple[str, Role], ...]] = (("Assignee", "analyst"), ("Reporter", "customer"))
_CUSTOM: Final = re.compile(r"Custom field \((.+)\)")
_LINK: Final = re.compile(r"(?:Inward|Outward) issue link \((.+)\)")
# A cell of a comment or file is `time;author;text`; cells of one name come joined by commas.
_TIMED: Final = re.compile(
    r"(?:^|, )(\d{1,2}/[^\W\d]{3,9}/\d{2,4} \d{1,2}:\d\d(?: ?[AP]M)?"
    r"|\d{4}-\d\d-\d\d[T ][\d:.+Z-]{4,20});([^;\n]{0,200});"
)


def is_table(document: Document) -> bool:
    """Tell Jira's CSV export by its columns."""
    first = next(iter(document.records()), document.root).members()
    return (
        document.media_type == "text/csv"
        and "Summary" in first
        and bool(first.keys() & {"Issue key", "Issue id"})
    )


def read(document: Document) -> Iterator[Told]:
    """Yield what each row tells."""
    for row in document.records():
        people: list[tuple[Person, Role]] = [
            (person_of(row.at(key)), role) for key, role in _PEOPLE if row.at(key).scalar()
        ]
        reporter = next((person for person, role in people if role == "customer"), person_of(None))
        yield Told(
            fields=tuple(_fields(document, row)),
            said=tuple(_said(document, row, reporter)),
            people=tuple(people),
            links=tuple(_links(document, row)),
        )


def _fields(document: Document, row: Node) -> Iterator[Field]:
    if not row.at("Issue key").scalar():
        yield from document.field("id", "Issue id", row.at("Issue id"))
    for key, name in _FIELDS.items():
        yield from document.field(name, key, row.at(key))
    for key, node in row.members().items():
        if custom := _CUSTOM.fullmatch(key):
            yield from document.field(field_named(custom[1]), custom[1], node)


def _said(document: Document, row: Node, reporter: Person) -> Iterator[Said]:
    yield from document.says(reporter, "customer", row.at("Created"), row.at("Description"))
    for when, author, text in _timed(row.at("Comment").scalar()):
        node = row.at("Comment")
        who = person_of(Node(author, node.line))
        yield from document.says(who, "other", Node(when, node.line), node, text)


def _timed(cell: str) -> Iterator[tuple[str, str, str]]:
    heads = list(_TIMED.finditer(cell))
    ends = [*(head.start() for head in heads[1:]), len(cell)]
    for head, end in zip(heads, ends, strict=False):
        yield head[1], head[2], cell[head.end() : end]


def _links(document: Document, row: Node) -> Iterator[Link]:
    for key, node in row.members().items():
        if link := _LINK.fullmatch(key):
            kind = "duplicate" if "duplic" in link[1].lower() else "related"
            for ref in node.scalar().split(", "):
                if ref.strip():
                    yield document.link(kind, Node(ref, node.line), link[1])
    for when, _, rest in _timed(row.at("Attachment").scalar()):
        line = row.at("Attachment").line
        name = rest.partition(";")[0]
        yield document.link("attachment", Node(name, line), when=Node(when, line))
