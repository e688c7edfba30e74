"""Joins what a mail program, a terminal or a shell has broken over two lines."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.detection.patterns.protected import LOG_LINE
from redaction.detection.patterns.randomness import looks_random
from redaction.detection.patterns.vendors import is_whole_token
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
# What stands for itself at the beginning of a line: a key, an assignment, a mail address, a host.
_WHOLE: Final = re.compile(
    r"(?:[A-Za-z_]|//)[\w./:-]{0,80}=(?!=?$)|//[\w-]{1,63}\.[\w./:-]{0,80}=|[A-Za-z_][\w.-]{0,80}:$|[\w.+-]{1,64}@[\w-]{1,63}\.\w"
    r"|(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"
)
# A line of its own: a level, a status, a setting, a table's row, a host and its settings.
_OWN_LINE: Final = re.compile(
    r"[\[(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|SEVERE|CRIT(?:ICAL)?|FATAL|ALERT|EMERG)\b"
    r"|\d{1,3}[ \t]+[A-Z]|[A-Za-z_][\w.-]{0,80}(?:[ \t]+[\w.-]{1,40}){0,4}[ \t]*[:=](?=[ \t]|$)"
    r"|[\w.-]{1,120}[ \t]+[A-Za-z_][\w.-]{0,80}=\S"
)
# Columns stand apart, behind a wrapped token there is one blank at most: a row of a table.
_TABLE_ROW: Final = re.compile(r"[A-Za-z_][\w./-]{0,120}(?:[ ]{2,}|\t)[ \t]*\S")
_TITLE: Final = re.compile(r"[A-Z][a-z]+[ \t]+\S|[A-Z][a-z]+[.,;:!?]?[ \t]*(?=\n|$)")
_PROSE: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_JOINTS: Final = "@.%+/_~-"
_TAIL: Final = re.compile(r"[A-Za-z0-9]+$")
_HEAD: Final = re.compile(r"[A-Za-z0-9]+")
_VALUE: Final = re.compile(r"[^=:\"']*$")
_FIRST: Final = re.compile(r"\S{1,4000}")
_WIDE: Final = 40
_CONTEXT: Final = 60
_LINES: Final = 400
# How much of a line shows what it is, and how many digits are no count or status.
_LINE: Final = 400
_NUMBER: Final = 5


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
    if match["continued"] is not None:
        return True
    if _stands_alone(text, end, right[0]) or not _goes_on(left, right[0], text, end):
        return False
    return bool(_tells(left) or _tells(right[0]))


def _stands_alone(text: str, at: int, word: str) -> bool:
    """Tell whether the line that begins at `at` says something of its own."""
    if _WHOLE.match(word):
        return True
    stop = text.find("\n", at, at + _LINE)
    stop = stop if stop >= 0 else at + _LINE
    if _TABLE_ROW.match(text, at, stop):
        return True
    own = _OWN_LINE.match(text, at, stop)
    return own is not None and not looks_random(word)


def _goes_on(left: str, right: str, text: str, at: int) -> bool:
    """Tell whether a break can be inside a token.

    The padding of base64 ends one. A whole word goes on from a joint only, and what is no word from
    what is of the same kind of characters.
    """
    bare = right.rstrip(".,;:!?")
    if left[-1] == "=" or _both_whole(left, bare):
        return False
    if left[-1] in _JOINTS:
        return left[-1] == "-" or bare.islower() or _TITLE.match(text, at) is None
    if _PROSE.fullmatch(bare):
        return text[at - 1] != "\n" and ("@" in left or "://" in left)
    tail, head = _TAIL.search(left), _HEAD.match(right)
    return not (tail and head) or _same_kind(tail[0], head[0])


def _both_whole(left: str, right: str) -> bool:
    """Tell a list of tokens, one a line."""
    value = _VALUE.search(left)
    return value is not None and is_whole_token(value[0]) and is_whole_token(right)


def _same_kind(tail: str, head: str) -> bool:
    """Tell whether letters and digits before a break may go on with those behind it."""
    return not head.isdigit() or tail.isdigit() or len(head) >= _NUMBER


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
