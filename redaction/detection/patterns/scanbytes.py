# ruff: noqa: ANN401 - the nodes of the parser's tree have no types
# pyright: basic
"""Says as which bytes the characters are scanned that one node of an expression may match.

ASCII stands for itself; every other character stands for its class (`LETTER`, `DECIMAL`, `SPACE`,
`OTHER`), so that a text is scanned as one byte a character. The four letters that equal `i`, `k`
or `s` when case is ignored stand for those: so a word in any case stays a word for the engine.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from math import log2
from typing import Any, Final

_c: Any = import_module("re._constants")

LETTER, DECIMAL, SPACE, OTHER = 0x80, 0x81, 0x82, 0x83
Bytes = frozenset[int]
_FOREIGN: Final = frozenset({LETTER, DECIMAL, SPACE, OTHER})
ALL: Final = frozenset(range(128)) | _FOREIGN
NEWLINE: Final = 10
WORD: Final = frozenset(i for i in range(128) if chr(i).isalnum() or i == 95) | {LETTER, DECIMAL}
_CATEGORIES: Final[dict[str, Bytes]] = {
    "WORD": WORD,
    "DIGIT": frozenset(range(48, 58)) | {DECIMAL},
    "SPACE": frozenset(i for i in range(128) if chr(i).isspace()) | {SPACE},
}
# The dotted and the dotless i, the long s, the Kelvin sign.
_ALIKE: Final = {0x130: ord("i"), 0x131: ord("i"), 0x17F: ord("s"), 0x212A: ord("k")}
ALIKE: Final = "".join(map(chr, _ALIKE))
"""The characters that are scanned as letters of ASCII."""
# Bytes that stand for another character too.
_SHARED: Final = frozenset(_ALIKE.values())
# Numbers, not the enumeration: its operators cost more than all else here.
_IGNORECASE, _DOTALL = int(re.IGNORECASE), int(re.DOTALL)


def class_of(character: str) -> int:
    """Return the byte that a character outside ASCII is scanned as."""
    alike = _ALIKE.get(ord(character))
    if alike is not None:
        return alike
    if character.isdecimal():
        return DECIMAL
    if character.isalnum():
        return LETTER
    return SPACE if character.isspace() else OTHER


def members_of(op: Any, value: Any, flags: int) -> Bytes | None:
    """Return the bytes of the characters that a node may match; None when it is no single one."""
    if op is _c.LITERAL:
        return _literal(value, bool(flags & _IGNORECASE))
    if op is _c.NOT_LITERAL:
        return ALL - ({value} - _SHARED) if value < 128 else ALL
    if op is _c.ANY:
        return ALL if flags & _DOTALL else ALL - {NEWLINE}
    if op is not _c.IN:
        return None
    return _class(tuple(value), bool(flags & _IGNORECASE))


@cache
def _literal(code: int, folded: bool) -> Bytes:
    return _folded(_bytes_of([code]), folded)


@cache
def _class(items: tuple[Any, ...], folded: bool) -> Bytes:
    negated = items[0][0] is _c.NEGATE
    found: Bytes = frozenset()
    surely: Bytes = frozenset()
    for kind, item in items[1:] if negated else items:
        if kind is _c.LITERAL:
            members = _bytes_of([item])
            sure = members - _FOREIGN - _SHARED
        elif kind is _c.RANGE:
            members = _range(*item)
            sure = members - _FOREIGN - _SHARED
        else:
            members = sure = _category(item)
        found |= members
        surely |= sure
    return ALL - surely if negated else _folded(found, folded)


def _range(low: int, high: int) -> Bytes:
    ascii_part = frozenset(range(low, min(high, 127) + 1))
    if high < 128:
        return ascii_part
    if high - max(low, 128) > 2000:
        return ascii_part | _FOREIGN | _bytes_of(each for each in _ALIKE if low <= each <= high)
    return ascii_part | _bytes_of(range(max(low, 128), high + 1))


def _bytes_of(codes: Iterable[int]) -> Bytes:
    return frozenset(code if code < 128 else class_of(chr(code)) for code in codes)


def _folded(members: Bytes, folded: bool) -> Bytes:
    if not folded:
        return members
    return members | {ord(c) for m in members if m < 128 for c in (chr(m).lower(), chr(m).upper())}


def _category(code: Any) -> Bytes:
    name = str(code).removeprefix("CATEGORY_")
    members = _CATEGORIES[name.removeprefix("NOT_")]
    return ALL - members if name.startswith("NOT_") else members


def surely(nodes: Sequence[Any], flags: int) -> Bytes:
    """Return the bytes whose every character, standing alone, matches all of `nodes`."""
    if len(nodes) != 1:
        return frozenset()
    op, value = nodes[0]
    folded = bool(flags & _IGNORECASE)
    if op is _c.BRANCH:
        return frozenset().union(*(surely(list(branch), flags) for branch in value[1]))
    if op is _c.SUBPATTERN:
        return surely(list(value[3]), (flags | value[1]) & ~value[2])
    if op is _c.LITERAL:
        return _all_of({value}, folded) if value < 128 else frozenset()
    if op is not _c.IN:
        return frozenset()
    if value[0][0] is _c.NEGATE:
        return ALL - (members_of(_c.IN, value[1:], flags | _IGNORECASE) or ALL)
    found: Bytes = frozenset()
    for kind, item in value:
        if kind is _c.CATEGORY:
            found |= _category(item)
        elif kind is _c.LITERAL and item < 128:
            found |= _all_of({item}, folded)
        elif kind is _c.RANGE:
            found |= _all_of(range(item[0], min(item[1], 127) + 1), folded)
    return found


def _all_of(codes: Iterable[int], folded: bool) -> Bytes:
    """Return the bytes of characters of ASCII that stand for nothing else that would not match."""
    return _folded(frozenset(codes), True) if folded else frozenset(codes) - _SHARED


@cache
def written(members: Bytes) -> str:
    """Write a set of bytes as an expression for one of them."""
    runs: list[str] = []
    ordered = sorted(members)
    start = before = ordered[0]
    for code in [*ordered[1:], 999]:
        if code != before + 1:
            runs.append(f"\\x{start:02x}" if start == before else f"\\x{start:02x}-\\x{before:02x}")
            start = code
        before = code
    return runs[0] if len(members) == 1 else f"[{''.join(runs)}]"


def _share(code: int) -> float:
    """Say roughly how often a byte stands in logs and mail; letters go together, so more often."""
    character = chr(code)
    if code >= 128:
        return 0.01
    if character.islower():
        return 0.1
    if character.isdigit():
        return 0.03
    return {" ": 0.12, ":": 0.03}.get(character, 0.015)


_SHARES: Final = {code: _share(code) for code in ALL}


@cache
def telling(members: Bytes) -> float:
    """Return how much it tells, in bits, that a byte is one of these."""
    return max(0.0, -log2(min(1.0, sum(_SHARES[each] for each in members))))
