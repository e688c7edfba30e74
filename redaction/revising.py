"""Applies a workspace's lists to a case that is already redacted, without its files."""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from redaction.case import Artifact, Placed, Quarantined, RedactedCase, Span
from redaction.detection import Finding
from redaction.detection.literals import Literal, Literals
from redaction.detection.splicing import settle, splice
from redaction.detection.views.structure import form_of, view_of
from redaction.policy import Policy
from redaction.reading.artifacts import read_structure
from redaction.redactor import Redaction
from redaction.text import PLACEHOLDER, RawText, RedactedText, mint
from redaction.vault import Entry, Vault, entry_of


@dataclass(frozen=True, slots=True)
class Revision:
    """A case after its lists were applied, and how many places were redacted and released."""

    redaction: Redaction
    redacted: int
    released: int


def revise(redaction: Redaction, policy: Policy) -> Revision:
    """Redact what the lists of `policy` deny and release what they allow, in every artifact.

    The case keeps the fingerprint of the policy that it was redacted under: only the lists are
    applied. A released value comes back as it was first spelled. One that cannot stand in its
    format unescaped stays redacted: it comes back when the case is redacted from its files.
    """
    names = _Names(redaction.vault, policy)
    release = _released(redaction.vault, policy)
    artifacts: list[Artifact] = []
    redacted = released = 0
    for artifact in redaction.case.artifacts:
        restored = _restore(artifact, release)
        revised = _redact(restored, names, policy)
        released += len(artifact.spans) - len(restored.spans)
        redacted += len(revised.spans) - len(restored.spans)
        artifacts.append(replace(revised, name=names.clean(revised.name)))
    quarantined = tuple(
        Quarantined(each.id, names.clean(each.name), each.reason)
        for each in redaction.case.quarantined
    )
    case = _case(redaction.case, tuple(artifacts), quarantined)
    vault = _vault(redaction.vault, release, names)
    return Revision(replace(redaction, case=case, vault=vault), redacted, released)


def _case(
    before: RedactedCase,
    artifacts: tuple[Artifact, ...],
    quarantined: tuple[Quarantined, ...],
) -> RedactedCase:
    structure = read_structure(artifacts)
    return RedactedCase(
        id=before.id,
        title=structure.title or before.title,
        policy=before.policy,
        artifacts=artifacts,
        quarantined=quarantined,
        messages=structure.messages,
        events=structure.events,
        samples=structure.samples,
        fields=structure.fields,
    )


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
        tags = [match.span() for match in PLACEHOLDER.finditer(text)]
        starts = [start for start, _ in tags]
        for start, end, literal in self._table.find(text):
            before = bisect_right(starts, start) - 1
            if before < 0 or tags[before][1] <= start:
                yield Finding(start, end, literal.key, "list:deny", 1.0)

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
        view = view_of(name, "text")
        found = settle(self.find(view.text), self._policy)
        return mint(splice(name, view, found, self._policy, self.name, False).text)


def _redact(artifact: Artifact, names: _Names, policy: Policy) -> Artifact:
    view = view_of(artifact.text, form_of(artifact.media_type, artifact.name))
    found = settle(names.find(view.text), policy)
    if not found:
        return artifact
    markup = "xml" in artifact.media_type
    clean = splice(artifact.text, view, found, policy, names.name, markup)
    spans = sorted((*artifact.spans, *_moved(artifact, clean.spans)), key=lambda span: span.start)
    return replace(artifact, text=mint(clean.text), spans=tuple(spans))


def _moved(artifact: Artifact, spans: Sequence[Span]) -> Iterator[Span]:
    """Give spans of the redacted text the offsets of the original."""
    placed = list(artifact.placed())
    ends = [each.end for each in placed]
    for span in spans:
        before = bisect_right(ends, span.start) - 1
        shift = placed[before].span.end - placed[before].end if before >= 0 else 0
        yield replace(span, start=span.start + shift, end=span.end + shift)


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
