"""Walks JSON and JSON Lines: every key and scalar, decoded, with its key path and exact offsets."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'"(?P<string>(?:[^"\\]|\\.)*+)"|(?P<number>-?\d[\d.eE+-]*)|(?P<word>[a-zA-Z]+)|(?P<mark>[{}\[\]:,])'
    r"|(?P<line>\n)|[ \t\r]+"
)
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class JsonScalar:
    """A string, number or key: decoded value, where its inside starts in the original, its path.

    `offsets` maps each decoded character, and the end, to the original when escapes occur. A key
    has an empty path: nothing stands above it that says what it is.
    """

    path: tuple[str, ...]
    value: str
    start: int
    offsets: tuple[int, ...] | None
    number: bool


@dataclass(slots=True)
class _Level:
    """An open object or array; `label` is the `name` beside a `value`, as in lists of settings."""

    is_object: bool
    key: str = ""
    label: str = ""
    expects_key: bool = field(default=False)


def json_documents(text: str) -> Iterator[JsonScalar] | None:
    """Walk a JSON document or JSON Lines; None when the text is neither."""
    return _walk(text) if _is_json(text) or _is_lines(text) else None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return text.lstrip()[:1] in ("{", "[", '"')


def _is_lines(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines) and all(line.lstrip()[:1] in ("{", "[") and _is_json(line) for line in lines)


def _walk(text: str) -> Iterator[JsonScalar]:
    levels: list[_Level] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "mark":
            _step(levels, match[0])
        elif kind == "string":
            yield _string(levels, match)
        elif kind == "number":
            yield JsonScalar(_path(levels), match[0], match.start(), None, True)


def _step(levels: list[_Level], mark: str) -> None:
    if mark in "{[":
        levels.append(_Level(mark == "{", expects_key=mark == "{"))
    elif mark in "}]":
        levels.pop()
    elif mark == "," and levels:
        levels[-1].expects_key = levels[-1].is_object


def _string(levels: list[_Level], match: re.Match[str]) -> JsonScalar:
    start = match.start("string")
    value, offsets = _decoded(match["string"], start)
    level = levels[-1] if levels else None
    if level and level.expects_key:
        level.key, level.expects_key = value, False
        return JsonScalar((), value, start, offsets, False)
    path = _path(levels)
    if level and level.is_object and level.key.lower() in ("name", "key"):
        level.label = value
    return JsonScalar(path, value, start, offsets, False)


def _path(levels: list[_Level]) -> tuple[str, ...]:
    if levels and levels[-1].is_object and levels[-1].key.lower() == "value" and levels[-1].label:
        return (levels[-1].label,)
    return tuple(level.key for level in levels[-4:] if level.is_object)


def _decoded(inside: str, start: int) -> tuple[str, tuple[int, ...] | None]:
    if "\\" not in inside:
        return inside, None
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _ESCAPE.finditer(inside):
        parts.append(inside[at : match.start()])
        offsets.extend(range(start + at, start + match.start()))
        decoded = json.loads(f'"{match[0]}"')
        parts.append(decoded)
        offsets.extend([start + match.start()] * len(decoded))
        at = match.end()
    parts.append(inside[at:])
    offsets.extend(range(start + at, start + len(inside) + 1))
    return "".join(parts), tuple(offsets)
