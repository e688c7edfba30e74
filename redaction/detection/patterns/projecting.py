"""Writes a text as one byte a character: ASCII as itself, all else as a table says."""

import codecs
from collections.abc import Callable
from functools import cached_property


class Projection:
    """One such table, filled as characters are met; what is ASCII costs no more than a copy."""

    def __init__(self, name: str, byte_of: Callable[[str], int]) -> None:
        """Take a name that no other projection has, and the byte of a character outside ASCII."""
        self._name = f"casewright-{name}"
        self._byte_of = byte_of
        self._known: dict[str, int] = {}

    def __call__(self, text: str) -> bytes:
        """Write a text; lone surrogates are characters too."""
        return text.encode("ascii", "strict" if text.isascii() else self._registered)

    @cached_property
    def _registered(self) -> str:
        # The encoder copies ASCII and asks only about what is none: a table of all characters
        # would be asked about each.
        codecs.register_error(self._name, self._written)
        return self._name

    def _written(self, error: UnicodeError) -> tuple[bytes, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        known = self._known
        part = error.object[error.start : error.end]
        for character in set(part).difference(known):
            known[character] = self._byte_of(character)
        return bytes(map(known.__getitem__, part)), error.end
