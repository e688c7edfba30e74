"""Writes the RCA outline: every section from the facts, the cause only as far as established."""

from collections.abc import Iterator
from typing import Final, LiteralString

from assistant.draft import Claim, Dossier
from assistant.drafting.capa import corrective_actions
from assistant.drafting.recap import (
    candidates,
    components,
    figures,
    first,
    latest,
    mitigation,
    recovery,
)
from assistant.drafting.sentences import claim, lowered, moment, question, sentence, short, who
from assistant.facts import Facts, TimelineEntry
from redaction import RedactedText, compose, join

HEADINGS: Final[dict[str, LiteralString]] = {
    "impact": "Impact",
    "timeline": "Timeline (UTC)",
    "detection": "Detection",
    "trigger": "Trigger",
    "chain": "Causal chain",
    "root_cause": "Root cause",
    "factors": "Contributing factors",
    "actions": "Corrective and preventive actions",
    "well": "What went well",
    "questions": "Open questions",
}
_LISTS: Final = ("timeline", "chain", "root_cause", "actions", "questions")
_ROWS: Final = 14


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
    if slot not in _LISTS:
        body = join(" ", rows)
    return compose("## {heading}\n\n{body}", heading=HEADINGS[slot], body=body)


def _impact(facts: Facts) -> Iterator[Claim]:
    begun, over = first(facts, "started", "detected"), recovery(facts)
    what = components(facts) or compose("the service")
    if begun is not None and over is not None:
        text = compose(
            "The incident affected {what} from {start} until {end}.",
            what=what,
            start=moment(begun.utc, None),
            end=moment(over.utc, begun.utc),
        )
        named = (one.evidence[:1] for one in facts.components[:3])
        yield claim("impact", "fact", text, begun.evidence, over.evidence, *named)
    shown, words = figures(facts, 5)
    if shown:
        text = sentence(compose("Figures: {words}", words=words))
        yield claim("impact", "fact", text, *(one.evidence for one in shown))
    else:
        text = compose("The impact is not quantified: the case holds no figure for it.")
        yield claim("impact", "unknown", text)


def _timeline(facts: Facts) -> Iterator[Claim]:
    told = [row for row in facts.timeline if row.event != "other"] or list(facts.timeline)
    day = None
    for row in told[:_ROWS]:
        text = compose("{utc}: {text}", utc=moment(row.utc, day), text=short(row.text, 28))
        yield claim("timeline", "fact", sentence(text), row.evidence)
        day = row.utc
    if not told:
        text = compose("No dated event is known.")
        yield claim("timeline", "unknown", text)


def _detection(facts: Facts) -> Iterator[Claim]:
    alert, report, begun = first(facts, "detected"), first(facts, "report"), first(facts, "started")
    day = begun.utc if begun else None
    if alert is not None:
        yield _told("detection", "Detected at {utc}: {it}", alert, day)
    if report is not None:
        earlier = alert is None or report.utc < alert.utc
        lead = (
            "First known through a report at {utc}: {it}" if earlier else "Reported at {utc}: {it}"
        )
        yield _told("detection", lead, report, day)
    if alert is None and report is None:
        text = compose("The case does not show how the incident was detected.")
        yield claim("detection", "unknown", text)


def _told(slot: LiteralString, template: LiteralString, row: TimelineEntry, day: object) -> Claim:
    utc = moment(row.utc, row.utc if day else None)
    text = compose(template, utc=utc, it=lowered(short(row.text, 22)))
    return claim(slot, "fact", sentence(text), row.evidence)


def _trigger(facts: Facts) -> Claim:
    begun = first(facts, "started", "detected")
    changes = [row for row in facts.timeline if row.event == "change"]
    if begun is not None:
        changes = [row for row in changes if row.utc <= begun.utc]
    if not changes:
        return claim("trigger", "unknown", compose("No trigger is established."))
    text = compose(
        "Possible trigger, not confirmed: {it} at {utc}, the last change before the onset",
        it=lowered(short(changes[-1].text, 16)),
        utc=moment(changes[-1].utc, begun.utc if begun else None),
    )
    if facts.cause.status == "confirmed":
        text = compose(
            "The last change before the onset was at {utc}: {it}",
            utc=moment(changes[-1].utc, begun.utc if begun else None),
            it=lowered(short(changes[-1].text, 16)),
        )
        return claim("trigger", "fact", sentence(text), changes[-1].evidence)
    return claim("trigger", "hypothesis", sentence(text), changes[-1].evidence)


