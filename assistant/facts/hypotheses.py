"""Ranks cause candidates: what people suspect, what code sees, precedent, what is ruled out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.facts import Cause, Hypothesis
from assistant.facts.config import Difference, worded
from assistant.facts.evidence import Book, clip
from assistant.facts.observations import Observations
from assistant.facts.suspects import (
    Candidate,
    from_changes,
    from_settings,
    from_symptoms,
    suspects,
)
from assistant.facts.symptoms import category_of
from assistant.facts.verdicts import Verdict, merged_verdicts, standing
from assistant.facts.wording import as_object, capitalised, unended
from redaction import Anchor, RedactedText, compose

_SHOWN_OPEN: Final = 6
_SHOWN_RULED_OUT: Final = 4
_CLOSE_ENOUGH: Final = 0.4
_MOST_PLACES: Final = 10
FACTOR: Final = "contributing factor"
"""The category of what a person names as a possible contribution, not as the cause."""
_RELEASE: Final = re.compile(r"\b(?:releas\w*|deploy\w*|rollout|upgrade\w*)\b", re.IGNORECASE)
_DOUBT: Final = re.compile(
    r"\bnot sure (?:that )?(?:it|this) is\b|\bdid(?: not|n.?t) (?:touch|change)\b|\bunlikely\b"
    r"|\bno functional change\b|\bspeaks against\b|\bdoes(?: not|n.?t) (?:fit|explain)\b",
    re.IGNORECASE,
)
_TERM: Final = re.compile(r"\d+(?:\.\d+){2,}|pool|cursor|certificate|replica|cache", re.IGNORECASE)


def candidates_of(found: Observations) -> tuple[Candidate, ...]:
    """Return the candidates in rank order: confirmed, open, ruled out."""
    excluded = [verdict for verdict in found.verdicts if verdict.kind == "ruled_out"]
    computed = [_judged(one, excluded) for one in (*suspects(found), *_from_precedent(found))]
    everything = (*_with_people(found, computed), *_excluded(excluded, computed))
    ranked = sorted((_doubted(one, found) for one in _unique(everything)), key=_rank)
    alive = [one for one in ranked if one.status != "ruled_out"]
    dropped = [one for one in ranked if one.status == "ruled_out"]
    return (*alive[:_SHOWN_OPEN], *dropped[:_SHOWN_RULED_OUT])


def cause_of(verdicts: Sequence[Verdict], candidates: Sequence[Candidate], book: Book) -> Cause:
    """Return the cause with its status.

    Confirmed takes the ticket's own field or an engineer's statement; suspected a statement of an
    analyst or engineer, or a hypothesis with strong evidence. Everything else is unknown.
    """
    confirmed = standing(verdicts, "confirmed")
    if confirmed is not None:
        return Cause("confirmed", confirmed.category, confirmed.subject, book.cite(confirmed.place))
    suspected = standing(verdicts, "suspected")
    if suspected is not None:
        said = (one for one in candidates if suspected.place in one.supporting)
        best = next((one for one in said if one.status == "open"), None)
        if best is None:
            place = book.cite(suspected.place)
            return Cause("suspected", suspected.category, suspected.subject, place)
    else:
        best = next((one for one in candidates if one.strong and one.status == "open"), None)
    if best is None:
        return Cause("unknown", None, None, ())
    return Cause("suspected", best.category, best.statement, book.cite(*best.supporting))


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


def _with_people(found: Observations, computed: Sequence[Candidate]) -> list[Candidate]:
    """Add what people suspect; what code sees of the same thing becomes its evidence."""
    kept = list(computed)
    spoken: list[Candidate] = []
    for position, verdict in enumerate(found.verdicts):
        if verdict.kind == "ruled_out":
            continue
        said = _said(verdict, position, found)
        twin = next((one for one in kept if _is_named_by(verdict, one)), None)
        if twin is not None:
            spoken.append(_confirming(twin, said))
            kept.remove(twin)
            continue
        parts = [one for one in kept if _is_part_of(one, verdict, found)]
        spoken.append(_joined(said, parts))
        kept = [one for one in kept if one not in parts]
    return [*spoken, *kept]


def _said(verdict: Verdict, position: int, found: Observations) -> Candidate:
    possible = verdict.kind == "possible"
    return Candidate(
        statement=capitalised(verdict.subject),
        category=FACTOR if possible else verdict.category,
        status="confirmed" if verdict.kind == "confirmed" else "open",
        supporting=(verdict.place,),
        opposing=(),
        test=_spoken_test(verdict, found),
        weight=1.0 if possible else 6.0 + position / 100,
        strong=not possible,
    )


def _is_named_by(verdict: Verdict, candidate: Candidate) -> bool:
    """Tell whether a person suspects the very thing that a computed candidate speaks of."""
    topic = re.sub(r"^(?:the cause lies in )?(?:the )?", "", verdict.subject.lower())
    named = len(topic) > 8 and topic in candidate.statement.lower()
    return named and candidate.status == "open" and verdict.kind == "suspected"


def _confirming(computed: Candidate, said: Candidate) -> Candidate:
    places = (*said.supporting, *computed.supporting)
    return replace(computed, supporting=places, weight=said.weight, strong=True)


def _is_part_of(candidate: Candidate, verdict: Verdict, found: Observations) -> bool:
    """Tell whether a computed candidate is a part of what a person suspects."""
    if candidate.status != "open" or verdict.kind != "suspected":
        return False
    if candidate.setting is not None:
        return _is_about(verdict.subject, candidate.setting)
    changed = any(one.kind == "deployment" and one.places[0] in candidate.supporting
                  for one in found.changes)  # fmt: skip
    return changed and _RELEASE.search(verdict.subject) is not None


def _is_about(subject: str, setting: Difference) -> bool:
    parts = {part.lower() for part in re.findall(r"[A-Z]?[a-z]+", setting.name)}
    parts |= {"connections"} if "pool" in parts else set()
    return any(len(part) > 3 and part in subject.lower() for part in parts)


def _joined(said: Candidate, parts: Sequence[Candidate]) -> Candidate:
    setting = next((one for one in parts if one.setting is not None), None)
    places = (place for one in parts for place in one.supporting)
    joined = replace(
        said,
        supporting=tuple(dict.fromkeys((*said.supporting, *places)))[:_MOST_PLACES],
        opposing=tuple(place for one in parts for place in one.opposing),
        terms=" ".join(one.statement for one in parts),
    )
    if setting is None or setting.setting is None:
        return joined
    statement = compose(
        "{said} ({difference})", said=said.statement, difference=worded(setting.setting)
    )
    return replace(joined, statement=statement, category="configuration", test=setting.test)


def _doubted(candidate: Candidate, found: Observations) -> Candidate:
    """Add what participants say against a candidate; it does not change its status."""
    terms = {term.lower() for term in _TERM.findall(f"{candidate.statement} {candidate.terms}")}
    messages: dict[Anchor, str] = {}
    for one in found.said:
        messages[one.anchor] = f"{messages.get(one.anchor, '')} {one.text.lower()}"
    doubts = tuple(
        one.quote
        for one in found.said
        if one.role not in ("customer", "bot")
        and _DOUBT.search(one.text)
        and any(term in messages[one.anchor] for term in terms)
    )
    if candidate.category == FACTOR or not candidate.supporting:
        return candidate
    return replace(candidate, opposing=tuple(dict.fromkeys((*candidate.opposing, *doubts))))


def _spoken_test(verdict: Verdict, found: Observations) -> RedactedText:
    if verdict.kind == "possible":
        return compose(
            "Repeat the test of the suspected cause with and without this change and compare"
        )
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


def _excluded(excluded: Sequence[Verdict], judged: Sequence[Candidate]) -> Iterator[Candidate]:
    for verdict, places in merged_verdicts(excluded):
        if any(_concerns(verdict, one) for one in judged):
            continue
        yield Candidate(
            statement=compose("The cause lies in {subject}", subject=as_object(verdict.subject)),
            category=verdict.category,
            status="ruled_out",
            supporting=(),
            opposing=places,
            test=compose("None: ruled out, reopen only with new evidence"),
            weight=0.0,
            strong=False,
        )


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
