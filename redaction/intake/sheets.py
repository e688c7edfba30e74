"""Reads spreadsheets: each sheet is a table of its values; the one door to calamine."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Final

from redaction.intake.documents import Desk, Document, Text
from redaction.intake.hidden import MARK, hidden
from redaction.intake.officexml import Package
from redaction.intake.reasons import Reason, Refused
from redaction.intake.tables import written

_COMMENTS: Final = ("xl/comments", "xl/threadedComments/")
_LAST_COLUMN: Final = 16_384


def read_sheets(content: bytes, desk: Desk) -> Document:
    """Read an Excel or OpenDocument spreadsheet: one table for each sheet, comments as a text.

    Raises:
        Refused: it is damaged, encrypted, passes a limit, or holds nothing.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    package = Package(content, desk) if content.startswith(b"PK") else None
    if package is not None:
        # The library trusts the sizes that it is told: everything is unpacked once before it.
        package.check()
    unseen = _hidden_lines(package) if package is not None else {}
    texts: list[Text] = []
    left = desk.budget.limits.artifact_bytes
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            for told in book.sheets_metadata:
                sheet = book.get_sheet_by_name(told.name)
                hides = unseen.get(told.name, _Unseen())
                hides.whole = told.visible != SheetVisibleEnum.Visible
                rows = _rows(sheet.to_python(skip_empty_area=True), sheet.start or (0, 0), hides)
                table = _bounded(rows, left)
                left -= len(table)
                if table.strip(",\n"):
                    texts.append(Text(told.name, "text/csv", table))
    except PasswordError:
        raise Refused(Reason.ENCRYPTED) from None
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError, KeyError):
        raise Refused(Reason.SHEETS) from None
    if package is not None:
        texts += _comments(package)
    if not texts:
        raise Refused(Reason.NO_TEXT)
    return Document(tuple(texts))


@dataclass(slots=True)
class _Unseen:
    """What of a sheet is hidden; rows and columns count from 0."""

    whole: bool = False
    rows: set[int] = field(default_factory=set[int])
    columns: set[int] = field(default_factory=set[int])


def _rows(
    rows: Iterable[Sequence[object]], start: tuple[int, int], unseen: _Unseen
) -> Iterator[list[str]]:
    """Yield rows as text; the mark stands in the first cell of what is hidden."""
    for number, row in enumerate(rows):
        cells = [_shown(value) for value in row]
        marked = {column - start[1] for column in unseen.columns} if number == 0 else set[int]()
        if (number == 0 and unseen.whole) or number + start[0] in unseen.rows:
            marked.add(0)
        yield [f"{MARK} {cell}" if place in marked else cell for place, cell in enumerate(cells)]


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


def _hidden_lines(package: Package) -> dict[str, _Unseen]:
    """Return the hidden rows and columns of each sheet of an Excel file, by its name."""
    book, relations = _Attributes("sheet"), _Attributes("Relationship")
    package.parse("xl/workbook.xml", book)
    package.parse("xl/_rels/workbook.xml.rels", relations)
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations.found}
    found: dict[str, _Unseen] = {}
    for sheet in book.found:
        target = targets.get(sheet.get("id", ""), "").lstrip("/").removeprefix("xl/")
        lines = _HiddenLines()
        if target:
            package.parse(f"xl/{target}", lines)
        found[sheet.get("name", "")] = lines.unseen
    return found


class _Attributes:
    """Collects the attributes of every element of one name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.found: list[Mapping[str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self._name:
            self.found.append(attributes)

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _HiddenLines(_Attributes):
    """Collects which rows and columns of a sheet are hidden."""

    def __init__(self) -> None:
        super().__init__("")
        self.unseen = _Unseen()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") not in ("1", "true"):
            return
        if name == "row" and attributes.get("r", "").isdecimal():
            self.unseen.rows.add(int(attributes["r"]) - 1)
        if name == "col" and (attributes.get("min", "") + attributes.get("max", "")).isdecimal():
            last = min(int(attributes["max"]), _LAST_COLUMN)
            self.unseen.columns |= set(range(int(attributes["min"]) - 1, last))


def _comments(package: Package) -> Iterator[Text]:
    for number, name in enumerate((n for p in _COMMENTS for n in package.names(p, ".xml")), 1):
        said = _Comments()
        package.parse(name, said)
        if text := "".join(said.pieces).strip():
            yield Text(f"comments-{number}", "text/plain", hidden(text) + "\n")


class _Comments(_Attributes):
    """Collects the text of comments."""

    def __init__(self) -> None:
        super().__init__("")
        self.pieces: list[str] = []

    def end(self, name: str) -> None:
        if name in ("comment", "threadedComment", "author"):
            self.pieces.append("\n")

    def text(self, data: str) -> None:
        self.pieces.append(data)
