"""Decides what the columns of a table hold, from their headings, their values and each other."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from redaction.detection.language.namevalues import GIVEN
from redaction.detection.language.words import LETTER, PARTICLES, is_common, is_known
from redaction.detection.patterns.foreignkeys import BARE_NAMES
from redaction.detection.patterns.keynames import kind_at, kind_of_key, words
from redaction.detection.patterns.ordinary import NAME_WORDS, is_role, words_of

# Beside these a `Name` is a person's, or a thing's, unless the values say otherwise.
_PERSONAL_KINDS: Final = words_of(
    "PERSON EMAIL PHONE BIRTHDATE NATIONAL_ID NATIONALITY PASSPORT ADDRESS"
)
_PERSONAL: Final = words_of(
    "department title job salary gender sex age manager team employee position role birth"
    " abteilung gehalt geschlecht anrede salutation grade occupation"
)
_TECHNICAL: Final = words_of(
    "namespace version image replicas cpu memory mem port ports pod pods node nodes container"
    " cluster service zone size path uptime restarts ready endpoint url command pid bytes"
    " rows table schema database queue topic partition index metric unit kind host ip disk kernel"
    " ms latency count package library"
    " branch commit build tag schedule interval enabled protocol replica chart"
)
_PERSON_KEY: Final = "full_name"
_SHAPE: Final = re.compile(
    rf"{LETTER}(?:{LETTER}|['\u2019.-])*,?(?: {LETTER}(?:{LETTER}|['\u2019.-])*){{0,4}}"
)
_DATA: Final = re.compile(r"\W*\d[\d\s.,:/TZ+-]*\W*|.*(?:@|://).*|.*\d{4}.*", re.DOTALL)
_LONGEST_HEADING: Final = 60
_LOOKED_AT: Final = 200


def is_heading(cells: Sequence[str]) -> bool:
    """Tell the row of headings from a first row of data: words, and some that headings have."""
    said = [cell for cell in cells if cell]
    if not said or any(len(cell) > _LONGEST_HEADING or _DATA.fullmatch(cell) for cell in said):
        return False
    return 3 * sum(is_worded(cell) for cell in said) >= len(said)


@lru_cache(maxsize=8192)
def is_worded(heading: str) -> bool:
    """Tell a heading that says nothing about anybody: a telling key, or ordinary words."""
    parts = words(heading)
    return bool(parts) and (kind_of_key(heading) is not None or all(map(_is_ordinary, parts)))


def _is_ordinary(word: str) -> bool:
    return len(word) < 3 or word in BARE_NAMES or (is_common(word) and word not in NAME_WORDS)


def keys_of(headings: Sequence[str], column: Callable[[int], Iterable[str]]) -> list[str]:
    """Return the key that decides for each column: its heading, or `full_name` where people stand.

    `Name` is the name of anything: its values decide, and the headings beside it. Where they say
    that no person stands there the key is empty.
    """
    kinds = {kind_of_key(heading) for heading in headings}
    parts = {part for heading in headings for part in words(heading)}
    personal = bool(kinds & _PERSONAL_KINDS or parts & _PERSONAL)
    # Without its neighbours, half of the values must look like people.
    least = 0.25 if personal else 0.8 if parts & _TECHNICAL else 0.5
    return [
        _key(heading, column(number), least) if _is_bare(heading) else heading
        for number, heading in enumerate(headings)
    ]


def keyed_cells(
    grid: Sequence[Sequence[str]], is_headed: bool = False
) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and key of the cells that a heading above or before them tells of.

    `is_headed` says that the first row is known to be the headings.
    """
    top = grid[0] if grid else ()
    across = len(top) > 1 and is_heading(top) and not _goes_down(grid)
    if len(grid) > 1 and (is_headed or across):
        keys = keys_of(top, lambda number: (row[number] for row in grid[1:] if number < len(row)))
        cells = (
            (number, column, key)
            for number, row in enumerate(grid[1:], 1)
            for column, key in zip(range(len(row)), keys, strict=False)
        )
    elif all(len(row) == 2 for row in grid):
        headings = [_heading(row) for row in grid]
        keys = keys_of(headings, lambda number: [grid[number][1]])
        cells = ((number, 1, key) for number, key in enumerate(keys))
    else:
        return
    yield from (cell for cell in cells if cell[2] and kind_at((cell[2],)))


def _goes_down(grid: Sequence[Sequence[str]]) -> bool:
    """Tell a table whose first column tells what stands in the second."""
    if any(len(row) != 2 for row in grid):
        return False
    telling = sum(is_worded(_heading(row)) for row in grid)
    return not is_worded(grid[0][1]) and 2 * telling >= len(grid)


def _heading(row: Sequence[str]) -> str:
    return row[0].rstrip(": ")


def _is_bare(heading: str) -> bool:
    parts = words(heading)
    return len(parts) == 1 and parts[0] in BARE_NAMES


def _key(heading: str, column: Iterable[str], least: float) -> str:
    said = list(islice(filter(None, (value.strip() for value in column)), _LOOKED_AT))
    if not said:
        return heading
    return _PERSON_KEY if sum(map(_likeness, said)) >= least * len(said) else ""


def _likeness(value: str) -> float:
    """Say how much a value looks like somebody's name, from 0 to 1."""
    if not _SHAPE.fullmatch(value) or is_role(value):
        return 0
    parts = [part for part in re.split(r"[ ,]+", value) if part and part.lower() not in PARTICLES]
    known = [part for part in parts if is_known(part) or part.lower() in GIVEN | NAME_WORDS]
    common = [part for part in parts if part not in known and len(part) > 2 and is_common(part)]
    if len(parts) < 2:
        return 0 if common else 0.6 if known and value[:1].isupper() else 0.3
    if known:
        # `Rose Field`: two ordinary words of which the first is a given name.
        given = parts[0].lower() in GIVEN | NAME_WORDS and len(parts) == 2
        return 1 if not common else 0.5 if given and value.istitle() else 0.4
    return 0 if common else 0.6
