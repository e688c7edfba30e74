"""Puts documents that were linked as duplicates into groups, as they were known at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from retrieval.features import Candidate


@dataclass(frozen=True, slots=True)
class DuplicateLink:
    """Two documents, by their keys in the index, that are one problem; `known` is since when."""

    key: str
    other: str
    known: datetime


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


def with_groups(candidates: Sequence[Candidate], groups: dict[str, str]) -> tuple[Candidate, ...]:
    """Tell candidates their groups; one without keeps none."""
    return tuple(
        replace(candidate, group=groups[candidate.key]) if candidate.key in groups else candidate
        for candidate in candidates
    )
