"""Merges what all artifacts show into one timeline in UTC, each row with its evidence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from assistant.facts import CaseState, EventKind, TimelineEntry
from assistant.facts.actions import Deed
from assistant.facts.changes import Change
from assistant.facts.course import Course
from assistant.facts.evidence import Book, Place, Quote, clip
from assistant.facts.number_words import counted, percent
from assistant.facts.observations import Observations
from assistant.facts.people import Cast, without_names
from assistant.facts.signatures import Group, without_packages
from assistant.facts.statements import (
    Statement,
    is_future,
    is_negated,
    is_question,
    speaker,
    stated_time,
)
from assistant.facts.verdicts import Verdict, merged_verdicts
from assistant.facts.wording import as_object, clause, row_text
from redaction import RedactedText, ZoneSource, compose

SHOWN: Final = 25
_ALERT_NAME: Final = re.compile(r"\b(?:[A-Z][a-z0-9]+){2,}\b")
_ALERT: Final = re.compile(
    r"\bresolved\]|\b(?:firing|alert\w*|triggered|alarm|paged?|monitor|threshold|critical:)\b",
    re.IGNORECASE,
)
_OVER: Final = re.compile(r"\b(?:resolved|ok|recovered|cleared|back to normal)\b", re.IGNORECASE)
_SEVERITY: Final = re.compile(
    r"\bseverity (?:was |is |has been )?(?:raised|lowered|changed|set|now)\b"
    r"|\b(?:raised|upgraded|escalated|downgraded) (?:it )?to sev-?\d",
    re.IGNORECASE,
)
_LEVEL: Final = re.compile(r"\bsev-?[1-5]\b(?!\.\d)", re.IGNORECASE)
_FIX: Final = re.compile(r"(?:Fixed|Merged|Released|Verified)\b")
_SAME_REPORT: Final = timedelta(minutes=15)
_WEIGHTS: Final[dict[EventKind, int]] = {
    "started": 10, "resolved": 9, "mitigated": 9, "change": 8, "detected": 8, "report": 8,
    "action": 6, "other": 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A timeline row before it is cited."""

    utc: datetime
    event: EventKind
    text: RedactedText
    places: tuple[Place, ...]


def timeline(found: Observations, state: CaseState, book: Book) -> tuple[TimelineEntry, ...]:
    """Return the most telling rows in time order; a row says so when its time is unsure."""
    rows = (
        *_change_rows(found),
        *_course_rows(found.course, state),
        *_detection(found.said, found.cast),
        *_report(found),
        *_deed_rows(found.deeds, state),
        *_spoken_rows(found),
    )
    chosen = sorted(_distinct(rows), key=lambda row: -_WEIGHTS[row.event])[:SHOWN]
    unsure: dict[Place, ZoneSource] = {
        event.anchor: event.zone
        for event in found.case.events
        if event.zone in ("assumed", "ambiguous")
    }
    ordered = sorted(chosen, key=lambda row: (row.utc, -_WEIGHTS[row.event]))
    return tuple(_entry(row, unsure, book) for row in ordered)


def _entry(row: Row, unsure: Mapping[Place, ZoneSource], book: Book) -> TimelineEntry:
    match unsure.get(row.places[0]) if row.places else None:
        case "assumed":
            text = compose("{text} (time zone assumed)", text=row.text)
        case "ambiguous":
            text = compose("{text} (time ambiguous)", text=row.text)
        case _:
            text = row.text
    return TimelineEntry(row.utc, row.event, text, book.cite(*row.places))


def _distinct(rows: Iterable[Row]) -> list[Row]:
    first: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda one: one.utc):
        first.setdefault((row.event, row.text), row)
    return list(first.values())


def _change_rows(found: Observations) -> Iterator[Row]:
    responses = {id(deed.change): deed for deed in found.deeds if deed.change is not None}
    for change in found.changes:
        deed = responses.get(id(change))
        event: EventKind = "action" if deed is not None else "change"
        places = deed.places if deed is not None else change.places
        begun = compose(" started") if change.end is not None else compose("")
        text = compose("{text}{begun}", text=change.text, begun=begun)
        yield Row(change.start, event, text, places)
        if deed is not None and deed.approval is not None and deed.approval.utc is not None:
            yield _approval_row(change, deed.approval, deed.approval.utc)
        if change.end is not None:
            text = compose("{text} finished", text=change.text)
            yield Row(change.end, event, text, change.end_places)


def _approval_row(change: Change, approval: Statement, said: datetime) -> Row:
    who = speaker(approval.role)
    text = compose("{text} approved by {who}", text=change.text, who=who)
    return Row(stated_time(approval) or said, "action", text, (approval.quote,))


def _course_rows(course: Course, state: CaseState) -> Iterator[Row]:
    if course.onset is not None:
        yield Row(course.onset, "started", _onset_text(course), course.onset_places)
    if course.recovery is not None:
        event: EventKind = "resolved" if state == "resolved" else "mitigated"
        yield Row(course.recovery, event, _recovery_text(course), course.recovery_places)


