"""Elasticsearch and OpenSearch: search responses, and hits or documents as JSON lines."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from redaction.case import Sample
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has
from redaction.text import mint

# The common schema nests what a log record has at its top.
_NESTED: Final = (
    ("level", "log.level"),
    ("component", "service.name"),
    ("component", "kubernetes.container.name"),
    ("component", "container.name"),
    ("logger", "log.logger"),
    ("exception", "error.stack_trace"),
    ("error", "error.message"),
    ("method", "http.request.method"),
    ("path", "url.path"),
    ("status", "http.response.status_code"),
)


def _hits(document: Document) -> Iterator[Node]:
    for top in document.records():
        answers = top.at("responses").items() or [top]
        for answer in answers:
            yield from answer.at("hits", "hits").items()
        if has(top, "_source", "_index"):
            yield top


def _recognises(document: Document) -> bool:
    return any(has(hit, "_index") and bool(_source(hit)) for hit in _hits(document)) or any(
        True for top in document.records() for _ in _buckets(top)
    )


def _source(hit: Node) -> dict[str, Node]:
    return hit.at("_source").members() or hit.at("fields").members()


def _read(document: Document) -> Iterator[Told]:
    records = (Node(_flat(hit), hit.line) for hit in _hits(document))
    samples = [
        Sample(utc, mint(name), value, document.anchor(bucket))
        for top in document.records()
        for name, bucket in _buckets(top)
        for value in (bucket.at("doc_count").value,)
        if (utc := _begun(document, bucket)) is not None and isinstance(value, int)
    ]
    yield Told(events=tuple(document.logged(records)), samples=tuple(samples))


def _buckets(top: Node) -> Iterator[tuple[str, Node]]:
    """Yield the buckets of histograms over time, each with the name of its aggregation."""
    for name, each in top.at("aggregations").members().items():
        for bucket in each.at("buckets").items():
            if has(bucket, "key_as_string", "doc_count"):
                yield f"{name} doc_count", bucket


def _begun(document: Document, bucket: Node) -> datetime | None:
    stamp = document.clock.whole(bucket.at("key_as_string").value)
    return stamp.utc if stamp else None


def _flat(hit: Node) -> dict[str, Node]:
    source = Node(_source(hit), hit.line)
    members: dict[str, Node] = {}
    for key, node in source.members().items():
        # `fields` of a response holds lists of one; an object such as `source` is no text.
        only = node.items()[0] if len(node.items()) == 1 else node
        if key == "error" or not only.members():
            members[key] = only
    for name, path in _NESTED:
        inner = members.get(path) or source.at(*path.split("."))
        if inner.scalar():
            members.setdefault(name, inner)
    return members


PAYLOAD: Final = Payload("Elasticsearch", _recognises, _read, "other")
