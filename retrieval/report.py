"""What an index tells about itself and about what was added to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from retrieval.match import DocumentKind


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
