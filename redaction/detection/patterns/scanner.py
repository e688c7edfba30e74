# pyright: basic
"""The door to Hyperscan: finds in one pass where expressions may match, and confirms with `re`."""

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from redaction.detection.patterns.reach import Reach, reach_of
from redaction.detection.patterns.runs import joined, token_runs
from redaction.detection.patterns.scanbytes import class_of
from redaction.detection.patterns.widening import widen

# Longer lines are scanned in stretches, so that a hit says where it is.
_STRETCH = 2048
_TOGETHER = 16
# Words that tell this many bits are seldom enough to look for nothing else.
_SELDOM = 15.0
# Words that tell less stand nearly everywhere.
_OFTEN = 5.0
# How many lines are remembered with what hits in them; each is shorter than a stretch.
_REMEMBERED = 5_000
# Compiling the rest costs as much as running them over this much text.
_WORTH_COMPILING = 150_000
# Words that stand this near to each other are one place to look at.
_NEAR = 64

Range = tuple[int, int]
"""Where a match may begin: first and last offset, both inclusive."""


class _Classes(dict[int, int]):
    """Maps characters to the bytes that they are scanned as, filled as they are met."""

    def __missing__(self, code: int) -> int:
        self[code] = found = code if code < 128 else class_of(chr(code))
        return found


_CLASSES = _Classes()


def scanned(text: str) -> bytes:
    """Return a text as one byte a character, as widened expressions expect it."""
    if text.isascii():
        return text.encode("ascii")
    return text.translate(_CLASSES).encode("latin-1")


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


class _Lowered(dict[int, int]):
    """Maps characters to bytes as `_Classes`, those that are ASCII in lower case to that."""

    def __missing__(self, code: int) -> int:
        lowered = chr(code).lower()[0]
        found = ord(lowered) if lowered.isascii() else class_of(lowered)
        self[code] = found
        return found


_LOWERED = _Lowered()


def _lowered(text: str) -> bytes:
    projected = text if text.isascii() else text.translate(_LOWERED)
    data = projected.encode("latin-1")
    # Hyperscan's binding ends a value at a zero byte.
    return data.replace(b"\0", b"\x83")


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
    ) -> None:
        """Read the expressions; those without a telling word are compiled after `worth` characters.

        A match of those in `runs` lies in one of `token_runs`, but for two characters.

        Raises:
            ValueError: an expression cannot be searched for; it is named by its number.
        """
        self._patterns = tuple(patterns)
        self._reaches = tuple(_reach(number, each) for number, each in enumerate(patterns))
        self._runs = frozenset(runs)
        numbered = [each for each in enumerate(self._reaches) if each[0] not in self._runs]
        self._seldom = _Words([each for each in numbered if each[1].told >= _SELDOM])
        self._often = _Words([each for each in numbered if _OFTEN <= each[1].told < _SELDOM])
        self._wordless = tuple(number for number, each in numbered if each.told < _OFTEN)
        self._engine: _Engine | None = None
        self._worth = worth
        self._lock = threading.Lock()

    def scan(self, text: str) -> "Hits":
        """Scan a text once."""
        data = scanned(text)
        ranges: list[list[Range]] = [[] for _ in self._patterns]
        self._seldom.scan(text, data, ranges)
        self._scan_runs(data, ranges)
        engine = self._engine or self._compiled(len(text))
        if engine is None:
            self._often.scan(text, data, ranges)
            for number in self._wordless:
                ranges[number].append((0, len(text)))
        else:
            engine.scan(data, ranges)
        return Hits(text, self._patterns, self._reaches, ranges, self._runs)

    def _scan_runs(self, data: bytes, ranges: list[list[Range]]) -> None:
        if not self._runs:
            return
        found = list(token_runs(data))
        for number in self._runs:
            ranges[number] = found

    def _compiled(self, size: int) -> "_Engine | None":
        with self._lock:
            self._worth -= size
            if self._engine is None and self._worth < 0:
                self._engine = _Engine(
                    [
                        (n, each)
                        for n, each in enumerate(self._reaches)
                        if each.told < _SELDOM and n not in self._runs
                    ]
                )
            return self._engine


