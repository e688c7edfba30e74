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
    lines = Lines()
    for number, name in enumerate(package.names("ppt/slides/slide", ".xml"), 1):
        lines.write(f"[slide {number}]")
        lines.end_paragraph()
        package.parse(name, _Slide(lines))
    for folder in ("ppt/notesSlides/", "ppt/comments/"):
        for name in package.names(folder, ".xml"):
            package.parse(name, _Slide(lines, unseen=True))
    text, parts = lines.text(), embedded(package, _INSIDE)
    if not text and not parts:
        raise Refused(Reason.NO_TEXT)
    return plain(text, parts)


class _Slide:
    """Follows the elements of a slide."""

    def __init__(self, lines: Lines, *, unseen: bool = False) -> None:
        self._lines = lines
        self._unseen = unseen
        self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "sld":
                self._unseen = self._unseen or attributes.get("show") in ("0", "false")
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
            case "tr":
                self._lines.end_row()
            case "tc":
                self._lines.end_cell()
            case _:
                pass

    def text(self, data: str) -> None:
        if self._in_text:
            self._lines.write(data, unseen=self._unseen)
