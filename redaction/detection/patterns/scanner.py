# pyright: basic
"""The door to Hyperscan: finds in one pass where expressions may match."""

import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from redaction.detection.patterns.hits import Hits, Place, Range
from redaction.detection.patterns.linehits import InLine, LineHits
from redaction.detection.patterns.linememory import LineMemory
from redaction.detection.patterns.projecting import Projection
from redaction.detection.patterns.reach import Reach, reach_of
from redaction.detection.patterns.runs import token_runs
from redaction.detection.patterns.scanbytes import ALIKE, class_of
from redaction.detection.patterns.widening import widen

_TOGETHER = 16
# Words that tell this many bits are seldom enough to look for nothing else.
_SELDOM = 15.0
# Words that tell less stand nearly everywhere.
_OFTEN = 5.0
# Compiling the rest costs as much as running them over this much text.
_WORTH_COMPILING = 150_000
# Words that stand this near to each other are one place to look at.
_NEAR = 64

# As widened expressions expect a text.
scanned: Final = Projection("scanned", class_of)
# To most expressions all digits are alike: for them, lines of one template are one line.
_ALIKE_DIGITS: Final = bytes.maketrans(b"123456789", b"000000000")


class LiteralScanner:
    """Known values compiled together, whatever their capitals."""

    def __init__(self, values: Iterable[str]) -> None:
        """Compile values in lower case: 12 ms for 500, under a second for 20,000."""
        written = [_lowered(value) for value in values]
        self._database = _Database([(n, each) for n, each in enumerate(written)], literal=True)

    def scan(self, text: str) -> list[tuple[int, int]]:
        """Return (number of a value, end) wherever a value may stand, in any order."""
        found: list[tuple[int, int]] = []

        def hit(number: int, start: int, end: int, flags: int, none: object) -> None:
            found.append((number, end))

        self._database.scan(_lowered(text), hit, None)
        return found


def _lower(character: str) -> int:
    lowered = character.lower()[0]
    return ord(lowered) if lowered.isascii() else class_of(lowered)


_LOWERED: Final = Projection("lowered", _lower)


def _lowered(text: str) -> bytes:
    # Hyperscan's binding ends a value at a zero byte.
    return _LOWERED(text).replace(b"\0", b"\x83")


class Scanner:
    """Expressions searched together; one pass over a text tells for each where it may match.

    Most expressions hold a word that is seldom: such words are looked for from the start. The rest
    is compiled together once as much text was read as compiling costs; until then they run alone.
    """

    def __init__(
        self,
        patterns: Sequence[re.Pattern[str]],
        worth: int = _WORTH_COMPILING,
        runs: Iterable[int] = (),
        alone: Iterable[int] = (),
        spots: Sequence[bytes] = (),
    ) -> None:
        """Read the expressions; those without a telling word are compiled after `worth` characters.

        A match of those in `runs` lies in one of `token_runs`, but for two characters. Those in
        `alone` are found so fast or asked for so seldom that they are not searched with the others.
        `spots` are written for `scanned` bytes, within a line; of them it is told where they end.

        Raises:
            ValueError: an expression cannot be searched for; it is named by its number.
        """
        self._patterns = tuple(patterns)
        self._reaches = tuple(_reach(number, each) for number, each in enumerate(patterns))
        self._runs = frozenset(runs)
        self._alone = frozenset(alone)
        self._spots = tuple(spots)
        apart = self._runs | self._alone
        numbered = [each for each in enumerate(self._reaches) if each[0] not in apart]
        self._seldom = _Words([each for each in numbered if each[1].told >= _SELDOM])
        self._often = _Words([each for each in numbered if _OFTEN <= each[1].told < _SELDOM])
        self._wordless = tuple(number for number, each in numbered if each.told < _OFTEN)
        self._numbered = numbered
        self._engines: tuple[_Engine, ...] = ()
        self._worth = worth
        self._lock = threading.Lock()

    def scan(self, text: str) -> Hits:
        """Scan a text once."""
        data = scanned(text)
        ranges: list[list[Range]] = [[] for _ in (*self._patterns, *self._spots)]
        for number in self._alone:
            ranges[number].append((0, len(text)))
        engines = self._engines or self._compiled(len(text))
        hits = Hits(text, self._patterns, self._reaches, ranges, self._runs)
        if engines:
            # What a line is scanned as must say what it is.
            sure = text.isascii() or not any(each in text for each in ALIKE)
            known = [(engine.memory, engine.scan(data, ranges, sure)) for engine in engines]
            return replace(hits, known=known)
        self._seldom.scan(data, ranges)
        self._often.scan(data, ranges)
        for number in self._wordless:
            ranges[number].append((0, len(text)))
        for number in self._runs:
            ranges[number].extend(token_runs(data))
        return hits

    def _compiled(self, size: int) -> "tuple[_Engine, ...]":
        with self._lock:
            self._worth -= size
            if not self._engines and self._worth < 0:
                self._engines = (
                    _Engine(self._numbered, self._reaches, True, self._runs, self._spots),
                    _Engine(self._numbered, self._reaches, False),
                )
            return self._engines


