"""Writes the stakeholder update: 5 to 7 sentences from the facts alone, ready to send."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, LiteralString

from assistant.draft import Claim, Dossier
from assistant.drafting.recap import (
    candidates,
    components,
    figures,
    first,
    last,
    latest,
    mitigation,
    recovery,
)
from assistant.drafting.sentences import (
    LONGEST,
    claim,
    count_words,
    lowered,
    moment,
    question,
    sentence,
    short,
    who,
)
from assistant.facts import Facts, NextStep, SeverityLevel
from redaction import RedactedText, compose, join

LABELS: Final[dict[str, LiteralString]] = {
    "status": "Status",
    "impact": "Impact",
    "cause": "Cause",
    "mitigation": "Mitigation",
    "next": "Next",
    "eta": "ETA",
}
_CADENCE: Final[dict[SeverityLevel, tuple[timedelta, LiteralString]]] = {
    "Sev1": (timedelta(minutes=30), "30 minutes"),
    "Sev2": (timedelta(hours=1), "1 hour"),
    "Sev3": (timedelta(hours=8), "8 hours"),
    "Sev4": (timedelta(hours=24), "24 hours"),
}


def update_claims(dossier: Dossier) -> tuple[Claim, ...]:
    """Write one claim per sentence: status, impact, cause, mitigation, next steps, ETA."""
    facts = dossier.facts
    return (
        _status(facts),
        _impact(facts),
        _cause(facts),
        _mitigation(facts),
        *_next(facts),
        _checkpoint(facts),
        _eta(facts),
    )


def update_text(claims: tuple[Claim, ...]) -> RedactedText:
    """Put the sentences under their labels, one paragraph each, in Markdown."""
    slots = dict.fromkeys(claim.slot for claim in claims)
    return join("\n\n", (_paragraph(slot, claims) for slot in slots))


def _paragraph(slot: str, claims: tuple[Claim, ...]) -> RedactedText:
    words = join(" ", (claim.text for claim in claims if claim.slot == slot))
    return compose("**{label}:** {words}", label=LABELS[slot], words=words)


def _status(facts: Facts) -> Claim:
    begun, over, now = first(facts, "started", "detected"), last(facts, "resolved"), latest(facts)
    what = components(facts)
    subject = compose(" affecting {what}", what=what) if what else compose("")
    began = compose(" began at {utc} and", utc=moment(begun.utc, None)) if begun else compose("")
    text = compose(
        "The {level} incident{subject}{began} {state}{reported}.",
        level=_level(facts.severity.level),
        subject=subject,
        began=began,
        state=_state(facts, over.utc if over else None, now),
        reported=_reported(facts),
    )
    rows = (row.evidence for row in (begun, over) if row)
    named = (one.evidence[:1] for one in facts.components[:3])
    return claim("status", "fact", text, facts.severity.evidence, *rows, *named)


def _state(facts: Facts, over: datetime | None, now: datetime | None) -> RedactedText:
    begun = first(facts, "started", "detected")
    day = begun.utc if begun else None
    as_of = compose(" as of {utc}", utc=moment(now, day)) if now else compose("")
    match facts.state:
        case "resolved" if over is not None:
            return compose("was resolved at {utc}", utc=moment(over, day))
        case "resolved":
            return compose("is resolved")
        case "monitoring":
            return compose("is mitigated and being monitored{as_of}", as_of=as_of)
        case "identified":
            return compose("has a cause under repair{as_of}", as_of=as_of)
        case "investigating":
            return compose("is under investigation{as_of}", as_of=as_of)


def _reported(facts: Facts) -> RedactedText:
    reported = facts.severity.reported
    if reported is None or reported == facts.severity.level:
        return compose("")
    return compose(" (the ticket says {reported})", reported=_level(reported))


def _level(level: SeverityLevel) -> LiteralString:
    match level:
        case "Sev1":
            return "Sev1"
        case "Sev2":
            return "Sev2"
        case "Sev3":
            return "Sev3"
        case "Sev4":
            return "Sev4"


def _impact(facts: Facts) -> Claim:
    shown, words = figures(facts, 3)
    if not shown:
        return claim(
            "impact",
            "unknown",
            compose("The impact is not quantified yet: the case holds no figure for it."),
        )
    text = sentence(compose("So far: {words}", words=words))
    return claim("impact", "fact", text, *(one.evidence for one in shown))


def _cause(facts: Facts) -> Claim:
    cause, open_ones = facts.cause, candidates(facts)
    if cause.status == "confirmed" and cause.statement:
        text = compose("Engineering reports the cause: {it}", it=short(cause.statement, 28))
        return claim("cause", "fact", sentence(text), cause.evidence)
    if cause.status == "suspected" and cause.statement:
        text = compose("Suspected, not confirmed: {it}", it=short(cause.statement, 28))
        return claim("cause", "hypothesis", sentence(text), cause.evidence)
    if open_ones:
        best = open_ones[0]
        text = compose(
            "The cause is not known yet; the first candidate to test, not confirmed: {it}",
            it=lowered(short(best.statement, 22)),
        )
        return claim("cause", "hypothesis", sentence(text), best.evidence_for)
    return _no_cause(facts)


def _no_cause(facts: Facts) -> Claim:
    if not facts.signatures:
        text = compose("The cause is not known yet; no error in the case points to one.")
        return claim("cause", "unknown", text)
    top = facts.signatures[0]
    text = compose(
        "The cause is not known yet; the most frequent error{times} is “{error}”",
        times=compose(", seen {n:,} times,", n=top.count) if top.count > 1 else compose(""),
        error=short(top.template, 16),
    )
    return claim("cause", "unknown", sentence(text), top.evidence)


def _mitigation(facts: Facts) -> Claim:
    step, effect, now = mitigation(facts), recovery(facts), latest(facts)
    if step is None and effect is None:
        return claim("mitigation", "unknown", _not_mitigated(facts))
    shown = compose("Recovery without a recorded step")
    if step is not None:
        shown = compose(
            "{who}{utc}: {done}",
            who=compose("{who} acted", who=who(step.role) or "The team"),
            utc=compose(" at {utc}", utc=moment(step.utc, now)) if step.utc else compose(""),
            done=lowered(short(step.text, 14)),
        )
    if effect is not None:
        shown = compose(
            "{shown}; at {utc}: {effect}",
            shown=shown,
            utc=moment(effect.utc, now),
            effect=lowered(short(effect.text, 10)),
        )
    rows = (row.evidence for row in (step, effect) if row)
    return claim("mitigation", "fact", sentence(shown), *rows)


def _not_mitigated(facts: Facts) -> RedactedText:
    if facts.state == "resolved":
        return compose("The case does not record what resolved the incident.")
    return compose("No mitigation is recorded yet.")


def _next(facts: Facts) -> Iterator[Claim]:
    due = _due(facts)
    steps = [step for step in facts.next_steps if step is not due]
    if steps:
        shown = _fitting(steps)
        words = (lowered(short(step.text, 32)) for step in shown)
        text = compose("Planned next: {steps}", steps=join("; then ", words))
        yield claim("next", "plan", sentence(text), *(step.evidence for step in shown))
    elif candidates(facts) and facts.state != "resolved":
        test = short(candidates(facts)[0].next_test, 24)
        yield claim("next", "plan", sentence(compose("Proposed next test: {test}", test=test)))
    elif facts.open_questions and facts.state != "resolved":
        asked = facts.open_questions[0]
        text = compose("First open question: {it}", it=question(asked.text, 28))
        yield claim("next", "unknown", text, asked.evidence)
    elif facts.state != "resolved":
        yield claim("next", "unknown", compose("The next step is not agreed yet."))


def _fitting(steps: Sequence[NextStep]) -> Sequence[NextStep]:
    """Return the first step and the first other one that fits beside it in one sentence."""
    left = LONGEST - 3 - count_words(steps[0].text)
    beside = [step for step in steps[1:] if count_words(step.text) < left]
    return [steps[0], *beside[:1]]


def _due(facts: Facts) -> NextStep | None:
    now = latest(facts)
    ahead = [
        (step.due, order)
        for order, step in enumerate(facts.next_steps)
        if step.due is not None and (now is None or step.due > now)
    ]
    return facts.next_steps[min(ahead)[1]] if ahead else None


def _checkpoint(facts: Facts) -> Claim:
    now, due = latest(facts), _due(facts)
    if facts.state == "resolved":
        text = compose("No further status update is planned; the RCA follows.")
        return claim("next", "plan", text)
    if due is not None and due.due is not None:
        text = compose("Next update at {utc}.", utc=moment(due.due, now))
        return claim("next", "plan", text, due.evidence)
    span, words = _CADENCE[facts.severity.level]
    level = _level(facts.severity.level)
    if now is None:
        text = compose("Next update is due within {words} ({level}).", words=words, level=level)
        return claim("next", "plan", text)
    text = compose(
        "Next update is due by {utc}, {words} after the last known event ({level}).",
        utc=moment(now + span, now),
        words=words,
        level=level,
    )
    return claim("next", "plan", text)


def _eta(facts: Facts) -> Claim:
    confirmed = facts.cause.status == "confirmed"
    match facts.state, confirmed:
        case "resolved", _:
            text = compose("No ETA is open: the case records the incident as resolved.")
        case "monitoring", True:
            text = compose(
                "No time for the permanent fix is agreed yet; confidence is medium, because the "
                "mitigation holds and Engineering reports the cause."
            )
        case "monitoring", False:
            text = compose(
                "No estimate for the permanent fix; confidence is low, because the cause is not "
                "confirmed."
            )
        case _, True:
            text = compose(
                "No time for full resolution is agreed yet; confidence is medium, because "
                "Engineering reports the cause."
            )
        case _, False:
            text = compose(
                "No estimate for full resolution; confidence is low, because the cause is not "
                "confirmed."
            )
    return claim("eta", "unknown", text)
