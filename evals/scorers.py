"""Scores a whole draft: the claim checks over every sentence, and what only the whole can show."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant import Claim, ClaimCheck, Dossier, Draft
from evals.checks import named_checks
from evals.checks.leak import findings
from evals.score import Score, Scorer, ScoreSpan
from evals.slots import RCA_SECTIONS, UPDATE_SLOTS, Slot, missing_slots
from evals.stated.clock import Day, moments
from evals.stated.sentences import sentences, word_count
from redaction import Gate

SENTENCES: Final = (5, 7)
WORDS: Final = 35


def update_scorers(gate: Gate) -> tuple[Scorer, ...]:
    """Return the scorers of a stakeholder update; `gate` is the outbound gate of the case."""
    return (SlotScorer("slots", UPDATE_SLOTS), LengthScorer(), *_shared(gate))


def rca_scorers(gate: Gate) -> tuple[Scorer, ...]:
    """Return the scorers of an RCA; `gate` is the outbound gate of the case."""
    return (
        SlotScorer("sections", RCA_SECTIONS), TimelineScorer(), ActionScorer(), *_shared(gate)
    )  # fmt: skip


def _shared(gate: Gate) -> tuple[Scorer, ...]:
    checks = tuple(ClaimScorer(name, check) for name, check in named_checks(gate))
    return (*checks, TextLeakScorer(gate))


@dataclass(frozen=True, slots=True)
class ClaimScorer:
    """A claim check as a scorer: the share of claims that pass it."""

    name: str
    check: ClaimCheck

    def __call__(self, draft: Draft, dossier: Dossier, /) -> Score:
        """Run the check over every claim."""
        found = [
            (place, problem)
            for place, claim in enumerate(draft.claims)
            for problem in self.check(claim, dossier)
        ]
        spans = tuple(ScoreSpan(place, each.start, each.end) for place, each in found)
        failing = len({place for place, _ in found})
        if not found:
            return Score(self.name, 1.0, True, f"All {len(draft.claims)} claims pass.")
        place, first = found[0]
        more = f" ({len(found) - 1} more.)" if len(found) > 1 else ""
        reason = f"Claim {place + 1}: {first.reason}{more}"
        return Score(self.name, 1 - failing / len(draft.claims), False, reason, spans)


@dataclass(frozen=True, slots=True)
class SlotScorer:
    """The share of the slots or sections that the draft fills."""

    name: str
    slots: tuple[Slot, ...]

    def __call__(self, draft: Draft, dossier: Dossier, /) -> Score:
        """Look for each slot among the claims."""
        missing = missing_slots(draft.claims, dossier.facts, self.slots)
        held = len(self.slots) - len(missing)
        reason = f"{held} of {len(self.slots)} present."
        if missing:
            reason += " Missing: " + "; ".join(f"{s.name} ({s.advice})" for s in missing) + "."
        return Score(self.name, held / len(self.slots), not missing, reason)


@dataclass(frozen=True, slots=True)
class LengthScorer:
    """Five to seven sentences of at most 35 words."""

    name: str = "length"

    def __call__(self, draft: Draft, _dossier: Dossier, /) -> Score:
        """Count sentences and their words."""
        counted = [
            (place, word_count(sentence))
            for place, claim in enumerate(draft.claims)
            for sentence in sentences(claim.text)
        ]
        long = sorted({place for place, words in counted if words > WORDS})
        low, high = SENTENCES
        fits = low <= len(counted) <= high
        spans = tuple(ScoreSpan(place, 0, len(draft.claims[place].text)) for place in long)
        value = (1 - len(long) / len(counted)) * (1.0 if fits else 0.5) if counted else 0.0
        passed = fits and not long
        return Score(self.name, value, passed, self._reason(len(counted), long), spans)

    def _reason(self, count: int, long: list[int]) -> str:
        low, high = SENTENCES
        parts = [f"{count} sentences."]
        if not low <= count <= high:
            parts = [f"{count} sentences: write {low} to {high}."]
        if long:
            places = ", ".join(str(place + 1) for place in long)
            parts.append(f"Longer than {WORDS} words: claim {places}; split or shorten.")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class TimelineScorer:
    """The timeline's rows stand in order of time."""

    name: str = "timeline"

    def __call__(self, draft: Draft, _dossier: Dossier, /) -> Score:
        """Compare the first time of each row with that of the row before."""
        rows = [
            (place, claim) for place, claim in enumerate(draft.claims) if claim.slot == "timeline"
        ]
        timed = [(place, at) for place, claim in rows if (at := _first_time(claim)) is not None]
        late = _out_of_order(timed)
        spans = tuple(ScoreSpan(place, 0, len(draft.claims[place].text)) for place in late)
        if late:
            reason = f"Claim {late[0] + 1} is earlier than the row above it: sort by time in UTC."
            return Score(self.name, 1 - len(late) / len(timed), False, reason, spans)
        return Score(self.name, 1.0, True, f"{len(timed)} timed rows in order.")


