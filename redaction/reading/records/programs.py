"""Reads the heads that particular programs write in a form of their own."""

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from redaction.case import Level
from redaction.reading.levels import level_of
from redaction.reading.records.found import Head
from redaction.reading.records.heads import short_name
from redaction.reading.records.requests import (
    TableOfRequests,
    read_access,
    read_balancer,
    read_haproxy,
    read_squid,
)
from redaction.reading.timestamps import Stamp

ReadHead: TypeAlias = Callable[[str, Stamp], Head | None]

_LETTER: Final = re.compile(
    r"\s*(?:\d+\s+\d+\s+)?(?P<level>[VDIWEF])[ /](?P<tag>[^:(]{1,60})(?:\(\s*\d+\))?: "
)
_KLOG: Final = re.compile(r"\s+\d+ (?P<file>[\w.-]+):\d+\] ")
_REDIS: Final = re.compile(r" (?P<mark>[.*#-]) ")
_REDIS_WRITER: Final = re.compile(r"\[?\d+(?::[XCSM]|\])")
_REDIS_LEVELS: Final[dict[str, Level]] = {
    ".": "debug", "-": "debug", "*": "info", "#": "warning"
}  # fmt: skip
_MYSQL: Final = re.compile(
    r"\s+(?:\d+ )?\[(?P<level>Note|Warning|ERROR|System)\] "
    r"(?:\[(?P<code>MY-\d+)\] )?(?:\[(?P<part>\w+)\] )?"
)
_COLLECTOR: Final = re.compile(
    r"\](?:\[[\d.]+m?s\])?(?:\[\d+\])?\[(?P<level>trace|debug|info|warning|error)\s*\]"
    r"\[(?P<tag>[\w,+]+)\s*\] ?"
)
# MongoDB before 4.4: a letter for the level, then the component in capitals.
_MONGO: Final = re.compile(
    r" (?P<level>[DIWEF])\d? (?P<component>[A-Z_]{2,12}|-) +(?:\[[^\]\n]*\] )?"
)
_NODE: Final = re.compile(r"\|(?P<component>[\w.$-]{1,80})\|\d+\|")
_SERVICING: Final = re.compile(
    r", (?P<level>Info|Warning|Error|Fatal)\s+(?P<component>[A-Z]\w*)\s+"
)
_NGINX: Final = re.compile(r" \[(?P<level>[a-z]+)\] \d+#\d+: (?:\*\d+ )?")
_CSV_OF_POSTGRES: Final = re.compile(
    r",[^\n]{0,600}?,(?P<level>LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG\d?),"
    r"(?P<state>[0-9A-Z]{5}),(?:\"(?P<quoted>(?:[^\"\n]|\"\")*+)|(?P<bare>[^,\n]*+))"
)
_CLUSTER: Final = re.compile(
    r" \d{4}\.\d\d\.\d\d \S+ [A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d \S+ "
    r"(?P<program>[A-Za-z_][\w./-]*)(?:\([^)]*\))?(?:\[\d+\])?: "
)


def _android(line: str, stamp: Stamp) -> Head | None:
    letter = _LETTER.match(line, stamp.end) if stamp.shape == "android" else None
    if letter is None:
        return None
    return Head(
        level_of(letter["level"]), letter["tag"].strip(), line[letter.end() :], by_form=True
    )


def _klog(line: str, stamp: Stamp) -> Head | None:
    if stamp.shape != "klog" or (match := _KLOG.match(line, stamp.end)) is None:
        return None
    return Head(level_of(line[0]), "", line[match.end() :], by_form=True)


def _redis(line: str, stamp: Stamp) -> Head | None:
    match = _REDIS.match(line, stamp.end) if _REDIS_WRITER.match(line) else None
    return (
        Head(_REDIS_LEVELS[match["mark"]], "", line[match.end() :], by_form=True) if match else None
    )


def _mysql(line: str, stamp: Stamp) -> Head | None:
    match = _MYSQL.match(line, stamp.end)
    if match is None:
        return None
    code = f"{match['code']} " if match["code"] else ""
    return Head(
        level_of(match["level"]), match["part"] or "", code + line[match.end() :], by_form=not code
    )


def _collector(line: str, stamp: Stamp) -> Head | None:
    match = _COLLECTOR.match(line, stamp.end)
    return (
        Head(level_of(match["level"]), match["tag"], line[match.end() :], by_form=True)
        if match
        else None
    )


def _mongo(line: str, stamp: Stamp) -> Head | None:
    match = _MONGO.match(line, stamp.end)
    if match is None:
        return None
    component = "" if match["component"] == "-" else match["component"]
    return Head(level_of(match["level"]), component, line[match.end() :], by_form=True)


def _piped(line: str, stamp: Stamp) -> Head | None:
    match = _NODE.match(line, stamp.end)
    return (
        Head("other", short_name(match["component"]), line[match.end() :], by_form=True)
        if match
        else None
    )


def _servicing(line: str, stamp: Stamp) -> Head | None:
    match = _SERVICING.match(line, stamp.end)
    if match is None:
        return None
    return Head(level_of(match["level"]), match["component"], line[match.end() :], by_form=True)


def _nginx(line: str, stamp: Stamp) -> Head | None:
    match = _NGINX.match(line, stamp.end)
    return Head(level_of(match["level"]), "", line[match.end() :], by_form=True) if match else None


def _csv_of_postgres(line: str, stamp: Stamp) -> Head | None:
    match = _CSV_OF_POSTGRES.match(line, stamp.end)
    if match is None:
        return None
    message = (match["quoted"] or match["bare"] or "").replace('""', '"')
    told = message if match["state"] == "00000" else f"{message} (SQLSTATE {match['state']})"
    return Head(level_of(match["level"].rstrip("12345")), "", told)


def _cluster(line: str, stamp: Stamp) -> Head | None:
    """Read the forms of supercomputers, which put seconds, day and node before syslog's own."""
    match = _CLUSTER.match(line, stamp.end)
    return (
        Head("other", short_name(match["program"]), line[match.end() :], by_form=True)
        if match
        else None
    )


_READERS: Final[tuple[ReadHead, ...]] = (
    read_access,
    read_balancer,
    read_haproxy,
    read_squid,
    _android,
    _klog,
    _redis,
    _mysql,
    _collector,
    _mongo,
    _piped,
    _servicing,
    _nginx,
    _csv_of_postgres,
    _cluster,
)


def readers_for(lines: Sequence[str], sample: Sequence[tuple[str, Stamp]]) -> tuple[ReadHead, ...]:
    """Return the readers that fit lines of a file, the most fitting first.

    A file is written by one program or a few: the others need not be asked at every line.
    """
    table = TableOfRequests(lines[:50])
    candidates = (table.read, *_READERS) if table.known else _READERS
    fitting = [(sum(read(*each) is not None for each in sample), read) for read in candidates]
    found = [(count, read) for count, read in fitting if count]
    return tuple(read for _, read in sorted(found, key=lambda each: -each[0]))
