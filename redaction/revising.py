"""Applies a workspace's lists to a case that is already redacted, without its files."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape

from redaction.assembling import assembled
from redaction.case import Artifact, Placed, Quarantined, Span
from redaction.detection import Finding
from redaction.detection.literals import Literal, Literals
from redaction.policy import Policy
from redaction.redactor import Redaction
from redaction.resplicing import name_redacted_further, outside_placeholders, redact_further
from redaction.text import PLACEHOLDER, RawText, RedactedText, mint
from redaction.vault import Entry, Vault, entry_of


@dataclass(frozen=True, slots=True)
class Revision:
    """A case after its lists were applied, and how many places were redacted and released."""

    redaction: Redaction
    redacted: int
    released: int


def revise(redaction: Redaction, policy: Policy, zone: str | None = None) -> Revision:
    """Redact what the lists of `policy` deny and release what they allow, in every artifact.

    The case keeps the fingerprint of the policy that it was redacted under: only the lists are
    applied. A released value comes back as it was first spelled. One that cannot stand in its
    format unescaped stays redacted: it comes back when the case is redacted from its files.
    `zone` is that of times which state none.
    """
    names = _Names(redaction.vault, policy)
    release = _released(redaction.vault, policy)
    artifacts: list[Artifact] = []
    redacted = released = 0
    for artifact in redaction.case.artifacts:
        restored = _restore(artifact, release)
        revised = redact_further(restored, names.find, names.name, policy)
        released += len(artifact.spans) - len(restored.spans)
        redacted += len(revised.spans) - len(restored.spans)
        artifacts.append(replace(revised, name=names.clean(revised.name)))
    quarantined = tuple(
        Quarantined(each.id, names.clean(each.name), each.reason)
        for each in redaction.case.quarantined
    )
    before = redaction.case
    case = assembled(
        before.id, before.policy, artifacts, quarantined, untitled=before.title, zone=zone
    )
    vault = _vault(redaction.vault, release, names)
    return Revision(replace(redaction, case=case, vault=vault), redacted, released)


class _Names:
    """Finds denied values, and names them: as the vault does, or with the next free number."""

    def __init__(self, vault: Vault, policy: Policy) -> None:
        self._policy = policy
        self._digest = vault.digest
        self._table = Literals(Literal(value, kind) for value, kind in policy.lists.deny.items())
        self._given: dict[tuple[str, str], str] = {}
        self._numbers: dict[str, int] = {}
        self.added: list[tuple[Entry, str]] = []
        for entry in vault.entries:
            number = int(entry.placeholder[1:-1].rpartition("_")[2].partition(".")[0])
            self._numbers[entry.kind] = max(number, self._numbers.get(entry.kind, 0))
            if entry.value is not None:
                self._given[entry.kind, entry.value.reveal().casefold()] = entry.placeholder

    def find(self, text: str) -> Iterator[Finding]:
        """Find denied values outside placeholders."""
        return outside_placeholders(self._table, text, "list:deny")

    def name(self, kind: str, value: str) -> str:
        """Return the placeholder of a denied value."""
        known = self._given.get((kind, value.casefold()))
        if known is not None:
            return known
        self._numbers[kind] = number = self._numbers.get(kind, 0) + 1
        placeholder = self._given[kind, value.casefold()] = f"<{kind}_{number}>"
        secret = self._policy.is_secret(kind)
        entry = entry_of(placeholder, kind, value, secret, self._digest)
        self.added.append((entry, value))
        return placeholder

    def clean(self, name: RedactedText) -> RedactedText:
        """Redact the name of a file."""
        return name_redacted_further(name, self.find, self.name, self._policy)


def _released(vault: Vault, policy: Policy) -> Mapping[str, str]:
    """Return the values to restore, by placeholder."""
    allowed = {value.casefold() for value in policy.lists.allow}
    known = ((e.placeholder, e.value.reveal()) for e in vault.entries if e.value is not None)
    return {placeholder: value for placeholder, value in known if value.casefold() in allowed}


def _restore(artifact: Artifact, release: Mapping[str, str]) -> Artifact:
    if not release:
        return artifact
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for placed in artifact.placed():
        value = _spelled(artifact, placed, release)
        if value is None:
            spans.append(placed.span)
            continue
        parts += (artifact.text[at : placed.start], value)
        at = placed.end
    parts.append(artifact.text[at:])
    return replace(artifact, text=mint("".join(parts)), spans=tuple(spans))


def _spelled(artifact: Artifact, placed: Placed, release: Mapping[str, str]) -> str | None:
    """Write a released value as its place asks for; None when it stays redacted."""
    tag = PLACEHOLDER.search(placed.span.placeholder)
    value = release.get(tag[0]) if tag else None
    if value is None or len(value) != placed.span.end - placed.span.start:
        return None
    written: Callable[[str], str] = escape if "xml" in artifact.media_type else _in_json
    return value if written(value) == value else None


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _vault(vault: Vault, release: Mapping[str, str], names: _Names) -> Vault:
    gone = {value.casefold() for value in release.values()}
    words = {word for value in gone for word in value.split()}
    entries = [entry for entry in vault.entries if entry.placeholder not in release]
    still = {
        word
        for entry in entries
        if entry.value is not None
        for word in entry.value.reveal().casefold().split()
    }
    free = gone | (words - still)
    literals = [known for known in vault.literals if known[0].reveal().casefold() not in free]
    added = [
        (RawText(value), entry.kind, False, False)
        for entry, value in names.added
        if entry.value is not None
    ]
    return replace(
        vault,
        entries=(*entries, *(entry for entry, _ in names.added)),
        literals=(*literals, *added),
        kept=vault.kept | frozenset(release.values()),
    )