def _first_time(claim: Claim) -> tuple[Day | None, int] | None:
    timed = next((moment for moment in moments(claim.text) if moment.minutes), None)
    if timed is None:
        return None
    day = timed.day if timed.day is not None and all(timed.day) else None
    return day, 60 * (timed.minutes[0] - (timed.offset or 0)) + (timed.second or 0)


_HALF_A_DAY: Final = 12 * 3600


def _out_of_order(rows: Sequence[tuple[int, tuple[Day | None, int]]]) -> list[int]:
    """Return the rows that go back in time; a row without a date is on the day of the row above."""
    late: list[int] = []
    last_day: Day | None = None
    last_second = 0
    for place, (day, second) in rows:
        if day is not None:
            goes_back = last_day is not None and (day, second) < (last_day, last_second)
        else:
            # A small step back is an error, a large one crosses midnight.
            goes_back = 0 < last_second - second < _HALF_A_DAY
            day = last_day if last_second - second < _HALF_A_DAY else None
        if goes_back:
            late.append(place)
        last_day, last_second = day, second
    return late


_ACTIONS: Final = "corrective_and_preventive_actions"
_OWNER: Final = re.compile(
    r"\b(?:owner|owned|owns|assigned|assignee|accountable|responsible)\b", re.I
)
_VERIFIED: Final = re.compile(
    r"\b(?:verif\w+|measur\w+|confirm\w*|prov(?:ed|en|es)|check\w*|test\w*|monitor\w*|alert\w*)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ActionScorer:
    """Each action says who owns it and how its effect will be verified."""

    name: str = "actions"

    def __call__(self, draft: Draft, _dossier: Dossier, /) -> Score:
        """Look at every claim of an action section that is not "unknown"."""
        actions = [
            (place, claim)
            for place, claim in enumerate(draft.claims)
            if claim.slot == _ACTIONS and claim.status != "unknown"
        ]
        bare = [
            place
            for place, claim in actions
            if not (_OWNER.search(claim.text) and _VERIFIED.search(claim.text))
        ]
        spans = tuple(ScoreSpan(place, 0, len(draft.claims[place].text)) for place in bare)
        if bare:
            reason = f"Claim {bare[0] + 1}: name the action's owner and how it is verified."
            return Score(self.name, 1 - len(bare) / len(actions), False, reason, spans)
        return Score(self.name, 1.0, True, f"{len(actions)} actions with owner and verification.")


@dataclass(frozen=True, slots=True)
class TextLeakScorer:
    """The gate over the whole text: headings and lists are no claims, but they leave as well."""

    gate: Gate
    name: str = "leak in text"

    def __call__(self, draft: Draft, _dossier: Dossier, /) -> Score:
        """Ask the gate; answer kinds and offsets, never values."""
        found = findings(self.gate, draft.text)
        if not found:
            return Score(self.name, 1.0, True, "The gate found nothing in the text.")
        kind, start, end = found[0]
        reason = f"Characters {start}-{end} look like {kind}: redact the case again and retry."
        return Score(self.name, 0.0, False, reason)
