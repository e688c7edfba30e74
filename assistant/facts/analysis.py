"""Computes the facts of a case: the list of what code can know, each with its evidence."""

from collections.abc import Sequence

from assistant.facts import Facts
from assistant.facts.actions import actions
from assistant.facts.components import components, versions
from assistant.facts.evidence import Book
from assistant.facts.hypotheses import candidates_of, cause_of, hypotheses
from assistant.facts.impact import impact
from assistant.facts.observations import observe
from assistant.facts.questions import questions
from assistant.facts.routing import routing_of
from assistant.facts.severity import priority_of, severity_of
from assistant.facts.signatures import signatures
from assistant.facts.state import state_of
from assistant.facts.steps import Outlook, next_steps
from assistant.facts.timeline import timeline
from redaction import RedactedCase
from retrieval import Match


def compute_facts(case: RedactedCase, matches: Sequence[Match]) -> Facts:
    """Compute everything code knows about a case; the same case always gives the same facts.

    Matches are precedent: they add hypotheses marked as such and may name a team, nothing else.
    """
    book = Book(case)
    seen = observe(case, matches)
    candidates = candidates_of(seen)
    cause = cause_of(seen.verdicts, candidates, book)
    state, shown = state_of(case.fields, seen.said, cause.status, seen.deeds, seen.course)
    severity = severity_of(case.fields, seen.said, seen.figures, book)
    named_versions = versions(seen, book)
    rows = timeline(seen, state, book)
    outlook = Outlook(state, severity, max((row.utc for row in rows), default=None))
    open_questions = questions(seen, state, severity, cause, named_versions, book)
    facts = Facts(
        severity=severity,
        priority=priority_of(severity, state),
        state=state,
        cause=cause,
        timeline=rows,
        impact=impact(seen.figures, book),
        signatures=signatures(seen.groups, seen.requests, book),
        components=components(seen, book),
        versions=named_versions,
        actions=actions(seen.deeds, book),
        hypotheses=hypotheses(candidates, book),
        open_questions=open_questions,
        next_steps=next_steps(seen, candidates, outlook, asks=bool(open_questions), book=book),
        routing=routing_of(seen.component, seen.named, seen.said, matches),
        evidence=(),
        state_evidence=book.cite(*shown),
    )
    return book.close(facts)
