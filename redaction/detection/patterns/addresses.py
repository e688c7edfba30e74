# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds street addresses in prose and letters, by what stands before and in them."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from redaction.detection import Finding
from redaction.detection.patterns.addressblock import (
    LONGEST,
    LONGEST_HEAD,
    UNIT_WORD,
    end_of_address,
)
from redaction.detection.patterns.protected import Protected, is_log_line
from redaction.detection.patterns.streets import (
    BEFORE_NAME,
    BOX,
    COMPOUND,
    FORCES,
    PARTICLES,
    PLAIN_AFTER,
    STOP,
    STREET_AFTER,
    UNIT,
)

_KEYWORD = re.compile(
    rf"(?i:\b(?:{STREET_AFTER})\b)(?![@=:/\\(_-])|(?<![\w/.@-])(?i:{BEFORE_NAME})(?=[ ]\S)"
    rf"|\b[^\W\d_][\w'\u2019-]{{1,30}}?(?:{COMPOUND})(?=[ ]\d)"
    rf"|(?i:\b(?:{UNIT})\.?[ ]?#?\d{{1,5}}\b)|(?i:{BOX})[ ]?\d|\b(?i:{FORCES})\b"
)
_NUMBERED = re.compile(
    rf"(?:^[> ]{{0,8}}|(?<=[^\d],)[ ]?|(?<=and[ ]))\d{{1,6}}[ ](?:[^\W\d_][\w'\u2019.-]{{1,24}}[ ]){{1,4}}(?:\d{{1,5}}[A-Za-z]?(?=[ ]?[,\n])|(?i:{PLAIN_AFTER})\b)",
    re.MULTILINE,
)
_CUE = re.compile(
    r"(?i:\b(?:address(?:es)?\b(?:[ ?.,][^\n.;:]{0,40}?)?(?:\bis|\bare|\bwith|\bto|\bat|\bas|:)"
    r"|(?:live[sd]?|living|reside[sd]?|residing|resident)[ ](?:at|on|in)"
    r"|(?:sen[dt]|sending|ship(?:s|ped|ping)?|deliver\w{0,3}|mail(?:s|ed|ing)?|dispatch\w{0,3}|forward\w{0,3})(?:[ ]\w{1,20}){0,3}[ ]to|moved[ ]to))(?!\S)"
)
_PLACE_CUE = re.compile(
    r"(?i:\b(?:meet|see|pick|drop|find|visit|join|wait|come|stay|park|live|work)\w{0,4}(?:[ ]\w{1,12}){0,2}?(?:[ ](?:off|up))?[ ]at"
    r"|\b(?:is|are|was|located|situated|based|office|restaurant|shop|store|house|home|branch)[ ](?:at|on|in))(?!\S)"
    r"|\b(?:to|from|at|in|on|near|by|is|for|of|via|past|opposite)(?=[ ]\d{1,6}[A-Za-z]?[ ](?:\d{1,6}[ ])?[^\W\d_a-z])"
)
_SAME_SENTENCE = re.compile(r"[^\n.;?!]{0,60}")
_CONNECTOR = re.compile(r"(?:\b(?:is|are|to|at|as)|:)(?=[ \n])")
_CROSSING = re.compile(r"(?:[^\W\d_][\w'\u2019-]{1,24}[ ]){1,2}(?:and|&)[ ]")
_SPOKEN = re.compile(r"\S+")
_HOUSE = re.compile(r"#?\d{1,6}[A-Za-z]?(?:[-/]\d{1,5})?")
_NAMING = re.compile(r"\(?(?:\d{1,3}[a-z]{1,2}|[^\W\d_])[\w'\u2019./()&-]*")
_FARTHEST: Final = 160
_CROWD: Final = 12
_AND = re.compile(r",?[ \n](?:and|or)[ ](?=\S)")
_CORNER = re.compile(
    r"(?i:(?:the[ ])?corner[ ]of)[ ](?P<one>(?:[^\s,;:]{1,30}[ ]){1,7}?)(?:and|&)[ ](?P<two>[^\s,;:!?]{1,30}(?:[ ][^\s,;:!?]{1,30}){0,4})"
)

SEEDS: Final = (_CUE, _PLACE_CUE, _KEYWORD, _NUMBERED, _CORNER)
"""Where an address may begin or what stands in one; each within one line."""

Matches = Iterable[re.Match[str]]


def find_addresses(
    text: str, protected: Protected, seeds: Sequence[Matches] | None = None
) -> Iterator[Finding]:
    """Yield each street address, from its house number to the last line of the block.

    `seeds` are the matches of `SEEDS` in this text, where a scanner has them already.
    """
    done = 0
    # Where so many words of streets are no address, a list of such words is being read.
    failed: deque[int] = deque(maxlen=_CROWD)
    for at, cue in _starts(text, seeds or [seed.finditer(text) for seed in SEEDS]):
        if not cue and len(failed) == _CROWD and at - failed[0] < LONGEST:
            continue
        while done <= at < len(text):
            if is_log_line(text, at):
                break
            end = _address(text, at, cue)
            # `p.o. box` is written like a class path.
            if not end:
                failed.append(at)
            if not end or (protected.touches(at, at + 1) and text[at : at + 3].lower() != "p.o"):
                break
            yield Finding(at, end, "ADDRESS", "pattern:address", 0.8, firm=end - at >= 12)
            done = end
            more = _AND.match(text, end) if cue else None
            if more is None:
                break
            at = more.end()


