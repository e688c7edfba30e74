"""The door to the operating system's keyring, one of the places that may keep a workspace key."""

import base64
import binascii
import os
from contextlib import suppress
from typing import Final

from redaction.errors import KeyUnavailable

_SERVICE: Final = "casewright"
_LENGTH: Final = 32


class OsKeyring:
    """Workspace keys in the keyring of the person who is logged in."""

    def __init__(self) -> None:
        """Find the keyring of this system.

        Raises:
            KeyUnavailable: the library is not installed, or the system has no keyring.
        """
        try:
            import keyring
            from keyring import errors
        except ModuleNotFoundError:
            raise KeyUnavailable(
                "the keyring library is missing. Run: pip install 'casewright[keyring]', "
                "or set CASEWRIGHT_KEY_SOURCE=file"
            ) from None
        self._library = keyring
        # Some backends raise plain RuntimeErrors when no session is there to unlock them.
        self._errors = (errors.KeyringError, RuntimeError)

    def create(self, identity: str) -> bytes:
        """Make a key and keep it in the keyring.

        Raises:
            KeyUnavailable: the keyring holds one already, or does not answer.
        """
        if self._stored(identity) is not None:
            raise KeyUnavailable(f"the keyring holds a key for workspace {identity} already.")
        key = os.urandom(_LENGTH)
        refused = ""
        try:
            self._library.set_password(_SERVICE, identity, base64.b64encode(key).decode())
        except self._errors as error:
            refused = type(error).__name__
        if refused:
            raise _no_answer(refused)
        return key

    def read(self, identity: str) -> bytes:
        """Return a key from the keyring.

        Raises:
            KeyUnavailable: it is not there, is no key, or the keyring does not answer.
        """
        stored = self._stored(identity)
        if stored is None:
            raise KeyUnavailable(
                f"the keyring has no key for workspace {identity}. Restore it from your backup; "
                "without it what is stored cannot be read."
            )
        key = b""
        with suppress(binascii.Error, ValueError):
            key = base64.b64decode(stored, validate=True)
        if len(key) != _LENGTH:
            raise KeyUnavailable(f"what the keyring holds for workspace {identity} is no key.")
        return key

    def discard(self, identity: str) -> None:
        """Remove a key from the keyring; one that is not there is no error."""
        try:
            self._library.delete_password(_SERVICE, identity)
        except self._errors:
            return

    def _stored(self, identity: str) -> str | None:
        # The library's own errors may quote what was asked; they are named, never chained.
        refused = ""
        try:
            return self._library.get_password(_SERVICE, identity)
        except self._errors as error:
            refused = type(error).__name__
        raise _no_answer(refused)


def _no_answer(kind: str) -> KeyUnavailable:
    return KeyUnavailable(
        f"the keyring of this system does not answer ({kind}). Unlock it or install a backend "
        "(such as SecretService), or set CASEWRIGHT_KEY_SOURCE to file or environment."
    )
