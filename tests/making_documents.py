"""Makes documents and queries for tests of retrieval."""

from datetime import datetime

from redaction import RedactedText
from retrieval import Document, DocumentKind, Query
from tests.making import redacted

EMPTY = redacted("")


def a_document(
    name: str,
    title: str,
    text: str = "",
    *,
    kind: DocumentKind = "case",
    created: datetime | None = None,
    product: str = "",
    component: str = "",
    status: str = "",
    superseded_by: str = "",
) -> Document:
    return Document(
        id=name,
        kind=kind,
        title=redacted(title),
        text=redacted(text),
        created=created,
        updated=None,
        product=redacted(product),
        component=redacted(component),
        version=EMPTY,
        fixed_version=EMPTY,
        status=redacted(status),
        resolution=EMPTY,
        root_cause=EMPTY,
        workaround=EMPTY,
        applies_to=EMPTY,
        superseded_by=redacted(superseded_by),
        tenant="",
    )


def a_query(
    title: str,
    text: str = "",
    *,
    signatures: tuple[str, ...] = (),
    product: str = "",
    component: str = "",
    time: datetime | None = None,
) -> Query:
    found: tuple[RedactedText, ...] = tuple(redacted(signature) for signature in signatures)
    return Query(
        redacted(title), redacted(text), found, redacted(product), redacted(component), EMPTY, time
    )
