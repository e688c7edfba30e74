"""The door to cryptography: the workspace key, the keys of cases, and what both protect."""

import hashlib
import hmac
import os
from pathlib import Path
from typing import Final, Protocol, Self

from redaction.errors import KeyUnavailable, SealBroken
from redaction.keyplaces import KeyFiles
from redaction.seal import Seal

_LENGTH: Final = 32
_NONCE: Final = 12


class KeySource(Protocol):
    """What wraps the key of a case: the workspace key, a KMS, or HashiCorp Vault."""

    def wrap(self, data_key: bytes, case_id: str) -> bytes:
        """Encrypt a data key so that it opens for this case only."""
        ...

    def unwrap(self, wrapped: bytes, case_id: str) -> bytes:
        """Return the data key.

        Raises:
            SealBroken: it was changed, moved to another case, or wrapped by another source.
            KeyUnavailable: the source cannot be reached.
        """
        ...


class WorkspaceKey:
    """Wraps data keys with AES-256-GCM under the workspace key; the case id is bound to each."""

    def __init__(self, key: bytes) -> None:
        """Take the key that wraps, 32 bytes."""
        self._key = key

    def wrap(self, data_key: bytes, case_id: str) -> bytes:
        """Encrypt a data key; the nonce comes first."""
        return _encrypt(self._key, data_key, f"data key {case_id}")

    def unwrap(self, wrapped: bytes, case_id: str) -> bytes:
        """Return the data key.

        Raises:
            SealBroken: it was changed, moved to another case, or wrapped under another key.
        """
        return _decrypt(self._key, wrapped, f"data key {case_id}")


class CaseKey:
    """The data key of one case: without it nobody can read the case's vault.

    AES-256-GCM with a random nonce, not AES-SIV: the vault is one body that is read whole, so
    nothing is looked up by its ciphertext, and a random nonce does not show that two are equal.
    """

    def __init__(self, key: bytes, case_id: str) -> None:
        """Take the data key, 32 bytes, and its case."""
        self._key = key
        self._case_id = case_id

    def encrypt(self, plain: bytes, purpose: str) -> bytes:
        """Encrypt; the nonce comes first."""
        return _encrypt(self._key, plain, f"{purpose} {self._case_id}")

    def decrypt(self, sealed: bytes, purpose: str) -> bytes:
        """Decrypt what `encrypt` made for the same purpose.

        Raises:
            SealBroken: it was changed, moved, or written under another key.
        """
        return _decrypt(self._key, sealed, f"{purpose} {self._case_id}")


class Keyring:
    """Every key of a workspace, derived (HKDF-SHA256) from one that is kept outside it."""

    def __init__(self, key: bytes, source: KeySource | None = None) -> None:
        """Take the workspace key, 32 bytes, and what wraps data keys when that is not the key."""
        self._key = key
        self._source = source or WorkspaceKey(self._derive(b"wrapping of data keys"))
        self._fingerprints = self._derive(b"fingerprints of dropped secrets")
        self._entities = self._derive(b"entity references")
        self._ledger = self._derive(b"chain of the ledger")

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new key file, readable by its owner only; an existing one is never overwritten.

        Raises:
            KeyUnavailable: the file exists, or cannot be written.
        """
        return cls(KeyFiles(path.parent, path.suffix).create(path.stem))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read the key file.

        Raises:
            KeyUnavailable: it is missing, others may read it, or it is no key.
        """
        return cls(KeyFiles(path.parent, path.suffix).read(path.stem))

    @property
    def seal(self) -> Seal:
        """The seal for stored redacted values."""
        return Seal(self._derive(b"seal of stored values"))

    def new_case_key(self, case_id: str) -> tuple[CaseKey, bytes]:
        """Make a data key for a case: the key, and its wrapped form for the store.

        Raises:
            KeyUnavailable: what wraps it cannot be reached.
        """
        key = os.urandom(_LENGTH)
        return CaseKey(key, case_id), self._source.wrap(key, case_id)

    def case_key(self, wrapped: bytes, case_id: str) -> CaseKey:
        """Open the data key of a case.

        Raises:
            SealBroken: it was changed, moved, or wrapped under another key.
            KeyUnavailable: what unwraps it cannot be reached.
        """
        return CaseKey(self._source.unwrap(wrapped, case_id), case_id)

    def entity_ref(self, kind: str, value: str) -> str:
        """Return a keyed reference (hex, HMAC-SHA256) to a tenant, account or owner."""
        message = f"{kind}\0{' '.join(value.split()).casefold()}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._entities, message, hashlib.sha256).hex()

    def fingerprint(self, secret: str) -> str:
        """Return the keyed fingerprint (hex) by which a dropped secret is known again."""
        message = secret.encode("utf-8", "surrogatepass")
        return hmac.digest(self._fingerprints, message, hashlib.sha256).hex()

    def chain(self, message: bytes) -> str:
        """Return the MAC (hex, HMAC-SHA256) of a ledger entry."""
        return hmac.digest(self._ledger, message, hashlib.sha256).hex()

    def encrypt(self, plain: bytes, binding: str) -> bytes:
        """Encrypt what belongs to the workspace, not to a case: AES-256-GCM under its own key."""
        return _encrypt(self._derive(f"vault {binding}".encode()), plain, binding)

    def decrypt(self, sealed: bytes, binding: str) -> bytes:
        """Decrypt what `encrypt` made under the same binding.

        Raises:
            SealBroken: it was changed, moved, or written under another key.
        """
        return _decrypt(self._derive(f"vault {binding}".encode()), sealed, binding)

    def _derive(self, purpose: bytes) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        if len(self._key) != _LENGTH:
            raise KeyUnavailable(f"the workspace key must hold {_LENGTH} bytes.")
        info = b"casewright 1 " + purpose
        return HKDF(algorithm=SHA256(), length=_LENGTH, salt=None, info=info).derive(self._key)


def _encrypt(key: bytes, plain: bytes, binding: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, binding.encode())


def _decrypt(key: bytes, sealed: bytes, binding: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], binding.encode())
    except (InvalidTag, ValueError):
        pass
    raise SealBroken(tuple(binding.rsplit(" ", 1)))
