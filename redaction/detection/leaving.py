"""Shows a text as it would leave, and tells where in its view what stands there was read."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from redaction.case import Span
from redaction.detection import Finding
from redaction.detection.splicing import Clean, splice
from redaction.detection.views.views import View
from redaction.policy import Policy


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A text with placeholders, and the stretches that were kept, as (start, origin, length)."""

    text: str
    kept: Sequence[tuple[int, int, int]]

    def places(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where `text[start:end]` was kept from, where that has letters or digits."""
        first = bisect_right(self.kept, start, key=_start_of) - 1
        for at, origin, length in self.kept[max(0, first) :]:
            if at >= end:
                break
            begin, stop = max(start, at), min(end, at + length)
            if begin < stop and any(c.isalnum() for c in self.text[begin:stop]):
                yield origin + begin - at, origin + stop - at


def meant(view: View, findings: Sequence[Finding]) -> Shown:
    """Show what a view would say with its findings replaced; places are the view's."""
    replaced = [(f.start, f.end, f"<{f.type}_0>") for f in findings]
    return _shown(view.text, replaced)


def written(
    original: str, view: View, findings: Sequence[Finding], policy: Policy, markup: bool
) -> Shown | None:
    """Show the text itself with its findings replaced; None when `meant` shows the same.

    A letter that is read as two, or a mark that is not read at all, ends a key for who reads what
    is written, and not for who reads what is meant.
    """
    as_read = view.text.startswith(original) and view.size == len(original)
    if as_read and all(finding.start < view.size for finding in findings):
        return None
    clean = splice(original, view, findings, policy, _numberless, markup)
    places = zip(clean.spans, clean.shown, strict=True)
    return _shown(original, [(span.start, span.end, shown) for span, shown in places])


def covered(
    original: str, clean: Clean, hits: Iterable[tuple[str, int, int]], policy: Policy
) -> Clean:
    """Put typed tags over what shows in a clean text, given as (kind, start, end) there."""
    spans = zip(clean.spans, clean.shown, strict=True)
    shown = _shown(original, [(span.start, span.end, put) for span, put in spans])
    marks = list(zip(clean.spans, clean.shown, strict=True))
    for kind, first, last in hits:
        for start, end in shown.places(first, last):
            tag = f"<{kind}>"
            action = policy.action(kind) or "drop"
            marks.append((Span(start, end, kind, action, tag, "verify:gate", 0.9), tag))
    kept: list[tuple[Span, str]] = []
    for span, put in sorted(marks, key=lambda mark: (mark[0].start, -mark[0].end)):
        at = kept[-1][0].end if kept else 0
        if span.end > at:
            kept.append((replace(span, start=max(span.start, at)), put))
    text = _shown(original, [(span.start, span.end, put) for span, put in kept]).text
    return Clean(text, tuple(span for span, _ in kept), tuple(put for _, put in kept))


def read_as(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a view that stand for one of the original; its format has none."""
    for piece in view.pieces:
        if piece.start >= piece.end:
            continue
        begin, stop = piece.span(piece.start, piece.end)
        if stop <= start or begin >= end:
            continue
        places = range(piece.start, piece.end)
        first = bisect_right(places, start, key=lambda at: piece.span(at, at + 1)[1])
        last = bisect_left(places, end, key=lambda at: piece.span(at, at + 1)[0])
        if first < last:
            yield piece.start + first, piece.start + last


def _shown(text: str, replaced: Sequence[tuple[int, int, str]]) -> Shown:
    parts: list[str] = []
    kept: list[tuple[int, int, int]] = []
    at, size = 0, 0
    for start, end, shown in replaced:
        kept.append((size, at, start - at))
        parts += (text[at:start], shown)
        size += start - at + len(shown)
        at = end
    kept.append((size, at, len(text) - at))
    parts.append(text[at:])
    return Shown("".join(parts), kept)


def _numberless(kind: str, _: str) -> str:
    return f"<{kind}_0>"


def _start_of(stretch: tuple[int, int, int]) -> int:
    return stretch[0]
