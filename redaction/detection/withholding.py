"""Takes out of a clean text the lines in which something could not be verified."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from redaction.case import Span
from redaction.detection.splicing import Clean

WITHHELD: Final = "[withheld]"
"""What stands in place of a line that is withheld."""
WITHHELD_KIND: Final = "WITHHELD"
"""The type of the span of such a line; no policy has it: it is nothing that was found."""
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LINE: Final = re.compile(r"[^\r\n]+")

Place = tuple[int, int]
"""A stretch of the original, end exclusive."""


def withhold(original: str, clean: Clean, places: Iterable[Place], *, json: bool = False) -> Clean:
    """Put a marker in place of every line that one of the places touches.

    Line ends stay, so that the lines after keep their numbers. In JSON it is the string around
    the place instead, where one holds it whole, so that the document stays one.
    """
    regions = _merged(_region(original, clean.spans, place, json) for place in places)
    lines = [
        (start + line.start(), start + line.end())
        for start, end in regions
        for line in _LINE.finditer(original[start:end])
    ]
    marks = [(_withheld(*line), WITHHELD) for line in lines]
    ends = [end for _, end in regions]
    for span, shown in zip(clean.spans, clean.shown, strict=True):
        at = bisect_right(ends, span.start)
        if at == len(regions) or span.end <= regions[at][0]:
            marks.append((span, shown))
    marks.sort(key=lambda mark: mark[0].start)
    parts: list[str] = []
    at = 0
    for span, shown in marks:
        parts += (original[at : span.start], shown)
        at = span.end
    parts.append(original[at:])
    return Clean("".join(parts), tuple(s for s, _ in marks), tuple(shown for _, shown in marks))


def places_of(clean: Clean, hits: Iterable[Place]) -> Iterator[Place]:
    """Translate stretches of the clean text to the original; what cuts a placeholder takes it."""
    begins, ends, moved = [0], [0], [0]
    at = done = 0
    for span, shown in zip(clean.spans, clean.shown, strict=True):
        at += span.start - done
        begins.append(at)
        at, done = at + len(shown), span.end
        ends.append(at)
        moved.append(span.end - at)
    for start, end in hits:
        first = bisect_right(begins, start) - 1
        last = bisect_left(begins, end) - 1
        inside = start < ends[first]
        begin = clean.spans[first - 1].start if inside else start + moved[first]
        stop = clean.spans[last - 1].end if last > 0 and end <= ends[last] else end + moved[last]
        yield begin, stop


def _withheld(start: int, end: int) -> Span:
    return Span(start, end, WITHHELD_KIND, "drop", WITHHELD, "verify:withheld", 1.0)


def _region(original: str, spans: Sequence[Span], place: Place, json: bool) -> Place:
    """Return the lines around a place; no replaced value is cut in two."""
    start, end = place
    while True:
        start, end = _unit(original, start, end, json)
        first = bisect_right(spans, start, key=lambda span: span.end)
        last = bisect_left(spans, end, key=lambda span: span.start)
        wide = start, end
        if first < last:
            wide = min(start, spans[first].start), max(end, spans[last - 1].end)
        if wide == (start, end):
            return wide
        start, end = wide


def _unit(original: str, start: int, end: int, json: bool) -> Place:
    """Return the string of a JSON document that holds a stretch, else its lines."""
    first = original.rfind("\n", 0, start) + 1
    last = original.find("\n", max(first, end))
    last = len(original) if last < 0 else last
    for string in _STRING.finditer(original, first, last) if json else ():
        if string.start(1) <= start and end <= string.end(1):
            return string.span(1)
        if string.start() > start:
            break
    return first, last


def _merged(regions: Iterable[Place]) -> list[Place]:
    merged: list[Place] = []
    for start, end in sorted(regions):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
