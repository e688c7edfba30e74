"""What analysts and engineers say about the cause: suspected, confirmed, ruled out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from assistant.facts.evidence import Place, Quote, clip
from assistant.facts.people import Cast, without_names
from assistant.facts.statements import Statement, is_firm, is_hedged, is_negated, is_question
from assistant.facts.symptoms import category_of
from assistant.facts.wording import as_object, clause, unended
from redaction import Field, RedactedText, compose

_LABEL: Final = r"(?:root[ -]?cause|RCA|cause)"
_CONFIRMED: Final = re.compile(
    rf"\bconfirmed {_LABEL}\b\s*(?::|is|was)?\s*(?P<what>.*)"
    rf"|\b{_LABEL}(?: analysis)? (?:is |was |has been |now )*confirmed\b[\s:,.–—-]*(?P<then>.*)"  # noqa: RUF001
    rf"|^\W*(?:the )?(?:final |confirmed )?(?:root[ -]?cause|RCA)\s*:\s*(?P<label>.+)"
    rf"|\bconfirmed that (?:the )?(?:root[ -]?)?cause (?:is|was) (?P<that>.+)"
    rf"|\b(?:the )?root[ -]?cause (?:is|was|turned out to be) (?P<plain>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SUSPECTED: Final = re.compile(
    r"^\W*(?:(?:our|my|main|prime|current|leading) )*(?:suspect(?:ed)?|suspicion|hypothesis|theory"
    r"|working (?:theory|hypothesis))(?:,? (?:but )?not (?:yet )?(?:confirmed|proven))?\s*"
    r"(?::|is(?: that)?)\s*(?P<label>.+)"
    r"|\b(?:we|i)(?: strongly| still| now)? suspect (?:that )?(?P<that>.+)"
    rf"|\b(?:likely|probable|suspected|possible|potential) {_LABEL}\s*(?::|is|was)\s*(?P<likely>.+)"
    rf"|\b{_LABEL} (?:is|was) (?:most )?(?:likely|probably|possibly) (?P<adverb>.+)"
    r"|\b(?:likely|probably|possibly|seems to be|appears to be|might be|may be|could be)"
    r" (?:caused by|due to|because of) (?P<due>.+)",
    re.IGNORECASE | re.DOTALL,
)
_POSSIBLE: Final = re.compile(
    r"^\W*(?:not (?:yet )?proven(?: yet)?|possible (?:contributor|contributing factor))\s*:\s*"
    r"(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)
_RULED_OUT: Final = re.compile(
    r"^(?P<before>[^.:;]{3,60}?),? (?:is |was |has been |can be |now )*ruled out\b"
    r"|\b(?:ruled|rules|ruling) out:?\s+(?P<after>[^.:;(]{3,60})"
    r"|^(?:it.?s |it is )?not (?P<not>the [\w -]{3,30})[.!]?$"
    r"|^(?P<isnot>(?:the )?[\w -]{3,40}) (?:is|was) not the (?:root )?(?:cause|bottleneck|culprit"
    r"|problem)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\bnot (?:yet )?(?:the )?(?:root )?cause\b|\bno (?:root )?cause\b"
    r"|\bcause (?:is |was |remains? )?(?:still |yet )?(?:unknown|unclear|not (?:yet )?(?:known"
    r"|found|confirmed|established)|under investigation|open)\b",
    re.IGNORECASE,
)
_STATES_CAUSE: Final = re.compile(r"\b(?:root[ -]?cause\s*:|caused by|because|due to)", re.I)
_FOUND: Final = (
    r"(?:determined|identified|established|understood|known|found|confirmed|clear|isolated"
    r"|investigated|analy[sz]ed)"
)
_STAND_IN: Final = (
    r"(?:n/?a|not applicable|none|null|nil|unknown|undetermined|unidentified|unclear|inconclusive"
    r"|tb[adc]|wip|pending|open|other|various|in progress|ongoing|same|duplicate|above|below"
    r"|attached|to follow)"
)
# What people write into the field of a cause when they have none to write.
_NO_CAUSE: Final = re.compile(
    rf"^\W*$|^\W*(?:(?:still|currently|cause|rca|root[ -]cause|reason|is|was|the|remains?)\b\W*)*"
    rf"{_STAND_IN}(?:\W*$|\s*[-–—:;,.(/]|\s+(?:at|as|so|until|yet|now|for now|currently|still)\b)"  # noqa: RUF001
    rf"|^\W*(?:still |currently |yet )*(?:not|never|to be|cannot be|could not be|being)\b"
    rf" (?:yet |been |be |fully )*(?:{_FOUND}|defined|provided|updated|available|decided|added"
    r"|shared|published|advised|given|filled|completed)\b"
    rf"|\b(?:not yet|yet to be|to be) (?:been |fully )*{_FOUND}\b"
    r"|\b(?:not|never|cannot|\w+n.t) (?:yet |be |been |fully )*(?:determined|established"
    r"|understood)\b"
    rf"|\b(?:cause|rca|reason)\b[^.:]{{0,60}}?\b(?:not|never|cannot|\w+n.t)\b[^.:]{{0,20}}?{_FOUND}"
    r"|\bno (?:root[ -]?|known |clear |single |definit\w+ )*(?:cause|rca|fault|finding)s?\b"
    r"|\b(?:cannot|could not|unable to|not able to|\w+n.t) (?:be )?(?:reproduced?|determined?"
    r"|identify|identified|tell|say)\b|\b(?:do not|don.t|not) (?:yet )?(?:know|sure)\b|\bno idea\b"
    r"|\b(?:under|ongoing|pending|awaiting|further|needs?|requires?) (?:\w+ )?(?:investigation"
    r"|analysis|review|rca|diagnosis)\b"
    r"|\b(?:investigation|analysis|rca|troubleshooting|diagnosis)(?: is| are| still)* (?:ongoing"
    r"|in progress|continu\w+|under ?way|pending|open|required|needed|to follow)\b"
    r"|^\W*(?:we are |we.re |still |currently |being |team |is )*(?:investigat\w+|looking into"
    r"|analy[sz]ing|working on)\b"
    r"|^\W*(?:awaiting|pending|waiting (?:for|on))\b.{0,40}\b(?:vendor|customer|response|reply"
    r"|feedback|updates?|info\w*|logs|confirmation|results?|input|report|engineering|details)\b"
    r"|\b(?:will|shall|to) be (?:provided|published|shared|updated|added|confirmed|posted)\b",
    re.IGNORECASE,
)
_WRITTEN_ELSEWHERE: Final = re.compile(
    r"^\W*(?:please |kindly |pls |for (?:the )?(?:root cause|details?),? )*"
    r"(?:see|refer to|cf|as above"
    r"|same as|duplicate of|tracked (?:in|by|under|as)|check (?:the )?(?:comments?|notes?|ticket"
    r"|thread|description|attach\w+|linked)|(?:attached|linked|parent) (?:ticket|issue|case"
    r"|document|report|rca|file)|(?:(?:full|more|further) )?(?:details?|documented|described"
    r"|explained|provided|updated|discussed|mentioned|covered|posted|listed|captured)"
    r"(?: is| are)? (?:in|on|at|above|below|under|here|elsewhere))\b",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(
    r"\b(?:will|shall|(?:we|i).ll|going to|plan(?:s|ned|ning)? to|next update|eta)\b", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_FEWEST_WORDS: Final = 3
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n")


# "I suspect that's the problem" names a cause only together with what was said before.
_POINTS_ELSEWHERE: Final = re.compile(
    r"\W*(?:this|that|it|these|those|they|there|we|you|i|he|she|same|the same|something|what)\b",
    re.IGNORECASE,
)
_SAYS_SOMETHING: Final = re.compile(
    r"\s(?:is|are|was|were|has|have|had|does|did|do|can|cannot|could|will|[a-z]{3,}ed|[a-z]{3,}[^su]s"
    r"|ran|made|took|kept|left|lost|got|broke|set|hit|cut)\b"
)


VerdictKind: TypeAlias = Literal["confirmed", "suspected", "possible", "ruled_out"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person or the ticket says about the cause; `subject` is the cause in their words.

    `possible` is named as a contribution that nobody has shown, not as the cause.
    """

    kind: VerdictKind
    subject: RedactedText
    category: str
    place: Place
    role: Literal["ticket", "engineer", "analyst"]


