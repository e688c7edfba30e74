"""Azure Monitor: results of a query, activity and resource logs, alerts in the common schema."""

from collections.abc import Iterator, Mapping
from typing import Final

from redaction.case import Event, FieldName, Level
from redaction.reading.jsontree import Node
from redaction.reading.levels import level_of
from redaction.reading.payloads.payload import Document, Payload, Told, embedded, has

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


def _rows(document: Document) -> list[Node]:
    """Return rows that the command line lists as objects, or the portal exports as a table."""
    if document.media_type == "text/csv":
        rows = [_unzoned(row) for row in document.records()]
    else:
        rows = document.records()
    return [row for row in rows if has(row, "TimeGenerated") and len(row.members()) > 1]


def _unzoned(row: Node) -> Node:
    """Take the zone out of the columns' names, and put it behind the times."""
    members: dict[str, Node] = {}
    for name, cell in row.members().items():
        bare = name.removesuffix(" [UTC]")
        shown = f"{cell.scalar()} UTC" if bare != name and cell.scalar() else cell.scalar()
        members[bare] = Node(shown, cell.line)
    return Node(members, row.line)


def _activities(document: Document) -> list[Node]:
    found = [each for top in document.records() for each in top.at("value").items() or [top]]
    return [each for each in found if has(each, "eventTimestamp", "operationName")]


def _resource_logs(document: Document) -> list[Node]:
    found = [each for top in document.records() for each in top.at("records").items() or [top]]
    return [each for each in found if has(each, "time", "resourceId", "category")]


def _essentials(top: Node) -> Node:
    return top.at("data", "essentials")


def _recognises(document: Document) -> bool:
    if _rows(document) or _activities(document) or _resource_logs(document):
        return True
    return any(
        _tables(top) or has(_essentials(top), "alertRule", "monitorCondition")
        for top in document.records()
    )


def _read(document: Document) -> Iterator[Told]:
    if rows := _rows(document):
        records = [_known(row.members(), row.line) for row in rows]
        yield Told(events=tuple(document.logged(records)))
    for each in _activities(document):
        yield Told(events=tuple(_activity(document, each)))
    if logs := _resource_logs(document):
        yield Told(events=tuple(document.logged([_resource_log(each) for each in logs])))
    for top in document.records():
        for table in _tables(top):
            rows = (_record(table, row) for row in table.at("rows").items())
            yield Told(events=tuple(document.logged(rows)))
        if has(_essentials(top), "alertRule"):
            yield _alert(document, _essentials(top))


def _record(table: Node, row: Node) -> Node:
    names = (column.at("name").scalar() for column in table.at("columns").items())
    return _known(dict(zip(names, row.items(), strict=False)), row.line)


def _known(cells: Mapping[str, Node], line: int) -> Node:
    members: dict[str, Node] = {}
    for name, cell in cells.items():
        known = _NAMES.get(name.lower(), name)
        if cell.scalar():
            members.setdefault(known, _named(cell) if name == "SeverityLevel" else cell)
    return Node(members, line)


def _activity(document: Document, told: Node) -> Iterator[Event]:
    """Yield what somebody did to a resource: a change that may explain an incident."""
    shown = [_label(told.at(key)) for key in ("operationName", "status", "subStatus")]
    target = told.at("resourceId").scalar().rpartition("/")[2]
    text = f"{shown[0]} {target}: {' '.join(part for part in shown[1:] if part)}".rstrip(": ")
    said = told.at("description").scalar()
    level = level_of(told.at("level").scalar())
    when = told.at("eventTimestamp")
    yield from document.event(told, when, level, target, f"{text}\n{said}" if said else text)


def _label(node: Node) -> str:
    return node.at("localizedValue").scalar() or node.at("value").scalar() or node.scalar()


def _resource_log(told: Node) -> Node:
    """Bring a resource's own log into the shape of a log record."""
    own = told.at("properties")
    inner = {
        key.lower(): node
        for key, node in (embedded(own) if own.scalar() else own).members().items()
    }
    named = {
        "message": ("message", "resultdescription", "msg", "log"),
        "status": ("scstatus", "httpstatus", "statuscode"),
        "method": ("csmethod", "httpmethod", "requestmethod"),
        "path": ("csuristem", "requesturi"),
    }
    found = {
        name: node
        for name, keys in named.items()
        if (node := next((inner[key] for key in keys if key in inner), None)) is not None
    }
    if has(told, "resultDescription"):
        found["message"] = told.at("resultDescription")
    if not found:
        found["message"] = told.at("operationName")
    kept = {key: told.at(key) for key in ("time", "level", "category") if has(told, key)}
    return Node({**kept, **found}, told.line)


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
