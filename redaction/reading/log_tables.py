"""Reads logs that were exported as a table (CSV) or as XML: the Windows event log and others."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from html import unescape
from itertools import islice
from typing import Final

from redaction.case import Anchor, Event, Level
from redaction.intake.media import delimiter_of
from redaction.reading.records.keys import keys_of
from redaction.reading.structured_logs import exception_in, read_record
from redaction.reading.templates import Masks
from redaction.reading.timestamps import Clock, Context
from redaction.text import RedactedText, mint

_ZONE_OF_COLUMN: Final = re.compile(r" \[[A-Za-z+:0-9 ]{1,40}\]$")
_DESCRIPTION: Final = "Description"
_NUMBERS: Final = ("Event ID", "EventID", "Id")
_XML_EVENT: Final = re.compile(r"<Event[\s>].*?</Event>", re.DOTALL)
_XML_TIME: Final = re.compile(r"<TimeCreated\s[^>]*?SystemTime=[\"']([^\"']{1,60})[\"']")
_XML_LEVEL: Final = re.compile(r"<Level>\s*(\d{1,2})\s*</Level>")
_XML_ID: Final = re.compile(r"<EventID[^>]*>\s*(\d{1,9})\s*</EventID>")
_XML_PROVIDER: Final = re.compile(r"<Provider\s[^>]*?Name=[\"']([^\"']{1,200})[\"']")
_XML_MESSAGE: Final = re.compile(r"<Message>(.*?)</Message>", re.DOTALL)
_XML_DATA: Final = re.compile(r"<Data(?:\s+Name=[\"']([^\"']{0,200})[\"'])?[^>]*>([^<]*)</Data>")
_XML_LEVELS: Final[dict[str, Level]] = {
    "1": "fatal", "2": "error", "3": "warning", "4": "info", "5": "debug", "0": "info"
}  # fmt: skip


def read_log_table(artifact: str, text: RedactedText, context: Context) -> list[Event]:
    """Read a CSV whose rows are log records: with a time, and a message of their own.

    The Event Viewer names no column for the description, which stands last.
    """
    rows = _rows(text)
    header = [cell for _, row in islice(rows, 1) for cell in row]
    if any(name.endswith("[UTC]") for name in header):  # as Azure's portal exports a query
        context = replace(context, zone=UTC)
    names = [_ZONE_OF_COLUMN.sub("", name) for name in header]
    known = keys_of(tuple(names))
    viewer = "Date and Time" in names and not known.messages
    if not known.times or not (known.messages or viewer):
        return []
    clock, masks = Clock(context), Masks()
    columns = [*names, _DESCRIPTION] if viewer else names
    found: list[Event] = []
    for line, row in rows:
        record: dict[str, object] = dict(zip(columns, row, strict=False))
        event = read_record(_numbered(record), Anchor(artifact, line), clock, masks=masks)
        if event is not None and event.text:
            found.append(event)
    return found


def _numbered(record: dict[str, object]) -> dict[str, object]:
    """Put the number of a Windows event before its description: it names the kind of event."""
    number = next((record[name] for name in _NUMBERS if record.get(name)), None)
    said = next((name for name in (_DESCRIPTION, "Message") if record.get(name)), None)
    if number is None or said is None:
        return record
    return {**record, said: f"event ID {number}: {record[said]}"}


def _rows(text: RedactedText) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each row's first line and its cells; lines end at line feeds alone."""
    lines = [f"{line}\n" for line in text.removeprefix("\ufeff").split("\n")]
    typed = lines[0].startswith("#TYPE ")  # PowerShell's `Export-Csv` names what the rows are
    lines = lines[1:] if typed else lines
    delimiter = delimiter_of(lines[0]) if lines else ""
    if not delimiter:
        return
    reader = csv.reader(lines, delimiter=delimiter)
    start = 1 + typed
    try:
        for row in reader:
            if any(row):
                yield start, [cell.strip() for cell in row]
            start = reader.line_num + 1 + typed
    except csv.Error:
        return  # what came before the broken row counts


def read_event_xml(artifact: str, text: RedactedText, context: Context) -> list[Event]:
    """Read the events of the Windows event log from its XML; nothing of any other document."""
    if "<TimeCreated" not in text:
        return []
    clock, masks = Clock(context), Masks()
    found: list[Event] = []
    line, seen = 1, 0
    for match in _XML_EVENT.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        found.append(_xml_event(Anchor(artifact, line), match[0], clock, masks))
    return found


def _xml_event(anchor: Anchor, xml: str, clock: Clock, masks: Masks) -> Event:
    time = _first(_XML_TIME, xml)
    stamp = clock.whole(time)
    said = unescape(_first(_XML_MESSAGE, xml)).strip() or "; ".join(
        f"{name}: {value.strip()}" if name else value.strip()
        for name, value in ((m[1], unescape(m[2])) for m in _XML_DATA.finditer(xml))
    )
    number = _first(_XML_ID, xml)
    message = f"event ID {number}: {said}" if number else said
    exception = exception_in(message)
    return Event(
        utc=stamp.utc if stamp else None,
        raw_time=mint(time),
        zone=stamp.zone if stamp else "none",
        level=_XML_LEVELS.get(_first(_XML_LEVEL, xml), "other"),
        component=mint(_first(_XML_PROVIDER, xml)[:80]),
        text=mint(message),
        template=masks.template(message.split("\n", 1)[0]),
        exception=mint(exception),
        lines=xml.count("\n") + 1,
        anchor=anchor,
    )


def _first(pattern: re.Pattern[str], xml: str) -> str:
    match = pattern.search(xml)
    return match[1] if match else ""
