"""Reads reports whose duplicates are marked, to measure a search for duplicates against them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Never

from redaction.errors import CannotRead
from redaction.reading.timestamps import read_time
from redaction.records import (
    RECORD_ID,
    Json,
    RawRecord,
    RecordLimits,
    RedactedRecord,
    json_lines,
)
from redaction.text import RawText, RedactedText, mint

# What is known when a report is written. Status, resolution and comments come later, and may tell
# the label.
_KNOWN: Final = (
    *("title", "description", "product", "project", "component", "components"),
    *("version", "versions"),
)
_TICKET: Final = re.compile(r"\b[A-Z][A-Z0-9]+-\d+\b|\b\d{4,}\b")
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MOST: Final = 10**9


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """A report as it was written, when, and what it is a duplicate of.

    `group` names its duplicate group, `duplicate_of` the report that it was closed for; either may
    be empty. `is_query` says whether it is to be looked for. No two reports of a file have the same
    time: where the file has them so, its order decides. Without its own time a report has one from
    `order` or its line, microseconds apart, which says what was earlier and nothing else.
    """

    record: RawRecord
    created: datetime
    group: str
    duplicate_of: str
    is_query: bool


def read_reports(path: Path) -> Iterator[LabelledReport]:
    """Read `{id, title, description, created | order, cluster | duplicate_of, …}` from JSON Lines.

    Plain or `.gz`. Of a report whose text names its duplicate (`leak`) ticket numbers are masked.

    Raises:
        CannotRead: the file does not exist or is damaged, or a line is no such record; the message
            names the line and never its content.
    """
    if not path.is_file():
        raise CannotRead(f"{path.name} is no file: give JSON Lines of {{id, title, cluster, …}}.")
    seen: set[str] = set()
    for number, row in json_lines(path, RecordLimits().line):
        place = f"{path.name} line {number}"
        if not isinstance(row, dict):
            raise CannotRead(f"{place} is not a JSON object.")
        name = str(row.get("id", ""))
        if not RECORD_ID.fullmatch(name):
            raise CannotRead(f"{place} has no usable id (letters, digits and . _ : # / - only).")
        if name in seen:
            raise CannotRead(f"{place}: its id stands on an earlier line already.")
        seen.add(name)
        created = _created(row, number, place)
        texts = {key: _text(row[key], row.get("leak") is True) for key in _KNOWN if row.get(key)}
        texts["created"] = created.isoformat()
        record = RawRecord(name, {key: RawText(text) for key, text in texts.items()})
        group, target = (str(row.get(key) or "") for key in ("cluster", "duplicate_of"))
        yield LabelledReport(record, created, group, target, row.get("query") is not False)


def as_they_are(reports: Iterable[LabelledReport]) -> Iterator[RedactedRecord]:
    """Pass labelled reports on unredacted, to measure in memory what redaction costs a search.

    The one way around redaction, for labelled files alone. Nothing of what it gives may be stored
    or leave the process; a test holds who calls it.
    """
    for report in reports:
        fields = {key: mint(text.reveal()) for key, text in report.record.fields.items()}
        yield RedactedRecord(report.record.id, fields, "")


class MeasuringGate:
    """The gate of an index in memory that holds labelled texts as they are; a `Gate`."""

    def check(self, text: RedactedText) -> None:
        """Let a labelled text into the index."""

    def admit(self, text: str) -> Never:
        """Refuse: nothing but labelled texts goes this way."""
        raise TypeError("only labelled texts are measured unredacted")


def _created(row: dict[str, Json], number: int, place: str) -> datetime:
    given, order = row.get("created"), row.get("order")
    if isinstance(given, str) and given.strip():
        created = read_time(given)
        if created is None:
            raise CannotRead(f"{place}: its `created` is no time (use YYYY-MM-DD HH:MM).")
        return created + timedelta(microseconds=number)
    # So close together that no age can be read from it.
    if not isinstance(order, int) or not 0 <= order < _MOST:
        order = number
    return _EPOCH + timedelta(microseconds=order)


def _text(value: Json, leaks: bool) -> str:
    text = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return _TICKET.sub(" ", text) if leaks else text
