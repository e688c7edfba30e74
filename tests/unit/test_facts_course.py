from datetime import timedelta

from assistant import compute_facts
from tests.cases_to_analyse import CaseBuilder, minute, outage


def test_the_timeline_orders_change_onset_alert_report_rollback_and_recovery() -> None:
    facts = compute_facts(outage().case(), ())

    assert [(row.event, row.utc) for row in facts.timeline] == [
        ("change", minute(2)),
        ("change", minute(5)),
        ("started", minute(8)),
        ("detected", minute(10)),
        ("report", minute(20)),
        ("action", minute(30)),
        ("action", minute(33)),
        ("mitigated", minute(34)),
    ]
    assert facts.timeline[0].text == "Deployment of orders 2.4.0 started"
    assert facts.timeline[3].text == "The alert OrdersErrorRateHigh fired"
    assert facts.timeline[6].text == "Rollback of orders to 2.3.9 finished"


def test_one_event_seen_by_log_and_metric_is_one_row_with_both_citations() -> None:
    facts = compute_facts(outage().case(), ())

    [onset] = [row for row in facts.timeline if row.event == "started"]
    cited = [one.artifact for one in facts.evidence if one.id in onset.evidence]
    assert sorted(cited) == ["A2.log", "A3.csv"]


def test_duration_and_peak_are_computed_from_the_metric() -> None:
    facts = compute_facts(outage().case(), ())

    figures = {impact.what.split(",")[0]: impact.figure for impact in facts.impact}
    assert (
        figures["passed from the onset at 09:08 UTC to the recovery at 09:34 UTC"] == "26 minutes"
    )
    assert figures["of requests failed at the peak"] == "30 %"


def test_failed_requests_are_summed_between_onset_and_recovery_only() -> None:
    case = CaseBuilder()
    case.measures("error_rate", [0.0] * 5 + [0.5] * 3 + [0.0] * 5)
    case.measures("requests", [100.0] * 13)
    case.measures("errors", [1.0] * 5 + [50.0] * 3 + [1.0] * 5)

    facts = compute_facts(case.case(), ())

    [failed] = [impact for impact in facts.impact if impact.what.startswith("requests failed")]
    assert failed.figure == "150"
    assert "50 % of 300" in failed.what


def test_a_share_in_percent_is_worded_like_a_share_in_0_to_1() -> None:
    case = CaseBuilder()
    case.measures("error_rate_percent", [0.2] * 5 + [37.9] * 4 + [0.2] * 5)

    facts = compute_facts(case.case(), ())

    assert "37.9 %" in {impact.figure for impact in facts.impact}


def test_an_error_in_the_log_that_stops_while_the_log_goes_on_has_ended() -> None:
    case = CaseBuilder()
    for number in range(20):
        case.logs("sync failed", number, "error")
    case.logs("sync done", 60)

    facts = compute_facts(case.case(), ())

    assert [impact.figure for impact in facts.impact] == ["19 minutes"]


def test_failed_requests_of_an_access_log_are_counted_by_status_and_route() -> None:
    case = CaseBuilder()
    for number in range(10):
        case.logs(f"POST /orders/{1000 + number}/confirm -> HTTP 200", number * 0.1)
    for number in range(6):
        case.logs(f"POST /orders/{2000 + number}/confirm -> HTTP 503", 5 + number * 0.1, "error")

    facts = compute_facts(case.case(), ())

    assert [(one.template, one.count) for one in facts.signatures] == [
        ("HTTP 503 on /orders/{id}/confirm", 6)
    ]
    share = next(impact for impact in facts.impact if "HTTP 5xx" in impact.what)
    assert share.figure == "100 %"
    assert "6 of 6 logged requests" in share.what


def test_signatures_group_by_exception_and_name_its_root_cause() -> None:
    case = CaseBuilder()
    trace = "\norg.app.PlaceFailed: no order\nCaused by: java.io.IOException: pipe closed (id 7)"
    for number in range(3):
        case.logs(f"order {number} failed{trace}", number, "error", "org.app.PlaceFailed")

    [signature] = compute_facts(case.case(), ()).signatures

    assert signature.template == (
        "org.app.PlaceFailed: no order, caused by java.io.IOException: pipe closed"
    )
    assert (signature.count, signature.first, signature.last) == (3, minute(0), minute(2))
    assert len(signature.evidence) == 2


def test_words_that_all_lines_share_stay_in_the_template() -> None:
    case = CaseBuilder()
    for number in range(3):
        case.logs(f"run {number} answered 410 GONE", number, "error")

    assert compute_facts(case.case(), ()).signatures[0].template == "run * answered 410 GONE"


def test_an_assumed_time_zone_is_said_in_the_row() -> None:
    case = CaseBuilder()
    case.logs("disk full", 3, "error", zone="assumed")

    [row] = compute_facts(case.case(), ()).timeline

    assert row.text.endswith("(time zone assumed)")


