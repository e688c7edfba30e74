"""Kafka: the table that `kafka-consumer-groups --describe` prints, a row per partition."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Event
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told

_HEADER: Final = re.compile(
    r"\s*(?:GROUP\s+)?TOPIC\s+PARTITION\s+CURRENT-OFFSET\s+LOG-END-OFFSET\s+LAG\b"
)
_IDLE: Final = "has no active members"


def _recognises(document: Document) -> bool:
    return _HEADER.search(document.text[:20_000]) is not None


def _read(document: Document) -> Iterator[Told]:
    yield Told(events=tuple(_rows(document)))


def _rows(document: Document) -> Iterator[Event]:
    """Yield an event per partition: a lag or a missing consumer is a warning."""
    names: list[str] = []
    nowhen = Node(None, 1)
    for line in document.lines():
        text = line.scalar()
        if _HEADER.match(text):
            names = text.split()
        elif _IDLE in text:
            yield from document.event(line, nowhen, "warning", "kafka", text)
        elif names and len(cells := text.split()) >= len(names) - 2:
            row = dict(zip(names, cells, strict=False))
            lag, consumer = row.get("LAG", "-"), row.get("CONSUMER-ID", "-")
            late = consumer == "-" or (lag.isdecimal() and int(lag) > 0)
            where = f"{row.get('GROUP', '')} {row['TOPIC']}-{row['PARTITION']}".strip()
            told = f"{where}: lag {lag}, " + ("no consumer" if consumer == "-" else "consumed")
            yield from document.event(line, nowhen, "warning" if late else "info", "kafka", told)


PAYLOAD: Final = Payload("Kafka", _recognises, _read, "other")
