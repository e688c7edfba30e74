"""Reads the page of a bug, as intake's text of the HTML: labels with values, then comments."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Field, FieldName, Link, Role
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Told
from redaction.reading.people import Person, person_of

_LABEL: Final = re.compile(r"\s*([A-Z][\w /()?-]{1,40}):([ \t]*)(.*)")
_NEEDED: Final = frozenset(("Status", "Product", "Component", "Reported"))
_FIELDS: Final[dict[str, FieldName]] = {
    **{"Summary": "title", "Product": "product", "Component": "component", "Version": "version"},
    **{"Severity": "severity", "Priority": "priority", "Keywords": "labels", "Tags": "labels"},
    **{"Hardware": "other", "Platform": "other", "OS": "os", "Target Milestone": "other"},
}
_TIMES: Final[dict[str, FieldName]] = {"Reported": "created", "Modified": "updated"}
_KNOWN: Final = frozenset((*_NEEDED, *_FIELDS, *_TIMES, "Importance", "Assignee", "Assigned To"))
_EMPTY: Final = frozenset(("---", "None", "()", ""))
_BUG: Final = re.compile(r"(?im)^(?:.{0,40}Bugzilla.{0,5})?\bBug\s*#?(\d+|<[A-Z_]+_\d+>)")
_ORIGINAL: Final = re.compile(r"\bDUPLICATE\s+of\s+bug\s+(\S+)")
_STAMPED: Final = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?(?: [A-Z]{2,5})?)(?: by (.+))?")
_COMMENT: Final = re.compile(
    r"^[ \t]*(?:Description|Comment \d+)\b[^\n]{0,40}\n\s*(\S[^\n]{0,200})\n"
    r"\s*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: [A-Z]{2,5})?)[ \t]*$",
    re.MULTILINE,
)
_FOOT: Final = re.compile(
    r"^\s*(?:Note\s*$|You need to\s+log in\b|Format For Printing)", re.MULTILINE
)
_HEAD: Final = 40_000


def is_page(document: Document) -> bool:
    """Tell the page of a bug by its title and the labels that every bug has."""
    if document.media_type != "text/html" or "Bug" not in document.text[:500]:
        return False
    return set(_values(document.text[:_HEAD])) >= _NEEDED


def read(document: Document) -> Told:
    """Return what the page tells."""
    values = _values(document.text)
    people: list[tuple[Person, Role]] = []
    assignee = values.get("Assignee") or values.get("Assigned To")
    if assignee and not assignee.scalar().startswith("Nobody"):
        people.append((person_of(_one(assignee)), "engineer"))
    if reported := _STAMPED.match(_one(values["Reported"]).scalar()):
        people.append((person_of(Node(reported[2] or "", values["Reported"].line)), "customer"))
    return Told(
        fields=tuple(_fields(document, values)),
        said=tuple(_said(document)),
        people=tuple(each for each in people if each[0].name),
        links=tuple(_links(document, values["Status"])),
    )


def _values(text: str) -> dict[str, Node]:
    """Return each label's first value with its lines: beside the label, else below it."""
    found: dict[str, Node] = {}
    label, start, taken, before = "", 0, list[str](), ""
    for number, line in enumerate(text.split("\n"), 1):
        if before in _KNOWN and line.lstrip()[:1] == ":":  # a label that is an element of its own
            taken = taken[:-1] if taken[-1:] == [before] else taken
            line = f"{before}{line.lstrip()}"
        before = line.strip() or before
        match = _labelled(line)
        if match is None and label and line.strip():
            start = start or number
            taken.append(line.strip())
            continue
        if label and (taken or match):
            found.setdefault(label, Node("\n".join(taken), start or number))
            label = ""
        if match is not None:
            label, taken = match[1], [match[3].strip()] if match[3].strip() else []
            start = number if taken else 0
    return found


def _labelled(line: str) -> re.Match[str] | None:
    """Return a label, with its value where it stands in the next cell or is a known label's."""
    match = _LABEL.fullmatch(line)
    if match and (not match[3].strip() or "\t" in match[2] or match[1] in _KNOWN):
        return match
    return None


def _one(node: Node) -> Node:
    return Node(node.scalar().partition("\n")[0], node.line)


def _fields(document: Document, values: dict[str, Node]) -> Iterator[Field]:
    if bug := _BUG.search(document.text[:_HEAD]):
        line = document.text.count("\n", 0, bug.start(1)) + 1
        yield from document.field("id", "Bug", Node(bug[1], line))
    status, _, resolution = values["Status"].scalar().replace("\n", " ").partition(" ")
    line = values["Status"].line
    yield from document.field("status", "Status", Node(status, line))
    yield from document.field("resolution", "Status", Node(resolution, line))
    for label, name in _FIELDS.items():
        node = values.get(label)
        if node is not None and _one(node).scalar() not in _EMPTY:
            yield from document.field(name, label, node if name == "other" else _one(node))
    yield from _ranked(document, values)
    for label, name in _TIMES.items():
        stamped = _STAMPED.match(values[label].scalar()) if label in values else None
        if stamped:
            yield from document.field(name, label, Node(stamped[1], values[label].line))


def _links(document: Document, status: Node) -> Iterator[Link]:
    if original := _ORIGINAL.search(status.scalar()):
        yield document.link("duplicate", Node(original[1], status.line))


def _ranked(document: Document, values: dict[str, Node]) -> Iterator[Field]:
    """Yield priority and severity, which stand together as the importance."""
    node = values.get("Importance")
    if node is not None:
        priority, severity, *_ = [*node.scalar().split(), "", ""]
        yield from document.field("priority", "Importance", Node(priority, node.line))
        yield from document.field("severity", "Importance", Node(severity, node.line))


def _said(document: Document) -> Iterator[Said]:
    text = document.text
    heads = list(_COMMENT.finditer(text))
    last = _FOOT.search(text, heads[-1].end()) if heads else None
    ends = [*(head.start() for head in heads[1:]), last.start() if last else len(text)]
    for number, (head, end) in enumerate(zip(heads, ends, strict=False)):
        body = text[head.end() : end]
        blank = len(body) - len(body.lstrip())
        line = text.count("\n", 0, head.end() + blank) + 1
        who, when = person_of(Node(head[1].strip(), line)), Node(head[2], line)
        role: Role = "other" if number else "customer"
        yield from document.says(who, role, when, Node(body, line))
