"""Says how the cells of an Excel file look: which are dates, and which nobody sees."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from redaction.intake.officexml import Package

Kind: TypeAlias = Literal["number", "date", "time", "datetime", "duration"]

# The formats that every Excel file knows by number, those of East Asian dates included.
_DATES: Final = (*range(14, 18), *range(27, 32), 34, 35, 36, *range(50, 59))
_TIMES: Final = (*range(18, 22), 32, 33, 45, 47)
_DATE_AND_TIME: Final = 22
_DURATION: Final = 46
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General', re.I)
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_WHITE: Final = ("FFFFFF", "FFFFFFFF", "00FFFFFF")
_DAYS: Final = 2_958_466
_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's time has no zone
_FIRST_DAY_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_WHOLE: Final = 1e15


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is shown; `unseen` says that its text is white on white, or not shown at all."""

    kind: Kind
    unseen: bool


NO_STYLE: Final = Style("number", False)


def read_styles(package: Package) -> list[Style]:
    """Return the styles of a file's cells, in the order in which cells name them."""
    looks = _Looks()
    package.parse("xl/styles.xml", looks)
    return [
        Style(
            _kind(number, looks.formats.get(number, "")),
            looks.formats.get(number, "").replace(" ", "") == ";;;"
            or (_at(looks.white, font) and not _at(looks.filled, fill)),
        )
        for number, font, fill in looks.cells
    ]


def shown_number(said: str, style: Style, from_1904: bool) -> str:
    """Return a number as a person reads it: dates and times by their style, no needless digits."""
    try:
        value = float(said)
    except ValueError:
        return said
    if style.kind != "number" and 0 <= value < _DAYS:
        return _moment(value, style.kind, _FIRST_DAY_1904 if from_1904 else _FIRST_DAY)
    return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else str(value)


def _moment(value: float, kind: Kind, first: datetime) -> str:
    passed = timedelta(milliseconds=round(value * 86_400_000))
    if kind == "duration":
        return str(passed)
    if kind == "time" and value < 1:
        return (first + passed).time().isoformat()
    when = first + passed
    if kind == "date" and value.is_integer():
        return when.date().isoformat()
    return when.isoformat(" ")


def _kind(number: int, code: str) -> Kind:
    if not code:
        if number in _DATES:
            return "date"
        if number == _DURATION:
            return "duration"
        return "datetime" if number == _DATE_AND_TIME else "time" if number in _TIMES else "number"
    code = _LITERAL.sub("", code.split(";")[0]).lower()
    if _ELAPSED.search(code):
        return "duration"
    dated, timed = set(code) & set("yd"), set(code) & set("hs")
    if timed:
        return "datetime" if dated else "time"
    return "date" if dated or "mmm" in code else "number"


def _at(flags: list[bool], place: int) -> bool:
    return 0 <= place < len(flags) and flags[place]


class _Looks:
    """Collects fonts, fills and formats, and the styles that are made of them."""

    def __init__(self) -> None:
        self._inside: list[str] = []
        self.formats: dict[int, str] = {}
        self.white: list[bool] = []
        self.filled: list[bool] = []
        self.cells: list[tuple[int, int, int]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        parent = self._inside[-1] if self._inside else ""
        match parent, name:
            case "numFmts", "numFmt":
                self.formats[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            case "fonts", "font":
                self.white.append(False)
            case "font", "color" if self.white and "fonts" in self._inside:
                self.white[-1] = _is_white(attributes)
            case "fills", "fill":
                self.filled.append(False)
            case "fill", "patternFill" if self.filled and "fills" in self._inside:
                self.filled[-1] = attributes.get("patternType", "none") != "none"
            case "patternFill", "fgColor" if self.filled and "fills" in self._inside:
                self.filled[-1] = self.filled[-1] and not _is_white(attributes)
            case "fill", "gradientFill" if self.filled and "fills" in self._inside:
                self.filled[-1] = True
            case "cellXfs", "xf":
                told = (attributes.get(key) for key in ("numFmtId", "fontId", "fillId"))
                number, font, fill = map(_number, told)
                self.cells.append((number, font, fill))
            case _:
                pass
        self._inside.append(name)

    def end(self, name: str) -> None:
        self._inside.pop()

    def text(self, data: str) -> None:
        pass


def _is_white(colour: Mapping[str, str]) -> bool:
    # Theme colour 0 is the paper, indexed colours 1 and 9 are white.
    named = colour.get("theme") == "0" or colour.get("indexed") in ("1", "9")
    return colour.get("rgb", "").upper() in _WHITE or (named and "tint" not in colour)


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 10 else -1
