"""Collects what a case states: its texts with their citations, its times, figures and names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Final, Literal, TypeAlias

from assistant import Citations, Claim, Dossier, Facts
from evals.stated.clock import Moment, moments
from evals.stated.names import Vocabulary
from evals.stated.same_time import Reading, reading_of, readings
from redaction import Anchor, Event, Message, RedactedCase, Sample

InstantKind: TypeAlias = Literal["turning", "event", "plan"]


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the evidence or of the facts, and the evidence that it cites."""

    text: str
    citations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Instant:
    """A time that the case states, in UTC, and the evidence that it cites.

    A `turning` point is a change, the start, detection or end of the harm; a `plan` lies ahead.
    """

    utc: datetime
    citations: frozenset[str]
    kind: InstantKind


@dataclass(frozen=True)
class Stated:
    """Everything a claim may repeat.

    `sources` are the evidence lines and the texts of the facts, `precedents` the texts of the
    matches, `instants` the times of the facts, `written` the times as the texts write them.
    """

    sources: tuple[Source, ...]
    precedents: tuple[str, ...]
    instants: tuple[Instant, ...]
    written: tuple[Moment, ...]

    @cached_property
    def case_words(self) -> Vocabulary:
        """The names that the case states."""
        return Vocabulary.of(source.text for source in self.sources)

    @cached_property
    def precedent_words(self) -> Vocabulary:
        """The names that the matches state."""
        return Vocabulary.of(self.precedents)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Every time that the case states, each once."""
        known = [reading_of(at.utc) for at in self.instants]
        known += [reading for moment in self.written for reading in readings(moment)]
        return tuple(dict.fromkeys(known))

    @cached_property
    def precedent_readings(self) -> tuple[Reading, ...]:
        """The times that the matches state."""
        told = (moment for text in self.precedents for moment in moments(text))
        return tuple(reading for moment in told for reading in readings(moment))


class _Same:
    """A dossier as a cache key by identity: hashing a whole case for each sentence is too slow."""

    __slots__ = ("dossier",)

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    def __hash__(self) -> int:
        return id(self.dossier)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.dossier is self.dossier


def stated(dossier: Dossier) -> Stated:
    """Return what the case states; computed once while a dossier is being checked."""
    return _stated(_Same(dossier))


def in_scope(citations: frozenset[str], claim: Claim) -> bool:
    """Tell whether a source may support a claim: it shares evidence with it, or cites none.

    A claim that cites nothing is measured against everything.
    """
    return not claim.evidence or not citations or not citations.isdisjoint(claim.evidence)


@lru_cache(maxsize=2)
def _stated(key: _Same) -> Stated:
    case, facts = key.dossier.case, key.dossier.facts
    evidence = [Source(item.text, frozenset({item.id})) for item in facts.evidence]
    sources = (*evidence, *_fact_sources(facts), *_case_sources(case, facts))
    anchored = _anchored(facts, (*case.events, *case.messages, *case.samples))
    stamped = _anchored(facts, (*case.events, *case.samples)).keys()
    written = tuple(
        moment
        for source in sources
        for moment in _without_stamp(moments(source.text), source.citations & stamped)
    )
    instants = (*_instants(facts), *(_instant(utc, (item,)) for item, utc in anchored.items()))
    known = tuple(instant for instant in instants if instant is not None)
    return Stated(sources, tuple(_precedents(key.dossier)), known, written)


def _source(citations: Citations, *texts: str) -> Source:
    return Source("\n".join(texts), frozenset(citations))


def _fact_sources(facts: Facts) -> Iterator[Source]:
    yield _source(facts.severity.evidence, facts.severity.clause)
    yield _source(facts.cause.evidence, facts.cause.statement or "", facts.cause.category or "")
    for row in facts.timeline:
        yield _source(row.evidence, row.text)
    for impact in facts.impact:
        yield _source(impact.evidence, f"{impact.figure} {impact.what}")
    for signature in facts.signatures:
        yield _source(signature.evidence, signature.template, str(signature.count))
    for component in facts.components:
        yield _source(component.evidence, component.name)
    for version in facts.versions:
        yield _source(version.evidence, version.component, f"version {version.version}")
    for action in facts.actions:
        yield _source(action.evidence, action.text, action.role)
    for guess in facts.hypotheses:
        cited = guess.evidence_for + guess.evidence_against
        yield _source(cited, guess.statement, guess.category, guess.next_test)
    for question in facts.open_questions:
        yield _source(question.evidence, question.text)
    for step in facts.next_steps:
        yield _source(step.evidence, step.text)
    yield _source((), facts.routing.team, facts.routing.reason)


def _case_sources(case: RedactedCase, facts: Facts) -> Iterator[Source]:
    yield _source((), case.title)
    for artifact in case.artifacts:
        cited = tuple(item.id for item in facts.evidence if item.artifact == artifact.id)
        yield _source(cited or ("none",), artifact.name, artifact.id)
    for refused in case.quarantined:
        yield _source((), refused.name, refused.id, refused.reason)


def _instant(
    utc: datetime | None, citations: Citations, kind: InstantKind = "event"
) -> Instant | None:
    if utc is None:
        return None
    utc = utc.replace(tzinfo=UTC) if utc.tzinfo is None else utc.astimezone(UTC)
    return Instant(utc, frozenset(citations), kind)


_TURNING: Final = frozenset({"change", "started", "detected", "mitigated", "resolved"})


def _instants(facts: Facts) -> Iterator[Instant | None]:
    for row in facts.timeline:
        yield _instant(row.utc, row.evidence, "turning" if row.event in _TURNING else "event")
    for signature in facts.signatures:
        yield _instant(signature.first, signature.evidence)
        yield _instant(signature.last, signature.evidence)
    for action in facts.actions:
        kind: InstantKind = "event" if action.status == "done" else "plan"
        yield _instant(action.utc, action.evidence, kind)
    for step in facts.next_steps:
        yield _instant(step.due, step.evidence, "plan")


def _anchored(facts: Facts, read: Iterable[Event | Message | Sample]) -> dict[str, datetime]:
    """Map evidence ids to the UTC time that reading found for their line."""
    wanted = {Anchor(item.artifact, item.line): item.id for item in facts.evidence}
    return {
        wanted[each.anchor]: each.utc
        for each in read
        if each.utc is not None and each.anchor in wanted
    }


def _without_stamp(found: tuple[Moment, ...], stamped: frozenset[str]) -> tuple[Moment, ...]:
    """Drop the zoneless stamp of a log line or sample whose UTC time is known from reading."""
    if stamped and found and found[0].offset is None:
        return found[1:]
    return found


def _precedents(dossier: Dossier) -> Iterator[str]:
    for match in dossier.matches:
        document = match.document
        yield "\n".join(
            (
                document.id,
                document.title,
                document.text,
                document.product,
                document.component,
                f"version {document.version}",
                f"version {document.fixed_version}",
                document.status,
                document.resolution,
                document.root_cause,
                document.workaround,
                document.applies_to,
                document.superseded_by,
                *match.why,
            )
        )
