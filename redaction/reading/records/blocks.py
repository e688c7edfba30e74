"""Reads logs whose records are blocks of several lines with a form of their own."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from redaction.reading.levels import level_of
from redaction.reading.records.found import Block, Head
from redaction.reading.timestamps import Clock

ReadBlocks: TypeAlias = Callable[[Sequence[str], Clock], Iterator[Block]]
_SAMPLE: Final = 200

_SLOW_START: Final = re.compile(r"# (?:Time|User@Host): ")
_SLOW_TIME: Final = re.compile(r"# Time: (?P<time>.+)|SET timestamp=(?P<seconds>\d+(?:\.\d+)?);")
_SLOW_TOOK: Final = re.compile(r"# Query_time: (?P<seconds>[\d.]+)")
_STATEMENT: Final = re.compile(r"(?!#|SET timestamp=|use )\S")
_EVENT_START: Final = re.compile(r"Event\[\d+\]:?\s*$|Log Name:")
_MEMBER: Final = re.compile(r"\s*(?P<name>[A-Z][A-Za-z ]{1,20}):\s*(?P<value>.*)")

_JOURNAL_FIELD: Final = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
_PROPERTY: Final = re.compile(r"(?P<name>[A-Z]\w{1,40}) +: ?(?P<value>.*)")


def _slow_queries(lines: Sequence[str], clock: Clock) -> Iterator[Block]:
    """Read MySQL's and MariaDB's log of slow queries."""
    for first, block in _blocks(lines, _SLOW_START, joined="# User@Host: "):
        stamp, raw = None, ""
        for line in block:
            match = _SLOW_TIME.match(line)
            if match is not None and stamp is None:
                raw = (match["time"] or match["seconds"]).strip()
                stamp = clock.whole(raw)
        took = next((match["seconds"] for line in block if (match := _SLOW_TOOK.match(line))), "")
        at = next((at for at, line in enumerate(block) if _STATEMENT.match(line)), None)
        if not took or at is None:
            continue  # the banner that the server writes when it starts
        message = f"slow query ({took} s): {block[at].strip()}"
        text = "\n".join((message, *block[at + 1 :]))
        head = Head("warning", "", message)
        yield Block(first, first + len(block) - 1, stamp, raw, head, text)


def _windows_events(lines: Sequence[str], clock: Clock) -> Iterator[Block]:
    """Read events as `wevtutil` and the Event Viewer write them as text."""
    for first, block in _blocks(lines, _EVENT_START, joined="  Log Name:"):
        members: dict[str, str] = {}
        described = len(block)
        for at, line in enumerate(block):
            match = _MEMBER.match(line)
            if match is None:
                continue
            if match["name"] == "Description":
                described = at
                break
            members.setdefault(match["name"], match["value"].strip())
        said = [_MEMBER.sub(r"\g<value>", block[described])] if described < len(block) else []
        text = "\n".join(line.strip() for line in (*said, *block[described + 1 :]) if line.strip())
        raw = members.get("Date", "")
        number = members.get("Event ID", "")
        first_line = text.split("\n", 1)[0] or members.get("Task", "")
        message = f"event ID {number}: {first_line}" if number else first_line
        if not raw and not text:
            continue
        head = Head(level_of(members.get("Level", "")), members.get("Source", ""), message)
        whole = "\n".join((message, *text.split("\n")[1:]))
        yield Block(first, first + len(block) - 1, clock.whole(raw), raw, head, whole)


def _journal(lines: Sequence[str], clock: Clock) -> Iterator[Block]:
    """Read what `journalctl -o export` writes: a field a line, an empty line between records."""
    members: dict[str, str] = {}
    first = 1
    for number, line in enumerate((*lines, ""), 1):
        name, equals, value = line.partition("=")
        if equals and _JOURNAL_FIELD.fullmatch(name):
            first = first if members else number
            members.setdefault(name, value)
        elif not line.strip() and members:
            raw = members.get("__REALTIME_TIMESTAMP", "")
            program = members.get("SYSLOG_IDENTIFIER") or members.get("_COMM", "")
            said = members.get("MESSAGE", "")
            head = Head(level_of(members.get("PRIORITY", "")), program, said)
            yield Block(first, number - 1, clock.whole(raw), raw, head, said)
            members = {}


def _listed_events(lines: Sequence[str], clock: Clock) -> Iterator[Block]:
    """Read events as PowerShell's `Format-List` writes them: a property a line, wrapped below."""
    members: dict[str, str] = {}
    first, last, name = 1, 1, ""
    for number, line in enumerate((*lines, ""), 1):
        match = _PROPERTY.match(line)
        if match is not None:
            first = first if members else number
            name = match["name"]
            members[name] = match["value"]
        elif line.strip() and members:
            members[name] += f"\n{line.strip()}"
        elif members and (name == "Message" or "Message" in members or number > len(lines)):
            yield from _listed(first, last, members, clock)
            members = {}
        if line.strip():
            last = number


def _listed(first: int, last: int, members: dict[str, str], clock: Clock) -> Iterator[Block]:
    raw = members.get("TimeCreated") or members.get("TimeGenerated", "")
    stamp = clock.whole(raw)
    if stamp is None:
        return
    number = members.get("Id") or members.get("EventID") or members.get("InstanceId", "")
    level = level_of(members.get("LevelDisplayName") or members.get("EntryType", ""))
    text = f"event ID {number}: {members.get('Message', '').strip()}" if number else ""
    source = members.get("ProviderName") or members.get("Source", "")
    head = Head(level, source, (text or members.get("Message", "")).split("\n", 1)[0])
    yield Block(first, last, stamp, raw, head, text or members.get("Message", ""))


def _blocks(
    lines: Sequence[str], start: re.Pattern[str], joined: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the first line and the lines of each block, blank ends left out.

    A starting line right below another one is part of the same block when it starts with `joined`.
    """
    block: list[str] = []
    first = 1
    for number, line in enumerate(lines, 1):
        begins = start.match(line) is not None
        if begins and not (len(block) == 1 and line.startswith(joined)):
            if block:
                yield first, _trimmed(block)
            block, first = [line], number
        elif block:
            block.append(line)
    if block:
        yield first, _trimmed(block)


def _trimmed(block: list[str]) -> list[str]:
    while len(block) > 1 and not block[-1].strip():
        block.pop()
    return block


_FORMS: Final[tuple[tuple[re.Pattern[str], ReadBlocks], ...]] = (
    (re.compile(r"# Query_time: "), _slow_queries),
    (re.compile(r"\s*Event ID:\s"), _windows_events),
    (re.compile(r"__REALTIME_TIMESTAMP=\d"), _journal),
    (re.compile(r"Time(?:Created|Generated) +: \d"), _listed_events),
)


def blocks_of(lines: Sequence[str], clock: Clock) -> list[Block]:
    """Read a log of blocks; nothing when the file is none."""
    for mark, read in _FORMS:
        if any(mark.match(line) for line in lines[:_SAMPLE]):
            return list(read(lines, clock))
    return []
