"""Parses XML into the values that JSON becomes, so that one reader knows both exports."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from redaction.reading.jsontree import Node
from redaction.text import PLACEHOLDER

_TAG: Final = re.compile(
    r"<(?P<close>/)?(?P<name>[A-Za-z_][\w:.-]{0,200}+)"
    r"(?P<attributes>(?:[^<>\"'/]|/(?!>)|\"[^\"]{0,5000}\"|'[^']{0,5000}')*+)(?P<empty>/)?>"
)
_ATTRIBUTE: Final = re.compile(r"([A-Za-z_][\w:.-]{0,200})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DEEPEST: Final = 100
_SKIPPED: Final = (("<!--", "-->"), ("<?", "?>"))
TEXT: Final = "#text"
"""The member that holds the text of an element which has attributes or children too."""


@dataclass(slots=True)
class _Element:
    name: str
    line: int
    members: dict[str, Node] = field(default_factory=dict[str, Node])
    text: list[str] = field(default_factory=list[str])

    def add(self, name: str, node: Node) -> None:
        """Add a child; children of one name become a list."""
        known = self.members.get(name)
        if known is None:
            self.members[name] = node
        elif isinstance(known.value, list):
            known.value.append(node)
        else:
            self.members[name] = Node([known, node], known.line)

    def node(self) -> Node:
        """Return the element as a value: its text, or an object of attributes and children."""
        text = "".join(self.text).strip()
        if not self.members:
            return Node(text, self.line)
        own = {TEXT: Node(text, self.line)} if text else {}
        return Node({**self.members, **own}, self.line)


def parse_xml(text: str) -> Node | None:
    """Parse a document into an object with its root element; None when it is none.

    An attribute is a member `@name`. Nothing is declared, expanded or fetched; a placeholder is
    text though it looks like a tag.
    """
    top = _Element("", 1)
    open_elements = [top]
    for line, tag, said in _tokens(text):
        current = open_elements[-1]
        if tag is None:
            current.text.append(said)
        elif tag["close"]:
            if len(open_elements) < 2 or current.name != tag["name"]:
                return None
            open_elements.pop()
            open_elements[-1].add(current.name, current.node())
        else:
            element = _Element(tag["name"], line)
            for name, double, single in _ATTRIBUTE.findall(tag["attributes"]):
                element.members.setdefault(f"@{name}", Node(unescape(double or single), line))
            if tag["empty"]:
                current.add(element.name, element.node())
            elif len(open_elements) > _DEEPEST:
                return None
            else:
                open_elements.append(element)
    return top.node() if len(open_elements) == 1 and top.members else None


def _tokens(text: str) -> "Iterator[tuple[int, re.Match[str] | None, str]]":
    """Yield line and tag, or line and text, of everything that counts."""
    at, line = 0, 1
    while at < len(text):
        start = text.find("<", at)
        start = len(text) if start < 0 else start
        if start > at:
            yield line, None, unescape(text[at:start])
        line += text.count("\n", at, start)
        end, tag, said = _token(text, start)
        if tag is not None or said:
            yield line, tag, said
        line += text.count("\n", start, end)
        at = end


def _token(text: str, start: int) -> "tuple[int, re.Match[str] | None, str]":
    """Read what starts with a `<`: return where it ends, the tag or the text that it is."""
    if start >= len(text):
        return start, None, ""
    if (placeholder := PLACEHOLDER.match(text, start)) is not None:
        return placeholder.end(), None, placeholder[0]
    if text.startswith("<![CDATA[", start):
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end
        return end + 3, None, text[start + 9 : end]
    for opening, closing in _SKIPPED:
        if text.startswith(opening, start):
            end = text.find(closing, start)
            return (len(text) if end < 0 else end + len(closing)), None, ""
    if text.startswith("<!", start):
        end = text.find(">", start)
        inner = text.find("[", start, end)
        end = text.find("]>", start) + 1 if inner >= 0 else end
        return (len(text) if end <= 0 else end + 1), None, ""
    tag = _TAG.match(text, start)
    return (start + 1, None, "<") if tag is None else (tag.end(), tag, "")


def listed(node: Node) -> list[Node]:
    """Return the elements of one name: a list, or the only one; nothing where there is none."""
    return node.items() or ([] if node.value is None else [node])


def said(node: Node) -> Node:
    """Return the text of an element, whether it has attributes or not."""
    return node.at(TEXT) if node.members() else node
