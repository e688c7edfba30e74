"""Lists what happens next: what was promised with its time, and what the facts call for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, LiteralString

from assistant.facts import CaseState, NextStep, Severity, SeverityLevel
from assistant.facts.actions import Deed
from assistant.facts.evidence import Book, Place, Quote
from assistant.facts.observations import Observations
from assistant.facts.statements import Statement, is_negated, stated_time
from assistant.facts.suspects import Candidate
from assistant.facts.wording import clause
from redaction import Anchor, Artifact, Field, RedactedText, compose

SHOWN: Final = 8
_NEXT_UPDATE: Final = re.compile(
    r"\bnext (?:status )?(?:update|one|checkpoint|report|message)\b", re.IGNORECASE
)
_PLANNED_FOR: Final = re.compile(
    r",? (?:is |are )?(?:planned|scheduled) (?:for|at) "
    r"(?P<clock>\d{1,2}:\d\d(?P<zone> ?(?:UTC|GMT|CES?T|Z)\b)?)",
    re.IGNORECASE,
)
_VALUE: Final = re.compile(r"(?<![\w.])\d+(?:\.\d+)*(?![\w.]*\d)")
CADENCE: Final[dict[SeverityLevel, tuple[timedelta, LiteralString]]] = {
    "Sev1": (timedelta(minutes=30), "30 minutes"),
    "Sev2": (timedelta(hours=1), "1 hour"),
    "Sev3": (timedelta(hours=8), "8 hours"),
    "Sev4": (timedelta(hours=24), "24 hours"),
}
"""How long after the last known event the next update is due, by severity."""
_UPDATE_KEY: Final = re.compile(r"next[ _]?update", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A next step before it is cited."""

    text: RedactedText
    due: datetime | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """How the case stands: what decides by when the next update is due.

    `latest` is the time of the last known event in UTC, None when nothing has a time.
    """

    state: CaseState
    severity: Severity
    latest: datetime | None


def next_steps(
    seen: Observations,
    candidates: Sequence[Candidate],
    outlook: Outlook,
    *,
    asks: bool,
    book: Book,
) -> tuple[NextStep, ...]:
    """Return the next update first, then tests and planned steps, then what the case calls for."""
    steps = (
        *(_update(seen, outlook) if outlook.state != "resolved" else ()),
        *_planned(seen.deeds, candidates, outlook.state),
        *_by_state(outlook.state),
        *_credentials(seen.case.current),
        *((Step(compose("Send the open questions to those who can answer them"), None, ()),)
          if asks else ()),
    )  # fmt: skip
    return tuple(NextStep(step.text, step.due, book.cite(*step.places)) for step in steps[:SHOWN])


def _update(seen: Observations, outlook: Outlook) -> Iterator[Step]:
    """Keep the promised time; without one ahead, the severity says how long customers wait."""
    promises = [*_promises(seen.said), *_dated_fields(seen.case.fields)]
    due = max((when for when, _ in promises), default=None)
    now, (span, words) = outlook.latest, CADENCE[outlook.severity.level]
    if due is not None and (now is None or due > now):
        places = tuple(place for when, place in promises if when == due)[:3]
        yield Step(compose("Send the next update"), due, places)
    elif now is not None:
        text = "Send the next update within {words} of the last known event"
        yield Step(compose(text, words=words), now + span, ())
    else:
        yield Step(compose("Send the next update within {words}", words=words), None, ())


def _promises(said: Iterable[Statement]) -> Iterator[tuple[datetime, Place]]:
    for statement in said:
        if not statement.trusted or is_negated(statement.text):
            continue
        due = stated_time(statement) if _NEXT_UPDATE.search(statement.text) else None
        if due is not None and statement.utc is not None and due >= statement.utc:
            yield due, statement.quote


def _dated_fields(fields: Iterable[Field]) -> Iterator[tuple[datetime, Place]]:
    for field in fields:
        if not _UPDATE_KEY.search(field.key):
            continue
        try:
            due = datetime.fromisoformat(field.value.strip())
        except ValueError:
            continue
        if due.tzinfo is not None:
            yield due.astimezone(UTC), Quote(field.anchor, field.value)


def _credentials(artifacts: Iterable[Artifact]) -> Iterator[Step]:
    """A secret that reached a ticket is known to everyone who can read the ticket."""
    holding = [
        (artifact, {span.placeholder for span in artifact.spans if span.action == "drop"})
        for artifact in artifacts
    ]
    places = tuple(_line_of(artifact, min(found)) for artifact, found in holding if found)
    if places:
        yield Step(compose("Rotate the credentials that the artifacts contain"), None, places[:4])


def _line_of(artifact: Artifact, placeholder: str) -> Anchor:
    position = max(0, artifact.text.find(placeholder))
    return Anchor(artifact.id, artifact.text.count("\n", 0, position) + 1)


def _planned(
    deeds: Sequence[Deed], candidates: Iterable[Candidate], state: CaseState
) -> Iterator[Step]:
    """Yield the test of the leading hypothesis, then what else people plan."""
    planned = [deed for deed in deeds if deed.status == "planned"]
    if state == "resolved":
        done = max((deed.utc for deed in deeds if deed.status == "done" and deed.utc), default=None)
        planned = [deed for deed in planned if done and deed.utc and deed.utc > done]
    tests = (one for one in candidates if one.status in ("open", "testing") and one.supporting)
    leading = next(tests, None) if state != "resolved" else None
    agreed = next((deed for deed in planned if leading and _is_test(deed, leading)), None)
    if leading is not None and agreed is not None:
        text = compose("{test}{when}", test=leading.test, when=_when(agreed))
        yield Step(text, None, agreed.places)
    elif leading is not None:
        yield Step(leading.test, None, leading.supporting[:2])
    yield from (_step(deed) for deed in planned if deed is not agreed)


def _step(deed: Deed) -> Step:
    text, when = clause(deed.text), _when(deed)
    found = _PLANNED_FOR.search(text)
    return Step(compose("{text}{when}", text=text[: found.start()] if found else text, when=when),
                None, deed.places)  # fmt: skip


def _is_test(deed: Deed, leading: Candidate) -> bool:
    """Tell whether people plan the test of a hypothesis: it compares the same values."""
    wanted = set(_VALUE.findall(leading.test))
    return len(wanted) > 1 and wanted <= set(_VALUE.findall(deed.text))


def _when(deed: Deed) -> RedactedText:
    """Say when a step is planned; a clock of a chat has no zone of its own."""
    found = _PLANNED_FOR.search(deed.text)
    if found is None:
        return compose("")
    clock = deed.text[slice(*found.span("clock"))]
    unsaid = compose("" if found["zone"] else ", time zone not stated")
    return compose(" (at {clock}{unsaid})", clock=clock, unsaid=unsaid)


def _by_state(state: CaseState) -> Iterator[Step]:
    match state:
        case "monitoring":
            text = "Keep watching the error rate, and close only after the customer confirms"
            yield Step(compose(text), None, ())
        case "resolved":
            text = "Verify that the problem does not recur, and record cause and fix"
            yield Step(compose(text), None, ())
        case _:
            return
