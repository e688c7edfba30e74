"""What `triage intake` answers: what was taken in, who takes part, and what is still missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant import Completeness, Presence
from redaction import (
    Anchor,
    Artifact,
    Field,
    FieldName,
    LinkKind,
    Quarantined,
    RedactedCase,
    RedactedText,
    Role,
    Span,
    Status,
    Tracked,
)
from ui.contract_privacy import SCHEMA_VERSION

ENVIRONMENT: tuple[FieldName, ...] = (
    *("product", "component", "version", "environment", "region", "browser", "os", "tier"),
)


@dataclass(frozen=True, slots=True)
class ArtifactSummary:
    """An artifact of a case and how many values were replaced in it.

    `superseded_by` is the id of its later version, empty for what is current.
    """

    artifact: str
    name: RedactedText
    media_type: str
    lines: int
    replaced: int
    superseded_by: str = ""


@dataclass(frozen=True, slots=True)
class QuarantinedArtifact:
    """A file that was not read, and why."""

    artifact: str
    name: RedactedText
    reason: str


@dataclass(frozen=True, slots=True)
class RedactionSummary:
    """What was read, how many values of each entity type were replaced, what was quarantined."""

    artifacts: tuple[ArtifactSummary, ...]
    entities: Mapping[str, int]
    quarantined: tuple[QuarantinedArtifact, ...]
    policy: str
    second_look: int = 0


@dataclass(frozen=True, slots=True)
class ParticipantAnswer:
    """Somebody who takes part, with their role."""

    name: RedactedText
    role: Role


@dataclass(frozen=True, slots=True)
class EnvironmentFact:
    """What is known of where it happens, and the line that says so."""

    name: FieldName
    value: RedactedText
    at: Anchor


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A change of status, severity, priority, assignee or group."""

    utc: datetime | None
    field: Tracked
    status: Status
    before: RedactedText
    after: RedactedText


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What the artifacts refer to."""

    kind: LinkKind
    ref: RedactedText
    title: RedactedText


@dataclass(frozen=True, slots=True)
class NeedAnswer:
    """A row of the checklist; `detail` says what is only partly there, `at` where it is."""

    name: str
    what: str
    weight: int
    presence: Presence
    detail: str
    at: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class IntakeAnswer:
    """The answer of `triage intake`.

    `completeness` is the weighted share (0 to 1) of what the checklist asks of a case of this
    `kind`; `questions` ask for what is missing, the heaviest first.
    """

    case_id: str
    title: RedactedText
    redaction: RedactionSummary
    messages: int
    events: int
    participants: tuple[ParticipantAnswer, ...]
    environment: tuple[EnvironmentFact, ...]
    history: tuple[HistoryEntry, ...]
    links: tuple[LinkAnswer, ...]
    kind: str
    completeness: float
    needs: tuple[NeedAnswer, ...]
    questions: tuple[RedactedText, ...]
    schema_version: int = SCHEMA_VERSION


def intake_answer(
    case: RedactedCase, found: Completeness, questions: tuple[RedactedText, ...]
) -> IntakeAnswer:
    """Put what a case holds beside what it lacks."""
    return IntakeAnswer(
        case_id=case.id,
        title=case.title,
        redaction=redaction_summary(case),
        messages=len(case.messages),
        events=len(case.events),
        participants=tuple(ParticipantAnswer(each.name, each.role) for each in case.participants),
        environment=tuple(_environment(case.fields)),
        history=tuple(
            HistoryEntry(each.utc, each.field, each.status, each.before, each.after)
            for each in case.history
        ),
        links=tuple(LinkAnswer(each.kind, each.ref, each.title) for each in case.links),
        kind=found.kind,
        completeness=round(found.score, 3),
        needs=tuple(
            NeedAnswer(each.name, each.what, each.weight, each.presence, each.detail, each.anchors)
            for each in found.needs
        ),
        questions=questions,
    )


def _environment(fields: tuple[Field, ...]) -> list[EnvironmentFact]:
    """Return each environment fact once, in the order of the list."""
    told: dict[tuple[FieldName, str], EnvironmentFact] = {}
    for name in ENVIRONMENT:
        for field in fields:
            if field.name == name and field.value.strip():
                told.setdefault(
                    (name, field.value), EnvironmentFact(name, field.value, field.anchor)
                )
    return list(told.values())


def redaction_summary(case: RedactedCase) -> RedactionSummary:
    """Count what was replaced in a case."""
    entities: dict[str, int] = {}
    for artifact in case.artifacts:
        for span in artifact.spans:
            entities[span.type] = entities.get(span.type, 0) + 1
    return RedactionSummary(
        artifacts=tuple(_artifact_summary(artifact) for artifact in case.artifacts),
        entities=dict(sorted(entities.items(), key=lambda item: (-item[1], item[0]))),
        quarantined=tuple(_quarantined_answer(item) for item in case.quarantined),
        policy=case.policy,
        second_look=sum(second_looks(artifact.spans) for artifact in case.artifacts),
    )


def second_looks(spans: Iterable[Span]) -> int:
    """Count the values that only the second look found."""
    return sum(span.detector.startswith("verify") for span in spans)


def _artifact_summary(artifact: Artifact) -> ArtifactSummary:
    lines = len(artifact.text.splitlines())
    return ArtifactSummary(
        artifact.id,
        artifact.name,
        artifact.media_type,
        lines,
        len(artifact.spans),
        artifact.superseded_by,
    )


def _quarantined_answer(item: Quarantined) -> QuarantinedArtifact:
    return QuarantinedArtifact(item.id, item.name, item.reason)
