"""Joins what a mail program, a terminal or a shell has broken over two lines."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.detection.patterns.protected import LOG_LINE
from redaction.detection.views.alignment import Decoded, decoded

_BREAK: Final = re.compile(
    r"(?P<continued>\\\r?\n[ \t]*)|\n(?:(?P<quoted>(?:[ \t]{0,3}[>|][ \t]?){1,8}(?=[^\s>|]))"
    r"|(?P<hard>(?<=[A-Za-z0-9@.%+/=_~:-]\n)(?=[A-Za-z0-9@.%+/=_~-])))"
)
# What a break starts with: a single class is found ten times as fast as the choice above.
_START: Final = re.compile(
    r"[\\\n](?:(?<=\\)(?=\r?\n)|(?<=\n)(?=[ \t]{0,3}[>|])"
    r"|(?<=[A-Za-z0-9@.%+/=_~:-]\n)(?=[A-Za-z0-9@.%+/=_~-]))"
)
_TELLING: Final = re.compile(r"[@._/%+=\d-]")
# What stands for itself at the beginning of a line: a key, an assignment, a mail address.
_WHOLE: Final = re.compile(r"[A-Za-z_][\w.-]{0,80}(?:=(?!=?$)|:$)|[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_JOINTS: Final = "@.%+/=_~-"
_FIRST: Final = re.compile(r"\S{1,4000}")
_WIDE: Final = 40
_CONTEXT: Final = 60
_LINES: Final = 400


def rejoined(text: str) -> Iterator[Decoded]:
    """Yield the tokens on both sides of a line break as one, with a little of what leads to them.

    A plain line break counts only where a long line ends in something that is no word of prose.
    """
    done = -1
    for start in _START.finditer(text):
        match = _BREAK.match(text, start.start()) if start.start() >= done else None
        if match is None:
            continue
        gaps, end = _chain(text, match)
        if gaps:
            lead = _lead(text, gaps[0][0])
            done, end = end, _line_end(text, end)
            yield decoded(text, lead, end, [(first, last, "") for first, last in gaps])
        if match["quoted"] is not None and _named(text, match):
            lead, end = _lead(text, match.start()), _line_end(text, match.end())
            yield decoded(text, lead, end, [(*match.span(), " ")])


def _chain(text: str, match: re.Match[str]) -> tuple[list[tuple[int, int]], int]:
    """Follow a token over as many lines as it goes; none when nothing was broken here."""
    gaps: list[tuple[int, int]] = []
    end = match.end()
    following: re.Match[str] | None = match
    while following is not None and len(gaps) < _LINES and _joins(text, following):
        gaps.append((_text_end(text, following.start()), following.end()))
        token = _FIRST.match(text, following.end())
        end = token.end() if token else following.end()
        following = _BREAK.match(text, end)
    return gaps, end


def _joins(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if match["hard"] is not None and (start < _WIDE or text.rfind("\n", start - _WIDE, start) >= 0):
        return False
    if LOG_LINE.match(text, text.find("\n", start, end) + 1):
        return False
    left, right = _last_word(text, start), _FIRST.match(text, end)
    if not left or not right:
        return False
    if match["hard"] is not None and (_WHOLE.match(right[0]) or not _goes_on(left, right[0])):
        return False
    return match["continued"] is not None or bool(_tells(left) or _tells(right[0]))


def _goes_on(left: str, right: str) -> bool:
    """Tell whether a plain break can be inside a token: a whole word goes on from a joint only."""
    return left[-1] in _JOINTS or not right.rstrip(".,;:!?").isalpha()


def _tells(word: str) -> bool:
    return _TELLING.search(word.rstrip(".,;:!?")) is not None


def _named(text: str, match: re.Match[str]) -> bool:
    left = _last_word(text, match.start())
    return left[:1].isupper() and text[match.end() : match.end() + 1].isupper()


def _text_end(text: str, at: int) -> int:
    while at and text[at - 1] in " \t":
        at -= 1
    return at


def _last_word(text: str, at: int) -> str:
    """Return the word before the blanks before `at`, or its last 400 characters."""
    end = _text_end(text, at)
    before = text[max(0, end - 400) : end]
    return before.rsplit(maxsplit=1)[-1] if before and not before[-1].isspace() else ""


def _lead(text: str, at: int) -> int:
    """Return where the token before `at` starts, or the few words before it on its line."""
    token = _text_end(text, at) - len(_last_word(text, at))
    line = text.rfind("\n", max(0, token - _CONTEXT), token) + 1
    if line or token <= _CONTEXT:
        return line
    gap = text.find(" ", token - _CONTEXT, token)
    return gap + 1 if gap >= 0 else token


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at, at + _CONTEXT * 2)
    return min(len(text), at + _CONTEXT * 2) if end < 0 else end
