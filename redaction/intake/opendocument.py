"""Reads OpenDocument files: the text of documents and presentations, the sheets of others."""

from collections.abc import Mapping
from typing import Final

from redaction.intake.documents import Desk, Document, plain
from redaction.intake.officexml import Package
from redaction.intake.opensheets import open_sheets
from redaction.intake.openstyles import OpenStyles
from redaction.intake.paragraphs import Lines
from redaction.intake.reasons import Reason, Refused
from redaction.intake.word import embedded

_INSIDE: Final = ("Pictures/",)
_STYLED: Final = ("p", "h", "span")
_UNSEEN: Final = frozenset(("annotation", "tracked-changes", "hidden-text", "hidden-paragraph"))


def read_open_document(content: bytes, desk: Desk) -> Document:
    """Read an OpenDocument file; pictures in it are parts.

    Raises:
        Refused: it is damaged, encrypted, passes a limit, or holds nothing.
    """
    package = Package(content, desk)
    if b"manifest:encryption-data" in package.read("META-INF/manifest.xml"):
        raise Refused(Reason.ENCRYPTED)
    styles = OpenStyles(package)
    if b"spreadsheet" in package.read("mimetype"):
        texts = tuple(open_sheets(package, styles, desk.budget.limits.artifact_bytes))
        if not texts:
            raise Refused(Reason.NO_TEXT)
        return Document(texts)
    lines = Lines()
    # The paragraphs of the styles are the headers and footers of the pages.
    for part in ("styles.xml", "content.xml"):
        package.parse(part, _Body(lines, styles))
        lines.end_paragraph()
    text, parts = lines.text(), embedded(package, _INSIDE)
    if not text and not parts:
        raise Refused(Reason.NO_TEXT)
    return plain(text, parts)


class _Body:
    """Follows the elements of the content."""

    def __init__(self, lines: Lines, styles: OpenStyles) -> None:
        self._lines = lines
        self._styles = styles
        self._unseen = 0
        self._styled: list[bool] = []
        self._paragraphs = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _STYLED:
            self._styled.append(attributes.get("style-name", "") in self._styles.unseen)
        match name:
            case "p" | "h":
                self._paragraphs += 1
            case "note":
                self._write(" ")
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
        if name in _STYLED and self._styled:
            self._styled.pop()
        match name:
            case "p" | "h":
                self._paragraphs -= 1
                self._lines.end_paragraph()
            case "creator" | "date" | "note-citation" if self._paragraphs:
                self._write(": ")
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
        self._lines.write(text, unseen=self._unseen > 0 or any(self._styled))
