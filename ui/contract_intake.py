"""What `triage intake` answers: what was taken in, who takes part, and what is still missing."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant import Completeness, Presence
from redaction import (
    NOT_VERIFIED,
    Anchor,
    Artifact,
    Field,
    FieldName,
    Link,
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

HIDDEN = "[hidden text]"
"""Stands before what the original hides; the rest of the house reads it in redacted text."""
KINDS: Mapping[str, str] = {
    "text/x-log": "log",
    "application/json": "JSON file",
    "application/x-ndjson": "JSON file",
    "text/csv": "table",
    "message/rfc822": "mail",
    "text/html": "page",
    "application/xml": "XML file",
    "application/yaml": "configuration file",
    "text/plain": "text",
}
"""What an artifact of a media type is to a person."""
ENVIRONMENT: tuple[FieldName, ...] = (
    *("product", "component", "version", "environment", "region", "browser", "os", "tier"),
)


@dataclass(frozen=True, slots=True)
class ArtifactSummary:
    """An artifact of a case: its size, what was read in it, how many values were replaced.

    `superseded_by` is the id of its later version, empty for what is current; `characters` are
    those of its redacted text; `hidden` counts the lines that the original does not show.
    """

    artifact: str
    name: RedactedText
    media_type: str
    lines: int
    replaced: int
    superseded_by: str = ""
    characters: int = 0
    messages: int = 0
    events: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class QuarantinedArtifact:
    """A file that was not read, why, and what a person can do about it (empty: nothing)."""

    artifact: str
    name: RedactedText
    reason: str
    remedy: str = ""


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
    """A change of status, severity, priority, assignee or group; `source` names the artifact."""

    utc: datetime | None
    field: Tracked
    status: Status
    before: RedactedText
    after: RedactedText
    by: RedactedText
    source: RedactedText
    at: Anchor


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What the artifacts refer to; `artifact` is the id of an attachment that came in as well."""

    kind: LinkKind
    ref: RedactedText
    title: RedactedText
    artifact: str = ""


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
    case: RedactedCase,
    found: Completeness,
    questions: tuple[RedactedText, ...],
    kept: Container[str] = (),
) -> IntakeAnswer:
    """Put what a case holds beside what it lacks; `kept` as in `redaction_summary`."""
    names = {artifact.id: artifact.name for artifact in case.artifacts}
    return IntakeAnswer(
        case_id=case.id,
        title=case.title,
        redaction=redaction_summary(case, kept),
        messages=len(case.messages),
        events=len(case.events),
        participants=tuple(ParticipantAnswer(each.name, each.role) for each in case.participants),
        environment=tuple(_environment(case.fields)),
        history=tuple(
            HistoryEntry(
                *(each.utc, each.field, each.status, each.before, each.after, each.by),
                names.get(each.anchor.artifact, case.title),
                each.anchor,
            )
            for each in case.history
        ),
        links=tuple(
            LinkAnswer(each.kind, each.ref, each.title, _attached(case, each))
            for each in case.links
        ),
        kind=found.kind,
        completeness=round(found.score, 3),
        needs=tuple(
            NeedAnswer(each.name, each.what, each.weight, each.presence, each.detail, each.anchors)
            for each in found.needs
        ),
        questions=questions,
    )


def _attached(case: RedactedCase, link: Link) -> str:
    """Return the artifact that an attachment is: the one current file of its name."""
    if link.kind != "attachment":
        return ""
    named = _file_name(link.ref)
    files = [each.id for each in case.current if _file_name(each.name) == named]
    return files[0] if len(files) == 1 else ""


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].casefold()


def taken_in(answer: IntakeAnswer) -> str:
    """Say in a line how much came in, by kind; an earlier version of a file counts as none."""
    current = [each for each in answer.redaction.artifacts if not each.superseded_by]
    kinds = Counter(KINDS.get(each.media_type, "file") for each in current)
    told = [f"{count:,} {kind}{'s' if count > 1 else ''}" for kind, count in kinds.most_common()]
    counts = [(answer.messages, "message"), (answer.events, "event")]
    told += [f"{count:,} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return ", ".join(told)


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


def redaction_summary(case: RedactedCase, kept: Container[str] = ()) -> RedactionSummary:
    """Count what was replaced in a case; `kept` are the artifacts whose originals are kept."""
    entities: dict[str, int] = {}
    for artifact in case.artifacts:
        for span in artifact.spans:
            entities[span.type] = entities.get(span.type, 0) + 1
    said = Counter(message.anchor.artifact for message in case.messages)
    logged = Counter(event.anchor.artifact for event in case.events)
    return RedactionSummary(
        artifacts=tuple(
            _artifact_summary(artifact, said[artifact.id], logged[artifact.id])
            for artifact in case.artifacts
        ),
        entities=dict(sorted(entities.items(), key=lambda item: (-item[1], item[0]))),
        quarantined=tuple(_quarantined_answer(case, item, kept) for item in case.quarantined),
        policy=case.policy,
        second_look=sum(second_looks(artifact.spans) for artifact in case.artifacts),
    )


def second_looks(spans: Iterable[Span]) -> int:
    """Count the values that only the second look found."""
    return sum(span.detector.startswith("verify") for span in spans)


def _artifact_summary(artifact: Artifact, messages: int, events: int) -> ArtifactSummary:
    lines = artifact.text.splitlines()
    return ArtifactSummary(
        artifact.id,
        artifact.name,
        artifact.media_type,
        len(lines),
        len(artifact.spans),
        artifact.superseded_by,
        len(artifact.text),
        messages,
        events,
        sum(HIDDEN in line for line in lines) if HIDDEN in artifact.text else 0,
    )


def _quarantined_answer(
    case: RedactedCase, item: Quarantined, kept: Container[str]
) -> QuarantinedArtifact:
    reason = item.reason
    if reason == NOT_VERIFIED:
        again = "" if item.id in kept else "take the case in again with --keep-raw, then "
        release = f"triage release {case.id} {item.id} --reason CODE"
        reason += f"; to bring in the lines that can be: {again}{release}"
    return QuarantinedArtifact(item.id, item.name, reason, reason.partition("; ")[2])
