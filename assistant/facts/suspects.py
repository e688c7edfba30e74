"""Proposes cause candidates from what code sees: changes, settings and error patterns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from assistant.facts import HypothesisStatus
from assistant.facts.changes import Change
from assistant.facts.config import Difference, worded
from assistant.facts.evidence import Place, clip
from assistant.facts.metrics import waiting_rise
from assistant.facts.number_words import clock, counted, lasting
from assistant.facts.observations import Observations
from assistant.facts.signatures import Group, without_packages
from assistant.facts.symptoms import Symptom, symptom_of
from redaction import RedactedText, compose

_BEFORE_ONSET: Final = timedelta(hours=2)
_SHORTLY: Final = timedelta(minutes=30)
_NO_EFFECT: Final = re.compile(
    r"\b(?:changed nothing|no (?:effect|change|difference)|made no difference|did not help"
    r"|didn.?t help|unchanged|still (?:failing|the same))\b",
    re.IGNORECASE,
)
_LIMIT: Final = re.compile(r"max|limit|size|pool|timeout", re.IGNORECASE)
# A rollback is what people do against a fault: it is never proposed as its cause.
_CAUSES: Final = (
    "deployment", "flag", "configuration", "scaling", "failover", "restart", "resource",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hypothesis before it is cited; `weight` ranks, `strong` lets it stand as suspected.

    `setting` is the changed setting that it is about, `terms` what else is said of it elsewhere.
    """

    statement: RedactedText
    category: str
    status: HypothesisStatus
    supporting: tuple[Place, ...]
    opposing: tuple[Place, ...]
    test: RedactedText
    weight: float
    strong: bool
    setting: Difference | None = None
    terms: str = ""


def suspects(found: Observations) -> Iterator[Candidate]:
    """Yield candidates in no order; each cites what speaks for and against it."""
    yield from from_changes(found)
    yield from from_settings(found)
    yield from from_symptoms(found)
    yield from _from_new_errors(found)


def from_changes(found: Observations) -> Iterator[Candidate]:
    """Yield the changes of the two hours before the onset."""
    onset = found.course.onset
    if onset is None:
        return
    for change in found.changes:
        last = change.end or change.start
        gap = onset - last
        if change.kind not in _CAUSES or not timedelta() <= onset - change.start <= _BEFORE_ONSET:
            continue
        older = _seen_before(found.course.lead, change)
        undone = _ended_by_undoing(change, found)
        weight = 3.0 - min(gap / _BEFORE_ONSET, 1.0) + 2.0 * bool(undone) - 2.0 * bool(older)
        yield Candidate(
            statement=compose(
                "{change} ({done} {time}) introduced the fault: errors began {gap} later",
                change=change.text,
                done="finished" if change.end is not None else "at",
                time=clock(last),
                gap=lasting(max(gap, timedelta())),
            ),
            category=_category(change),
            status="open",
            supporting=(*change.places[:2], *change.end_places[:1], *found.course.onset_places,
                        *undone),
            opposing=(*older, *_no_effect(change, found)),
            test=_change_test(change, found.component),
            weight=weight if change.kind == "deployment" else weight - 1.0,
            strong=change.kind == "deployment" and gap <= _SHORTLY and not older
            and (bool(undone) or _same_component(change, found)),
        )  # fmt: skip


def _category(change: Change) -> str:
    return "configuration" if change.kind in ("flag", "configuration") else "deployment"


def _same_component(change: Change, found: Observations) -> bool:
    return bool(change.component) and change.component == found.component


def _seen_before(lead: Group | None, change: Change) -> tuple[Place, ...]:
    """An error that was there before a change was not introduced by it."""
    if lead is None or not lead.times or lead.times[0] >= change.start:
        return ()
    return (lead.occurrences[0].anchor,)


