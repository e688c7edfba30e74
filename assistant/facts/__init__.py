"""What a fact is: everything code can compute about a case, each item with its evidence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from redaction import RedactedText

SeverityLevel: TypeAlias = Literal["Sev1", "Sev2", "Sev3", "Sev4"]
Priority: TypeAlias = Literal["P1", "P2", "P3", "P4"]
CaseState: TypeAlias = Literal["investigating", "identified", "monitoring", "resolved"]
CauseStatus: TypeAlias = Literal["unknown", "suspected", "confirmed"]
Confidence: TypeAlias = Literal["low", "medium", "high"]
EventKind: TypeAlias = Literal[
    "change", "started", "detected", "mitigated", "resolved", "report", "action", "other"
]
HypothesisStatus: TypeAlias = Literal["open", "testing", "ruled_out", "confirmed"]
Citations: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of a redacted artifact that a fact rests on. `id` is `E1`, `E2`, … in case order."""

    id: str
    artifact: str
    line: int
    text: RedactedText


@dataclass(frozen=True, slots=True)
class Severity:
    """The policy's recommendation with the clause that applies, beside what the ticket reported."""

    level: SeverityLevel
    clause: str
    confidence: Confidence
    reported: SeverityLevel | None
    evidence: Citations


@dataclass(frozen=True, slots=True)
class Cause:
    """How far the cause is established. `statement` is None while the status is `unknown`."""

    status: CauseStatus
    category: str | None
    statement: RedactedText | None
    evidence: Citations


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One row of the merged timeline."""

    utc: datetime
    event: EventKind
    text: RedactedText
    evidence: Citations


@dataclass(frozen=True, slots=True)
class Impact:
    """A figure and what it measures (`38 %`, `checkout requests failing`)."""

    figure: RedactedText
    what: RedactedText
    evidence: Citations


@dataclass(frozen=True, slots=True)
class Signature:
    """An error signature: masked line or exception class, how often, first and last seen."""

    template: RedactedText
    count: int
    first: datetime | None
    last: datetime | None
    evidence: Citations


@dataclass(frozen=True, slots=True)
class Component:
    """A component that the evidence names."""

    name: RedactedText
    evidence: Citations


@dataclass(frozen=True, slots=True)
class Version:
    """A version that the evidence names; `component` is empty when the evidence names none."""

    component: RedactedText
    version: RedactedText
    evidence: Citations


@dataclass(frozen=True, slots=True)
class Action:
    """Something done or planned, and by which role; `mitigates` if it is meant to end the harm."""

    utc: datetime | None
    role: str
    text: RedactedText
    status: Literal["done", "planned"]
    evidence: Citations
    mitigates: bool = False


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A cause candidate with the evidence for and against it and the test that would decide."""

    statement: RedactedText
    category: str
    status: HypothesisStatus
    evidence_for: Citations
    evidence_against: Citations
    next_test: RedactedText


@dataclass(frozen=True, slots=True)
class Question:
    """What is not known, as a question that someone can answer."""

    text: RedactedText
    evidence: Citations


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next, and when it is due if the evidence says so."""

    text: RedactedText
    due: datetime | None
    evidence: Citations


@dataclass(frozen=True, slots=True)
class Routing:
    """Which team should own the case; `security` when it belongs to the security process."""

    team: RedactedText
    security: bool
    reason: RedactedText


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything code knows about a case. Every citation is the id of an item in `evidence`."""

    severity: Severity
    priority: Priority
    state: CaseState
    cause: Cause
    timeline: tuple[TimelineEntry, ...]
    impact: tuple[Impact, ...]
    signatures: tuple[Signature, ...]
    components: tuple[Component, ...]
    versions: tuple[Version, ...]
    actions: tuple[Action, ...]
    hypotheses: tuple[Hypothesis, ...]
    open_questions: tuple[Question, ...]
    next_steps: tuple[NextStep, ...]
    routing: Routing
    evidence: tuple[Evidence, ...]
    state_evidence: Citations = ()
