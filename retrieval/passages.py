"""Cuts what the encoder would not read of a long document into passages; log noise is left out."""

from typing import Final

from redaction import RedactedText, join
from retrieval.match import Document
from retrieval.wording import wording

_HEAD: Final = 600
"""How much of a document its own vector speaks for."""
_SIZE: Final = 700
_PASSAGES: Final = 4
_WORTHWHILE: Final = 250


def passages(document: Document) -> tuple[RedactedText, ...]:
    """Return the passages after the head of a document's text, each worth a vector of its own.

    What machines wrote is left out: it is found by its signatures, which the document itself holds.
    """
    if len(document.text) <= _HEAD + _WORTHWHILE:
        return ()
    rest = wording(document.text[_HEAD:], _SIZE * _PASSAGES)
    return tuple(piece for piece in _cut(rest) if len(piece) >= _WORTHWHILE)


def passage_text(document: Document, passage: RedactedText) -> RedactedText:
    """Return what is embedded of a passage: a passage alone does not say what it is about."""
    return join("\n", (document.title, passage))


def _cut(text: RedactedText) -> list[RedactedText]:
    pieces: list[RedactedText] = []
    start = 0
    while start < len(text):
        end = start + _SIZE
        if end < len(text):
            line = text.rfind("\n", start + _SIZE // 2, end)
            space = text.rfind(" ", start + _SIZE // 2, end)
            end = max(line, space) if max(line, space) > 0 else end
        pieces.append(text[start:end].strip())
        start = end
    return pieces
