"""Writes the stakeholder update: 5 to 7 sentences from the facts alone, ready to send."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final, LiteralString

from assistant.draft import Claim, Dossier
from assistant.drafting.recap import (
    candidates,
    failures,
    figure,
    first,
    is_agreed,
    last,
    latest,
    mitigation,
    other_steps,
    recovery,
    reported_by_customer,
    update_step,
)
from assistant.drafting.sentences import (
    claim,
    level_words,
    moment,
    question,
    sentence,
    short,
    who,
)
from assistant.facts import Action, Facts, NextStep
from assistant.facts.wording import capitalised, uncapitalised
from redaction import RedactedText, compose, join

LABELS: Final[dict[str, LiteralString]] = {
    "status": "Status",
    "impact": "Impact",
    "cause": "Cause",
    "mitigation": "Mitigation",
    "next": "Next",
    "eta": "ETA",
}
# A title often ends with the customer's clock or region: the times are told in UTC instead.
_TITLE_END: Final = re.compile(r"\s+(?:since|from|at)\s+\d.*$|\s*\([^)]*\)\s*$|\s*[-–|]\s*$")  # noqa: RUF001
_QUOTES: Final = re.compile(r"[\"“”]")
_TITLE_START: Final = re.compile(r"^(?:\s*\[[^\]]*\]|\s*(?:re|fw|fwd|aw):)+\s*", re.IGNORECASE)


def update_claims(dossier: Dossier) -> tuple[Claim, ...]:
    """Write the claims in order: status, impact, cause, mitigation, next step and update, ETA."""
    facts = dossier.facts
    return (
        _status(dossier),
        *_impact(facts),
        _cause(facts),
        _mitigation(facts),
        _next(facts),
        _eta(facts),
    )


def update_text(claims: tuple[Claim, ...]) -> RedactedText:
    """Put the sentences under their labels, one paragraph each, in Markdown."""
    slots = dict.fromkeys(claim.slot for claim in claims)
    return join("\n\n", (_paragraph(slot, claims) for slot in slots))


def _paragraph(slot: str, claims: tuple[Claim, ...]) -> RedactedText:
    words = join(" ", (claim.text for claim in claims if claim.slot == slot))
    return compose("**{label}:** {words}", label=LABELS[slot], words=words)


def _status(dossier: Dossier) -> Claim:
    facts = dossier.facts
    begun, over = first(facts, "started", "detected"), last(facts, "resolved")
    main = facts.components[:1]
    title = _title(dossier.case.title)
    text = compose(
        "The {level} incident{where}{what}{began} {state}{reported}.",
        level=level_words(facts.severity.level),
        where=compose(" in {name}", name=short(main[0].name, 4)) if main else compose(""),
        what=compose(", reported as “{title}”,", title=title) if title else compose(""),
        began=compose(" began at {utc} and", utc=moment(begun.utc, None)) if begun else compose(""),
        state=_state(facts, over.utc if over else None),
        reported=_reported(facts),
    )
    rows = (row.evidence for row in (begun, over) if row)
    cited = (facts.severity.evidence, facts.state_evidence, *(one.evidence[:1] for one in main))
    made = claim("status", "fact", text, *cited, *rows)
    return made if made.evidence else claim("status", "unknown", text)


def _title(title: RedactedText) -> RedactedText:
    start = _TITLE_START.match(title)
    named = title[start.end() :] if start else title
    end = _TITLE_END.search(named)
    while end is not None:
        named = named[: end.start()]
        end = _TITLE_END.search(named)
    cut = short(named, 16)
    # A quotation stays word for word: a long title is cut without a mark, an unsafe one left out.
    cut = cut[: -len(" …")] if cut.endswith(" …") else cut
    return cut if cut in title and not _QUOTES.search(cut) else compose("")


def _state(facts: Facts, over: datetime | None) -> RedactedText:
    begun, now = first(facts, "started", "detected"), latest(facts)
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
    return compose(" (the ticket says {reported})", reported=level_words(reported))


def _impact(facts: Facts) -> Iterator[Claim]:
    failed, shown = failures(facts)
    stated = reported_by_customer(facts)
    if failed is not None:
        yield claim("impact", "fact", sentence(failed), *(one.evidence for one in shown))
        if stated is not None:
            text = compose("In addition, {it}", it=figure(stated))
            yield claim("impact", "fact", sentence(text), stated.evidence)
        return
    if facts.impact:
        best = stated or facts.impact[0]
        yield claim("impact", "fact", sentence(capitalised(figure(best))), best.evidence)
        return
    text = compose("The impact is not quantified yet: the case holds no figure for it.")
    yield claim("impact", "unknown", text)


def _cause(facts: Facts) -> Claim:
    cause, open_ones = facts.cause, candidates(facts)
    if cause.status == "confirmed" and cause.statement:
        text = compose("Engineering reports the cause: {it}", it=short(cause.statement, 28))
        return claim("cause", "fact", sentence(text), cause.evidence)
    if cause.status == "suspected" and cause.statement:
        text = compose(
            "Suspected, not confirmed: {it}", it=uncapitalised(short(cause.statement, 28))
        )
        return claim("cause", "hypothesis", sentence(text), cause.evidence)
    if open_ones:
        best = open_ones[0]
        text = compose(
            "The cause is not known yet; the leading hypothesis, not confirmed, is that {it}",
            it=uncapitalised(short(best.statement, 22)),
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
    step, effect, day = mitigation(facts), recovery(facts), _told_day(facts)
    if step is None and effect is None:
        return claim("mitigation", "unknown", _not_mitigated(facts))
    rows = (row.evidence for row in (step, effect) if row)
    done = _told_step(step, day) if step is not None else None
    if effect is None:
        text = done or _not_mitigated(facts)
    elif _VERB.match(effect.text):
        text = compose(
            "The case records this resolution at {utc}: {it}",
            utc=moment(effect.utc, day),
            it=uncapitalised(short(effect.text, 22)),
        )
    else:
        back = compose(
            "at {utc} {it}", utc=moment(effect.utc, day), it=uncapitalised(short(effect.text, 14))
        )
        if done is not None:
            text = compose("{done}; {back}", done=done, back=back)
        else:
            text = compose("No mitigating step is recorded; {back}", back=back)
    return claim("mitigation", "fact", sentence(text), *rows)


def _told_step(step: Action, day: datetime | None) -> RedactedText:
    """Tell who did a step and when, as a clause that begins a sentence."""
    team = compose(who(step.role) or "The team")
    utc = compose(" at {utc}", utc=moment(step.utc, day)) if step.utc else compose("")
    it = uncapitalised(short(step.text, 16))
    if _THING.match(step.text):
        return compose("{team} began the {it}{utc}", team=capitalised(team), it=it, utc=utc)
    if _VERB.match(step.text):
        return compose("{team} {it}{utc}", team=capitalised(team), it=it, utc=utc)
    return compose("The recorded step{utc} is: {it}", it=short(step.text, 16), utc=utc)


_THING: Final = re.compile(r"(?:Rollback|Deployment)\b")
_VERB: Final = re.compile(r"[A-Z][a-z]+(?:ed|ought|ut)\b")


def _told_day(facts: Facts) -> datetime | None:
    """Return the day that the status sentence names; None when it names none."""
    begun, over = first(facts, "started", "detected"), last(facts, "resolved")
    if begun is not None:
        return begun.utc
    if facts.state == "resolved":
        return over.utc if over is not None else None
    return latest(facts)


def _not_mitigated(facts: Facts) -> RedactedText:
    if facts.state == "resolved":
        return compose("The case does not record what resolved the incident.")
    return compose("No mitigation is recorded yet.")


def _next(facts: Facts) -> Claim:
    update = update_step(facts)
    steps = other_steps(facts)
    follows = _next_update(facts, update)
    cited = update.evidence if update is not None else ()
    if steps:
        kind = "Planned" if is_agreed(steps[0], facts) else "Proposed"
        text = compose(
            "{kind} next step: {it}; {follows}",
            kind=kind, it=uncapitalised(short(steps[0].text, 24)), follows=follows,
        )  # fmt: skip
        return claim("next", "plan", sentence(text), steps[0].evidence, cited)
    if facts.open_questions and facts.state != "resolved":
        asked = question(facts.open_questions[0].text, 20).strip("? ")
        text = compose("The first open question is “{it}?”; {follows}", it=asked, follows=follows)
        return claim("next", "plan", sentence(text), facts.open_questions[0].evidence, cited)
    return claim("next", "plan", sentence(capitalised(follows)), cited)


def _next_update(facts: Facts, step: NextStep | None) -> RedactedText:
    if facts.state == "resolved":
        return compose("no further status update is planned")
    if step is None:
        return compose("no time for the next update is agreed yet")
    if step.due is None:
        return compose("the time of the next update is to be agreed")
    return compose("the next update follows at {utc}", utc=moment(step.due, _told_day(facts)))


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
                "There is no estimate for the permanent fix yet; confidence is low, because the "
                "cause is not confirmed."
            )
        case _, True:
            text = compose(
                "No time for full resolution is agreed yet; confidence is medium, because "
                "Engineering reports the cause."
            )
        case _, False:
            text = compose(
                "There is no estimate for full resolution yet; confidence is low, because the "
                "cause is not confirmed."
            )
    return claim("eta", "unknown", text)
