"""What the commands on knowledge answer as JSON: the index, decisions, training."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from redaction import RedactedText
from retrieval import DocumentKind, Refusal, Standing, Verdict
from ui.contract_privacy import SCHEMA_VERSION

AdaptOutcome: TypeAlias = Literal["kept", "not better", "rolled back", "nothing to roll back"]


@dataclass(frozen=True, slots=True)
class IndexAnswer:
    """The answer of `triage index add`; what the gate refused is named by kind and offset.

    `unchanged` records were there already: they cost neither redaction nor embedding.
    """

    added: int
    unchanged: int
    refused: tuple[Refusal, ...]
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class IndexStatsAnswer:
    """The answer of `triage index stats`."""

    cases: int
    kb: int
    model: str
    size_bytes: int
    updated: datetime | None
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class RemoveAnswer:
    """The answer of `triage index remove`."""

    id: str
    removed: int
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An article that somebody should look at, and why.

    `standing` is how far it may be trusted; `stale` says that it is old and helped nobody since.
    The counts are of distinct cases; those `recurred` show its error on a version with its fix.
    """

    id: str
    title: RedactedText
    standing: Standing
    stale: bool
    review_by: datetime | None
    updated: datetime | None
    accepted: int
    rejected: int
    resolved: int
    contradicted: int
    recurred: int


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """The answer of `triage index review`: of `articles`, those to look at, the worst first."""

    articles: int
    items: tuple[ReviewItem, ...]
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class TidyAnswer:
    """The answer of `triage index tidy`; `dropped` are models whose vectors were removed."""

    size_bytes: int
    dropped: tuple[str, ...]
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class ReembedAnswer:
    """The answer of `triage index reembed`; `found` documents had vectors of the new model before.

    The vectors of the model before stay until `triage index tidy --drop-old`.
    """

    before: str
    after: str
    written: int
    found: int
    refused: tuple[Refusal, ...]
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class DecisionAnswer:
    """The answer of `triage decide`; without a `verdict` an earlier one was withdrawn."""

    case_id: str
    id: str
    kind: DocumentKind
    verdict: Verdict | None
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class AdaptAnswer:
    """The answer of `triage adapt`: MAP of the ranker before and of the trained one.

    Both were measured on `queries` later than what the new one learned from; `low` and `high` bound
    the mean difference (95 %). It is kept, and serves, only if it is better beyond chance. After
    `--rollback` there are no figures.
    """

    outcome: AdaptOutcome
    learned_from: int = 0
    queries: int = 0
    before: float = 0.0
    after: float = 0.0
    low: float = 0.0
    high: float = 0.0
    schema_version: int = SCHEMA_VERSION
