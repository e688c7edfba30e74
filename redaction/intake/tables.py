"""Makes the cells of a table harmless: none of them is a formula when a spreadsheet opens it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

# A sign before digits is a number, a telephone or a time; alone it means "none".
_NUMBER: Final = re.compile(r"[+-][\s\d.,:;/()%€$£+-]*(?:[eE][+-]?\d+)?[\s\d]*$")
_CELL: Final = r'(?<![^{delimiter}\n])(?:"((?:[^"]|"")*)"|([^{delimiter}\n"]+))'


def harmless(cell: str) -> str:
    """Return a cell's text; one that would be run as a formula gets an apostrophe in front."""
    if not cell.startswith(("=", "@", "+", "-", "\t", "\r")) or _NUMBER.match(cell):
        return cell
    return f"'{cell}"


def harmless_table(text: str, delimiter: str) -> str:
    """Return a table's text with harmless cells and everything else as it was."""
    cell = re.compile(_CELL.format(delimiter=re.escape(delimiter)))
    return cell.sub(_harmless_cell, text)


def _harmless_cell(match: re.Match[str]) -> str:
    return f'"{harmless(match[1])}"' if match[1] is not None else harmless(match[2])


def written(rows: Iterable[Sequence[str]]) -> str:
    """Write rows of harmless cells as comma-separated lines."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return lines.getvalue()
