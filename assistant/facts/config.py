"""Finds settings that differ over time: printed at start-up, or noted beside the value."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assistant.facts.evidence import Place
from redaction import Anchor, Artifact, Event, RedactedText, compose

_PRINTED: Final = re.compile(r"(?P<name>[A-Za-z][\w.-]*?)\.{3,}(?P<value>\S{1,40})\s*$")
_NOTE: Final = re.compile(
    r"#.*\b(?:was|were|previously|formerly|used to be|before:|old value)\b.*", re.IGNORECASE
)
_OLD: Final = re.compile(r"\b(?P<name>[A-Za-z][\w.-]{2,})[\s:=]+(?P<value>\d[\w.]*)")
_LONGEST_PRINTED: Final = 200
_CONFIG_TYPES: Final = re.compile(r"yaml|properties|toml|ini|conf", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting with two values; `since` is when the value in force at the onset was first seen."""

    name: RedactedText
    old: RedactedText
    new: RedactedText
    since: datetime | None
    places: tuple[Place, ...]


def differences(
    events: Iterable[Event], artifacts: Iterable[Artifact], onset: datetime | None
) -> tuple[Difference, ...]:
    """Return settings whose value around the onset is not the one before or after."""
    found = {one.name: one for one in _printed(events, onset)}
    for noted in _noted(artifacts):
        printed = found.get(noted.name)
        places = (*noted.places, *(printed.places if printed is not None else ()))
        since = printed.since if printed is not None else None
        found[noted.name] = Difference(noted.name, noted.old, noted.new, since, places)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Value:
    utc: datetime
    name: RedactedText
    value: RedactedText
    anchor: Anchor


def _printed(events: Iterable[Event], onset: datetime | None) -> Iterator[Difference]:
    values: dict[str, list[_Value]] = {}
    for event in events:
        text = event.text
        if event.utc is None or "..." not in text or len(text) > _LONGEST_PRINTED:
            continue
        found = _PRINTED.match(text)
        if found is not None:
            name, value = (text[slice(*found.span(part))] for part in ("name", "value"))
            values.setdefault(name, []).append(_Value(event.utc, name, value, event.anchor))
    for seen in values.values():
        difference = _difference(seen, onset)
        if difference is not None:
            yield difference


def _difference(seen: Sequence[_Value], onset: datetime | None) -> Difference | None:
    if onset is None or len({one.value for one in seen}) < 2:
        return None
    before = [one for one in seen if one.utc <= onset]
    if not before:
        return None
    active = before[-1]
    other = next((one for one in reversed(seen) if one.value != active.value), active)
    return Difference(
        active.name, other.value, active.value, active.utc, (active.anchor, other.anchor)
    )


def _noted(artifacts: Iterable[Artifact]) -> Iterator[Difference]:
    for artifact in artifacts:
        if not _CONFIG_TYPES.search(f"{artifact.media_type} {artifact.name}"):
            continue
        for number, line in enumerate(artifact.text.splitlines(), 1):
            note = _NOTE.search(line)
            if note is not None:
                for old in _OLD.finditer(line, note.start()):
                    yield from _against(artifact, number, old)


def _against(artifact: Artifact, number: int, old: re.Match[str]) -> Iterator[Difference]:
    line = artifact.text.splitlines()[number - 1]
    name, value = (line[slice(*old.span(part))] for part in ("name", "value"))
    current = re.compile(rf"^\s*{re.escape(name)}\s*[:=]\s*(\S+)")
    for position, other in enumerate(artifact.text.splitlines(), 1):
        found = current.match(other)
        if found is not None and found[1] != value:
            now = other[slice(*found.span(1))]
            places = Anchor(artifact.id, number), Anchor(artifact.id, position)
            yield Difference(name, value, now, None, places)
            return


def worded(difference: Difference) -> RedactedText:
    """Say what differs: `maximumPoolSize is 16 instead of 64`."""
    return compose(
        "{name} is {new} instead of {old}",
        name=difference.name,
        new=difference.new,
        old=difference.old,
    )
