"""Whole drafts: what passes the gate, what each scorer finds, and what a broken scorer does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from assistant import Claim, Dossier, Draft, DraftKind
from evals import SEMANTICS_NOT_CHECKED, Score, Scorecard, rca_scorers, score_draft, update_scorers
from redaction import EgressRefused, RedactedText
from tests.cases_by_hand import checkout, checkout_resolved, unknown_cause
from tests.making import redacted

SECRET = "s3cr3t-canary"


class CanaryGate:
    """A gate that refuses one value."""

    def check(self, text: RedactedText) -> None:
        at = text.find(SECRET)
        if at >= 0:
            raise EgressRefused((("SECRET", at, at + len(SECRET)),))

    def admit(self, text: str) -> RedactedText:
        admitted = redacted(text)
        self.check(admitted)
        return admitted


@dataclass(frozen=True)
class BrokenScorer:
    name: str = "broken"

    def __call__(self, draft: Draft, dossier: Dossier, /) -> Score:
        raise KeyError(draft.text)


def claim(slot: str, text: str, *cited: str) -> Claim:
    return Claim(redacted(text), cited, "fact" if cited else "plan", slot, "model", "not_checked")


def draft(claims: Sequence[Claim], kind: DraftKind = "update") -> Draft:
    text = redacted("\n".join(each.text for each in claims))
    return Draft(kind, text, tuple(claims), "test")


UPDATE = (
    claim("status", "Checkout is mitigated and we are monitoring it.", "E14"),
    claim("impact", "At the peak, 38 % of checkout requests failed.", "E16"),
    replace(
        claim("cause", "We suspect the smaller pool of release 4.2.0; not confirmed.", "E6", "E12"),
        status="hypothesis",
    ),
    claim("mitigation", "The rollback to 4.1.8 finished at 09:41 UTC.", "E9", "E13"),
    claim("next", "The next update follows at half past ten.", "E5"),
    claim("eta", "There is no ETA for the permanent fix, confidence is low."),
)
RCA = (
    claim("impact", "At the peak, 37.9 % of requests failed.", "E16"),
    claim("timeline", "09:02 UTC: checkout-api 4.2.0 was deployed.", "E6"),
    claim("timeline", "09:41 UTC: checkout-api was rolled back.", "E9"),
    claim("detection", "The pager fired at 09:09 UTC.", "E11"),
    claim("trigger", "No trigger is established.", "E6"),
    claim("causal_chain", "Errors began at 09:04 UTC.", "E7"),
    claim("root_cause", "The root cause is not established yet.", "E12"),
    claim("contributing_factors", "No contributing factor is known.", "E12"),
    claim(
        "corrective_and_preventive_actions",
        "Compare pool settings. Owner: Engineering; verification: staging test.",
    ),
)


def card(claims: Sequence[Claim], kind: DraftKind = "update") -> Scorecard:
    scorers = update_scorers if kind == "update" else rca_scorers
    return score_draft(draft(claims, kind), checkout(), scorers(CanaryGate()))


def failing(scorecard: Scorecard) -> set[str]:
    return {score.name for score in scorecard.scores if not score.passed}


def test_a_sound_update_and_rca_pass_the_gate() -> None:
    assert failing(card(UPDATE)) == set()
    assert card(UPDATE).gate == "pass"
    assert failing(card(RCA, "rca")) == set()


@pytest.mark.parametrize("slot", ["status", "cause", "mitigation", "next", "eta"])
def test_an_update_without_one_of_its_five_slots_fails(slot: str) -> None:
    without = card([each for each in UPDATE if each.slot != slot])
    assert "slots" in failing(without)
    assert next(s for s in without.scores if s.name == "slots").value == pytest.approx(0.8)


def test_a_checkpoint_without_a_time_is_no_checkpoint() -> None:
    vague = claim("next", "The next update follows soon.", "E5")
    assert failing(card([vague if c.slot == "next" else c for c in UPDATE])) == {"slots"}


def test_where_a_time_is_agreed_a_checkpoint_cannot_say_that_none_is() -> None:
    vague = claim("next", "No time for the next update is agreed.", "E5")
    assert "slots" in failing(card([vague if c.slot == "next" else c for c in UPDATE]))


def test_length_counts_sentences_and_words() -> None:
    long = claim("impact", "At the peak requests failed " + "and failed " * 20 + "again.", "E16")
    assert failing(card(UPDATE[:4] + UPDATE[5:])) >= {"slots"}
    assert "length" in failing(card([*UPDATE, UPDATE[0], UPDATE[0]]))
    assert "length" in failing(card([long if c.slot == "impact" else c for c in UPDATE]))
    two = claim("status", "It is mitigated, e.g. by a rollback. We are monitoring it.", "E14")
    assert failing(card([two, *UPDATE[1:]])) == set()


@pytest.mark.parametrize(
    ("slot", "text", "scorer"),
    [
        ("impact", "At the peak, 83 % of checkout requests failed.", "numbers"),
        ("mitigation", "The rollback to 4.1.8 finished at 09:51 UTC.", "times"),
        ("mitigation", "The rollback of payments-api finished at 09:41 UTC.", "entities"),
        ("cause", "The pool was reduced because of release 4.2.0.", "certainty"),
        ("status", "The incident is resolved, monitoring continues.", "certainty"),
        ("mitigation", "<PERSON_2> forgot the rollback until 09:41 UTC.", "blame"),
        ("status", f"We are monitoring it, password {SECRET}.", "leak"),
    ],
)
def test_one_defect_fails_its_scorer_and_points_at_its_claim(
    slot: str, text: str, scorer: str
) -> None:
    cited = next(each.evidence for each in UPDATE if each.slot == slot)
    changed = [claim(slot, text, *cited) if each.slot == slot else each for each in UPDATE]
    result = card(changed)
    score = next(each for each in result.scores if each.name == scorer)
    place = next(n for n, each in enumerate(changed) if each.slot == slot)
    assert result.gate == "fail"
    assert not score.passed
    assert score.value < 1
    assert score.spans[0].claim == place


def test_no_reason_repeats_what_leaked() -> None:
    leaking = [replace(each, text=redacted(f"{each.text} {SECRET}")) for each in UPDATE]
    result = score_draft(
        draft(leaking), checkout(), (*update_scorers(CanaryGate()), BrokenScorer())
    )
    assert failing(result) >= {"leak", "leak in text", "broken"}
    assert all(SECRET not in score.reason for score in result.scores)


def test_a_leak_outside_the_claims_fails_the_text() -> None:
    leaking = replace(draft(UPDATE), text=redacted(f"# {SECRET}"))
    result = score_draft(leaking, checkout(), update_scorers(CanaryGate()))
    assert failing(result) == {"leak in text"}


def test_a_broken_scorer_is_a_failed_score_and_named_by_class_only() -> None:
    result = score_draft(draft(UPDATE), checkout(), (BrokenScorer(),))
    (score,) = result.scores
    assert (result.gate, score.passed, score.value) == ("fail", False, 0.0)
    assert "KeyError" in score.reason
    assert "Checkout" not in score.reason


def test_nothing_scored_and_nothing_written_cannot_pass() -> None:
    assert score_draft(draft(UPDATE), checkout(), ()).gate == "fail"
    assert score_draft(draft(()), checkout(), update_scorers(CanaryGate())).gate == "fail"


def test_a_scorecard_says_what_no_score_can_see() -> None:
    note = card(UPDATE).note
    assert note == SEMANTICS_NOT_CHECKED
    assert note.startswith("Semantics not checked")
    assert "grounded" not in note.lower()


def test_rca_rows_must_be_in_order_of_time() -> None:
    swapped = [RCA[0], RCA[2], RCA[1], *RCA[3:]]
    assert failing(card(swapped, "rca")) == {"timeline"}


def test_an_rca_row_without_a_date_is_on_the_day_of_the_row_above() -> None:
    day = [
        claim("timeline", "18:20 UTC on 2026-03-11: deployed.", "E6"),
        claim("timeline", "18:30 UTC: looked at.", "E6"),
    ]
    after = claim("timeline", "13:51 UTC on 2026-03-12: rolled back.", "E9")
    before = claim("timeline", "19:51 UTC on 2026-03-10: rolled back.", "E9")
    assert "timeline" not in failing(card([*day, after], "rca"))
    assert "timeline" in failing(card([*day, before], "rca"))


def test_rca_rows_may_cross_midnight_without_a_date() -> None:
    late = claim("timeline", "23:58 UTC: token refresh failed.", "E4")
    early = claim("timeline", "00:04 UTC: token refresh failed.", "E4")
    rows = draft([late, early], "rca")
    scores = score_draft(rows, unknown_cause(), rca_scorers(CanaryGate())).scores
    assert next(score for score in scores if score.name == "timeline").passed


@pytest.mark.parametrize("slot", sorted({each.slot for each in RCA}))
def test_an_rca_without_one_of_its_sections_fails(slot: str) -> None:
    assert "sections" in failing(card([each for each in RCA if each.slot != slot], "rca"))


@pytest.mark.parametrize(
    "text", ["Compare pool settings. Verification: staging test.", "Owner: Engineering; compare."]
)
def test_an_action_needs_owner_and_verification(text: str) -> None:
    assert "actions" in failing(
        card([*RCA, claim("corrective_and_preventive_actions", text)], "rca")
    )


@pytest.mark.parametrize("dossier", [checkout(), checkout_resolved(), unknown_cause()])
def test_scoring_twice_gives_the_same_card(dossier: Dossier) -> None:
    scorers = update_scorers(CanaryGate())
    first = score_draft(draft(UPDATE), dossier, scorers)
    assert score_draft(draft(UPDATE), dossier, scorers) == first
