"""Checks that a claim is worded no more surely than the facts allow: cause, state, severity."""

import re
from typing import Final

from assistant import Claim, Dossier, Problem
from evals.stated import stated
from evals.stated.blanking import blank
from evals.stated.wording import BY_ENGINEERING, DENIAL, HEDGE, REPORTED, is_precedent, quoted

_SYMPTOM: Final = (
    r"(?:incident|outage|errors?|spike|requests?|views|attempts?|operations?|checkouts?|failures?|degradation|disruption|issue|problem|timeouts?"
    r"|latency|slowdown|impact|it|which|this|that)"
)
_CAUSAL: Final = re.compile(
    r"\b(?:because|due\s+to(?!\s+(?:be|start|begin|arrive|go|ship|land|complete|finish|resume|end"
    r"|report|follow)\b)|owing\s+to|as\s+a\s+(?:direct\s+)?(?:result|consequence)\s+of|thanks\s+to"
    r"|on\s+account\s+of|caus(?:ed|es|ing)\b|root[\s-]+cause|the\s+cause\s+(?:is|was|of|has)"
    r"|(?:real|actual|true|underlying|main)\s+(?:cause|reason|culprit)|culprit"
    r"|(?:the|this)\s+reason\s+(?:is|was|for|why)|(?:is|was|were|are)\s+the\s+reason"
    r"|(?:is|was|are|were)\s+(?:directly\s+)?(?:responsible\s+for|behind|to\s+blame)"
    r"|attribut(?:ed|able)\s+to|stem(?:s|med|ming)\s+from|originat(?:es?|ed|ing)\s+(?:from|in|with)"
    r"|(?:arose|arises|resulted|results|resulting)\s+from|traced\s+(?:back\s+)?to|brought\s+down"
    r"|took\s+down|(?:led|leads|leading)\s+to|result(?:s|ed|ing)?\s+in|trigger(?:s|ed|ing)\s+(?:by|the|an?|this|these)\b"
    r"|(?:introduced|provoked|produced|brought\s+about|gave\s+rise\s+to|set\s+off|broke))\b",
    re.IGNORECASE,
)
_EFFECT: Final = re.compile(  # what a symptom brings about is impact, not a cause
    rf"\b{_SYMPTOM}(?:\s+(?!is\b|was\b|were\b|are\b|be\b|been\b|being\b)\w+){{0,3}}?\s+"
    r"(?:(?:caus(?:ed|es|ing)|triggered|broke|produced)(?!\s+by\b)|(?:led|leads)\s+to"
    r"|result(?:s|ed)?\s+in)\b"
    r"|\bresult\s+of\s+(?:this|the)\s+(?:incident|outage)\b|,\s*(?:causing|leading\s+to|resulting\s+in)\b"
    r"|\btrigger(?:s|ed|ing)?\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:alerts?|alarms?|pages?|rollback"
    r"|failover|restart|investigation|review|job|build)\b"
    r"|\b(?:alerts?|alarms?|rollback|failover|monitor)\s+(?:was\s+|were\s+|is\s+)?triggered\b"
    r"|\broot[\s-]+cause\s+(?:analysis|report|review|section)\b"
    r"|\bcaus(?:ed|es|ing)\s+(?:\w+\s+)?(?:impact|inconvenience|disruption)\b",
    re.IGNORECASE,
)
_SURE: Final = re.compile(
    r"\b(?:confirmed|proven|established|definite(?:ly)?|definitively|certain(?:ly)?|conclusive(?:ly)?"
    r"|undoubtedly|without\s+(?:a\s+)?doubt|clearly|obviously)\s+(?:\w+\s+){0,3}?(?:cause[ds]?|that)\b"
    r"|\bcause\s+(?:\w+\s+){0,2}?(?:is|was|has\s+been)\s+(?:now\s+)?(?:confirmed|identified|found"
    r"|established|proven|certain|clear|known)\b",
    re.IGNORECASE,
)
_RESOLVED: Final = re.compile(
    r"\b(?:(?:incident|issue|problem|outage|case|matter|ticket|it|this|service|everything|checkout)"
    r"\s+(?:is|was|has\s+been|have\s+been|are|were|remains)\s+(?:now\s+|fully\s+|completely\s+|all\s+)*"
    r"(?:resolved|fixed|closed|over|solved)|(?:fully|completely)\s+(?:resolved|restored|recovered"
    r"|fixed)|(?:status|state)\s*(?:[:\u2013—-]|is|=)\s*(?:now\s+)?resolved|all\s+clear"
    r"|(?:is|are|has\s+been)\s+(?:now\s+)?back\s+to\s+normal|we\s+(?:have\s+)?resolved\s+the)\b",
    re.IGNORECASE,
)
_NOT_YET: Final = re.compile(
    r"\b(?:not|n't|until|unless|once|when|whether|if|will|would|should|before|after|to\s+be|expect\w*"
    r"|going\s+to|cannot|could|may|might|aims?|target\w*|estimat\w*)\b[^.;]*$",
    re.IGNORECASE,
)
_SEVERITY: Final = re.compile(
    r"\bsev(?:erity)?[\s:-]*(?:level\s+)?(?:is\s+)?([1-4])\b", re.IGNORECASE
)
_PRIORITY: Final = re.compile(r"\b(?:P|priority[\s:-]+(?:is\s+)?P?)([1-4])\b")
_AS_FILED: Final = re.compile(
    r"\b(?:report\w*|ticket|customer|filed|raised|opened|logged|original\w*|initial\w*|requested"
    r"|downgraded|upgraded|escalated|from)\b",
    re.IGNORECASE,
)
_STATE: Final = re.compile(
    r"\b(?:status|state)\s*(?:[:\u2013—-]|\bis\b|\bremains\b|=)\s*(?:still\s+|now\s+)?(?:in\s+)?"
    r"(investigating|identified|monitoring|resolved)\b"
    r"|\b(?:is|remains|now)\s+(?:still\s+|now\s+)?in\s+(?:the\s+)?"
    r"(investigating|identified|monitoring|resolved)\s+(?:state|status|phase)\b",
    re.IGNORECASE,
)


