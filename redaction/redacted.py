"""What the redactor gives for a text that is no case: a document, or a part of a large file."""

from collections.abc import Mapping
from dataclasses import dataclass

from redaction.case import Span
from redaction.text import RedactedText


@dataclass(frozen=True, slots=True)
class RedactedDocument:
    """A text that was redacted on its own, with the spans that were replaced in the original."""

    id: str
    text: RedactedText
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class RedactedPart:
    """A stretch of a large text, redacted, with the number of values replaced by kind.

    `second_look` counts those that only the second look found. The last part is the file's name.
    """

    text: RedactedText
    replaced: Mapping[str, int]
    second_look: int
    spans: tuple[Span, ...]
    is_name: bool = False
