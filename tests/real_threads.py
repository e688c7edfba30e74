"""Turns real tracker threads into case folders and records; nothing of them enters the project."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

_ORDINARY = """
alex art bill black brown case chase christian cook dean drew faith fox frank grace grant gray green
guy hall hope hunter jack jean joy king lane lee long love mark martin mason max may miles miller
north page parker paul penny pierce price ray reed rich rob robin rock rose ruby sage scott short
smart smith star stone sun tony wade walker west white will wolf wood xamarin microsoft apple team
support admin test user developer android windows visual studio
"""
ORDINARY = frozenset(_ORDINARY.split())
"""Author names that are ordinary words or products: seeing one says nothing about a leak."""
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
SUFFIX = re.compile(r"\s*[(\[].*$")


@dataclass(frozen=True, slots=True)
class Thread:
    """One real thread and what must not be seen of it."""

    raw: dict[str, Any]

    @property
    def authors(self) -> set[str]:
        """The structured authors: full names and handles, without a team's suffix."""
        names = (message["author"] for message in self.raw["messages"])
        return {SUFFIX.sub("", name).strip() for name in names if name}

    @property
    def planted(self) -> set[str]:
        """Full names, handles and mail addresses; single words that are ordinary are left out."""
        text = " ".join(message["text"] or "" for message in self.raw["messages"])
        names = {name for name in self.authors if len(name) >= 4}
        return {name for name in names if name.lower() not in ORDINARY} | set(MAIL.findall(text))

    @property
    def excluded(self) -> set[str]:
        """Authors whose name is an ordinary word, or too short to search for."""
        return self.authors - self.planted

    def write(self, folder: Path) -> Path:
        """Write the thread as a case folder, as a tracker exports it."""
        target = folder / str(self.raw["id"]).lower()
        target.mkdir(parents=True)
        (target / "ticket.json").write_text(json.dumps(self.raw, indent=1), "utf-8")
        return target


def read_threads(shared_data: Path, skip: int, count: int) -> list[Thread]:
    """Read `count` threads of the larger tracker from `skip` on."""
    return [Thread(raw) for raw in islice(_lines(shared_data), skip, skip + count)]


def write_records(threads: list[Thread], target: Path) -> Path:
    """Write threads as records for the index: title, first message and tracker fields."""
    kept = ("id", "title", "product", "component", "version", "status", "created")
    with target.open("w", encoding="utf-8") as out:
        for thread in threads:
            record = {name: thread.raw.get(name) for name in kept}
            record["description"] = thread.raw["messages"][0]["text"]
            out.write(json.dumps(record) + "\n")
    return target


def _lines(shared_data: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(
        shared_data / "cases" / "xamarin_threads.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        yield from map(json.loads, lines)
