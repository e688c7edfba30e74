# pyright: basic
"""The door to Hyperscan: finds in one pass where expressions may match, and confirms with `re`."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from redaction.detection.patterns.linehits import InLine, LineHits
from redaction.detection.patterns.linememory import LineMemory
from redaction.detection.patterns.projecting import Projection
from redaction.detection.patterns.reach import Reach, reach_of
from redaction.detection.patterns.runs import joined, token_runs
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

Range = tuple[int, int]
"""Where a match may begin: first and last offset, both inclusive; the first may be below zero."""
_Place = tuple[int, bytes]
"""Where a line begins, and the line as it is scanned."""


# As widened expressions expect a text.
scanned: Final = Projection("scanned", class_of)


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
        self._rest = [each for each in numbered if each[1].told < _SELDOM]
        self._engine: _Engine | None = None
        self._worth = worth
        self._lock = threading.Lock()

    def scan(self, text: str) -> "Hits":
        """Scan a text once."""
        data = scanned(text)
        ranges: list[list[Range]] = [[] for _ in (*self._patterns, *self._spots)]
        for number in self._alone:
            ranges[number].append((0, len(text)))
        engine = self._engine or self._compiled(len(text))
        hits = Hits(text, self._patterns, self._reaches, ranges, self._runs)
        if engine is not None:
            # What a line is scanned as must say what it is.
            sure = text.isascii() or not any(each in text for each in ALIKE)
            return replace(hits, memory=engine.memory, between=engine.scan(data, ranges, sure))
        self._seldom.scan(data, ranges)
        self._often.scan(data, ranges)
        for number in self._wordless:
            ranges[number].append((0, len(text)))
        for number in self._runs:
            ranges[number].extend(token_runs(data))
        return hits

    def _compiled(self, size: int) -> "_Engine | None":
        with self._lock:
            self._worth -= size
            if self._engine is None and self._worth < 0:
                self._engine = _Engine(
                    self._rest, self._seldom, self._runs, self._spots, self._reaches
                )
            return self._engine


class _Engine:
    """Widened expressions compiled together."""

    def __init__(
        self,
        numbered: Sequence[tuple[int, Reach]],
        seldom: "_Words",
        runs: frozenset[int],
        spots: Sequence[bytes],
        reaches: Sequence[Reach],
    ) -> None:
        widened = [(number, reach, widen(reach)) for number, reach in numbered]
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
            frozenset(number for number, each in enumerate(reaches) if each.local), len(reaches)
        )

    def scan(self, data: bytes, ranges: list[list[Range]], sure: bool) -> "list[_Place]":
        """Add where the expressions may match; return the lines between others that are `sure`."""
        for number in self._unknown:
            ranges[number].append((0, len(data)))
        self._scan_whole(data, ranges)
        return self._scan_lines(data, ranges, sure)

    def _scan_lines(self, data: bytes, ranges: list[list[Range]], sure: bool) -> "list[_Place]":
        places: list[_Place] = []
        fresh: dict[bytes, list[int]] = {}
        at = 0
        # Neither the first line nor the last: there is always a line end on both sides.
        last = data.rfind(b"\n", 0, len(data) - 1)
        for line in data.split(b"\n"):
            between = sure and 0 < at <= last and line.isascii()
            hits = self.memory.hits(line, between) if line else ()
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
            for at in fresh[line]:
                for number, low, high in hits:
                    ranges[number].append((at + low, at + high))
                if sure and 0 < at <= last and line.isascii():
                    places.append((at, line))
            self.memory.remember(line, hits)
        return places

    def _hits(self, lines: Sequence[bytes]) -> list[list[InLine]]:
        """Scan lines as one text: a call for each line costs more than the scan."""
        hits = LineHits()
        text = b"\n".join(lines)
        for database in self._lines:
            database.scan(text, hits.add, None)
        self._seldom.each(text, hits.add)
        for start, end in token_runs(text):
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


@dataclass(frozen=True, slots=True)
class Hits:
    """Where in one text the expressions of a scanner may match."""

    text: str
    patterns: tuple[re.Pattern[str], ...]
    reaches: tuple[Reach, ...]
    ranges: list[list[Range]]
    runs: frozenset[int] = frozenset()
    memory: LineMemory | None = None
    between: "Sequence[_Place]" = ()
    idle: set[int] = field(default_factory=set)
    idle_ends: set[int] = field(default_factory=set)

    def ends(self, spot: int) -> list[int] | None:
        """Return where a spot ends, in order; None while nothing is compiled: it may anywhere."""
        if self.memory is None:
            return None
        return sorted(end for _, end in self.ranges[len(self.patterns) + spot])

    def settle(self) -> None:
        """Have what was asked for, and came to nothing, left out where its lines come again."""
        if self.memory is not None:
            self.memory.leave_out(self.between, self.idle, self.idle_ends)

    def matches(self, number: int) -> Iterator[re.Match[str]]:
        """Yield what `finditer` of one expression yields over the whole text."""
        ranges = self.ranges[number]
        if not ranges:
            return
        ranges.sort()
        pattern, reach, text = self.patterns[number], self.reaches[number], self.text
        width, sight = reach.width, reach.sight
        done = 0
        for low, high in joined(ranges):
            if high < done:
                continue
            if width is None or sight is None:
                found = _each_place(pattern, text, max(low, done), high)
            else:
                last = high + (2 if number in self.runs else width)
                line = text.find("\n", high, last) if reach.in_line else -1
                found = pattern.finditer(
                    text, max(low, done), (last if line < 0 else line) + sight + 2
                )
            for match in found:
                if match.start() > high:
                    break
                done = match.end()
                yield match
        if not done:
            self.idle.add(number)


def _each_place(
    pattern: re.Pattern[str], text: str, low: int, high: int
) -> Iterator[re.Match[str]]:
    """Try each place by itself: searching for what may be of any length could read to the end."""
    at = low
    while at <= high:
        match = pattern.match(text, at)
        if match is not None:
            yield match
        at = at + 1 if match is None else match.end()


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
