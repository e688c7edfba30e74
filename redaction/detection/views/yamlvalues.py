"""Walks YAML without building anything: every key, scalar and comment, with the keys above it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, cast

import yaml

from redaction.detection.views.alignment import Decoded, decoded
from redaction.detection.views.encodings import Change
from redaction.detection.views.scalars import Group, Scalar, placed

_LIMIT: Final = 20_000_000
_DEPTH: Final = 200
_BRACKET: Final = re.compile(r"[\[\]{}]")
_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#[^\n]*")
_HEADER: Final = re.compile(r"[|>][^\n]*\n")
# What stands before a value and belongs to the format: its anchor, its tag.
_PROPERTY: Final = re.compile(r"[&!][^\s,\[\]{}]*(?:\s+|$)|\#[^\n]*\s+")
_FOLD: Final = r"[ \t]*(?P<fold>\r?\n(?:[ \t]*\r?\n)*)[ \t]*"
_ESCAPE: Final = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<l>[0-9A-Fa-f]{8})|(?P<sign>[^\r\n])"
    rf"|(?P<joined>\r?\n[ \t]*))|{_FOLD}"
)
_IN_SINGLE: Final = re.compile(rf"(?P<quote>'')|{_FOLD}")
_IN_PLAIN: Final = re.compile(_FOLD)
# A line of a folded block that is indented further begins a line of its own.
_IN_BLOCK: Final = re.compile(r"(?<=\S)(?P<fold>\r?\n)(?P<indent>[ \t]*)(?=\S)")
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
        if isinstance(event, yaml.NodeEvent):
            yield from _anchor(text, event)
        match event:
            case yaml.ScalarEvent():
                scalar, group = _scalar(text, event, levels)
                yield from _comments(text, at, scalar.start)
                yield scalar, group
                at = max(at, scalar.end)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                around = levels[-1].group if levels else None
                group = Group(around=around) if is_mapping or around is None else around
                levels.append(_Level(is_mapping, group))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                levels.pop()
                _value_ends(levels)
            case yaml.AliasEvent():
                _value_ends(levels)
            case _:
                pass
    yield from _comments(text, at, len(text))


def _anchor(text: str, event: yaml.NodeEvent) -> Iterator[tuple[Scalar, None]]:
    if event.anchor is not None and event.start_mark is not None:
        at = text.find(event.anchor, event.start_mark.index)
        yield Scalar((), at, at + len(event.anchor), None, "name"), None


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
    while said := _PROPERTY.match(text, start, end):
        start = said.end()
    changes: Iterator[Change] = iter(())
    match event.style:
        case '"':
            start, end = start + 1, end - 1
            changes = _escapes(text, start, end)
        case "'":
            start, end = start + 1, end - 1
            changes = _folds(_IN_SINGLE.finditer(text, start, end))
        case "|" | ">":
            header = _HEADER.match(text, start, end)
            start, end = _trimmed(text, header.end() if header else start, end)
            if event.style == ">":
                changes = _unfolded(text, start, end)
        case _:
            start, end = _trimmed(text, start, end)
            changes = _folds(_IN_PLAIN.finditer(text, start, end))
    end = max(start, end)
    known = list(changes)
    return start, end, decoded(text, start, end, known) if known else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _folds(matches: Iterable[re.Match[str]]) -> Iterator[Change]:
    """Yield what line ends mean: one is a space, each blank line is a line end."""
    for match in matches:
        fold = match["fold"]
        yield *match.span(), ("'" if fold is None else "\n" * (fold.count("\n") - 1) or " ")


def _unfolded(text: str, start: int, end: int) -> Iterator[Change]:
    line = text.rfind("\n", 0, start) + 1
    indent = start - line
    for match in _IN_BLOCK.finditer(text, start, end):
        if len(match["indent"]) <= indent:
            yield *match.span(), " "


def _escapes(text: str, start: int, end: int) -> Iterator[Change]:
    for match in _ESCAPE.finditer(text, start, end):
        code = match["x"] or match["u"] or match["l"]
        if match["fold"] is not None:
            yield from _folds((match,))
        elif code:
            number = int(code, 16)
            known = number < 0x110000 and not 0xD800 <= number < 0xE000
            yield *match.span(), chr(number) if known else "\ufffd"
        else:
            sign = match["sign"]
            yield *match.span(), "" if sign is None else _SIGNS.get(sign, sign)
