"""Keeps what is stored honest: bodies carry a keyed MAC, and only a valid one is minted again."""

import hashlib
import hmac
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from redaction.errors import SealBroken
from redaction.text import opening_context

T = TypeVar("T")


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    """Building an adapter costs milliseconds; there is one for each stored type."""
    return TypeAdapter(kind)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A stored value: its JSON body and the MAC (hex, SHA-256) over body and binding."""

    body: str
    mac: str


class Seal:
    """Closes values of redacted types for a store and opens them again.

    The binding (table, case id, policy fingerprint) is part of the MAC, so that a body cannot be
    moved to another case, nor the policy that its row names be changed. Whether that policy is the
    one in force today is not asked here: the row says under which it was saved.
    """

    def __init__(self, key: bytes) -> None:
        """Hold the workspace's MAC key, 32 bytes, kept outside the workspace."""
        self._key = key

    def close(self, value: object, kind: type[T], binding: tuple[str, ...]) -> Sealed:
        """Serialise `value` as `kind` and bind it.

        Raises:
            TypeError: `value` is no `kind`, or holds text that was not redacted.
        """
        # The library's error shows the value it met, so it is dropped and never chained.
        body: str | None = None
        with suppress(PydanticSerializationError):
            body = _adapter(kind).dump_json(value, warnings="error").decode()
        if body is None:
            raise TypeError(f"{binding[0]}: a value of another type, or not redacted, is not kept")
        return Sealed(body, self._mac(body, binding))

    def open(self, sealed: Sealed, kind: type[T], binding: tuple[str, ...]) -> T:
        """Verify and read back; redacted strings are minted again.

        Raises:
            SealBroken: the body or its binding was changed, or it was written under another key.
        """
        if not hmac.compare_digest(self._mac(sealed.body, binding), sealed.mac):
            raise SealBroken(binding)
        return _adapter(kind).validate_json(sealed.body, context=opening_context())

    def _mac(self, body: str, binding: tuple[str, ...]) -> str:
        mac = hmac.new(self._key, digestmod=hashlib.sha256)
        for part in (*binding, body):
            encoded = part.encode()
            mac.update(len(encoded).to_bytes(8, "big") + encoded)
        return mac.hexdigest()
