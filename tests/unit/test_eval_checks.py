"""Claim checks against one incident, with good and bad sentences in many wordings."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant import CauseStatus, Claim, ClaimStatus, Dossier
from evals.checks.certainty import check_certainty
from evals.checks.citations import check_citations
from evals.checks.entities import check_entities
from evals.checks.numbers import check_numbers
from evals.checks.precedent import check_precedent
from evals.checks.times import check_times
from redaction import Anchor, Message, RedactedText
from retrieval import Document, Match
from tests.cases_by_hand import checkout, checkout_resolved, unknown_cause
from tests.making import redacted

MEASURED = ("E4", "E7", "E8", "E14", "E16", "E17")
ALL = tuple(f"E{number}" for number in range(1, 18))


def claim(text: str, *cited: str, status: ClaimStatus = "fact", slot: str = "status") -> Claim:
    return Claim(redacted(text), cited or ALL, status, slot, "model", "not_checked")


def uncited(text: str, status: ClaimStatus) -> Claim:
    return Claim(redacted(text), (), status, "status", "model", "not_checked")


def past_case() -> Match:
    empty = redacted("")
    document = Document(
        id="CASE-7",
        kind="case",
        title=redacted("Payments fail after ledger-gateway 7.7.1"),
        text=redacted("The pool of ledger-gateway held 60 connections until 14:20 UTC."),
        created=None,
        updated=None,
        product=empty,
        component=redacted("ledger-gateway"),
        version=redacted("7.7.1"),
        fixed_version=redacted("7.7.3"),
        status=empty,
        resolution=empty,
        root_cause=redacted("LeakedCursorException left connections open"),
        workaround=redacted("Raise the pool to 60 connections"),
        applies_to=empty,
        superseded_by=empty,
        tenant="",
    )
    return Match(document, 0.8, ())


def with_precedent() -> Dossier:
    return replace(checkout(), matches=(past_case(),))


def with_cause(status: CauseStatus) -> Dossier:
    dossier = checkout()
    cause = replace(dossier.facts.cause, status=status)
    if status == "unknown":
        cause = replace(cause, statement=None, category=None, evidence=())
    return replace(dossier, facts=replace(dossier.facts, cause=cause))


class TestNumbers:
    @pytest.mark.parametrize(
        "text",
        [
            "The error rate peaked at 37.9 %.",
            "The error rate peaked at 38 %.",
            "About 38 percent of checkouts failed.",
            "Thirty-eight percent of checkout requests failed.",
            "Nearly 40 % of checkouts failed at the peak.",
            "More than a third of the checkouts failed at the peak.",
            "The customer counts 212 lost orders.",
            "Roughly 210 orders were lost, the customer reports.",
            "Over two hundred orders were lost, the customer reports.",
            "The logs hold 1,274 such errors.",
            "The logs hold 1274 such errors.",
            "The logs hold about 1,300 such errors.",
            "The logs hold some 1.3k such errors.",
            "The pool had 50 active connections and 187 waiting requests.",
            "Fifty connections were active and one hundred and eighty-seven requests waited.",
            "Requests waited 3 seconds for a connection.",
            "Requests gave up after a three-second wait.",
            "Requests gave up after 3,000 ms.",
            "The impact lasted 43 minutes.",
            "It was a 43-minute incident.",
            "The rollback came 37 minutes after the first error.",
            "The alert fired five minutes after the first error.",
            "Errors began two minutes after the deployment.",
            "The impact lasted about three quarters of an hour.",
            "The error rate is back to 0.8 %.",
            "The error rate is below 1 % again.",
            "Checkout answered HTTP 503.",
            "Two components are affected.",
            "There are two hypotheses and one open question.",
            "Release 4.2.0 was rolled back to 4.1.8.",
            "<PERSON_2> saw 503 errors at 09:09 UTC on 12 March 2026.",
            "One of the pods is healthy and no one is blocked.",
            "1. The error rate peaked at 37.9 %.",
            "This is a Sev1 incident, handled 24/7.",
            "Between 09:04 and 09:47 UTC up to 37.9 % of checkouts failed.",
        ],
    )
    def test_a_figure_of_the_evidence_passes_in_any_wording(self, text: str) -> None:
        assert check_numbers(claim(text), checkout()) == ()

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("The error rate peaked at 47.9 %.", "47.9 %"),
            ("The error rate peaked at 39 %.", "39 %"),
            ("The error rate peaked at 37.2 %.", "37.2 %"),
            ("Every fifth request or 25 percent failed.", "25 percent"),
            ("One in five checkouts failed.", "One in five"),
            ("Half of the checkouts failed.", "Half"),
            ("The customer lost 221 orders.", "221"),
            ("About 300 orders were lost.", "300"),
            ("Over three hundred orders were lost.", "three hundred"),
            ("The logs hold 1,247 such errors.", "1,247"),
            ("The logs hold 12,740 such errors.", "12,740"),
            ("The logs hold about 1,500 such errors.", "1,500"),
            ("Seventy connections were active.", "Seventy"),
            ("Requests waited 30 seconds.", "30 seconds"),
            ("Requests waited 3 minutes.", "3 minutes"),
            ("The impact lasted 53 minutes.", "53 minutes"),
            ("It was a two-hour incident.", "two-hour"),
            ("The impact lasted an hour and a half.", "an hour and a half"),
            ("The error rate is back to 0.1 %.", "0.1 %"),
            ("The heap holds 4 GiB.", "4 GiB"),
            ("Seven components are affected.", "Seven"),
            ("Nine hypotheses are open.", "Nine"),
        ],
    )
    def test_a_figure_that_no_evidence_shows_is_found_where_it_stands(
        self, text: str, wrong: str
    ) -> None:
        (problem,) = check_numbers(claim(text, *MEASURED), checkout())
        assert text[problem.start : problem.end] == wrong

    def test_a_figure_must_stand_in_the_evidence_that_the_claim_cites(self) -> None:
        text = "The customer counts 212 lost orders."
        assert check_numbers(claim(text, "E4"), checkout()) == ()
        assert check_numbers(claim(text, "E6"), checkout())

    def test_sizes_compare_across_their_units(self) -> None:
        for written in ("4 GiB", "4096 MiB", "four gigabytes", "4Gi"):
            assert (
                check_numbers(claim(f"The limit is {written}."), holding("limits: memory 4Gi"))
                == ()
            )
        assert check_numbers(claim("The limit is 8 GiB."), holding("limits: memory 4Gi"))

    def test_a_share_may_be_told_as_ratio_and_as_percentage(self) -> None:
        dossier = holding("412 of 2,060 requests failed in 2640 s")
        for good in ("One in five requests failed.", "20 % of requests failed.",
                     "A fifth of requests failed.", "A fifth of the requests failed in 44 minutes.",
                     "412 out of 2,060 requests failed."):  # fmt: skip
            assert check_numbers(claim(good), dossier) == ()
        for bad in ("One in three requests failed.", "30 % of requests failed.",
                    "412 out of 2,600 requests failed."):  # fmt: skip
            assert check_numbers(claim(bad), dossier)

    def test_a_plan_may_promise_a_delay_only_where_nothing_else_is_agreed(self) -> None:
        promise = uncited("The next update follows within 30 minutes.", "plan")
        assert check_numbers(promise, unknown_cause()) == ()
        assert check_numbers(replace(promise, status="fact"), unknown_cause())
        assert check_numbers(promise, checkout())


def holding(line: str) -> Dossier:
    """The incident with one more line of evidence, cited as E1."""
    dossier = checkout()
    first, *others = dossier.facts.evidence
    evidence = (replace(first, text=redacted(line)), *others)
    return replace(dossier, facts=replace(dossier.facts, evidence=evidence))


class TestTimes:
    @pytest.mark.parametrize(
        "text",
        [
            "Errors began at 09:04 UTC.",
            "Errors began at 9:04 am UTC.",
            "Errors began at 09:04:37 UTC.",
            "Errors began at 2026-03-12T09:04Z.",
            "Errors began at 10:04 CET on 12 March 2026.",
            "Errors began at 10:04+01:00.",
            "Errors began on March 12, 2026, at 09:04 UTC.",
            "The next update follows at half past ten.",
            "The next update follows at 10.30 UTC.",
            "The rollback finished around 09:40 UTC.",
            "The alert fired at nine minutes past nine, that is 09:09.",
            "The peak was at twelve minutes past the hour, 09:12 UTC on 2026-03-12.",
            "Nothing else changed on 12 March.",
            "The release of March 2026 is meant.",
            "The rollback finished at 0941 UTC.",
        ],
    )
    def test_a_stated_time_passes_in_any_wording(self, text: str) -> None:
        assert check_times(claim(text), checkout()) == ()

    @pytest.mark.parametrize(
        "text",
        [
            "Errors began at 09:06 UTC.",
            "Errors began at 10:04 PST.",
            "Errors began at 9:04 pm UTC.",
            "Errors began at 2026-03-13T09:04Z.",
            "Errors began on March 11, 2026, at 09:04 UTC.",
            "The next update follows at half past eleven.",
            "The next update follows at quarter past ten.",
            "The rollback finished around 10:15 UTC.",
            "Nothing else changed on 14 April.",
            "The next update follows at noon.",
            "The next update follows at 3 pm.",
            "Errors began at 09:04:12 UTC.",
        ],
    )
    def test_a_time_that_nothing_states_is_found(self, text: str) -> None:
        assert len(check_times(claim(text), checkout())) == 1

    def test_a_plan_may_name_the_time_its_own_delay_leads_to(self) -> None:
        good = uncited("Next update by 07:58 UTC on 2026-05-05, 8 hours after the event.", "plan")
        bad = uncited("Next update by 08:58 UTC on 2026-05-05, 8 hours after the event.", "plan")
        assert check_times(good, unknown_cause()) == ()
        assert check_times(bad, unknown_cause())

    def test_a_clock_without_zone_in_a_message_is_no_stamp_of_it(self) -> None:
        dossier = checkout()
        said = replace(dossier.facts.evidence[10], text=redacted("test is planned for 11:00"))
        evidence = (*dossier.facts.evidence[:10], said, *dossier.facts.evidence[11:])
        place = Anchor(said.artifact, said.line)
        at = datetime(2026, 3, 12, 9, 58, tzinfo=UTC)
        message = Message(redacted("<PERSON_1>"), "engineer", at, said.text, place)
        told = replace(
            dossier,
            case=replace(dossier.case, messages=(message,)),
            facts=replace(dossier.facts, evidence=evidence),
        )
        text = "The test is planned for 11:00 (time zone not stated)."
        assert check_times(claim(text, said.id), told) == ()
        assert check_times(claim(text, said.id), dossier)


class TestEntities:
    @pytest.mark.parametrize(
        "text",
        [
            "The checkout-api raised PoolTimeoutException.",
            "The checkout API raised a pool timeout.",
            "The orders database answers.",
            "`max_pool_size` differs between 4.1.8 and v4.2.0.",
            "<PERSON_2> rolled checkout-api back to 4.1.8.",
            "A follow-up with a long-term, well-known fix is read-only, e.g. a one-hour test.",
            "The affected service is healthy and the on-call team watches it.",
            "The metric checkout_error_rate fell.",
            "Engineering and Support work on it, i.e. nobody waits.",
        ],
    )
    def test_names_of_the_case_and_plain_english_pass(self, text: str) -> None:
        assert check_entities(claim(text), checkout()) == ()

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("The payments-api raised errors.", "payments-api"),
            ("The checkout-db-3 raised errors.", "checkout-db-3"),
            ("A NullPointerException was raised.", "NullPointerException"),
            ("Release 4.2.1 was rolled back.", "4.2.1"),
            ("Release v4.2 was rolled back.", "v4.2"),
            ("`min_pool_size` differs.", "min_pool_size"),
            ("The setting idle_timeout differs.", "idle_timeout"),
            ("The host orders.internal is down.", "orders.internal"),
            ("The host 192.0.2.7 is down.", "192.0.2.7"),
            ("The Redis cluster is down.", "Redis"),
            ("The inventory service is down.", "inventory"),
            ("The log says ORA-00942.", "ORA-00942"),
            ("<PERSON_9> approved it.", "<PERSON_9>"),
            ("<HOST_2> is down.", "<HOST_2>"),
        ],
    )
    def test_a_name_that_the_case_does_not_state_is_found(self, text: str, wrong: str) -> None:
        problems = check_entities(claim(text), checkout())
        assert wrong in [text[problem.start : problem.end] for problem in problems]

    def test_a_placeholder_must_stand_in_the_evidence_that_the_claim_cites(self) -> None:
        text = "<PERSON_4> approved the rollback."
        assert check_entities(claim(text, "E13"), checkout()) == ()
        assert check_entities(claim(text, "E6"), checkout())


class TestPrecedent:
    @pytest.mark.parametrize(
        "text",
        [
            "ledger-gateway is affected.",
            "A LeakedCursorException was raised.",
            "Release 7.7.3 fixes it.",
        ],
    )
    def test_facts_of_a_past_case_told_as_this_one_are_found(self, text: str) -> None:
        assert check_precedent(claim(text), with_precedent())

    @pytest.mark.parametrize(
        "text",
        [
            "In a similar past case ledger-gateway 7.7.1 raised LeakedCursorException.",
            "A previous incident was fixed by raising the pool to 60 connections until 14:20 UTC.",
            "As precedent, release 7.7.3 was used.",
            "A matching knowledge base article names ledger-gateway.",
        ],
    )
    def test_a_sentence_worded_as_precedent_may_tell_them(self, text: str) -> None:
        for check in (check_precedent, check_entities, check_numbers, check_times):
            assert check(claim(text), with_precedent()) == ()

    def test_a_number_of_a_past_case_is_not_one_of_this_case(self) -> None:
        assert check_numbers(claim("The pool holds 60 connections."), with_precedent())


class TestCitations:
    def test_every_cited_id_must_exist(self) -> None:
        assert check_citations(claim("Errors began.", "E7"), checkout()) == ()
        assert check_citations(claim("Errors began.", "E7", "E99"), checkout())

    @pytest.mark.parametrize(("status", "count"), [("fact", 1), ("hypothesis", 1), ("plan", 0)])
    def test_facts_and_hypotheses_need_evidence(self, status: ClaimStatus, count: int) -> None:
        assert len(check_citations(uncited("Something.", status), checkout())) == count


CAUSAL = [
    "The root cause is the smaller pool in 4.2.0.",
    "Checkout failed because release 4.2.0 halved the pool.",
    "Checkout failed due to the smaller pool.",
    "The outage was caused by release 4.2.0.",
    "Release 4.2.0 brought down checkout.",
    "The smaller pool led to the errors.",
    "The incident stems from the smaller pool.",
    "The failure originated from release 4.2.0.",
    "The incident was traced back to release 4.2.0.",
    "The smaller pool is responsible for the errors.",
    "Release 4.2.0 was behind the errors.",
    "The reason for the errors is the smaller pool.",
    "As a result of the deployment, checkout failed.",
    "The errors are attributable to release 4.2.0.",
    "Release 4.2.0 triggered the errors.",
    "The real culprit is the pool.",
    "The deployment broke checkout.",
    "The pool was too small, which is the reason checkout failed.",
]
OPEN = [
    "The cause is not known yet.",
    "The root cause is still under investigation.",
    "We do not know why checkout fails.",
    "What caused the errors has not been established.",
    "No root cause has been identified.",
    "It is unclear what triggered the errors.",
    "The errors resulted in 212 lost orders.",
    "The outage caused failed checkouts.",
    "The alert was triggered at 09:09 UTC.",
    "The on-call engineer triggered a rollback.",
    "The next update is due at 10:30 UTC.",
    "The fix is due to be deployed next.",
    "We cannot yet say whether the deployment caused it.",
    "What was the root cause?",
    "Engineering continues to investigate the root cause.",
    "There was no data loss as a result of this incident.",
]


class TestCertainty:
    @pytest.mark.parametrize("text", CAUSAL)
    def test_a_cause_below_confirmed_cannot_be_asserted(self, text: str) -> None:
        assert check_certainty(claim(text), with_cause("unknown"))
        assert check_certainty(claim(text), with_cause("suspected"))

    @pytest.mark.parametrize("text", OPEN)
    @pytest.mark.parametrize("status", ["unknown", "suspected"])
    def test_wording_that_asserts_no_cause_passes(self, text: str, status: CauseStatus) -> None:
        assert check_certainty(claim(text), with_cause(status)) == ()

    @pytest.mark.parametrize(
        "text",
        [
            "Suspected: release 4.2.0 caused the errors.",
            "The smaller pool may have led to the errors.",
            "Release 4.2.0 likely triggered the errors.",
            "Hypothesis, not tested: the errors are due to the smaller pool.",
            "The timing points to release 4.2.0 as the cause.",
            "We believe that the deployment caused it.",
            "It appears that the deployment broke checkout.",
            "The leading candidate is the smaller pool.",
        ],
    )
    def test_a_labelled_hypothesis_passes_while_suspected_or_unknown(self, text: str) -> None:
        guess = claim(text, status="hypothesis")
        assert check_certainty(guess, with_cause("suspected")) == ()
        assert check_certainty(guess, with_cause("unknown")) == ()

    def test_a_hedged_cause_is_no_fact_while_the_cause_is_unknown(self) -> None:
        assert check_certainty(claim("It is likely caused by 4.2.0."), with_cause("unknown"))

    @pytest.mark.parametrize(
        "text",
        [
            "The confirmed cause is likely the pool.",
            "The cause has been identified and appears to be the pool.",
            "It is clearly established that the pool may be the cause.",
        ],
    )
    def test_a_hedge_does_not_excuse_a_claim_of_certainty(self, text: str) -> None:
        assert check_certainty(claim(text, status="hypothesis"), with_cause("suspected"))

    @pytest.mark.parametrize(
        "text",
        [
            "Engineering reports that release 4.2.0 caused the errors.",
            "According to Engineering, the root cause is the smaller pool.",
            "Engineering has confirmed that the errors were caused by the pool size.",
            "The cause, as reported by the engineering team, is the smaller pool.",
        ],
    )
    def test_a_confirmed_cause_is_told_as_reported_by_engineering(self, text: str) -> None:
        reported = without_test(checkout_resolved())
        assert check_certainty(claim(text), reported) == ()

    @pytest.mark.parametrize("text", CAUSAL)
    def test_a_confirmed_cause_without_its_source_is_found(self, text: str) -> None:
        assert check_certainty(claim(text), without_test(checkout_resolved()))

    def test_a_hypothesis_needs_its_label(self) -> None:
        bare = claim("Release 4.2.0 reduced the pool.", status="hypothesis")
        assert check_certainty(bare, checkout())

    @pytest.mark.parametrize(
        "text",
        [
            "The incident is resolved.",
            "The issue has been fixed.",
            "Checkout is fully restored.",
            "Everything is back to normal, the incident is over.",
            "Status: resolved.",
            "The state is identified.",
            "We have resolved the problem.",
        ],
    )
    def test_another_state_than_the_case_has_is_found(self, text: str) -> None:
        assert check_certainty(claim(text), checkout())

    @pytest.mark.parametrize(
        "text",
        [
            "The incident is not resolved yet.",
            "The incident will be closed once it is resolved.",
            "We expect the issue to be fixed.",
            "Status: monitoring.",
            "Engineering is investigating the pool and monitoring the error rate.",
            "The rollback mitigated the errors.",
        ],
    )
    def test_wording_that_fits_the_state_passes(self, text: str) -> None:
        assert check_certainty(claim(text), checkout()) == ()

    def test_resolved_may_be_said_of_a_resolved_case(self) -> None:
        assert check_certainty(claim("The incident is resolved."), checkout_resolved()) == ()

    @pytest.mark.parametrize("text", ["This is a Sev2 incident.", "Severity: 3", "Priority P2."])
    def test_another_severity_or_priority_is_found(self, text: str) -> None:
        assert check_certainty(claim(text), checkout())

    @pytest.mark.parametrize("text", ["This is a Sev1 incident.", "Severity 1, priority P1."])
    def test_the_severity_and_priority_of_the_facts_pass(self, text: str) -> None:
        assert check_certainty(claim(text), checkout()) == ()

    def test_a_timeline_row_may_name_the_level_that_its_evidence_names(self) -> None:
        dossier = checkout()
        raised = replace(dossier.facts.evidence[0], text=redacted("Severity raised Sev2 -> Sev1"))
        evidence = (raised, *dossier.facts.evidence[1:])
        told = replace(dossier, facts=replace(dossier.facts, evidence=evidence))
        text = "09:20 UTC: Severity changed from Sev2 to Sev1."
        assert check_certainty(claim(text, "E1", slot="timeline"), told) == ()
        assert check_certainty(claim(text, "E1", slot="status"), told)
        assert check_certainty(claim(text, "E2", slot="timeline"), told)

    def test_the_reported_severity_may_be_told_as_reported(self) -> None:
        dossier = checkout()
        severity = replace(dossier.facts.severity, reported="Sev3")
        differing = replace(dossier, facts=replace(dossier.facts, severity=severity))
        assert check_certainty(claim("Sev1; the ticket says Sev3."), differing) == ()
        assert check_certainty(claim("This is a Sev3 incident."), differing)

    def test_words_quoted_from_the_evidence_are_not_the_drafts_own(self) -> None:
        dossier = holding("the outage was caused by the last release")
        quoted = claim("The customer writes “the outage was caused by the last release”.")
        invented = claim("The log says “the outage was caused by the orders database”.")
        assert check_certainty(quoted, dossier) == ()
        assert check_certainty(invented, dossier)


def without_test(dossier: Dossier) -> Dossier:
    """The same facts where no hypothesis was promoted: the cause rests on Engineering's word."""
    return replace(dossier, facts=replace(dossier.facts, hypotheses=()))


def test_every_problem_stands_inside_the_text_of_its_claim() -> None:
    text: RedactedText = redacted("The payments-api failed at 08:00 UTC for 99 % because of 9.9.9.")
    checks = (check_numbers, check_times, check_entities, check_certainty)
    found = [p for check in checks for p in check(claim(text), checkout())]
    assert len(found) >= 5
    assert all(0 <= p.start < p.end <= len(text) for p in found)
