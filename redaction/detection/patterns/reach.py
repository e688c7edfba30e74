# pyright: basic
"""Says of an expression how far its matches reach and which words they hold."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from string import digits
from typing import Any, Final

from redaction.detection.patterns.factors import Word, words_of
from redaction.detection.patterns.scanbytes import NEWLINE, members_of

# The standard library's own parser: the same tree that the confirming expression is compiled from.
_parser: Any = import_module("re._parser")
_c: Any = import_module("re._constants")
_REPEATS: Final = (_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT)


@dataclass(frozen=True, slots=True)
class Reach:
    """What finding the matches of an expression needs to know of it.

    `width` is the longest match, `sight` how far it looks beyond its end; None means without
    limit. An expression `in_line` never matches across a line end, and what is `local` does not
    look across one either: nothing but its line decides. To one for which digits are `alike` it is
    the same which digits of ASCII stand where. Every match holds one of the
    `words`, which tells so many bits; without any there is nothing to look for first. The
    first of them ends at most `head` characters behind the beginning of the match.
    """

    tree: Any
    flags: int
    width: int | None
    sight: int | None
    in_line: bool
    local: bool
    alike: bool
    words: frozenset[Word]
    told: float
    head: int


def reach_of(pattern: re.Pattern[str]) -> Reach:
    """Read an expression.

    Raises:
        ValueError: it matches the empty text, which no finding may be.
    """
    flags = int(pattern.flags)
    tree = _parser.parse(pattern.pattern, flags)
    low, high = tree.getwidth()
    if low == 0:
        raise ValueError("an expression may not match the empty text")
    sight = _sight(tree)
    in_line = not crosses(tree, flags)
    found = words_of(tree, flags)
    words, told = found.words, found.told
    if not told or high >= _c.MAXREPEAT:
        words, told = frozenset(), 0.0
    return Reach(
        tree,
        flags,
        None if high >= _c.MAXREPEAT else high,
        None if sight >= _c.MAXREPEAT else sight,
        in_line,
        in_line and not _looks_across(tree, flags),
        not _tells_digits(tree),
        words,
        told,
        found.reach,
    )


def may_be_empty(pattern: re.Pattern[str]) -> bool:
    """Tell whether an expression may match between two characters."""
    return _parser.parse(pattern.pattern, int(pattern.flags)).getwidth()[0] == 0


def crosses(nodes: Iterable[Any], flags: int) -> bool:
    """Tell whether a match may hold a line end."""
    for op, value in nodes:
        members = members_of(op, value, flags)
        if members is not None:
            if NEWLINE in members:
                return True
        elif op is _c.SUBPATTERN:
            if crosses(value[3], (flags | value[1]) & ~value[2]):
                return True
        elif op is _c.ATOMIC_GROUP:
            if crosses(value, flags):
                return True
        elif op is _c.BRANCH:
            if any(crosses(branch, flags) for branch in value[1]):
                return True
        elif op in _REPEATS:
            if crosses(value[2], flags):
                return True
        elif op is _c.GROUPREF_EXISTS:
            if any(branch and crosses(branch, flags) for branch in value[1:]):
                return True
        elif op in (_c.ASSERT, _c.ASSERT_NOT, _c.AT, _c.GROUPREF):
            continue
        else:
            return True
    return False


def _looks_across(nodes: Iterable[Any], flags: int) -> bool:
    """Tell whether what must or must not stand beside may go on behind a line end."""
    for op, value in nodes:
        if op in (_c.ASSERT, _c.ASSERT_NOT):
            inner = value[1]
            beyond = inner.getwidth()[1] > 1 or _holds_assertion(inner)
            if (beyond and crosses(inner, flags)) or _looks_across(inner, flags):
                return True
        elif any(_looks_across(inner, inside) for inner, inside in _inside(op, value, flags)):
            return True
    return False


def _holds_assertion(nodes: Iterable[Any]) -> bool:
    return any(
        op in (_c.ASSERT, _c.ASSERT_NOT)
        or any(_holds_assertion(inner) for inner, _ in _inside(op, value, 0))
        for op, value in nodes
    )


def _inside(op: Any, value: Any, flags: int) -> list[tuple[Any, int]]:  # noqa: ANN401
    if op is _c.SUBPATTERN:
        return [(value[3], (flags | value[1]) & ~value[2])]
    if op is _c.ATOMIC_GROUP:
        return [(value, flags)]
    if op is _c.BRANCH:
        return [(branch, flags) for branch in value[1]]
    return [(value[2], flags)] if op in _REPEATS else []


def _tells_digits(nodes: Iterable[Any]) -> bool:
    """Tell whether one digit of ASCII may match where another does not."""
    for op, value in nodes:
        if op in (_c.LITERAL, _c.NOT_LITERAL):
            if chr(value) in digits:
                return True
        elif op is _c.IN:
            if 0 < len(_digits_in(value)) < len(digits):
                return True
        elif op in (_c.ASSERT, _c.ASSERT_NOT):
            if _tells_digits(value[1]):
                return True
        elif op in (_c.GROUPREF, _c.GROUPREF_EXISTS):
            # What it repeats may hold a digit.
            return True
        elif any(_tells_digits(inner) for inner, _ in _inside(op, value, 0)):
            return True
    return False


def _digits_in(items: Iterable[Any]) -> set[str]:
    """Return the digits of ASCII that the items of a class name one by one or in ranges."""
    found: set[str] = set()
    for op, value in items:
        if op is _c.LITERAL:
            found.update({chr(value)} & set(digits))
        elif op is _c.RANGE:
            found.update(each for each in digits if value[0] <= ord(each) <= value[1])
    return found


def _sight(nodes: Iterable[Any]) -> int:
    """Return how many characters beyond its end a match may look at."""
    sight = 0
    for op, value in nodes:
        if op in (_c.ASSERT, _c.ASSERT_NOT):
            inner = value[1]
            ahead = inner.getwidth()[1] if value[0] > 0 else 0
            sight = max(sight, min(ahead + _sight(inner), _c.MAXREPEAT))
        elif op is _c.SUBPATTERN:
            sight = max(sight, _sight(value[3]))
        elif op is _c.ATOMIC_GROUP:
            sight = max(sight, _sight(value))
        elif op is _c.BRANCH:
            sight = max(sight, *(_sight(branch) for branch in value[1]))
        elif op in _REPEATS:
            sight = max(sight, _sight(value[2]))
        elif op is _c.GROUPREF_EXISTS:
            sight = max(sight, *(_sight(branch) for branch in value[1:] if branch))
    return sight + 1
