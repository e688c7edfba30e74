"""The book of evidence: turns places in redacted artifacts into numbered citations."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final, TypeAlias

from assistant.facts import Citations, Evidence, Facts
from redaction import PLACEHOLDER, Anchor, RedactedCase, RedactedText, compose

_LONGEST_TIME: Final = 60
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DAY: Final = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{1,2}}(?:,? \d{{4}})?)"
)
_HOUR: Final = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|[A-Z]{3,4}|[AaPp][Mm])\b)?"
_TIME: Final = re.compile(
    rf"\b(?:{_HOUR}(?:,? (?:on )?{_DAY})?|{_DAY}(?:(?:T|,? (?:at )?){_HOUR})?)(?![\w:])"
)
_LOOSE: Final = re.compile(
    r"(?i)[\s,;(]+(?:at|on|of|in|to|as|by|for|from|since|until|between|before|after|around|with|the"
    r"|a|an|and|or)?\s*\Z"
)
WIDTH: Final = 240


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that stands at or below an anchor: a sentence of a message, a ticket's value."""

    anchor: Anchor
    text: RedactedText


Place: TypeAlias = Anchor | Quote


@dataclass(frozen=True, slots=True)
class _Cited:
    order: int
    line: int
    offset: int
    artifact: str
    text: RedactedText


class Book:
    """Collects what the facts of one case cite.

    While facts are computed a citation is a provisional key; `close` replaces the keys by `E1`,
    `E2`, … in case order (artifact, line) and keeps only what the facts use.
    """

    def __init__(self, case: RedactedCase) -> None:
        """Open the book on the artifacts of `case`."""
        self._artifacts = {artifact.id: artifact.text for artifact in case.artifacts}
        self._orders = {artifact.id: order for order, artifact in enumerate(case.artifacts)}
        self._starts: dict[str, list[int]] = {}
        self._cited: dict[str, _Cited] = {}

    def cite(self, *places: Place) -> Citations:
        """Return one key for each place, without duplicates; unknown places are left out."""
        keys = (self._key(place) for place in places)
        return tuple(dict.fromkeys(key for key in keys if key is not None))

    def close(self, facts: Facts) -> Facts:
        """Return `facts` with final ids and the evidence that they use."""
        used = dict.fromkeys(_citations(facts))
        ranked = sorted(used, key=lambda key: self._rank(self._cited[key]))
        ids = {key: f"E{number}" for number, key in enumerate(ranked, 1)}
        evidence = tuple(
            Evidence(ids[key], cited.artifact, cited.line, cited.text)
            for key, cited in ((key, self._cited[key]) for key in ranked)
        )
        return replace(_renamed(facts, ids), evidence=evidence)

    def _key(self, place: Place) -> str | None:
        anchor = place.anchor if isinstance(place, Quote) else place
        if anchor.artifact not in self._artifacts:
            return None
        starts = self._line_starts(anchor.artifact)
        if not 1 <= anchor.line <= len(starts):
            return None
        position, length = starts[anchor.line - 1], WIDTH
        if isinstance(place, Quote):
            position, length = _find(self._artifacts[anchor.artifact], place.text, position)
        return self._enter(anchor.artifact, position, length)

    def _enter(self, artifact: str, position: int, length: int) -> str:
        starts, text = self._line_starts(artifact), self._artifacts[artifact]
        line = bisect_right(starts, position)
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(text)
        # A long line (a whole export on one line) is cited by passage, a short one as a whole.
        offset = position - start if end - start > WIDTH else 0
        key = f"{artifact}:{line}:{offset}"
        if key not in self._cited:
            stop = end if end - start <= WIDTH else min(end, position + length)
            passage = clip(text[start + offset : stop].strip(), WIDTH)
            self._cited[key] = _Cited(self._orders[artifact], line, offset, artifact, passage)
        return key

    def _line_starts(self, artifact: str) -> list[int]:
        if artifact not in self._starts:
            lines = self._artifacts[artifact].splitlines(keepends=True)
            ends = accumulate(len(line) for line in lines)
            self._starts[artifact] = [0, *ends][: max(1, len(lines))]
        return self._starts[artifact]

    @staticmethod
    def _rank(cited: _Cited) -> tuple[int, int, int]:
        return cited.order, cited.line, cited.offset