class _Engine:
    """Widened expressions compiled together, those to which digits are `alike` or the others."""

    def __init__(
        self,
        numbered: Sequence[tuple[int, Reach]],
        reaches: Sequence[Reach],
        alike: bool,
        runs: frozenset[int] = frozenset(),
        spots: Sequence[bytes] = (),
    ) -> None:
        mine = [each for each in numbered if each[1].alike is alike]
        seldom = _Words([each for each in mine if each[1].told >= _SELDOM])
        rest = [each for each in mine if each[1].told < _SELDOM]
        widened = [(number, reach, widen(reach)) for number, reach in rest]
        self._alike = alike
        self._back = {number: each.span + each.lead for number, _, each in widened}
        self._unknown = [number for number, _, each in widened if each.expression is None]
        known = [each for each in widened if each[2].expression is not None]
        lines = [(n, each.expression or b"") for n, reach, each in known if reach.in_line]
        whole = [(n, each.expression or b"") for n, reach, each in known if not reach.in_line]
        # Compiling takes longer than in proportion; a few small databases cost little to scan.
        self._lines = [
            _Database(lines[at : at + _TOGETHER]) for at in range(0, len(lines), _TOGETHER)
        ]
        self._whole = _Database(whole)
        self._spots = _Database(list(enumerate(spots, len(reaches))))
        self._seldom = seldom
        self._runs = runs
        self._back |= seldom.heads
        self._free = frozenset(number for number in seldom.heads if not reaches[number].in_line)
        self._asked = {number: _asked(reach) for number, reach, each in known if reach.in_line}
        self.memory = LineMemory(
            frozenset(n for n, each in enumerate(reaches) if each.local and each.alike is alike),
            len(reaches),
        )

    def scan(self, data: bytes, ranges: list[list[Range]], sure: bool) -> list[Place]:
        """Add where the expressions may match; return the lines between others that are `sure`."""
        for number in self._unknown:
            ranges[number].append((0, len(data)))
        data = data.translate(_ALIKE_DIGITS) if self._alike else data
        self._scan_whole(data, ranges)
        return self._scan_lines(data, ranges, sure)

    def _scan_lines(self, data: bytes, ranges: list[list[Range]], sure: bool) -> list[Place]:
        places: list[Place] = []
        fresh: dict[bytes, list[int]] = {}
        at = 0
        # Neither the first line nor the last: there is always a line end on both sides.
        last = data.rfind(b"\n", 0, len(data) - 1) if sure else -1
        plain, hits_of = data.isascii(), self.memory.hits
        for line in data.split(b"\n"):
            between = 0 < at <= last and (plain or line.isascii())
            hits = hits_of(line, between) if line else ()
            if hits is None:
                fresh.setdefault(line, []).append(at)
            elif hits:
                for number, low, high in hits:
                    ranges[number].append((at + low, at + high))
                if between:
                    places.append((at, line))
            at += len(line) + 1
        lines = list(fresh)
        for line, hits in zip(lines, self._hits(lines) if lines else (), strict=True):
            self.memory.remember(line, hits)
            for at in fresh[line] if hits else ():
                for number, low, high in hits:
                    ranges[number].append((at + low, at + high))
                if 0 < at <= last and (plain or line.isascii()):
                    places.append((at, line))
        return places

    def _hits(self, lines: Sequence[bytes]) -> list[list[InLine]]:
        """Scan lines as one text: a call for each line costs more than the scan."""
        hits = LineHits()
        text = b"\n".join(lines)
        for database in self._lines:
            database.scan(text, hits.add, None)
        self._seldom.each(text, hits.add)
        for start, end in token_runs(text) if self._runs else ():
            for number in self._runs:
                hits.add_run(number, start, end)
        self._spots.scan(text, hits.add_spot, None)
        return hits.of(lines, self._back, self._free, self._asked)

    def _scan_whole(self, data: bytes, ranges: list[list[Range]]) -> None:
        def hit(number: int, first: int, last: int, flags: int, none: object) -> None:
            low = max(0, last - self._back[number])
            before = ranges[number]
            if before and before[-1][1] >= low:
                before[-1] = (min(before[-1][0], low), max(last, before[-1][1]))
            else:
                before.append((low, last))

        self._whole.scan(data, hit, None)


