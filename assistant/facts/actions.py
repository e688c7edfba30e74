"""Finds what people did or plan to do, by which role, when, and with which approval."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, LiteralString, TypeAlias

from assistant.facts import Action
from assistant.facts.changes import Change
from assistant.facts.course import Course
from assistant.facts.evidence import Book, Place
from assistant.facts.people import Cast, without_names
from assistant.facts.statements import (
    Statement,
    is_hedged,
    is_negated,
    is_question,
    speaker,
    stated_time,
)
from assistant.facts.wording import clause, row_text
from redaction import RedactedText, compose

# Verb: past form, base form, and whether it is meant to end the harm.
_VERBS: Final[tuple[tuple[LiteralString, LiteralString, bool], ...]] = (
    ("Rolled back", "Roll back", True),
    ("Reverted", "Revert", True),
    ("Restarted", "Restart", True),
    ("Rebooted", "Reboot", True),
    ("Scaled", "Scale", True),
    ("Failed over", "Fail over", True),
    ("Disabled", "Disable", True),
    ("Enabled", "Enable", True),
    ("Turned off", "Turn off", True),
    ("Switched", "Switch", True),
    ("Rerouted", "Reroute", True),
    ("Drained", "Drain", True),
    ("Increased", "Increase", True),
    ("Doubled", "Double", True),
    ("Applied", "Apply", True),
    ("Patched", "Patch", True),
    ("Renewed", "Renew", True),
    ("Rotated", "Rotate", True),
    ("Purged", "Purge", True),
    ("Cleared", "Clear", True),
    ("Killed", "Kill", True),
    ("Blocked", "Block", True),
    ("Deployed", "Deploy", False),
    ("Upgraded", "Upgrade", False),
    ("Downgraded", "Downgrade", False),
    ("Escalated", "Escalate", False),
    ("Paged", "Page", False),
    ("Tested", "Test", False),
    ("Fixed", "Fix", False),
    ("Merged", "Merge", False),
    ("Released", "Release", False),
    ("Verified", "Verify", False),
    ("Reproduced", "Reproduce", False),
)
_Wording: TypeAlias = tuple[LiteralString, bool]
_PAST: Final[dict[str, _Wording]] = {
    "escalating": ("Escalated", False),
    **{past.lower(): (past, ends) for past, _, ends in _VERBS},
}
_BASE: Final[dict[str, _Wording]] = {base.lower(): (base, ends) for _, base, ends in _VERBS}
_DID: Final = re.compile(
    r"(?:^|,\s|\b(?:i|we|they|have|has|and|just|already|then|now|team|ops|sre|on-?call|engineering)\s"
    r"|[’']ve\s)\s*(?:just |already |now |also |have )?(?P<verb>" + "|".join(_PAST) + r")\b",  # noqa: RUF001
    re.IGNORECASE,
)
_WAS_DONE: Final = re.compile(
    r"\b(?:has been|have been|was|were)\s+(?P<verb>" + "|".join(_PAST) + r")\b", re.IGNORECASE
)
_WILL: Final = re.compile(
    r"\b(?:will|ll|going to|plan to|about to|propose to|let[’']?s|decided to|decision\b.{0,12}:)\s+"  # noqa: RUF001
    r"(?:now |then |also )?(?P<verb>" + "|".join(_BASE) + r")\b",
    re.IGNORECASE,
)
_PLANNED: Final = re.compile(r"\b(?:is|are) (?:planned|scheduled) for\b", re.IGNORECASE)
_APPROVED: Final = re.compile(r"\bapproved\b", re.IGNORECASE)
# "Enabled on device builds" describes a setting, "Enabled the flag" a step.
_SETTING: Final = re.compile(
    r"(?:enabled|disabled)\b(?! (?:the|it|this|flag|feature))", re.IGNORECASE
)
_ASIDE: Final = re.compile(
    r",? (?:together )?with (?:him|her|them|me|us|you)\b"
    r"|\s*,? ?\b(?:because|since|due to|but|hence)\b"
    r"|,? and (?:this|it|we|i|now)\b",
    re.IGNORECASE,
)
_IN_VAIN: Final = re.compile(
    r"\b(?:did(?: not|n.?t) help|no effect|without effect)\b", re.IGNORECASE
)
# What a reporter did on a machine of their own is no step of the case.
_OWN: Final = re.compile(r"\bm(?:y|ine)\b", re.IGNORECASE)
_FIRST_PERSON: Final = re.compile(r"\b(?:I|we|my|our)\b")
_UNSURE: Final = re.compile(r"\b(?:if|unless|until|once|should|would|could|whether)\b", re.I)
_ROLLBACK: Final = re.compile(
    r"\broll(?:ed|ing|s)?[ -]?back\b|\brolled\b.{1,60}\bback\b|\brevert", re.IGNORECASE
)
_NEAR: Final = timedelta(minutes=60)
_ENDING_CHANGES: Final = ("rollback", "flag", "scaling", "failover", "restart", "configuration")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done or planned; `approval` is who approved it, if somebody says so.

    `ends_harm` tells a mitigation from an investigation step.
    """

    utc: datetime | None
    role: str
    text: RedactedText
    status: Literal["done", "planned"]
    ends_harm: bool
    change: Change | None
    approval: Statement | None
    places: tuple[Place, ...]


