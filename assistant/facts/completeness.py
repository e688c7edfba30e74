"""Scores how complete a case's evidence is against the checklist, and what to ask next."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from assistant.checklist import FALLBACK, Checklist, ItemName
from assistant.facts.evidence import Place, Quote
from assistant.facts.observations import Observations, observe
from assistant.facts.statements import is_future, is_negated, is_question
from redaction import Anchor, Field, FieldName, RedactedCase, RedactedText

Presence: TypeAlias = Literal["present", "partial", "missing"]
_WORTH: Final[Mapping[Presence, float]] = {"present": 1.0, "partial": 0.5, "missing": 0.0}
_SHOWN: Final = 3
_LOGS: Final = ("text/x-log", "text/plain", "application/x-ndjson", "application/json")
_WHERE: Final[tuple[FieldName, ...]] = (
    *("product", "environment", "region", "browser", "os", "tier", "component"),
)
_CONFIGURATION: Final = ("application/yaml", "application/toml")
_STEPS: Final = re.compile(
    r"\bsteps? to (?:reproduce|repeat)|\breproduction\b|\bto reproduce\b|\brepro(?:duction)? steps"
    r"|\bhow to reproduce",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"^\s*(?:1[.)]|[-*]) .+\n(?:.*\n)*?\s*(?:2[.)]|[-*]) ", re.MULTILINE)
_REPRODUCES: Final = re.compile(
    r"\breproduc\w+|\bevery (?:time|call|request|login)\b|\balways\b|\beach time\b|\bwhenever\b",
    re.IGNORECASE,
)
_EXPECTED: Final = re.compile(
    r"\bexpected\b|\bshould (?:have|be|return|show|work)\b|\binstead of\b|\bsupposed to\b", re.I
)
_ACTUAL: Final = re.compile(
    r"\bactual(?:ly)?\b|\binstead\b|\bbut (?:it|we|the)\b|\bwe (?:get|see|receive)\b|\berror\b"
    r"|\bfails?\b|\breturns?\b",
    re.IGNORECASE,
)
_AFFECTED: Final = re.compile(
    r"\b(?:all|most|many|several|some|every|half of) (?:of )?(?:the |our )?"
    r"(?:users?|customers?|shoppers?|requests?|orders?|tenants?|agents?|sites?|regions?)\b",
    re.IGNORECASE,
)
_TRIED: Final = re.compile(
    r"\b(?:tried|attempted|restarted|rebooted|rolled back|reinstalled|cleared|disabled|re-?enabled"
    r"|switched|failed over|upgraded|downgraded|already checked|we checked|workaround)\b",
    re.IGNORECASE,
)
_ACCEPTANCE: Final = re.compile(
    r"\bacceptance criteria\b|\b(?:consider|treat|regard)(?:ed)? (?:it |this |as )*"
    r"(?:solved|resolved|fixed|done)\b|\b(?:solved|resolved|fixed|close(?:d)?) (?:when|once|if)\b"
    r"|\bdefinition of done\b|\bwe (?:need|require|ask)\b.{5,}\bby\b"
    r"|\bsuccess (?:means|criteria)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Need:
    """One row of the checklist for a case: whether it is there, where, and what to ask for.

    `ask` is the table's question, with `{component}` in it; `detail` says what is partial.
    """

    name: ItemName
    what: str
    weight: int
    presence: Presence
    ask: str
    detail: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete the evidence of a case is: `score` is the weighted share present, 0 to 1."""

    kind: str
    score: float
    component: RedactedText
    needs: tuple[Need, ...]

    @property
    def missing(self) -> tuple[Need, ...]:
        """Return what to ask for, the heaviest first."""
        open_needs = (need for need in self.needs if need.presence != "present")
        return tuple(sorted(open_needs, key=lambda need: (-need.weight, need.presence)))


@dataclass(frozen=True, slots=True)
class _Found:
    presence: Presence
    places: tuple[Place, ...] = ()
    detail: str = ""


_MISSING: Final = _Found("missing")


def completeness(case: RedactedCase, checklist: Checklist) -> Completeness:
    """Look for everything that the checklist asks of a case of this kind."""
    seen = observe(case, ())
    kind = kind_of(case, checklist)
    needs: list[Need] = []
    for name, weight in checklist.kinds[kind].needs.items():
        found = _LOOK[name](seen, checklist)
        anchors = dict.fromkeys(_anchor(place) for place in found.places)
        item = checklist.items[name]
        shown = tuple(anchors)[:_SHOWN]
        needs.append(Need(name, item.what, weight, found.presence, item.ask, found.detail, shown))
    total = sum(need.weight for need in needs)
    reached = sum(need.weight * _WORTH[need.presence] for need in needs)
    needs.sort(key=lambda need: -need.weight)
    return Completeness(kind, reached / total, seen.component, tuple(needs))


def kind_of(case: RedactedCase, checklist: Checklist) -> str:
    """Return the kind of case of which title and description hold the most words.

    A word of the title counts twice, however often it is repeated; of equals the first one wins.
    """
    told = [field.value for field in case.fields if field.name in ("title", "description")]
    described = "\n".join((case.title, *told, *(each.text for each in case.messages[:1]))).lower()
    title = case.title.lower()
    counts = {
        name: sum(_holds(title, word) + _holds(described, word) for word in kind.words)
        for name, kind in checklist.kinds.items()
    }
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else FALLBACK


