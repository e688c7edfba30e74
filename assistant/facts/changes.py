"""Finds what was changed: deployments, rollbacks, flags, scaling, failovers, restarts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from assistant.facts.evidence import Place, clip
from assistant.facts.statements import Statement, is_firm, is_instruction, is_negated, stated_time
from assistant.facts.wording import first_line
from redaction import Event, RedactedText, compose

ChangeKind: TypeAlias = Literal[
    "deployment", "rollback", "flag", "configuration", "scaling", "failover", "restart", "resource"
]

_NAME: Final = r"(?P<name>[A-Za-z][\w.-]*[A-Za-z0-9])"
_VERSION: Final = r"v?(?P<version>\d+\.\d+(?:\.\d+)*(?:[-+][0-9A-Za-z.]+)?)"
_IMAGE: Final = re.compile(rf'\bimage "[^"]*?{_NAME}:{_VERSION}"', re.IGNORECASE)
_BANNER: Final = re.compile(rf"\bStarting {_NAME},? (?:version )?{_VERSION}\b", re.IGNORECASE)
_ROLLBACK: Final = re.compile(
    r"\broll(?:ed|ing)?[ -]?back\b.*?|\brevert(?:ed|ing)?\b.*?", re.IGNORECASE
)
_ROLLOUT: Final = re.compile(
    r"\b(?:helm upgrade|upgraded?|deploy(?:ed|ing|ment)?|roll(?:ed)?[ -]?out|released?|live)\b",
    re.IGNORECASE,
)
_STARTED: Final = re.compile(r"\b(?:start(?:ed|ing)|began|begun|deploying|in progress)\b", re.I)
_NAMED_VERSION: Final = re.compile(rf"\b{_NAME}(?: to)?[ :@/]{_VERSION}")
_ANY_VERSION: Final = re.compile(r"(?<![\w.])v?(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.]+)?)(?![\w.]*\d)")
_FLAG: Final = re.compile(
    r"[`\s]*(?P<name>[A-Za-z][\w.-]+)`?:? (?:from )?(?P<old>[\w.]+ ?%?) (?:->|→|to) "
    r"(?P<new>[\w.]+(?: ?%)?)"
)
_FLAG_WORD: Final = re.compile(r"(?<![a-z])flag|(?<![a-z])toggle", re.IGNORECASE)
_GENERIC: Final[tuple[tuple[ChangeKind, re.Pattern[str]], ...]] = (
    (
        "failover",
        re.compile(r"\bfail(?:ed|ing)?[ -]?over\b|\bpromoted to (?:primary|leader)", re.I),
    ),
    ("resource", re.compile(r"\bOOM-?Kill|\bout of memory: kill|\bpod \S+ evicted\b", re.I)),
    ("restart", re.compile(r"\brestart(?:ed|ing)\b", re.I)),
    ("scaling", re.compile(r"\bscal(?:ed|ing) (?:up|down|out|in)\b", re.I)),
    (
        "configuration",
        re.compile(r"\bconfig\w*\b.{0,40}\b(?:changed|updated|reloaded|applied)\b", re.I),
    ),
)
_NOT_NAMES: Final = (
    "version", "release", "revision", "from", "with", "the", "and", "of", "when", "using", "under",
    "latest", "after", "before", "since", "until", "than",
)  # fmt: skip
# A hostile log may hold one line of a megabyte; what names a change stands at its beginning.
_LONGEST: Final = 1000
_SAME_RUN: Final = timedelta(minutes=30)
_SAME_EVENT: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when it began, when it was finished if that shows, and what shows it.

    `component` and `version` are empty where nothing names them; `text` says it in words.
    """

    kind: ChangeKind
    start: datetime
    end: datetime | None
    component: RedactedText
    version: RedactedText
    text: RedactedText
    places: tuple[Place, ...]
    end_places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Sighting:
    utc: datetime
    component: RedactedText
    version: RedactedText
    back: bool
    started: bool
    place: Place


def changes_of(events: Sequence[Event], said: Sequence[Statement]) -> tuple[Change, ...]:
    """Return the changes that logs, bots and people show, in time order, each once."""
    machine = [*_logged_versions(events), *_announced_versions(said, bots=True)]
    seen = {sighting.version for sighting in machine}
    people = [one for one in _announced_versions(said, bots=False) if one.version not in seen]
    versions = _version_changes([*machine, *people])
    flags = _merged([*_flag_changes(events), *_flag_statements(said)])
    others = [change for change in _generic_changes(events) if not _part_of(change, versions)]
    return tuple(sorted((*versions, *flags, *others), key=lambda change: change.start))


