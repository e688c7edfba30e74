"""Reads the sheets of an OpenDocument spreadsheet: what cells show, comments, what is hidden."""

from collections.abc import Iterator, Mapping
from typing import Final

from redaction.intake.documents import Text
from redaction.intake.grids import Grid
from redaction.intake.hidden import hidden
from redaction.intake.officexml import Package
from redaction.intake.openstyles import OpenStyles

_MOST_REPEATS: Final = 1000
_COLLAPSED: Final = ("collapse", "filter")


def open_sheets(package: Package, styles: OpenStyles, most: int) -> Iterator[Text]:
    """Yield a table for each sheet that holds something.

    Raises:
        Refused: it is damaged or larger.
    """
    reading = _Sheets(styles, most)
    package.parse("content.xml", reading)
    for name, grid in reading.sheets:
        if table := grid.table():
            yield Text(name, "text/csv", table)


class _Sheets:
    """Follows the elements of the content; rows and cells that repeat are written once each."""

    def __init__(self, styles: OpenStyles, most: int) -> None:
        self._styles = styles
        self._most = most
        self._row = self._column = 0
        self._rows = self._cells = 1
        self._formula = ""
        self._said: list[str] = []
        self._notes: list[str] = []
        self._noting = 0
        self._paragraphs = 0
        self._unseen = False
        self.sheets: list[tuple[str, Grid]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "table":
                grid = Grid(self._most - sum(each.size for _, each in self.sheets))
                grid.whole = attributes.get("style-name", "") in self._styles.unseen
                self.sheets.append((attributes.get("name", ""), grid))
                self._row = self._column = 0
            case "table-column" if self.sheets:
                repeats = _count(attributes.get("number-columns-repeated"))
                if attributes.get("visibility") in _COLLAPSED:
                    last = self._column + min(repeats, _MOST_REPEATS)
                    self.sheets[-1][1].hidden_columns |= set(range(self._column, last))
                self._column += repeats
            case "table-row" if self.sheets:
                self._rows = _count(attributes.get("number-rows-repeated"))
                self._column = 0
                if attributes.get("visibility") in _COLLAPSED:
                    last = self._row + min(self._rows, _MOST_REPEATS)
                    self.sheets[-1][1].hidden_rows |= set(range(self._row, last))
            case "table-cell" | "covered-table-cell":
                self._cells = _count(attributes.get("number-columns-repeated"))
                self._formula = attributes.get("formula", "").partition(":")[2]
                self._unseen = attributes.get("style-name", "") in self._styles.unseen
                self._said, self._notes = [], []
            case "annotation":
                self._noting += 1
            case "p":
                self._paragraphs += 1
            case "s" | "line-break" | "tab":
                self.text(" ")
            case _:
                pass

    def end(self, name: str) -> None:
        match name:
            case "table-row":
                self._row += self._rows
            case "table-cell" | "covered-table-cell":
                self._end_cell()
            case "annotation":
                self._noting -= 1
            case "p":
                self._paragraphs -= 1
                self.text(" ")
            case _:
                pass

    def text(self, data: str) -> None:
        if self._noting:
            self._notes.append(data)
        elif self._paragraphs:
            self._said.append(data)

    def _end_cell(self) -> None:
        text = " ".join("".join(self._said).split()) or self._formula
        if note := " ".join("".join(self._notes).split()):
            text = f"{text} {hidden(note)}".strip()
        if text and self.sheets:
            for row in range(min(self._rows, _MOST_REPEATS)):
                for column in range(min(self._cells, _MOST_REPEATS)):
                    at = self._row + row, self._column + column
                    self.sheets[-1][1].put(*at, text, unseen=self._unseen)
        self._column += self._cells


def _count(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and 0 < len(said) < 10 else 1