_QUESTION: Final = re.compile(r"(?:(?<=[.!?:]\s)|^)[A-Z][^.!?]*\?")


def check_certainty(claim: Claim, dossier: Dossier, /) -> tuple[Problem, ...]:
    """Compare the claim's wording with cause status, state, severity and priority.

    Passages quoted word for word from the evidence are the evidence's wording, not the draft's; a
    question asserts nothing.
    """
    if is_precedent(claim.text):
        return _label(claim)
    said = stated(dossier)
    spans = [
        (start, end)
        for start, end in quoted(claim.text)
        if any(claim.text[start:end] in source.text for source in said.sources)
    ]
    spans += [match.span() for match in _QUESTION.finditer(claim.text)]
    text = blank(claim.text, spans)
    return (
        *_label(claim),
        *_cause(text, claim, dossier),
        *_state(text, dossier),
        *_levels(text, claim, dossier),
    )


def _label(claim: Claim) -> tuple[Problem, ...]:
    if claim.status != "hypothesis" or HEDGE.search(claim.text) or DENIAL.search(claim.text):
        return ()
    return (Problem('A hypothesis without its label: say "suspected".', 0, len(claim.text)),)


def _cause(text: str, claim: Claim, dossier: Dossier) -> tuple[Problem, ...]:
    found = _asserted(text)
    if not found:
        return ()
    tested = any(guess.status == "confirmed" for guess in dossier.facts.hypotheses)
    match dossier.facts.cause.status:
        case "confirmed":
            if tested or BY_ENGINEERING.search(text) or _is_soft(text):
                return ()
            reason = 'The cause is known from Engineering: say "Engineering reports …".'
        case "suspected":
            if _is_soft(text) and not _is_sure(text):
                return ()
            reason = "The cause is suspected only: say so, or leave it out."
        case "unknown":
            open_wording = claim.status != "fact" or DENIAL.search(text) or REPORTED.search(text)
            if _is_soft(text) and open_wording and not _is_sure(text):
                return ()
            reason = "The cause is not known: word it as unknown or as a hypothesis."
    return tuple(Problem(reason, start, end) for start, end in found)


def _is_soft(text: str) -> bool:
    return any(pattern.search(text) for pattern in (HEDGE, DENIAL, REPORTED))


_DENIED: Final = re.compile(
    r"\b(?:no|not|never|n't|whether|if|until|once|when|after|before)\b(?:\s+\w+){0,3}\s*$",
    re.IGNORECASE,
)


def _is_sure(text: str) -> bool:
    return any(not _DENIED.search(text[: sure.start()]) for sure in _SURE.finditer(text))


def _asserted(text: str) -> list[tuple[int, int]]:
    effects = [match.span() for match in _EFFECT.finditer(text)]
    bare = blank(text, effects)
    found = [match.span() for match in (*_CAUSAL.finditer(bare), *_SURE.finditer(bare))]
    return sorted(set(found))


def _state(text: str, dossier: Dossier) -> tuple[Problem, ...]:
    state = dossier.facts.state
    problems = [
        Problem(f"The state of the case is {state}: use that word.", *match.span())
        for match in _STATE.finditer(text)
        if (match[1] or match[2]).lower() != state
    ]
    if state != "resolved":
        problems += [
            Problem(f"The case is {state}, not resolved: do not say it is over.", *match.span())
            for match in _RESOLVED.finditer(text)
            if not _NOT_YET.search(text[: match.end()])
        ]
    return tuple(problems)


def _levels(text: str, claim: Claim, dossier: Dossier) -> tuple[Problem, ...]:
    severity = dossier.facts.severity
    allowed = {severity.level, *_past_levels(claim, dossier)}
    if severity.reported is not None and _AS_FILED.search(text):
        allowed.add(severity.reported)
    wrong = [
        Problem(f"The severity is {severity.level}: use that level.", *match.span())
        for match in _SEVERITY.finditer(text)
        if f"Sev{match[1]}" not in allowed
    ]
    wrong += [
        Problem(f"The priority is {dossier.facts.priority}: use that one.", *match.span())
        for match in _PRIORITY.finditer(text)
        if f"P{match[1]}" != dossier.facts.priority
    ]
    return tuple(wrong)


def _past_levels(claim: Claim, dossier: Dossier) -> set[str]:
    """A timeline row is history: it may name the levels that the evidence it cites names."""
    if claim.slot != "timeline":
        return set()
    cited = (item.text for item in dossier.facts.evidence if item.id in claim.evidence)
    return {f"Sev{match[1]}" for text in cited for match in _SEVERITY.finditer(text)}
