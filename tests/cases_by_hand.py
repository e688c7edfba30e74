"""Cases with facts written by hand: a rich Sev1 incident, open and resolved, and a poor one."""

from dataclasses import replace
from datetime import UTC, datetime

from assistant import (
    Action,
    Cause,
    Citations,
    Component,
    Dossier,
    EventKind,
    Evidence,
    Facts,
    Hypothesis,
    Impact,
    NextStep,
    Question,
    Routing,
    Severity,
    Signature,
    TimelineEntry,
    Version,
)
from redaction import Anchor, Artifact, Message, RedactedCase, Role
from tests.making import redacted

_LINES: dict[str, tuple[str, ...]] = {
    "A1.json": (
        '{"subject": "Checkout returns 503 for most shoppers", "priority": "urgent"}',
        "Severity: Sev1, status: open, product: Webshop, component: checkout-api",
        "We see 503 on every second checkout since about 10:05 CET, <ORGANIZATION_1> loses orders.",
        "Estimated loss so far is 212 orders, please advise.",
        "Support: next update at 10:30 UTC in this ticket.",
    ),
    "A2.log": (
        "2026-03-12 09:02:11,004 INFO Starting checkout-api 4.2.0",
        "2026-03-12 09:04:37,912 ERROR PoolTimeoutException: no connection within 3000 ms",
        "2026-03-12 09:12:20,118 ERROR PoolTimeoutException: active=50 idle=0 waiting=187",
        "2026-03-12 09:41:05,330 INFO Starting checkout-api 4.1.8",
        "2026-03-12 09:46:52,007 ERROR PoolTimeoutException: no connection within 3000 ms",
    ),
    "A3.json": (
        "<PERSON_2> 09:09 UTC: pager fired, checkout 5xx above threshold, I am looking",
        "<PERSON_3> 09:33 UTC: smells like the pool, 4.2.0 halves max_pool_size? not confirmed",
        "<PERSON_2> 09:38 UTC: rolling back to 4.1.8, approved by <PERSON_4>",
        "<PERSON_2> 09:49 UTC: error rate back under 1 %, watching it",
        "<PERSON_3> 09:55 UTC: will compare pool settings of 4.1.8 and 4.2.0 on staging",
    ),
    "A4.csv": (
        "2026-03-12T09:12:00Z,checkout_error_rate,0.379",
        "2026-03-12T09:47:00Z,checkout_error_rate,0.008",
    ),
}
_POOR_LINES: dict[str, tuple[str, ...]] = {
    "A1.json": (
        '{"subject": "Sync stops overnight", "status": "open", "severity": "Sev3"}',
        "Calendar sync of <ORGANIZATION_1> stops most nights, a restart helps until the next day.",
        "No idea which version the connector runs, will ask the admin.",
    ),
    "A2.log": ("2026-05-04 23:58:41 ERROR sync-connector: token refresh failed: 401",),
}


def checkout() -> Dossier:
    """The open incident: mitigated by a rollback, the cause suspected, the checkpoint agreed."""
    lines = _evidence(_LINES)
    return Dossier(case=_case(_LINES, "Checkout returns 503 for most shoppers"),
                   facts=_checkout_facts(lines), matches=())  # fmt: skip


def checkout_resolved() -> Dossier:
    """The same incident after the fix, the cause reported by an engineer."""
    more = {**_LINES, "A5.json": (
        "<PERSON_3> 11:20 UTC: confirmed on staging, max_pool_size was 25 instead of 50 in 4.2.0",
        "Status: resolved at 11:40 UTC, 4.2.1 restores the pool size",
        "Follow-up: add a configuration diff to the release checklist",
    )}  # fmt: skip
    facts = _checkout_facts(_evidence(more))
    said = redacted("release 4.2.0 set max_pool_size to 25 instead of 50")
    return Dossier(
        case=_case(more, "Checkout returns 503 for most shoppers"),
        facts=replace(
            facts,
            state="resolved",
            cause=Cause("confirmed", "configuration", said, ("E18",)),
            timeline=(
                *facts.timeline,
                _row(11, 40, "resolved", "Deployment of checkout-api 4.2.1", "E19"),
            ),
            hypotheses=tuple(replace(one, status="confirmed") for one in facts.hypotheses[:1]),
            actions=(
                *facts.actions[:1],
                Action(_at(11, 40), "engineer", redacted("Deployed 4.2.1"), "done", ("E19",)),
            ),
            next_steps=(
                NextStep(
                    redacted("Add a configuration diff to the release checklist"), None, ("E20",)
                ),
            ),
            open_questions=(),
        ),
        matches=(),
    )


def unknown_cause() -> Dossier:
    """The poor case: no impact figure, no mitigation, no cause, no checkpoint."""
    lines = _evidence(_POOR_LINES)
    facts = Facts(
        severity=Severity("Sev3", "single customer, workaround exists", "low", "Sev3", ("E1",)),
        priority="P3",
        state="investigating",
        cause=Cause("unknown", None, None, ()),
        timeline=(
            TimelineEntry(
                datetime(2026, 5, 4, 23, 58, 41, tzinfo=UTC),
                "other",
                redacted("sync-connector: token refresh failed: 401"),
                ("E4",),
            ),
        ),
        impact=(),
        signatures=(
            Signature(
                redacted("sync-connector: token refresh failed: <*>"),
                1,
                datetime(2026, 5, 4, 23, 58, 41, tzinfo=UTC),
                datetime(2026, 5, 4, 23, 58, 41, tzinfo=UTC),
                ("E4",),
            ),
        ),
        components=(Component(redacted("sync-connector"), ("E4",)),),
        versions=(),
        actions=(),
        hypotheses=(),
        open_questions=(
            Question(redacted("Which version does the connector run?"), ("E3",)),
            Question(redacted("How many users are affected?"), ()),
        ),
        next_steps=(),
        routing=Routing(redacted("Integrations"), False, redacted("component sync-connector")),
        evidence=lines,
    )
    return Dossier(case=_case(_POOR_LINES, "Sync stops overnight"), facts=facts, matches=())


