# ruff: noqa: E501 - a word list is easier to read as text
"""Tells a sentence of another language, and finds in it the names that no list knows."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from redaction.detection import Finding
from redaction.detection.language.words import LETTER, UPPER, is_common, is_known, places
from redaction.detection.patterns.ordinary import is_role, words_of

# Small words that English has not, by language; of these none writes its nouns with a capital.
_TONGUES: Final = tuple(
    words_of(words)
    for words in (
        "og ikke som har til med det er på av vi jeg kan når får eller ble hun han vår deres fra hos"
        " etter siden hvis dette denne skal må være blitt af och inte att är jag från när blev ni din"
        " mitt vårt sedan",
        "le les des une est sur dans avec pour pas depuis plus nous vous notre votre ses leur qui que"
        " cette et aux du je il elle mais ne sont être chez la",
        "el los las una del con para por nos nuestra nuestro puede su sus que está esta este como ya"
        " un pero se le mi desde muy la está tiene",
        "il lo gli della del dei una con per non che sono questo questa nostro suo sua alla dal ha la"
        " nel ma più anche",
        "os uma não com para por que está nosso seu sua mas foi ao dos das na no pelo desde ele ela",
        "het een niet met van voor op kan sinds haar onze wij ik maar ook bij naar zijn heeft wordt"
        " deze dit de",
        "nie się jest na do że jak od po przez oraz może jego nasz nasza jej ma są dla ale który",
        "není se na je že jak od po pro nebo ale má jeho jsou který která už",
    )
)
_SMALL: Final = re.compile(rf"(?<![\w.@/-])(?![{UPPER}]){LETTER}{{2,9}}(?![\w@/])")
_CAP: Final = rf"[{UPPER}](?![{UPPER}])(?:{LETTER}|['\u2019-](?={LETTER})){{1,24}}"
_RUN: Final = re.compile(rf"(?<![\w.@/\\$#~=<-]){_CAP}(?:[ ]{_CAP}){{1,3}}(?![\w@\\(=/-]|\.\w)")
_CYRILLIC: Final = r"[\u0410-\u042f\u0401\u0404\u0406\u0407][\u0430-\u045f\u2019'-]{1,24}"
_EASTERN: Final = re.compile(rf"(?<!\w){_CYRILLIC}(?:[ ]{_CYRILLIC}){{1,3}}(?!\w)")
_STARTS: Final = re.compile(r"(?:^|[.!?:;>*\n(\[|\u2022\"\u00ab\u201e-])[ \t]*$")


@lru_cache(4096)
def is_abroad(text: str) -> bool:
    """Tell a sentence of a language other than English and German, by its small words."""
    said = set(_SMALL.findall(text))
    return any(len(said & words) > 2 for words in _TONGUES)


def names_abroad(text: str) -> Iterator[Finding]:
    """Find capitalised words side by side inside a sentence where nouns have no capital."""
    runs = list(_RUN.finditer(text))
    for match in runs if runs and is_abroad(text) else ():
        yield from _named(text, match)
    if not text.isascii():
        for match in _EASTERN.finditer(text):
            yield from _named(text, match)


def _named(text: str, match: re.Match[str]) -> Iterator[Finding]:
    """Take of a run what names somebody: at the start of a sentence not its first word."""
    start = match.start()
    words = match[0].split(" ")
    if _STARTS.search(text, max(0, start - 8), start) and not is_known(words[0]):
        start += len(words[0]) + 1
        words = words[1:]
    while words and _is_thing(words[0]):
        start += len(words[0]) + 1
        words = words[1:]
    named = len(words) > 1 and not any(map(_is_thing, words)) and " ".join(words) not in places()
    if named:
        yield Finding(start, match.end(), "PERSON", "name:abroad", 0.7, True)


def _is_thing(word: str) -> bool:
    return (is_common(word) and not is_known(word)) or is_role(word) or word in places()
