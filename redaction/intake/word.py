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
_WHITE: Final = "FFFFFF"
_PAPER: Final = ("", "AUTO", "NIL", _WHITE)
_OFF: Final = frozenset(("0", "false", "off", "none"))


def read_word(content: bytes, desk: Desk) -> Document:
    """Read a Word document; pictures and files in it are parts.

    Raises:
        Refused: it is damaged, passes a limit, or holds nothing.
    """
    package = Package(content, desk)
    lines, styles = Lines(), _Styles()
    package.parse("word/styles.xml", styles)
    for prefix in _BEFORE:
        _parse(package, prefix, _Body(lines, styles))
    package.parse("word/document.xml", _Body(lines, styles))
    lines.end_paragraph()
    for prefix in _AFTER:
        _parse(package, prefix, _Body(lines, styles))
    package.parse("word/comments.xml", _Body(lines, styles, unseen=True))
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


class _Styles:
    """Collects the styles that hide their text, and those that write it white."""

    def __init__(self) -> None:
        self._style = ""
        self.unseen: set[str] = set()
        self.white: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "style":
                self._style = attributes.get("styleId", "")
                if attributes.get("default") == "1":
                    self._style = ""
            case "vanish" if attributes.get("val", "1") not in _OFF:
                self.unseen.add(self._style)
            case "color" if attributes.get("val", "").upper() == _WHITE:
                self.white.add(self._style)
            case "tblStylePr":
                # What a table's style says of its head row comes with a ground.
                self._style = ""
            case _:
                pass

    def end(self, name: str) -> None:
        if name == "style":
            self.unseen.discard("")
            self.white.discard("")

    def text(self, data: str) -> None:
        pass


class _Body:
    """Follows the elements of a part."""

    def __init__(self, lines: Lines, styles: _Styles, *, unseen: bool = False) -> None:
        self._lines = lines
        self._styles = styles
        self._all_unseen = unseen
        self._unseen = self._white = False
        self._paragraph = (False, False)
        # Where a ground was drawn: under a table, a cell, a paragraph, a run.
        self._grounds: set[str] = set()
        self._place = ""
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
            case "p":
                self._paragraph = (False, False)
                self._grounds -= {"pPr", "rPr"}
            case "r":
                self._unseen, self._white = self._paragraph
                self._grounds.discard("rPr")
            case "pPr" | "rPr" | "tcPr" | "tblPr":
                self._place = name
            case "pStyle":
                style = attributes.get("val", "")
                self._paragraph = (style in self._styles.unseen, style in self._styles.white)
            case "rStyle":
                self._unseen = self._unseen or attributes.get("val") in self._styles.unseen
                self._white = self._white or attributes.get("val") in self._styles.white
            case "shd" if attributes.get("fill", "auto").upper() not in _PAPER:
                self._grounds.add(self._place)
            case "highlight" if attributes.get("val") not in ("white", "none"):
                self._grounds.add(self._place)
            case "tblStyle":
                # A table's style may draw a ground under any of its cells.
                self._grounds.add("tblPr")
            case "vanish":
                self._unseen = attributes.get("val", "1") not in _OFF
            case "color":
                self._white = attributes.get("val", "").upper() == _WHITE
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
                self._grounds.discard("tcPr")
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
                self._unseen = self._white = False
            case "tr":
                self._lines.end_row()
            case "tc":
                self._grounds.discard("tcPr")
                self._lines.end_cell()
            case "tbl":
                self._grounds.discard("tblPr")
            case _:
                pass

    def text(self, data: str) -> None:
        if self._in_text:
            self._write(data)

    def _write(self, text: str) -> None:
        if not self._skipped:
            unseen = (
                self._unseen
                or (self._white and not self._grounds)
                or self._deleted > 0
                or self._in_text == "instrText"
            )
            self._lines.write(text, unseen=unseen or self._all_unseen)