def _ended_by_undoing(change: Change, found: Observations) -> tuple[Place, ...]:
    recovery = found.course.recovery
    undoing = [one for one in found.changes if one.kind == "rollback" and one.start > change.start]
    if recovery is None or not undoing or change.kind != "deployment":
        return ()
    ended = undoing[-1].end or undoing[-1].start
    near = ended - _SHORTLY <= recovery <= ended + _SHORTLY
    return (*undoing[-1].end_places[:1], *found.course.recovery_places) if near else ()


def _no_effect(change: Change, found: Observations) -> tuple[Place, ...]:
    names = [name for name in (change.component,) if name]
    return tuple(
        one.quote
        for one in found.said
        if one.trusted
        and _NO_EFFECT.search(one.text)
        and (
            any(name in one.text for name in names)
            or (change.kind == "flag" and "flag" in one.text)
        )
    )


def _change_test(change: Change, component: RedactedText) -> RedactedText:
    if change.kind == "deployment" and change.version:
        return compose(
            "Run {component} {version} and the version before it under the same load in a test "
            "environment and compare their error rates",
            component=change.component or component,
            version=change.version,
        )
    if change.kind == "flag":
        return compose(
            "Set {flag} back on one instance of {component} and compare its error rate with the "
            "others",
            flag=change.component,
            component=component,
        )
    return compose(
        "Undo this change on one instance of {component} and compare it with the others",
        component=component,
    )


def from_settings(found: Observations) -> Iterator[Candidate]:
    """Yield the settings whose value at the onset differs from another time."""
    for difference in _telling_settings(found.differences):
        yield Candidate(
            statement=compose(
                "A changed setting of {component} causes the errors: {difference}",
                component=found.component,
                difference=worded(difference),
            ),
            category="configuration",
            status="open",
            supporting=difference.places[:3],
            opposing=(),
            test=compose(
                "Run {component} with {name} at {new} and at {old} under the same load and compare "
                "their error rates",
                component=found.component,
                name=difference.name,
                new=difference.new,
                old=difference.old,
            ),
            weight=3.2 + 0.1 * len(difference.places),
            strong=False,
            setting=difference,
        )


def _telling_settings(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """Choose one of settings that changed alike, a limit first; at most two."""
    ranked = sorted(found, key=lambda one: (-len(one.places), not _LIMIT.search(one.name)))
    alike: dict[tuple[str, str], Difference] = {}
    for one in ranked:
        alike.setdefault((one.old, one.new), one)
    return tuple(alike.values())[:2]


def from_symptoms(found: Observations) -> Iterator[Candidate]:
    """Yield the known failure patterns that the error signatures show."""
    seen: dict[str, Symptom] = {}
    for group in found.groups[:20]:
        symptom = symptom_of(group)
        if symptom is None or symptom.claim in seen or not found.course.concerns(group):
            continue
        seen[symptom.claim] = symptom
        rise = waiting_rise(found.course)
        waiting = (rise.top.anchor,) if rise and symptom.category == "resource exhaustion" else ()
        yield Candidate(
            statement=compose(symptom.claim, component=found.component),
            category=symptom.category,
            status="open",
            supporting=(*group.anchors, *waiting),
            opposing=(),
            test=compose(symptom.test, component=found.component),
            weight=2.4 if len(seen) == 1 else 1.5,
            strong=False,
        )


def _from_new_errors(found: Observations) -> Iterator[Candidate]:
    lead, onset = found.course.lead, found.course.onset
    if lead is None or onset is None or symptom_of(lead) is not None:
        return
    yield Candidate(
        statement=compose(
            "A fault in {component}: “{template}” appears {count} times since {onset}",
            component=found.component,
            template=clip(without_packages(lead.template), 100),
            count=counted(lead.count),
            onset=clock(onset),
        ),
        category="defect",
        status="open",
        supporting=lead.anchors,
        opposing=(),
        test=compose(
            "Reproduce the first failing operation of {component} in a test environment and follow "
            "it to the line that fails",
            component=found.component,
        ),
        weight=1.2,
        strong=False,
    )
