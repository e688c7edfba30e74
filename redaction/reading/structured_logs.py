"""Reads one structured log record (a JSON object, or key=value pairs) into an event."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from redaction.case import Anchor, Event, Level
from redaction.reading.jsontree import well_formed
from redaction.reading.levels import level_of, level_of_status, worse
from redaction.reading.records.heads import Heads, short_name, starts_with_level
from redaction.reading.records.keys import Keys, keys_of
from redaction.reading.records.shapes import as_usual
from redaction.reading.templates import Masks, template_of
from redaction.reading.timestamps import Clock, Stamp
from redaction.text import mint

_WRAPPERS: Final = ("result", "_source", "attributes", "jsonPayload", "fields")
_PAIR: Final = re.compile(r'(?<![\w.@-])([\w.@-]{1,80})=("(?:[^"\\]|\\.)*"|[^\s"]*)')
_KNOWN_PAIR: Final = re.compile(r"(?:^|\s)(?:level|lvl|msg|severity)=")

_CLASS: Final = re.compile(r"\b[A-Z][\w$]*(?:Exception|Error|Throwable|Timeout)\b(?![\w.]*\()")
_PACKAGE: Final = re.compile(r"(?:[A-Za-z_][\w$]*\.)+\Z")
_SEARCHED: Final = 65_536


def read_record(
    record: Mapping[str, object],
    anchor: Anchor,
    clock: Clock,
    raw: str = "",
    masks: Masks | None = None,
) -> Event | None:
    """Read one record; None when it has neither a time nor a message.

    `masks` are those of the file, where many records are read.
    """
    record, keys = _unwrapped(as_usual(record))
    key, stamp = _stamp(record, keys, clock)
    message, trace = _first_text(record, keys.messages), _first_text(record, keys.traces)
    if message[:1] == "{" and (inner := _object_in(message)):
        event = read_record(inner, anchor, clock, message, masks)
        if event is not None and event.text != message:
            return _around(event, record, keys, key, stamp)
    status = _first_text(record, keys.statuses)
    head = message.split("\n", 1)[0] or _request(record, keys, status) or trace.split("\n", 1)[0]
    if stamp is None and not head:
        return None
    text = "\n".join(part for part in (message or head, trace) if part) or raw
    exception = exception_in(text)
    level = _level(record, keys, status)
    component, said = short_name(_first_text(record, keys.components)), head or raw
    if level == "other" and head:
        level, own, said = _own_head(head, clock)
        component = own or component
    if level == "other" and exception:
        level = "error"
    template = masks.template(said) if masks else mint(template_of(said))
    return Event(
        utc=stamp.utc if stamp else None,
        raw_time=mint(_text(record[key]) if key else ""),
        zone=stamp.zone if stamp else "none",
        level=level,
        component=mint(component),
        text=mint(text),
        template=template,
        exception=mint(exception),
        lines=1,
        anchor=anchor,
    )


def _object_in(message: str) -> Mapping[str, object]:
    """Return the record that a message is as JSON: collectors keep what programs wrote."""
    try:
        inner: object = json.loads(message)
    except (ValueError, RecursionError):
        return {}
    return cast(Mapping[str, object], inner) if isinstance(inner, dict) else {}


def _around(
    event: Event, record: Mapping[str, object], keys: Keys, key: str, stamp: Stamp | None
) -> Event:
    """Complete an inner record by what the collector says of it; the collector's time counts."""
    if stamp is not None:
        raw_time = mint(_text(record[key]))
        event = replace(event, utc=stamp.utc, zone=stamp.zone, raw_time=raw_time)
    if event.level == "other":
        event = replace(event, level=_level(record, keys, _first_text(record, keys.statuses)))
    component = short_name(_first_text(record, keys.components))
    return event if event.component else replace(event, component=mint(component))


def _own_head(line: str, clock: Clock) -> tuple[Level, str, str]:
    """Read a message that is a whole log line itself: collectors keep what programs wrote."""
    stamp = clock.at_start(line)
    if stamp is None and not starts_with_level(line):
        return "other", "", line
    head = Heads().read(line, stamp)
    return (head.level, head.component, head.message) if head.message else ("other", "", line)


def exception_in(text: str) -> str:
    """Return the first exception class named in a record, with its package, or nothing."""
    if not ("Exception" in text or "Error" in text or "Throwable" in text or "Timeout" in text):
        return ""
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


def _unwrapped(record: Mapping[str, object]) -> tuple[Mapping[str, object], Keys]:
    for wrapper in _WRAPPERS:
        inner = record.get(wrapper)
        if isinstance(inner, Mapping) and not (wrapper == "fields" and _says(record)):
            members = cast(Mapping[str, object], inner)
            keys = keys_of(tuple(members))
            if keys.times or keys.messages:
                whole = {**record, **members}
                return whole, keys_of(tuple(whole))
    return record, keys_of(tuple(record))


def _says(record: Mapping[str, object]) -> bool:
    return bool(keys_of(tuple(record)).messages)


def _stamp(record: Mapping[str, object], keys: Keys, clock: Clock) -> tuple[str, Stamp | None]:
    for key in keys.times:
        if stamp := clock.whole(record[key]):
            return key, stamp
    return "", None


def _level(record: Mapping[str, object], keys: Keys, status: str) -> Level:
    level = level_of_status(status) if status.isdecimal() else level_of(status)
    for key in keys.levels:
        if (stated := level_of(record[key])) != "other":
            return worse(stated, level)
    return level


def _request(record: Mapping[str, object], keys: Keys, status: str) -> str:
    """Say what an access record without a message is about: `POST /orders -> HTTP 503`."""
    path = _first_text(record, keys.paths).split("?", 1)[0]
    method = _first_text(record, keys.methods)
    request = f"{method} {path}".strip() or _first_text(record, keys.requests)
    return f"{request} -> HTTP {status}" if request and status.isdecimal() else ""


def _first_text(record: Mapping[str, object], keys: tuple[str, ...]) -> str:
    for key in keys:
        if text := _text(record[key]):
            return text
    return ""


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
