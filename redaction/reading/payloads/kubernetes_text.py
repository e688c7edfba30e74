"""Reads what kubectl prints: tables of events and of pods, and the description of any object."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Field, Level
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Told

LEVELS: Final[dict[str, Level]] = {"Warning": "warning", "Normal": "info"}
_EVENT_TABLE: Final = re.compile(
    r"^ *(?:NAMESPACE +)?LAST SEEN +TYPE +REASON +OBJECT +.*MESSAGE", re.MULTILINE
)
_POD_TABLE: Final = re.compile(
    r"^ *(?:NAMESPACE +)?NAME +READY +STATUS +RESTARTS +AGE", re.MULTILINE
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
    r"^\s*(Name|Image|State|Reason|Exit Code|Last State|Restart Count|Ready|Status|Replicas|Taints"
    r"|StorageClass|Capacity|Node|Kubelet Version|Started|Finished):\s+(\S.*)"
)
_CONDITIONS: Final = re.compile(r"^Conditions:\s*$")
# Conditions that are bad news when they hold; of the others (Ready, Available) the opposite.
_BAD: Final = re.compile(r".*(?:Pressure|Unavailable|Failure|Failed|Problem|Deadlock)$")
_FINE: Final = frozenset(("Running", "Completed", "Succeeded"))


def recognises(text: str) -> bool:
    """Tell what kubectl prints by its headings."""
    return any(
        found is not None
        for found in (_EVENT_TABLE.search(text), _POD_TABLE.search(text), _DESCRIBED.match(text))
    )


def read(document: Document) -> Iterator[Told]:
    """Yield what a table or a description tells."""
    head = document.text[:20_000]
    if _EVENT_TABLE.search(head):
        yield Told(events=tuple(_events(document)))
    elif _POD_TABLE.search(head):
        yield Told(events=tuple(_pods(document)))
    else:
        yield _described(document)


def _events(document: Document) -> Iterator[Event]:
    """Read the table of `kubectl get events`; its ages are no times."""
    names: list[str] = []
    for line in document.lines():
        cells = re.split(r"\s{2,}", line.scalar().strip())
        if "REASON" in cells and "MESSAGE" in cells:
            names = cells
            continue
        kind = next((at for at, cell in enumerate(cells) if cell in LEVELS), None)
        if kind is None or len(cells) < kind + 4:
            continue
        reason, target = cells[kind + 1], cells[kind + 2]
        # The wide table puts more behind the object, and behind the message.
        behind = len(names) - 1 - names.index("MESSAGE") if "MESSAGE" in names else 0
        message = " ".join(cells[kind + 3 :])
        if behind and len(cells) > behind + kind + 3:
            message = cells[-1 - behind]
        told = f"{reason} {target}: {message}"
        nowhen = Node(None, line.line)
        yield from document.event(line, nowhen, LEVELS[cells[kind]], target, told)


def _pods(document: Document) -> Iterator[Event]:
    """Read the table of `kubectl get pods`; one that is not ready, or restarts, is a warning."""
    names: list[str] = []
    for line in document.lines():
        cells = re.split(r"\s{2,}", line.scalar().strip())
        if "READY" in cells and "STATUS" in cells:
            names = cells
        elif names and len(cells) == len(names):
            row = dict(zip(names, cells, strict=True))
            ready, _, wanted = row["READY"].partition("/")
            state = row["STATUS"]
            fine = state in _FINE and (ready == wanted or state != "Running")
            told = f"pod {row['NAME']}: {state}, {row['READY']} ready, {row['RESTARTS']} restarts"
            nowhen = Node(None, line.line)
            yield from document.event(
                line, nowhen, "info" if fine else "warning", row["NAME"], told
            )


def _described(document: Document) -> Told:
    fields: list[Field] = []
    events: list[Event] = []
    name, part = "", ""
    for line in document.lines():
        text = line.scalar()
        if _EVENTS.match(text):
            part = "events"
        elif _CONDITIONS.match(text):
            part = "conditions"
        elif part == "conditions" and text[:1].strip():
            part = ""
        row = _ROW.match(text) if part == "events" else None
        found = _FIELD.match(text) if part == "" else None
        if row is not None:
            told = f"{row['reason']}: {row['message'].strip()} ({row['age']} ago)"
            nowhen = Node(None, line.line)
            events += document.event(line, nowhen, LEVELS[row["type"]], name, told)
        elif part == "conditions":
            events += _condition(document, line, name)
        elif found is not None:
            name = name or found[2].strip()
            fields += document.field("other", f"kubernetes.{found[1].lower()}", line, found[2])
    return Told(fields=tuple(fields), events=tuple(events))


def _condition(document: Document, line: Node, name: str) -> Iterator[Event]:
    """Yield a condition that is bad news, at the time of its last change where that is printed."""
    cells = re.split(r"\s{2,}", line.scalar().strip())
    if len(cells) < 2 or cells[1] not in ("True", "False", "Unknown"):
        return
    if (cells[1] == "True") is not (_BAD.match(cells[0]) is not None):
        return  # as it should be
    times = [cell for cell in cells[2:] if document.clock.whole(cell) is not None]
    rest = " ".join(cell for cell in cells[2:] if cell not in times)
    told = f"condition {cells[0]} is {cells[1]}: {rest}".rstrip(": ")
    when = Node(times[-1] if times else None, line.line)
    yield from document.event(line, when, "warning", name, told)
