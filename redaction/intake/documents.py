"""Says what a document is once it is read: texts of its own, and parts that are files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from redaction.intake.archives import Member
from redaction.intake.limits import Budget

Recognise: TypeAlias = Callable[[bytes], str]
"""Takes an image, returns the text in it; raises `Refused`."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a document; its name is empty when it is the document's own."""

    name: str
    media_type: str
    content: str


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: texts in order, then the files inside it."""

    texts: tuple[Text, ...]
    parts: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reader of documents may use: the bytes it may still read, and eyes."""

    budget: Budget
    recognise: Recognise


Reader: TypeAlias = Callable[[bytes, Desk], Document]
"""Reads a document from its bytes; raises `Refused`."""


def plain(content: str, parts: tuple[Member, ...] = ()) -> Document:
    """Return a document that is one plain text."""
    return Document((Text("", "text/plain", content),), parts)
