"""Where the key of a workspace may be kept, always outside it: a key file, or handed over."""

import base64
import binascii
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from redaction.errors import KeyUnavailable

_LENGTH: Final = 32


class KeyPlace(Protocol):
    """A place that keeps workspace keys, each under the identity of its workspace."""

    def create(self, identity: str) -> bytes:
        """Make and keep a key (32 bytes) for a new workspace; an existing one stays as it is.

        Raises:
            KeyUnavailable: there is one already, or the place cannot keep it.
        """
        ...

    def read(self, identity: str) -> bytes:
        """Return the key of a workspace, 32 bytes.

        Raises:
            KeyUnavailable: it is not there, cannot be read, or is no key.
        """
        ...

    def discard(self, identity: str) -> None:
        """Remove the key of a workspace that never came to be."""
        ...


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Key files in a folder, `<identity>.key`, readable by their owner alone."""

    folder: Path
    suffix: str = ".key"

    def create(self, identity: str) -> bytes:
        """Write a new key file with mode 0600.

        Raises:
            KeyUnavailable: the file exists, or cannot be written.
        """
        path, key = self._path(identity), os.urandom(_LENGTH)
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
        return key

    def read(self, identity: str) -> bytes:
        """Read a key file.

        Raises:
            KeyUnavailable: it is missing, others may read it, or it is no key.
        """
        path = self._path(identity)
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
        return key

    def discard(self, identity: str) -> None:
        """Remove a key file."""
        self._path(identity).unlink(missing_ok=True)

    def _path(self, identity: str) -> Path:
        return self.folder / f"{identity}{self.suffix}"


@dataclass(frozen=True, slots=True)
class GivenKey:
    """One key in base64 that whoever started the program has handed over; nothing is kept."""

    encoded: str
    name: str

    def __repr__(self) -> str:
        return f"GivenKey({self.name})"

    def create(self, identity: str) -> bytes:
        """Return the key that was given.

        Raises:
            KeyUnavailable: there is none, or it is no key; its value is never shown.
        """
        return self.read(identity)

    def read(self, identity: str) -> bytes:
        """Return the key that was given.

        Raises:
            KeyUnavailable: there is none, or it is no key; its value is never shown.
        """
        del identity
        key = b""
        with suppress(binascii.Error, ValueError):  # never chained to the error below
            key = base64.b64decode(self.encoded.strip(), validate=True)
        if len(key) != _LENGTH:
            raise KeyUnavailable(
                f"{self.name} must hold {_LENGTH} bytes in base64; "
                "make one with: head -c 32 /dev/urandom | base64"
            )
        return key

    def discard(self, identity: str) -> None:
        """Leave everything as it is: the key belongs to whoever gave it."""
