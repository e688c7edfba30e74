"""Picks out of the facts what every document tells: what happened when, and what ended the harm."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from assistant.drafting.sentences import moment, short
from assistant.facts import (
    Action,
    EventKind,
    Facts,
    Hypothesis,
    Impact,
    NextStep,
    TimelineEntry,
)
from assistant.facts.hypotheses import FACTOR
from assistant.facts.impact import PEAK, TOTAL
from assistant.facts.number_words import clock
from redaction import RedactedText, compose

# What people say before the point: "One open point: …", "Known: …".
_REPORTED: Final = re.compile(
    r"reported by (?P<who>[^:]+)(?:: “(?:[\w ]{3,20}: )?(?P<quote>[^“”]*)”)?"
)
_UPDATE: Final = re.compile(r"\bnext update\b", re.IGNORECASE)


def latest(facts: Facts) -> datetime | None:
    """Return the time of the last thing that is known to have happened, in UTC."""
    done = [action.utc for action in facts.actions if action.utc and action.status == "done"]
    times = [*done, *(row.utc for row in facts.timeline)]
    return max(times).astimezone(UTC) if times else None


def first(facts: Facts, *kinds: EventKind) -> TimelineEntry | None:
    """Return the first row of one of these kinds."""
    return next((row for row in facts.timeline if row.event in kinds), None)


def last(facts: Facts, *kinds: EventKind) -> TimelineEntry | None:
    """Return the last row of one of these kinds."""
    return next((row for row in reversed(facts.timeline) if row.event in kinds), None)


def recovery(facts: Facts) -> TimelineEntry | None:
    """Return the row that shows the harm ended: mitigated, else resolved."""
    return last(facts, "mitigated") or last(facts, "resolved")


def mitigation(facts: Facts) -> Action | None:
    """Return the last step that was done to end the harm, before the harm was over."""
    over = recovery(facts)
    steps = [action for action in facts.actions if action.status == "done" and action.mitigates]
    if over is not None:
        steps = [action for action in steps if action.utc is None or action.utc <= over.utc]
    return steps[-1] if steps else None


def candidates(facts: Facts) -> tuple[Hypothesis, ...]:
    """Return the hypotheses that are open and rest on evidence of this case, the best one first."""
    return tuple(
        one
        for one in facts.hypotheses
        if one.status in ("open", "testing") and one.evidence_for and one.category != FACTOR
    )


def factors(facts: Facts) -> tuple[Hypothesis, ...]:
    """Return what people name as a possible contribution."""
    return tuple(one for one in facts.hypotheses if one.category == FACTOR)


def update_step(facts: Facts) -> NextStep | None:
    """Return the step that says when the next update is due."""
    now = latest(facts)
    return next(
        (
            step
            for step in facts.next_steps
            if _UPDATE.search(step.text) and (step.due is None or now is None or step.due > now)
        ),
        None,
    )


def other_steps(facts: Facts) -> tuple[NextStep, ...]:
    """Return what is to be done besides telling about it."""
    return tuple(step for step in facts.next_steps if not _UPDATE.search(step.text))


def is_agreed(step: NextStep, facts: Facts) -> bool:
    """Tell whether somebody plans a step; the others are proposed by the facts."""
    planned = (action.evidence for action in facts.actions if action.status == "planned")
    return any(set(step.evidence) & set(cited) for cited in planned)


def failures(facts: Facts) -> tuple[RedactedText | None, Sequence[Impact]]:
    """Say how many requests failed and when, with the figures that show it; None if not measured.

    `Between 09:04 and 09:44 UTC up to 40 % of requests failed, 51,776 in total`.
    """
    peak = next((one for one in facts.impact if one.what.startswith(PEAK)), None)
    total = next((one for one in facts.impact if one.what.startswith(TOTAL)), None)
    shown = [one for one in (peak, total) if one is not None]
    if peak is not None and total is not None:
        failed = compose("up to {peak} of requests failed, {total} in total",
                         peak=peak.figure, total=total.figure)  # fmt: skip
    elif peak is not None:
        failed = compose("up to {peak} of requests failed", peak=peak.figure)
    elif total is not None:
        failed = compose("{total} requests failed", total=total.figure)
    else:
        return None, ()
    return compose("{window} {failed}", window=_window(facts), failed=failed), shown


def _window(facts: Facts) -> RedactedText:
    begun, over = first(facts, "started"), recovery(facts)
    if begun is None:
        return compose("During the incident")
    if over is None:
        return compose("Since {start}", start=clock(begun.utc))
    if begun.utc.date() != over.utc.date():
        start, end = moment(begun.utc, None), moment(over.utc, None)
        return compose("Between {start} and {end}", start=start, end=end)
    return compose("Between {start:%H:%M} and {end}", start=begun.utc, end=clock(over.utc))


def reported_by_customer(facts: Facts) -> Impact | None:
    """Return the customer's own figure: a count first, since it says who is affected."""
    theirs = [one for one in facts.impact if one.what.startswith("reported by the customer")]
    counts = [one for one in theirs if "%" not in one.figure]
    return next(iter((*counts, *theirs)), None)


def figure(impact: Impact) -> RedactedText:
    """Word one impact figure as a clause; what a person states is quoted and attributed."""
    reported = _REPORTED.match(impact.what)
    if reported is None:
        return compose("{number} {what}", number=impact.figure, what=short(impact.what, 40))
    who = impact.what[slice(*reported.span("who"))].strip()
    said = impact.figure
    if reported["quote"]:
        said = compose("“{it}”", it=short(impact.what[slice(*reported.span("quote"))], 26))
    return compose("{who} reports {said}", who=who, said=said)
