"""Real logs, threads and payloads, where they are there: times are found, nothing crashes."""

import gzip
import json
from collections import defaultdict
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path

from redaction import Artifact, read_raw, read_structure
from redaction.reading.artifacts import Structure
from redaction.reading.timestamps import Clock, file_context
from tests.making import redacted


def structure_of(content: bytes) -> Structure:
    artifacts = read_raw(BytesIO(content)).artifacts
    return read_structure(
        tuple(
            Artifact(a.id, redacted("x"), a.media_type, redacted(a.text.reveal()), ())
            for a in artifacts
        )
    )


def test_times_are_parsed_on_99_percent_of_real_log_lines(shared_data: Path) -> None:
    systems: dict[str, list[str]] = defaultdict(list)
    with gzip.open(shared_data / "logs" / "loghub_2k.jsonl.gz", "rt") as lines:
        for line in lines:
            record = json.loads(line)
            systems[record["system"]].append(record["raw"])
    near = datetime(2016, 6, 1, tzinfo=UTC)
    shares: dict[str, float] = {}
    for system, raw in systems.items():
        clock = Clock(file_context("\n".join(raw), near))
        found = sum(1 for line in raw if (stamp := clock.at_start(line)) and stamp.utc)
        shares[system] = found / len(raw)
    print(shares)
    assert min(shares.values()) >= 0.99, shares


def test_every_message_of_real_threads_is_read_with_its_time(shared_data: Path) -> None:
    with gzip.open(shared_data / "cases" / "xamarin_threads.jsonl.gz", "rt") as lines:
        threads = [json.loads(line) for line in islice(lines, 50)]
    for thread in threads:
        structure = structure_of(json.dumps(thread, indent=1).encode())
        spoken = [each for each in thread["messages"] if each["text"].strip()]
        assert len(structure.messages) == len(spoken), thread["id"]
        assert all(message.utc for message in structure.messages), thread["id"]
        assert structure.title == thread["title"].strip(), thread["id"]


def test_no_real_payload_breaks_reading(shared_data: Path) -> None:
    for path in sorted((shared_data / "exports").rglob("*")):
        if path.is_file():
            structure_of(path.read_bytes())