def verdicts_of(
    fields: Iterable[Field], said: Iterable[Statement], cast: Cast
) -> tuple[Verdict, ...]:
    """Return every verdict of the ticket's own fields, analysts and engineers, in time order."""
    spoken = (_spoken(statement, cast) for statement in said if statement.trusted)
    return (
        *(verdict for verdict in map(_written, fields) if verdict is not None),
        *(verdict for verdict in spoken if verdict is not None),
    )


def standing(
    verdicts: Sequence[Verdict], kind: Literal["confirmed", "suspected"]
) -> Verdict | None:
    """Return the last verdict of a kind that nobody ruled out afterwards."""
    for position in range(len(verdicts) - 1, -1, -1):
        verdict = verdicts[position]
        later = (one for one in verdicts[position + 1 :] if one.kind == "ruled_out")
        if verdict.kind == kind and not any(one.category == verdict.category for one in later):
            return verdict
    return None


def merged_verdicts(verdicts: Sequence[Verdict]) -> list[tuple[Verdict, tuple[Place, ...]]]:
    """Merge what rules out the same kind of cause; the name with most words stands for it."""
    merged: list[tuple[Verdict, tuple[Place, ...]]] = []
    for verdict in verdicts:
        same = next((one for one in merged if _excludes_same(one[0], verdict)), None)
        if same is None:
            merged.append((verdict, (verdict.place,)))
            continue
        known, places = same
        fuller = max(known, verdict, key=lambda one: len(one.subject.split()))
        merged[merged.index(same)] = (fuller, (*places, verdict.place))
    return merged