def version_key(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, for comparing."""
    return tuple(int(number) for number in re.findall(r"\d+", version)[:4])


def _logged_versions(events: Iterable[Event]) -> Iterator[_Sighting]:
    for event in events:
        text = event.text
        if event.utc is None or ("image" not in text and "tarting " not in text):
            continue
        found = _IMAGE.search(text, 0, _LONGEST) or _BANNER.search(text, 0, _LONGEST)
        if found is not None and not is_instruction(text):
            named = found.re is _IMAGE
            yield _Sighting(
                event.utc,
                text[slice(*found.span("name"))] if named else compose(""),
                text[slice(*found.span("version"))],
                back=False,
                started=True,
                place=event.anchor,
            )


def _announced_versions(said: Iterable[Statement], *, bots: bool) -> Iterator[_Sighting]:
    for statement in said:
        text = statement.text
        if (
            statement.utc is None
            or (statement.role == "bot") != bots
            or statement.role == "customer"
        ):
            continue
        back = _ROLLBACK.search(text) is not None
        if not (back or _ROLLOUT.search(text)) or is_negated(text) or not (bots or is_firm(text)):
            continue
        versions = [text[slice(*found.span(1))] for found in _ANY_VERSION.finditer(text)]
        if versions:
            yield _Sighting(
                stated_time(statement) or statement.utc,
                _component_in(text),
                versions[-1],
                back=back,
                started=_STARTED.search(text) is not None,
                place=statement.quote,
            )


def _component_in(text: RedactedText) -> RedactedText:
    named = _NAMED_VERSION.search(text)
    if named is None or len(named["name"]) < 3 or named["name"].lower() in _NOT_NAMES:
        return compose("")
    return text[slice(*named.span("name"))]


def _version_changes(sightings: Sequence[_Sighting]) -> tuple[Change, ...]:
    runs: list[list[_Sighting]] = []
    for sighting in sorted(sightings, key=lambda one: one.utc):
        current = runs[-1] if runs else None
        same = current is not None and current[-1].version == sighting.version
        if current is not None and same and sighting.utc - current[-1].utc <= _SAME_RUN:
            current.append(sighting)
        else:
            runs.append([sighting])
    previous = [None, *(run[0].version for run in runs)]
    return tuple(_rollout(run, before) for run, before in zip(runs, previous, strict=False))


def _rollout(run: Sequence[_Sighting], before: RedactedText | None) -> Change:
    first, last = run[0], run[-1]
    component = next((one.component for one in run if one.component), compose(""))
    older = before is not None and version_key(first.version) < version_key(before)
    back = older or any(one.back for one in run)
    finished = [one for one in run if not one.started]
    end = finished[-1] if finished else last
    return Change(
        kind="rollback" if back else "deployment",
        start=first.utc,
        end=end.utc if end.utc - first.utc >= timedelta(seconds=30) else None,
        component=component,
        version=first.version,
        text=_rollout_text(component, first.version, back),
        places=_few(one.place for one in run if one.utc - first.utc <= timedelta(minutes=1)),
        end_places=_few((end.place, last.place)),
    )


def _rollout_text(component: RedactedText, version: RedactedText, back: bool) -> RedactedText:
    match back, bool(component):
        case True, True:
            return compose("Rollback of {name} to {version}", name=component, version=version)
        case True, False:
            return compose("Rollback to {version}", version=version)
        case False, True:
            return compose("Deployment of {name} {version}", name=component, version=version)
        case _:
            return compose("Deployment of version {version}", version=version)


def _flag_changes(events: Iterable[Event]) -> Iterator[Change]:
    for event in events:
        word = _FLAG_WORD.search(event.text, 0, _LONGEST) if event.utc is not None else None
        found = _flag_at(event.text, word)
        if event.utc is not None and found is not None:
            yield _flag(event.utc, event.text, found, event.anchor)


def _flag_statements(said: Iterable[Statement]) -> Iterator[Change]:
    for statement in said:
        word = _FLAG_WORD.search(statement.text) if statement.role == "bot" else None
        found = _flag_at(statement.text, word)
        if statement.utc is not None and found is not None:
            yield _flag(statement.utc, statement.text, found, statement.quote)


def _flag_at(text: str, word: re.Match[str] | None) -> re.Match[str] | None:
    return _FLAG.search(text, word.end(), word.end() + 200) if word is not None else None


def _flag(utc: datetime, text: RedactedText, found: re.Match[str], place: Place) -> Change:
    name, old, new = (text[slice(*found.span(part))] for part in ("name", "old", "new"))
    words = compose("Feature flag {name} changed from {old} to {new}", name=name, old=old, new=new)
    return Change("flag", utc, None, name, compose(""), words, (place,), ())


def _generic_changes(events: Sequence[Event]) -> tuple[Change, ...]:
    kinds: dict[str, ChangeKind | None] = {}
    found: list[Change] = []
    for event in events:
        if event.template not in kinds:
            kinds[event.template] = _generic_kind(event.template)
        kind = kinds[event.template]
        if kind is None or event.utc is None:
            continue
        text, empty = clip(first_line(event.text), 140), compose("")
        found.append(Change(kind, event.utc, None, empty, empty, text, (event.anchor,), ()))
    return _merged(found)


def _generic_kind(template: str) -> ChangeKind | None:
    if is_instruction(template):
        return None
    return next((kind for kind, pattern in _GENERIC if pattern.search(template)), None)


def _merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Merge reports of one change: same kind and component within minutes of each other."""
    merged: list[Change] = []
    for change in sorted(changes, key=lambda one: one.start):
        same = next((one for one in reversed(merged) if _same(one, change)), None)
        if same is None:
            merged.append(change)
        else:
            places = _few((*same.places, *change.places))
            merged[merged.index(same)] = replace(same, places=places)
    return tuple(merged)


def _same(one: Change, other: Change) -> bool:
    near = abs(one.start - other.start) <= _SAME_EVENT
    return near and one.kind == other.kind and one.component == other.component


def _part_of(change: Change, rollouts: Sequence[Change]) -> bool:
    """Pods that scale or restart while a version rolls out are that rollout."""
    slack = timedelta(minutes=2)
    return change.kind in ("scaling", "restart") and any(
        one.start - slack <= change.start <= (one.end or one.start) + slack for one in rollouts
    )


def _few(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(places))[:4]
