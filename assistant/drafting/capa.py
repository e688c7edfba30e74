"""Proposes corrective and preventive actions: owner role, due date and a measurable check each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, LiteralString

from assistant.draft import Claim
from assistant.drafting.recap import candidates
from assistant.drafting.sentences import claim, lowered, moment, sentence, short
from assistant.facts import Citations, Facts
from redaction import RedactedText, compose


@dataclass(frozen=True, slots=True)
class _Proposal:
    words: tuple[str, ...]
    action: LiteralString
    owner: LiteralString
    check: LiteralString


_PREVENTIVE: Final = (
    _Proposal(
        ("change", "deploy", "release", "version", "regression"),
        "release changes of this kind to a small share of traffic first, with automatic rollback",
        "the release owner",
        "a test release that raises the same error is rolled back without a person",
    ),
    _Proposal(
        ("config", "flag", "setting"),
        "compare settings with the running ones before each release",
        "the release owner",
        "the comparison blocks a test release that changes a limit unannounced",
    ),
    _Proposal(
        ("capacity", "resource", "pool", "memory", "disk", "exhaust", "saturation", "limit"),
        "alert on saturation before the limit is reached",
        "the service owner",
        "a load test raises the alert before the first failed request",
    ),
    _Proposal(
        ("depend", "third", "upstream", "provider", "network", "dns"),
        "define timeout, retry and fallback for this dependency",
        "the service owner",
        "a test that cuts the dependency off shows the agreed behaviour",
    ),
    _Proposal(
        ("expir", "cert", "token", "credential", "auth", "secret"),
        "monitor expiry and rotate credentials on a schedule",
        "the platform owner",
        "a test credential close to expiry raises the alert",
    ),
)


def corrective_actions(facts: Facts) -> Iterator[Claim]:
    """Yield planned and proposed actions; what nobody has agreed is worded as proposed."""
    yield from _agreed(facts)
    yield from _decide_cause(facts)
    yield from _prevent(facts)
    yield _detect(facts)


def _agreed(facts: Facts) -> Iterator[Claim]:
    for step in facts.next_steps[:4]:
        if "update" in step.text.lower():
            continue
        due = moment(step.due, None) if step.due else compose("to be agreed")
        yield _row(
            "Planned", short(step.text, 26), "to be agreed", due, "result recorded in the case",
            step.evidence,
        )  # fmt: skip


def _decide_cause(facts: Facts) -> Iterator[Claim]:
    if facts.cause.status == "confirmed":
        return
    planned = " ".join(step.text for step in facts.next_steps)
    for one in candidates(facts)[:2]:
        if one.next_test in planned:
            continue
        yield _row(
            "Proposed corrective", short(one.next_test, 26), "Engineering",
            compose("to be agreed"), "result recorded in the case", (),
        )  # fmt: skip


def _prevent(facts: Facts) -> Iterator[Claim]:
    best = facts.cause.category or next((one.category for one in candidates(facts)), "")
    for proposal in _PREVENTIVE:
        if any(word in best.lower() for word in proposal.words):
            yield _row(
                "Proposed preventive", compose(proposal.action), proposal.owner,
                compose("to be agreed"), proposal.check, (),
            )  # fmt: skip
            return


def _detect(facts: Facts) -> Claim:
    action = compose("alert on the first symptom of this incident")
    if facts.signatures:
        action = compose("alert on “{error}”", error=short(facts.signatures[0].template, 8))
    check = "replaying this incident's log raises the alert"
    due = compose("to be agreed")
    return _row("Proposed preventive", action, "the service owner", due, check, ())


def _row(
    kind: LiteralString,
    action: RedactedText,
    owner: LiteralString,
    due: RedactedText,
    check: LiteralString,
    evidence: Citations,
) -> Claim:
    text = compose(
        "{kind}: {action}. The owner is {owner}; due: {due}; verification: {check}.",
        kind=kind, action=lowered(action), owner=owner, due=due, check=check,
    )  # fmt: skip
    return claim("actions", "plan", sentence(text, 70), evidence)