def _excludes_same(one: Verdict, other: Verdict) -> bool:
    both = one.kind == other.kind == "ruled_out"
    return both and one.category == other.category != "other"


def _written(field: Field) -> Verdict | None:
    """Judge a field of the ticket: a stated cause confirms, a vague one is a suspicion."""
    if field.name not in ("root_cause", "resolution") or _names_no_cause(field.value):
        return None
    if field.name == "resolution" and not _STATES_CAUSE.search(field.value):
        return None
    return Verdict(
        "confirmed" if _is_stated(field.value) else "suspected",
        unended(field.value),
        category_of(field.value),
        Quote(field.anchor, field.value),
        "ticket",
    )


def _names_no_cause(value: str) -> bool:
    """Tell whether a field is empty, says that nothing is known, or points somewhere else."""
    first = _SENTENCE_END.split(value[:500].strip(), maxsplit=1)[0]
    return _NO_CAUSE.search(first) is not None or _WRITTEN_ELSEWHERE.match(first) is not None


def _is_stated(value: str) -> bool:
    vague = (
        is_hedged(value) or is_question(value) or _TO_COME.search(value) or _DENIED.search(value)
    )
    return not vague and len(_WORD.findall(value)) >= _FEWEST_WORDS


def _spoken(statement: Statement, cast: Cast) -> Verdict | None:
    text = statement.text
    if is_question(text):
        return None
    possible = _POSSIBLE.match(text)
    if possible is not None:
        named = clip(unended(without_names(text[slice(*possible.span("what"))], cast)), 200)
        return Verdict("possible", named, category_of(named), statement.quote, _role(statement))
    found = _ruled_out(text) or _confirmed(statement) or _suspected(text)
    if found is None or _POINTS_ELSEWHERE.match(text[slice(*found[1])]):
        return None
    kind, span = found
    subject = _claim(clause(without_names(text[slice(*span)], cast)), kind)
    category = category_of(text if kind == "ruled_out" else subject)
    return Verdict(kind, subject, category, statement.quote, _role(statement))


def _role(statement: Statement) -> Literal["engineer", "analyst"]:
    return "engineer" if statement.role == "engineer" else "analyst"


def _claim(subject: RedactedText, kind: str) -> RedactedText:
    """Make a sentence of a suspect that is named without saying what is wrong with it."""
    if kind != "suspected" or _SAYS_SOMETHING.search(subject):
        return subject
    return compose("the cause lies in {subject}", subject=as_object(subject))


def _ruled_out(text: str) -> tuple[Literal["ruled_out"], tuple[int, int]] | None:
    found = _RULED_OUT.search(text)
    if found is None or is_hedged(text) or re.search(r"\b(?:not|cannot|can.t) (?:be )?rule", text):
        return None
    return "ruled_out", _span(found)


def _confirmed(statement: Statement) -> tuple[Literal["confirmed"], tuple[int, int]] | None:
    """An engineer may confirm; an analyst's confirmation is a suspicion until an engineer does."""
    text = statement.text
    found = _CONFIRMED.search(text)
    if found is None or statement.role != "engineer":
        return None
    span = _span(found)
    # "The root cause was never found" denies in its subject, "could not be" before it.
    if not is_firm(text) or _DENIED.search(text) or is_negated(text[: span[0] + 25]):
        return None
    return ("confirmed", span) if span[1] - span[0] >= 8 else None


def _suspected(text: str) -> tuple[Literal["suspected"], tuple[int, int]] | None:
    found = _SUSPECTED.search(text) or _CONFIRMED.search(text)
    if found is None or _DENIED.search(text):
        return None
    span = _span(found)
    if is_negated(text[span[0] : span[0] + 12]):
        return None
    return ("suspected", span) if span[1] - span[0] >= 8 else None


def _span(found: re.Match[str]) -> tuple[int, int]:
    name = next(_names(found))
    return found.span(name)


def _names(found: re.Match[str]) -> Iterator[str]:
    return (name for name, value in found.groupdict().items() if value is not None)
