"""Checks that every time and date of a claim is one that the case states."""

from typing import Final

from assistant import Claim, Dossier, Problem
from evals.stated import stated
from evals.stated.blanking import without_markers
from evals.stated.clock import Moment, moments
from evals.stated.promises import is_promised_time
from evals.stated.same_time import is_among
from evals.stated.wording import is_precedent

_HEDGED: Final = (
    "about",
    "around",
    "roughly",
    "approximately",
    "shortly after",
    "shortly before",
    "~",
)
_SLACK: Final = 5
"""Minutes that "around half past nine" may be off."""


def check_times(claim: Claim, dossier: Dossier, /) -> tuple[Problem, ...]:
    """Times are compared to the minute in UTC; one without a zone is read as UTC.

    A stated time without a zone may be repeated in any; "around" allows five minutes.
    """
    text = without_markers(claim.text)
    found = moments(text)
    if not found:
        return ()
    said = stated(dossier)
    known = said.readings + (said.precedent_readings if is_precedent(text) else ())
    return tuple(
        Problem(
            "A time that neither timeline nor evidence states: use one from the timeline, in UTC.",
            moment.start,
            moment.end,
        )
        for moment in found
        if not is_among(moment, known, _slack(text, moment))
        and not is_promised_time(moment, claim, said)
    )


def _slack(text: str, moment: Moment) -> int:
    before = text[max(0, moment.start - 20) : moment.start].lower().rstrip()
    before = before.removesuffix(" at").rstrip()
    return _SLACK if before.endswith(_HEDGED) else 0
