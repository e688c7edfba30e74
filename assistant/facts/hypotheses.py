"""Ranks cause candidates: what people suspect, what code sees, precedent, what is ruled out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.facts import Hypothesis
from assistant.facts.candidates import Candidate
from assistant.facts.config import Difference
from assistant.facts.evidence import Book, clip
from assistant.facts.observations import Observations
from assistant.facts.suspects import from_changes, from_settings, from_symptoms, suspects
from assistant.facts.symptoms import category_of
from assistant.facts.verdicts import Verdict
from assistant.facts.wording import as_object, capitalised, unended
from redaction import RedactedText, compose

_SHOWN_OPEN: Final = 6
_SHOWN_RULED_OUT: Final = 4
_CLOSE_ENOUGH: Final = 0.4


def candidates_of(found: Observations) -> tuple[Candidate, ...]:
    """Return the candidates in rank order: confirmed, open, ruled out."""
    computed = (*suspects(found), *_from_precedent(found))
    excluded = [verdict for verdict in found.verdicts if verdict.kind == "ruled_out"]
    judged = [_judged(candidate, excluded) for candidate in computed]
    everything = (*_from_people(found), *judged, *_excluded(excluded, judged))
    ranked = sorted(_unique(everything), key=_rank)
    alive = [one for one in ranked if one.status != "ruled_out"]
    dropped = [one for one in ranked if one.status == "ruled_out"]
    return (*alive[:_SHOWN_OPEN], *dropped[:_SHOWN_RULED_OUT])


def hypotheses(candidates: Iterable[Candidate], book: Book) -> tuple[Hypothesis, ...]:
    """Return candidates as facts with their citations."""
    return tuple(
        Hypothesis(
            statement=one.statement,
            category=one.category,
            status=one.status,
            evidence_for=book.cite(*one.supporting),
            evidence_against=book.cite(*one.opposing),
            next_test=one.test,
        )
        for one in candidates
    )


def _rank(candidate: Candidate) -> tuple[int, float]:
    order = {"confirmed": 0, "testing": 1, "open": 1, "ruled_out": 2}
    return order[candidate.status], -candidate.weight


def _unique(candidates: Iterable[Candidate]) -> list[Candidate]:
    first: dict[str, Candidate] = {}
    for candidate in candidates:
        first.setdefault(candidate.statement.lower(), candidate)
    return list(first.values())


def _from_people(found: Observations) -> Iterator[Candidate]:
    for position, verdict in enumerate(found.verdicts):
        if verdict.kind == "ruled_out":
            continue
        confirmed = verdict.kind == "confirmed"
        yield Candidate(
            statement=capitalised(verdict.subject),
            category=_corroborated(verdict, found.differences),
            status="confirmed" if confirmed else "open",
            supporting=(verdict.place,),
            opposing=(),
            test=_spoken_test(verdict, found),
            weight=6.0 + position / 100,
            strong=True,
        )


def _corroborated(verdict: Verdict, differences: Sequence[Difference]) -> str:
    """A suspected shortage beside a changed limit is a matter of configuration."""
    words = {word for one in differences for word in re.findall(r"[A-Z]?[a-z]+", one.name)}
    shared = any(len(word) > 3 and word.lower() in verdict.subject.lower() for word in words)
    short = verdict.category in ("resource exhaustion", "deployment", "capacity")
    return "configuration" if short and shared else verdict.category


def _spoken_test(verdict: Verdict, found: Observations) -> RedactedText:
    computed = (*from_settings(found), *from_changes(found), *from_symptoms(found))
    same = next((one for one in computed if one.category == verdict.category), None)
    if same is not None:
        return same.test
    return compose(
        "Name one observation that must be there if this is the cause and absent otherwise, and "
        "look for it in {component}",
        component=found.component,
    )


def _judged(candidate: Candidate, excluded: Iterable[Verdict]) -> Candidate:
    opposing = tuple(one.place for one in excluded if _concerns(one, candidate))
    if not opposing:
        return candidate
    return replace(candidate, status="ruled_out", opposing=(*candidate.opposing, *opposing),
                   strong=False)  # fmt: skip


def _concerns(verdict: Verdict, candidate: Candidate) -> bool:
    topic = re.sub(r"^the ", "", verdict.subject.lower())
    return len(topic) > 3 and topic in candidate.statement.lower()


def _excluded(excluded: Iterable[Verdict], judged: Sequence[Candidate]) -> Iterator[Candidate]:
    first: dict[str, Candidate] = {}
    for verdict in excluded:
        if any(_concerns(verdict, one) for one in judged):
            continue
        known = first.get(verdict.category)
        if known is not None and verdict.category != "other":
            first[verdict.category] = replace(known, opposing=(*known.opposing, verdict.place))
            continue
        first[verdict.category if verdict.category != "other" else verdict.subject] = Candidate(
            statement=compose("The cause lies in {subject}", subject=as_object(verdict.subject)),
            category=verdict.category,
            status="ruled_out",
            supporting=(),
            opposing=(verdict.place,),
            test=compose("None: ruled out, reopen only with new evidence"),
            weight=0.0,
            strong=False,
        )
    yield from first.values()


def _from_precedent(found: Observations) -> Iterator[Candidate]:
    for match in found.matches[:5]:
        cause = match.document.root_cause
        if match.document.kind != "case" or not cause or match.score < _CLOSE_ENOUGH:
            continue
        yield Candidate(
            statement=compose(
                "Precedent only, not shown here: in the similar case “{title}” the cause was: "
                "{cause}",
                title=clip(match.document.title, 100),
                cause=clip(unended(cause), 160),
            ),
            category=category_of(cause),
            status="open",
            supporting=(),
            opposing=(),
            test=compose(
                "Check whether the conditions of that case hold for {component} here, before its "
                "fix is tried",
                component=found.component,
            ),
            weight=0.5 + match.score / 10,
            strong=False,
        )
        return
