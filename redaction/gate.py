"""The outbound gate: scans every text that is about to leave, and refuses when anything shows."""

import re
from collections.abc import Iterator
from typing import Protocol

from redaction.detection import Detector
from redaction.detection.literals import Literals
from redaction.detection.passes import Closed
from redaction.errors import EgressRefused
from redaction.policy import Policy
from redaction.text import RedactedText, mint
from redaction.vault import Vault

_TAG = re.compile(r"<([A-Z_]+?)(?:_[0-9]+(?:\.[0-9]+)?)?>")
_WORD = re.compile(r"\S+")
_PIECE = re.compile(r"[^=:,;\"'()<>\[\]{}@/&|]{6,}")
_EDGES = ".,;:!?\"'`()<>[]{}"
# A pattern that guesses a name from its place is no reason to stop a text: names are stopped by
# the vault of the case.
_GUESSES = frozenset({"PERSON", "ORGANIZATION", "TAG"})
_SURE = 0.5

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
        self._kept = vault.kept if vault else frozenset[str]()

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

    def _scan(self, text: str) -> None:
        hits: tuple[Hit, ...] = ()
        with Closed("the outbound gate") as closed:
            tags = [match.span() for match in _TAG.finditer(text) if self._is_kind(match[1])]
            found = (*self._patterns(text), *self._values(text), *self._secrets(text))
            hits = tuple(sorted({hit for hit in found if not _inside(hit, tags)}, key=_place))
        if closed.error is not None:
            raise closed.error
        if hits:
            raise EgressRefused(hits)

    def _is_kind(self, name: str) -> bool:
        """Tell a tag of the policy from a name that somebody put between angle brackets."""
        return name in self._policy.actions

    def _patterns(self, text: str) -> Iterator[Hit]:
        for finding in self._detector.patterns(text):
            if finding.type in _GUESSES or finding.score < _SURE:
                continue
            value = text[finding.start : finding.end]
            if self._policy.action(finding.type) is not None and value not in self._kept:
                yield finding.type, finding.start, finding.end

    def _values(self, text: str) -> Iterator[Hit]:
        for start, end, literal in self._table.find(text):
            yield literal.key, start, end

    def _secrets(self, text: str) -> Iterator[Hit]:
        if self._vault is None or not self._fingerprints:
            return
        seen: dict[str, str | None] = {}
        for start, candidate in _candidates(text):
            if candidate not in seen:
                seen[candidate] = self._fingerprints.get(self._vault.digest(candidate))
            kind = seen[candidate]
            if kind is not None:
                yield kind, start, start + len(candidate)


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    """Yield what may be a whole secret: each word, the word without its edges, and its pieces."""
    for word in _WORD.finditer(text):
        bare = word[0].strip(_EDGES)
        if len(bare) < 6 or bare.isalpha():
            continue
        yield word.start(), word[0]
        yield word.start() + word[0].find(bare), bare
        for piece in _PIECE.finditer(word[0]):
            if not piece[0].isalpha():
                yield word.start() + piece.start(), piece[0]
        equals = word[0].find("=") + 1
        if equals:
            rest = word[0][equals:].strip(_EDGES)
            yield word.start() + word[0].find(rest, equals), rest


def _inside(hit: Hit, tags: list[tuple[int, int]]) -> bool:
    return any(start <= hit[1] and hit[2] <= end for start, end in tags)


def _place(hit: Hit) -> tuple[int, int, str]:
    return hit[1], hit[2], hit[0]
