"""Alertmanager and Grafana alerting: the webhook with its group of alerts, the API's list."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Field, FieldName, Level
from redaction.reading.jsontree import Node
from redaction.reading.levels import level_of
from redaction.reading.payloads.payload import Document, Payload, Told, has

# Alertmanager's word for "never": the zero time of the Go language.
_NEVER: Final = "0001-01-01"
_LABELS: Final[dict[str, FieldName]] = {
    "severity": "severity",
    "priority": "priority",
    "region": "region",
    "environment": "environment",
    "env": "environment",
    "cluster": "environment",
    "tenant_tier": "tier",
    "tier": "tier",
    "product": "product",
    "service": "component",
    "app": "component",
    "job": "component",
    "version": "version",
    "team": "group",
}
_GRAVE: Final = ("severity", "priority", "group")
_COMPONENTS: Final = ("service", "app", "job", "component", "deployment", "container")


def _recognises(document: Document) -> bool:
    return any(
        bool(top.at("alerts").items())
        and all(has(alert, "labels", "startsAt") for alert in top.at("alerts").items())
        for top in _groups(document)
    )


def _groups(document: Document) -> list[Node]:
    """Return the groups of webhooks; a list of alerts, as the API answers it, is one group."""
    records = document.records()
    if records and all(_is_listed(each) for each in records):
        return [Node({"alerts": Node(records, records[0].line)}, records[0].line)]
    return records


def _is_listed(alert: Node) -> bool:
    return has(alert, "fingerprint", "startsAt", "labels", "status.state")


def _read(document: Document) -> Iterator[Told]:
    for group in _groups(document):
        alerts = group.at("alerts").items()
        events = tuple(each for alert in alerts for each in _events(document, alert))
        yield Told(fields=tuple(_fields(document, group, alerts)), events=events)


def _fields(document: Document, group: Node, alerts: list[Node]) -> Iterator[Field]:
    first = alerts[0] if alerts else group
    name = next(
        (
            labels.at("alertname")
            for labels in (group.at("commonLabels"), first.at("labels"))
            if has(labels, "alertname")
        ),
        Node(None, group.line),
    )
    title = _said(group.at("commonAnnotations")) or group.at("title")
    title = next((n for n in (title, _said(first.at("annotations")), name) if n.scalar()), name)
    yield from document.field("title", "title", title)
    yield from document.field("description", "description", _described(group, first))
    stated = group.at("status") if has(group, "status") else first.at("status", "state")
    yield from document.field("status", "status", stated)
    yield from document.field("id", "groupKey", group.at("groupKey"))
    yield from document.field("created", "startsAt", first.at("startsAt"))
    common = group.at("commonLabels")
    told: set[tuple[str, str]] = set()
    for number, labels in enumerate((*(alert.at("labels") for alert in alerts), common)):
        for key, field in _LABELS.items():
            value = labels.at(key).scalar()
            # Only the first alert says how grave it is; each may be of a place of its own.
            grave = number and field in _GRAVE and alerts
            if not grave and (key, value) not in told:
                told.add((key, value))
                yield from document.field(field, f"labels.{key}", labels.at(key))


def _described(group: Node, first: Node) -> Node:
    for node in (group.at("commonAnnotations"), first.at("annotations")):
        for key in ("description", "message"):
            if node.at(key).scalar():
                return node.at(key)
    return group.at("message")


def _said(annotations: Node) -> Node:
    return next(
        (annotations.at(key) for key in ("summary", "title") if annotations.at(key).scalar()),
        Node(None, annotations.line),
    )


def _events(document: Document, alert: Node) -> Iterator[Event]:
    labels, annotations = alert.at("labels"), alert.at("annotations")
    name = labels.at("alertname").scalar() or _said(annotations).scalar()
    about = _said(annotations).scalar() or _described(annotations, alert).scalar()
    where = labels.at("instance").scalar() or labels.at("pod").scalar()
    told = ": ".join(part for part in (name, about or where) if part)
    if not told:
        return
    stated = level_of(labels.at("severity").scalar())
    level: Level = stated if stated in ("warning", "error", "fatal", "info") else "error"
    component = next((labels.at(key).scalar() for key in _COMPONENTS if has(labels, key)), "")
    starts, ends = alert.at("startsAt"), alert.at("endsAt")
    yield from document.event(starts, starts, level, component, f"[FIRING] {told}")
    if alert.at("status").value == "resolved" and not ends.scalar().startswith(_NEVER):
        yield from document.event(ends, ends, "info", component, f"[RESOLVED] {told}")


PAYLOAD: Final = Payload("Alertmanager", _recognises, _read, "alert")
