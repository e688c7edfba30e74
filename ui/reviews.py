"""Loads what was stored about cases, for the screens that show it."""

from dataclasses import dataclass

from assistant import DraftKind, Facts
from redaction import RedactedCase
from retrieval import Match
from ui.contract import DraftAnswer, draft_answer
from ui.wiring import House

KINDS: tuple[DraftKind, ...] = ("update", "rca")


@dataclass(frozen=True, slots=True)
class Review:
    """A case as a person reviews it; drafts that were never written are absent."""

    case: RedactedCase
    facts: Facts
    matches: tuple[Match, ...]
    drafts: tuple[DraftAnswer, ...]


def load_review(house: House, case_id: str) -> Review | None:
    """Load a case with its facts and newest drafts, or None while it has no facts yet.

    Raises:
        SealBroken: a stored body was changed; it is not shown.
    """
    dossier = house.drafts.dossier(house.cases.load(case_id))
    if dossier is None:
        return None
    drafts: list[DraftAnswer] = []
    for kind in KINDS:
        draft = house.drafts.draft(case_id, kind)
        scored = house.scorecards.latest(case_id, kind)
        if draft is not None and scored is not None:
            drafts.append(draft_answer(draft, dossier.facts, scored.scorecard))
    return Review(dossier.case, dossier.facts, dossier.matches, tuple(drafts))
