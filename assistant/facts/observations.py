"""Everything observed in a case before it is judged: what was said, changed, done and measured."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.facts.access_log import access_log
from assistant.facts.actions import Deed, deeds_of
from assistant.facts.changes import Change, changes_of
from assistant.facts.config import Difference, differences
from assistant.facts.course import Course, course_of
from assistant.facts.impact import Figure, measured, stated
from assistant.facts.people import Cast, cast_of
from assistant.facts.signatures import Group, error_groups, request_groups, warning_groups
from assistant.facts.statements import Statement, notes, statements
from assistant.facts.symptoms import telling
from assistant.facts.verdicts import Verdict, verdicts_of
from redaction import Field, RedactedCase, RedactedText, compose
from retrieval import Match


@dataclass(frozen=True, slots=True)
class Observations:
    """What the facts are made from.

    `component` is what the case is mainly about, `named` whether the evidence names it; `groups`
    are error signatures with the warnings that explain them, `requests` failed requests by route.
    """

    case: RedactedCase
    matches: Sequence[Match]
    said: Sequence[Statement]
    cast: Cast
    course: Course
    groups: Sequence[Group]
    requests: Sequence[Group]
    changes: Sequence[Change]
    differences: Sequence[Difference]
    deeds: Sequence[Deed]
    verdicts: Sequence[Verdict]
    figures: Sequence[Figure]
    component: RedactedText
    named: bool


def observe(case: RedactedCase, matches: Sequence[Match]) -> Observations:
    """Read a case once, each step resting on those before it."""
    cast = cast_of(case.messages)
    said = statements((*case.messages, *notes(case)))
    log = access_log(case.events)
    logged = log.without_requests(case.events)
    errors = error_groups(logged)
    warnings = telling(warning_groups(logged), errors)
    course = course_of(case.events, case.samples, errors or warnings, log)
    changes = changes_of(case.events, said)
    component, named = _main_component(case.fields, changes, errors)
    return Observations(
        case=case,
        matches=matches,
        said=said,
        cast=cast,
        course=course,
        groups=(*errors, *(group for group in warnings if course.concerns(group))),
        requests=request_groups(log),
        changes=changes,
        differences=differences(case.events, case.current, course.onset),
        deeds=deeds_of(said, changes, course, cast),
        verdicts=verdicts_of(case.fields, said, cast),
        figures=(*measured(course, case.samples, log), *stated(said, cast)),
        component=component,
        named=named,
    )


def _main_component(
    fields: Iterable[Field], changes: Sequence[Change], groups: Sequence[Group]
) -> tuple[RedactedText, bool]:
    """Return what the case is mainly about and whether the evidence names it."""
    named = {field.name: field.value for field in reversed(tuple(fields)) if field.value.strip()}
    if "component" in named:
        return named["component"], True
    changed = next((change.component for change in changes if change.component), None)
    if changed is not None:
        return changed, True
    if "product" in named:
        return named["product"], True
    failing = next((group.component for group in groups if group.component), None)
    return (failing, True) if failing is not None else (compose("the affected service"), False)
