"""Walks JSON and JSON Lines: every key and scalar, decoded, with its key path and exact offsets."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from redaction.detection.views.alignment import decoded
from redaction.detection.views.scalars import Group, Scalar, placed

_TOKEN = re.compile(
    r'"(?P<string>(?:[^"\\]|\\.)*+)"|(?P<number>-?\d[\d.eE+-]*)|(?P<word>[a-zA-Z]+)|(?P<mark>[{}\[\]:,])'
    r"|(?P<line>\n)|[ \t\r]+"
)
_OPENING = re.compile(r"\{[ \t]*\"[^\"\n]{0,200}\"[ \t]*:")
_DECODER = json.JSONDecoder()
_TRIES = 8
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)


@dataclass(slots=True)
class _Level:
    """An open object or array, and what the object holds."""

    is_object: bool
    group: Group
    key: str = ""
    expects_key: bool = field(default=False)


def json_documents(text: str) -> Iterator[Scalar] | None:
    """Walk a JSON document or JSON Lines; None when the text is neither."""
    return placed(_walk(text, 0, len(text))) if _is_json(text) or _is_lines(text) else None


def json_inside(text: str) -> Iterator[Scalar]:
    """Walk the JSON objects that stand in a text of another kind, such as the lines of a log."""
    at = 0
    line_end = tries = 0
    for match in _OPENING.finditer(text):
        if match.start() < at:
            continue
        if match.start() >= line_end:
            line_end, tries = _line_end(text, match.start()), 0
        tries += 1
        end = _object_end(text, match.start()) if tries <= _TRIES else None
        if end is not None:
            yield from placed(_walk(text, match.start(), end))
            at = end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _object_end(text: str, at: int) -> int | None:
    try:
        return _DECODER.raw_decode(text, at)[1]
    except (ValueError, RecursionError):
        return None


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "[", '"'):
        return False
    try:
        json.loads(text)
    except RecursionError:
        return _balances(text)
    except ValueError:
        return False
    return True


def _balances(text: str) -> bool:
    """Tell whether a text that is nested too deep for the parser has the marks of JSON in order."""
    open_marks: list[str] = []
    at = 0
    for match in _TOKEN.finditer(text):
        if match.start() != at:
            return False
        at = match.end()
        if match.lastgroup != "mark":
            continue
        if match[0] in "{[":
            open_marks.append(match[0])
        elif match[0] in "}]" and (not open_marks or open_marks.pop() + match[0] not in "{}[]"):
            return False
    return at == len(text) and not open_marks


def _is_lines(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines) and all(line.lstrip()[:1] in ("{", "[") and _is_json(line) for line in lines)


def _walk(text: str, start: int, end: int) -> Iterator[tuple[Scalar, Group | None]]:
    levels: list[_Level] = []
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        if kind == "mark":
            _step(levels, match[0])
        elif kind == "string":
            yield _string(levels, match)
        elif kind == "number":
            meant = decoded(text, *match.span(), ())
            yield Scalar(_path(levels), *match.span(), meant, "number"), _noted(levels, "")


def _step(levels: list[_Level], mark: str) -> None:
    if mark in "{[":
        # The members of a list of scalars belong to the object around it.
        around = levels[-1].group if levels else None
        group = Group(around=around) if mark == "{" or around is None else around
        levels.append(_Level(mark == "{", group, expects_key=mark == "{"))
    elif mark in "}]" and levels:
        levels.pop()
    elif mark == "," and levels:
        levels[-1].expects_key = levels[-1].is_object


def _string(levels: list[_Level], match: re.Match[str]) -> tuple[Scalar, Group | None]:
    start, end = match.span("string")
    meant = decoded(match.string, start, end, _escapes(match.string, start, end))
    level = levels[-1] if levels else None
    if level and level.expects_key:
        level.key, level.expects_key = meant.text, False
        return Scalar((), start, end, meant, "key"), None
    return Scalar(_path(levels), start, end, meant), _noted(levels, meant.text)


def _noted(levels: list[_Level], value: str) -> Group | None:
    if levels and levels[-1].is_object:
        levels[-1].group.take(levels[-1].key, value)
    return levels[-1].group if levels else None


def _path(levels: list[_Level]) -> tuple[str, ...]:
    return tuple(level.key for level in levels[-4:] if level.is_object)


def _escapes(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    if "\\" in text[start:end]:
        for match in _ESCAPE.finditer(text, start, end):
            yield match.start(), match.end(), json.loads(f'"{match[0]}"')