def _onset_text(course: Course) -> RedactedText:
    lead, rate = course.lead, course.error_rate
    if lead is not None and rate is not None:
        return compose(
            "Errors began: “{template}” ({count} in the log); the error rate rose from {usual} "
            "to {level}",
            count=counted(lead.count),
            template=_brief(lead),
            level=percent(rate.onset.value),
            usual=percent(rate.usual),
        )
    if rate is not None:
        return compose(
            "The error rate rose from {usual} to {level}",
            usual=percent(rate.usual),
            level=percent(rate.onset.value),
        )
    if lead is not None:
        return compose(
            "Errors began: “{template}” ({count} in the log)",
            count=counted(lead.count),
            template=_brief(lead),
        )
    return compose("Requests began to fail with HTTP 5xx")


def _brief(group: Group) -> RedactedText:
    raised = group.template.find(", caused by")
    template = group.template[:raised] if raised > 0 else group.template
    return clip(without_packages(template), 110)


def _recovery_text(course: Course) -> RedactedText:
    rate = course.error_rate
    if rate is not None and rate.recovery is not None:
        return compose(
            "The error rate was back in its usual range ({level})",
            level=percent(rate.recovery.value),
        )
    return compose("The last of the errors was logged")


def _detection(said: Iterable[Statement], cast: Cast) -> Iterator[Row]:
    fired = False
    for statement in said:
        if statement.role != "bot" or statement.utc is None or not _ALERT.search(statement.text):
            continue
        over = _OVER.search(statement.text) is not None
        if over == fired:
            event: EventKind = "other" if over else "detected"
            yield Row(statement.utc, event, _alert_text(statement, over, cast), (statement.quote,))
        fired = not over


def _alert_text(statement: Statement, over: bool, cast: Cast) -> RedactedText:
    found = _ALERT_NAME.search(statement.text)
    if found is not None:
        name = statement.text[slice(*found.span())]
        ended = compose("The alert {name} ended", name=name)
        return ended if over else compose("The alert {name} fired", name=name)
    text = row_text(without_names(statement.text, cast), 120)
    return compose("Alert over: {text}", text=text) if over else compose("Alert: {text}", text=text)


def _report(found: Observations) -> Iterator[Row]:
    created = next((one for one in found.case.fields if one.name == "created"), None)
    opened = _parsed(created.value) if created is not None else None
    customer = [one for one in found.said if one.role == "customer" and one.utc is not None]
    # A greeting is no report.
    spoken = next((one for one in customer if len(one.text) > 20), next(iter(customer), None))
    first = spoken.utc if spoken is not None else None
    places = (
        *((Quote(created.anchor, created.value),) if created is not None and opened else ()),
        *((spoken.quote,) if spoken is not None else ()),
    )
    if opened is not None and first is not None and abs(opened - first) <= _SAME_REPORT:
        yield Row(
            min(opened, first), "report", compose("The customer reported the problem"), places
        )
    elif opened is not None:
        yield Row(opened, "report", compose("The case was opened"), places[:1])
    elif first is not None:
        yield Row(first, "report", compose("First message of the customer"), places)


def _parsed(value: RedactedText) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return parsed.astimezone(UTC) if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)


def _deed_rows(deeds: Iterable[Deed], state: CaseState) -> Iterator[Row]:
    done = [deed for deed in deeds if deed.change is None and deed.status == "done"]
    fixes = [deed for deed in done if _FIX.match(deed.text)] if state == "resolved" else []
    for deed in done:
        if deed.utc is not None:
            event: EventKind = "resolved" if deed in fixes[-1:] else "action"
            yield Row(deed.utc, event, deed.text, deed.places)


def _spoken_rows(found: Observations) -> Iterator[Row]:
    times = {statement.quote: statement.utc for statement in found.said}
    for verdict, places in merged_verdicts(found.verdicts):
        utc = times.get(places[0]) if isinstance(places[0], Quote) else None
        if utc is not None and verdict.kind != "possible":
            yield Row(utc, "other", _verdict_text(verdict), places)
    for statement in found.said:
        text = clause(statement.text)
        if not statement.trusted or statement.utc is None or not _SEVERITY.search(text):
            continue
        if not (is_question(statement.text) or is_negated(text) or is_future(text)):
            words = _severity_text(text) or row_text(without_names(text, found.cast))
            utc = stated_time(statement) or statement.utc
            yield Row(utc, "action", words, (statement.quote,))


def _severity_text(text: RedactedText) -> RedactedText | None:
    named = list(_LEVEL.finditer(text))
    if len(named) != 2:
        return None
    before, after = (text[slice(*found.span())] for found in named)
    return compose("Severity changed from {before} to {after}", before=before, after=after)


def _verdict_text(verdict: Verdict) -> RedactedText:
    who = speaker("engineer") if verdict.role == "engineer" else speaker("analyst")
    match verdict.kind:
        case "ruled_out":
            return compose("Ruled out by {who}: {what}", who=who, what=as_object(verdict.subject))
        case "suspected":
            return compose("Suspected by {who}: {what}", who=who, what=verdict.subject)
        case "possible":
            return compose("Named as possible by {who}: {what}", who=who, what=verdict.subject)
        case "confirmed":
            return compose("Cause reported by {who}: {what}", who=who, what=verdict.subject)
