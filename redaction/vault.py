"""Keeps what the placeholders of one case stand for; it leaves memory sealed only."""

import json
import zlib
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from typing import Final

from redaction.detection.identities import Earlier
from redaction.detection.literals import Literal, Literals
from redaction.text import RawText

_BITS: Final = 0xFFFF


def checksum(value: str) -> int:
    """Return 16 bits of a value, by which nearly every word is told from a secret without a key.

    They are kept beside the fingerprint and leave memory sealed as it does: who opens a vault opens
    it with the keyring that makes the fingerprints, and learns nothing from them.
    """
    return zlib.crc32(value.encode("utf-8", "surrogatepass")) & _BITS


def suspects(words: Iterable[str], checksums: Container[int] | None) -> list[str]:
    """Return the words whose checksum is one of `checksums`; all of them when that is None.

    Raises:
        ValueError: a word holds a line end; it could not be told from two.
    """
    if checksums is None:
        return list(words)
    # A call for each word would cost more than its checksum; one without a line end is one line.
    listed = list(words)
    lines = "\n".join(listed).encode("utf-8", "surrogatepass").split(b"\n") if listed else ()
    sums = map(zlib.crc32, lines)
    return [word for word, each in zip(listed, sums, strict=True) if each & _BITS in checksums]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a placeholder stands for: a value, or for a dropped secret only its fingerprint.

    `checksum` is that of the secret; None where a vault was written without.
    """

    placeholder: str
    kind: str
    value: RawText | None
    fingerprint: str
    checksum: int | None = None


def entry_of(
    placeholder: str, kind: str, value: str, secret: bool, digest: Callable[[str], str]
) -> Entry:
    """Build what a placeholder stands for; of a secret only fingerprint and checksum stay."""
    if secret:
        return Entry(placeholder, kind, None, digest(value), checksum(value))
    return Entry(placeholder, kind, RawText(value), "")


@dataclass(frozen=True, slots=True)
class Vault:
    """The values of one case.

    `literals` are the spellings that count everywhere, `kept` what was looked at and left because
    its context showed it to be a version or a figure, `digest` makes fingerprints of secrets.
    """

    entries: tuple[Entry, ...]
    literals: tuple[tuple[RawText, str, bool, bool], ...] = field(repr=False)
    kept: frozenset[str] = field(repr=False)
    digest: Callable[[str], str] = field(repr=False, compare=False)

    def value(self, placeholder: str) -> RawText | None:
        """Return what a placeholder stands for, None when it was dropped or is unknown."""
        known = (entry.value for entry in self.entries if entry.placeholder == placeholder)
        return next(known, None)

    def table(self) -> Literals:
        """Return the table that finds these values in a text."""
        return Literals(
            Literal(value.reveal(), kind, exact, guarded)
            for value, kind, exact, guarded in self.literals
        )

    def known(self) -> Earlier:
        """Return what the case's placeholders stand for, so that a new redaction goes on."""
        named = [(e.placeholder, e.kind, e.value.reveal()) for e in self.entries if e.value]
        secrets = {e.fingerprint: e.placeholder for e in self.entries if e.fingerprint}
        firm = frozenset(value.reveal() for value, *_ in self.literals)
        return Earlier(named, secrets, firm, self.digest)

    def fingerprints(self) -> dict[str, str]:
        """Return the kinds of the dropped secrets by fingerprint."""
        return {entry.fingerprint: entry.kind for entry in self.entries if entry.fingerprint}

    def checksums(self) -> frozenset[int] | None:
        """Return the checksums of the dropped secrets; None when one has none: it may be any."""
        known = [entry.checksum for entry in self.entries if entry.fingerprint]
        return None if None in known else frozenset(each for each in known if each is not None)

    def plain(self) -> bytes:
        """Serialise for encryption; the caller encrypts before anything else happens."""
        rows = [
            [
                e.placeholder,
                e.kind,
                e.value.reveal() if e.value else None,
                e.fingerprint,
                e.checksum,
            ]
            for e in self.entries
        ]
        literals = [
            [value.reveal(), kind, exact, guarded] for value, kind, exact, guarded in self.literals
        ]
        body = {"entries": rows, "literals": literals, "kept": sorted(self.kept)}
        return json.dumps(body, ensure_ascii=True).encode()


def vault_from(plain: bytes, digest: Callable[[str], str]) -> Vault:
    """Read back what `Vault.plain` wrote."""
    body = json.loads(plain)
    return Vault(
        tuple(
            Entry(placeholder, kind, None if value is None else RawText(value), *marks)
            for placeholder, kind, value, *marks in body["entries"]
        ),
        tuple(
            (RawText(value), kind, exact, guarded)
            for value, kind, exact, guarded in body["literals"]
        ),
        frozenset(body["kept"]),
        digest,
    )


def entries_of(
    named: Iterable[tuple[str, str, str]],
    is_secret: Callable[[str], bool],
    digest: Callable[[str], str],
) -> tuple[Entry, ...]:
    """Build entries from `(placeholder, kind, value)`; of a secret no copy stays."""
    return tuple(
        entry_of(placeholder, kind, value, is_secret(kind), digest)
        for placeholder, kind, value in named
    )
