# ruff: noqa: ANN401 - the nodes of the parser's tree have no types
# pyright: basic
"""Widens an expression into one that an automaton runs over bytes: where it matches, this hits.

The widened expression may hit where the expression does not match, never the other way round: what
cannot be said exactly is left out, and what follows an unbounded or very long repeat is cut off. So
is everything after a head that tells enough: a long expression takes an automaton long to compile,
and where its head hits, the expression itself decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import ceil, inf, log2
from typing import Any, Final

from redaction.detection.patterns.reach import Reach, crosses
from redaction.detection.patterns.scanbytes import (
    ALL,
    WORD,
    Bytes,
    members_of,
    surely,
    telling,
    written,
)

_c: Any = import_module("re._constants")

_LONGEST_REPEAT, _WIDEST = 130, 400
_COUNTED = 2
# A head that tells this many bits hits so seldom that the rest need not be said.
_ENOUGH = 18.0
# After a head that tells this many, a longer run of what hardly tells anything is cut short.
_BEGUN, _HARDLY, _SHORT = 7.0, 1.0, 4


@dataclass(frozen=True, slots=True)
class Widened:
    """A widened expression, and what a hit says about where the match begins.

    `expression` is None when nothing selective could be said: the real one runs over everything.
    `span` is the longest that a hit may be, `lead` how many characters before a hit the match may
    begin.
    """

    expression: bytes | None
    span: int
    lead: int


def widen(reach: Reach) -> Widened:
    """Widen the expression that was read."""
    writer = _Writer()
    edges = _Edges(True, True, True, True)
    text, width, _ = writer.sequence(list(reach.tree), reach.flags, edges, _ENOUGH)
    expression = text.encode("ascii") if writer.consumed else None
    return Widened(expression, width + 2, writer.lead + 2)


_Part = tuple[str, int, bool]  # what was written, its greatest width, whether it is whole
_UNSEEN: Final = (_c.ASSERT, _c.ASSERT_NOT, _c.AT)
_REPEATS: Final = (_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where a node stands: what may be written at it.

    `open` and `close`: what stands beside the match may be written before or after it, once;
    `front`: nothing is consumed before it; `last`: nothing is asked after it.
    """

    open: bool
    front: bool
    last: bool
    close: bool


_INSIDE: Final = _Edges(False, False, False, False)
_FINAL: Final = _Edges(False, False, True, False)


