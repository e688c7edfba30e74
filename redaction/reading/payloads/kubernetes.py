"""Kubernetes: events and objects as JSON, and what kubectl prints of them."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Event
from redaction.reading.jsontree import Node
from redaction.reading.payloads import kubernetes_text
from redaction.reading.payloads.payload import Document, Payload, Told, has

_KINDS: Final = frozenset(
    (
        "Pod",
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "ReplicaSet",
        "Node",
        "Job",
        "PersistentVolumeClaim",
    )
)
_PRESSURES: Final = ("Pressure", "Unavailable", "Failure", "Failed")


def _objects(document: Document) -> list[Node]:
    return [item for top in document.records() for item in top.at("items").items() or [top]]


def _is_event(node: Node) -> bool:
    return node.at("kind").value == "Event" and has(node, "reason")


def _is_object(node: Node) -> bool:
    return node.at("kind").scalar() in _KINDS and has(node, "apiVersion", "metadata.name")


def _recognises(document: Document) -> bool:
    if any(_is_event(each) or _is_object(each) for each in _objects(document)):
        return True
    return document.root.value is None and kubernetes_text.recognises(document.text[:20_000])


def _read(document: Document) -> Iterator[Told]:
    if document.root.value is None:
        yield from kubernetes_text.read(document)
        return
    for each in _objects(document):
        if _is_event(each):
            yield Told(events=tuple(_event(document, each)))
        elif _is_object(each):
            yield Told(events=tuple(_state(document, each)))


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
    level = kubernetes_text.LEVELS.get(record.at("type").scalar(), "other")
    yield from document.event(record, when, level, target.at("name").scalar(), text)


def _state(document: Document, record: Node) -> Iterator[Event]:
    """Tell what an object's status holds against it: conditions, and how containers ended."""
    name = record.at("metadata", "name").scalar()
    about, status = f"{record.at('kind').scalar()} {name}", record.at("status")
    for each in status.at("conditions").items():
        bad = each.at("type").scalar().endswith(_PRESSURES)
        if (each.at("status").value == "True") is bad and has(each, "type"):
            said = each.at("message").scalar() or each.at("reason").scalar()
            text = f"{about}: {each.at('type').scalar()} is {each.at('status').scalar()}: {said}"
            yield from document.event(each, each.at("lastTransitionTime"), "warning", name, text)
    for each in status.at("containerStatuses").items():
        container = each.at("name").scalar()
        for ended in (each.at("lastState", "terminated"), each.at("state", "terminated")):
            if ended.at("exitCode").value not in (None, 0):
                said = f"{ended.at('reason').scalar()}, exit code {ended.at('exitCode').scalar()}"
                text = f"{about}: container {container} ended: {said}"
                yield from document.event(ended, ended.at("finishedAt"), "error", container, text)
        waiting = each.at("state", "waiting")
        if has(waiting, "reason"):
            said = f"{waiting.at('reason').scalar()} {waiting.at('message').scalar()}"
            text = f"{about}: container {container} waits: {said}"
            nowhen = Node(None, waiting.line)
            yield from document.event(waiting, nowhen, "warning", container, text)


PAYLOAD: Final = Payload("Kubernetes", _recognises, _read, "other")
