"""Azure Monitor: the tables of a query, and alerts in the common schema."""

from collections.abc import Iterator
from typing import Final

from redaction.case import FieldName, Level
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has

_NAMES: Final = {
    "timegenerated": "timestamp",
    "severitylevel": "level",
    "loglevel": "level",
    "level": "level",
    "message": "message",
    "logmessage": "message",
    "outermessage": "message",
    "logentry": "message",
    "resultdescription": "message",
    "approlename": "component",
    "containername": "component",
    "computer": "host",
    "problemid": "exception",
}
_SEVERITY: Final[dict[str, str]] = {
    "0": "debug",
    "1": "info",
    "2": "warning",
    "3": "error",
    "4": "fatal",
}
_ESSENTIALS: Final[dict[str, FieldName]] = {
    "alertRule": "title",
    "description": "description",
    "severity": "severity",
    "monitorCondition": "status",
    "firedDateTime": "created",
    "resolvedDateTime": "resolved",
    "originAlertId": "id",
    "monitoringService": "component",
}


def _tables(top: Node) -> list[Node]:
    return [
        t for t in top.at("tables").items() if t.at("columns").items() and "rows" in t.members()
    ]


def _essentials(top: Node) -> Node:
    return top.at("data", "essentials")


def _recognises(document: Document) -> bool:
    return any(
        _tables(top) or has(_essentials(top), "alertRule", "monitorCondition")
        for top in document.records()
    )


def _read(document: Document) -> Iterator[Told]:
    for top in document.records():
        for table in _tables(top):
            rows = (_record(table, row) for row in table.at("rows").items())
            yield Told(events=tuple(document.logged(rows)))
        if has(_essentials(top), "alertRule"):
            yield _alert(document, _essentials(top))


def _record(table: Node, row: Node) -> Node:
    names = (column.at("name").scalar() for column in table.at("columns").items())
    members: dict[str, Node] = {}
    for name, cell in zip(names, row.items(), strict=False):
        known = _NAMES.get(name.lower(), name)
        if cell.scalar():
            members.setdefault(known, _named(cell) if name == "SeverityLevel" else cell)
    return Node(members, row.line)


def _named(cell: Node) -> Node:
    """Say what a severity number of Application Insights means; syslog counts the other way."""
    return Node(_SEVERITY.get(cell.scalar(), cell.scalar()), cell.line)


def _alert(document: Document, told: Node) -> Told:
    fields = [
        field
        for key, name in _ESSENTIALS.items()
        for field in document.field(name, key, told.at(key))
    ]
    state = told.at("monitorCondition")
    over = state.scalar() == "Resolved"
    when = told.at("resolvedDateTime") if over else told.at("firedDateTime")
    level: Level = "info" if over else "error"
    component = told.at("monitoringService").scalar()
    text = f"[{state.scalar()}] {told.at('alertRule').scalar()}"
    events = document.event(told.at("alertRule"), when, level, component, text)
    return Told(fields=tuple(fields), events=tuple(events))


PAYLOAD: Final = Payload("Azure", _recognises, _read, "alert")
