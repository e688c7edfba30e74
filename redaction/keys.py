"""The door to cryptography: the workspace key, what is derived from it, and the sealed vault."""

import hashlib
import hmac
import os
import stat
from pathlib import Path
from typing import Final, Self

from redaction.errors import KeyUnavailable, SealBroken
from redaction.seal import Seal

_LENGTH: Final = 32
_NONCE: Final = 12


class Keyring:
    """Every key of a workspace, derived (HKDF-SHA256) from one file kept outside it."""

    def __init__(self, key: bytes) -> None:
        """Take the workspace key, 32 bytes."""
        self._key = key
        self._fingerprints = self._derive(b"fingerprints of dropped secrets")
        self._entities = self._derive(b"entity references")

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new key file, readable by its owner only; an existing one is never overwritten.

        Raises:
            KeyUnavailable: the file exists, or cannot be written.
        """
        key = os.urandom(_LENGTH)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except FileExistsError:
            raise KeyUnavailable(f"{path} exists: open it, or name another file.") from None
        except OSError as error:
            raise KeyUnavailable(f"cannot write {path}: {error.strerror}.") from None
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        return cls(key)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read the key file.

        Raises:
            KeyUnavailable: it is missing, others may read it, or it is no key.
        """
        try:
            with path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                key = file.read(_LENGTH + 1)
        except FileNotFoundError:
            raise KeyUnavailable(
                f"no workspace key at {path}. Restore it from your backup; "
                "without it what is stored cannot be read."
            ) from None
        except OSError as error:
            raise KeyUnavailable(f"cannot read {path}: {error.strerror}.") from None
        if stat.S_IMODE(mode) & 0o077:
            raise KeyUnavailable(f"{path} can be read by others. Run: chmod 600 {path}")
        if len(key) != _LENGTH:
            raise KeyUnavailable(f"{path} is not a workspace key: it must hold {_LENGTH} bytes.")
        return cls(key)

    @property
    def seal(self) -> Seal:
        """The seal for stored redacted values."""
        return Seal(self._derive(b"seal of stored values"))

    def entity_ref(self, kind: str, value: str) -> str:
        """Return a keyed reference (hex, HMAC-SHA256) to a tenant, account or owner."""
        message = f"{kind}\0{' '.join(value.split()).casefold()}".encode()
        return hmac.digest(self._entities, message, hashlib.sha256).hex()

    def fingerprint(self, secret: str) -> str:
        """Return the keyed fingerprint (hex) by which a dropped secret is known again."""
        message = secret.encode("utf-8", "surrogatepass")
        return hmac.digest(self._fingerprints, message, hashlib.sha256).hex()

    def encrypt(self, plain: bytes, binding: str) -> bytes:
        """Encrypt with AES-256-GCM under a key of its own; the nonce comes first."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE)
        cipher = AESGCM(self._derive(f"vault {binding}".encode()))
        return nonce + cipher.encrypt(nonce, plain, binding.encode())

    def decrypt(self, sealed: bytes, binding: str) -> bytes:
        """Decrypt what `encrypt` made under the same binding.

        Raises:
            SealBroken: it was changed, moved, or written under another key.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        cipher = AESGCM(self._derive(f"vault {binding}".encode()))
        try:
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], binding.encode())
        except (InvalidTag, ValueError):
            pass
        raise SealBroken(("vault", binding))

    def _derive(self, purpose: bytes) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        info = b"casewright 1 " + purpose
        return HKDF(algorithm=SHA256(), length=_LENGTH, salt=None, info=info).derive(self._key)
