"""The outbound gate: scans every text that is about to leave, and refuses when anything shows."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Protocol

from redaction.detection import Detector
from redaction.detection.closed import Closed
from redaction.detection.literals import Literal, Literals
from redaction.detection.views.hidden import plain_view
from redaction.detection.views.views import View
from redaction.errors import EgressRefused
from redaction.policy import Policy
from redaction.text import RedactedText, mint
from redaction.vault import Vault, suspects

_WORD = re.compile(r"\S+")
_PIECE = re.compile(r"[^=:,;\"'()<>\[\]{}@/&| ]{6,}")
_SHORTEST = 6
_EDGES = ".,;:!?\"'`()<>[]{}"
# A pattern that guesses a name from its place is no reason to stop a text: names are stopped by
# the vault of the case.
_GUESSES = frozenset({"PERSON", "ORGANIZATION", "TAG"})
_SURE = 0.5
# How many words of texts that passed are remembered, so that they are not hashed again; how long.
_REMEMBERED, _LONGEST = 50_000, 200

Hit = tuple[str, int, int]
"""What was found: kind, start and end (exclusive) in characters; never the value."""


class Gate(Protocol):
    """What stands before every text that leaves for a model, an index or an export."""

    def check(self, text: RedactedText) -> None:
        """Let the text pass.

        Raises:
            EgressRefused: something shows; kinds and offsets only.
        """
        ...

    def admit(self, text: str) -> RedactedText:
        """Mint text that came from outside, such as a model's answer, when nothing shows in it.

        Raises:
            EgressRefused: something shows; kinds and offsets only.
        """
        ...


class OutboundGate:
    """The real gate: patterns always, and for a case every value of its vault."""

    def __init__(self, detector: Detector, policy: Policy, vault: Vault | None = None) -> None:
        """Hold detector and policy; documents that belong to no case need no vault."""
        self._detector = detector
        self._policy = policy
        self._vault = vault
        self._table = vault.table() if vault else Literals(())
        self._fingerprints = vault.fingerprints() if vault else {}
        self._checksums = vault.checksums() if vault else None
        self._harmless: set[str] = set()
        self._kept = vault.kept if vault else frozenset[str]()
        # A tag of the policy, not a name that somebody put between angle brackets.
        kinds = "|".join(map(re.escape, sorted(policy.actions)))
        self._tag = re.compile(rf"<(?:{kinds})(?:_[0-9]+(?:\.[0-9]+)?)?>")
        self._left = _GUESSES.union(kind for kind in policy.actions if policy.action(kind) is None)
        self._denied = Literals(Literal(value, kind) for value, kind in policy.lists.deny.items())
        self._allowed = frozenset(value.casefold() for value in policy.lists.allow)

    def for_case(self, vault: Vault) -> "OutboundGate":
        """Return the gate of a case, which knows its values."""
        return OutboundGate(self._detector, self._policy, vault)

    def check(self, text: RedactedText) -> None:
        """Let the text pass.

        Raises:
            EgressRefused: something shows; kinds and offsets only.
            DetectorFailed: a detector broke; nothing passes.
        """
        self._scan(text)

    def admit(self, text: str) -> RedactedText:
        """Mint text that came from outside, when nothing shows in it.

        Raises:
            EgressRefused: something shows; kinds and offsets only.
            DetectorFailed: a detector broke; nothing passes.
        """
        self._scan(text)
        return mint(text)

    def redacted(self, text: str) -> RedactedText:
        """Redact and retry: replace what shows by typed tags, and admit the rest.

        Raises:
            EgressRefused: something shows even then.
            DetectorFailed: a detector broke; nothing passes.
        """
        try:
            return self.admit(text)
        except EgressRefused as error:
            hits = error.findings
        parts: list[str] = []
        at = 0
        for kind, start, end in hits:
            if end > at:
                parts += (text[at : max(start, at)], f"<{kind}>" if start >= at else "")
                at = end
        return self.admit("".join((*parts, text[at:])))

    def _scan(self, text: str) -> None:
        hits: tuple[Hit, ...] = ()
        with Closed("the outbound gate") as closed:
            hits = tuple(sorted(self._hits(text), key=_place))
        if closed.error is not None:
            raise closed.error
        if hits:
            raise EgressRefused(hits)

    def _hits(self, text: str) -> set[Hit]:
        """Look at the text as it is written, and at what it means where that is something else."""
        written = str(text)
        hits = self._found(written)
        view = plain_view(written)
        if view.text is written or view.text == written:
            return hits
        at = view.size if view.text.startswith(written) else 0
        for kind, start, end in self._found(view.text[at:]):
            hits.update((kind, *place) for place in _places(view, start + at, end + at))
        return hits

    def _found(self, text: str) -> set[Hit]:
        found = (*self._patterns(text), *self._values(text), *self._secrets(text))
        if not found:
            return set()
        tags = [match.span() for match in self._tag.finditer(text)]
        return {hit for hit in found if not _inside(hit, tags)}

    def _patterns(self, text: str) -> Iterator[Hit]:
        for finding in self._detector.patterns(text, self._left):
            if finding.type in _GUESSES or finding.score < _SURE:
                continue
            value = text[finding.start : finding.end]
            if value in self._kept or value.casefold() in self._allowed:
                continue
            if self._policy.action(finding.type) is not None:
                yield finding.type, finding.start, finding.end

    def _values(self, text: str) -> Iterator[Hit]:
        for table in (self._table, self._denied):
            for start, end, literal in table.find(text):
                yield literal.key, start, end

    def _secrets(self, text: str) -> Iterator[Hit]:
        if self._vault is None or not self._fingerprints:
            return
        # Tags hold no secret, and nearly always no word is one: only when one is, its places are
        # looked for.
        words = set(self._tag.sub(" ", text).split()) - self._harmless
        fresh = {each for each in words if len(each) >= _SHORTEST and not each.isalpha()}
        telling = self._telling(fresh) if fresh else set[str]()
        if not telling:
            self._remember(fresh)
            return
        for word in _WORD.finditer(self._tag.sub(_blank, text)):
            for start, candidate in _candidates(word[0]) if word[0] in telling else ():
                kind = self._fingerprints.get(self._vault.digest(candidate))
                if kind is not None:
                    at = word.start() + start
                    yield kind, at, at + len(candidate)

    def _telling(self, words: set[str]) -> set[str]:
        """Return the words that hold a secret."""
        if self._vault is None:
            return set()
        # Many words share what is hashed of them, and hashing costs more than all else here.
        digest, known, sums = self._vault.digest, self._fingerprints, self._checksums
        said = _told_by(words)
        if not any(digest(each) in known for each in suspects(said, sums)):
            return set()
        return {
            word for word in words if any(digest(each) in known for _, each in _candidates(word))
        }

    def _remember(self, harmless: set[str]) -> None:
        """Remember words that need not be hashed again, so many and no more."""
        if len(self._harmless) + len(harmless) > _REMEMBERED:
            self._harmless.clear()
        if len(harmless) <= _REMEMBERED:
            self._harmless |= {word for word in harmless if len(word) <= _LONGEST}


def _places(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    for place in view.places(start, end):
        yield place.start, place.end


def _blank(tag: re.Match[str]) -> str:
    return " " * len(tag[0])


def _candidates(word: str) -> Iterator[tuple[int, str]]:
    """Yield what of a word may be a whole secret: itself, without its edges, and its pieces."""
    bare = word.strip(_EDGES)
    if len(bare) < _SHORTEST or bare.isalpha():
        return
    yield 0, word
    if len(bare) < len(word):
        yield word.find(bare), bare
    for piece in _PIECE.finditer(word):
        if len(piece[0]) < len(word) and not piece[0].isalpha():
            yield piece.start(), piece[0]
    equals = word.find("=") + 1
    if equals:
        rest = word[equals:].strip(_EDGES)
        yield word.find(rest, equals), rest


def _told_by(words: set[str]) -> set[str]:
    """Return every candidate of some words, and others that are none, without their places."""
    said = words.union(map(str.strip, words, repeat(_EDGES)), _PIECE.findall(" ".join(words)))
    said.update(word.partition("=")[2].strip(_EDGES) for word in words if "=" in word)
    return said


def _inside(hit: Hit, tags: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(tags, hit[1], key=_first) - 1
    return index >= 0 and hit[2] <= tags[index][1]


def _first(span: tuple[int, int]) -> int:
    return span[0]


def _place(hit: Hit) -> tuple[int, int, str]:
    return hit[1], hit[2], hit[0]
