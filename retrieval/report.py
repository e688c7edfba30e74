"""What an index tells about itself and about what was added to it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from retrieval.match import DocumentKind
from retrieval.query import Query


@dataclass(frozen=True, slots=True)
class Finding:
    """What the gate found: the document's field, the kind, and characters of the field."""

    field: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that the gate did not let in; nothing of it was embedded or stored."""

    id: str
    kind: DocumentKind
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of added documents: written, found unchanged, or refused."""

    added: int
    unchanged: int
    refused: tuple[Refusal, ...]

    def plus(self, other: "Added") -> "Added":
        """Add up two batches."""
        return Added(
            self.added + other.added,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
        )


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What an index holds.

    `counts` are documents by kind, `size` the bytes of the current version, `updated` the time of
    the last write.
    """

    model: str
    counts: Mapping[DocumentKind, int]
    size: int
    updated: datetime | None

    @property
    def problem(self) -> str | None:
        """Why every match would be empty, None when there are documents."""
        if any(self.counts.values()):
            return None
        return f"the index holds no documents for {self.model}: run `triage index add`"


@dataclass(frozen=True, slots=True)
class Reembedded:
    """What became of a switch: from which model to which, documents written, found there before."""

    before: str
    after: str
    written: int
    found: int
    refused: tuple[Refusal, ...]


def search_fingerprint(query: Query, folder: Path, asked: Sequence[object]) -> str:
    """Fingerprint (hex, SHA-256) everything that the matches of a query depend on.

    That is the query, every file of the index in `folder` as it looks from outside, this package's
    code, and what else was `asked`: the embedding model, how many. It needs neither the index's
    library nor the model.
    """
    words = [*query.signatures, query.title, query.text, query.product, query.component]
    files = sorted(
        (path.relative_to(folder).as_posix(), (status := path.stat()).st_size, status.st_mtime_ns)
        for path in folder.glob("*/**/*")  # the lock lies beside the tables
        if path.is_file()
    )
    parts = (words, query.version, str(query.time), files, repr(asked), rules())
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def rules() -> str:
    """Fingerprint (hex, SHA-256) of this package's code: other code ranks otherwise."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
