"""What a match is: a past case or article, how similar it is, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from redaction import RedactedText

DocumentKind: TypeAlias = Literal["case", "kb"]
Visibility: TypeAlias = Literal["shared", "tenant"]
"""Who may be shown a document: every tenant's case, or cases of its own tenant alone."""


@dataclass(frozen=True, slots=True)
class Document:
    """A past case or KB article, redacted, with numberless tags (`<PERSON>`).

    `text` is the description or body. `version` is what it was seen in or affects, `fixed_version`
    where it is mended, `applies_to` what else it holds for. `superseded_by` is the id of a newer
    document, `review_by` when somebody should look at it again. `tenant` is a keyed reference
    (hex), never the tenant's name, `source` one to the raw record that it was made from. Absent
    fields are empty or None.
    """

    id: str
    kind: DocumentKind
    title: RedactedText
    text: RedactedText
    created: datetime | None
    updated: datetime | None
    product: RedactedText
    component: RedactedText
    version: RedactedText
    fixed_version: RedactedText
    status: RedactedText
    resolution: RedactedText
    root_cause: RedactedText
    workaround: RedactedText
    applies_to: RedactedText
    superseded_by: RedactedText
    tenant: str
    visibility: Visibility = "shared"
    review_by: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A document found for a query: `score` in 0..1, higher is closer; `why` gives reasons.

    `recurs` says that the case shows the error of a document on a version that holds its fix.
    """

    document: Document
    score: float
    why: tuple[RedactedText, ...]
    recurs: bool = False
