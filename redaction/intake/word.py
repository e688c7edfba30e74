"""Reads Word documents: body, headers, notes and comments, with what was deleted or is hidden."""

from collections.abc import Callable, Mapping
from typing import Final

from redaction.intake.archives import Member
from redaction.intake.documents import Desk, Document, plain
from redaction.intake.officexml import Package
from redaction.intake.paragraphs import Lines
from redaction.intake.reasons import Reason, Refused

_BEFORE: Final = ("word/header",)
_AFTER: Final = ("word/footnotes", "word/endnotes", "word/footer")
_INSIDE: Final = ("word/media/", "word/embeddings/")
_DRAWINGS: Final = (".emf", ".wmf", ".svg")
_OFF: Final = frozenset(("0", "false", "off", "none"))


def read_word(content: bytes, desk: Desk) -> Document:
    """Read a Word document; pictures and files in it are parts.

    Raises:
        Refused: it is damaged, passes a limit, or holds nothing.
    """
    package = Package(content, desk)
    lines = Lines()
    for prefix in _BEFORE:
        _parse(package, prefix, _Body(lines))
    package.parse("word/document.xml", _Body(lines))
    lines.end_paragraph()
    for prefix in _AFTER:
        _parse(package, prefix, _Body(lines))
    package.parse("word/comments.xml", _Body(lines, unseen=True))
    text, parts = lines.text(), embedded(package, _INSIDE)
    if not text and not parts:
        raise Refused(Reason.NO_TEXT)
    return plain(text, parts)


def embedded(package: Package, folders: tuple[str, ...]) -> tuple[Member, ...]:
    """Return the pictures and files inside an office document; line drawings hold no text."""
    return tuple(
        Member(name.rpartition("/")[2], _reading(package, name))
        for folder in folders
        for name in package.names(folder)
        if not name.endswith(("/", *_DRAWINGS))
    )


def _reading(package: Package, name: str) -> Callable[[], bytes]:
    return lambda: package.read(name)


def _parse(package: Package, prefix: str, handler: "_Body") -> None:
    for name in package.names(prefix, ".xml"):
        package.parse(name, handler)


class _Body:
    """Follows the elements of a part."""

    def __init__(self, lines: Lines, *, unseen: bool = False) -> None:
        self._lines = lines
        self._all_unseen = unseen
        self._unseen = False
        self._deleted = 0
        self._skipped = 0
        self._in_text = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "Fallback":
                # The same text box once more, for old programs.
                self._skipped += 1
            case "t" | "delText" | "instrText":
                self._in_text = name
            case "r":
                self._unseen = False
            case "vanish" if attributes.get("val", "1") not in _OFF:
                self._unseen = True
            case "color" if attributes.get("val", "").upper() == "FFFFFF":
                self._unseen = True
            case "sz" if attributes.get("val", "") in ("0", "1", "2"):
                self._unseen = True
            case "del" | "moveFrom":
                self._deleted += 1
            case "tab" if not attributes:
                self._write("\t")
            case "br" | "cr":
                self._write("\n")
            case "noBreakHyphen":
                self._write("-")
            case "comment":
                self._lines.write(f"comment, {attributes.get('author', '')}: ", unseen=True)
            case "tr":
                self._lines.start_row()
            case "tc":
                self._lines.start_cell()
            case _:
                pass

    def end(self, name: str) -> None:
        match name:
            case "Fallback":
                self._skipped -= 1
            case "t" | "delText" | "instrText":
                self._in_text = ""
            case "del" | "moveFrom":
                self._deleted -= 1
            case "p":
                self._lines.end_paragraph(unseen=self._all_unseen)
                self._unseen = False
            case "tr":
                self._lines.end_row()
            case "tc":
                self._lines.end_cell()
            case _:
                pass

    def text(self, data: str) -> None:
        if self._in_text:
            self._write(data)

    def _write(self, text: str) -> None:
        if not self._skipped:
            unseen = self._unseen or self._deleted > 0 or self._in_text == "instrText"
            self._lines.write(text, unseen=unseen or self._all_unseen)
