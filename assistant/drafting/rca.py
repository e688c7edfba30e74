"""Writes the RCA outline: every section from the facts, the cause only as far as established."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, LiteralString

from assistant.draft import Claim, Dossier
from assistant.drafting.capa import corrective_actions
from assistant.drafting.recap import (
    candidates,
    factors,
    figure,
    first,
    mitigation,
    recovery,
)
from assistant.drafting.sentences import claim, moment, question, sentence, short
from assistant.facts import Facts, Hypothesis, TimelineEntry
from assistant.facts.wording import capitalised, uncapitalised
from redaction import RedactedText, compose, join

HEADINGS: Final[dict[str, LiteralString]] = {
    "impact": "Impact",
    "timeline": "Timeline (UTC)",
    "detection": "Detection",
    "trigger": "Trigger",
    "causal_chain": "Causal chain",
    "root_cause": "Root cause",
    "contributing_factors": "Contributing factors",
    "corrective_and_preventive_actions": "Corrective and preventive actions",
    "what_went_well": "What went well",
    "open_questions": "Open questions",
}
_PROSE: Final = ("detection", "trigger", "root_cause", "what_went_well")
_ROW: Final = 55
"""Words that a row may have: it holds a quotation or a path where an update would not."""


def rca_claims(dossier: Dossier) -> tuple[Claim, ...]:
    """Write the claims of all sections, in the order of the document."""
    facts = dossier.facts
    return (
        *_impact(facts),
        *_timeline(facts),
        *_detection(facts),
        _trigger(facts),
        *_chain(facts),
        *_root_cause(facts),
        *_factors(facts),
        *corrective_actions(facts),
        *_went_well(facts),
        *_questions(facts),
    )


def rca_text(claims: tuple[Claim, ...]) -> RedactedText:
    """Put the claims under their headings in Markdown; lists where rows are independent."""
    slots = dict.fromkeys(claim.slot for claim in claims)
    sections = (_section(slot, claims) for slot in slots)
    return join("\n\n", (compose("# RCA outline"), *sections))


def _section(slot: str, claims: tuple[Claim, ...]) -> RedactedText:
    rows = [claim.text for claim in claims if claim.slot == slot]
    body = join("\n", (compose("- {row}", row=row) for row in rows))
    if slot in _PROSE:
        body = join(" ", rows)
    return compose("## {heading}\n\n{body}", heading=HEADINGS[slot], body=body)


def _impact(facts: Facts) -> Iterator[Claim]:
    for one in facts.impact:
        text = sentence(capitalised(figure(one)), _ROW)
        yield claim("impact", "fact", text, one.evidence)
    if not facts.impact:
        text = compose("The impact is not quantified: the case holds no figure for it.")
        yield claim("impact", "unknown", text)


def _timeline(facts: Facts) -> Iterator[Claim]:
    day = None
    for row in facts.timeline:
        text = compose("{utc}: {text}", utc=moment(row.utc, day), text=short(row.text, 32))
        yield claim("timeline", "fact", sentence(text, _ROW), row.evidence)
        day = row.utc
    if not facts.timeline:
        yield claim("timeline", "unknown", compose("No dated event is known."))


def _detection(facts: Facts) -> Iterator[Claim]:
    alert, report, begun = first(facts, "detected"), first(facts, "report"), first(facts, "started")
    day = begun.utc if begun else None
    for row in sorted((one for one in (alert, report) if one), key=lambda one: one.utc):
        yield claim("detection", "fact", _told(row, day), row.evidence)
        day = row.utc
    if alert is None and report is not None:
        text = compose("The case shows no alert.")
        yield claim("detection", "unknown", text)
    if alert is None and report is None:
        text = compose("The case does not show how the incident was detected.")
        yield claim("detection", "unknown", text)


def _told(row: TimelineEntry, day: datetime | None) -> RedactedText:
    text = compose("At {utc} {it}", utc=moment(row.utc, day), it=uncapitalised(short(row.text, 28)))
    return sentence(text, _ROW)


def _trigger(facts: Facts) -> Claim:
    begun = first(facts, "started", "detected")
    changes = [row for row in facts.timeline if row.event == "change"]
    changes = [row for row in changes if begun is not None and row.utc <= begun.utc]
    if not changes:
        return claim("trigger", "unknown", compose("No trigger is established."))
    it = uncapitalised(short(changes[-1].text, 20))
    utc = moment(changes[-1].utc, begun.utc if begun else None)
    text = compose("The last change before the onset, at {utc}, was this: {it}", utc=utc, it=it)
    if facts.cause.status == "confirmed":
        return claim("trigger", "fact", sentence(text), changes[-1].evidence)
    text = compose(
        "Possible trigger, not confirmed: {it} at {utc}, the last change before the onset",
        utc=utc,
        it=it,
    )
    return claim("trigger", "hypothesis", sentence(text), changes[-1].evidence)


def _chain(facts: Facts) -> Iterator[Claim]:
    """Yield the links from cause to errors, each with its label; a gap is said, not bridged."""
    cause = facts.cause
    if cause.statement is not None and cause.status == "confirmed":
        text = compose(
            "Reported by Engineering: {it}", it=uncapitalised(short(cause.statement, 32))
        )
        yield claim("causal_chain", "fact", sentence(text, _ROW), cause.evidence)
    elif cause.statement is not None:
        yield _suspected(cause.statement, cause.evidence)
    for one in _mechanisms(facts):
        yield _suspected(one.statement, one.evidence_for)
    begun = first(facts, "started")
    if begun is not None:
        text = compose("Shown: {it}", it=uncapitalised(_told(begun, begun.utc)))
        yield claim("causal_chain", "fact", sentence(text, _ROW), begun.evidence)
    for top in facts.signatures[:1]:
        text = compose("Shown: the log holds “{error}” {n:,} times", error=short(top.template, 16),
                       n=top.count)  # fmt: skip
        yield claim("causal_chain", "fact", sentence(text, _ROW), top.evidence)
    if cause.statement is None:
        text = compose("What led to these errors is not established.")
        if begun is None and not facts.signatures:
            text = compose("The causal chain is not established.")
        yield claim("causal_chain", "unknown", text)


def _suspected(statement: RedactedText, cited: tuple[str, ...]) -> Claim:
    text = compose("Suspected, not confirmed: {it}", it=uncapitalised(short(statement, 32)))
    return claim("causal_chain", "hypothesis", sentence(text, _ROW), cited)


def _mechanisms(facts: Facts) -> tuple[Hypothesis, ...]:
    """Return the hypothesis that the errors themselves show: how a suspected cause takes effect."""
    if facts.cause.status != "suspected":
        return ()
    errors = {cited for one in facts.signatures for cited in one.evidence}
    return tuple(
        one
        for one in candidates(facts)
        if errors & set(one.evidence_for) and one.statement != facts.cause.statement
    )[:1]


def _root_cause(facts: Facts) -> Iterator[Claim]:
    cause = facts.cause
    if cause.status == "confirmed" and cause.statement is not None:
        it = uncapitalised(short(cause.statement, 32))
        text = compose("Engineering reports that {it}", it=it)
        yield claim("root_cause", "fact", sentence(text, _ROW), cause.evidence)
        return
    in_chain = {one.statement for one in _mechanisms(facts)} | {cause.statement}
    if cause.status == "suspected":
        text = compose("Not established yet: the suspected links of the causal chain are untested.")
    else:
        text = compose("Not established yet.")
    yield claim("root_cause", "unknown", text)
    for one in candidates(facts)[:4]:
        if one.statement in in_chain:
            continue
        label = compose("under test" if one.status == "testing" else "not tested")
        it = uncapitalised(short(one.statement, 30))
        text = compose("Hypothesis, {label}: possibly {it}", label=label, it=it)
        yield claim("root_cause", "hypothesis", sentence(text, _ROW), one.evidence_for)


def _factors(facts: Facts) -> Iterator[Claim]:
    alert, report = first(facts, "detected"), first(facts, "report")
    for one in factors(facts):
        text = compose("Possible, not tested: {it}", it=short(one.statement, 36))
        yield claim("contributing_factors", "hypothesis", sentence(text, _ROW), one.evidence_for)
    # Only a case with a measured onset shows that an alert was possible.
    unnoticed = alert is None and first(facts, "started") is not None
    late = report is not None and (unnoticed or (alert is not None and report.utc < alert.utc))
    if late and report is not None:
        text = compose("The first report came before any alert that the case shows.")
        cited = alert.evidence if alert else ()
        yield claim("contributing_factors", "fact", text, report.evidence, cited)
    if not late and not factors(facts):
        text = compose("No contributing factor is established yet.")
        yield claim("contributing_factors", "unknown", text)


def _went_well(facts: Facts) -> Iterator[Claim]:
    alert, report = first(facts, "detected"), first(facts, "report")
    step, over = mitigation(facts), recovery(facts)
    if alert is not None and report is not None and alert.utc < report.utc:
        text = compose(
            "Monitoring raised the alert at {alert}, before the first report at {report}.",
            alert=moment(alert.utc, report.utc),
            report=moment(report.utc, report.utc),
        )
        yield claim("what_went_well", "fact", text, alert.evidence, report.evidence)
    if step is not None and step.utc is not None and over is not None:
        text = compose(
            "The mitigation at {step} was followed by recovery at {over}.",
            step=moment(step.utc, over.utc),
            over=moment(over.utc, over.utc),
        )
        yield claim("what_went_well", "fact", text, step.evidence, over.evidence)


def _questions(facts: Facts) -> Iterator[Claim]:
    for one in facts.open_questions[:8]:
        yield claim("open_questions", "unknown", question(one.text, 44), one.evidence)
    if not facts.open_questions:
        text = compose("No open question is recorded.")
        yield claim("open_questions", "unknown", text)
