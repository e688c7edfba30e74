"""What a redacted case is: artifacts, messages, events, ticket fields; every string redacted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final, Literal, TypeAlias

from redaction.text import RedactedText
from redaction.zones import ZoneSource

SpanAction: TypeAlias = Literal["drop", "pseudonymise", "generalise"]
Level: TypeAlias = Literal["debug", "info", "warning", "error", "fatal", "other"]
Role: TypeAlias = Literal["customer", "analyst", "engineer", "bot", "other"]
FieldName: TypeAlias = Literal[
    "title",
    "description",
    "status",
    "severity",
    "priority",
    "created",
    "updated",
    "product",
    "component",
    "version",
    "environment",
    "tier",
    "resolution",
    "root_cause",
    "workaround",
    "id",
    "impact",
    "urgency",
    "group",
    "labels",
    "resolved",
    "region",
    "browser",
    "os",
    "other",
]
Status: TypeAlias = Literal["new", "open", "pending", "on_hold", "resolved", "closed", "other"]
Tracked: TypeAlias = Literal["status", "severity", "priority", "assignee", "group", "other"]
LinkKind: TypeAlias = Literal[
    "attachment",
    "article",
    "change",
    "deployment",
    "duplicate",
    "incident",
    "problem",
    "related",
    "other",
]


@dataclass(frozen=True, slots=True)
class Span:
    """One replaced value; offsets are characters of the extracted text, end exclusive.

    `placeholder` is everything that stands in its place, such as `db-<HOST_1>`.
    """

    start: int
    end: int
    type: str
    action: SpanAction
    placeholder: str
    detector: str
    score: float


@dataclass(slots=True, unsafe_hash=True)
class Anchor:
    """A line of a redacted artifact: artifact id and line number, counted from 1.

    Every event has one, so it is frozen as `Event` is: by the type checker.
    """

    artifact: Final[str]
    line: Final[int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A span and where its placeholder stands in the redacted text, end exclusive."""

    span: Span
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the case, redacted. `id` is order and type (`A1.log`), `name` the redacted path.

    `superseded_by` is the id of the version that came later: this one stays for what cites it.
    """

    id: str
    name: RedactedText
    media_type: str
    text: RedactedText
    spans: tuple[Span, ...]
    superseded_by: str = ""

    def placed(self) -> Iterator[Placed]:
        """Yield the spans in order, with the places of their placeholders."""
        start = end = 0
        for span in self.spans:
            at = end + span.start - start
            end = at + self._shown(span.placeholder, at)
            start = span.end
            yield Placed(span, at, end)

    def _shown(self, placeholder: str, at: int) -> int:
        """Return the length of a placeholder as its format writes it: quoted, escaped or bare."""
        for shown in (placeholder, f'"{placeholder}"', escape(placeholder, quote=False)):
            if self.text.startswith(shown, at):
                return len(shown)
        raise ValueError(f"{self.id}: a span does not fit its text")


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that was not read, with the reason; nothing of its content is kept."""

    id: str
    name: RedactedText
    reason: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a person or bot said: a ticket comment, a mail, a chat message."""

    author: RedactedText
    role: Role
    utc: datetime | None
    text: RedactedText
    anchor: Anchor


@dataclass(slots=True, unsafe_hash=True)
class Event:
    """One record of a log; a stack trace below a line belongs to that line's event.

    `template` is the first line with numbers and ids masked; `exception` the first exception class
    of the record; `lines` how many lines it spans. A log has a hundred thousand of these: the type
    checker holds them frozen, because what holds that at run time makes each several times dearer.
    """

    utc: Final[datetime | None]
    raw_time: Final[RedactedText]
    zone: Final[ZoneSource]
    level: Final[Level]
    component: Final[RedactedText]
    text: Final[RedactedText]
    template: Final[RedactedText]
    exception: Final[RedactedText]
    lines: Final[int]
    anchor: Final[Anchor]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a ticket export: what it means, its key path and value, and where it stands."""

    name: FieldName
    key: RedactedText
    value: RedactedText
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of a metric at a time, from a metrics table."""

    utc: datetime
    metric: RedactedText
    value: float
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part in the case: how the artifacts name them, and their role."""

    name: RedactedText
    role: Role


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A tracked field that changed: `status` is the closed reading of `after`, `other` without one.

    `field` tells which field it was; `before`, `after` and `by` are empty where nobody says.
    """

    utc: datetime | None
    field: Tracked
    status: Status
    before: RedactedText
    after: RedactedText
    by: RedactedText
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Link:
    """What an artifact refers to: `ref` as it is named there, a title where one is given."""

    kind: LinkKind
    ref: RedactedText
    title: RedactedText
    utc: datetime | None
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Article:
    """A knowledge-base article among the artifacts; the text without its markup."""

    id: RedactedText
    title: RedactedText
    text: RedactedText
    updated: datetime | None
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class RedactedCase:
    """A case after the redactor: the only form in which the rest of the house sees it.

    `id` is random and says nothing about the folder it came from; `policy` is the fingerprint of
    the redaction policy. Fields are those of the tickets among the artifacts. Messages, events,
    samples and history are in time order, those without a time last.
    """

    id: str
    title: RedactedText
    policy: str
    artifacts: tuple[Artifact, ...]
    quarantined: tuple[Quarantined, ...]
    messages: tuple[Message, ...]
    events: tuple[Event, ...]
    samples: tuple[Sample, ...]
    fields: tuple[Field, ...]
    participants: tuple[Participant, ...] = ()
    history: tuple[StatusChange, ...] = ()
    links: tuple[Link, ...] = ()
    articles: tuple[Article, ...] = ()

    @property
    def current(self) -> tuple[Artifact, ...]:
        """Return the artifacts that no later version supersedes."""
        return tuple(artifact for artifact in self.artifacts if not artifact.superseded_by)
