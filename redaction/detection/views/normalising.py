# ruff: noqa: E501, RUF001 - a pattern is easier to check on one line, lookalikes are the point
"""Takes out of a text what the eye does not see, and folds letters that only look like others."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from redaction.detection.patterns.projecting import Projection
from redaction.detection.views.alignment import Alignment, Decoded, decoded

# Soft hyphen, joiners, zero-width spaces, marks of direction, fillers, variation selectors, tags.
_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
)
# Full-width, small, mathematical, circled, raised and ligature forms; spaces of every width.
_COMPATIBLE: Final = (
    "\u00a0\u00aa\u00b2\u00b3\u00b9\u00ba\u2000-\u200a\u202f\u205f\u2070-\u209c\u2100-\u214f\u2460-\u24ff"
    "\u3000\u3251-\u32bf\ufb00-\ufb06\ufe50-\ufe6b\uff01-\uffdc\U0001d400-\U0001d7ff\U0001f100-\U0001f169"
)
_ESCAPES: Final = (
    # A placeholder written into the input must show: no parameter begins with its bracket.
    r"(?:\x1b\[|\x9b)[0-;=>?]{0,64}[ -/]{0,8}[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90])[^\x07\x1b\x9c\n]{0,4000}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{0,4}[0-;=-~]"
)
_CONTROLS: Final = "\x00-\x07\x0e-\x1f\x7f-\x84\x86-\x9f"
_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_HIDDEN: Final = re.compile(
    rf"(?P<gone>{_ESCAPES}|[{_CONTROLS}]|[{_INVISIBLE}]+)|(?P<struck>\x08+)"
    rf"|(?P<marks>[{_MARKS}][{_MARKS}{_INVISIBLE}]*)|(?P<folded>[{_COMPATIBLE}])"
)
# What any of these starts with: a single class is found ten times as fast as the choice above.
_TELLTALE: Final = re.compile(f"[\x08\x1b{_CONTROLS}{_INVISIBLE}{_MARKS}{_COMPATIBLE}]")
_PAYLOAD: Final = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90])(?P<text>[^\x07\x1b\x9c\n]{4,4000})(?:\x07|\x1b\\|\x9c)"
)
_TAGS: Final = re.compile("[\U000e0020-\U000e007e]{4,}")
_UNSEEN: Final = re.compile(f"[{_INVISIBLE}]+")
_HIDES, _LOOKALIKE, _HARMLESS = 0x80, b"\x81", 0x82
_ORDINARY: Final = bytes((*range(9, 14), *range(32, 127), _HARMLESS))
_MARKED: Final = bytes(code not in _ORDINARY and code != _LOOKALIKE[0] for code in range(256))

# Letters of Cyrillic, Greek, Armenian and Cherokee that look like Latin ones, and what they look like.
_LOOKALIKES: Final = str.maketrans(
    "аеорсухіјѕһԁԛԝѵѡҽӏАВЕКМНОРСТУХІЈЅԌҺԜԚ" "αοργνικτυχϲϳηΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ" "օոսհցᎪᎬᎠ",
    "aeopcyxijshdqwvwelABEKMHOPCTYXIJSGhWQ" "aopyviktuxcjnABEZHIKMNOPTYXC" "onuhgAED",
)  # fmt: skip
_FOREIGN: Final = re.compile("[\u0370-\u03ff\u0400-\u052f\u0531-\u058f\u13a0-\u13ff]")
_TOKEN: Final = re.compile(
    "[A-Za-z0-9@.+_-]*[\u0370-\u03ff\u0400-\u052f\u0531-\u058f\u13a0-\u13ff][\\w@.+-]*"
)


def normalise(text: str) -> Decoded | None:
    """Return the text as it is read; None when it is written as it is read, which is nearly free.

    Compatible forms are folded one by one (NFKC), letters and the marks on them are composed
    (NFC), and a word that mixes Latin letters with lookalikes is read as Latin.
    """
    signs = _SIGNS(text)
    odd = signs.translate(None, _ORDINARY)
    if not odd:
        return None
    seen = Decoded(text, Alignment(0))
    if odd.strip(_LOOKALIKE):
        seen = decoded(text, 0, len(text), _changes(text, signs))
        odd = _LOOKALIKE if _FOREIGN.search(seen.text) else b""
    if odd:
        seen = Decoded(_TOKEN.sub(_as_latin, seen.text), seen.alignment)
    return None if seen.text == text else seen


def unseen(text: str) -> Iterator[Decoded]:
    """Yield what terminals and fonts swallow: titles, links and text in invisible letters."""
    if text.isascii() and "\x1b" not in text:
        return
    for match in _PAYLOAD.finditer(text):
        yield Decoded(match["text"], Alignment(match.start("text")))
    for match in _TAGS.finditer(text):
        letters = "".join(chr(ord(letter) - 0xE0000) for letter in match[0])
        yield Decoded(letters, Alignment(match.start()))


def _sign(character: str) -> int:
    if _TELLTALE.match(character):
        return _HIDES
    return _LOOKALIKE[0] if _FOREIGN.match(character) else _HARMLESS


# What each character may hide, as one byte; controls are bytes of their own.
_SIGNS: Final = Projection("signs", _sign)


def _changes(text: str, signs: bytes) -> Iterator[tuple[int, int, str]]:
    done = 0
    marked = signs.translate(_MARKED)
    at = -1
    while (at := marked.find(b"\1", max(at + 1, done))) >= 0:
        match = _HIDDEN.match(text, at)
        if match is None:
            continue
        start, end = match.span()
        if match["folded"] is not None:
            meaning = unicodedata.normalize("NFKC", match[0])
        elif match["gone"] is not None:
            meaning = ""
        else:
            # Marks and backspaces change the letter before them.
            start, meaning = _rewritten(text, match, done)
        yield start, end, meaning
        done = end


def _rewritten(text: str, match: re.Match[str], done: int) -> tuple[int, str]:
    start = match.start()
    if match["struck"] is not None:
        return max(done, start - len(match[0]), text.rfind("\n", done, start) + 1), ""
    if start == done or not text[start - 1].isalpha():
        return start, ""
    composed = unicodedata.normalize("NFC", text[start - 1] + _UNSEEN.sub("", match[0]))
    return start - 1, "".join(each for each in composed if not unicodedata.combining(each))


def _as_latin(match: re.Match[str]) -> str:
    token = match[0]
    if not any(each.isascii() and each.isalpha() for each in token):
        return token
    folded = token.translate(_LOOKALIKES)
    return token if _FOREIGN.search(folded) else folded