def test_a_flag_change_seen_by_bot_and_log_is_one_row() -> None:
    case = outage()
    case.says("bot", "flag `new-cart` 50 % -> 0 % by <PERSON_2>", 20)
    case.logs("flag changed: new-cart 50% -> 0%", 20.1)

    facts = compute_facts(case.case(), ())

    [row] = [row for row in facts.timeline if "new-cart" in row.text]
    assert row.text == "Feature flag new-cart changed from 50 % to 0 %"
    assert row.event == "action"
    assert len(row.evidence) == 2


def test_a_stated_time_of_day_is_taken_instead_of_the_time_of_the_message() -> None:
    case = CaseBuilder()
    case.says("engineer", "I restarted the worker at 09:12 UTC.", 45)

    [action] = compute_facts(case.case(), ()).actions

    assert action.utc == minute(12)
    assert (action.role, action.status) == ("engineer", "done")
    assert action.text.startswith("Restarted the worker")


def test_planned_denied_and_asked_steps_are_not_done() -> None:
    case = CaseBuilder()
    case.says("engineer", "We will restart the worker after lunch.", 1)
    case.says("engineer", "We have not restarted the worker.", 2)
    case.says("engineer", "Have we restarted the worker?", 3)
    case.says("engineer", "Maybe they restarted the worker.", 4)

    facts = compute_facts(case.case(), ())

    assert [(action.status, action.text) for action in facts.actions] == [
        ("planned", "Restart the worker after lunch")
    ]


def test_an_approval_near_a_rollback_is_stated_with_it() -> None:
    case = outage()
    case.says("engineer", "Rollback of orders approved.", 29)

    facts = compute_facts(case.case(), ())

    [rollback] = [action for action in facts.actions if action.text.startswith("Rollback")]
    assert rollback.text == "Rollback of orders to 2.3.9 (approved by an engineer)"


def test_an_approval_has_a_row_of_its_own_in_the_timeline() -> None:
    case = outage()
    case.says("engineer", "Rollback of orders approved at 09:28 UTC.", 29)

    rows = [(row.utc, row.text) for row in compute_facts(case.case(), ()).timeline]

    assert (minute(28), "Rollback of orders to 2.3.9 approved by an engineer") in rows


def test_a_change_of_severity_is_told_by_its_two_levels() -> None:
    case = outage()
    case.says("analyst", "Severity raised Sev2 -> Sev1 at 09:21 UTC under policy SEV-1.2.", 22)

    rows = [(row.utc, row.text) for row in compute_facts(case.case(), ()).timeline]

    assert (minute(21), "Severity changed from Sev2 to Sev1") in rows


def test_a_step_that_did_not_help_says_so_and_names_nobody() -> None:
    case = CaseBuilder()
    case.says("analyst", "I restarted the connector with him on the phone, did not help.", 5)

    [action] = compute_facts(case.case(), ()).actions

    assert action.text == "Restarted the connector; it did not help"


def test_without_a_promise_the_severity_says_when_the_next_update_is_due() -> None:
    facts = compute_facts(outage().case(), ())

    update = facts.next_steps[0]
    assert facts.severity.level == "Sev1"
    assert update.due == facts.timeline[-1].utc + timedelta(minutes=30)
    assert update.text == "Send the next update within 30 minutes of the last known event"


def test_a_planned_test_of_the_leading_hypothesis_is_one_step_with_its_clock() -> None:
    case = outage()
    case.line("A5.yaml", "# was: poolSize: 64")
    case.line("A5.yaml", "poolSize: 16")
    case.says("engineer", "Suspect: the pool of orders was reduced.", 40)
    case.says("engineer", "staging test with pool 16 vs 64 is planned for 11:00, needs load.", 41)

    steps = [step.text for step in compute_facts(case.case(), ()).next_steps]

    assert steps[1] == (
        "Run orders with poolSize at 16 and at 64 under the same load and compare their error "
        "rates (at 11:00, time zone not stated)"
    )
    assert not any("staging" in step for step in steps)


def test_a_promised_update_is_a_next_step_with_its_time() -> None:
    case = CaseBuilder()
    case.says("analyst", "Next update at 10:30 UTC.", 40)

    step = compute_facts(case.case(), ()).next_steps[0]

    assert (step.text, step.due) == ("Send the next update", minute(90))


def test_long_incidents_show_hours_and_minutes() -> None:
    case = CaseBuilder()
    case.measures("error_rate", [0.0] * 60 + [0.5] * 125 + [0.0] * 60)

    facts = compute_facts(case.case(), ())

    assert "2 hours 5 minutes" in {impact.figure for impact in facts.impact}
    assert facts.timeline[-1].utc - facts.timeline[0].utc == timedelta(hours=2, minutes=5)
