"""Says in which lines of a text something may be written otherwise: the rest costs nothing."""

import re
from typing import Final

from redaction.detection.patterns.protected import LOG_LINE

Lines = tuple[int, int]
"""Offsets of the first character of some lines and of what follows the last one."""

_HEX: Final = "0123456789abcdefABCDEF"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What an escape begins with, and what must follow; nothing of it is longer than a line.
_ESCAPES: Final = (("%", _HEX), ("&", "#" + _LETTERS), ("\\", "\\uxU\"'/nrt"))
# What only quoted-printable holds, and its name.
_QUOTED: Final = re.compile(r"=(?:[?\nC]|3D|40|\r\n)")
_NAME: Final = "quoted-p"
_JOINTS: Final = frozenset("@.%+/=_~-0123456789" + _LETTERS)
_ENDS: Final = _JOINTS | {":"}
# A plain break counts behind a line of this many characters only.
_WIDE: Final = 40


def escaped(text: str) -> list[Lines]:
    """Return the lines that may hold percent-encoding, entities, escapes or a `+` of a query."""
    found: set[Lines] = set()
    for sign, follows in _ESCAPES:
        at = text.find(sign)
        while at >= 0:
            if text[at + 1 : at + 2] in follows:
                line = _line(text, at)
                found.add(line)
                at = line[1]
            at = text.find(sign, at + 1)
    at = text.find("+") if "?" in text or "&" in text else -1
    while at >= 0:
        start, end = _line(text, at)
        if text.find("?", start, end) >= 0 or text.find("&", start, end) >= 0:
            found.add((start, end))
        at = text.find("+", end)
    return sorted(found)


def quoted(text: str) -> bool:
    """Tell whether a text may hold quoted-printable or encoded words."""
    return "=" in text and (_QUOTED.search(text) is not None or _NAME in text.lower())


def broken(text: str) -> list[Lines]:
    """Return the lines, two or more together, between which a token may be broken."""
    found: list[Lines] = []
    start = 0
    end = text.find("\n")
    while end >= 0:
        following = text.find("\n", end + 1)
        if _may_go_on(text, start, end):
            last = len(text) if following < 0 else following
            if found and found[-1][1] == end:
                found[-1] = found[-1][0], last
            else:
                found.append((start, last))
        start, end = end + 1, following
    return found


def _may_go_on(text: str, start: int, end: int) -> bool:
    before, after = text[end - 1 : end], text[end + 1 : end + 2]
    if before == "\\" or text[end - 2 : end] == "\\\r":
        return True
    if after in "> |\t":
        return after != "" and text[end + 1 : end + 5].lstrip(" \t")[:1] in (">", "|")
    return (
        end - start >= _WIDE
        and before in _ENDS
        and after in _JOINTS
        and LOG_LINE.match(text, end + 1) is None
    )


def _line(text: str, at: int) -> Lines:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end