def _holds(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _first(stamped: tuple[datetime, Anchor]) -> datetime:
    return stamped[0]


def _anchor(place: Place) -> Anchor:
    return place.anchor if isinstance(place, Quote) else place


def _onset(seen: Observations, _: Checklist) -> _Found:
    if seen.course.onset is not None:
        return _Found("present", seen.course.onset_places)
    reported = _fields(seen.case.fields, "created")
    return _Found("partial", reported, "only the time of the report") if reported else _MISSING


def _impact(seen: Observations, _: Checklist) -> _Found:
    if seen.figures:
        return _Found("present", tuple(place for figure in seen.figures for place in figure.places))
    return _said(seen, _AFFECTED, "partial", "who is affected, but no figure")


def _logs(seen: Observations, checklist: Checklist) -> _Found:
    texts = {each.id for each in seen.case.artifacts if each.media_type in _LOGS}
    logged = [
        (each.utc, each.anchor)
        for each in seen.case.events
        if each.utc is not None and each.anchor.artifact in texts
    ]
    if not logged:
        return _MISSING
    (first, _), (last, _) = min(logged, key=_first), max(logged, key=_first)
    places = (logged[0][1], logged[-1][1])
    onset, window = seen.course.onset, timedelta(minutes=checklist.window_minutes)
    if onset is None:
        return _Found("partial", places, "no onset is known that they could surround")
    short = ["before"] * (first > onset - window) + ["after"] * (last < onset + window)
    if short:
        minutes = checklist.window_minutes
        return _Found("partial", places, f"less than {minutes} minutes {' and '.join(short)} it")
    return _Found("present", places)


def _reproduction(seen: Observations, _: Checklist) -> _Found:
    for message in seen.case.messages:
        if _STEPS.search(message.text) and _NUMBERED.search(message.text):
            return _Found("present", (message.anchor,))
    named = _said(seen, _STEPS, "partial", "announced, but no numbered steps")
    return named if named.places else _said(seen, _REPRODUCES, "partial", "no steps")


def _expected(seen: Observations, _: Checklist) -> _Found:
    wanted = _said(seen, _EXPECTED, "present")
    actual = _said(seen, _ACTUAL, "present")
    if wanted.places and actual.places:
        return _Found("present", (*wanted.places[:1], *actual.places[:1]))
    if wanted.places:
        return _Found("partial", wanted.places, "only what was expected")
    return _Found("partial", actual.places, "only what happened") if actual.places else _MISSING


def _environment(seen: Observations, _: Checklist) -> _Found:
    named = {field.name: field.anchor for field in seen.case.fields if field.name in _WHERE}
    places = list(named.values())
    places += [Anchor(a.id, 1) for a in seen.case.current if a.media_type in _CONFIGURATION]
    if len(places) > 1:
        return _Found("present", tuple(places))
    only = ", ".join(named) or "a configuration file"
    return _Found("partial", tuple(places), f"only {only}") if places else _MISSING


def _version(seen: Observations, _: Checklist) -> _Found:
    fields = _fields(seen.case.fields, "version")
    if fields:
        return _Found("present", fields)
    return _said(seen, re.compile(r"\bv?\d+\.\d+(?:\.\d+)+\b"), "present")


def _timeline(seen: Observations, _: Checklist) -> _Found:
    timed = [each.anchor for each in (*seen.case.events, *seen.case.messages) if each.utc]
    by_source = {anchor.artifact: anchor for anchor in timed}
    places = tuple(by_source.values())
    if len(places) > 1:
        return _Found("present", places)
    return _Found("partial", places, "from one source only") if places else _MISSING


def _changes(seen: Observations, _: Checklist) -> _Found:
    linked = [each.anchor for each in seen.case.links if each.kind in ("change", "deployment")]
    places = (*(place for change in seen.changes for place in change.places), *linked)
    return _Found("present", places) if places else _MISSING


def _tried(seen: Observations, _: Checklist) -> _Found:
    done = tuple(place for deed in seen.deeds for place in deed.places)
    return _Found("present", done) if done else _said(seen, _TRIED, "present")


def _acceptance(seen: Observations, _: Checklist) -> _Found:
    return _said(seen, _ACCEPTANCE, "present", asked=True)


def _said(
    seen: Observations,
    words: re.Pattern[str],
    presence: Presence,
    detail: str = "",
    *,
    asked: bool = False,
) -> _Found:
    """Find sentences with these words; questions, plans and denials do not count, unless asked."""
    places = tuple(
        one.quote
        for one in seen.said
        if words.search(one.text)
        and (asked or not (is_question(one.text) or is_future(one.text) or is_negated(one.text)))
    )
    return _Found(presence, places, detail) if places else _MISSING


def _fields(fields: Iterable[Field], name: FieldName) -> tuple[Place, ...]:
    return tuple(field.anchor for field in fields if field.name == name and field.value.strip())


_LOOK: Final[Mapping[ItemName, Callable[[Observations, Checklist], _Found]]] = {
    "onset": _onset,
    "impact": _impact,
    "logs": _logs,
    "reproduction": _reproduction,
    "expected": _expected,
    "environment": _environment,
    "version": _version,
    "timeline": _timeline,
    "changes": _changes,
    "tried": _tried,
    "acceptance": _acceptance,
}