def _checkout_facts(lines: tuple[Evidence, ...]) -> Facts:
    pool = redacted("release 4.2.0 reduced the database connection pool of checkout-api")
    compare = redacted("Compare max_pool_size between 4.1.8 and 4.2.0 on staging under load")
    return Facts(
        severity=Severity("Sev1", "core purchase flow unavailable", "high", "Sev1", ("E2",)),
        priority="P1",
        state="monitoring",
        cause=Cause("suspected", "change", pool, ("E6", "E7", "E12")),
        timeline=_checkout_timeline(),
        impact=(
            _impact("37.9 %", "of requests failed at the peak, measured at 09:12 UTC (metric "
                    "checkout_error_rate)", "E16"),
            _impact("212 orders", "reported by the customer: “Estimated loss so far is 212 "
                    "orders”", "E4"),
        ),
        signatures=(
            Signature(redacted("PoolTimeoutException: no connection within <*> ms"), 1274,
                      _at(9, 4), _at(9, 46), ("E7", "E10")),
        ),
        components=(
            Component(redacted("checkout-api"), ("E2", "E6")),
            Component(redacted("orders database"), ("E8",)),
        ),
        versions=(
            Version(redacted("checkout-api"), redacted("4.2.0"), ("E6",)),
            Version(redacted("checkout-api"), redacted("4.1.8"), ("E9",)),
        ),
        actions=(
            Action(_at(9, 41), "engineer", redacted(
                "Rollback of checkout-api to 4.1.8 (approved by an engineer)"), "done",
                ("E9", "E13"), mitigates=True),
            Action(_at(9, 55), "engineer", redacted(
                "Compare pool settings of 4.1.8 and 4.2.0 on staging"), "planned", ("E15",)),
        ),
        hypotheses=(
            Hypothesis(pool, "change", "open", ("E6", "E7", "E12"), (), compare),
            Hypothesis(redacted("the orders database answered more slowly than before"),
                       "dependency", "open", ("E8",), (),
                       redacted("Read the database's query latency from 09:00 to 09:45 UTC")),
        ),
        open_questions=(
            Question(redacted("How many orders were lost in total?"), ("E4",)),
        ),
        next_steps=(
            NextStep(redacted("Compare pool settings of 4.1.8 and 4.2.0 on staging"), None,
                     ("E15",)),
            NextStep(redacted("Next update in the ticket"), _at(10, 30), ("E5",)),
        ),
        routing=Routing(redacted("Checkout"), False, redacted("component checkout-api")),
        evidence=lines,
    )  # fmt: skip


def _checkout_timeline() -> tuple[TimelineEntry, ...]:
    return (
        _row(9, 2, "change", "Deployment of checkout-api 4.2.0", "E6"),
        _row(9, 4, "started", "First PoolTimeoutException in checkout-api", "E7"),
        _row(9, 9, "detected", "Alert: checkout 5xx above threshold", "E11"),
        _row(9, 12, "other", "Peak error rate 37.9 %", "E16"),
        _row(9, 20, "report", "The customer reports 503 on every second checkout", "E3"),
        _row(9, 41, "action", "Rollback of checkout-api to 4.1.8", "E9", "E13"),
        _row(9, 47, "mitigated", "The error rate was back to 0.8 %", "E14", "E17"),
    )


def _at(hour: int, minute: int) -> datetime:
    return datetime(2026, 3, 12, hour, minute, tzinfo=UTC)


def _row(hour: int, minute: int, event: EventKind, text: str, *ids: str) -> TimelineEntry:
    return TimelineEntry(_at(hour, minute), event, redacted(text), ids)


def _impact(figure: str, what: str, *ids: str) -> Impact:
    citations: Citations = ids
    return Impact(redacted(figure), redacted(what), citations)


def _evidence(lines: dict[str, tuple[str, ...]]) -> tuple[Evidence, ...]:
    flat = [
        (artifact, number, text)
        for artifact, texts in lines.items()
        for number, text in enumerate(texts, 1)
    ]
    return tuple(
        Evidence(f"E{order}", artifact, number, redacted(text))
        for order, (artifact, number, text) in enumerate(flat, 1)
    )


def _case(lines: dict[str, tuple[str, ...]], title: str) -> RedactedCase:
    return RedactedCase(
        id="c0ffee",
        title=redacted(title),
        policy="test-policy",
        artifacts=tuple(
            Artifact(name, redacted(name), "text/plain", redacted("\n".join(texts)), ())
            for name, texts in lines.items()
        ),
        quarantined=(),
        messages=_messages(lines),
        events=(),
        samples=(),
        fields=(),
    )


def _messages(lines: dict[str, tuple[str, ...]]) -> tuple[Message, ...]:
    role: Role = "engineer"
    return tuple(
        Message(redacted("<PERSON_2>"), role, None, redacted(text), Anchor("A3.json", number))
        for number, text in enumerate(lines.get("A3.json", ()), 1)
    )
