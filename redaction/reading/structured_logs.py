"""Reads one structured log record (a JSON object, or key=value pairs) into an event."""

import re
from collections.abc import Mapping
from typing import Final, cast

from redaction.case import Anchor, Event, Level
from redaction.reading.jsontree import well_formed
from redaction.reading.levels import level_of, level_of_status, worse
from redaction.reading.templates import template_of
from redaction.reading.timestamps import Clock, Stamp
from redaction.text import mint

_TIMES: Final = (
    *("@timestamp", "timestamp", "time", "ts", "datetime", "date", "eventTime", "_time"),
    *("@t", "t", "created_at", "createdAt", "asctime", "timeUnixNano", "start_time"),
    *("startsAt",),
)
_LEVELS: Final = (
    "level",
    "severity",
    "lvl",
    "log.level",
    "loglevel",
    "levelname",
    "severityText",
    "@l",
)
_MESSAGES: Final = ("message", "msg", "@m", "short_message", "event", "log", "body", "text", "_raw")
_COMPONENTS: Final = (
    *("component", "service", "service.name", "app", "application", "logger"),
    *("logger_name", "name", "module", "source", "container"),
)
_TRACES: Final = (
    *("exception", "stack_trace", "stacktrace", "stack", "exc_info", "error", "err"),
    *("error.stack_trace", "traceback", "cause"),
)
_STATUSES: Final = (
    "status",
    "status_code",
    "http_status",
    "statusCode",
    "response_code",
    "http.status_code",
)
_PATHS: Final = ("path", "uri", "url", "request_uri", "route", "http.target")
_WRAPPERS: Final = ("result", "_source", "attributes", "jsonPayload")
_PAIR: Final = re.compile(r'(?<![\w.@-])([\w.@-]{1,80})=("(?:[^"\\]|\\.)*"|[^\s"]*)')
_KNOWN_PAIR: Final = re.compile(r"(?:^|\s)(?:level|lvl|msg|severity)=")

_CLASS: Final = re.compile(r"\b[A-Z][\w$]*(?:Exception|Error|Throwable|Timeout)\b(?![\w.]*\()")
_PACKAGE: Final = re.compile(r"(?:[A-Za-z_][\w$]*\.)+\Z")
_SEARCHED: Final = 65_536


def read_record(
    record: Mapping[str, object], anchor: Anchor, clock: Clock, raw: str = ""
) -> Event | None:
    """Read one record; None when it has neither a time nor a message."""
    record = _unwrapped(record)
    key, stamp = _stamp(record, clock)
    message, trace = _first_text(record, _MESSAGES), _first_text(record, _TRACES)
    status = _first_text(record, _STATUSES)
    head = message.split("\n", 1)[0] or _request(record, status) or trace.split("\n", 1)[0]
    if stamp is None and not head:
        return None
    text = "\n".join(part for part in (message or head, trace) if part) or raw
    exception = exception_in(text)
    level = _level(record, status)
    if level == "other" and exception:
        level = "error"
    return Event(
        utc=stamp.utc if stamp else None,
        raw_time=mint(_text(record[key]) if key else ""),
        zone=stamp.zone if stamp else "none",
        level=level,
        component=mint(short_name(_first_text(record, _COMPONENTS))),
        text=mint(text),
        template=mint(template_of(head or raw)),
        exception=mint(exception),
        lines=1,
        anchor=anchor,
    )


def exception_in(text: str) -> str:
    """Return the first exception class named in a record, with its package, or nothing."""
    match = _CLASS.search(text, 0, _SEARCHED)
    if match is None:
        return ""
    package = _PACKAGE.search(text[max(0, match.start() - 200) : match.start()])
    return (package[0] if package else "") + match[0]


def pairs_in(line: str) -> dict[str, object]:
    """Return the `key=value` pairs of a line that is written so (logfmt), else nothing."""
    if _KNOWN_PAIR.search(line, 0, 1000) is None:
        return {}
    return {key: _unquoted(value) for key, value in _PAIR.findall(line)}


def short_name(logger: str) -> str:
    """Return a logger's or service's short name: `PaymentService`, `auth.token`, `checkout-api`."""
    name = logger.strip()
    if name.count(".") and not re.search(r"[\s/:]|\.\d", name):
        parts = [part for part in name.split("$", 1)[0].split(".") if part]
        name = ".".join(parts[-1:] if parts and parts[-1][0].isupper() else parts[-2:]) or name
    return name[:80]


def _unwrapped(record: Mapping[str, object]) -> Mapping[str, object]:
    for wrapper in _WRAPPERS:
        inner = record.get(wrapper)
        if isinstance(inner, Mapping) and any(key in inner for key in (*_TIMES, *_MESSAGES)):
            return {**record, **cast(Mapping[str, object], inner)}
    return record


def _stamp(record: Mapping[str, object], clock: Clock) -> tuple[str, Stamp | None]:
    for key in _TIMES:
        if key in record and (stamp := clock.whole(record[key])):
            return key, stamp
    return "", None


def _level(record: Mapping[str, object], status: str) -> Level:
    level = level_of_status(status) if status.isdecimal() else level_of(status)
    for key in _LEVELS:
        if key in record and (stated := level_of(record[key])) != "other":
            return worse(stated, level)
    return level


def _request(record: Mapping[str, object], status: str) -> str:
    """Say what an access record without a message is about: `POST /orders -> HTTP 503`."""
    path = _first_text(record, _PATHS).split("?", 1)[0]
    method = _first_text(record, ("method", "http_method", "request_method", "verb"))
    request = f"{method} {path}".strip() or _first_text(record, ("request",))
    return f"{request} -> HTTP {status}" if request and status.isdecimal() else ""


def _first_text(record: Mapping[str, object], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if key in record and (text := _text(record[key]))), "")


def _text(value: object) -> str:
    """Return a value as text; of an object (`error: {class, message, stack}`) its strings."""
    if isinstance(value, str):
        return well_formed(value).rstrip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        parts = cast(Mapping[str, object], value).values()
        return ": ".join(text for part in parts if isinstance(part, str) and (text := _text(part)))
    return ""


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    return re.sub(
        r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), value[1:-1]
    )
