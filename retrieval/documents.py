"""Turns a redacted tracker or knowledge record into a document, whatever its fields are called."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Final

from redaction import RedactedRecord, RedactedText, compose, join, numberless, read_time
from retrieval.match import Document, DocumentKind

# The first name that is present and not empty wins. Names are compared in lower case without
# separators, so that `fixVersion`, `fix_version` and `fields.Fix Version` are one.
_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "summary", "subject", "name", "headline"),
    # A tracker thread without a description is described by its first message.
    "text": (
        *("description", "body", "text", "content", "details"),
        *("messages.0.text", "messages.0.body", "comments.0.body", "comments.0.text"),
    ),
    "created": ("created", "createdat", "createdon", "opened", "openedat", "reported", "date"),
    "updated": ("updated", "updatedat", "updatedon", "modified", "lastmodified", "lastupdated"),
    "product": ("product", "products", "project"),
    "component": ("component", "components", "service", "module", "area"),
    "version": ("version", "versions", "affectedversion", "affectedversions", "affectsversion"),
    "fixed_version": ("fixedversion", "fixedversions", "fixversion", "fixversions", "fixedin"),
    "status": ("status", "state"),
    "resolution": ("resolution", "solution"),
    "root_cause": ("rootcause", "cause"),
    "workaround": ("workaround", "mitigation"),
    "applies_to": ("appliesto", "appliesfor"),
    "superseded_by": ("supersededby", "replacedby"),
    "review_by": (
        "reviewby",
        "reviewdate",
        "nextreview",
        "expires",
        "expiry",
        "validto",
        "validuntil",
    ),
    "visibility": ("visibility", "audience", "access", "sharing", "confidentiality"),
}
# What a knowledge base calls an entry that only its own customer may see.
_OWN_TENANT: Final = frozenset(
    {"tenant", "private", "customer", "restricted", "confidential", "account", "internaltotenant"}
)


def document(record: RedactedRecord, kind: DocumentKind) -> Document:
    """Read a record as a document of `kind`; absent fields are empty, unreadable times None."""
    values = {_plain(name): value for name, value in record.fields.items()}
    text = {field: _first(values, names) for field, names in _SYNONYMS.items()}
    return Document(
        id=record.id,
        kind=kind,
        title=text["title"],
        text=text["text"],
        created=read_time(text["created"]),
        updated=read_time(text["updated"]),
        product=text["product"],
        component=text["component"],
        version=text["version"],
        fixed_version=text["fixed_version"],
        status=text["status"],
        resolution=text["resolution"],
        root_cause=text["root_cause"],
        workaround=text["workaround"],
        applies_to=text["applies_to"],
        superseded_by=text["superseded_by"],
        tenant=record.tenant,
        visibility="tenant" if _plain(text["visibility"]) in _OWN_TENANT else "shared",
        review_by=read_time(text["review_by"]),
        source=record.source,
    )


def embedded_text(document: Document) -> RedactedText:
    """Return what is embedded: title and description."""
    return join("\n", (document.title, document.text))


def content_hash(document: Document) -> str:
    """Return a digest (hex, SHA-256) of everything in the document; equal content, equal digest."""
    digest = hashlib.sha256()
    for value in content(document).values():
        encoded = value.isoformat() if isinstance(value, datetime) else str(value)
        digest.update(f"{len(encoded)}:{encoded}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def content(document: Document) -> dict[str, str | datetime | None]:
    """Return the document's fields by name."""
    return {field.name: getattr(document, field.name) for field in fields(document)}


def _plain(name: str) -> str:
    return name.lower().removeprefix("fields.").replace("_", "").replace("-", "").replace(" ", "")


def _first(values: Mapping[str, RedactedText], names: tuple[str, ...]) -> RedactedText:
    for name in names:
        if value := values.get(name):
            return numberless(value.strip())
    return compose("")
