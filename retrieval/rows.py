"""Turns documents into index rows and rows into candidates; the document itself is sealed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from redaction import RedactedText, Seal, Sealed, is_redacted, join
from retrieval.documents import content, content_hash
from retrieval.match import Document, DocumentKind
from retrieval.ranking import Candidate, is_retired, labels
from retrieval.signatures import find_signatures

Row = Mapping[str, Any]

LEXICAL_CHARACTERS: Final = 1_000
_SCANNED_CHARACTERS: Final = 100_000
_NOT_TEXT: Final = frozenset({"id", "kind", "created", "updated", "tenant"})


def row(document: Document, seal: Seal) -> dict[str, object]:
    """Return the columns of a document, all but its vector."""
    sealed = seal.close(document, Document, _binding(document.kind, document.id))
    text = join("\n", (document.title, document.text[:_SCANNED_CHARACTERS]))
    return {
        "key": key(document.kind, document.id),
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "words": lexical_text(document.title, document.text),
        "signatures": " ".join(find_signatures(text)),
        "product": document.product,
        "component": document.component,
        "created": document.created,
        "dated": _dated(document),
        "tenant": document.tenant,
        "retired": is_retired(document.kind, document.status, document.superseded_by),
        "hash": content_hash(document),
        "body": sealed.body,
        "mac": sealed.mac,
    }


def key(kind: DocumentKind, document_id: str) -> str:
    """Return what identifies a document in the index."""
    return f"{kind}/{document_id}"


def lexical_text(title: RedactedText, text: RedactedText) -> RedactedText:
    """Return what full-text search reads: noise below the head of a text costs precision."""
    return join("\n", (title, text[:LEXICAL_CHARACTERS]))


def candidate(row: Row, lexical: float, cosine: float) -> Candidate:
    """Read what ranking needs from a row."""
    dated: datetime | None = row["dated"]
    return Candidate(
        key=row["key"],
        lexical=lexical,
        cosine=cosine,
        dated=dated,
        signatures=frozenset(row["signatures"].split()),
        components=labels(row["component"]),
        products=labels(row["product"]),
        retired=row["retired"],
    )


def open_document(row: Row, seal: Seal) -> Document:
    """Verify a row's document and read it back.

    Raises:
        SealBroken: the row was changed or written under another key.
    """
    return seal.open(Sealed(row["body"], row["mac"]), Document, _binding(row["kind"], row["id"]))


def redacted_texts(document: Document) -> dict[str, RedactedText]:
    """Return the document's texts by field, the empty ones left out.

    Raises:
        TypeError: a field holds text that the redactor did not make.
    """
    texts: dict[str, RedactedText] = {}
    for field, value in content(document).items():
        if field in _NOT_TEXT:
            continue
        if not is_redacted(value):
            raise TypeError(f"document {document.id}: field {field} is not redacted text")
        if value:
            texts[field] = value
    return texts


def _dated(document: Document) -> datetime | None:
    if document.kind == "kb":
        return document.updated or document.created
    return document.created


def _binding(kind: str, document_id: str) -> tuple[str, ...]:
    return ("documents", kind, document_id)