def _starts(text: str, seeds: Sequence[Matches]) -> list[tuple[int, int]]:
    """Return where an address may start, and how much what stands before it says so."""
    cues, places, keywords, numbered, corners = seeds
    starts = {_next_word(text, at): 2 for match in cues for at in _connectors(text, match.end())}
    for match in places:
        starts.setdefault(_next_word(text, match.end()), 1)
    words = _Words(text)
    for match in keywords:
        start = _leftwards(text, match.start(), words)
        if start is not None:
            starts.setdefault(start, 0)
    for match in numbered:
        starts.setdefault(_next_word(text, match.start()), 0)
    for match in corners:
        starts.setdefault(match.start(), 2)
    return sorted(starts.items())


def _connectors(text: str, at: int) -> Iterator[int]:
    """Yield where a cue ends: `address to use is …`, `address to the same: …` have several ends."""
    yield at
    line = _SAME_SENTENCE.match(text, at)
    for match in islice(_CONNECTOR.finditer(text, at, line.end() if line else at), 3):
        yield match.end()


def _next_word(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n>":
        at += 1
    return at


class _Word(NamedTuple):
    """A word before a street's: whether an address may go on over it, and how."""

    start: int
    closes: bool
    number: bool
    small: bool
    formed: bool


class _Words:
    """The words of the lines of one text, each looked at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = (0, -1)
        self._words: list[_Word] = []
        self._starts: list[int] = []

    def before(self, at: int) -> Iterator[_Word]:
        """Yield the words of the same line that begin before `at`, the nearest first."""
        start, end = self._line
        if not start <= at <= end:
            start = self._text.rfind("\n", 0, at) + 1
            end = self._text.find("\n", at)
            self._line = start, len(self._text) if end < 0 else end
            self._words = [_word(match) for match in _SPOKEN.finditer(self._text, *self._line)]
            self._starts = [word.start for word in self._words]
        last = bisect_left(self._starts, at) - 1
        if last >= 0 and not self._text[at - 1].isspace():
            # `(street`: the rest of this word is what was looked for.
            part = _SPOKEN.match(self._text, self._words[last].start, at)
            if part:
                yield _word(part)
            last -= 1
        for index in range(last, -1, -1):
            yield self._words[index]


def _word(match: re.Match[str]) -> _Word:
    word = match[0]
    bare = word.strip("().").lower()
    number = _HOUSE.fullmatch(word) is not None
    known = bare in STOP and not (word.isupper() and len(word) > 1)
    small = not number and word.islower() and bare not in PARTICLES
    formed = number or _NAMING.fullmatch(word) is not None
    return _Word(match.start(), known or word[-1] in ",;:!?=", number, small, formed)


def _leftwards(text: str, at: int, words: _Words) -> int | None:
    """Go back from a street's or a unit's word to the house number or the name's first word.

    Return None where that is too far for an address.
    """
    start = at
    line = text[max(0, at - 160) : at]
    before = line.rpartition("\n")[2]
    if not before.strip(" \t>") and UNIT_WORD.match(text, at):
        # A unit on a line of its own belongs to the line above.
        above = line.rstrip(" \t\r\n>").rpartition("\n")[2].lstrip(" \t>")
        start = text.rfind(above, 0, at) if above else at
        return max(start, 0)
    names = numbers = False
    for count, word in enumerate(words.before(at)):
        if word.closes or start - word.start > 42 or at - word.start > _FARTHEST:
            break
        if names and numbers and not word.number:
            break
        # `the office Larkstreet 8`: what is written small is no part of a name that is not.
        if (word.small and text[at].isupper()) or not word.formed:
            break
        if count > LONGEST_HEAD:
            return None
        numbers = word.number
        names = names or not word.number
        start = word.start
    return start


def _address(text: str, at: int, cue: int) -> int:
    """Return where the address that starts at `at` ends, 0 when there is none."""
    corner = _CORNER.match(text, at)
    if corner:
        return _corner_end(text, corner)
    end = end_of_address(text, at, cue)
    crossing = _CROSSING.match(text, at) if not end and cue > 1 else None
    return end_of_address(text, crossing.end(), cue) if crossing else end


def _corner_end(text: str, corner: re.Match[str]) -> int:
    end = corner.start("two")
    for word in re.finditer(r"[^\s,;:!?]+", corner["two"]):
        if word[0].lower() in STOP:
            break
        end = corner.start("two") + word.end() - word[0].endswith(".")
    return end if end > corner.start("two") else 0
