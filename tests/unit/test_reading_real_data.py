"""Real logs, threads and payloads, where they are there: times are found, nothing crashes."""

import gzip
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pytest

from redaction import (
    Artifact,
    Event,
    Keyring,
    RedactedText,
    Redactor,
    policy_named,
    read_raw,
    read_structure,
)
from redaction.intake.media import media_type
from redaction.reading.artifacts import Structure
from redaction.reading.logs import read_log
from redaction.reading.timestamps import file_context
from tests.fake_detection import ListedNames
from tests.making import redacted

Row = Mapping[str, Any]

NEAR: Final = datetime(2016, 6, 1, tzinfo=UTC)
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def _of(text: str, form: str) -> datetime:
    return datetime.strptime(text, form).replace(tzinfo=UTC)


def _near(month: str, day: str, time: str) -> datetime:
    """Return the time in the year that lies nearest, as logs without a year are read."""
    number = _MONTHS.index(month) + 1 if month.isalpha() else int(month)
    times = [_of(f"{year}-{number}-{day} {time}", "%Y-%m-%d %H:%M:%S.%f") for year in (2015, 2016)]
    return min(times, key=lambda each: abs(each - NEAR))


# What the columns of the data set say, which another parser than ours has read.
TIMES: Final[Mapping[str, Callable[[Mapping[str, str]], datetime]]] = {
    "Android": lambda h: _near(h["Date"][:2], h["Date"][3:], h["Time"]),
    "Apache": lambda h: _of(h["Time"], "%a %b %d %H:%M:%S %Y"),
    "BGL": lambda h: datetime.fromtimestamp(int(h["Timestamp"]), UTC),
    "Hadoop": lambda h: _of(f"{h['Date']} {h['Time']}", "%Y-%m-%d %H:%M:%S,%f"),
    "HDFS": lambda h: _of(f"{h['Date']} {h['Time']}", "%y%m%d %H%M%S"),
    "Linux": lambda h: _near(h["Month"], h["Date"], f"{h['Time']}.0"),
    "OpenSSH": lambda h: _near(h["Date"], h["Day"], f"{h['Time']}.0"),
    "Spark": lambda h: _of(f"{h['Date']} {h['Time']}", "%y/%m/%d %H:%M:%S"),
    "Windows": lambda h: _of(f"{h['Date']} {h['Time']}", "%Y-%m-%d %H:%M:%S"),
}
TRACE: Final = (
    "com.example.OrderException: order 5 is closed",
    "\tat com.example.Orders.place(Orders.java:81)",
    "Caused by: java.io.IOException: broken",
    "\t... 12 more",
)


@pytest.fixture(scope="module")
def systems(shared_data: Path) -> Mapping[str, list[Row]]:
    path = shared_data / "logs" / "loghub_2k.jsonl.gz"
    if not path.is_file():
        pytest.skip("no real logs beside the checkout")
    found: dict[str, list[Row]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row: Row = json.loads(line)
            found.setdefault(row["system"], []).append(row)
    return found


def events_of(text: RedactedText) -> list[Event]:
    return read_log("A1.log", text, file_context(text, NEAR))


def right_times(rows: list[Row], events: list[Event]) -> float:
    """Return the share of lines whose event has the time that the data set's columns say."""
    by_line = {event.anchor.line: event.utc for event in events}
    told = [TIMES[row["system"]](row["header"]) for row in rows]
    return sum(by_line.get(at) == time for at, time in enumerate(told, 1)) / len(rows)


def test_times_of_real_log_lines_are_those_that_another_parser_reads(
    systems: Mapping[str, list[Row]],
) -> None:
    shares = {
        system: right_times(rows, events_of(redacted("\n".join(row["raw"] for row in rows))))
        for system, rows in systems.items()
        if system in TIMES
    }
    print(shares)
    assert shares
    assert min(shares.values()) >= 0.99, shares


def test_every_real_log_of_a_system_without_columns_here_has_times_on_99_percent_of_its_lines(
    systems: Mapping[str, list[Row]],
) -> None:
    for system, rows in systems.items():
        text = redacted("\n".join(row["raw"] for row in rows))
        timed = sum(event.utc is not None for event in events_of(text))
        assert timed >= 0.99 * len(rows), system


def test_traces_below_real_log_lines_stay_with_them(systems: Mapping[str, list[Row]]) -> None:
    for system, rows in systems.items():
        lines: list[str] = []
        expected: dict[int, int] = {}
        for at, row in enumerate(rows):
            expected[len(lines) + 1] = 1 + len(TRACE) * (at % 5 == 0)
            lines += [row["raw"], *(TRACE if at % 5 == 0 else ())]
        events = events_of(redacted("\n".join(lines)))
        assert {event.anchor.line: event.lines for event in events} == expected, system
        traced = [event for event in events if event.lines > 1]
        assert all(event.text.endswith("... 12 more") for event in traced), system


def test_times_of_real_log_lines_survive_redaction(systems: Mapping[str, list[Row]]) -> None:
    redactor = Redactor(ListedNames(), policy_named("default"), Keyring(b"k" * 32))
    for system in ("Apache", "HDFS", "OpenSSH", "Windows"):
        rows = systems.get(system, [])[:500]
        content = "\n".join(row["raw"] for row in rows).encode()
        case = redactor.redact_case(read_raw(BytesIO(content))).case
        text = case.artifacts[0].text
        assert right_times(rows, events_of(text)) >= 0.99, system


def structure_of(text: str) -> Structure:
    artifact = Artifact("A1.x", redacted("x"), media_type(text), redacted(text), ())
    return read_structure((artifact,))


def test_every_message_of_real_threads_is_read_with_its_time(shared_data: Path) -> None:
    with gzip.open(shared_data / "cases" / "xamarin_threads.jsonl.gz", "rt") as lines:
        threads = [json.loads(line) for line in islice(lines, 50)]
    for thread in threads:
        structure = structure_of(json.dumps(thread, indent=1))
        spoken = [each for each in thread["messages"] if each["text"].strip()]
        assert len(structure.messages) == len(spoken), thread["id"]
        assert all(message.utc for message in structure.messages), thread["id"]
        assert structure.title == thread["title"].strip(), thread["id"]


def test_no_real_payload_breaks_reading(shared_data: Path) -> None:
    for path in sorted((shared_data / "exports").rglob("*")):
        if path.is_file():
            structure_of(path.read_bytes().decode("utf-8", "replace"))
