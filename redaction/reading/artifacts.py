"""Reads the structure of a case from its redacted artifacts: messages, events, samples, fields."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from statistics import median_low
from typing import Final, TypeAlias, TypeVar, cast

from redaction.case import (
    Anchor,
    Article,
    Artifact,
    Event,
    Field,
    FieldName,
    Link,
    Message,
    Participant,
    Role,
    Sample,
    StatusChange,
)
from redaction.reading.conversation import Said, is_chat, read_mail, read_messages, settled
from redaction.reading.jsontree import Node, parse_json
from redaction.reading.log_tables import read_event_xml, read_log_table
from redaction.reading.logs import read_log
from redaction.reading.metrics import read_rows, read_table
from redaction.reading.payloads import Payload, Subject, Told, read_payload
from redaction.reading.people import Directory, Person, person_of
from redaction.reading.structured_logs import read_record
from redaction.reading.surroundings import agents_in, told_in
from redaction.reading.tickets import read_ticket, tickets_in
from redaction.reading.timestamps import (
    Clock,
    Context,
    file_context,
    lacks_year,
    zone_named,
)
from redaction.reading.transcripts import is_transcript, read_transcript
from redaction.text import RedactedText, compose, mint

_Record: TypeAlias = tuple[Payload, Told]
T = TypeVar("T", Said, Event, Sample, StatusChange)

_STAFF: Final[tuple[Role, ...]] = ("analyst", "engineer")
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Structure:
    """What the artifacts of a case tell; in time order, what has no time last.

    `title` is that of the first ticket, else the subject of the first mail, else the title of the
    first article, else empty.
    """

    title: RedactedText
    messages: tuple[Message, ...]
    events: tuple[Event, ...]
    samples: tuple[Sample, ...]
    fields: tuple[Field, ...]
    participants: tuple[Participant, ...]
    history: tuple[StatusChange, ...]
    links: tuple[Link, ...]
    articles: tuple[Article, ...]


@dataclass(slots=True)
class _Findings:
    """What was found so far, across artifacts."""

    zone: tzinfo | None = None
    directory: Directory = field(default_factory=Directory)
    said: list[Said] = field(default_factory=list[Said])
    events: list[Event] = field(default_factory=list[Event])
    samples: list[Sample] = field(default_factory=list[Sample])
    fields: list[Field] = field(default_factory=list[Field])
    told: list[_Record] = field(default_factory=list[_Record])
    subjects: list[str] = field(default_factory=list[str])
    history: list[StatusChange] = field(default_factory=list[StatusChange])
    links: list[Link] = field(default_factory=list[Link])
    articles: list[Article] = field(default_factory=list[Article])
    around: list[Field] = field(default_factory=list[Field])

    def context(self, text: str, near: datetime | None = None) -> Context:
        """Return what an artifact and the case say about its times."""
        return file_context(text, near, self.zone)

    def take(self, told: Told, payload: Payload) -> None:
        """Add what a record of a payload tells."""
        for person, role in told.people:
            self.directory.learn(person, role)
        for each in told.said:
            # What only staff can write, such as an internal note, says who writes it.
            self.directory.learn(each.person, each.default if each.default in _STAFF else None)
        self.said += told.said
        self.told.append((payload, told))
        self.events += told.events
        self.samples += told.samples
        self.history += told.history
        self.links += told.links
        self.articles += told.articles

    def middle(self) -> datetime | None:
        """Return the middle of all times known so far: what the case is about in time."""
        times = [each.utc for each in (*self.said, *self.events, *self.samples) if each.utc]
        return median_low(times) if times else None


def read_structure(artifacts: tuple[Artifact, ...], zone: str | None = None) -> Structure:
    """Read every artifact once; one that is not what it seems contributes nothing.

    `zone` is the IANA name of the zone set for the case (`Europe/Oslo`), for times that neither
    say their own nor stand in a file that does.
    A superseded artifact is read no more: its successor tells the same and more. Logs whose times
    lack a year are read last: the rest of the case tells the year.

    Raises:
        ValueError: `zone` names no zone.
    """
    findings = _Findings(zone=_zone(zone))
    logs: list[Artifact] = []
    for artifact in artifacts:
        if artifact.superseded_by:
            continue
        read = read_payload(artifact, Clock(findings.context(artifact.text)))
        if read is not None:
            payload, told = read
            for each in told:
                findings.take(each, payload)
        elif artifact.media_type in _LOGS and is_transcript(artifact.text):
            _read_transcript(artifact, findings)
        elif artifact.media_type in _LOGS:
            logs.append(artifact)
        else:
            _read_document(artifact, findings)
    for artifact in sorted(logs, key=lambda log: lacks_year(log.text[:20_000].split("\n"))):
        _read_log(artifact, findings)
    current = [artifact for artifact in artifacts if not artifact.superseded_by]
    findings.around += told_in(findings.said)
    findings.around += (told for artifact in current for told in agents_in(artifact))
    return _structure(findings)


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    zone = zone_named(name)
    if zone is None:
        raise ValueError("the zone of a case is an IANA name such as Europe/Oslo, or UTC")
    return zone


_RANK: Final[tuple[Subject, ...]] = ("ticket", "issue", "alert", "other")
# What says which case this is, and how it stands.
_IDENTITY: Final[frozenset[FieldName]] = frozenset(
    (
        *("title", "description", "status", "severity", "priority", "id", "impact", "urgency"),
        *("created", "updated", "resolved", "resolution", "root_cause", "workaround", "group"),
    )
)
_LOGS = ("text/x-log", "text/plain", "application/x-ndjson")


def _read_log(artifact: Artifact, findings: _Findings) -> None:
    context = findings.context(artifact.text, findings.middle())
    prose = artifact.media_type == "text/plain"
    findings.events += read_log(artifact.id, artifact.text, context, stamped_only=prose)


def _read_transcript(artifact: Artifact, findings: _Findings) -> None:
    clock = Clock(findings.context(artifact.text))
    for said in read_transcript(artifact.id, artifact.text, clock):
        findings.directory.learn(said.person)
        findings.said.append(said)


def _read_document(artifact: Artifact, findings: _Findings) -> None:
    match artifact.media_type:
        case "application/json":
            _read_json(artifact, findings)
        case "message/rfc822":
            mail = read_mail(artifact.id, artifact.text, Clock())
            if mail is not None:
                findings.subjects.append(mail[0])
                findings.said.append(mail[1])
        case "text/csv":
            context = findings.context(artifact.text)
            events = read_log_table(artifact.id, artifact.text, context)
            findings.events += events
            if not events:
                findings.samples += read_table(artifact.id, artifact.text)
        case "application/xml":
            context = findings.context(artifact.text)
            findings.events += read_event_xml(artifact.id, artifact.text, context)
        case _:
            pass  # configuration, pages and markup are evidence, but tell no events


def _read_json(artifact: Artifact, findings: _Findings) -> None:
    root = parse_json(artifact.text)
    if root is None:
        return
    clock = Clock(findings.context(artifact.text))
    if tickets := tickets_in(root):
        for members in tickets:
            ticket = read_ticket(artifact.id, members, clock, findings.directory)
            findings.fields += ticket.fields
            findings.said += ticket.said
        return
    items = _records_in(root)
    if is_chat(items):
        chat = list(read_messages(artifact.id, items, clock))
        for said in chat:
            findings.directory.learn(said.person)
        findings.said += chat
    elif _is_people(items):
        for item in items:
            findings.directory.learn(person_of(item))
    elif not _read_records(artifact, items or [root], clock, findings):
        findings.samples += read_rows(artifact.id, items)


def _read_records(artifact: Artifact, items: list[Node], clock: Clock, findings: _Findings) -> bool:
    """Read log records; False when they have no message, so that they may be metrics."""
    found = False
    for item in items:
        if not item.members():
            continue
        record = cast(dict[str, object], item.plain())
        event = read_record(record, Anchor(artifact.id, item.line), clock)
        if event is not None and event.template and event.utc:
            findings.events.append(event)
            found = True
    return found


def _records_in(root: Node) -> list[Node]:
    """Return the list that a document is about: itself, or the first list of objects inside."""
    if root.items():
        return root.items()
    for node in root.members().values():
        if any(item.members() for item in node.items()):
            return node.items()
        if inner := next((n.items() for n in node.members().values() if n.items()), None):
            return inner
    return []


def _is_people(items: list[Node]) -> bool:
    """Tell a directory of people, as Slack and Zendesk export it."""
    sample = [item.members() for item in items[:20]]
    return bool(sample) and all(
        "id" in each and each.keys() & {"real_name", "profile", "email", "full_name"}
        for each in sample
    )


def _structure(findings: _Findings) -> Structure:
    fields = tuple(_own_fields(findings))
    titles = [each.value for each in fields if each.name == "title"]
    titles += [mint(subject) for subject in findings.subjects]
    titles += [article.title for article in findings.articles]
    messages = tuple(settled(said, findings.directory) for said in _said_once(findings.said))
    return Structure(
        title=titles[0] if titles else mint(""),
        messages=messages,
        events=tuple(_in_time(findings.events)),
        samples=tuple(_in_time(findings.samples)),
        fields=fields,
        participants=_participants(findings.directory, messages),
        history=tuple(_named(each, findings.directory) for each in _in_time(findings.history)),
        links=tuple(dict.fromkeys((*findings.links, *_beside(findings)))),
        articles=tuple(findings.articles),
    )


def _own_fields(findings: _Findings) -> Iterator[Field]:
    """Yield the fields; only those of one ticket say which case this is and how it stands.

    An issue that the developers closed or an incident that a status page resolved does not close
    the ticket beside it.
    """
    yield from findings.fields
    own = _own_record(findings)
    for payload, told in findings.told:
        beside = own is None or not _same_record((payload, told), own)
        for each in told.fields:
            if beside and each.name in _IDENTITY:
                key = compose("{system}.{key}", system=mint(payload.system.lower()), key=each.key)
                yield replace(each, name="other", key=key)
            else:
                yield each
    yield from findings.around


def _own_record(findings: _Findings) -> _Record | None:
    """Return the record that says which case this is; None where a ticket of no system does.

    Of two of a kind it is the one with more of a conversation, then the one that was created
    first, whichever file was read first.
    """
    titled = (each for each in findings.told if _value(each[1], "title"))
    return None if findings.fields else min(titled, key=_standing, default=None)


def _standing(record: _Record) -> tuple[int, int, datetime, str]:
    payload, told = record
    stamp = Clock().whole(_value(told, "created"))
    created = stamp.utc if stamp and stamp.utc else _LATEST
    rank = _RANK.index(told.subject or payload.subject)
    return rank, -len(told.said), created, _value(told, "id")


def _value(told: Told, name: FieldName) -> str:
    return next((str(each.value) for each in told.fields if each.name == name), "")


def _beside(findings: _Findings) -> Iterator[Link]:
    """Yield a link to each other ticket or issue among the artifacts."""
    own = _own_record(findings)
    for payload, record in findings.told:
        told = {field.name: field for field in reversed(record.fields)}
        is_other = own is None or not _same_record((payload, record), own)
        subject = record.subject or payload.subject
        if subject in ("ticket", "issue") and is_other and "title" in told:
            title = told["title"]
            ref = told["id"].value if "id" in told else mint("")
            yield Link("related", ref, title.value, None, title.anchor)


def _same_record(one: _Record, own: _Record) -> bool:
    """Tell what belongs to a ticket: of its system, and of its id where it names one."""
    ids = [
        {str(field.value) for field in told.fields if field.name == "id"} for _, told in (one, own)
    ]
    return one[0] is own[0] and (not ids[0] or not ids[1] or ids[0] == ids[1])


def _said_once(found: Sequence[Said]) -> Iterator[Said]:
    """Yield messages in time order; one that a second export repeats, to the second, is one."""
    seen: dict[tuple[datetime, str], str] = {}
    for said in _in_time(found):
        if said.utc is not None:
            key = (said.utc.replace(microsecond=0), " ".join(said.text.split()))
            if seen.setdefault(key, said.anchor.artifact) != said.anchor.artifact:
                continue
        yield said


def _named(change: StatusChange, directory: Directory) -> StatusChange:
    """Return a change with the names that the whole case knows for the ids in it."""

    def name(text: str) -> RedactedText:
        return mint(directory.name(Person(text, frozenset(), None)))

    change = replace(change, by=name(change.by))
    if change.field != "assignee":
        return change
    return replace(change, before=name(change.before), after=name(change.after))


def _participants(directory: Directory, messages: Sequence[Message]) -> tuple[Participant, ...]:
    """Return everybody once, in the order in which they were met, as the messages know them."""
    said: dict[str, Role] = {each.author: each.role for each in reversed(messages)}
    return tuple(
        Participant(mint(name), said.get(name, role) if role == "other" else role)
        for name, role in directory.people()
    )


def _in_time(found: Sequence[T]) -> list[T]:
    return sorted(found, key=lambda each: each.utc or _LATEST)
