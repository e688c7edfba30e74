"""Splunk: search results as JSON lines, JSON or CSV, and the alert webhook."""

from collections.abc import Iterator
from typing import Final

from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has


def _results(document: Document) -> Iterator[Node]:
    for top in document.records():
        if has(top, "result"):
            yield top.at("result")
        yield from top.at("results").items()
        if document.media_type == "text/csv":
            yield top


def _recognises(document: Document) -> bool:
    return any(has(each, "_raw") or has(each, "_time", "sourcetype") for each in _results(document))


def _read(document: Document) -> Iterator[Told]:
    for top in document.records():
        if has(top, "search_name"):
            named = top.at("search_name")
            yield Told(fields=tuple(document.field("title", "search_name", named)))
            break
    results = (Node(_plain(each), each.line) for each in _results(document))
    yield Told(events=tuple(document.logged(results)))


def _plain(result: Node) -> dict[str, Node]:
    """Return a result as a log record; `source` is a path and says less than the sourcetype."""
    members = dict(result.members())
    members.pop("source", None)
    if has(result, "sourcetype") and "component" not in members:
        members["component"] = result.at("sourcetype")
    return members


PAYLOAD: Final = Payload("Splunk", _recognises, _read, "alert")
