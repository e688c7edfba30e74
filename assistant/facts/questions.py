"""Asks what is missing or contradictory, as questions that someone can answer."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.facts import CaseState, Cause, Question, Severity, Version
from assistant.facts.evidence import Book, Place, Quote, clip
from assistant.facts.observations import Observations
from assistant.facts.people import without_names
from assistant.facts.severity import level_of
from assistant.facts.statements import Statement, is_question, speaker
from assistant.facts.wording import uncapitalised, unended
from redaction import Event, Field, Quarantined, RedactedText, compose, join

SHOWN: Final = 12
_FIRST_REPORT: Final = re.compile(r"report|customer|initial|original", re.IGNORECASE)
# Outcomes of a case in which nothing was broken or nothing will be repaired.
_NOTHING_FIXED: Final = re.compile(
    r"won.?t ?fix|invalid|duplicate|answered|not[_ ]?reproducible|cannot reproduce|worksforme"
    r"|not a bug|needs more info|incomplete|feature",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(
    r"\b(?:since|from|started|began)\s+(?P<when>(?:(?:this|last|early|late)\s+(?:morning|evening"
    r"|night|noon|afternoon|week|month)|yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\d{1,2}:\d{2})\b(?:\s+(?:morning|evening|night|noon|afternoon|\d{1,2}:\d{2}|UTC|CET|local))*)"
    r"|\blast successful \w+:?\s*(?P<last>[A-Z]\w+(?: \d{1,2}:\d{2})?)",
    re.IGNORECASE,
)
_REPRODUCES: Final = re.compile(
    r"\breproduc\w+|\bsteps\b|\bevery (?:time|call|request)\b|\balways\b|\beach time\b",
    re.IGNORECASE,
)
_NOT_KNOWN: Final = re.compile(
    r"\b(?:not known yet|unknown|do(?:es)? not know yet|don.?t know yet|open (?:point|question)s?)"
    r"\s*:\s*(?P<what>.{8,})",
    re.IGNORECASE,
)

_NEXT_QUESTION: Final = re.compile(
    r",? and (?=whether |why\b|how |who |when |what )", re.IGNORECASE
)
_POINTS_BACK: Final = re.compile(r"\b(?:this|that|these|those|it|them|they)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Known:
    seen: Observations
    state: CaseState
    severity: Severity
    cause: Cause
    versions: Sequence[Version]


def questions(
    seen: Observations,
    state: CaseState,
    severity: Severity,
    cause: Cause,
    versions: Sequence[Version],
    book: Book,
) -> tuple[Question, ...]:
    """Return the open questions, contradictions first; a resolved case has fewer."""
    known = _Known(seen, state, severity, cause, versions)
    asked = (
        *_contradictions(known),
        *_of_people(known),
        *(_missing(known) if known.state != "resolved" else _after(known)),
        *_unreadable(known.seen.case.quarantined),
    )
    return tuple(Question(text, book.cite(*places)) for text, places in asked[:SHOWN])


_Asked = tuple[RedactedText, tuple[Place, ...]]


def _contradictions(known: _Known) -> Iterator[_Asked]:
    starts = _stated_starts(known.seen.said)
    if known.seen.course.onset is None and len(starts) > 1:
        named = join(", ", (compose("“{when}”", when=when) for when, _ in starts[:4]))
        text = compose(
            "The evidence names different times: {named}. When did it begin?", named=named
        )
        yield text, tuple(place for _, place in starts[:4])
    reported = known.severity.reported
    if reported is not None and reported != known.severity.level:
        text = compose(
            "Which severity applies: {reported} as the ticket reports, or {level} as the policy "
            "recommends?",
            reported=_level(reported),
            level=_level(known.severity.level),
        )
        yield text, ()
    yield from _levels_in_ticket(known.seen.case.fields)


def _level(name: str) -> RedactedText:
    return compose("Sev{number}", number=int(name[-1]))


def _levels_in_ticket(fields: Iterable[Field]) -> Iterator[_Asked]:
    levels = [
        (field, level_of(field.value))
        for field in fields
        if field.name == "severity" and not _FIRST_REPORT.search(field.key)
    ]
    known = [(field, level) for field, level in levels if level is not None]
    if len({level for _, level in known}) > 1:
        text = compose("The ticket holds two severities, {one} and {other}: which one is current?",
                       one=_level(str(known[0][1])), other=_level(str(known[-1][1])))  # fmt: skip
        yield text, (known[0][0].anchor, known[-1][0].anchor)


def _stated_starts(said: Iterable[Statement]) -> list[tuple[RedactedText, Place]]:
    found: dict[str, tuple[RedactedText, Place]] = {}
    for statement in said:
        for match in _SINCE.finditer(statement.text):
            name = "when" if match["when"] is not None else "last"
            when = statement.text[slice(*match.span(name))].strip()
            found.setdefault(when.lower(), (when, statement.quote))
    return list(found.values())


def _of_people(known: _Known) -> Iterator[_Asked]:
    for statement in known.seen.said:
        match = _NOT_KNOWN.search(statement.text) if statement.trusted else None
        if match is not None:
            what = statement.text[slice(*match.span("what"))]
            for part in _parts(unended(without_names(what, known.seen.cast))):
                yield _still_open(part, statement, known), (statement.quote,)
    asked = [one for one in known.seen.said if one.role == "customer" and is_question(one.text)]
    last = max((one.utc for one in known.seen.said if one.utc is not None), default=None)
    if known.state == "resolved":
        asked = [one for one in asked if one.utc == last]
    for statement in asked[-1:]:
        before = _sentence_before(statement, known.seen.said)
        text = clip(without_names(statement.text, known.seen.cast), 160)
        places = (statement.quote,)
        if before is not None and _POINTS_BACK.search(text):
            said = clip(without_names(before.text, known.seen.cast), 160)
            text = compose("{said} {text}", said=said, text=text)
            places = (before.quote, statement.quote)
        yield compose("The customer asks: “{text}”", text=text), places


def _sentence_before(statement: Statement, said: Sequence[Statement]) -> Statement | None:
    place = said.index(statement)
    before = said[place - 1] if place else None
    return before if before is not None and before.anchor == statement.anchor else None


def _parts(what: RedactedText) -> Iterator[RedactedText]:
    """Split `why, and whether a second change contributed` into its two questions."""
    start = 0
    for joint in _NEXT_QUESTION.finditer(what):
        yield what[start : joint.start()]
        start = joint.end()
    yield what[start:]


def _still_open(what: RedactedText, statement: Statement, known: _Known) -> RedactedText:
    """Make a whole question of what somebody says is not known."""
    suspected = (one for one in known.seen.verdicts if one.kind == "suspected")
    same = [one for one in suspected if isinstance(one.place, Quote)
            and one.place.anchor == statement.anchor]  # fmt: skip
    if what.lower() == "why" and same:
        text = "If it is confirmed that {it}, why did that happen?"
        return compose(text, it=uncapitalised(same[-1].subject))
    if what.lower().startswith("whether "):
        return compose("Is it known by now {what}?", what=clip(what, 160))
    return compose("Who can answer this point, which {who} calls open: “{what}”?",
                   who=speaker(statement.role), what=clip(what, 160))  # fmt: skip


def _missing(known: _Known) -> Iterator[_Asked]:
    component, course = known.seen.component, known.seen.course
    about = {"component": component}
    if course.onset is None and len(_stated_starts(known.seen.said)) < 2:
        yield compose("When did the problem begin (date, time and time zone)?"), ()
    yield from _undated(known)
    if not known.versions:
        yield compose("Which version of {component} runs where the problem occurs?", **about), ()
    if not known.seen.figures:
        text = "How many users, requests or orders are affected, out of how many?"
        yield compose(text), ()
    if not known.seen.changes and not known.seen.differences:
        yield compose("What changed in or around {component} before it began?", **about), ()
    reproduced = any(_REPRODUCES.search(one.text) for one in known.seen.said)
    if course.error_rate is None and not reproduced:
        yield compose("Which steps reproduce the problem, and does it happen every time?"), ()
    if not known.seen.case.events:
        text = "Can logs of {component} from before and after the onset be provided?"
        yield compose(text, **about), ()
    if course.onset is not None and course.recovery is None:
        yield compose("Do the errors continue after the end of the evidence?"), ()


def _undated(known: _Known) -> Iterator[_Asked]:
    stamped: dict[str, list[Event]] = {}
    for event in known.seen.case.events:
        if event.zone in ("none", "assumed", "ambiguous") and event.raw_time:
            stamped.setdefault(event.anchor.artifact, []).append(event)
    for event in [events[0] for events in stamped.values() if len(events) > 2][:2]:
        if event.utc is None:
            text = "On which date and in which time zone was the log written that has “{time}”?"
        elif event.zone == "ambiguous":
            text = "Which exact time does “{time}” mean (order of day and month, time zone)?"
        else:
            text = "In which time zone was the log written that has “{time}”?"
        yield compose(text, time=event.raw_time), (event.anchor,)


def _after(known: _Known) -> Iterator[_Asked]:
    outcomes = (one.value for one in known.seen.case.fields if one.name in ("status", "resolution"))
    if any(_NOTHING_FIXED.search(outcome) for outcome in outcomes):
        return
    if known.cause.status == "unknown":
        yield compose("What was the root cause, which the resolved case does not name?"), ()
    if known.cause.status == "suspected":
        yield (
            compose("Which test confirms or refutes the suspected cause?"),
            known.seen.course.onset_places,
        )
    if not known.versions:
        yield compose("In which version is it fixed?"), ()


def _unreadable(quarantined: Iterable[Quarantined]) -> Iterator[_Asked]:
    for one in tuple(quarantined)[:3]:
        text = "{name} could not be read: can its content be provided in another form?"
        yield compose(text, name=one.name), ()