class _Engine:
    """Widened expressions compiled together."""

    def __init__(self, numbered: Sequence[tuple[int, Reach]]) -> None:
        widened = [(number, reach, widen(reach)) for number, reach in numbered]
        self._widened = {number: each for number, _, each in widened}
        self._unknown = [number for number, _, each in widened if each.expression is None]
        known = [each for each in widened if each[2].expression is not None]
        lines = [(n, each.expression or b"") for n, reach, each in known if reach.in_line]
        whole = [(n, each.expression or b"") for n, reach, each in known if not reach.in_line]
        # Compiling takes longer than in proportion; a few small databases cost little to scan.
        self._lines = [
            _Database(lines[at : at + _TOGETHER], once=True)
            for at in range(0, len(lines), _TOGETHER)
        ]
        self._whole = _Database(whole)
        # What hits in a line depends on nothing else, and prompts repeat the lines of a case.
        self._known: dict[bytes, tuple[int, ...]] = {}
        self._overlap = max((each.span for _, reach, each in known if reach.in_line), default=0)

    def scan(self, data: bytes, ranges: list[list[Range]]) -> None:
        """Add where the expressions may match."""
        for number in self._unknown:
            ranges[number].append((0, len(data)))
        self._scan_lines(data, ranges)
        self._scan_whole(data, ranges)

    def _scan_lines(self, data: bytes, ranges: list[list[Range]]) -> None:
        scans = [database.scanning() for database in self._lines]
        known = self._known
        size = len(data)
        start = 0
        while start < size:
            end = data.find(b"\n", start)
            if end < 0:
                end = size
            if end - start > _STRETCH:
                self._scan_long(data, start, end, ranges)
            elif end > start:
                line = data[start:end]
                numbers = known.get(line)
                if numbers is None:
                    found: list[int] = []
                    for scan, scratch in scans:
                        scan(line, _note, 0, found, scratch)
                    if len(known) >= _REMEMBERED:
                        known.clear()
                    known[line] = numbers = tuple(found)
                for number in numbers:
                    ranges[number].append((start, end))
            start = end + 1

    def _scan_long(self, data: bytes, start: int, end: int, ranges: list[list[Range]]) -> None:
        def hit(number: int, first: int, last: int, flags: int, stretch: Range) -> None:
            low = max(start, stretch[0] - self._widened[number].lead)
            before = ranges[number]
            if before and before[-1][1] >= low:
                before[-1] = (before[-1][0], stretch[1])
            else:
                before.append((low, stretch[1]))

        for at in range(start, end, _STRETCH):
            last = min(end, at + _STRETCH + self._overlap)
            for database in self._lines:
                database.scan(data[at:last], hit, (at, last))

    def _scan_whole(self, data: bytes, ranges: list[list[Range]]) -> None:
        def hit(number: int, first: int, last: int, flags: int, none: Range) -> None:
            widened = self._widened[number]
            low = max(0, last - widened.span - widened.lead)
            before = ranges[number]
            if before and before[-1][1] >= low:
                before[-1] = (min(before[-1][0], low), max(last, before[-1][1]))
            else:
                before.append((low, last))

        self._whole.scan(data, hit, (0, 0))


@dataclass(frozen=True, slots=True)
class Hits:
    """Where in one text the expressions of a scanner may match."""

    text: str
    patterns: tuple[re.Pattern[str], ...]
    reaches: tuple[Reach, ...]
    ranges: list[list[Range]]
    runs: frozenset[int] = frozenset()

    def matches(self, number: int) -> Iterator[re.Match[str]]:
        """Yield what `finditer` of one expression yields over the whole text."""
        ranges = self.ranges[number]
        if not ranges:
            return
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


def _note(number: int, start: int, end: int, flags: int, found: list[int]) -> None:
    found.append(number)


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
        self._places = [sorted(places[word] for word in each.words) for _, each in numbered]

    def scan(self, text: str, data: bytes, ranges: list[list[Range]]) -> None:
        """Add where the expressions may match."""
        found: dict[int, list[Range]] = {}

        def hit(number: int, start: int, end: int, flags: int, none: object) -> None:
            before = found.setdefault(number, [])
            if before and end - before[-1][1] <= _NEAR:
                before[-1] = (before[-1][0], end)
            else:
                before.append((end, end))

        self._database.scan(data.replace(b"\0", b"\x83"), hit, None)
        for (number, reach), words in zip(self._numbered, self._places, strict=True):
            ends = [place for word in words if word in found for place in found[word]]
            width = reach.width or 0
            for first, last in sorted(ends):
                low = max(0, first - width)
                if reach.in_line:
                    low = max(low, text.rfind("\n", low, first) + 1)
                ranges[number].append((low, last))


class _Database:
    """A compiled set of numbered expressions or literals, with scratch space for each thread."""

    def __init__(
        self,
        numbered: Sequence[tuple[int, bytes]],
        once: bool = False,
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
        if once:
            flags |= hyperscan.HS_FLAG_SINGLEMATCH
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
            scan, scratch = self.scanning()
            scan(data, hit, 0, context, scratch)

    def scanning(self) -> tuple[Any, Any]:
        """Return the engine's own call, for a loop over lines, and this thread's scratch space."""
        scratch = getattr(self._local, "scratch", None)
        if scratch is None:
            scratch = self._local.scratch = self._hyperscan.Scratch(self._database)
        return self._database.scan, scratch  # pyright: ignore[reportOptionalMemberAccess]
