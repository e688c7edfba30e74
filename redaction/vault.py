"""Keeps what the placeholders of one case stand for; it leaves memory sealed only."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from redaction.detection.identities import Known
from redaction.detection.literals import Literal, Literals
from redaction.text import RawText


@dataclass(frozen=True, slots=True)
class Entry:
    """What a placeholder stands for: a value, or for a dropped secret only its fingerprint."""

    placeholder: str
    kind: str
    value: RawText | None
    fingerprint: str


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

    def known(self) -> Known:
        """Return what the case's placeholders stand for, so that a new redaction goes on."""
        named = [(e.placeholder, e.kind, e.value.reveal()) for e in self.entries if e.value]
        secrets = {e.fingerprint: e.placeholder for e in self.entries if e.fingerprint}
        firm = frozenset(value.reveal() for value, *_ in self.literals)
        return Known(named, secrets, firm, self.digest)

    def fingerprints(self) -> dict[str, str]:
        """Return the kinds of the dropped secrets by fingerprint."""
        return {entry.fingerprint: entry.kind for entry in self.entries if entry.fingerprint}

    def plain(self) -> bytes:
        """Serialise for encryption; the caller encrypts before anything else happens."""
        rows = [
            [e.placeholder, e.kind, e.value.reveal() if e.value else None, e.fingerprint]
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
            Entry(placeholder, kind, None if value is None else RawText(value), fingerprint)
            for placeholder, kind, value, fingerprint in body["entries"]
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
    """Build entries from `(placeholder, kind, value)`; of a secret only the fingerprint stays."""
    return tuple(
        Entry(placeholder, kind, None, digest(value))
        if is_secret(kind)
        else Entry(placeholder, kind, RawText(value), "")
        for placeholder, kind, value in named
    )
