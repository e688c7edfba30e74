"""ServiceNow: incidents, problems, changes, cases and knowledge, by its APIs or as an export."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from redaction.case import (
    Article,
    Event,
    Field,
    FieldName,
    Link,
    LinkKind,
    Role,
    StatusChange,
    Tracked,
)
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.markup import text_of_markup
from redaction.reading.payloads import servicenow_xml
from redaction.reading.payloads.payload import Document, Payload, Subject, Told, has
from redaction.reading.payloads.servicenow_words import (
    in_words,
    named,
    shown,
    stored,
    table_of,
)
from redaction.reading.people import Person, person_of
from redaction.reading.tickets import field_named
from redaction.text import mint

_FIELDS: Final[dict[str, FieldName]] = {
    "number": "id",
    "short_description": "title",
    "description": "description",
    "state": "status",
    "priority": "priority",
    "severity": "severity",
    "impact": "impact",
    "urgency": "urgency",
    "opened_at": "created",
    "sys_updated_on": "updated",
    "resolved_at": "resolved",
    "closed_at": "resolved",
    "cmdb_ci": "component",
    "business_service": "component",
    "product": "product",
    "assignment_group": "group",
    "location": "region",
    "close_code": "resolution",
    "resolution_code": "resolution",
    "close_notes": "resolution",
    "fix_notes": "resolution",
    "cause": "root_cause",
    "cause_notes": "root_cause",
    "probable_cause": "root_cause",
    "workaround": "workaround",
    "sys_tags": "labels",
    **dict.fromkeys(("category", "subcategory", "company", "account", "contact_type"), "other"),
    **dict.fromkeys(("business_impact", "hold_reason", "risk", "type", "justification"), "other"),
    **dict.fromkeys(("implementation_plan", "backout_plan", "test_plan", "approval"), "other"),
}
_TIMES: Final = frozenset(("opened_at", "sys_updated_on", "resolved_at", "closed_at"))
_PEOPLE: Final[tuple[tuple[str, Role | None], ...]] = (
    *(("assigned_to", "analyst"), ("resolved_by", "analyst"), ("caller_id", "customer")),
    *(("contact", "customer"), ("consumer", "customer"), ("requested_by", None)),
    *(("opened_by", None), ("closed_by", None)),
)
_LINKS: Final[dict[str, LinkKind]] = {
    **{"problem_id": "problem", "problem": "problem", "rfc": "change", "caused_by": "change"},
    **{"change": "change", "parent_incident": "incident", "parent": "related"},
    **{"first_reported_by_task": "incident", "duplicate_of": "duplicate", "kb": "article"},
}
# What a provider keeps beside a customer's ticket.
_SUBJECTS: Final[dict[str, Subject]] = {"problem": "issue", "change_request": "other"}
_TRACKED: Final[dict[str, Tracked]] = {
    **{"state": "status", "incident_state": "status", "problem_state": "status"},
    **{"priority": "priority", "severity": "severity", "assigned_to": "assignee"},
    "assignment_group": "group",
}
_JOURNALS: Final = ("comments", "work_notes", "additional_comments")
_JOURNAL_HEAD: Final = re.compile(
    r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) - (.+?)(?: \(([^()\n]+)\))?$", re.MULTILINE
)
_SYSTEM_ID: Final = re.compile(r"[0-9a-f]{32}|<HEX_ID_\d+>")
_TELLS: Final = ("number", "sys_id", "sys_created_on", "opened_at", "sys_class_name")


def _parts(document: Document) -> Iterator[Node]:
    """Yield records, journal entries and articles from whatever they are wrapped in."""
    if servicenow_xml.is_xml(document):
        yield from servicenow_xml.records(document)
        return
    for top in document.records():
        for key in ("result", "records"):
            inner = top.at(key)
            listed = inner.items() or inner.at("articles").items()
            yield from listed or ([_marked(inner)] if inner.members() else [])
        if not (has(top, "result") or has(top, "records")):
            yield top


def _marked(inner: Node) -> Node:
    """Return the one record below `result`, which needs no more than a title to be known."""
    return Node({"sys_id": Node("", inner.line), **inner.members()}, inner.line)


def _is_record(part: Node) -> bool:
    return has(part, "short_description") and any(key in part.members() for key in _TELLS)


def _is_found_article(part: Node) -> bool:
    return part.at("id").scalar().startswith("kb_knowledge") and has(part, "title")


def _is_entry(part: Node) -> bool:
    return has(part, "element", "value", "sys_created_on")


def _is_audit(part: Node) -> bool:
    return has(part, "fieldname", "newvalue", "sys_created_on")


def _is_file(part: Node) -> bool:
    return has(part, "file_name", "table_sys_id")


def _recognises(document: Document) -> bool:
    kinds = (_is_record, _is_found_article, _is_entry, _is_audit, _is_file)
    return any(kind(part) for part in islice(_parts(document), 20) for kind in kinds)


def _read(document: Document) -> Iterator[Told]:
    for part in _parts(document):
        if _is_record(part):
            articled = table_of(part).startswith("kb_") or has(part, "content")
            yield Told(articles=(_article(document, part),)) if articled else _task(document, part)
        elif _is_found_article(part):
            yield Told(articles=(_found(document, part),))
        elif _is_entry(part):
            yield Told(said=tuple(_entry(document, part)))
        elif _is_audit(part):
            yield Told(history=tuple(_audited(document, part)))
        elif _is_file(part):
            yield Told(links=(_file(document, part),))


def _task(document: Document, record: Node) -> Told:
    table = table_of(record)
    people = tuple(_people(record))
    openers = [each for each in people if each[1] != "analyst"]
    opener, role = openers[0] if openers else (person_of(None), None)
    said = [
        *document.says(
            opener,
            role or "other",
            _time(record, "opened_at", "sys_created_on"),
            record.at("description"),
            shown(record.at("description")),
        ),
        *_journals(document, record),
        *(s for entry in record.at("entries").items() for s in _entry(document, entry)),
    ]
    return Told(
        fields=tuple(_fields(document, record, table)),
        said=tuple(said),
        events=tuple(_work(document, record)) if table == "change_request" else (),
        people=people,
        links=tuple(_links(document, record, table)),
        subject=_SUBJECTS.get(table),
    )


def _fields(document: Document, record: Node, table: str) -> Iterator[Field]:
    for key, node in record.members().items():
        name = _FIELDS.get(key) or (field_named(key[2:]) if key.startswith("u_") else None)
        text = stored(node) if key in _TIMES else in_words(table, key, node)
        if name is None or _is_bare(node) or (key == "closed_at" and _told(record, "resolved_at")):
            continue
        if key == "severity" and stored(node)[:1] in ("3", ""):
            name = "other"  # 3 is what stands there when nobody judged
        seen = _visible(node) if has(node, "display_value") else node
        yield from document.field(name, key, seen, text)
    if not _told(record, "state"):
        for key in ("incident_state", "problem_state"):
            node = record.at(key)
            yield from document.field("status", key, node, in_words(table, key, node))
    if not _told(record, "opened_at"):
        yield from document.field("created", "sys_created_on", _time(record, "sys_created_on"))


def _told(record: Node, key: str) -> bool:
    return bool(shown(record.at(key)))


def _is_bare(node: Node) -> bool:
    """Tell a reference without a name: its number says nothing outside of its system."""
    bare = has(node, "link", "value") and not node.at("display_value").scalar()
    return bare or _SYSTEM_ID.fullmatch(shown(node)) is not None


def _time(record: Node, *keys: str) -> Node:
    """Return the first time that is set, as stored: in UTC, while people see their own zone."""
    for key in keys:
        node = record.at(key)
        if shown(node):
            return node.at("value") if node.at("value").scalar() else _visible(node)
    return Node(None, record.line)


def _visible(node: Node) -> Node:
    return node.at("display_value") if node.members() else node


def _person(node: Node) -> Node:
    return node if node.at("display_value").scalar() or not node.members() else node.at("value")


def _people(record: Node) -> Iterator[tuple[Person, Role | None]]:
    for key, role in _PEOPLE:
        if _told(record, key):
            yield person_of(_person(record.at(key))), role


def _journals(document: Document, record: Node) -> Iterator[Said]:
    both = record.at("comments_and_work_notes")
    journals = {"": both} if shown(both) else {key: record.at(key) for key in _JOURNALS}
    for key, node in journals.items():
        yield from _journal(document, node, "analyst" if key == "work_notes" else "other")


def _journal(document: Document, node: Node, writer: Role) -> Iterator[Said]:
    """Read a journal field: entries headed `2026-03-17 09:41:12 - Name (Work notes)`."""
    text = shown(node)
    heads = list(_JOURNAL_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=False):
        role: Role = "analyst" if "work" in (head[3] or "").lower() else writer
        who = person_of(Node(head[2], node.line))
        when = Node(head[1], node.line)
        yield from document.says(who, role, when, node, text[head.end() : end])
    if not heads:
        nobody, never = person_of(None), Node(None, node.line)
        yield from document.says(nobody, writer, never, node, text)


def _entry(document: Document, entry: Node) -> Iterator[Said]:
    kind = shown(entry.at("element"))
    role: Role = "analyst" if "work_notes" in kind else "other"
    author = entry.at("name") if has(entry, "login_name") else entry.at("sys_created_by")
    if kind in _JOURNALS:
        when = _time(entry, "sys_created_on")
        value = entry.at("value")
        yield from document.says(person_of(author), role, when, value, shown(value))


def _audited(document: Document, audit: Node) -> Iterator[StatusChange]:
    key, table = shown(audit.at("fieldname")), shown(audit.at("tablename"))
    if key in _TRACKED:
        before, after = (named(table, key, shown(audit.at(k))) for k in ("oldvalue", "newvalue"))
        by, when = shown(audit.at("user")), _time(audit, "sys_created_on")
        yield document.change(_TRACKED[key], audit.at("newvalue"), before, after, by, when)


def _work(document: Document, change: Node) -> Iterator[Event]:
    title = shown(change.at("short_description"))
    for key, told in (("work_start", "started"), ("work_end", "ended")):
        if _told(change, key):
            component = "" if _is_bare(change.at("cmdb_ci")) else shown(change.at("cmdb_ci"))
            when = _time(change, key)
            yield from document.event(when, when, "info", component, f"change {told}: {title}")


def _links(document: Document, record: Node, table: str) -> Iterator[Link]:
    for key, kind in _LINKS.items():
        if _told(record, key):
            node = record.at(key)
            yield document.link(kind, Node(shown(node), node.line), key)
    if table == "change_request":
        title = shown(record.at("short_description"))
        when = _time(record, "work_start", "start_date")
        number = record.at("number")
        yield document.link("change", Node(shown(number), number.line), title, when)


def _file(document: Document, file: Node) -> Link:
    name = file.at("file_name")
    return document.link(
        "attachment", Node(shown(name), name.line), when=_time(file, "sys_created_on")
    )


def _article(document: Document, record: Node) -> Article:
    body = next((t for key in ("text", "content", "wiki", "description") if
                 (t := shown(record.at(key)))), "")  # fmt: skip
    stamp = document.clock.whole(_time(record, "sys_updated_on").value)
    return Article(
        id=mint(shown(record.at("number"))),
        title=mint(shown(record.at("short_description")).strip()),
        text=mint(text_of_markup(body)),
        updated=stamp.utc if stamp else None,
        anchor=document.anchor(record),
    )


def _found(document: Document, found: Node) -> Article:
    return Article(
        id=mint(found.at("number").scalar()),
        title=mint(found.at("title").scalar().strip()),
        text=mint(text_of_markup(found.at("snippet").scalar())),
        updated=None,
        anchor=document.anchor(found),
    )


PAYLOAD: Final = Payload("ServiceNow", _recognises, _read)
