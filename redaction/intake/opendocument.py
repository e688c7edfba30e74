"""Reads OpenDocument texts and presentations; its spreadsheets go the way of all spreadsheets."""

from collections.abc import Mapping
from typing import Final

from redaction.intake.documents import Desk, Document, plain
from redaction.intake.officexml import Package
from redaction.intake.paragraphs import Lines
from redaction.intake.reasons import Reason, Refused
from redaction.intake.sheets import read_sheets
from redaction.intake.word import embedded

_INSIDE: Final = ("Pictures/",)
_UNSEEN: Final = frozenset(("annotation", "tracked-changes", "hidden-text", "hidden-paragraph"))


def read_open_document(content: bytes, desk: Desk) -> Document:
    """Read an OpenDocument file; pictures in it are parts.

    Raises:
        Refused: it is damaged, encrypted, passes a limit, or holds nothing.
    """
    package = Package(content, desk)
    if b"manifest:encryption-data" in package.read("META-INF/manifest.xml"):
        raise Refused(Reason.ENCRYPTED)
    if b"spreadsheet" in package.read("mimetype"):
        return read_sheets(content, desk)
    lines = Lines()
    package.parse("content.xml", _Body(lines))
    text, parts = lines.text(), embedded(package, _INSIDE)
    if not text and not parts:
        raise Refused(Reason.NO_TEXT)
    return plain(text, parts)


class _Body:
    """Follows the elements of the content."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._unseen = 0
        self._paragraphs = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "p" | "h":
                self._paragraphs += 1
            case "tab":
                self._write("\t")
            case "line-break":
                self._write("\n")
            case "s":
                self._write(" ")
            case "table-row":
                self._lines.start_row()
            case "table-cell":
                self._lines.start_cell()
            case _ if name in _UNSEEN:
                self._unseen += 1
            case _:
                pass

    def end(self, name: str) -> None:
        match name:
            case "p" | "h":
                self._paragraphs -= 1
                self._lines.end_paragraph()
            case "table-row":
                self._lines.end_row()
            case "table-cell":
                self._lines.end_cell()
            case _ if name in _UNSEEN:
                self._unseen -= 1
            case _:
                pass

    def text(self, data: str) -> None:
        if self._paragraphs:
            self._write(data)

    def _write(self, text: str) -> None:
        self._lines.write(text, unseen=self._unseen > 0)
