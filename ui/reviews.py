"""Loads what was stored about cases, for the screens that show it."""

from dataclasses import dataclass

from assistant import DraftKind, Facts
from evals import GateResult
from redaction import RedactedCase, StoredCase
from retrieval import Match
from ui.contract import DraftAnswer, draft_answer
from ui.opening import shown_case
from ui.wiring import House

KINDS: tuple[DraftKind, ...] = ("update", "rca")


@dataclass(frozen=True, slots=True)
class Review:
    """A case as a person reviews it; drafts that were never written are absent."""

    case: RedactedCase
    facts: Facts
    matches: tuple[Match, ...]
    drafts: tuple[DraftAnswer, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A line of the list of cases; `facts` is None until they were computed."""

    stored: StoredCase
    facts: Facts | None
    gates: tuple[tuple[DraftKind, GateResult], ...]


def list_cases(house: House) -> tuple[StoredCase, ...]:
    """List the stored cases, newest first; a workspace that has none is not touched.

    Raises:
        SealBroken: a stored name was changed; none is shown.
    """
    return house.cases.list() if house.has_cases else ()


def load_review(house: House, case_id: str) -> Review | None:
    """Load a case with its facts and newest drafts, or None while it has no facts yet.

    Raises:
        UnknownCase: there is no such case.
        CaseOutdated: something shows under today's policy; it is withheld.
        SealBroken: a stored body was changed; it is not shown.
    """
    dossier = house.drafts.dossier(shown_case(house, case_id))
    if dossier is None:
        return None
    drafts: list[DraftAnswer] = []
    for kind in KINDS:
        draft = house.drafts.draft(case_id, kind)
        scored = house.scorecards.latest(case_id, kind)
        if draft is not None and scored is not None:
            drafts.append(draft_answer(draft, dossier.facts, scored.scorecard))
    return Review(dossier.case, dossier.facts, dossier.matches, tuple(drafts))


def summarise(house: House, stored: StoredCase) -> Summary:
    """Load what the list shows of a case, without its artifacts.

    Raises:
        SealBroken: a stored body was changed; it is not shown.
    """
    dossier = house.drafts.dossier(_heading(stored))
    gates: list[tuple[DraftKind, GateResult]] = []
    for kind in KINDS:
        scored = house.scorecards.latest(stored.id, kind)
        if scored is not None:
            gates.append((kind, scored.scorecard.gate))
    return Summary(stored, dossier.facts if dossier else None, tuple(gates))


def _heading(stored: StoredCase) -> RedactedCase:
    """Name the case whose facts are wanted: reading its logs would take a hundred times longer."""
    return RedactedCase(stored.id, stored.name, stored.policy, (), (), (), (), (), ())
