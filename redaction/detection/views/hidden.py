"""Shows what a text hides: it is read as the eye reads it, and decoded as far as it goes."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from redaction.detection.views.alignment import Decoded
from redaction.detection.views.building import Builder
from redaction.detection.views.encodings import packed, quoted_printable, written
from redaction.detection.views.normalising import normalise
from redaction.detection.views.views import Fragment, View
from redaction.detection.views.wrapping import rejoined

_DEPTH: Final = 4


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
    for found in chain(quoted_printable(text), _decodings(text)):
        for meant in _deeper(found, 1):
            yield Fragment(meant)
    for joined in rejoined(text):
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
    return chain(written(text), packed(text))