class _Writer:
    """Writes one tree from its front until something cannot be said or enough is told."""

    def __init__(self) -> None:
        self.consumed = False
        self.lead = 0
        self._closed = 0
        self._groups: dict[int, _Part] = {}

    def sequence(self, nodes: Sequence[Any], flags: int, edges: _Edges, need: float) -> _Part:
        """Write nodes until `need` bits are told; unlimited, all that can be said."""
        parts: list[str] = []
        width = 0
        for at, (op, value) in enumerate(nodes):
            if need <= 0:
                return "".join(parts), width, False
            rest = nodes[at + 1 :]
            here = _Edges(
                edges.open,
                edges.front,
                edges.last and not rest,
                edges.close and all(other in _UNSEEN for other, _ in rest),
            )
            if op in _UNSEEN:
                text, size = self._beside(op, value, nodes, at, flags, here)
                parts.append(text)
                width += size
                if text:
                    edges = _Edges(False, edges.front, edges.last, edges.close and edges.open)
                continue
            lead, closed = self.lead, self._closed
            told = _told(op, value, flags)
            text, size, whole = self._node(
                op,
                value,
                flags,
                here,
                _WIDEST - width,
                need if told >= need or op in _REPEATS else inf,
            )
            need -= told
            if self.lead > lead:
                # The hit begins later than the match: what stands before the match is not there.
                parts, width = [], 0
            parts.append(text)
            width += size
            edges = _Edges(False, False, edges.last, edges.close and self._closed == closed)
            if not whole:
                return "".join(parts), width, False
        return "".join(parts), width, True

    def _node(
        self, op: Any, value: Any, flags: int, edges: _Edges, room: int, need: float
    ) -> _Part:
        members = members_of(op, value, flags)
        if members is not None:
            if room < 1:
                return "", 0, False
            self.consumed = True
            return written(members), 1, True
        if op is _c.SUBPATTERN:
            group, add, remove, inner = value
            part = self._grouped(list(inner), (flags | add) & ~remove, edges, need)
            if group is not None:
                self._groups[group] = part
            return part
        if op is _c.ATOMIC_GROUP:
            return self._grouped(list(value), flags, edges, need)
        if op is _c.BRANCH:
            return self._branch(value[1], flags, edges, need)
        if op in _REPEATS:
            return self._repeat(value, flags, edges, room, need)
        if op is _c.GROUPREF and value in self._groups:
            return self._groups[value]
        return "", 0, False

    def _grouped(self, nodes: Sequence[Any], flags: int, edges: _Edges, need: float) -> _Part:
        text, width, whole = self.sequence(nodes, flags, edges, need)
        return (f"(?:{text})" if text else ""), width, whole

    def _branch(self, branches: Sequence[Any], flags: int, edges: _Edges, need: float) -> _Part:
        inside = _Edges(edges.open, False, edges.last, edges.close)
        # Many branches together hit as often as the sum of them.
        need += log2(len(branches))
        parts = [self.sequence(list(branch), flags, inside, need) for branch in branches]
        text = "|".join(dict.fromkeys(part for part, _, _ in parts))
        return f"(?:{text})", max(width for _, width, _ in parts), all(w for _, _, w in parts)

    def _repeat(self, value: Any, flags: int, edges: _Edges, room: int, need: float) -> _Part:
        least, most, inner = value
        if edges.last:
            # A hit at the shortest match is enough: the real expression says how far it goes.
            most = least
        if most == 0:
            return "", 0, True
        once = _all_told(inner, flags)
        enough = once > 0 and least * once >= need
        before = self.consumed
        text, width, whole = self.sequence(
            list(inner), flags, _INSIDE, need if enough and once >= need else inf
        )
        if not whole:
            if least == 0:
                self.consumed = before
                return "", 0, False
            return f"(?:{text})", width, False
        if least == 0:
            self.consumed = before
        if once < _HARDLY and least > _SHORT and need <= _ENOUGH - _BEGUN:
            # A long run of nearly anything: automata grow by it, and it tells little.
            return f"(?:{text}){{{_SHORT}}}", width * _SHORT, False
        if enough:
            times = min(least, ceil(need / once), max(room // max(width, 1), 0))
            return (f"(?:{text}){{{times}}}" if times else ""), width * times, False
        cut = most > _LONGEST_REPEAT or width * most > room
        if cut and edges.front and 0 < least * width < room and most < _c.MAXREPEAT:
            self.lead += width * (most - least)
            most, cut = least, False
        if cut:
            most = least = min(least, max(room // max(width, 1), 0), _LONGEST_REPEAT)
        if not most:
            self.consumed = before
            return "", 0, False
        # An open repeat costs an automaton one state; how far a match may go is counted here.
        times = f"{{{least},}}" if most > max(2 * least, _COUNTED) else f"{{{least},{most}}}"
        return f"(?:{text}){times}", width * most, not cut

    def _beside(
        self, op: Any, value: Any, nodes: Sequence[Any], at: int, flags: int, edges: _Edges
    ) -> tuple[str, int]:
        """Write what must or must not stand beside the match as part of it, at its edges only."""
        text, size = "", 0
        if op is _c.AT:
            text, size = _place(value, nodes, at, flags, edges)
        elif edges.open if value[0] < 0 else edges.close:
            text, size = self._context(op, value, flags)
        if text and not edges.open:
            self._closed += 1
        return text, size

    def _context(self, op: Any, value: Any, flags: int) -> tuple[str, int]:
        direction, inner = value
        if op is _c.ASSERT:
            if crosses(inner, flags) or inner.getwidth()[0] == 0:
                return "", 0
            before = self.consumed
            text, width, whole = self.sequence(
                list(inner), flags, _FINAL, _ENOUGH if direction > 0 else inf
            )
            self.consumed = before
            return (f"(?:{text})", width) if text and (whole or direction > 0) else ("", 0)
        refused = surely(list(inner), flags)
        if not refused:
            return "", 0
        allowed = written(ALL - refused)
        return (f"(?:^|{allowed})" if direction < 0 else f"(?:{allowed}|$)"), 1


def _all_told(nodes: Iterable[Any], flags: int) -> float:
    return sum(_told(op, value, flags) for op, value in nodes)


def _told(op: Any, value: Any, flags: int) -> float:
    """Return how many bits a node tells: about twice as often it hits for each bit less."""
    members = members_of(op, value, flags)
    if members is not None:
        return telling(members)
    if op is _c.SUBPATTERN:
        return _all_told(value[3], (flags | value[1]) & ~value[2])
    if op is _c.ATOMIC_GROUP:
        return _all_told(value, flags)
    if op is _c.BRANCH:
        return -log2(min(1.0, sum(2 ** -_all_told(branch, flags) for branch in value[1])))
    return value[0] * _all_told(value[2], flags) if op in _REPEATS else 0.0


def _place(value: Any, nodes: Sequence[Any], at: int, flags: int, edges: _Edges) -> tuple[str, int]:
    if value in (_c.AT_BEGINNING, _c.AT_BEGINNING_STRING):
        return ("^" if edges.open else ""), 0
    if value in (_c.AT_END, _c.AT_END_STRING):
        return ("$" if edges.close else ""), 0
    if value is not _c.AT_BOUNDARY or not (edges.open or edges.close):
        return "", 0
    beside = nodes[at + 1 :] if edges.open else list(reversed(nodes[:at]))
    found = _begins(beside, flags, backwards=not edges.open)
    if not found or not found <= WORD:
        return "", 0
    other = written(ALL - WORD)
    return (f"(?:^|{other})" if edges.open else f"(?:{other}|$)"), 1


def _begins(nodes: Sequence[Any], flags: int, backwards: bool = False) -> Bytes | None:
    """Return the bytes that a match of `nodes` may begin with, None when that is not known.

    Read `backwards`, with the nodes in reverse order, what it may end with.
    """
    found: Bytes = frozenset()
    for op, value in nodes:
        members = members_of(op, value, flags)
        if members is not None:
            return found | members
        if op in (_c.ASSERT, _c.ASSERT_NOT):
            continue
        if op is _c.SUBPATTERN:
            _, add, remove, inner = value
            branches, optional = [(list(inner), (flags | add) & ~remove)], inner.getwidth()[0] == 0
        elif op is _c.BRANCH:
            branches = [(list(branch), flags) for branch in value[1]]
            optional = any(branch.getwidth()[0] == 0 for branch in value[1])
        elif op in _REPEATS:
            branches, optional = [(list(value[2]), flags)], value[0] == 0
        else:
            return None
        if optional and op is not _c.MAX_REPEAT:
            return None
        for branch, inside in branches:
            begins = _begins(branch[::-1] if backwards else branch, inside, backwards)
            if begins is None:
                return None
            found |= begins
        if not optional:
            return found
    return None
