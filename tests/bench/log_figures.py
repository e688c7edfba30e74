"""What of a log must survive redaction, a large log to redact, and what redacting it costs."""

import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

Row = Mapping[str, Any]
Replaced = tuple[int, int, str, str]

TIME_FIELDS: Final = ("Date", "Day", "Month", "Time", "Timestamp")
HOST_AS_LEVEL: Final = {"Linux"}
"""Systems in whose header the data set calls the host a level."""
TIMES: Final = re.compile(
    r"(?<![\w:.-])(?:\d{4}[-/.]\d\d[-/.]\d\d(?:[-T ]\d\d[:.]\d\d[:.]\d\d(?:[.,]\d+)?Z?)?"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d+"
    r"(?: \d\d:\d\d:\d\d(?: \d{4})?)?|\d\d:\d\d:\d\d(?:[.,]\d+)?)(?![\w:-])"
)
CODES: Final = re.compile(
    r"\b(?:[a-z_]\w*\.)*[A-Z]\w*(?:Exception|Error)\b"  # exception classes
    r"|(?<![\w:])0x[0-9a-fA-F]{1,8}\b"  # results and registers
    r"|\b(?:error|errno|status|rc|code|exit(?:ed with)?|HRESULT)(?: (?:code|number))?"
    r"(?:[:=]| = | is )? ?-?(?:0x[0-9a-fA-F]+|\d{1,5})\b"
    r"|\[?\b[A-Z][A-Z_]{2,}_E_\w+\b|\bE[A-Z]{4,}\b(?=[ :(,)]|$)|\bHTTP/\d\.\d\"? \d{3}\b",
    re.MULTILINE,
)


def look(lines: Sequence[Row], spans: Iterable[Replaced]) -> Counter[str]:
    """Count what must survive in the lines of one file, and what of it a replacement touched."""
    tally: Counter[str] = Counter()
    starts: list[int] = []
    at = 0
    for row in lines:
        starts.append(at)
        at += len(row["raw"]) + 1
    marks = bytearray(at)
    drops = bytearray(at)
    for start, end, kind, action in spans:
        marks[start:end] = b"\x01" * (end - start)
        tally["persons"] += kind == "PERSON"
        if action == "drop":
            drops[start:end] = b"\x01" * (end - start)
    for row, start in zip(lines, starts, strict=True):
        line = cast(str, row["raw"])
        tally["lines"] += 1
        tally["lines with a drop"] += 1 in drops[start : start + len(line)]
        for what, places in (
            ("timestamps", timestamps(row)),
            ("levels", levels(row)),
            ("error codes", (match.span() for match in CODES.finditer(line))),
        ):
            for first, last in places:
                tally[what] += 1
                tally[f"{what} altered"] += 1 in marks[start + first : start + last]
    tally["characters"] = at
    tally["characters replaced"] = sum(marks)
    return tally


def timestamps(row: Row) -> Iterator[tuple[int, int]]:
    """Yield the times of the header's fields, and whatever else reads as a time in the line."""
    yield from fields(row, TIME_FIELDS)
    line = cast(str, row["raw"])
    yield from (match.span() for match in TIMES.finditer(line, len(line) - len(row["content"])))


def levels(row: Row) -> Iterator[tuple[int, int]]:
    if row["system"] not in HOST_AS_LEVEL:
        yield from fields(row, ("Level",))


def fields(row: Row, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Find values of the header in the part of the line before the message."""
    line = cast(str, row["raw"])
    end = line.find(row["content"])
    header = line[: end if end > 0 else len(line)]
    for name in names:
        value = row["header"].get(name)
        if not value:
            continue
        found = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", header)
        if found:
            yield found.span()


def write_log(rows: Iterable[Row], folder: Path, size: int) -> Path:
    """Write a log of `size` bytes: known lines at new times, and 5 % that occur once only.

    A line that occurs once has words of other lines put between its own, so that no masking of
    digits makes it one of the known.
    """
    draw = random.Random(5)
    lines = [cast(str, row["raw"]) for row in rows]
    words = sorted({w for line in lines for w in re.findall(r"\b[a-z]{4,10}\b", line)})
    file = folder / "large.log"
    written = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        while written < size:
            line = draw.choice(lines)
            if draw.random() < 0.05:
                extra = draw.sample(words, 4)
                line = f"{line} {' '.join(extra)}"
            clock = f"{draw.randrange(24):02}:{draw.randrange(60):02}:{draw.randrange(60):02}"
            line = re.sub(r"\b\d\d:\d\d:\d\d\b", clock, line, count=1) + "\n"
            out.write(line)
            written += len(line.encode())
    return file


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: wall seconds, CPU seconds, and the largest memory of all processes.

    `peak_mb` sums proportional shares, so that what processes share counts once; `load` is how
    many processes wanted a CPU while it ran.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    load: float
    exit_code: int
    bytes_in: int
    bytes_out: int
    processes: int


def run_redact(file: Path, folder: Path) -> Cost:
    """Run `triage redact` on a file as a person would, and watch its processes."""
    out = folder / "out"
    triage = str(Path(sys.executable).with_name("triage"))
    environment = {**os.environ, "CASEWRIGHT_WORKSPACE": str(folder / "workspace")}
    before, began = os.times(), time.monotonic()
    process = subprocess.Popen(
        [triage, "redact", str(file), "--out", str(out)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peaks: list[tuple[float, int]] = []
    watcher = threading.Thread(target=_watch, args=(process, peaks))
    watcher.start()
    code = process.wait()
    seconds = time.monotonic() - began
    watcher.join()
    after = os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    peak, count = (
        max((peak for peak, _ in peaks), default=0.0),
        max((n for _, n in peaks), default=0),
    )
    return Cost(seconds, spent, peak, os.getloadavg()[0], code, file.stat().st_size, size, count)


def _watch(process: subprocess.Popen[bytes], peaks: list[tuple[float, int]]) -> None:
    while process.poll() is None:
        family = list(_family(process.pid))
        peaks.append((sum(_proportional_mb(pid) for pid in family), len(family)))
        time.sleep(0.5)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text("ascii").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _proportional_mb(pid: int) -> float:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0.0
    found = re.search(r"^Pss: +(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) / 1_000 if found else 0.0


def run_gate_bench(script: Path) -> Mapping[str, Any]:
    """Run the gate's own bench, which prints JSON."""
    import json

    if not script.is_file():
        return {"skipped": "there is no bench_gate.py"}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    return cast(Mapping[str, Any], json.loads(done.stdout))
