"""Reads spreadsheets: each sheet is a table of its values; the one door to calamine."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Final

from redaction.intake.documents import Desk, Document, Text
from redaction.intake.excel import excel_texts
from redaction.intake.hidden import MARK, hidden
from redaction.intake.officexml import Package
from redaction.intake.reasons import Reason, Refused
from redaction.intake.tables import written

_COMMENTS: Final = ("xl/comments", "xl/threadedComments/")
_SHAPES: Final = ("xl/drawings/drawing",)


def read_sheets(content: bytes, desk: Desk) -> Document:
    """Read an Excel or OpenDocument spreadsheet: one table for each sheet, comments as a text.

    Raises:
        Refused: it is damaged, encrypted, passes a limit, or holds nothing.
    """
    package = Package(content, desk) if content.startswith(b"PK") else None
    if package is not None and any(package.names("xl/workbook.xml")):
        texts = list(excel_texts(package, desk.budget.limits.artifact_bytes))
    else:
        texts = list(_other_sheets(content, package, desk))
    if package is not None:
        texts += _said_beside(package)
    if not texts:
        raise Refused(Reason.NO_TEXT)
    return Document(tuple(texts))


def _other_sheets(content: bytes, package: Package | None, desk: Desk) -> Iterator[Text]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    if package is not None:
        # The library trusts the sizes that it is told: everything is unpacked once before it.
        package.check()
    left = desk.budget.limits.artifact_bytes
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            for told in book.sheets_metadata:
                values = book.get_sheet_by_name(told.name).to_python(skip_empty_area=True)
                whole = told.visible != SheetVisibleEnum.Visible
                table = _bounded(_rows(values, whole=whole), left)
                left -= len(table)
                if table.strip(",\n"):
                    yield Text(told.name, "text/csv", table)
    except PasswordError:
        raise Refused(Reason.ENCRYPTED) from None
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError, KeyError):
        raise Refused(Reason.SHEETS) from None


def _rows(rows: Iterable[Sequence[object]], *, whole: bool) -> Iterator[list[str]]:
    """Yield rows as text; of a hidden sheet the mark stands in the first cell."""
    for number, row in enumerate(rows):
        cells = [_shown(value) for value in row]
        if whole and number == 0 and cells:
            cells[0] = f"{MARK} {cells[0]}"
        yield cells


def _bounded(rows: Iterable[Sequence[str]], most: int) -> str:
    """Write rows; one long shared text in many cells is larger than the file that holds it."""
    parts: list[str] = []
    size = 0
    for row in rows:
        parts.append(written([row]))
        size += len(parts[-1])
        if size > most:
            raise Refused(Reason.LARGER, most)
    return "".join(parts)


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).upper()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case None:
            return ""
        case _:
            return str(value)


def _said_beside(package: Package) -> Iterator[Text]:
    """Yield comments, which only show when they are pointed at, and the text of shapes."""
    for prefixes, name, unseen in ((_COMMENTS, "comments", True), (_SHAPES, "shapes", False)):
        parts = (part for prefix in prefixes for part in package.names(prefix, ".xml"))
        for number, part in enumerate(parts, 1):
            said = _Said()
            package.parse(part, said)
            if text := "".join(said.pieces).strip():
                shown = hidden(text) if unseen else text
                yield Text(f"{name}-{number}", "text/plain", shown + "\n")


class _Said:
    """Collects the text of comments, or of the shapes that are drawn over a sheet."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        pass

    def end(self, name: str) -> None:
        if name in ("comment", "threadedComment", "author", "p"):
            self.pieces.append("\n")

    def text(self, data: str) -> None:
        self.pieces.append(data)
