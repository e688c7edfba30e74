"""AWS: CloudWatch Logs events and queries, CloudWatch alarms, and what SNS wraps around them."""

from collections.abc import Iterator
from typing import Final

from redaction.case import FieldName, Level
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, embedded, has

_ALARM: Final[dict[str, FieldName]] = {
    "AlarmName": "title",
    "AlarmDescription": "description",
    "NewStateValue": "status",
    "StateChangeTime": "created",
    "Region": "region",
}
_LEVELS: Final[dict[str, Level]] = {"ALARM": "error", "OK": "info", "INSUFFICIENT_DATA": "warning"}


def _notices(top: Node) -> list[Node]:
    """Return SNS notices: of a Lambda event, or one alone as an HTTP subscriber gets it."""
    notices = [record.at("Sns") for record in top.at("Records").items()]
    notices += [top] if has(top, "TopicArn", "Message") else []
    return [notice for notice in notices if has(notice, "Message")]


def _alarm(notice: Node) -> Node:
    inner = embedded(notice.at("Message"))
    return inner if has(inner, "AlarmName", "NewStateValue") else Node(None, notice.line)


def _log_groups(top: Node) -> list[Node]:
    return [top] if top.at("logEvents").items() and has(top, "logGroup") else []


def _results(top: Node) -> list[Node]:
    """Return the rows of a Logs Insights answer, whose cells are `{field, value}`."""
    return [
        row for row in top.at("results").items() if row.items() and has(row.items()[0], "field")
    ]


def _recognises(document: Document) -> bool:
    return any(
        _notices(top)
        or _log_groups(top)
        or _results(top)
        or has(top, "AlarmName", "NewStateValue")
        or has(top, "awslogs.data")
        or (top.at("events").items() and has(top.at("events").items()[0], "ingestionTime"))
        for top in document.records()
    )


def _read(document: Document) -> Iterator[Told]:
    for top in document.records():
        for notice in _notices(top):
            alarm = _alarm(notice)
            yield _alarmed(document, alarm) if alarm.value else _notice(document, notice)
        if has(top, "AlarmName", "NewStateValue"):
            yield _alarmed(document, top)
        for group in _log_groups(top):
            component = {"component": group.at("logGroup")}
            yield Told(events=tuple(document.logged(group.at("logEvents").items(), component)))
        if has(top, "nextForwardToken") or not top.at("logEvents").items():
            yield Told(events=tuple(document.logged(top.at("events").items())))
        rows = (Node(_cells(row), row.line) for row in _results(top))
        yield Told(events=tuple(document.logged(rows)))


def _cells(row: Node) -> dict[str, Node]:
    return {cell.at("field").scalar().lstrip("@"): cell.at("value") for cell in row.items()}


def _notice(document: Document, notice: Node) -> Told:
    subject, message = notice.at("Subject"), notice.at("Message")
    title = subject if subject.scalar() else message
    fields = (
        *document.field("title", "Subject", subject),
        *document.field("description", "Message", message),
    )
    events = document.event(title, notice.at("Timestamp"), "info", "", title.scalar())
    return Told(fields=fields, events=tuple(events))


def _alarmed(document: Document, alarm: Node) -> Told:
    fields = [
        field for key, name in _ALARM.items() for field in document.field(name, key, alarm.at(key))
    ]
    trigger = alarm.at("Trigger")
    fields += document.field("component", "Trigger.Namespace", trigger.at("Namespace"))
    state, when = alarm.at("NewStateValue"), alarm.at("StateChangeTime")
    before = alarm.at("OldStateValue").scalar()
    told = f"{alarm.at('AlarmName').scalar()}: {alarm.at('NewStateReason').scalar()}"
    level = _LEVELS.get(state.scalar(), "other")
    component = trigger.at("Namespace").scalar()
    return Told(
        fields=tuple(fields),
        events=tuple(document.event(state, when, level, component, f"[{state.scalar()}] {told}")),
        history=(document.change("status", state, before, state.scalar(), "", when),),
    )


PAYLOAD: Final = Payload("AWS", _recognises, _read, "alert")
