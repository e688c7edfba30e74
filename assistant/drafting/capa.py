"""Proposes corrective and preventive actions: owner role, due date and a measurable check each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, LiteralString

from assistant.draft import Claim
from assistant.drafting.recap import candidates, first, is_agreed, other_steps
from assistant.drafting.sentences import claim, moment, sentence, short, who
from assistant.facts import Citations, Facts, NextStep
from assistant.facts.wording import uncapitalised
from redaction import RedactedText, compose


@dataclass(frozen=True, slots=True)
class _Proposal:
    """What removes a kind of cause and what prevents the next one, each with its check."""

    categories: tuple[str, ...]
    fix: LiteralString
    fixed: LiteralString
    prevention: LiteralString
    owner: LiteralString
    prevented: LiteralString


_PROPOSALS: Final = (
    _Proposal(
        ("configuration",),
        "correct the setting and set it explicitly where the component is configured",
        "the component prints the corrected value at start-up, and a load test at the peak load of "
        "this incident stays free of its errors",
        "compare the settings of a release with the running ones before it is rolled out",
        "the release owner",
        "a test release that changes a limit unannounced is stopped by the comparison",
    ),
    _Proposal(
        ("deployment", "change", "defect"),
        "correct the release and repeat the rollout in one region",
        "a load test at the peak load of this incident stays free of its errors",
        "roll changes of this kind out to a small share of traffic first, with automatic rollback",
        "the release owner",
        "a test release that raises the same error is rolled back without a person",
    ),
    _Proposal(
        ("resource exhaustion", "capacity", "database"),
        "raise or protect the limit that is reached",
        "a load test at the peak load of this incident stays below the limit",
        "alert on waiting requests before the limit is reached",
        "the service owner",
        "a load test raises the alert before the first request fails",
    ),
    _Proposal(
        ("dependency", "network"),
        "restore the connection and agree its limits with its operator",
        "calls to the dependency succeed at the peak load of this incident",
        "define timeout, retry and fallback for this dependency",
        "the service owner",
        "a test that cuts the dependency off shows the agreed behaviour",
    ),
    _Proposal(
        ("certificate", "authentication"),
        "renew the credential or certificate",
        "a sign-in with the new one succeeds and the old one is refused",
        "monitor expiry and renew on a schedule",
        "the platform owner",
        "a test credential close to expiry raises the alert",
    ),
    _Proposal(
        ("data",),
        "restore a consistent state and start the processing again",
        "a comparison of both sides after the run shows no difference",
        "alert when the processing falls behind, well before it cannot continue",
        "the service owner",
        "a processing stopped in a test raises the alert while it can still continue",
    ),
)
_OPEN: Final = "to be agreed"
_SAID_WHEN: Final = re.compile(r" \(at (?P<when>[^()]+)\)$")


def corrective_actions(facts: Facts) -> Iterator[Claim]:
    """Yield planned and proposed actions; what nobody has agreed is worded as proposed."""
    yield from _diagnose(facts)
    yield from _fix_and_prevent(facts)
    yield from _alert(facts)
    yield from _credentials(facts)


def _diagnose(facts: Facts) -> Iterator[Claim]:
    tests = {one.next_test for one in candidates(facts)}
    for step in other_steps(facts):
        agreed = is_agreed(step, facts)
        if not (agreed or step.text in tests):
            continue
        check = "the result confirms or rules out the suspected cause"
        if not any(step.text.startswith(test) for test in tests):
            check = "the errors of this incident stay absent under the load that it had"
        kind = "Planned" if agreed else "Proposed"
        said = _SAID_WHEN.search(step.text)
        action = short(step.text[: said.start()] if said else step.text, 30)
        due = step.text[slice(*said.span("when"))] if said else _due(step)
        yield _row(kind, action, _owner(step, facts), due, check, step.evidence)


def _owner(step: NextStep, facts: Facts) -> LiteralString:
    for one in facts.actions:
        role = who(one.role) if set(one.evidence) & set(step.evidence) else None
        if role is not None:
            return role
    return "Engineering"


def _due(step: NextStep) -> RedactedText:
    return moment(step.due, None) if step.due else compose(_OPEN)


def _fix_and_prevent(facts: Facts) -> Iterator[Claim]:
    found = [facts.cause.category, *(one.category for one in candidates(facts))]
    fitting = [one for category in found for one in _PROPOSALS if category in one.categories]
    proposals = list(dict.fromkeys(fitting))[:2]
    for best in proposals[:1]:
        action = compose(best.fix)
        if facts.cause.status != "confirmed":
            action = compose("if its test confirms the suspicion, {fix}", fix=best.fix)
        due = compose(_OPEN)
        yield _row("Corrective, proposed", action, "Engineering", due, best.fixed, ())
    for one in proposals:
        action = compose(one.prevention)
        yield _row("Preventive, proposed", action, one.owner, compose(_OPEN), one.prevented, ())


def _alert(facts: Facts) -> Iterator[Claim]:
    """Propose an alert where none was raised before the first report, a test where none can be."""
    alert, report = first(facts, "detected"), first(facts, "report")
    if alert is not None and (report is None or alert.utc <= report.utc):
        return
    if not facts.signatures:
        action = compose("add a regression test that reproduces what was reported")
        check = "the test fails on the affected version and passes on the corrected one"
        yield _row("Preventive, proposed", action, "Engineering", compose(_OPEN), check, ())
        return
    action = compose("alert on “{error}”", error=short(facts.signatures[0].template, 12))
    check = "replaying this incident's log raises the alert"
    yield _row("Preventive, proposed", action, "the service owner", compose(_OPEN), check, ())


def _credentials(facts: Facts) -> Iterator[Claim]:
    for step in facts.next_steps:
        if step.text.startswith("Rotate the credentials"):
            check = "a sign-in with each old credential is refused"
            text = short(step.text, 20)
            yield _row("Corrective, proposed", text, "the platform owner", compose(_OPEN), check,
                       step.evidence)  # fmt: skip


def _row(
    kind: LiteralString,
    action: RedactedText,
    owner: LiteralString,
    due: RedactedText,
    check: LiteralString,
    evidence: Citations,
) -> Claim:
    text = compose(
        "{kind}: {action}. Owner: {owner}; due: {due}; verification: {check}.",
        kind=kind, action=uncapitalised(action), owner=owner, due=due, check=check,
    )  # fmt: skip
    return claim("corrective_and_preventive_actions", "plan", sentence(text, 70), evidence)