def deeds_of(
    said: Sequence[Statement], changes: Sequence[Change], course: Course, cast: Cast
) -> tuple[Deed, ...]:
    """Return what was done since the onset and what is planned, in time order, each once."""
    deeds = [_of_change(change, course, said) for change in changes if _is_response(change, course)]
    for deed in _spoken(said, cast):
        twin = next((one for one in deeds if _same(one, deed)), None)
        if twin is None:
            deeds.append(deed)
        else:
            deeds[deeds.index(twin)] = _joined(twin, deed)
    return tuple(sorted((_with_approval(deed, said) for deed in deeds), key=_when))


def actions(deeds: Iterable[Deed], book: Book) -> tuple[Action, ...]:
    """Return deeds as facts with their citations."""
    return tuple(
        Action(
            deed.utc,
            deed.role,
            _approved(deed),
            deed.status,
            book.cite(*deed.places),
            deed.ends_harm,
        )
        for deed in deeds
    )


def _approved(deed: Deed) -> RedactedText:
    if deed.approval is None:
        return deed.text
    return compose("{text} (approved by {who})", text=deed.text, who=speaker(deed.approval.role))


def mitigation(deeds: Sequence[Deed], course: Course) -> Deed | None:
    """Return the last step meant to end the harm that was done before the recovery."""
    done = [deed for deed in deeds if deed.status == "done" and deed.ends_harm and deed.utc]
    if course.recovery is not None:
        done = [deed for deed in done if _when(deed) <= course.recovery]
    return max(done, key=_when, default=None)


def _when(deed: Deed) -> datetime:
    return deed.utc or datetime.max.replace(tzinfo=UTC)


def _is_response(change: Change, course: Course) -> bool:
    if change.kind == "rollback":
        return True
    after = course.onset is not None and change.start > course.onset
    return after and change.kind in _ENDING_CHANGES


def _of_change(change: Change, course: Course, said: Sequence[Statement]) -> Deed:
    engineers = (one for one in said if one.role == "engineer" and _is_about(one, change))
    role = next((one.role for one in engineers), None)
    return Deed(
        utc=change.start,
        role=role or "not stated",
        text=change.text,
        status="done",
        ends_harm=course.onset is None or change.start >= course.onset,
        change=change,
        approval=None,
        places=change.places,
    )


def _is_about(statement: Statement, change: Change) -> bool:
    if statement.utc is None or abs(statement.utc - change.start) > _NEAR:
        return False
    if change.kind == "rollback":
        return _ROLLBACK.search(statement.text) is not None
    return bool(change.component) and change.component in statement.text


def _spoken(said: Iterable[Statement], cast: Cast) -> Iterator[Deed]:
    for statement in said:
        text = statement.text
        if statement.role in ("bot", "customer") or is_question(text) or _UNSURE.search(text):
            continue
        deed = _done(statement, cast) or _will_do(statement, cast)
        if deed is not None:
            yield deed


