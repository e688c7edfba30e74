"""Parses JSON and remembers on which line each value stands."""

import re
from bisect import bisect_right
from json import JSONDecoder
from typing import Final, NamedTuple, TypeAlias

Value: TypeAlias = "str | int | float | bool | dict[str, Node] | list[Node] | None"

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_ATOM: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity")
_NAMED: Final[dict[str, Value]] = {"true": True, "false": False, "null": None}
_DECODER: Final = JSONDecoder()
_DEEPEST: Final = 100


class Node(NamedTuple):
    """A JSON value and the line, counted from 1, on which it starts."""

    value: Value
    line: int

    def members(self) -> "dict[str, Node]":
        """Return the members of an object; nothing for any other value."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> "list[Node]":
        """Return the items of an array; nothing for any other value."""
        return self.value if isinstance(self.value, list) else []

    def at(self, *keys: str) -> "Node":
        """Return the value below these keys; an empty one where a key is missing."""
        node = self
        for key in keys:
            node = node.members().get(key, Node(None, node.line))
        return node

    def scalar(self) -> str:
        """Return a string, number or boolean as text; nothing for any other value."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return str(self.value) if isinstance(self.value, str | int | float) else ""

    def plain(self) -> object:
        """Return the value without its lines, as `json.loads` would."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def parse_json(text: str) -> Node | None:
    """Parse a document; None when it is not JSON or nested deeper than anything a person exports.

    Lines end at line feeds alone.
    """
    try:
        node, end = _Parser(text).value(_after_space(text, 0), 0)
    except (ValueError, IndexError):
        return None
    return node if _after_space(text, end) == len(text) else None


def parse_objects(text: str) -> list[Node]:
    """Parse objects that stand one below the other, each over several lines, as `jq` prints them.

    Nothing when the text is anything else.
    """
    found: list[Node] = []
    parser, at = _Parser(text), _after_space(text, 0)
    try:
        while at < len(text):
            node, end = parser.value(at, 0)
            if not node.members():
                return []
            found.append(node)
            at = _after_space(text, end)
    except (ValueError, IndexError):
        return []
    return found


def well_formed(text: str) -> str:
    """Return text without the half characters that a JSON escape can smuggle in."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


class _Parser:
    """Walks one text; every method takes an offset and returns a value and the offset after it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(feed.end() for feed in re.finditer("\n", text))]

    def value(self, at: int, depth: int) -> tuple[Node, int]:
        line = bisect_right(self._starts, at)
        match self._text[at : at + 1]:
            case '"':
                string, end = self._string(at)
                return Node(string, line), end
            case "{" | "[" if depth >= _DEEPEST:
                raise ValueError
            case "{":
                members, end = self._object(at + 1, depth + 1)
                return Node(members, line), end
            case "[":
                items, end = self._array(at + 1, depth + 1)
                return Node(items, line), end
            case _:
                return self._atom(at, line)

    def _object(self, at: int, depth: int) -> tuple[dict[str, Node], int]:
        members: dict[str, Node] = {}
        at = _after_space(self._text, at)
        if self._text[at] == "}":
            return members, at + 1
        while True:
            key, at = self._string(at)
            at = self._expect(":", _after_space(self._text, at))
            members[key], at = self.value(_after_space(self._text, at), depth)
            at = _after_space(self._text, at)
            if self._text[at] == "}":
                return members, at + 1
            at = _after_space(self._text, self._expect(",", at))

    def _string(self, at: int) -> tuple[str, int]:
        if self._text[at] != '"':
            raise ValueError
        string, end = _DECODER.raw_decode(self._text, at)
        return well_formed(str(string)), end

    def _array(self, at: int, depth: int) -> tuple[list[Node], int]:
        items: list[Node] = []
        at = _after_space(self._text, at)
        if self._text[at] == "]":
            return items, at + 1
        while True:
            item, at = self.value(at, depth)
            items.append(item)
            at = _after_space(self._text, at)
            if self._text[at] == "]":
                return items, at + 1
            at = _after_space(self._text, self._expect(",", at))

    def _atom(self, at: int, line: int) -> tuple[Node, int]:
        match = _ATOM.match(self._text, at)
        if match is None:
            raise ValueError
        word = match[0]
        if word in _NAMED:
            return Node(_NAMED[word], line), match.end()
        number = int(word) if word.lstrip("-").isdigit() else float(word)
        return Node(number, line), match.end()

    def _expect(self, character: str, at: int) -> int:
        if self._text[at] != character:
            raise ValueError
        return at + 1
