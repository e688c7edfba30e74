"""Finds keys that say what their value is: `key=value`, `key: value`, `"key": "value"`."""

import re
import string
from functools import cache
from typing import Final

from redaction.detection.patterns.hits import Hits
from redaction.detection.patterns.keynames import LAST_WORDS, kind_of_key

# Also `\"key\": \"value\"`; possessive, so that a long word without a separator costs one pass.
KEY: Final = re.compile(
    r"(?<![A-Za-z0-9_.-])(?P<key>[A-Za-z_][A-Za-z0-9_.-]{1,80}+(?:[ ](?i:id|number|name|key|code|address|token))?)"  # noqa: E501
    r"(?P<quote>\\{0,7}[\"']?\]?)[ \t]{0,32}(?:=>|[:?!=]{0,3}=|:)[ \t]{0,24}(?!//)"
)
# Of a key its letters, of a second word the letters too that equal some of them.
_IN_KEY: Final = string.ascii_letters + string.digits + "_.-"
_IN_WORD: Final = _IN_KEY + "\u0130\u0131\u017f\u212a"
# A cookie header may hold more than the one value that was replaced.
_REPLACED: Final = re.compile(
    r"[ \t]{0,4}(?:(?P<open>\\{0,2}[\"']))?<[A-Z_]{1,30}_[0-9]{1,9}(?:\.[0-9]{1,9})?>(?(open)(?P=open))"  # noqa: E501
)
_AFTER_KEY: Final = " \t:?!=\\\"']"
_SECOND_WORD, _WIDEST = 7, 160
_DIGIT: Final = re.compile("[0-9]")


@cache
def key_spot() -> bytes:
    """Write for the engine what a telling key ends with, and what follows up to its separator.

    It needs no beginning: few keys end so, and the expression itself is tried on each.
    """
    last = "|".join(sorted(LAST_WORDS))
    return rf"(?i:{last})[0-9_.\-]*\\{{0,7}}[\"']?\]?[ \t]{{0,32}}[?!:=]{{0,3}}[:=]".encode("ascii")


def is_replaced(kind: str, text: str, at: int) -> bool:
    """Tell whether what stands at `at`, under a key of `kind`, was replaced already."""
    return kind != "COOKIE" and _REPLACED.match(text, at) is not None


def telling_keys(hits: Hits, spot: int) -> list[re.Match[str]]:
    """Return the matches of `KEY` whose key says something of a value that was not replaced.

    `spot` is the number of `key_spot`.
    """
    text, ends = hits.text, hits.ends(spot)
    if ends is None:
        return [each for each in KEY.finditer(text) if _says_more(each["key"], text, each.end())]
    found: list[re.Match[str]] = []
    idle: list[int] = []
    done, telling = 0, False
    for end in ends:
        if end <= done:
            if not telling:
                idle.append(end)
            continue
        match = _key_around(text, end)
        if match is None:
            idle.append(end)
        elif match.start() >= done:
            done = match.end()
            telling = _says_more(match["key"], text, done)
            if telling:
                found.append(match)
            else:
                idle.append(end)
    # The engine takes all digits for one; a key may end in one that tells: `oauth2`.
    hits.idle_ends.update(end for end in idle if not _DIGIT.search(_said(text, end)))
    return found


def _says_more(key: str, text: str, at: int) -> bool:
    """Tell whether a key says what stands at `at`, and that was not replaced already."""
    kind = kind_of_key(key)
    return kind is not None and not is_replaced(kind, text, at)


def _said(text: str, end: int) -> str:
    """Return all that may be the key, of one word or two, whose separator ends at `end`."""
    before = text[max(0, end - _WIDEST) : end].rstrip(_AFTER_KEY)
    word = before.rstrip(_IN_WORD)
    first = word[:-1].rstrip(_IN_KEY) if word[-1:] == " " else word
    return before[len(first) :]


def _key_around(text: str, end: int) -> re.Match[str] | None:
    """Return the match whose separator ends at `end`, or a little later; None if it tells nothing.

    In a text that leaves, nearly every value was replaced.
    """
    start = max(0, end - _WIDEST)
    before = text[start:end].rstrip(_AFTER_KEY)
    word = before.rstrip(_IN_WORD)
    if word[-1:] == " " and len(before) - len(word) <= _SECOND_WORD:
        # `customer id: 4711`: one key of two words.
        match = KEY.match(text, start + len(word[:-1].rstrip(_IN_KEY)))
        if match is not None and match.end() >= end:
            return match
    lead = len(before.rstrip(_IN_KEY))
    return KEY.match(text, start + lead) if _says_more(before[lead:], text, end) else None
