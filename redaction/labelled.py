"""Reads texts whose sensitive places people have marked, to measure a redaction against them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from redaction.detection import Finding
from redaction.errors import CannotRead
from redaction.records import Json, RecordLimits, json_lines
from redaction.text import RawText

UNTYPED: Final = "UNTYPED"
"""The type of a label that names none."""


@dataclass(frozen=True, slots=True)
class Label:
    """A place that must not survive: character offsets of the text, end exclusive, and a type."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text of `length` characters, and where its sensitive values stand."""

    id: str
    text: RawText
    length: int
    labels: tuple[Label, ...]


def read_labelled(path: Path) -> Iterator[LabelledText]:
    """Read records `{id, text, spans: [{start, end, type}]}` from JSON Lines, plain or `.gz`.

    A record whose `spans` is null is passed over: nobody knows what is sensitive in it.

    Raises:
        CannotRead: the file does not exist or is damaged, or a line is no such record; the message
            names the line and never its content.
    """
    if not path.is_file():
        raise CannotRead(f"{path.name} is no file: give JSON Lines of {{id, text, spans}}.")
    for number, row in json_lines(path, RecordLimits().line):
        place = f"{path.name} line {number}"
        if not isinstance(row, dict):
            raise CannotRead(f"{place} is not a JSON object.")
        text = row.get("text")
        if not isinstance(text, str):
            raise CannotRead(f"{place} has no text: records are {{id, text, spans}}.")
        if "spans" not in row:
            raise CannotRead(f"{place} has no spans: records are {{id, text, spans}}.")
        if row["spans"] is None:
            continue
        labels = tuple(_labels(row["spans"], len(text), place))
        yield LabelledText(str(row.get("id", number)), RawText(text), len(text), labels)


def found_by(
    finder: Callable[[str], Sequence[Finding]], labelled: LabelledText
) -> tuple[Finding, ...]:
    """Let a finder read the text, and tell only where it found something."""
    return tuple(finder(labelled.text.reveal()))


def _labels(spans: Json, length: int, place: str) -> Iterator[Label]:
    if not isinstance(spans, list):
        raise CannotRead(f"{place}: spans is not a list.")
    for number, span in enumerate(spans, 1):
        if not isinstance(span, dict):
            raise CannotRead(f"{place}: span {number} is not {{start, end, type}}.")
        start, end = span.get("start"), span.get("end")
        kind = span.get("type")
        if type(start) is not int or type(end) is not int:
            raise CannotRead(f"{place}: span {number} has no start and end (whole numbers).")
        if not 0 <= start < end <= length:
            raise CannotRead(f"{place}: span {number} ({start}-{end}) is not inside the text.")
        if kind is not None and not isinstance(kind, str):
            raise CannotRead(f"{place}: the type of span {number} is not a string.")
        yield Label(start, end, kind or UNTYPED)
