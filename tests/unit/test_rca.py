from dataclasses import replace

import pytest

from assistant import Dossier
from assistant.drafting.rca import HEADINGS, rca_claims, rca_text
from tests.cases_by_hand import checkout, checkout_resolved, unknown_cause

CASES = [checkout(), checkout_resolved(), unknown_cause()]


def texts(dossier: Dossier, slot: str) -> list[str]:
    return [claim.text for claim in rca_claims(dossier) if claim.slot == slot]


@pytest.mark.parametrize("dossier", CASES)
def test_every_section_is_there_and_every_fact_cites_evidence_that_exists(
    dossier: Dossier,
) -> None:
    claims = rca_claims(dossier)
    assert {claim.slot for claim in claims} >= set(HEADINGS) - {"what_went_well"}
    known = {item.id for item in dossier.facts.evidence}
    for claim in claims:
        assert set(claim.evidence) <= known
        assert claim.evidence or claim.status in ("unknown", "plan", "hypothesis")


@pytest.mark.parametrize("dossier", CASES)
def test_every_action_has_owner_due_date_and_verification(dossier: Dossier) -> None:
    rows = texts(dossier, "corrective_and_preventive_actions")
    assert rows
    for row in rows:
        assert "Owner: " in row
        assert "; due: " in row
        assert "; verification: " in row


def test_the_root_cause_goes_only_as_far_as_established() -> None:
    assert texts(checkout(), "root_cause") == [
        "Not established yet: the suspected links of the causal chain are untested.",
        "Hypothesis, not tested: possibly the orders database answered more slowly than before.",
    ]
    assert texts(checkout_resolved(), "root_cause") == [
        "Engineering reports that release 4.2.0 set max_pool_size to 25 instead of 50."
    ]
    assert texts(unknown_cause(), "root_cause") == ["Not established yet."]


def test_the_causal_chain_labels_each_link_and_repeats_none() -> None:
    rows = texts(checkout(), "causal_chain")
    assert rows == [
        "Suspected, not confirmed: release 4.2.0 reduced the database connection pool of "
        "checkout-api.",
        "Shown: at 09:04 UTC first PoolTimeoutException in checkout-api.",
        "Shown: the log holds “PoolTimeoutException: no connection within … ms” 1,274 times.",
    ]


def test_a_change_before_the_onset_is_only_a_possible_trigger() -> None:
    (trigger,) = [claim for claim in rca_claims(checkout()) if claim.slot == "trigger"]
    assert trigger.status == "hypothesis"
    assert trigger.text.startswith("Possible trigger, not confirmed: ")


def test_a_change_after_the_onset_is_no_trigger() -> None:
    dossier = checkout()
    later = tuple(row for row in dossier.facts.timeline if row.event != "change")
    facts = replace(dossier.facts, timeline=later)
    assert texts(replace(dossier, facts=facts), "trigger") == ["No trigger is established."]


def test_what_went_well_is_left_out_without_evidence() -> None:
    assert texts(unknown_cause(), "what_went_well") == []
    assert texts(checkout(), "what_went_well") == [
        "Monitoring raised the alert at 09:09 UTC, before the first report at 09:20 UTC.",
        "The mitigation at 09:41 UTC was followed by recovery at 09:47 UTC.",
    ]


def test_the_timeline_is_in_order_and_dated_once() -> None:
    rows = texts(checkout(), "timeline")
    assert rows[0] == "09:02 UTC on 2026-03-12: Deployment of checkout-api 4.2.0."
    assert rows[-1] == "09:47 UTC: The error rate was back to 0.8 %."
    assert rows[1:] == sorted(rows[1:])


def test_the_document_has_the_headings_in_order() -> None:
    text = rca_text(rca_claims(checkout()))
    places = [text.index(f"## {heading}\n") for heading in HEADINGS.values()]
    assert places == sorted(places)
