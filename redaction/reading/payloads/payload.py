"""What a payload reader gets and gives: a redacted document in, what each record tells out."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Literal, TypeAlias

from redaction.case import (
    Anchor,
    Article,
    Artifact,
    Event,
    Field,
    FieldName,
    Level,
    Link,
    LinkKind,
    Role,
    Sample,
    StatusChange,
    Tracked,
)
from redaction.intake.media import delimiter_of
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node, parse_json
from redaction.reading.levels import LEVEL_WORDS, level_of
from redaction.reading.people import Person
from redaction.reading.statuses import status_of
from redaction.reading.structured_logs import exception_in, read_record
from redaction.reading.templates import template_of
from redaction.reading.timestamps import Clock
from redaction.text import RedactedText, mint

Subject: TypeAlias = Literal["ticket", "issue", "alert", "other"]
_SAMPLE: Final = 20
_LEVEL_FIRST: Final = re.compile(rf"\W*({LEVEL_WORDS})\b")


@dataclass(frozen=True, slots=True)
class Document:
    """A redacted artifact as a reader sees it.

    `root` is the parsed content: of JSON the value, of JSON Lines a list of them, of a table a list
    of objects by column; it is empty for any other text. Lines count from 1.
    """

    artifact: str
    media_type: str
    text: RedactedText
    root: Node
    clock: Clock

    def records(self) -> list[Node]:
        """Return the items of a list, or the one value of any other document."""
        return self.root.items() or [self.root]

    def lines(self) -> Iterator[Node]:
        """Yield the lines of a text that is no data, each as a value that stands on its line."""
        for number, line in enumerate(self.text.split("\n"), 1):
            yield Node(line, number)

    def anchor(self, node: Node) -> Anchor:
        """Return the line on which a value starts."""
        return Anchor(self.artifact, node.line)

    def field(self, name: FieldName, key: str, node: Node, value: str = "") -> Iterator[Field]:
        """Yield the field that a value is, nothing when it is empty; `value` overrides its text."""
        text = (value or node.scalar()).strip()
        if text:
            yield Field(name, mint(key), mint(text), self.anchor(node))

    def change(
        self, field: Tracked, node: Node, before: str, after: str, by: str, when: Node
    ) -> StatusChange:
        """Return the change of a tracked field; `when` is the value of its time."""
        stamp = self.clock.whole(when.value)
        return StatusChange(
            utc=stamp.utc if stamp else None,
            field=field,
            status=status_of(after) if field == "status" else "other",
            before=mint(before.strip()),
            after=mint(after.strip()),
            by=mint(by),
            anchor=self.anchor(node),
        )

    def event(
        self, node: Node, when: Node, level: Level, component: str, text: str
    ) -> Iterator[Event]:
        """Yield the event that a value tells; nothing when it says nothing."""
        if not text.strip():
            return
        stamp = self.clock.whole(when.value)
        yield Event(
            utc=stamp.utc if stamp else None,
            raw_time=mint(when.scalar()),
            zone=stamp.zone if stamp else "none",
            level=level,
            component=mint(component.strip()),
            text=mint(text.strip()),
            template=mint(template_of(text.strip().split("\n", 1)[0])),
            exception=mint(exception_in(text)),
            lines=1,
            anchor=self.anchor(node),
        )

    def logged(
        self, records: Iterable[Node], members: Mapping[str, Node] | None = None
    ) -> Iterator[Event]:
        """Yield the log records among these values; `members` count where a record has none."""
        common = {key: node.plain() for key, node in (members or {}).items()}
        for record in records:
            plain = {key: node.plain() for key, node in record.members().items()}
            event = read_record({**common, **plain}, self.anchor(record), self.clock)
            if event is not None:
                stated = _LEVEL_FIRST.match(event.text) if event.level == "other" else None
                yield replace(event, level=level_of(stated[1])) if stated else event

    def says(
        self, person: Person, role: Role, when: Node, node: Node, text: str = ""
    ) -> Iterator[Said]:
        """Yield the message that a value is, nothing when it is empty; `text` overrides it.

        `role` holds when nobody knows the person's.
        """
        said = (text or node.scalar()).strip().replace("\r\n", "\n")
        if said:
            stamp = self.clock.whole(when.value)
            yield Said(person, role, stamp.utc if stamp else None, said, self.anchor(node))

    def link(self, kind: LinkKind, node: Node, title: str = "", when: Node | None = None) -> Link:
        """Return the link that a value names; `node` holds the reference."""
        stamp = self.clock.whole(when.value) if when else None
        return Link(
            kind,
            mint(node.scalar().strip()),
            mint(title.strip()),
            stamp.utc if stamp else None,
            self.anchor(node),
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What one record of a payload tells: a ticket, an alert, an article, a batch of log lines.

    `people` are those that a role is known of; everybody who said something is learned anyway.
    `subject` is what the record is, where it is not what the system's records are.
    """

    fields: tuple[Field, ...] = ()
    said: tuple[Said, ...] = ()
    events: tuple[Event, ...] = ()
    samples: tuple[Sample, ...] = ()
    people: tuple[tuple[Person, Role | None], ...] = ()
    history: tuple[StatusChange, ...] = ()
    links: tuple[Link, ...] = ()
    articles: tuple[Article, ...] = ()
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """A system whose payloads are read: how they are recognised, and what they tell.

    `recognises` sees a document with its first records only and must not take what belongs to
    another system; `read` sees it whole and yields one `Told` per record. `subject` is what its
    records are: title, status and severity of a case are those of its first ticket, of an issue of
    the developers where it has none, then of an alert, then of anything else.
    """

    system: str
    recognises: Callable[[Document], bool]
    read: Callable[[Document], Iterator[Told]]
    subject: Subject = "ticket"