def _done(statement: Statement, cast: Cast) -> Deed | None:
    text = statement.text
    active, passive = _DID.search(text), _WAS_DONE.search(text)
    if statement.role == "other" and _OWN.search(text):
        return None
    found = active or passive
    if found is None or _WILL.search(text) or _is_unsaid(text[: found.end()]):
        return None
    if found.start() == 0 and _SETTING.match(text):
        return None
    word, ends_harm = _PAST[found["verb"].lower()]
    if active is not None or _FIRST_PERSON.search(text):
        rest = _plain_deed(text[found.end() :])
        words = compose("{word} {rest}", word=word, rest=rest) if rest else compose(word)
    else:
        words = row_text(_plain_deed(text))
    if _IN_VAIN.search(text[found.end() :]):
        words = compose("{words}; it did not help", words=words)
    return _deed(statement, without_names(words, cast), "done", ends_harm)


def _plain_deed(text: RedactedText) -> RedactedText:
    """Keep what was done: not with whom, not why, not what somebody thinks of it."""
    aside = _ASIDE.search(text)
    return clause(text[: aside.start()] if aside is not None else text)


def _will_do(statement: Statement, cast: Cast) -> Deed | None:
    text = statement.text
    found = _WILL.search(text)
    if found is not None and not _is_unsaid(text[: found.end()]):
        word, ends_harm = _BASE[found["verb"].lower()]
        rest = _plain_deed(text[found.end() :])
        words = compose("{word} {rest}", word=word, rest=rest)
        # "I will release" says nothing that anybody could wait for.
        return _deed(statement, without_names(words, cast), "planned", ends_harm) if rest else None
    if _PLANNED.search(text):
        return _deed(statement, without_names(row_text(text), cast), "planned", ends_harm=False)
    return None


def _is_unsaid(before: str) -> bool:
    """Tell whether what stands before a verb denies or doubts it."""
    return is_negated(before) or is_hedged(before)


def _deed(
    statement: Statement,
    text: RedactedText,
    status: Literal["done", "planned"],
    ends_harm: bool,
) -> Deed:
    utc = stated_time(statement) or statement.utc
    return Deed(utc, statement.role, text, status, ends_harm, None, None, (statement.quote,))


def _same(one: Deed, other: Deed) -> bool:
    """A later mention of a change that the logs show, or of the same step, is not a second step."""
    if one.utc is None or other.utc is None or abs(one.utc - other.utc) > _NEAR:
        return False
    if one.change is None:
        return one.text.split(" ", 1)[0] == other.text.split(" ", 1)[0] and other.status == "done"
    if one.change.kind == "rollback":
        return _ROLLBACK.search(other.text) is not None
    return bool(one.change.component) and one.change.component in other.text


def _joined(first: Deed, again: Deed) -> Deed:
    places = tuple(dict.fromkeys((*first.places, *again.places)))[:5]
    if first.status == "planned" and again.status == "done":
        return replace(again, places=places)
    known = first.role if first.role != "not stated" else again.role
    return replace(first, places=places, role=known)


def _with_approval(deed: Deed, said: Iterable[Statement]) -> Deed:
    if deed.utc is None or not deed.ends_harm:
        return deed
    for statement in said:
        if statement.utc is None or statement.role == "bot" or not _approves(statement, deed):
            continue
        return replace(deed, approval=statement, places=(*deed.places, statement.quote))
    return deed


def _approves(statement: Statement, deed: Deed) -> bool:
    text = statement.text
    if not _APPROVED.search(text) or is_negated(text) or is_question(text) or deed.utc is None:
        return False
    near = statement.utc is not None and abs(statement.utc - deed.utc) <= _NEAR / 2
    topic = (
        _ROLLBACK.search(text) is not None
        if deed.change is not None and deed.change.kind == "rollback"
        else deed.text.split(" ", 1)[0].lower()[:6] in text.lower()
    )
    return near and topic
