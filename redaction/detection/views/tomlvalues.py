# ruff: noqa: E501 - a pattern is easier to check on one line
"""Walks TOML: every key, string, bare value and comment, with the keys above it."""

import re
import tomllib
from collections.abc import Iterator
from typing import Final

from redaction.detection.views.alignment import Decoded, decoded
from redaction.detection.views.scalars import Group, Scalar, placed

_LIMIT: Final = 5_000_000
_TOKEN: Final = re.compile(
    r"(?P<comment>\#[^\n]*)|\"\"\"(?P<long>(?:[^\"\\]|\\[\s\S]|\"{1,2}(?!\"))*+(?:\"{0,2}(?=\"\"\")))\"\"\""
    r"|'''(?P<rawlong>(?:[^']|'{1,2}(?!'))*+(?:'{0,2}(?=''')))'''"
    r"|\"(?P<string>(?:[^\"\\\n]|\\.)*+)\"|'(?P<raw>[^'\n]*)'"
    r"|(?P<bare>[A-Za-z0-9_+:-](?:[A-Za-z0-9_+:.-]|(?<=\d)[ ](?=\d\d:))*)|(?P<mark>[\[\]{}=,.\n])|[ \t\r]+"
)
_ESCAPE: Final = re.compile(
    r"\\(?:u(?P<u>[0-9A-Fa-f]{4})|U(?P<l>[0-9A-Fa-f]{8})|(?P<fold>[ \t]*\n\s*)|(?P<sign>.))"
)
_SIGNS: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}
_WORDS: Final = ("true", "false")


def toml_scalars(text: str) -> list[Scalar] | None:
    """Walk a TOML document; None when the text is none or too large."""
    if len(text) > _LIMIT:
        return None
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
    return list(placed(_Walk(text).scalars()))


class _Walk:
    """One document: the table that is open, the key of the line, and how deep its value goes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._table: tuple[str, ...] = ()
        self._groups = [Group()]
        self._keys: list[list[str]] = [[]]
        self._marks: list[str] = []
        self._in_value = False
        self._in_header = False

    def scalars(self) -> Iterator[tuple[Scalar, Group | None]]:
        """Yield everything that may be replaced, in order."""
        for match in _TOKEN.finditer(self._text):
            kind = match.lastgroup
            if kind == "mark":
                self._step(match[0])
            elif kind == "comment":
                yield Scalar((), *match.span()), None
            elif kind is not None:
                yield from self._token(match, kind)

    def _step(self, mark: str) -> None:
        nested = bool(self._marks)
        if mark == "\n" and not nested:
            self._in_value = self._in_header = False
            self._keys[-1] = []
        elif mark == "=":
            self._in_value = True
        elif mark in "[{" and self._in_value:
            self._marks.append(mark)
            if mark == "{":
                self._groups.append(Group())
                self._keys.append([])
                self._in_value = False
        elif mark == "[" and not self._in_header:
            self._in_header, self._table = True, ()
            self._groups[0] = Group()
        elif mark in "]}" and nested:
            if self._marks.pop() == "{":
                self._groups.pop()
                self._keys.pop()
            self._in_value = True
        elif mark == "," and nested and self._marks[-1] == "{":
            self._in_value = False
            self._keys[-1] = []

    def _token(self, match: re.Match[str], kind: str) -> Iterator[tuple[Scalar, Group | None]]:
        start, end = match.span(kind)
        meant = self._meant(kind, start, end)
        value = meant.text if meant else match[kind]
        if not self._in_value:
            names = value.split(".") if kind == "bare" else [value]
            if self._in_header:
                self._table = (*self._table, *filter(None, names))[-4:]
            else:
                self._keys[-1] += filter(None, names)
            if kind != "bare":
                yield Scalar((), start, end, meant, "key"), None
                return
            for name in names:
                yield Scalar((), start, start + len(name), None, "name"), None
                start += len(name) + 1
            return
        path = (*self._table, *(name for keys in self._keys for name in keys))[-4:]
        self._groups[-1].take(path[-1] if path else "", value)
        if kind != "bare":
            yield Scalar(path, start, end, meant), self._groups[-1]
        elif value not in _WORDS:
            yield Scalar(path, start, end, None, "number"), self._groups[-1]

    def _meant(self, kind: str, start: int, end: int) -> Decoded | None:
        if kind not in ("string", "long") or "\\" not in self._text[start:end]:
            return None
        return decoded(self._text, start, end, _escapes(self._text, start, end))


def _escapes(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _ESCAPE.finditer(text, start, end):
        code = match["u"] or match["l"]
        sign = "" if match["sign"] is None else _SIGNS.get(match["sign"], match["sign"])
        yield match.start(), match.end(), chr(int(code, 16)) if code else sign
