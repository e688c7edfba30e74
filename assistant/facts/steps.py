"""Lists what happens next: what was promised with its time, and what the facts call for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from assistant.facts import CaseState, NextStep
from assistant.facts.actions import Deed
from assistant.facts.candidates import Candidate
from assistant.facts.evidence import Book, Place, Quote
from assistant.facts.figures import counted
from assistant.facts.observations import Observations
from assistant.facts.statements import Statement, is_negated, stated_time
from redaction import Anchor, Artifact, Field, RedactedText, compose

SHOWN: Final = 8
_NEXT_UPDATE: Final = re.compile(
    r"\bnext (?:status )?(?:update|one|checkpoint|report|message)\b", re.IGNORECASE
)
_UPDATE_KEY: Final = re.compile(r"next[ _]?update", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A next step before it is cited."""

    text: RedactedText
    due: datetime | None
    places: tuple[Place, ...]


def next_steps(
    seen: Observations,
    candidates: Sequence[Candidate],
    state: CaseState,
    *,
    asks: bool,
    book: Book,
) -> tuple[NextStep, ...]:
    """Return promised steps first, then the test of the leading hypothesis and what is missing."""
    steps = (
        *_promised(seen.said, seen.case.fields),
        *_credentials(seen.case.artifacts),
        *_planned(seen.deeds),
        *(_test(candidates) if state != "resolved" else ()),
        *_by_state(state),
        *((Step(compose("Send the open questions to those who can answer them"), None, ()),)
          if asks else ()),
    )  # fmt: skip
    return tuple(NextStep(step.text, step.due, book.cite(*step.places)) for step in steps[:SHOWN])


def _promised(said: Iterable[Statement], fields: Iterable[Field]) -> Iterator[Step]:
    promises = [*_promises(said), *_dated_fields(fields)]
    if not promises:
        return
    due = max(when for when, _ in promises)
    places = tuple(place for when, place in promises if when == due)[:3]
    yield Step(compose("Send the next update"), due, places)


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
    count = len(set[str]().union(*(secrets for _, secrets in holding)))
    if not count:
        return
    places = tuple(_line_of(artifact, min(found)) for artifact, found in holding if found)
    text = "Rotate the credentials that the artifacts contain ({count} found and removed)"
    yield Step(compose(text, count=counted(count)), None, places[:4])


def _line_of(artifact: Artifact, placeholder: str) -> Anchor:
    position = max(0, artifact.text.find(placeholder))
    return Anchor(artifact.id, artifact.text.count("\n", 0, position) + 1)


def _planned(deeds: Iterable[Deed]) -> Iterator[Step]:
    for deed in deeds:
        if deed.status == "planned":
            yield Step(deed.text, None, deed.places)


def _test(candidates: Iterable[Candidate]) -> Iterator[Step]:
    leading = next((one for one in candidates if one.status in ("open", "testing")), None)
    if leading is not None:
        text = compose("Test the leading hypothesis: {test}", test=leading.test)
        yield Step(text, None, leading.supporting[:2])


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
