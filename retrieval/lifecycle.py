"""Says how far a document may be trusted: superseded, contradicted, expired, of use, applicable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol, TypeAlias

from retrieval.match import DocumentKind
from retrieval.versions import Applicability

Standing: TypeAlias = Literal["current", "superseded", "retired", "contradicted", "expired"]
"""`expired`: its review date has passed; `contradicted`: a case showed that it does not hold."""

Verdict: TypeAlias = Literal["accept", "reject", "resolved", "contradicts", "recurs"]
"""What is said of a document for a case: it matches, it does not, it brought the solution, the case
shows that it is wrong. `recurs` is said by code: the same error on a version that holds the fix."""

_RETIRED: Final = frozenset(
    {"archived", "deprecated", "expired", "obsolete", "outdated", "retired", "superseded"}
)
_VALIDITY: Final[Mapping[Standing, float]] = {
    "current": 1.0,
    "expired": 0.9,
    "contradicted": 0.7,
    "retired": 0.6,
    "superseded": 0.6,
}
_APPLICABLE: Final[Mapping[Applicability, float]] = {
    "applies": 1.05,
    "unknown": 1.0,
    "fixed": 0.85,
    "unaffected": 0.7,
}
# Usage must help where scores are close, and never outweigh what a document says.
_RESOLVED: Final = 0.02
_ACCEPTED: Final = 0.01
_MOST_LIFT: Final = 0.06
STALE_AFTER: Final = timedelta(days=730)
"""An article that nobody looked at or used for so long comes up for review."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one document, in distinct cases by verdict, and when it last helped."""

    accept: int = 0
    reject: int = 0
    resolved: int = 0
    contradicts: int = 0
    recurs: int = 0
    helped: datetime | None = None


NOTHING_TOLD: Final = Told()


class Usage(Protocol):
    """What is known of how documents did."""

    def told(self, keys: Sequence[str], /) -> Mapping[str, Told]:
        """Return what was said of the documents of these keys; those without a word are missing."""
        ...


def standing(
    kind: DocumentKind,
    status: str,
    superseded_by: str,
    review_by: datetime | None,
    told: Told,
    now: datetime,
) -> Standing:
    """Judge one document; what weighs most is told."""
    if superseded_by:
        return "superseded"
    if kind == "kb" and status.strip().casefold() in _RETIRED:
        return "retired"
    if told.contradicts:
        return "contradicted"
    if review_by is not None and review_by < now:
        return "expired"
    return "current"


def validity(judged: Standing, applies: Applicability) -> float:
    """Return what multiplies the score of a match."""
    return _VALIDITY[judged] * _APPLICABLE[applies]


def lift(told: Told) -> float:
    """Return what is added to the score of a match: more for what resolved cases."""
    gained = _RESOLVED * told.resolved + _ACCEPTED * (told.accept - told.reject)
    return max(-_MOST_LIFT, min(_MOST_LIFT, gained))


def is_stale(dated: datetime | None, told: Told, now: datetime) -> bool:
    """Tell whether a document is old, and helped nobody since."""
    touched = max((each for each in (dated, told.helped) if each), default=None)
    return touched is not None and now - touched > STALE_AFTER
