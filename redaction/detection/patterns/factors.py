# ruff: noqa: ANN401 - the nodes of the parser's tree have no types
# pyright: basic
"""Finds the words of which every match of an expression holds at least one."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from math import log2
from typing import Any, Final

from redaction.detection.patterns.scanbytes import members_of, telling

_c: Any = import_module("re._constants")

Word = tuple[str, bool]
"""What stands in the text, and whether its capitals do not matter; then it is in lower case."""
Words = frozenset[Word]

_NOTHING: Final[Words] = frozenset({("", False)})
_MOST, _LETTERS, _LONGEST = 40, 3, 8
_REPEATS: Final = (_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT)
_UNSEEN: Final = (_c.ASSERT, _c.ASSERT_NOT, _c.AT)


@dataclass(frozen=True, slots=True)
class Found:
    """Words of which one stands in every match, how many bits such a word tells, where it ends.

    `reach` is how far behind the beginning of the match the first of them ends at most.
    """

    words: Words
    told: float
    reach: int


def words_of(nodes: Any, flags: int) -> Found:
    """Return words of which one stands in every match; nothing tells 0 bits."""
    best = Found(_NOTHING, 0.0, 0)
    run = _NOTHING
    width = 0
    for at, (op, value) in enumerate(nodes):
        exact = _exact(op, value, flags)
        longer = None if exact is None else _joined(run, exact)
        before, width = width, width + nodes[at : at + 1].getwidth()[1]
        if longer is not None:
            run = longer
            continue
        best = _better(best, _valued(run, before))
        run = exact if exact is not None else _NOTHING
        if exact is None:
            inside = _inside(op, value, flags)
            best = _better(best, Found(inside.words, inside.told, before + inside.reach))
    return _better(best, _valued(run, width))


def _better(best: Found, other: Found) -> Found:
    return other if other.told > best.told else best


def _valued(words: Words, reach: int) -> Found:
    """Cut long words, which stay words that every match holds, and tell what they tell."""
    words = frozenset((word[:_LONGEST], folded) for word, folded in words)
    told = -log2(min(1.0, sum(2 ** -_bits(*word) for word in words)))
    return Found(words, told, reach)


def _bits(word: str, folded: bool) -> float:
    return sum(telling(frozenset({ord(c), ord(c.upper())} if folded else {ord(c)})) for c in word)


def _joined(left: Words, right: Words) -> Words | None:
    if len(left) * len(right) > _MOST:
        return None
    both: set[Word] = set()
    for (a, folds), (b, folded) in product(left, right):
        either = folds or folded
        both.add(((a + b).lower() if either else a + b, either))
    return frozenset(both)


def _inside(op: Any, value: Any, flags: int) -> Found:
    if op is _c.SUBPATTERN:
        return words_of(value[3], (flags | value[1]) & ~value[2])
    if op is _c.ATOMIC_GROUP:
        return words_of(value, flags)
    if op in _REPEATS and value[0]:
        return words_of(value[2], flags)
    if op is not _c.BRANCH:
        return Found(_NOTHING, 0.0, 0)
    found: Words = frozenset()
    reach = 0
    for branch in value[1]:
        inside = words_of(branch, flags)
        if not inside.told:
            return inside
        found |= inside.words
        reach = max(reach, inside.reach)
    return _valued(found, reach)


def _exact(op: Any, value: Any, flags: int) -> Words | None:
    """Return all that a node may match, None when that is too much or not known."""
    members = members_of(op, value, flags)
    if members is not None:
        if any(not 0 < each < 128 for each in members) or len(members) > 2 * _LETTERS:
            return None
        letters = {chr(each) for each in members}
        if any(each.swapcase() != each and each.swapcase() in letters for each in letters):
            return frozenset((each.lower(), True) for each in letters)
        return frozenset((each, False) for each in letters)
    if op in _UNSEEN:
        return _NOTHING
    if op is _c.SUBPATTERN:
        return _sequence(value[3], (flags | value[1]) & ~value[2])
    if op is _c.ATOMIC_GROUP:
        return _sequence(value, flags)
    if op in _REPEATS and value[1] == 1:
        once = _sequence(value[2], flags)
        return once if once is None or value[0] else once | _NOTHING
    if op is not _c.BRANCH:
        return None
    found: Words = frozenset()
    for branch in value[1]:
        words = _sequence(branch, flags)
        if words is None or len(found := found | words) > _MOST:
            return None
    return found


def _sequence(nodes: Sequence[Any], flags: int) -> Words | None:
    run = _NOTHING
    for op, value in nodes:
        words = _exact(op, value, flags)
        run = None if words is None else _joined(run, words)
        if run is None:
            return None
    return run
