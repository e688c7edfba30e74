"""Walks YAML without building anything: every key, scalar and comment, with the keys above it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

import yaml

from redaction.detection.views.alignment import Decoded, decoded
from redaction.detection.views.scalars import Group, Scalar, placed

_LIMIT: Final = 20_000_000
_DEPTH: Final = 200
_BRACKET: Final = re.compile(r"[\[\]{}]")
_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#[^\n]*")
_HEADER: Final = re.compile(r"[|>][^\n]*\n")
_ESCAPE: Final = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<l>[0-9A-Fa-f]{8})|(?P<sign>[^\n]))"
)
_SIGNS: Final = dict(
    zip("0abtnvfre N_LP", "\0\a\b\t\n\v\f\r\x1b \x85\xa0\u2028\u2029", strict=True)
)


@dataclass(slots=True)
class _Level:
    is_mapping: bool
    group: Group
    key: str = ""
    expects_key: bool = True


def yaml_scalars(text: str) -> list[Scalar] | None:
    """Walk YAML documents; None when the text is none, or too large or deep to be walked.

    Aliases are not followed, so that a small file cannot stand for a huge one.
    """
    if len(text) > _LIMIT or _too_deep(text):
        return None
    try:
        return list(placed(_walk(text)))
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _too_deep(text: str) -> bool:
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += 1 if match[0] in "[{" else -1 if depth else 0
        if depth > _DEPTH:
            return True
    return False


def _walk(text: str) -> Iterator[tuple[Scalar, Group | None]]:
    loader = cast(type[yaml.SafeLoader], getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    levels: list[_Level] = []
    at = 0
    for event in yaml.parse(text, Loader=loader):
        match event:
            case yaml.ScalarEvent():
                scalar, group = _scalar(text, event, levels)
                yield from _comments(text, at, scalar.start)
                yield scalar, group
                at = max(at, scalar.end)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                group = Group() if is_mapping or not levels else levels[-1].group
                levels.append(_Level(is_mapping, group))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                levels.pop()
                _value_ends(levels)
            case yaml.AliasEvent():
                _value_ends(levels)
            case _:
                pass
    yield from _comments(text, at, len(text))


def _comments(text: str, start: int, end: int) -> Iterator[tuple[Scalar, None]]:
    for match in _COMMENT.finditer(text, start, end):
        yield Scalar((), *match.span()), None


def _value_ends(levels: list[_Level]) -> None:
    # A key that is itself a collection or an alias says nothing that could be looked up.
    if levels and levels[-1].is_mapping:
        levels[-1].expects_key = not levels[-1].expects_key


def _scalar(
    text: str, event: yaml.ScalarEvent, levels: list[_Level]
) -> tuple[Scalar, Group | None]:
    start, end, meant = _extent(text, event)
    level = levels[-1] if levels else None
    value = str(event.value)
    if level and level.is_mapping and level.expects_key:
        level.key, level.expects_key = value, False
        return Scalar((), start, end, meant, "key"), None
    path = tuple(each.key for each in levels[-4:] if each.is_mapping)
    if level and level.is_mapping:
        level.group.take(level.key, value)
        level.expects_key = True
    return Scalar(path, start, end, meant), level.group if level else None


def _extent(text: str, event: yaml.ScalarEvent) -> tuple[int, int, Decoded | None]:
    if event.start_mark is None or event.end_mark is None:
        return 0, 0, None
    start, end = event.start_mark.index, event.end_mark.index
    meant = None
    if event.style == '"':
        start, end = start + 1, end - 1
        if "\\" in text[start:end]:
            meant = decoded(text, start, end, _escapes(text, start, end))
    elif event.style == "'":
        start, end = start + 1, end - 1
    elif event.style in ("|", ">") and (header := _HEADER.match(text, start, end)):
        start = header.end()
    if event.style not in ('"', "'"):
        while end > start and text[end - 1].isspace():
            end -= 1
        while event.style in ("|", ">") and start < end and text[start].isspace():
            start += 1
    return start, max(start, end), meant


def _escapes(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _ESCAPE.finditer(text, start, end):
        code = match["x"] or match["u"] or match["l"]
        sign = match["sign"]
        number = int(code, 16) if code else 0
        known = chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
        yield match.start(), match.end(), known if code else _SIGNS.get(sign, sign)
