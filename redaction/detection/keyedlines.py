# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds the values of YAML, CSV, settings files and mail headers, each with the keys above it."""

import re
from collections.abc import Iterator

import yaml

_YAML_LIMIT = 400_000
_SETTING = re.compile(
    r"^[ \t]*(?:export[ \t]+|set[ \t]+|-[ \t]+)?(?P<key>[A-Za-z_][\w.\- ]{0,80}?)[ \t]*[=:][ \t]*(?P<value>[^\r\n]*?)[ \t]*$",
    re.MULTILINE,
)
_HEADER = re.compile(r"(?P<key>[A-Za-z][\w-]{0,60}):[ \t]*(?P<value>(?:.*)(?:\n[ \t]+\S.*)*)")
_PEOPLE = frozenset(
    {"from", "to", "cc", "bcc", "reply-to", "sender", "resent-from", "x-original-from"}
)
_NAMED = re.compile(
    r"""(?:^|[,;\n])[ \t]*["']?(?P<name>[^"'<>,;@\n]{2,80}?|[^"'<>;@\n]{2,80}?)["']?[ \t]*<"""
)

Scalar = tuple[tuple[str, ...], int, int]
"""The keys above a value, outermost first, and where the value stands."""


def yaml_scalars(text: str) -> Iterator[Scalar]:
    """Walk YAML documents; text that does not parse, or is huge, is read line by line."""
    try:
        documents = (
            list(yaml.compose_all(text, Loader=yaml.SafeLoader))
            if len(text) < _YAML_LIMIT
            else None
        )
    except (yaml.YAMLError, RecursionError, ValueError):
        documents = None
    if documents is None:
        yield from setting_lines(text)
        return
    seen: set[int] = set()
    stack: list[tuple[tuple[str, ...], yaml.Node]] = [((), node) for node in documents if node]
    while stack:
        path, node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield path, *_extent(text, node)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend((path, child) for child in node.value)
        elif isinstance(node, yaml.MappingNode):
            stack.extend(_children(path, node))


def _children(
    path: tuple[str, ...], node: yaml.MappingNode
) -> Iterator[tuple[tuple[str, ...], yaml.Node]]:
    named = {
        str(key.value).lower(): value
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode)
    }
    label = named.get("name", named.get("key"))
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if name.lower() == "value" and isinstance(label, yaml.ScalarNode):
            yield (str(label.value),), value
        else:
            yield (*path[-3:], name), value


def _extent(text: str, node: yaml.ScalarNode) -> tuple[int, int]:
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ('"', "'"):
        return start + 1, end - 1
    while end > start and text[end - 1 : end].isspace():
        end -= 1
    return start, end


def csv_cells(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield `(header of the column, start, end)` of each cell below the first row, quotes left out.

    The cells of the first row have an empty header.
    """
    delimiter = max(",;\t|", key=text.partition("\n")[0].count)
    bare = re.compile(
        f'"(?P<quoted>(?:[^"]|"")*+)"[^{re.escape(delimiter)}\\r\\n]*|(?P<bare>[^{re.escape(delimiter)}\\r\\n]*)'
    )
    headers: list[str] = []
    at, column, row = 0, 0, 0
    while at <= len(text):
        match = bare.match(text, at)
        if match is None:
            return
        group = "quoted" if match["quoted"] is not None else "bare"
        if row == 0:
            headers.append(match[group].strip())
        named = headers[column] if row and column < len(headers) else ""
        yield named, match.start(group), match.end(group)
        at = match.end()
        if text[at : at + 1] == delimiter:
            column += 1
        else:
            column, row = 0, row + 1
            at += text[at : at + 2] == "\r\n"
        at += 1


def setting_lines(text: str) -> Iterator[Scalar]:
    """Yield each `key = value` or `key: value` line, quotes left out."""
    for match in _SETTING.finditer(text):
        start, end = match.span("value")
        if end - start >= 2 and text[start] == text[end - 1] and text[start] in "\"'":
            start, end = start + 1, end - 1
        if start < end:
            yield (match["key"],), start, end


def mail_headers(text: str) -> Iterator[Scalar]:
    """Yield the people and the telling values of the header block of a mail."""
    end_of_headers = text.find("\n\n")
    at = 0
    while at < (len(text) if end_of_headers < 0 else end_of_headers):
        match = _HEADER.match(text, at)
        if match is None:
            return
        key = match["key"].lower()
        if key in _PEOPLE:
            for named in _NAMED.finditer(match["value"]):
                shift = match.start("value")
                yield ("author",), shift + named.start("name"), shift + named.end("name")
        else:
            yield (match["key"],), match.start("value"), match.end("value")
        at = match.end() + 1
