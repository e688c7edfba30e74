"""Shows a text the way its format means it: decoded values, the keys above them, exact offsets."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from redaction.detection import Finding
from redaction.detection.jsonvalues import JsonScalar, json_documents
from redaction.detection.keyedlines import csv_cells, mail_headers, setting_lines, yaml_scalars
from redaction.detection.keynames import kind_at
from redaction.detection.values import sensitive_part

Style: TypeAlias = Literal["plain", "number"]
Form: TypeAlias = Literal["text", "json", "yaml", "csv", "settings", "mail"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a view and where it stands in the original.

    `offsets` holds the original offset of each character and of the end, when escapes make the two
    differ in length; None when they run in step.
    """

    start: int
    end: int
    original: int
    offsets: tuple[int, ...] | None = None
    style: Style = "plain"

    def at(self, position: int) -> int:
        """Translate an offset of the view, within this piece, to the original."""
        inside = position - self.start
        return self.original + inside if self.offsets is None else self.offsets[inside]


class View:
    """A text as its format means it: detection reads `text`, replacement happens in the original.

    `keyed` are the findings that keys and headers decide, in offsets of the view.
    """

    def __init__(self, text: str, pieces: Iterable[Piece], keyed: Iterable[Finding]) -> None:
        """Take the decoded text, its pieces in order, and what the keys say."""
        self.text = text
        self.pieces = tuple(pieces)
        self.keyed = tuple(keyed)
        self._starts = [piece.start for piece in self.pieces]

    def places(self, start: int, end: int) -> Iterator[tuple[int, int, int, int, Style]]:
        """Yield `(start, end, original start, original end, style)` of each piece touched.

        A number is replaced whole, since half a number would be no JSON.
        """
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self.pieces) and self.pieces[index].start < end:
            piece = self.pieces[index]
            first, last = max(start, piece.start), min(end, piece.end)
            if piece.style == "number" and first < last:
                first, last = piece.start, piece.end
            if first < last:
                yield first, last, piece.at(first), piece.at(last), piece.style
            index += 1


def form_of(media_type: str, name: str) -> Form:
    """Tell the form of a text from its media type, else from the end of its name."""
    by_type: dict[str, Form] = {
        "json": "json", "yaml": "yaml", "csv": "csv", "tab-separated": "csv", "rfc822": "mail",
    }  # fmt: skip
    for part, form in by_type.items():
        if part in media_type.lower():
            return form
    suffix = name.lower().rpartition(".")[2]
    by_suffix: dict[str, Form] = {
        "json": "json", "jsonl": "json", "ndjson": "json", "har": "json", "yaml": "yaml",
        "yml": "yaml", "csv": "csv", "tsv": "csv", "eml": "mail", "env": "settings",
        "ini": "settings", "properties": "settings", "conf": "settings", "cfg": "settings",
        "toml": "settings",
    }  # fmt: skip
    return by_suffix.get(suffix, "text")


def view_of(text: str, form: Form) -> View:
    """Build the view of a text; text that is not what its form says is read as plain text."""
    documents = json_documents(text) if form == "json" or text[:1] in ("{", "[") else None
    if documents is not None:
        return _json_view(text, documents)
    match form:
        case "csv":
            return _table_view(text)
        case "yaml":
            return _same(text, _keyed(text, yaml_scalars(text)))
        case "settings":
            return _same(text, _keyed(text, setting_lines(text)))
        case "mail":
            return _same(text, _keyed(text, mail_headers(text)))
        case _:
            return _same(text, ())


def _same(text: str, keyed: Iterable[Finding]) -> View:
    return View(text, (Piece(0, len(text), 0),), keyed)


def _keyed(text: str, scalars: Iterable[tuple[tuple[str, ...], int, int]]) -> Iterator[Finding]:
    for path, start, end in scalars:
        yield from _finding(path, text[start:end], start)


def _finding(path: tuple[str, ...], value: str, at: int) -> Iterator[Finding]:
    kind = kind_at(path)
    part = sensitive_part(kind, value, structured=True) if kind else None
    if part is not None:
        found = f"key:{path[-1][-24:].lower()}" if path[-1].isidentifier() else "key"
        yield Finding(at + part.start, at + part.end, part.kind, found, 1.0, part.firm)


def _table_view(text: str) -> View:
    pieces: list[Piece] = []
    keyed: list[Finding] = []
    for header, start, end in csv_cells(text):
        pieces.append(Piece(start, end, start))
        if header:
            keyed.extend(_finding((header,), text[start:end], start))
    return View(text, pieces, keyed)


def _json_view(text: str, documents: Iterable[JsonScalar]) -> View:
    parts: list[str] = []
    pieces: list[Piece] = []
    keyed: list[Finding] = []
    at = 0
    for scalar in documents:
        value = scalar.value
        style: Style = "number" if scalar.number else "plain"
        pieces.append(Piece(at, at + len(value), scalar.start, scalar.offsets, style))
        if scalar.path:
            keyed.extend(_finding(scalar.path, value, at))
        parts.append(value)
        at += len(value) + 2
    return View("\n\n".join(parts), pieces, keyed)