def _reach(number: int, pattern: re.Pattern[str]) -> Reach:
    try:
        return reach_of(pattern)
    except ValueError as error:
        raise ValueError(f"expression {number} cannot be scanned for: {error}") from None


def _asked(reach: Reach) -> bytes:
    """Return what stands in every match as it is written; nothing where there is a choice."""
    words = [word for word, folded in reach.words if not folded]
    return words[0].encode("ascii") if len(words) == len(reach.words) == 1 else b""


class _Words:
    """The words of which the matches of some expressions hold one each."""

    def __init__(self, numbered: Sequence[tuple[int, Reach]]) -> None:
        self._numbered = numbered
        words = sorted({word for _, each in numbered for word in each.words})
        self._database = _Database(
            [(number, word.encode("ascii")) for number, (word, _) in enumerate(words)],
            literal=True,
            exact=[not folded for _, folded in words],
        )
        places = {word: number for number, word in enumerate(words)}
        self._holders: list[list[int]] = [[] for _ in words]
        for place, (_, each) in enumerate(numbered):
            for word in each.words:
                self._holders[places[word]].append(place)

        self._numbers = [[numbered[place][0] for place in places] for places in self._holders]
        self.heads = {number: each.head for number, each in numbered}

    def each(self, data: bytes, hit: Callable[[int, int, int, int, object], None]) -> None:
        """Call `hit` with the number of each expression whose word stands somewhere."""

        def word(number: int, start: int, end: int, flags: int, none: object) -> None:
            for holder in self._numbers[number]:
                hit(holder, start, end, flags, none)

        self._database.scan(data.replace(b"\0", b"\x83"), word, None)

    def scan(self, data: bytes, ranges: list[list[Range]]) -> None:
        """Add where the expressions may match."""
        found: dict[int, list[Range]] = {}

        def hit(number: int, start: int, end: int, flags: int, none: object) -> None:
            before = found.setdefault(number, [])
            if before and end - before[-1][1] <= _NEAR:
                before[-1] = (before[-1][0], end)
            else:
                before.append((end, end))

        self._database.scan(data.replace(b"\0", b"\x83"), hit, None)
        ends: dict[int, list[Range]] = {}
        for word, places in found.items():
            for place in self._holders[word]:
                ends.setdefault(place, []).extend(places)
        for place, those in ends.items():
            number, reach = self._numbered[place]
            for first, last in sorted(those):
                low = max(0, first - reach.head)
                if reach.in_line:
                    low = max(low, data.rfind(b"\n", low, first) + 1)
                ranges[number].append((low, last))


class _Database:
    """A compiled set of numbered expressions or literals, with scratch space for each thread."""

    def __init__(
        self,
        numbered: Sequence[tuple[int, bytes]],
        literal: bool = False,
        exact: Sequence[bool] = (),
    ) -> None:
        import hyperscan

        self._hyperscan = hyperscan
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK) if numbered else None
        self._local = threading.local()
        if self._database is None:
            return
        flags = hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_MULTILINE
        if literal:
            flags = hyperscan.HS_FLAG_CASELESS
        try:
            self._database.compile(
                expressions=[written for _, written in numbered],
                ids=[number for number, _ in numbered],
                flags=[0 if each else flags for each in exact] or [flags] * len(numbered),
                literal=literal,
            )
        except hyperscan.HyperscanError as error:
            # Its message may hold what was compiled, which for literals is a value of the case.
            why = "" if literal else f": {error}"
            raise ValueError(f"{len(numbered)} expressions cannot be compiled{why}") from None

    def scan(self, data: bytes, hit: object, context: object) -> None:
        """Scan one text; `hit` is called for each hit, with `context` last."""
        if self._database is not None:
            scratch = getattr(self._local, "scratch", None)
            if scratch is None:
                scratch = self._local.scratch = self._hyperscan.Scratch(self._database)
            self._database.scan(data, hit, 0, context, scratch)  # pyright: ignore[reportArgumentType]
