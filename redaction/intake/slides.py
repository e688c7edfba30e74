"""Reads presentations: the text of every slide, hidden slides and speakers' notes marked so."""

from collections.abc import Mapping
from typing import Final

from redaction.intake.documents import Desk, Document, plain
from redaction.intake.officexml import Package
from redaction.intake.paragraphs import Lines
from redaction.intake.reasons import Reason, Refused
from redaction.intake.word import embedded

_INSIDE: Final = ("ppt/media/", "ppt/embeddings/")


def read_slides(content: bytes, desk: Desk) -> Document:
    """Read a presentation; pictures and files in it are parts.

    Raises:
        Refused: it is damaged, passes a limit, or holds nothing.
    """
    package = Package(content, desk)
    lines, size = Lines(), _Size()
    package.parse("ppt/presentation.xml", size)
    for number, name in enumerate(package.names("ppt/slides/slide", ".xml"), 1):
        lines.write(f"[slide {number}]")
        lines.end_paragraph()
        package.parse(name, _Slide(lines, size))
    for folder in ("ppt/notesSlides/", "ppt/comments/"):
        for name in package.names(folder, ".xml"):
            package.parse(name, _Slide(lines, size, unseen=True))
    text, parts = lines.text(), embedded(package, _INSIDE)
    if not text and not parts:
        raise Refused(Reason.NO_TEXT)
    return plain(text, parts)


class _Size:
    """Finds out how large the slides are."""

    def __init__(self) -> None:
        self.width = self.height = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sldSz":
            self.width, self.height = _length(attributes.get("cx")), _length(attributes.get("cy"))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _Slide:
    """Follows the elements of a slide."""

    def __init__(self, lines: Lines, size: _Size, *, unseen: bool = False) -> None:
        self._lines = lines
        self._size = size
        self._whole = self._unseen = unseen
        self._corner = (0, 0)
        self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "sld":
                self._whole = self._whole or attributes.get("show") in ("0", "false")
                self._unseen = self._whole
            case "cNvPr" if attributes.get("hidden") in ("1", "true"):
                self._unseen = True
            case "off":
                self._corner = _length(attributes.get("x")), _length(attributes.get("y"))
            case "ext" if "cx" in attributes and self._is_beside(attributes):
                self._unseen = True
            case "t" | "text":
                self._in_text = True
            case "br":
                self._lines.write("\n", unseen=self._unseen)
            case "tr":
                self._lines.start_row()
            case "tc":
                self._lines.start_cell()
            case _:
                pass

    def end(self, name: str) -> None:
        match name:
            case "t":
                self._in_text = False
            case "p" | "text":
                self._in_text = False
                self._lines.end_paragraph()
            case "sp" | "graphicFrame" | "pic":
                self._unseen, self._corner = self._whole, (0, 0)
            case "tr":
                self._lines.end_row()
            case "tc":
                self._lines.end_cell()
            case _:
                pass

    def text(self, data: str) -> None:
        if self._in_text:
            self._lines.write(data, unseen=self._unseen)

    def _is_beside(self, extent: Mapping[str, str]) -> bool:
        """Tell a shape that lies beside the slide."""
        left, top = self._corner
        right, bottom = left + _length(extent.get("cx")), top + _length(extent.get("cy"))
        beyond = left >= self._size.width > 0 or top >= self._size.height > 0
        return right < 0 or bottom < 0 or beyond


def _length(said: str | None) -> int:
    digits = (said or "").removeprefix("-")
    return int(said or 0) if digits.isdecimal() and len(digits) < 12 else 0
