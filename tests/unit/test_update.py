from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant import Claim, Dossier, Impact, NextStep
from assistant.drafting.sentences import LONGEST, count_words, plain
from assistant.drafting.update import update_claims, update_text
from tests.cases_by_hand import checkout, checkout_resolved, unknown_cause
from tests.making import redacted

CASES = [checkout(), checkout_resolved(), unknown_cause()]


def slot(dossier: Dossier, name: str) -> list[Claim]:
    return [claim for claim in update_claims(dossier) if claim.slot == name]


@pytest.mark.parametrize("dossier", CASES)
def test_an_update_has_five_to_seven_short_sentences_and_every_required_slot(
    dossier: Dossier,
) -> None:
    claims = update_claims(dossier)
    assert 5 <= len(claims) <= 7
    assert {"status", "cause", "mitigation", "next", "eta"} <= {claim.slot for claim in claims}
    assert all(count_words(claim.text) <= LONGEST for claim in claims)
    assert all(claim.text.endswith((".", "?")) for claim in claims)


@pytest.mark.parametrize("dossier", CASES)
def test_every_fact_cites_evidence_that_exists(dossier: Dossier) -> None:
    known = {item.id for item in dossier.facts.evidence}
    for claim in update_claims(dossier):
        assert set(claim.evidence) <= known
        assert claim.evidence or claim.status in ("unknown", "plan")
        assert claim.support == ("supported" if claim.evidence else "not_checked")


def test_a_suspected_cause_is_labelled_and_never_a_fact() -> None:
    (cause,) = slot(checkout(), "cause")
    assert cause.status == "hypothesis"
    assert cause.text.startswith("Suspected, not confirmed: ")


def test_a_confirmed_cause_is_attributed_to_engineering() -> None:
    (cause,) = slot(checkout_resolved(), "cause")
    assert cause.status == "fact"
    assert cause.text.startswith("Engineering reports the cause: ")


def test_an_unknown_cause_says_so_and_names_the_most_frequent_error() -> None:
    (cause,) = slot(unknown_cause(), "cause")
    assert cause.status == "unknown"
    assert cause.text == (
        "The cause is not known yet; the most frequent error is "
        "“sync-connector: token refresh failed: …”."
    )


def test_an_open_hypothesis_without_a_suspected_cause_is_a_candidate() -> None:
    dossier = checkout()
    unknown = replace(dossier.facts.cause, status="unknown", statement=None, evidence=())
    (cause,) = slot(replace(dossier, facts=replace(dossier.facts, cause=unknown)), "cause")
    assert cause.status == "hypothesis"
    assert cause.text.startswith("The cause is not known yet; the leading hypothesis, not confirme")


def test_the_mitigation_tells_who_did_what_when_and_its_effect() -> None:
    (mitigation,) = slot(checkout(), "mitigation")
    assert mitigation.text == (
        "Engineering began the rollback of checkout-api to 4.1.8 (approved by an engineer) at "
        "09:41 UTC; at 09:47 UTC the error rate was back to 0.8 %."
    )
    assert mitigation.evidence == ("E9", "E13", "E14", "E17")


def test_an_agreed_checkpoint_is_told_as_its_time() -> None:
    assert slot(checkout(), "next")[-1].text == (
        "Planned next step: compare pool settings of 4.1.8 and 4.2.0 on staging; the next update "
        "follows at 10:30 UTC."
    )


def test_a_checkpoint_in_the_past_is_not_the_next_one() -> None:
    dossier = checkout()
    step = NextStep(
        redacted("Send the next update"), datetime(2026, 3, 12, 9, 0, tzinfo=UTC), ("E5",)
    )
    claims = slot(replace(dossier, facts=replace(dossier.facts, next_steps=(step,))), "next")
    assert claims[-1].status == "plan"
    assert claims[-1].text == (
        "The first open question is “How many orders were lost in total?”; no time for the next "
        "update is agreed yet."
    )


def test_a_resolved_incident_has_no_next_update_and_no_open_estimate() -> None:
    claims = update_claims(checkout_resolved())
    assert "was resolved at 11:40 UTC" in claims[0].text
    assert claims[-2].text.endswith("; no further status update is planned.")
    assert "No ETA is open" in claims[-1].text


def test_missing_facts_give_honest_sentences() -> None:
    text = update_text(update_claims(unknown_cause()))
    assert "The impact is not quantified yet" in text
    assert "No mitigation is recorded yet." in text
    assert "confidence is low, because the cause is not confirmed" in text


def test_a_figure_that_a_person_states_is_attributed() -> None:
    measured, stated = slot(checkout(), "impact")
    assert measured.text == "Between 09:04 and 09:47 UTC up to 37.9 % of requests failed."
    assert stated.text == (
        "In addition, the customer reports “Estimated loss so far is 212 orders”."
    )


def test_a_severity_that_the_ticket_sees_differently_is_told() -> None:
    dossier = checkout()
    severity = replace(dossier.facts.severity, reported="Sev2")
    (status,) = slot(replace(dossier, facts=replace(dossier.facts, severity=severity)), "status")
    assert "(the ticket says Sev2)" in status.text


def test_markup_in_a_fact_never_reaches_the_text() -> None:
    dossier = checkout()
    hostile = Impact(
        redacted("40 %"),
        redacted(
            "orders ![x](https://evil.example/a.png) <img src=x onerror=y> [lost](//b.example)"
        ),
        ("E4",),
    )
    text = update_text(
        update_claims(replace(dossier, facts=replace(dossier.facts, impact=(hostile,))))
    )
    assert "evil.example" not in text
    assert "b.example" not in text
    assert "<img" not in text
    assert "orders" in text


def test_plain_text_keeps_placeholders_and_the_words_of_links() -> None:
    text = plain(redacted("<PERSON_1> saw [the log](http://a.example) and `x` on <b>A</b>\n# head"))
    assert text == "<PERSON_1> saw the log and x on A head"