def document_of(artifact: Artifact, clock: Clock) -> Document:
    """Return an artifact as a document, parsed whole."""
    return _document(artifact, clock, None)


def glimpse_of(artifact: Artifact, clock: Clock) -> Document:
    """Return an artifact as a document with its first records, which is enough to recognise it."""
    return _document(artifact, clock, _SAMPLE)


def _document(artifact: Artifact, clock: Clock, most: int | None) -> Document:
    root = Node(None, 1)
    match artifact.media_type:
        case "application/json":
            root = parse_json(artifact.text) or root
        case "application/x-ndjson":
            root = Node(list(islice(_json_lines(artifact.text), most)), 1)
        case "text/csv":
            root = Node(list(islice(_rows(artifact.text), most)), 1)
        case _:
            pass
    return Document(artifact.id, artifact.media_type, artifact.text, root, clock)


def _json_lines(text: str) -> Iterator[Node]:
    for number, line in enumerate(text.split("\n"), 1):
        node = parse_json(line) if line.strip() else None
        if node is not None:
            yield _moved(node, number - 1)


def _moved(node: Node, lines: int) -> Node:
    """Count the lines of a value from the start of the document."""
    value = node.value
    if isinstance(value, dict):
        value = {key: _moved(inner, lines) for key, inner in value.items()}
    elif isinstance(value, list):
        value = [_moved(inner, lines) for inner in value]
    return Node(value, node.line + lines)


def _rows(text: str) -> Iterator[Node]:
    """Yield the rows of a table as objects; of columns with one name the values are joined."""
    lines = text.splitlines(keepends=True)
    delimiter = delimiter_of(lines[0]) if lines else ""
    if not delimiter:
        return
    reader = csv.reader(lines, delimiter=delimiter)
    line = 1
    header: list[str] = []
    try:
        for row in reader:
            if header and row:
                yield Node(_members(header, row, line), line)
            header = header or [cell.strip() for cell in row]
            line = reader.line_num + 1
    except csv.Error:
        return  # what came before the broken row counts


def _members(header: list[str], row: list[str], line: int) -> dict[str, Node]:
    cells: dict[str, str] = {}
    for name, cell in zip(header, row, strict=False):
        if cell.strip():
            cells[name] = f"{cells[name]}, {cell}" if name in cells else cell
        else:
            cells.setdefault(name, "")
    return {name: Node(cell, line) for name, cell in cells.items()}


def embedded(node: Node) -> Node:
    """Return the document that a string holds as JSON, as AWS and others nest it; else nothing.

    Everything in it stands on the line of the string.
    """
    text = node.scalar().strip()
    inner = parse_json(text) if text[:1] in ("{", "[") else None
    return _flattened(inner, node.line) if inner else Node(None, node.line)


def _flattened(node: Node, line: int) -> Node:
    value = node.value
    if isinstance(value, dict):
        value = {key: _flattened(inner, line) for key, inner in value.items()}
    elif isinstance(value, list):
        value = [_flattened(inner, line) for inner in value]
    return Node(value, line)


def has(node: Node, *paths: str) -> bool:
    """Tell whether an object has every one of these dotted paths."""
    return all(node.at(*path.split(".")).value is not None for path in paths)


def shown(node: Node) -> str:
    """Return a value as one text: a scalar, or JSON on one line."""
    return node.scalar() or (json.dumps(node.plain(), ensure_ascii=False) if node.value else "")


def joined(nodes: Iterable[Node]) -> str:
    """Return the scalars of several values, comma-separated."""
    return ", ".join(text for node in nodes if (text := node.scalar().strip()))
