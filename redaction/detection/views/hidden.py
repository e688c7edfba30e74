"""Shows what a text hides: it is read as the eye reads it, and decoded as far as it goes."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final

from redaction.detection.views.alignment import Alignment, Decoded
from redaction.detection.views.building import Builder
from redaction.detection.views.encodings import packed, quoted_printable, written
from redaction.detection.views.normalising import normalise
from redaction.detection.views.telltales import broken, escaped, quoted
from redaction.detection.views.views import Fragment, View
from redaction.detection.views.wrapping import rejoined

_DEPTH: Final = 4
# One pass over the whole text costs as much as this many lines one by one.
_MANY: Final = 12


def plain_view(text: str) -> View:
    """Read a text that has no format; one that hides nothing costs almost nothing more."""
    builder = Builder(text)
    builder.piece(0, len(text))
    return revealed(builder)


def normalised(text: str) -> str:
    """Return the text as the eye reads it, and below it the passages that mean more than they show.

    The same object when nothing is hidden.
    """
    return plain_view(text).text


def revealed(builder: Builder) -> View:
    """Finish a view with every passage of it that means more than it shows."""
    text = builder.text()
    return builder.view(text, (*builder.unseen, *fragments(text)))


def fragments(text: str) -> Iterator[Fragment]:
    """Yield every passage of a text that means more than it shows, decoded as far as it goes."""
    for found in chain(quoted_printable(text) if quoted(text) else (), _decodings(text)):
        for meant in _deeper(found, 1):
            yield Fragment(meant)
    for start, end in broken(text):
        # The line end before them tells where the first of them begins.
        for joined in _within(text, max(0, start - 1), end, rejoined):
            yield Fragment(joined, loose=True)


def _deeper(found: Decoded, depth: int) -> Iterator[Decoded]:
    seen = normalise(found.text)
    if seen is not None:
        found = Decoded(seen.text, seen.alignment.within(found.alignment))
    yield found
    if depth < _DEPTH:
        for inner in _decodings(found.text):
            below = Decoded(inner.text, inner.alignment.within(found.alignment))
            yield from _deeper(below, depth + 1)


def _decodings(text: str) -> Iterable[Decoded]:
    return chain(_escapes(text), packed(text))


def _escapes(text: str) -> Iterator[Decoded]:
    lines = escaped(text)
    if len(lines) > _MANY:
        yield from written(text)
        return
    for start, end in lines:
        yield from _within(text, start, end, written)


def _within(
    text: str, start: int, end: int, decode: Callable[[str], Iterable[Decoded]]
) -> Iterator[Decoded]:
    """Decode a few lines alone: nothing that `decode` finds there depends on the others."""
    shift = Alignment(start)
    for found in decode(text[start:end]):
        yield Decoded(found.text, found.alignment.within(shift))
