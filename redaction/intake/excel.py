"""Reads the sheets of an Excel file by cell: values, formulas without one, and what is hidden."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from redaction.intake.documents import Text
from redaction.intake.excelstyles import NO_STYLE, Style, read_styles, shown_number
from redaction.intake.grids import Grid
from redaction.intake.officexml import Package
from redaction.intake.reasons import Reason, Refused

_LAST_COLUMN: Final = 16_384
_LAST_ROW: Final = 1_048_576
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_TRUE: Final = ("1", "true")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a file share."""

    strings: list[str]
    styles: list[Style]
    from_1904: bool


def excel_texts(package: Package, most: int) -> Iterator[Text]:
    """Yield a table for each sheet that holds something, at most so many characters in all.

    Raises:
        Refused: it is damaged or larger.
    """
    book, relations, settings = (Attributes(n) for n in ("sheet", "Relationship", "workbookPr"))
    package.parse("xl/workbook.xml", book)
    package.parse("xl/workbook.xml", settings)
    package.parse("xl/_rels/workbook.xml.rels", relations)
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations.found}
    shared = _Strings(most)
    package.parse("xl/sharedStrings.xml", shared)
    from_1904 = any(each.get("date1904") in _TRUE for each in settings.found)
    common = _Book(shared.found, read_styles(package), from_1904)
    left = most
    for told in book.found:
        target = targets.get(told.get("id", ""), "").lstrip("/").removeprefix("xl/")
        reading = _Cells(common, left)
        if target:
            package.parse(f"xl/{target}", reading)
        reading.grid.whole = told.get("state", "visible") != "visible"
        table = reading.grid.table()
        left -= len(table)
        if left < 0:
            raise Refused(Reason.LARGER, most)
        if table:
            yield Text(told.get("name", ""), "text/csv", table)


class Attributes:
    """Collects the attributes of every element of one name."""

    def __init__(self, name: str) -> None:
        """Take the name."""
        self._name = name
        self.found: list[Mapping[str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Keep what is asked for."""
        if name == self._name:
            self.found.append(attributes)

    def end(self, name: str) -> None:
        """Do nothing."""

    def text(self, data: str) -> None:
        """Do nothing."""


class _Strings:
    """Collects the texts that cells share; how they are pronounced is left out."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._most = most
        self._pieces: list[str] = []
        self._in_text = False
        self._spoken = 0
        self.found: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._in_text = name == "t"
        self._spoken += name == "rPh"

    def end(self, name: str) -> None:
        self._in_text = False
        self._spoken -= name == "rPh"
        if name == "si":
            self.found.append("".join(self._pieces))
            self._left -= len(self.found[-1])
            self._pieces = []
            if self._left < 0:
                raise Refused(Reason.LARGER, self._most)

    def text(self, data: str) -> None:
        if self._in_text and not self._spoken:
            self._pieces.append(data)


class _Cells:
    """Follows the elements of one sheet."""

    def __init__(self, book: _Book, most: int) -> None:
        self._book = book
        self.grid = Grid(most)
        self._row, self._column = -1, -1
        self._kind, self._style = "", NO_STYLE
        self._in = ""
        self._said: dict[str, list[str]] = {}
        self._group = ""
        self._formulas: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "c":
                self._begin_cell(attributes)
            case "v" | "f" | "t":
                self._in = name
                if name == "f":
                    self._group = attributes.get("si", "")
            case "row":
                self._begin_row(attributes)
            case "col" if attributes.get("hidden") in _TRUE or _is_zero(attributes.get("width")):
                first, last = attributes.get("min", ""), attributes.get("max", "")
                if first.isdecimal() and last.isdecimal():
                    most = min(int(last), _LAST_COLUMN)
                    self.grid.hidden_columns |= set(range(int(first) - 1, most))
            case _:
                pass

    def end(self, name: str) -> None:
        self._in = ""
        if name == "c":
            self._end_cell()

    def text(self, data: str) -> None:
        if self._in:
            self._said.setdefault(self._in, []).append(data)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() else self._row + 1
        if not 0 <= self._row < _LAST_ROW:
            raise Refused(Reason.SHEETS)
        self._column = -1
        if attributes.get("hidden") in _TRUE or _is_zero(attributes.get("ht")):
            self.grid.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _PLACE.match(attributes.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        if self._column >= _LAST_COLUMN:
            raise Refused(Reason.SHEETS)
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "")
        known = style.isdecimal() and int(style) < len(self._book.styles)
        self._style = self._book.styles[int(style)] if known else NO_STYLE
        self._said = {}
        self._group = ""

    def _end_cell(self) -> None:
        formula = "".join(self._said.get("f", ()))
        if self._group:
            # Only the first cell of a group says the formula that all of them share.
            formula = self._formulas.setdefault(self._group, formula)
        text = self._value() or (f"={formula}" if formula else "")
        self.grid.put(self._row, self._column, text, unseen=self._style.unseen)

    def _value(self) -> str:
        said = "".join(self._said.get("t" if self._kind == "inlineStr" else "v", ()))
        match self._kind:
            case "s":
                strings = self._book.strings
                return strings[int(said)] if said.isdecimal() and int(said) < len(strings) else ""
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(said.strip(), said)
            case "n":
                return shown_number(said, self._style, self._book.from_1904)
            case _:
                return said


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _is_zero(size: str | None) -> bool:
    return size is not None and size.strip("0.") == "" and "0" in size
