"""Kubernetes: events as JSON or as kubectl prints them, and the text of `kubectl describe`."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Field, Level
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has

_TABLE: Final = re.compile(
    r"^\s*(?:NAMESPACE\s+)?LAST SEEN\s+TYPE\s+REASON\s+OBJECT\s+MESSAGE", re.MULTILINE
)
_DESCRIBED: Final = re.compile(
    r"\A\s*Name:\s+\S+\n(?:.*\n){0,40}?(?:Namespace|Labels):", re.MULTILINE
)
_EVENTS: Final = re.compile(r"^Events:\s*$|^\s+Type\s+Reason\s+Age\s+From\s+Message")
_ROW: Final = re.compile(
    r"\s+(?P<type>Normal|Warning)\s+(?P<reason>\S+)\s+(?P<age>\S+(?: \(x\d+ over [^)]+\))?)\s+"
    r"(?P<from>\S+)\s+(?P<message>.+)"
)
_FIELD: Final = re.compile(
    r"^\s*(Name|Image|State|Reason|Exit Code|Last State|Restart Count|Ready):\s+(.+)"
)
_LEVELS: Final[dict[str, Level]] = {"Warning": "warning", "Normal": "info"}


def _records(document: Document) -> list[Node]:
    nodes = [item for top in document.records() for item in top.at("items").items() or [top]]
    return [each for each in nodes if each.at("kind").value == "Event" and has(each, "reason")]


def _recognises(document: Document) -> bool:
    head = document.text[:20_000]
    return (
        bool(_records(document))
        or _TABLE.search(head) is not None
        or _DESCRIBED.match(head) is not None
    )


def _read(document: Document) -> Iterator[Told]:
    if records := _records(document):
        yield Told(events=tuple(e for each in records for e in _event(document, each)))
    elif _TABLE.search(document.text[:20_000]):
        yield Told(events=tuple(_table(document)))
    elif not document.root.value:
        yield _described(document)


def _event(document: Document, record: Node) -> Iterator[Event]:
    target = (
        record.at("involvedObject") if has(record, "involvedObject") else record.at("regarding")
    )
    times = (record.at(key) for key in ("lastTimestamp", "eventTime", "firstTimestamp"))
    when = next(
        (node for node in times if node.scalar()), record.at("metadata", "creationTimestamp")
    )
    message = record.at("message") if has(record, "message") else record.at("note")
    about = f"{target.at('kind').scalar()} {target.at('name').scalar()}".strip()
    count = record.at("count").scalar()
    often = f" (x{count})" if count not in ("", "1") else ""
    text = f"{record.at('reason').scalar()} {about}: {message.scalar()}{often}"
    level = _LEVELS.get(record.at("type").scalar(), "other")
    yield from document.event(record, when, level, target.at("name").scalar(), text)


def _table(document: Document) -> Iterator[Event]:
    """Read the table of `kubectl get events`; its ages are no times."""
    for line in document.lines():
        cells = re.split(r"\s{2,}", line.scalar().strip())
        kind = next((at for at, cell in enumerate(cells) if cell in _LEVELS), None)
        if kind is not None and len(cells) >= kind + 4:
            reason, target, message = cells[kind + 1], cells[kind + 2], " ".join(cells[kind + 3 :])
            age = Node(cells[kind - 1] if kind else "", line.line)
            told = f"{reason} {target}: {message}"
            yield from document.event(
                line, Node(None, age.line), _LEVELS[cells[kind]], target, told
            )


def _described(document: Document) -> Told:
    fields: list[Field] = []
    events: list[Event] = []
    name, in_events = "", False
    for line in document.lines():
        text = line.scalar()
        in_events = in_events or _EVENTS.match(text) is not None
        row = _ROW.match(text) if in_events else None
        found = _FIELD.match(text)
        if row is not None:
            level = _LEVELS[row["type"]]
            told = f"{row['reason']}: {row['message'].strip()} ({row['age']} ago)"
            events += document.event(line, Node(None, line.line), level, name, told)
        elif found is not None and not in_events:
            name = name or found[2].strip()
            fields += document.field("other", f"kubernetes.{found[1].lower()}", line, found[2])
    return Told(fields=tuple(fields), events=tuple(events))


PAYLOAD: Final = Payload("Kubernetes", _recognises, _read, "other")
