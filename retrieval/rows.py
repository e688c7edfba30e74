"""Turns documents into index rows and rows into candidates; the document itself is sealed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from redaction import RedactedText, Seal, Sealed, is_redacted, join
from retrieval.documents import content, content_hash, embedded_text
from retrieval.match import Document, DocumentKind
from retrieval.passages import passage_text, passages
from retrieval.signatures import find_signatures
from retrieval.terms import terms
from retrieval.wording import wording

Row = Mapping[str, Any]

LEXICAL_CHARACTERS: Final = 500
_TITLE_CHARACTERS: Final = 500
_SCANNED_CHARACTERS: Final = 100_000
_NOT_TEXT: Final = frozenset(
    {"id", "kind", "created", "updated", "tenant", "visibility", "review_by", "source"}
)


@dataclass(frozen=True, slots=True)
class Written:
    """The row of a document or of one of its passages, and what is embedded for it."""

    row: Row
    text: RedactedText


def rows(document: Document, seal: Seal, model: str, rules: str) -> list[Written]:
    """Return the rows of a document, its own first; all columns but the vector.

    A passage's row has the document's labels, so that every filter holds for it too, but not the
    document itself.
    """
    sealed = seal.close(document, Document, _binding(document.kind, document.id))
    name = key(document.kind, document.id)
    scanned = join("\n", (document.title, document.text[:_SCANNED_CHARACTERS]))
    heading = " ".join(terms(document.title[:_TITLE_CHARACTERS]))
    words = word_terms(document.title, document.text)
    signatures = " ".join(find_signatures(scanned))
    text = embedded_text(document)
    # What ranking reads of a row is one column: each column that is fetched has its price.
    ranked = {
        "part": 0,
        "kind": document.kind,
        "title_terms": heading,
        "words_terms": words,
        "signatures": signatures,
        "product": document.product,
        "component": document.component,
        "version": document.version,
        "fixed_version": document.fixed_version,
        "applies_to": document.applies_to,
        "status": document.status,
        "superseded_by": document.superseded_by,
        "tenant": document.tenant,
        "dated": _iso(_dated(document)),
        "review_by": _iso(document.review_by),
    }
    own: dict[str, Any] = {
        "key": name,
        "parent": name,
        "part": 0,
        "id": document.id,
        "kind": document.kind,
        "tenant": document.tenant,
        "visibility": document.visibility,
        "created": document.created,
        "month": month_of(document.created) if document.created else None,
        # The title counts twice: it is among the words as well.
        "searched": " ".join(filter(None, (heading, words, signatures))),
        "ranked": json.dumps(ranked),
        "model": model,
        "rules": rules,
        "source": document.source,
        "hash": content_hash(document),
        "embedded": digest(text),
        "body": sealed.body,
        "mac": sealed.mac,
    }
    written = [Written(own, text)]
    for part, passage in enumerate(passages(document), 1):
        text = passage_text(document, passage)
        words = " ".join(terms(text))
        changed = {
            "key": f"{name}#{part}",
            "part": part,
            "searched": words,
            "ranked": json.dumps(ranked | {"part": part, "words_terms": words, "signatures": ""}),
            "source": "",
            "embedded": digest(text),
            "body": "",
            "mac": "",
        }
        written.append(Written({**own, **changed}, text))
    return written


def ranked_of(parent: str, ranked: str) -> Row:
    """Read back what ranking needs of a row."""
    row = json.loads(ranked)
    for name in ("dated", "review_by"):
        row[name] = datetime.fromisoformat(row[name]) if row[name] else None
    return row | {"parent": parent}


def key(kind: DocumentKind, document_id: str) -> str:
    """Return what identifies a document in the index."""
    return f"{kind}/{document_id}"


def word_terms(title: RedactedText, text: RedactedText) -> str:
    """Return what full-text search reads: noise below the head of a text costs precision."""
    return " ".join(terms(join("\n", (title, wording(text, LEXICAL_CHARACTERS)))))


def digest(text: str) -> str:
    """Return 128 bits (hex) of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def month_of(moment: datetime) -> int:
    """Number the months (UTC)."""
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return utc.year * 12 + utc.month


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


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _dated(document: Document) -> datetime | None:
    if document.kind == "kb":
        return document.updated or document.created
    return document.created


def _binding(kind: str, document_id: str) -> tuple[str, ...]:
    return ("documents", kind, document_id)
