"""Holds the cells of a sheet where they stand, and writes them as a table with marks of hiding."""

from dataclasses import dataclass, field
from typing import Final

from redaction.intake.hidden import MARK
from redaction.intake.reasons import Reason, Refused
from redaction.intake.tables import written

# Rows are filled up to the same number of cells, unless a cell far off would make a desert of it.
_FILLED_UP: Final = 10_000
_FILLED_TIMES: Final = 4


@dataclass(slots=True)
class Grid:
    """The texts of a sheet by row and column, and what of it is hidden; all count from 0.

    `most` is how many characters may be put in.
    """

    most: int
    cells: dict[int, dict[int, str]] = field(default_factory=dict[int, dict[int, str]])
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    whole: bool = False
    size: int = 0

    def put(self, row: int, column: int, text: str, *, unseen: bool = False) -> None:
        """Put a text in a cell; an empty one is no cell.

        Raises:
            Refused: the sheet holds more than it may.
        """
        if not text.strip():
            return
        self.size += len(text)
        if self.size > self.most:
            raise Refused(Reason.LARGER, self.most)
        self.cells.setdefault(row, {})[column] = f"{MARK} {text}" if unseen else text

    def table(self) -> str:
        """Write the sheet from its first used column; rows without a cell are one empty line."""
        if not self.cells:
            return ""
        first = min(min(row) for row in self.cells.values())
        last = max(max(row) for row in self.cells.values())
        used = sum(map(len, self.cells.values()))
        filled = len(self.cells) * (last - first + 1) <= used * _FILLED_TIMES + _FILLED_UP
        rows: list[list[str]] = []
        before = None
        for number, cells in sorted(self.cells.items()):
            if before is not None and number > before + 1:
                rows.append([])
            end = last if filled else max(cells)
            marked = self.hidden_columns if before is None else set[int]()
            if number in self.hidden_rows or (self.whole and before is None):
                marked = marked | {first}
            rows.append([_marked(cells.get(at, ""), at in marked) for at in range(first, end + 1)])
            before = number
        return written(rows)


def _marked(text: str, unseen: bool) -> str:
    return f"{MARK} {text}" if unseen and not text.startswith(MARK) else text
