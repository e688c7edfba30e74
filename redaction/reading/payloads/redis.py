"""Redis: the answers of `SLOWLOG GET` and `INFO` as redis-cli prints them."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Field
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told

_ENTRY: Final = re.compile(
    r"^\s*\d+\) 1\) \(integer\) \d+\n\s+2\) \(integer\) (?P<time>\d{9,11})\n"
    r"\s+3\) \(integer\) (?P<micros>\d+)\n\s+4\) (?P<command>.+(?:\n {6,}.+|\n\t+.+)*)",
    re.MULTILINE,
)
_ARGUMENT: Final = re.compile(r'\d+\) "((?:[^"\\]|\\.)*)"')
_INFO: Final = re.compile(r"^redis_version:\S+", re.MULTILINE)
# What of INFO tells whether Redis itself is in trouble.
_TOLD: Final = frozenset(
    (
        *("redis_version", "used_memory_human", "maxmemory_human", "maxmemory_policy"),
        *("evicted_keys", "connected_clients", "blocked_clients", "rejected_connections"),
        *("uptime_in_seconds", "role", "master_link_status", "rdb_last_bgsave_status"),
        *("aof_last_write_status", "loading"),
    )
)


def _recognises(document: Document) -> bool:
    head = document.text[:20_000]
    return _ENTRY.search(head) is not None or _INFO.search(head) is not None


def _read(document: Document) -> Iterator[Told]:
    yield Told(fields=tuple(_told(document)), events=tuple(_slow(document)))


def _told(document: Document) -> Iterator[Field]:
    for line in document.lines():
        key, colon, value = line.scalar().strip().partition(":")
        if colon and key in _TOLD:
            yield from document.field("other", key, line, value)


def _slow(document: Document) -> Iterator[Event]:
    starts = 0
    line = 1
    for entry in _ENTRY.finditer(document.text):
        line += document.text.count("\n", starts, entry.start())
        starts = entry.start()
        words = " ".join(_ARGUMENT.findall(entry["command"]))
        at = Node(entry["time"], line)
        text = f"slow command took {int(entry['micros']) / 1000:g} ms: {words}"
        yield from document.event(at, at, "warning", "redis", text)


PAYLOAD: Final = Payload("Redis", _recognises, _read, "other")
