"""Tells which lines belong to the record above them: stack traces, details, dumps."""

import re
from collections.abc import Sequence
from typing import Final

from redaction.reading.records.heads import starts_with_level
from redaction.reading.timestamps import Stamp

# Java, Python, .NET, Go and C; all of them also indent. Ruby and scripts of Node do not.
_TRACE: Final = (
    r"Caused by:|Suppressed:|\.\.\. \d+ |at [\w.$/<]+\(|Traceback \(|goroutine \d+|created by "
    r"|(?:During handling of|The above exception was) |-{3} End of |Wrapped by: |exit status \d"
    r"|\[CIRCULAR REFERENCE"
    r"|#\d+ +\S+|\[(?:signal|originating from)|Stack ?[Tt]race:|stack backtrace:"
    r"|note: (?:run with|Some details)|Node\.js v\d"
)
_SCRIPT: Final = r"(?:from )?\S+\.(?:rb|py|js|ts|go|php):\d+(?::\d+)?(?::in |$)"
_RAISED_CLASS: Final = r"(?:[A-Za-z_][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error)\b"
_CONTINUES: Final = re.compile(rf"\s|{_TRACE}|{_SCRIPT}|\}}|\)|\](?:$|[,;])|{_RAISED_CLASS}")
_CARRIED: Final = re.compile(rf"\s*(?:{_TRACE})|\s{{2,}}\S|\t|\Z|{_RAISED_CLASS}")
_STARTS_OTHER: Final = frozenset("ABEFHIJKLMNOPQRUVXYZ0123456789")
_DETAIL: Final = re.compile(r"[^\n]{0,120}?\b(?:DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION):  ")
# What a crashing program writes last has no time and no indentation of its own.
_CRASH: Final = (
    r"panic: |fatal error: |goroutine \d+ \[|Exception in thread |Unhandled [Ee]xception"
    r"|thread '[^'\n]{0,100}' (?:\(\d+\) )?panicked at "
)
_OPENS: Final = re.compile(
    rf"{_CRASH}|Traceback \(most|(?:Uncaught )?(?:[A-Z]\w*\.)*[A-Z]\w*(?:Error|Exception): "
)
_DUMP: Final = re.compile(rf"{_CRASH}|Traceback \(most")
_RAISING: Final = re.compile(r"(?:Uncaught )?(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception)\b|Error: ")
_STACK: Final = re.compile(r"\s+(?:at |in |from |\.\.\. |---> )|\s*Caused by: ")
_FRAME: Final = re.compile(r"#\d+ +\S")
# `main.(*Pool).Get(0x0)`, as Go writes a call above the line of its place.
_CALL: Final = re.compile(r"[\w./-]+(?:\(\*?\w+\)|[\w.\[\]-])*\(.{0,200}\)$")
_ENDED: Final = re.compile(
    r"(?:panic|fatal error|Unhandled [Ee]xception[^:\n]{0,60}): |Exception in thread |thread '"
)
_RAISED: Final = re.compile(r"[A-Za-z_][\w.]*(?::|$)")
_BELOW: Final = re.compile(
    r"(?P<level>SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST): (?P<message>.*)"
)
_HEAD: Final = 400


def looks_continued(line: str) -> bool:
    """Tell whether a line can be no record of its own, whatever stands above it."""
    return _CONTINUES.match(line, 0, _HEAD) is not None


def opens(line: str) -> bool:
    """Tell whether a line without a time starts what a crashing program writes last."""
    return _OPENS.match(line) is not None


def is_dump(line: str, below: str) -> bool:
    """Tell the first line of a crash or stack trace that stands in no log, by the line below it."""
    if _DUMP.match(line) is not None:
        return True
    return _RAISING.match(line) is not None and _STACK.match(below) is not None


def crash_in(lines: Sequence[str]) -> str:
    """Return the line by which a program says that it ended, among those below a record."""
    for line in lines:
        if _ENDED.match(line) is not None:
            return line
    if any(line.startswith("Node.js v") for line in lines):
        return next((line for line in lines if _RAISING.match(line)), "")
    return ""


def belongs(line: str, last: str, *, attach: bool, opened: bool) -> bool:
    """Tell whether a line without a time belongs to the record above, whose last line is `last`.

    `attach`: lines without a time are parts of records in this file; `opened`: the record is a
    crash.
    """
    if line[0] == "{" or (line[0] == "#" and not _FRAME.match(line)) or starts_with_level(line):
        return False
    if _CONTINUES.match(line, 0, _HEAD) is not None or attach:
        return True
    if opened and (last.startswith(("goroutine ", "thread '")) or _CALL.match(line) is not None):
        return True
    # A Python traceback ends with the exception, which is not indented as its frames are.
    return last[:2] == "  " and opened and _RAISED.match(line) is not None


def second_line(line: str, first_stamp: Stamp | None) -> "re.Match[str] | None":
    """Return the level and message that `java.util.logging` writes below time and place."""
    if first_stamp is None or first_stamp.shape != "month-day":
        return None
    return _BELOW.match(line)


def belongs_though_stamped(line: str, stamp: Stamp, above: str, above_stamp: Stamp) -> bool:
    """Tell a line that repeats the time of the record above and is a part of it."""
    end = stamp[1]
    if line.find(":  ", end, end + 160) > 0 and _DETAIL.match(line, end):
        return True
    if stamp[4] not in ("syslog", "iso"):
        return False
    # A daemon puts its own head before every line of a trace.
    at = line.find("]: ", end, end + 160)
    if at < 0 or line[at + 3 : at + 4] in _STARTS_OTHER:
        return False
    writer = line[end : at + 3]
    return above.startswith(writer, above_stamp.end) and _CARRIED.match(line, at + 3) is not None
