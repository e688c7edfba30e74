"""Kafka: what `kafka-consumer-groups` and `kafka-topics` print with `--describe`."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Level
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told

_HEADER: Final = re.compile(
    r"\s*(?:GROUP\s+)?TOPIC\s+PARTITION\s+CURRENT-OFFSET\s+LOG-END-OFFSET\s+LAG\b"
)
_IDLE: Final = "has no active members"
_STATE: Final = re.compile(r" *GROUP +COORDINATOR \(ID\) +ASSIGNMENT-STRATEGY +STATE +#MEMBERS")
_MEMBERS: Final = re.compile(r" *GROUP +CONSUMER-ID +HOST +CLIENT-ID +#PARTITIONS")
_TOPIC: Final = re.compile(
    r"\s*Topic: (?P<topic>\S+)\s+Partition: (?P<partition>\d+)\s+Leader: (?P<leader>\S+)\s+"
    r"Replicas: (?P<replicas>\S*)\s+Isr:[ \t]*(?P<synced>[\d,]*)"
)
_GROUP_STATE: Final = re.compile(
    r"(?P<group>\S+) +\S+ \(\d+\) +\S* +(?P<state>[A-Z]\w+) +(?P<members>\d+)\s*$"
)


def _recognises(document: Document) -> bool:
    head = document.text[:20_000]
    forms = (_HEADER, _STATE, _MEMBERS)
    return any(form.search(head) for form in forms) or _TOPIC.search(head) is not None


def _read(document: Document) -> Iterator[Told]:
    yield Told(events=tuple(_rows(document)))


def _rows(document: Document) -> Iterator[Event]:
    """Yield an event per partition: a lag or a missing consumer is a warning."""
    names: list[str] = []
    nowhen = Node(None, 1)
    for line in document.lines():
        text = line.scalar()
        topic = _TOPIC.match(text)
        if _HEADER.match(text):
            names = text.split()
        elif _STATE.match(text) or _MEMBERS.match(text):
            names = []
        elif topic is not None:
            yield from _partition(document, line, topic)
        elif (state := _GROUP_STATE.match(text)) is not None:
            told = f"group {state['group']} is {state['state']} with {state['members']} members"
            level: Level = "info" if state["state"] == "Stable" else "warning"
            yield from document.event(line, nowhen, level, "kafka", told)
        elif _IDLE in text:
            yield from document.event(line, nowhen, "warning", "kafka", text)
        elif names and len(cells := text.split()) >= len(names) - 2:
            row = dict(zip(names, cells, strict=False))
            lag, consumer = row.get("LAG", "-"), row.get("CONSUMER-ID", "-")
            late = consumer == "-" or (lag.isdecimal() and int(lag) > 0)
            where = f"{row.get('GROUP', '')} {row['TOPIC']}-{row['PARTITION']}".strip()
            told = f"{where}: lag {lag}, " + ("no consumer" if consumer == "-" else "consumed")
            yield from document.event(line, nowhen, "warning" if late else "info", "kafka", told)


def _partition(document: Document, line: Node, topic: "re.Match[str]") -> Iterator[Event]:
    """Yield a partition of `kafka-topics --describe`: without leader or short of replicas."""
    wanted = [each for each in topic["replicas"].split(",") if each]
    synced = [each for each in topic["synced"].split(",") if each]
    name = f"{topic['topic']}-{topic['partition']}"
    told = f"{name}: leader {topic['leader']}, {len(synced)} of {len(wanted)} replicas in sync"
    lost = topic["leader"] in ("none", "-1")
    level: Level = "error" if lost else "warning" if len(synced) < len(wanted) else "info"
    yield from document.event(line, Node(None, line.line), level, "kafka", told)


PAYLOAD: Final = Payload("Kafka", _recognises, _read, "other")
