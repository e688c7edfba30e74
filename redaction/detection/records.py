"""Cuts a log into its records and looks at twins once."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from redaction.case import Span
from redaction.detection.patterns.protected import LOG_LINE
from redaction.detection.splicing import Clean

_BLOCK: Final = 64 << 10
_KEY_LINES: Final = 400
_BLOCKS_KNOWN: Final = 60_000
_OPENS = re.compile(r"-----BEGIN (?!.*-----END )")
# Times of day with their seconds, and nothing that could be part of an address, a number or an
# id: two records that differ in these digits alone are twins. The first character stands alone,
# so that the search skips to those that can begin a time.
_TIME = re.compile(
    r"""[0-9JFMASOND](?<![\w.:/+=\"'-].)(?:
      (?:\d{3}[-/.]\d\d[-/.]\d\d | \d[-/]\d\d(?:[-/]\d\d)?)[T\ ]\d\d:\d\d:\d\d
    | \d/(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/\d{4}:\d\d:\d\d:\d\d
    | (?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)\ [\ \d]\d\ \d\d:\d\d:\d\d
    | \d{3}-\d\d-\d\d-\d\d\.\d\d\.\d\d
    | \d{7}-\d{1,2}:\d{1,2}:\d{1,2}(?::\d{1,3})?
    | \d:\d\d:\d\d
    | (?<=^.)\d{5}\ \d{6}(?=\ )
    | (?<=^-\ .)\d{9}\ \d{4}\.\d\d\.\d\d(?=\ )
    )(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?![\w:]|[.-]\w)""",
    re.VERBOSE,
)
_ZEROS = bytes.maketrans(b"123456789", b"0" * 9)


class _Everything:
    """Holds every text."""

    def __contains__(self, _: object) -> bool:
        return True


EVERY: Final = _Everything()
"""For blocks that are known to be distinct: none has a twin."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A replacement within a block, in offsets of the block, and what stands there instead."""

    shown: str
    span: Span

    def moved(self, by: int) -> Span:
        """Return the span, `by` characters further on."""
        span = self.span
        start, end = span.start + by, span.end + by
        return Span(start, end, span.type, span.action, span.placeholder, span.detector, span.score)


def masked(block: str) -> str:
    """Mask the digits of a block's times: twins become equal and every offset stays."""
    return _TIME.sub(lambda match: _zeros(match[0]), block)


def _zeros(text: str) -> str:
    """Write every digit as 0; bytes are translated twenty times as fast as a `str`."""
    return text.encode("utf-8", "surrogatepass").translate(_ZEROS).decode("utf-8", "surrogatepass")


def is_log(text: str) -> bool:
    """Tell whether most lines of a text's beginning are records of a log."""
    lines = [line for line in text[:65_536].split("\n")[:400] if line.strip()]
    return 2 * sum(LOG_LINE.match(line) is not None for line in lines) > len(lines)


def lines_of(text: str) -> list[str]:
    r"""Split at `\n` alone, ends kept: joined they are the text again."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def patched(block: str, patches: Iterable[Patch]) -> str:
    """Put the replacements of a twin into a block."""
    parts: list[str] = []
    at = 0
    for patch in patches:
        parts += (block[at : patch.span.start], patch.shown)
        at = patch.span.end
    parts.append(block[at:])
    return "".join(parts)


class Masks:
    """Masks many blocks: where the times are is remembered by the block with every digit masked."""

    def __init__(self) -> None:
        """Start with none."""
        self._known: dict[str, tuple[tuple[int, int], ...]] = {}

    def __call__(self, block: str) -> str:
        """Return the masked text of a block, the same as `masked` does."""
        zeros = _zeros(block)
        places = self._known.get(zeros)
        if places is None:
            # No expression of a time asks for a digit of its own.
            places = tuple(match.span() for match in _TIME.finditer(zeros))
            if len(self._known) >= _BLOCKS_KNOWN:
                self._known.clear()
            if len(block) < 1000:
                self._known[zeros] = places
        for start, end in places:
            block = f"{block[:start]}{zeros[start:end]}{block[end:]}"
        return block


class Cutter:
    """Cuts lines into blocks: a record of a log with the lines that continue it.

    A private key is never cut; what goes on without a record's start is, at a line with a space
    in it. With `lined`, every line that is not indented starts a record.
    """

    def __init__(self, lined: bool = False) -> None:
        """Say how a record starts."""
        self._lined = lined

    def blocks(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the blocks of lines that keep their ends; joined they are the text again."""
        block: list[str] = []
        size = in_key = 0
        for line in lines:
            # What nearly every line of a log is: a record of its own.
            if self._lined and not (in_key or line[:1].isspace() or "-----BEGIN " in line):
                if block:
                    yield "".join(block) if len(block) > 1 else block[0]
                block, size = [line], len(line)
                continue
            starts, opens = self._kind(line)
            if block and not in_key and (starts or (size > _BLOCK and " " in line)):
                yield "".join(block) if len(block) > 1 else block[0]
                block, size = [], 0
            block.append(line)
            size += len(line)
            if opens:
                in_key = _KEY_LINES
            elif in_key:
                in_key = 0 if "-----END " in line else in_key - 1
        if block:
            yield "".join(block)

    def _kind(self, line: str) -> tuple[bool, bool]:
        """Tell whether a line starts a record, and whether it leaves a private key open."""
        opens = "-----BEGIN " in line and _OPENS.search(line) is not None
        starts = LOG_LINE.match(line) is not None or (self._lined and not line[:1].isspace())
        return starts, opens


class Condensed:
    """The distinct blocks of a text, each once, as one text in the order of the first of each.

    Blocks whose masked text is in `own` are twins of their equals only: a replacement in them
    touches a time.
    """

    def __init__(self, blocks: Iterable[str], own: Container[str] = (), front: str = "") -> None:
        """Keep the blocks and find the twins; `front` stands before them and is none of them."""
        self._blocks = list(blocks)
        self._own = own
        self._twins: list[int] = []
        first: dict[str, int] = {}
        parts = [front]
        self.starts: list[int] = []
        self.distinct: list[str] = []
        size = len(front)
        for block in self._blocks:
            key = masked(block)
            known = first.setdefault(block if key in own else key, len(first))
            self._twins.append(known)
            if known == len(self.distinct):
                self.distinct.append(block)
                self.starts.append(size)
                # A block cut out of a line has no end of its own.
                parts.append(block if block.endswith("\n") else f"{block}\n")
                size += len(parts[-1])
        self.text = "".join(parts)

    def patches(self, clean: Clean) -> list[list[Patch]]:
        """Sort the replacements in `text` by distinct block."""
        per: list[list[Patch]] = [[] for _ in self.distinct]
        at = 0
        for span, shown in zip(clean.spans, clean.shown, strict=True):
            if not self.starts or span.start < self.starts[0]:
                continue
            while at + 1 < len(self.starts) and self.starts[at + 1] <= span.start:
                at += 1
            patch = Patch(shown, span)
            per[at].append(Patch(shown, patch.moved(-self.starts[at])))
        return per

    def timed(self, places: Iterable[tuple[int, int]]) -> set[str]:
        """Return the masked text of the distinct blocks in which a place touches a time."""
        timed: set[str] = set()
        at = 0
        for start, end in places:
            while at + 1 < len(self.starts) and self.starts[at + 1] <= start:
                at += 1
            block, begin = self.distinct[at], self.starts[at]
            for match in _TIME.finditer(block):
                if start - begin < match.end() and match.start() < end - begin:
                    timed.add(masked(block))
        return timed

    def apart(self, own: set[str]) -> "Condensed":
        """Return the same blocks, with those in `own` twins of their equals only."""
        return Condensed(self._blocks, own)

    def stands(self, clean: Clean) -> bool:
        """Tell whether what was done to each distinct block may be done to its twins."""
        return all(key in self._own for key in self.timed((s.start, s.end) for s in clean.spans))

    def expand(self, clean: Clean) -> Clean:
        """Put the replacements of the distinct blocks into every twin."""
        per = self.patches(clean)
        parts: list[str] = []
        spans: list[Span] = []
        shown: list[str] = []
        at = 0
        for block, twin in zip(self._blocks, self._twins, strict=True):
            patches = per[twin]
            parts.append(patched(block, patches) if patches else block)
            for patch in patches:
                spans.append(patch.moved(at))
                shown.append(patch.shown)
            at += len(block)
        return Clean("".join(parts), tuple(spans), tuple(shown))
