"""What the commands answer as JSON: the shapes other programs rely on; changes only add."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter

from assistant import Claim, Draft, DraftKind, Evidence, Facts
from evals import Measured, Overall, Scorecard, TypeRecall
from redaction import RedactedText, Span
from retrieval import DocumentKind, Match
from ui.contract_intake import (
    IntakeAnswer,
    RedactionSummary,
)
from ui.contract_knowledge import (
    AdaptAnswer,
    DecisionAnswer,
    IndexAnswer,
    IndexStatsAnswer,
    ReembedAnswer,
    RemoveAnswer,
    ReviewAnswer,
    TidyAnswer,
)
from ui.contract_privacy import (
    SCHEMA_VERSION,
    ChangeAnswer,
    ForgetAnswer,
    LedgerAnswer,
    ListChangeAnswer,
    ListsAnswer,
    OutgoingAnswer,
    PolicyAnswer,
    ReleaseAnswer,
    RevealAnswer,
    VerifyAnswer,
)
from ui.contract_retrieval import RetrievalEvalAnswer


@dataclass(frozen=True, slots=True)
class MatchAnswer:
    """One line of `triage match`."""

    id: str
    kind: DocumentKind
    score: float
    title: RedactedText
    why: tuple[RedactedText, ...]
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """The answer of `triage draft`: claims, the evidence they cite, and the scorecard.

    `notes` say why templates stand where a model was asked for.
    """

    kind: DraftKind
    text: RedactedText
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    scorecard: Scorecard
    model: str
    notes: tuple[str, ...] = ()
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class RunAnswer:
    """The answer of `triage run`.

    `report` is the path of the HTML report; `notes` say what was done without, and why.
    """

    case_id: str
    title: RedactedText
    redaction: RedactionSummary
    matches: tuple[MatchAnswer, ...]
    facts: Facts
    drafts: tuple[DraftAnswer, ...]
    report: str
    report_markdown: str
    notes: tuple[str, ...]
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class RedactAnswer:
    """One line of `triage redact`.

    Span offsets are characters of the artifact's extracted text. With `--out` the copy is at
    `path`, and `text` and `spans` are null. `quarantined` is the reason, or null. `replaced` counts
    the values by kind; `second_look` those that only the second look found. `policy` is the
    fingerprint of the policy in force. A file too large to hold comes as one line with `--out`,
    else as a line per part, without spans.
    """

    artifact: str
    name: RedactedText
    media_type: str | None
    text: RedactedText | None
    path: str | None
    spans: tuple[Span, ...] | None
    quarantined: str | None
    replaced: Mapping[str, int] | None = None
    second_look: int = 0
    policy: str = ""
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """One line of `triage redact --jsonl`; span offsets are characters of the record's text."""

    id: str
    text: RedactedText
    spans: tuple[Span, ...]
    policy: str = ""
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class RedactionEvalAnswer:
    """The answer of `triage eval redaction`; `baseline` holds other redactions of the same texts.

    `withheld` texts could not be verified: all their characters count as replaced. Shares are null
    where there is nothing to divide by.
    """

    file: str
    policy: str
    records: int
    withheld: int
    overall: Overall
    types: Mapping[str, TypeRecall]
    baseline: Mapping[str, Measured]
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """One line of `triage models list`."""

    name: str
    version: str
    licence: str
    origin: str
    size_bytes: int
    status: str
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class ModelPathAnswer:
    """The answer of `triage models path`, and one line of `triage models fetch`."""

    name: str
    path: str
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `triage doctor`: what was looked at, whether it is well, and what to do."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class DoctorAnswer:
    """The answer of `triage doctor`; `leaves` says what would leave this machine, and to where."""

    ok: bool
    findings: tuple[Finding, ...]
    leaves: tuple[str, ...]
    schema_version: int = SCHEMA_VERSION


SCHEMAS: Final[Mapping[str, Any]] = {
    "run": RunAnswer,
    "redact": RedactAnswer,
    "redact-jsonl": RecordAnswer,
    "redact-diff": ChangeAnswer,
    "outgoing": OutgoingAnswer,
    "match": tuple[MatchAnswer, ...],
    "draft": DraftAnswer,
    "intake": IntakeAnswer,
    "index-add": IndexAnswer,
    "index-stats": IndexStatsAnswer,
    "index-remove": RemoveAnswer,
    "index-review": ReviewAnswer,
    "index-tidy": TidyAnswer,
    "index-reembed": ReembedAnswer,
    "decide": DecisionAnswer,
    "adapt": AdaptAnswer,
    "eval-redaction": RedactionEvalAnswer,
    "eval-retrieval": RetrievalEvalAnswer,
    "models-list": tuple[ModelAnswer, ...],
    "models-path": ModelPathAnswer,
    "doctor": DoctorAnswer,
    "reveal": RevealAnswer,
    "release": ReleaseAnswer,
    "forget": ForgetAnswer,
    "ledger-show": LedgerAnswer,
    "ledger-verify": VerifyAnswer,
    "lists-show": ListsAnswer,
    "lists-change": ListChangeAnswer,
    "policy-show": PolicyAnswer,
}
"""The shape of every answer, by name."""


@cache
def schema_of(name: str) -> TypeAdapter[object]:
    """Build the schema of an answer; a command needs one of them, and they cost a second."""
    return TypeAdapter(SCHEMAS[name])


def to_json(name: str, answer: object, *, indent: int | None = None) -> str:
    """Serialise an answer as the schema called `name` says; redacted text is plain JSON text."""
    return schema_of(name).dump_json(answer, indent=indent, by_alias=True).decode()


def match_answer(match: Match) -> MatchAnswer:
    """Shorten a match to what the contract names."""
    document = match.document
    return MatchAnswer(document.id, document.kind, round(match.score, 4), document.title, match.why)


def draft_answer(
    draft: Draft, facts: Facts, scorecard: Scorecard, notes: tuple[str, ...] = ()
) -> DraftAnswer:
    """Put a draft beside the evidence its claims cite and its scorecard."""
    cited = {item for claim in draft.claims for item in claim.evidence}
    evidence = tuple(item for item in facts.evidence if item.id in cited)
    return DraftAnswer(
        draft.kind, draft.text, draft.claims, evidence, scorecard, draft.model, notes
    )
