"""Puts documents that were linked as duplicates into groups, as they were known at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from retrieval.features import Candidate

_MEMBERS: Final = 100


class Links(Protocol):
    """Knows which documents are one problem."""

    def groups(self, time: datetime, /) -> Mapping[str, str]:
        """Return the group of each linked document, by key, as it was known at `time`."""
        ...


@dataclass(frozen=True, slots=True)
class DuplicateLink:
    """Two documents, by their keys in the index, that are one problem; `known` is since when."""

    key: str
    other: str
    known: datetime


@dataclass(frozen=True, slots=True)
class MarkedLinks:
    """Links that are held in memory; a `Links`."""

    links: tuple[DuplicateLink, ...]

    def groups(self, time: datetime, /) -> Mapping[str, str]:
        """Return the group of each linked document, by key, as it was known at `time`."""
        return known_groups(self.links, time)


def known_groups(links: Iterable[DuplicateLink], time: datetime) -> dict[str, str]:
    """Return each linked document's group, named by one of its keys, by the links before `time`.

    What was linked later must not be used to find what was asked then.
    """
    above: dict[str, str] = {}

    def top(key: str) -> str:
        while (upper := above.setdefault(key, key)) != key:
            above[key] = key = above[upper]
        return key

    for link in links:
        if link.known < time:
            first, second = sorted((top(link.key), top(link.other)))
            above[second] = first
    return {key: top(key) for key in list(above)}


def with_groups(
    candidates: Sequence[Candidate], groups: Mapping[str, str]
) -> tuple[Candidate, ...]:
    """Tell candidates their groups; one without keeps none."""
    return tuple(
        replace(candidate, group=groups[candidate.key]) if candidate.key in groups else candidate
        for candidate in candidates
    )


def missing_members(found: Iterable[str], groups: Mapping[str, str]) -> list[str]:
    """Return the keys of known duplicates of what was found that were not found themselves."""
    keys = set(found)
    reached = {groups[key] for key in keys if key in groups}
    members = (key for key, group in groups.items() if group in reached and key not in keys)
    return sorted(members)[:_MEMBERS]
