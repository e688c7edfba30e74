"""Reads logs line by line into events; a stack trace belongs to the line above it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, cast

from redaction.case import Anchor, Event, Level
from redaction.reading.levels import LEVEL_WORDS, level_of, level_of_status
from redaction.reading.structured_logs import exception_in, pairs_in, read_record, short_name
from redaction.reading.templates import template_of
from redaction.reading.timestamps import Clock, Context, Stamp
from redaction.text import RedactedText, mint

_HEAD: Final = 400
_LEVEL: Final = re.compile(
    rf"(?<![\w.=/-])(?:{LEVEL_WORDS})(?![\w./-])|[\[<:](?i:{LEVEL_WORDS})[\]>]"
    r"|(?<![\w.])(?:Trace|Debug|Info|Warn(?:ing)?|Error|Fatal|Critical|Normal)(?=\s{2,}|:| \[)"
)
_LEVEL_FIRST: Final = re.compile(rf"[\[<(]?(?:{LEVEL_WORDS})\b[\]>):]?(?=[\s:|-])")
_NAME: Final = r"[A-Za-z_$][\w$./-]{0,120}"
_GROUPS: Final = r"(?:(?:\[[^\]\n]{0,120}\]|\([^)\n]{0,80}\)|\d+|-{2,3})[\s:|-]*)*"
_AFTER_LEVEL: Final = re.compile(
    rf"[\])>:\s|-]*{_GROUPS}(?:(?P<logger>{_NAME})\s*(?:\[[^\]\n]*\]\s*)*"
    r"(?:: |:$| -+ | \| |\s{3,})\s*)?"
)
_LOOKS_NAMED: Final = re.compile(r"[a-z]+$|.*[./$_-]|.*[a-z0-9][A-Z]|[A-Z]{2,}$")
_SYSLOG: Final = re.compile(
    r"\s*(?P<host>\S+) (?P<program>[\w./-]+)(?:\([^)]*\))?(?:\[\d+\])?:\s(?P<message>.*)",
    re.DOTALL,
)
_RFC5424: Final = re.compile(
    r"\s*\S+ (?P<program>\S+) \S+ \S+ (?:-|\[(?:[^\]\\]|\\.)*\])\s?(?P<message>.*)", re.DOTALL
)
_ACCESS: Final = re.compile(
    r'\]?\s*"(?P<method>[A-Z]{3,10}) (?P<path>[^\s"]+)(?:\s[^"]*)?" (?P<status>\d{3})\b'
)
_LETTER: Final = re.compile(
    r"\s*(?:\d+\s+\d+\s+)?(?P<level>[VDIWEF])[ /](?P<tag>[^:(]{1,60})(?:\(\s*\d+\))?: "
)
_MESSAGE_LEVEL: Final = re.compile(r"(?i)(error|warning|warn|fatal|critical|info|debug|panic)\b: ")
_DETAIL: Final = re.compile(r"[^\n]{0,80}?\b(?:DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION):  ")
_CONTINUES: Final = re.compile(
    r"\s|Caused by:|Suppressed:|\.\.\. \d+ |at [\w.$]+\(|Traceback \(|goroutine \d+|\}|\)"
    r"|(?:[a-z][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error)\b"
)


@dataclass(slots=True)
class _Record:
    """The lines of one event while they are gathered."""

    number: int
    line: str
    stamp: Stamp | None
    rest: list[str] = field(default_factory=list[str])
    last: int = 0


class _Head(NamedTuple):
    """What the first line of a record says."""

    level: Level
    component: str
    message: str


def read_log(
    artifact: str, text: RedactedText, context: Context, *, stamped_only: bool = False
) -> list[Event]:
    """Read a log; with `stamped_only`, a line without a time that belongs to none is prose."""
    clock = Clock(context)
    records = _records(text, clock, stamped_only)
    events = (_event(artifact, record, clock) for record in records)
    return [event for event in events if event is not None]


def _records(text: str, clock: Clock, stamped_only: bool) -> Iterator[_Record]:
    lines = text.split("\n")
    attach = _mostly_stamped(lines, clock)
    current: _Record | None = None
    for number, line in enumerate(lines, 1):
        if not line or line.isspace():
            continue
        stamp = None if line.startswith("{") else clock.at_start(line[:_HEAD])
        if current is not None and _continues(line, stamp, current, attach):
            current.rest.append(line)
            current.last = number
        elif stamp is None and stamped_only:
            continue
        else:
            if current is not None:
                yield current
            current = _Record(number, line, stamp, last=number)
    if current is not None:
        yield current


def _mostly_stamped(lines: list[str], clock: Clock) -> bool:
    """Tell whether unmarked lines are parts of records, as in a log where records have times."""
    sample = [line for line in lines[:500] if line.strip() and not _CONTINUES.match(line)]
    stamped = sum(1 for line in sample if clock.at_start(line[:_HEAD]) is not None)
    return stamped * 2 >= len(sample) > 0


def _continues(line: str, stamp: Stamp | None, current: _Record, attach: bool) -> bool:
    if stamp is not None:
        after = line[stamp.end : stamp.end + 160]
        return current.stamp is not None and _DETAIL.match(after) is not None
    if line[0] in "{#" or _LEVEL_FIRST.match(line):
        return False
    return _CONTINUES.match(line, 0, _HEAD) is not None or (attach and current.stamp is not None)


def _event(artifact: str, record: _Record, clock: Clock) -> Event | None:
    anchor = Anchor(artifact, record.number)
    structured = _structured(record.line)
    if structured and (event := read_record(structured, anchor, clock, record.line)):
        return event
    if record.line.startswith("#"):
        return None
    stamp, line = record.stamp, record.line
    head = _head(line, stamp)
    text = "\n".join((head.message or line, *record.rest))
    exception = exception_in(text)
    return Event(
        utc=stamp.utc if stamp else None,
        raw_time=mint(line[stamp.start : stamp.end] if stamp else ""),
        zone=stamp.zone if stamp else "none",
        level="error" if head.level == "other" and exception else head.level,
        component=mint(head.component),
        text=mint(text),
        template=mint(template_of(head.message or line)),
        exception=mint(exception),
        lines=record.last - record.number + 1,
        anchor=anchor,
    )


def _structured(line: str) -> dict[str, object]:
    if not line.startswith("{"):
        return pairs_in(line)
    try:
        record: object = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return cast(dict[str, object], record) if isinstance(record, dict) else {}


def _head(line: str, stamp: Stamp | None) -> _Head:
    """Take the first line apart: level, component and the message proper."""
    rest = line[stamp.end :] if stamp else line
    if stamp is not None:
        if access := _ACCESS.match(rest):
            return _access(access)
        if stamp.shape == "klog":
            return _Head(level_of(line[0]), "", rest.split("] ", 1)[-1])
        if stamp.shape == "android" and (letter := _LETTER.match(rest)):
            return _Head(level_of(letter["level"]), letter["tag"].strip(), rest[letter.end() :])
    level = _LEVEL.search(rest, 0, 200)
    if level is not None and _is_header(rest[: level.start()]):
        return _after_level(rest, level)
    if stamp is not None and stamp.start and (before := _LEVEL.search(line[: stamp.start])):
        return _after_level(line, before, stamp.end)
    if stamp is not None and (syslog := _syslog(line, rest, stamp)):
        return _said_by(syslog["program"], syslog["message"])
    return _said_by("", rest.lstrip(" ]),:;|-\"'>"))


def _syslog(line: str, rest: str, stamp: Stamp) -> "re.Match[str] | None":
    if line.startswith("<") and re.match(r"<\d{1,3}>\d ", line):
        return _RFC5424.match(rest)
    return _SYSLOG.match(rest) if stamp.shape in ("syslog", "iso") else None


def _said_by(component: str, message: str) -> _Head:
    stated = _MESSAGE_LEVEL.match(message)
    return _Head(level_of(stated[1]) if stated else "other", short_name(component), message)


def _access(match: "re.Match[str]") -> _Head:
    path = match["path"].split("?", 1)[0]
    message = f"{match['method']} {path} -> HTTP {match['status']}"
    return _Head(level_of_status(match["status"]), "", message)


def _is_header(before: str) -> bool:
    """Tell whether what stands before a level word can be a header, not a sentence."""
    bare = re.sub(r"\[[^\]\n]{0,120}\]", "", before)
    return ": " not in bare and len(bare.split()) <= 6


def _after_level(line: str, level: "re.Match[str]", start: int = 0) -> _Head:
    begin = max(level.end(), start)
    after = _AFTER_LEVEL.match(line, begin, begin + _HEAD)
    end, logger = begin, ""
    if after is not None:
        end, logger = after.end(), after["logger"] or ""
        spoken = line.startswith(": ", level.end())
        if logger and (spoken or not _is_logger(logger)):
            end, logger = after.start("logger"), ""
    component = logger or _name_before(line[: level.start()])
    return _Head(level_of(level[0].strip("[]<>:")), short_name(component), line[end:].lstrip())


def _is_logger(name: str) -> bool:
    return _LOOKS_NAMED.match(name) is not None and not name.endswith(("Exception", "Error"))


def _name_before(before: str) -> str:
    """Return the logger that stands before the level, as Python's logging writes it."""
    bracket = re.search(r"\[([a-z_]+)$", before)
    if bracket:
        return bracket[1]
    bare = re.sub(r"\[[^\]\n]{0,120}\]|[|:]", " ", before).split()
    names = [word for word in bare if re.fullmatch(_NAME, word) and _is_logger(word)]
    return names[-1] if names else ""
