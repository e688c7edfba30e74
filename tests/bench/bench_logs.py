"""Times the reading of redacted logs into events, and measures what the events hold in memory.

Run `nice python tests/bench/bench_logs.py [--lines 50000] [--rounds 3]`. Each system of the shared
log data becomes a log of that many lines: its own lines again and again, at times that go on, with
other numbers in the messages. Figures are lines per CPU second, the median of the rounds; `cold`
is the system's own 2,000 lines read by a process that has seen none of them.
"""

import argparse
import gzip
import json
import random
import re
import statistics
import sys
import time
import tracemalloc
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from redaction.case import Event
from redaction.reading.logs import read_log
from redaction.reading.timestamps import file_context
from redaction.text import RedactedText
from tests.making import redacted

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "logs" / "loghub_2k.jsonl.gz"
_NEAR = datetime(2016, 6, 1, tzinfo=UTC)
_WALL = re.compile(r"\b\d\d:\d\d:\d\d\b")
_NUMBER = re.compile(r"\d{2,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    if not _DATA.is_file():
        print("There is no shared log data beside the checkout: nothing to measure.")
        return
    read(redacted("2026-03-17 09:41:12 INFO [main] a.B - warm\n" * 200))
    print(f"a million empty calls: {reference():.3f} CPU seconds")
    print(f"{'system':10} {'cold lines/s':>13} {'lines/s':>9} {'MB per 100,000 events':>22}")
    speeds: list[float] = []
    for system, rows in systems().items():
        own = redacted("\n".join(row["raw"] for row in rows))
        cold = statistics.median(speed(own) for _ in range(wanted.rounds))
        text = redacted(long_log(rows, wanted.lines))
        speeds.append(statistics.median(speed(text) for _ in range(wanted.rounds)))
        print(f"{system:10} {cold:13,.0f} {speeds[-1]:9,.0f} {memory(text):22.1f}", flush=True)
    print(f"{'median':10} {'':13} {statistics.median(speeds):9,.0f}")
    print(f"a million empty calls: {reference():.3f} CPU seconds")


def reference() -> float:
    """Return what the machine takes for something known: others on it make every figure worse."""
    begun = time.process_time()
    for _ in range(1_000_000):
        _nothing()
    return time.process_time() - begun


def _nothing() -> None: ...


def systems() -> Mapping[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    with gzip.open(_DATA, "rt", encoding="utf-8") as lines:
        for line in lines:
            row: Mapping[str, Any] = json.loads(line)
            found.setdefault(row["system"], []).append(row)
    return found


def long_log(rows: Sequence[Mapping[str, Any]], size: int) -> str:
    """Repeat the lines at later times of day and with other numbers in their messages."""
    draw = random.Random(4)
    lines: list[str] = []
    for at, row in enumerate(islice(cycle(rows), size)):
        line, content = str(row["raw"]), str(row["content"])
        if at >= len(rows):
            begin = max(0, len(line) - len(content))
            second = at * 80_000 // size
            clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
            said = _NUMBER.sub(lambda found: _other(draw, found[0]), line[begin:])
            line = _WALL.sub(clock, line[:begin], count=1) + said
        lines.append(line)
    return "\n".join(lines)


def _other(draw: random.Random, number: str) -> str:
    return "".join(draw.choice("123456789") for _ in number)


def speed(text: RedactedText) -> float:
    begun = time.process_time()
    read(text)
    return (text.count("\n") + 1) / (time.process_time() - begun)


def read(text: RedactedText) -> list[Event]:
    return read_log("A1.log", text, file_context(text, _NEAR))


def memory(text: RedactedText) -> float:
    """Return the megabytes that 100,000 events hold beside the text itself."""
    tracemalloc.start()
    events = read(text)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / len(events) * 100_000 / 1e6


if __name__ == "__main__":
    main()