def clip(text: RedactedText, width: int) -> RedactedText:
    """Shorten to at most `width` characters and a mark, never inside a placeholder or a word."""
    if len(text) <= width:
        return text
    cut = width
    for placeholder in PLACEHOLDER.finditer(text, max(0, width - 60)):
        if placeholder.start() < cut < placeholder.end():
            cut = placeholder.start()
    space = text.rfind(" ", int(cut * 0.75), cut)
    return compose("{text} …", text=text[: unbroken(text, space if space > 0 else cut)].strip())


def unbroken(text: str, cut: int) -> int:
    """Return the last place up to `cut` where a text may end: not inside a time, not after "on"."""
    first = max(0, cut - _LONGEST_TIME)
    inside = next((t for t in _TIME.finditer(text, first) if t.start() < cut < t.end()), None)
    end = inside.start() if inside else cut
    while (loose := _LOOSE.search(text, first, end)) is not None:
        end = loose.start()
    return end or cut


def _find(text: RedactedText, passage: RedactedText, start: int) -> tuple[int, int]:
    """Return where `passage` stands at or after `start`, also as a JSON string, and its length."""
    needle = passage.split("\n", 1)[0].strip()
    escaped = json.dumps(needle)[1:-1], json.dumps(needle, ensure_ascii=False)[1:-1]
    for candidate in (needle, *escaped):
        found = text.find(candidate, start) if candidate else -1
        if found >= 0:
            return found, len(candidate)
    found = text.find(needle[:40], start) if needle else -1
    return (found, WIDTH) if found >= 0 else (start, WIDTH)


def _citations(facts: Facts) -> Iterable[str]:
    yield from facts.severity.evidence
    yield from facts.cause.evidence
    yield from facts.state_evidence
    for group in (
        facts.timeline,
        facts.impact,
        facts.signatures,
        facts.components,
        facts.versions,
        facts.actions,
        facts.open_questions,
        facts.next_steps,
    ):
        for item in group:
            yield from item.evidence
    for hypothesis in facts.hypotheses:
        yield from hypothesis.evidence_for
        yield from hypothesis.evidence_against


def _renamed(facts: Facts, ids: dict[str, str]) -> Facts:
    def named(keys: Citations) -> Citations:
        return tuple(sorted((ids[key] for key in keys), key=lambda name: int(name[1:])))

    return replace(
        facts,
        severity=replace(facts.severity, evidence=named(facts.severity.evidence)),
        cause=replace(facts.cause, evidence=named(facts.cause.evidence)),
        state_evidence=named(facts.state_evidence),
        timeline=tuple(replace(row, evidence=named(row.evidence)) for row in facts.timeline),
        impact=tuple(replace(row, evidence=named(row.evidence)) for row in facts.impact),
        signatures=tuple(replace(row, evidence=named(row.evidence)) for row in facts.signatures),
        components=tuple(replace(row, evidence=named(row.evidence)) for row in facts.components),
        versions=tuple(replace(row, evidence=named(row.evidence)) for row in facts.versions),
        actions=tuple(replace(row, evidence=named(row.evidence)) for row in facts.actions),
        hypotheses=tuple(
            replace(
                row,
                evidence_for=named(row.evidence_for),
                evidence_against=named(row.evidence_against),
            )
            for row in facts.hypotheses
        ),
        open_questions=tuple(
            replace(row, evidence=named(row.evidence)) for row in facts.open_questions
        ),
        next_steps=tuple(replace(row, evidence=named(row.evidence)) for row in facts.next_steps),
    )
