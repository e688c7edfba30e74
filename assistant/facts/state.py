"""Derives the state of the case from the ticket's status and what analysts and engineers say."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.facts import CaseState, CauseStatus
from assistant.facts.actions import Deed, mitigation
from assistant.facts.course import Course
from assistant.facts.evidence import Place, Quote
from assistant.facts.statements import Statement, is_firm, is_future, is_negated, is_question
from redaction import Field

_CLOSED: Final = re.compile(
    r"\b(?:closed?|resolved|fixed|verified|solved|done|completed?|won.?t ?fix|wontfix|invalid"
    r"|duplicate|not ?a ?bug|worksforme|notabug|answered|released|cancel?led)\b",
    re.IGNORECASE,
)
_REOPENED: Final = re.compile(r"\bre-?open", re.IGNORECASE)
_HELD: Final = re.compile(
    r"\b(?:monitoring|mitigated|observ\w+|pending|on[ -]?hold|hold|waiting)\b", re.I
)
_MONITORING: Final = re.compile(r"\b(?:monitoring|mitigated)\b", re.IGNORECASE)
_IDENTIFIED: Final = re.compile(r"\b(?:identified|root cause known|known error)\b", re.IGNORECASE)
_PHASE_KEY: Final = re.compile(r"\b(?:incident[ _]?)?(?:phase|state)\b|phase|state$", re.IGNORECASE)
_SAID_RESOLVED: Final = re.compile(
    r"\b(?:(?:issue|incident|problem|ticket|case|this|it) (?:is|was|has been|are) (?:now )?"
    r"(?:fully )?(?:resolved|fixed|solved|closed)|confirmed (?:stable|resolved|fixed)"
    r"|service (?:is )?(?:fully )?restored|(?:mark|clos)ing (?:this|the (?:case|ticket"
    r"|incident|issue))|incident (?:over|closed|resolved)|all clear|resolved (?:at|as of)"
    r"|^(?:resolved|verified|fixed)\b)",
    re.IGNORECASE,
)
_SAID_HELD: Final = re.compile(
    r"\b(?:we are monitoring|monitoring (?:closely|for)|(?:state|status)[ :=]+(?:\S+ )?monitoring"
    r"|monitoring, stable|mitigated|back (?:at|to) (?:its |the )?(?:usual|normal|baseline)|back at"
    r" baseline|recovered|errors? (?:have |has )?(?:stopped|cleared|gone))\b",
    re.IGNORECASE,
)
_SAID_BACK: Final = re.compile(
    r"\b(?:recurr\w+|happen(?:s|ed|ing) again|re-?occurr\w+|errors? (?:are|is) back|back again"
    r"|not (?:yet )?(?:resolved|fixed)|still (?:failing|broken|happening|reproduc\w+)"
    r"|re-?open(?:ed|ing))\b",
    re.IGNORECASE,
)


def state_of(
    fields: Sequence[Field],
    said: Iterable[Statement],
    cause: CauseStatus,
    deeds: Sequence[Deed],
    course: Course,
) -> tuple[CaseState, tuple[Place, ...]]:
    """Return the state and the places that show it.

    The ticket's own status closes or reopens a case; an analyst's or engineer's last word counts
    where the status leaves it open; a measured recovery after a mitigation is monitoring.
    """
    filed = [field for field in fields if field.name == "status" and field.value.strip()]
    told = list(said)
    last = _last_word(told)
    state = _state(fields, last[0] if last else None, cause, deeds, course)
    spoken = last[1] if last is not None and last[0] == state else ()
    return state, (*(Quote(field.anchor, field.value) for field in filed[:1]), *spoken)


def _state(
    fields: Sequence[Field],
    spoken: CaseState | None,
    cause: CauseStatus,
    deeds: Sequence[Deed],
    course: Course,
) -> CaseState:
    status = " ".join(field.value for field in fields if field.name == "status")
    reopened = _REOPENED.search(status) is not None
    if _CLOSED.search(status) and not reopened:
        return "resolved"
    if spoken == "resolved" and not reopened:
        return "resolved"
    mitigated = mitigation(deeds, course) is not None
    held = _HELD.search(status) is not None and (mitigated or bool(_MONITORING.search(status)))
    if spoken != "investigating" and (
        held or _phase(fields, _MONITORING) or spoken == "monitoring"
    ):
        return "monitoring"
    if spoken is None and mitigated and course.recovery is not None:
        return "monitoring"
    known = cause == "confirmed" or _IDENTIFIED.search(status) or _phase(fields, _IDENTIFIED)
    return "identified" if known else "investigating"


def _phase(fields: Iterable[Field], words: re.Pattern[str]) -> bool:
    return any(
        field.name == "other" and _PHASE_KEY.search(field.key) and words.search(field.value)
        for field in fields
    )


def _last_word(said: Iterable[Statement]) -> tuple[CaseState, tuple[Place, ...]] | None:
    state: tuple[CaseState, tuple[Place, ...]] | None = None
    for statement in said:
        text = statement.text
        if not statement.trusted or is_question(text) or is_future(text):
            continue
        if _SAID_BACK.search(text):
            state = "investigating", (statement.quote,)
        elif is_negated(text) or not is_firm(text):
            continue
        elif _SAID_RESOLVED.search(text):
            state = "resolved", (statement.quote,)
        elif _SAID_HELD.search(text):
            state = "monitoring", (statement.quote,)
    return state