def _chain(facts: Facts) -> Iterator[Claim]:
    begun, now = first(facts, "started"), latest(facts)
    cause = facts.cause
    if cause.statement is not None:
        yield _cause_link(facts, cause.statement)
    if begun is not None:
        yield _told("chain", "Onset at {utc}: {it}", begun, now)
    if facts.signatures:
        top = facts.signatures[0]
        text = compose(
            "Errors followed: “{error}”, {n:,} in the logs", error=short(top.template, 16),
            n=top.count,
        )  # fmt: skip
        yield claim("chain", "fact", sentence(text), top.evidence)
    step, over = mitigation(facts), recovery(facts)
    if step is not None:
        yield claim("chain", "fact", _done(facts), step.evidence)
    if over is not None:
        yield _told("chain", "Recovery at {utc}: {it}", over, now)
    if begun is None and cause.statement is None:
        yield claim("chain", "unknown", compose("The causal chain is not established."))


def _done(facts: Facts) -> RedactedText:
    step = mitigation(facts)
    if step is None:
        return compose("No mitigation is recorded.")
    team, now = who(step.role), latest(facts)
    return sentence(
        compose(
            "Mitigation{utc}{team}: {it}",
            utc=compose(" at {utc}", utc=moment(step.utc, now)) if step.utc else compose(""),
            team=compose(" by {team}", team=team) if team else compose(""),
            it=lowered(short(step.text, 18)),
        )
    )


def _cause_link(facts: Facts, statement: RedactedText) -> Claim:
    it = short(statement, 26)
    if facts.cause.status == "confirmed":
        text = compose("Engineering reports: {it}", it=it)
        return claim("chain", "fact", sentence(text), facts.cause.evidence)
    text = compose("Suspected, not confirmed: {it}", it=it)
    return claim("chain", "hypothesis", sentence(text), facts.cause.evidence)


def _root_cause(facts: Facts) -> Iterator[Claim]:
    cause = facts.cause
    if cause.status == "confirmed" and cause.statement is not None:
        it = lowered(short(cause.statement, 26))
        text = compose("Known: Engineering reports that {it}", it=it)
        yield claim("root_cause", "fact", sentence(text), cause.evidence)
        return
    yield claim("root_cause", "unknown", compose("Known: the root cause is not established yet."))
    if cause.status == "suspected" and cause.statement is not None:
        text = compose("Suspected, not confirmed: {it}", it=short(cause.statement, 26))
        yield claim("root_cause", "hypothesis", sentence(text), cause.evidence)
    for one in candidates(facts)[:3]:
        if cause.statement and one.statement.lower() == cause.statement.lower():
            continue
        label = compose("Under test" if one.status == "testing" else "Not tested")
        text = compose("{label}: possibly {it}", label=label, it=lowered(short(one.statement, 26)))
        yield claim("root_cause", "hypothesis", sentence(text), one.evidence_for)


def _factors(facts: Facts) -> Iterator[Claim]:
    alert, report = first(facts, "detected"), first(facts, "report")
    if report is not None and (alert is None or report.utc < alert.utc):
        text = compose("The first report came before any alert that the case shows.")
        yield claim("factors", "fact", text, report.evidence, alert.evidence if alert else ())
        return
    text = compose("No contributing factor is established yet.")
    yield claim("factors", "unknown", text)


def _went_well(facts: Facts) -> Iterator[Claim]:
    alert, report = first(facts, "detected"), first(facts, "report")
    step, over = mitigation(facts), recovery(facts)
    if alert is not None and report is not None and alert.utc < report.utc:
        text = compose(
            "Monitoring raised the alert at {alert}, before the first report at {report}.",
            alert=moment(alert.utc, report.utc),
            report=moment(report.utc, report.utc),
        )
        yield claim("well", "fact", text, alert.evidence, report.evidence)
    if step is not None and step.utc is not None and over is not None:
        text = compose(
            "The mitigation at {step} was followed by recovery at {over}.",
            step=moment(step.utc, over.utc),
            over=moment(over.utc, over.utc),
        )
        yield claim("well", "fact", text, step.evidence, over.evidence)


def _questions(facts: Facts) -> Iterator[Claim]:
    for one in facts.open_questions[:8]:
        yield claim("questions", "unknown", question(one.text, 32), one.evidence)
    if not facts.open_questions:
        text = compose("No open question is recorded.")
        yield claim("questions", "unknown", text)
