"""Picks out of the facts what every document tells: what happened when, and what ended the harm."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from assistant.drafting.sentences import listed, short
from assistant.facts import Action, EventKind, Facts, Hypothesis, Impact, TimelineEntry
from redaction import RedactedText, compose

_MITIGATES: Final = re.compile(
    r"\b(?:roll(?:ed)? ?back|revert|restart|reboot|scal(?:ed|e)|fail(?:ed)? ?over|disabled?"
    r"|enabled?|turned off|switch|rerout|drain|increas|doubl|appl(?:ied|y)|patch|renew|rotat"
    r"|purg|clear|kill|block|work ?around|rollback)",
    re.IGNORECASE,
)
_BARE_COUNT: Final = re.compile(r"[\d.,\u202f ]+")
_REPORTED: Final = re.compile(r"reported by (?P<who>[^:]+):? ?(?P<quote>“.*”)?")
_HEAD_END: Final = re.compile(r"[,(:;]| from \d| since \d| measured at ")


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
    steps = [action for action in facts.actions if action.status == "done" and _mitigates(action)]
    if over is not None:
        steps = [action for action in steps if action.utc is None or action.utc <= over.utc]
    return steps[-1] if steps else None


def candidates(facts: Facts) -> tuple[Hypothesis, ...]:
    """Return the hypotheses that are still open, the best one first."""
    return tuple(one for one in facts.hypotheses if one.status in ("open", "testing"))


def components(facts: Facts, most: int = 3) -> RedactedText | None:
    """Name the affected components; None when the case names none."""
    names = list(dict.fromkeys(short(one.name, 4) for one in facts.components))[:most]
    return listed(names) if names else None


def figure(impact: Impact) -> RedactedText:
    """Word one impact figure with the thing it measures: `peak error rate 37.9 %`."""
    number, what = short(impact.figure, 5), impact.what
    reported = _REPORTED.match(what)
    if reported is not None:
        who = what[slice(*reported.span("who"))].strip()
        said = short(what[slice(*reported.span("quote"))], 14) if reported["quote"] else number
        return compose("{who} reports {said}", who=who, said=said)
    end = _HEAD_END.search(what)
    head = short(what[: end.start()] if end else what, 12)
    if _BARE_COUNT.fullmatch(number) or not head or head.startswith("of "):
        return compose("{number} {head}", number=number, head=head)
    return compose("{head} {number}", head=head, number=number)


def figures(facts: Facts, most: int) -> tuple[Sequence[Impact], RedactedText]:
    """Return the first `most` impact figures and their words as a list."""
    shown = facts.impact[:most]
    return shown, listed(figure(impact) for impact in shown)


def _mitigates(action: Action) -> bool:
    return _MITIGATES.search(action.text) is not None
