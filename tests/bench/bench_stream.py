"""Times the redaction of a large log; prints seconds, MB/s and peak memory as JSON.

Run `python tests/bench/bench_stream.py [--mb 100] [--unique 0.05] [--stamped] [--file LOG]`.
Memory is the sum of the resident sizes of all processes, sampled; shared pages count twice.
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from redaction import (  # noqa: E402
    Keyring,
    PooledDetector,
    PresidioDetector,
    Redactor,
    large_text,
    policy_named,
    start_worker,
)
from ui.models import ModelStore, load_manifest  # noqa: E402
from ui.settings import Settings  # noqa: E402

FIRST = ("Jane", "Torgrim", "Ottoline", "Bjarne", "Sunniva", "Halvard", "Ingrid", "Marek", "Aoife")
LAST = ("Roe", "Fjeldheim", "Marsk", "Haldorsen", "Okonjo", "Lindqvist", "Varga", "Novak", "Byrne")
SPOKEN = (
    "retry upstream shard cache queue payload worker stalled flushed commit replica latency "
    "session handshake refused accepted index rebuild backlog segment cursor lease quorum fence"
)
WORDS = tuple(re.findall(r"\w+", SPOKEN))


def log_lines(unique: float, stamped: bool, size: int) -> Iterator[str]:
    """Yield invented records: a share is written once, the others repeat a pool of 20,000."""
    chance = random.Random(7)
    pool = [record(chance) for _ in range(20_000)]
    written = second = 0
    while written < size:
        body = record(chance) if chance.random() < unique else chance.choice(pool)
        if stamped:
            second += 1
            body = f"{clock(second)}{body[19:]}"
        written += len(body) + 1
        yield f"{body}\n"


def clock(second: int) -> str:
    """Write a time of day that is later for every line."""
    day, rest = divmod(second, 86_400)
    hour, rest = divmod(rest, 3600)
    return f"2026-03-{1 + day % 28:02} {hour:02}:{rest // 60:02}:{rest % 60:02}"


def record(chance: random.Random) -> str:
    """Write one record of a service's log."""
    level = chance.choice(("INFO", "INFO", "WARN", "ERROR", "DEBUG"))
    words = " ".join(chance.choices(WORDS, k=chance.randint(4, 9)))
    tail = chance.choice((
        lambda: f"user={chance.choice(FIRST).lower()}.{chance.choice(LAST).lower()}@corp.example",
        lambda: f"from 10.{chance.randint(0, 9)}.{chance.randint(0, 255)}.{chance.randint(1, 254)}",
        lambda: f"took {chance.randint(1, 9000)} ms, status {chance.choice((200, 404, 503))}",
        lambda: f"request_id={chance.randbytes(6).hex()}",
        lambda: f"assigned to {chance.choice(FIRST)} {chance.choice(LAST)}",
    ))()  # fmt: skip
    stamp = clock(chance.randint(0, 2_000_000))
    return f"{stamp} {level} [worker-{chance.randint(1, 64)}] c.e.Queue - {words} {tail}"


class Memory(threading.Thread):
    """Samples the resident memory of this process and its children."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.here = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.2):
            pids = [os.getpid(), *children(os.getpid())]
            sizes = [resident(pid) for pid in pids]
            self.here = max(self.here, sizes[0])
            self.peak = max(self.peak, sum(sizes))


def children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--mb", type=int, default=100)
    options.add_argument("--unique", type=float, default=0.05)
    options.add_argument("--stamped", action="store_true")
    options.add_argument("--file", type=Path)
    options.add_argument("--workers", type=int, default=2)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log = given.file or Path(folder) / "large.log"
        if given.file is None:
            with log.open("w") as out:
                out.writelines(log_lines(given.unique, given.stamped, given.mb << 20))
        print(json.dumps(figures(log, given.workers), indent=2))


def figures(log: Path, workers: int) -> dict[str, object]:
    """Redact the file, the output is counted and thrown away."""
    text = large_text(log, 0)
    assert text is not None, "not a line-oriented text"
    model = ModelStore(Settings().models, load_manifest()).path("spacy-en-core-web-md")
    memory = Memory()
    memory.start()
    began, cpu = time.monotonic(), time.process_time()
    detector = PooledDetector(
        lambda: PresidioDetector(model), lambda: start_worker([model]), workers
    )
    redactor = Redactor(detector, policy_named("default"), Keyring(os.urandom(32)))
    first = 0.0
    size = replaced = 0
    for chunk in redactor.redact_large(text, lambda done, total: None):
        first = first or time.monotonic() - began
        size += len(chunk.text)
        replaced += sum(chunk.replaced.values())
    seconds = time.monotonic() - began
    memory.over.set()
    return {
        "mb": round(text.size / 2**20, 1),
        "seconds": round(seconds, 1),
        "first_pass_seconds": round(first, 1),
        "cpu_seconds_here": round(time.process_time() - cpu, 1),
        "cpu_seconds_children": round(sum(os.times()[2:4]), 1),
        "load": round(os.getloadavg()[0], 1),
        "mb_per_second": round(text.size / 2**20 / seconds, 2),
        "peak_rss_mb_all_processes": memory.peak >> 20,
        "peak_rss_mb_main": memory.here >> 20,
        "characters_out": size,
        "replaced": replaced,
    }


if __name__ == "__main__":
    main()
