"""Reads records of a knowledge base or tracker, one JSON object each, as raw text."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias, cast

from redaction.errors import CannotRead
from redaction.text import RawText, RedactedText

RECORD_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:#/-]{0,127}")
_SUFFIXES: Final = (".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".json.gz")
# What only a tracker's or knowledge base's own export has beside an id and a title.
_TRACKERS_OWN: Final = frozenset(
    (
        *("requester_id", "section_id", "events", "fields", "changelog", "author_association"),
        *("iid", "noteable_type"),
    )
)
_PIECE: Final = 1 << 20
_DAMAGE: Final = (OSError, EOFError, zlib.error)

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"


@dataclass(frozen=True, slots=True)
class RecordLimits:
    """What a record file may hold, in bytes after decompression: one line, one whole `.json`."""

    line: int = 64 << 20
    whole: int = 512 << 20


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record before redaction: its id and its fields; nested ones have dotted keys."""

    id: str
    fields: Mapping[str, RawText]


@dataclass(frozen=True, slots=True)
class RedactedRecord:
    """A record after redaction; `tenant` is a keyed reference (hex), empty when there is none.

    `source` refers (hex, keyed) to the raw record, the policy and the rules: equal, unchanged.
    """

    id: str
    fields: Mapping[str, RedactedText]
    tenant: str
    source: str = ""


def read_records(path: Path, limits: RecordLimits = RecordLimits()) -> Iterator[RawRecord]:
    """Read a JSON Lines file, plain or `.gz`, or every such file of a folder, as a stream.

    Raises:
        CannotRead: the path does not exist, a file is damaged or over the limits, or a line is no
            record; the message names the line.
    """
    if not path.exists():
        raise CannotRead(f"{path.name} does not exist: give a JSON Lines file or a folder of them.")
    files = sorted(p for p in path.iterdir() if _is_record_file(p)) if path.is_dir() else [path]
    if not files:
        raise CannotRead(f"{path.name} holds no record files ({', '.join(_SUFFIXES[:3])}).")
    for file in files:
        yield from _records_in(file, limits)


def holds_records(path: Path) -> bool:
    """Tell records `{id, …}` from a system's own export: by the first of them.

    A folder holds records when it has record files. A record has an id and one of the plain texts
    that describe it; an export wraps its tickets, or nests their fields.
    """
    if path.is_dir():
        return any(_is_record_file(each) for each in path.iterdir())
    if not _is_record_file(path):
        return False
    try:
        _, first = next(iter(_rows_of(path, RecordLimits())))
    except (CannotRead, StopIteration):
        return True  # reading says what is wrong with it
    texts = ("title", "summary", "subject", "name", "text", "description", "body", "content")
    return (
        isinstance(first, dict)
        and "id" in first
        and any(isinstance(first.get(key), str) for key in texts)
        and not first.keys() & _TRACKERS_OWN
    )


def _is_record_file(path: Path) -> bool:
    return path.is_file() and path.name.lower().endswith(_SUFFIXES)


def _records_in(path: Path, limits: RecordLimits) -> Iterator[RawRecord]:
    for number, line in _rows_of(path, limits):
        yield _record(line, f"{path.name} line {number}")


def _rows_of(path: Path, limits: RecordLimits) -> Iterator[tuple[int, Json]]:
    whole = path.name.lower().removesuffix(".gz").endswith(".json")
    return _whole(path, limits) if whole else json_lines(path, limits.line)


def json_lines(path: Path, limit: int) -> Iterator[tuple[int, Json]]:
    """Yield line number, from 1, and value of each line that is not blank, plain or `.gz`.

    Raises:
        CannotRead: a line is over `limit` bytes or no JSON, or the file is damaged.
    """
    number = 0
    try:
        with _opened(path) as stream:
            while line := stream.readline(limit + 1):
                number += 1
                if len(line) > limit:
                    raise CannotRead(f"{path.name} line {number} is over {limit} bytes.")
                if line.strip():
                    yield number, _parsed(line, f"{path.name} line {number}")
    except _DAMAGE:
        raise CannotRead(f"{path.name} cannot be read after line {number}.") from None


def _whole(path: Path, limits: RecordLimits) -> Iterator[tuple[int, Json]]:
    """Read a `.json` file: one object, a list of them, or JSON Lines under another name."""
    content = _content(path, limits.whole)
    try:
        document = cast(Json, json.loads(content))
    except (ValueError, RecursionError):
        # Read on outside: an error raised in here would carry this one, which holds the content.
        rows = json_lines(path, limits.line)
    else:
        rows = enumerate(document if isinstance(document, list) else [document], 1)
    yield from rows


def _content(path: Path, limit: int) -> bytes:
    content = bytearray()
    try:
        with _opened(path) as stream:
            while piece := stream.read(_PIECE):
                content += piece
                if len(content) > limit:
                    raise CannotRead(f"{path.name} is over {limit} bytes: give it as JSON Lines.")
    except _DAMAGE:
        raise CannotRead(f"{path.name} cannot be read after byte {len(content)}.") from None
    return bytes(content)


def _opened(path: Path) -> BinaryIO:
    packed = path.name.lower().endswith(".gz")
    return cast(BinaryIO, gzip.open(path, "rb")) if packed else path.open("rb")


def _parsed(line: bytes, place: str) -> Json:
    error: CannotRead | None = None
    try:
        return cast(Json, json.loads(line))
    except (ValueError, RecursionError):
        error = CannotRead(f"{place} is not JSON.")
    raise error


def _record(row: Json, place: str) -> RawRecord:
    if not isinstance(row, dict):
        raise CannotRead(f"{place} is not a JSON object.")
    name = str(row.get("id", ""))
    if not RECORD_ID.fullmatch(name):
        raise CannotRead(f"{place} has no usable id (letters, digits and . _ : # / - only).")
    fields = dict(_flat("", {key: value for key, value in row.items() if key != "id"}))
    return RawRecord(name, fields)


def _flat(prefix: str, value: Json) -> Iterator[tuple[str, RawText]]:
    """Yield each leaf under its dotted key; a list of plain values is one text."""
    waiting: list[tuple[str, Json]] = [(prefix, value)]
    while waiting:
        key, node = waiting.pop()
        if isinstance(node, dict):
            inner = [(f"{key}.{name}" if key else name, kid) for name, kid in node.items()]
            waiting.extend(reversed(inner))
        elif isinstance(node, list) and any(isinstance(kid, dict | list) for kid in node):
            waiting.extend(reversed([(f"{key}.{n}", kid) for n, kid in enumerate(node)]))
        elif isinstance(node, list):
            yield key, RawText(", ".join(_shown(kid) for kid in node))
        elif node is not None:
            yield key, RawText(_shown(node))


def _shown(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)
