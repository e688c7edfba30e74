"""Tells the values of a cookie header from its names and attributes."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

_PAIR: Final = re.compile(r"(?P<name>[^=;,\s]{1,200})[ \t]{0,4}=[ \t]{0,4}(?P<value>[^;]*)")
_ATTRIBUTES: Final = frozenset(
    ("path", "domain", "expires", "max-age", "samesite", "version", "priority", "comment")
)


def parts_of(kind: str, value: str) -> Iterable[tuple[int, int]]:
    """Return where the parts of a value of a kind stand: a cookie header's values, else all."""
    return cookie_values(value) if kind == "COOKIE" else ((0, len(value)),)


def cookie_values(header: str) -> Iterator[tuple[int, int]]:
    """Yield where each value of a `Cookie` or `Set-Cookie` header stands, all of it without names.

    Names tell an engineer which cookies there were, and attributes how they were set.
    """
    pairs = list(_PAIR.finditer(header))
    if not pairs:
        yield 0, len(header)
    for pair in pairs:
        if pair["name"].lower() not in _ATTRIBUTES:
            yield pair.span("value")
