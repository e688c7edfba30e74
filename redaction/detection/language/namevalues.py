# ruff: noqa: E501 - a pattern is easier to check on one line
"""Reads the value that stands where a name may, and decides whether it is a person or a login."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from redaction.detection.language.words import (
    LETTER,
    PARTICLES,
    UPPER,
    is_common,
    is_function,
    is_known,
    technical_words,
)
from redaction.detection.patterns.ordinary import NAME_WORDS, is_role, words_of


class Trust(IntEnum):
    """How much the words around a value say about it."""

    HINTED = 1
    """`by`, `for`, `to`: a person or a thing; only a name or a login of one counts."""
    TOLD = 2
    """`approved by`, `visitor`: a person mostly; what no list knows counts when it has a shape."""
    SURE = 3
    """`user=`, `assignee:`: whatever is no role and no technical word."""


@dataclass(frozen=True, slots=True)
class Value:
    """What may be a name or a login: where it stands and its words, in the order of the text."""

    start: int
    end: int
    words: tuple[str, ...]
    joint: str
    closed: bool

    @property
    def login(self) -> bool:
        """Tell a login by its shape: one word in lower case, or words that something joins."""
        if self.joint == "-" and all(map(str.istitle, self.words)):
            return False
        return self.joint not in (" ", ", ") and (
            self.joint != "" or self.words[0][:1].islower() or self.words[0][-1:].isdigit()
        )


PART = "|".join(sorted(PARTICLES))
WORD = rf"{LETTER}(?:{LETTER}|['\u2019-](?!s\b)(?={LETTER})){{0,24}}"
_INITIAL = rf"{LETTER}(?!{LETTER})\.?"
_MORE = rf"[ ](?:(?:{PART})[ ]){{0,2}}(?:{WORD}|{_INITIAL})"
# A secret stands as zeros; a value that was cut short may run into one.
AFTER = r"(?:(?=0{16})|(?![\w@\\(=]|\.\w|-\w|/[A-Za-z]))"
_TAIL = re.compile(AFTER)
COMMA = re.compile(
    rf"(?P<last>{WORD}(?:[ -]{WORD})?),[ ]?(?P<first>{WORD}(?:[ ](?:{WORD}|{_INITIAL})){{0,2}}){AFTER}"
)
_JOINED = re.compile(
    rf"(?P<a>{LETTER}{{1,24}}|[a-z][a-z0-9]{{1,24}})(?P<joint>[._+-])(?P<b>{LETTER}{{2,24}})(?:[._-]{LETTER}{{2,24}})?\d{{0,4}}(?![\w(=]|\.\w|-\w)"
)
_RUN = re.compile(rf"(?:(?:{PART})[ ]){{0,2}}{WORD}\.?(?:{_MORE}\.?){{0,3}}")
_LETTERS = re.compile(rf"{LETTER}{{2,24}}")
_FIRST_WORD = re.compile(rf"{LETTER}{{2,24}}(?= )")
# A machine that one person carries: what stands before it is its owner.
_DEVICE = re.compile(r"-(?i:laptop|notebook|macbook|mbp|iphone|ipad|pc|phone|desktop|thinkpad)\b")
_LOGIN = re.compile(rf"{LETTER}{{1,24}}[a-z]?\d{{0,4}}(?![\w\\(=]|\.\w)")
_NOBODY = words_of(
    "select insert update delete from where into values table view index null set and or not limit order group join login logon logins manual file line"
    " handoff handover takeover rotation schedule"
)
# What a firm calls itself after the name of who founded it.
_FIRM_WORDS = words_of(
    "inc ltd limited llc gmbh ag kg se sa sas sarl bv nv ab as oy plc corp co company spa srl group holding holdings "
    "bank bakery books brothers capital care clothing coffee college consulting data design digital dynamics energy "
    "engineering enterprises estate fashion finance foods foundation global health holiday home hospital hotel hotels "
    "industries institute insurance international investments labs logistics marine market media motors music networks "
    "partners pharma press productions properties resort restaurant retail school services shipping shop software "
    "solutions sons stores studio studios systems technologies technology telecom textiles trading transport travel "
    "trust university ventures wines works"
)
# Words that are given names, in lower case too.
GIVEN = words_of(
    "abby april august autumn bill bob crystal daisy dawn dick don drew faith finn frank gene grace grant guy harry hunter iris "
    "ivy jack jade jean joy june lance lily mark mason max misty olive paige paul pearl penny ray rob robin rose ruby "
    "sandy scott stephen sterling sue taylor terry tony tyler victor violet wade will may grace hope jordan kelly "
    "angel art bailey brook carter chance chase christian clay cliff cole dale dean dusty earl eve ginger happy harmony hazel "
    "heather holly jewel kit lane lucky melody miles mercy page patience pepper prince reed rich river rocky rusty sage shelly "
    "sky summer sunny trinity willow wolf woody"
)
# Given names that are no verb, month or stone: with a capital they are rather a person.
GIVEN_ONLY: Final = GIVEN - words_of(
    "angel art autumn chance chase dusty ginger happy lucky page pepper prince rich river rusty sky summer sunny woody april august bill case crystal dick drew faith grace grant guy hope hunter jade june lance mark mason max may misty "
    "pearl penny ray rob ruby sterling sue will"
)
# What ends a file or a host and no login.
ENDINGS: Final = words_of(
    "com net org edu gov info biz app dev cloud local internal lan home corp exe dll log txt json yaml yml xml html htm css "
    "csv tsv pdf doc docx xls xlsx ppt png jpg jpeg gif svg zip tar jar war ear conf cfg ini env sql java class scala kt "
    "cpp hpp rst toml lock out err bak tmp old new key pem crt cer plist apk ipa csproj sln sock pid service example test unix utils util"
)


@lru_cache(1 << 15)
def begins_no_name(word: str) -> bool:
    """Tell a word that no name begins with, nor is: most words are such."""
    return _LETTERS.fullmatch(word) is not None and _begins_no_name(word)


def _begins_no_name(word: str) -> bool:
    """Tell a word with which no run of words begins, and which alone is no login."""
    if word in PARTICLES:
        return False
    return _speech(word) or ordinary(word) or _technical(word)


def values_at(text: str, start: int, end: int) -> Iterator[Value]:
    """Read what may stand at `start`: `Last, First`, then `first.last`, then a run of words."""
    begin = _FIRST_WORD.match(text, start, end)
    if begin and begins_no_name(begin[0]):
        return
    comma = COMMA.match(text, start, end)
    if comma:
        words = (*comma["last"].split(), *comma["first"].split())
        size = _alike(words)
        if first_name(words[-1]) and len(words) == 2 and all(map(str.istitle, words)):
            size = 2
        if size > len(comma["last"].split()):
            yield Value(
                start,
                (stop := _end_of(text, start, words[:size])),
                words[:size],
                ", ",
                _closed(text, stop),
            )
    joined = _JOINED.match(text, start, end)
    if joined:
        words = tuple(re.split(r"[._+-]", joined[0]))
        yield Value(start, joined.end(), words, joined["joint"], _closed(text, joined.end()))
    run = _RUN.match(text, start, end)
    if run:
        words = tuple(run[0].split())
        for size in range(_alike(words), 1, -1):
            stop = _end_of(text, start, words[:size])
            if words[size - 1] not in PARTICLES and _TAIL.match(text, stop):
                yield Value(start, stop, words[:size], " ", _closed(text, stop))
    login = _LOGIN.match(text, start, end)
    # The folder of a home ends at a slash; elsewhere a word before one begins a path.
    if login and (
        text[login.end() : login.end() + 1] not in ("/", "-")
        or text[start - 1] in "/~\\-"
        or login_of_name(login[0])
        or _DEVICE.match(text, login.end())
    ):
        yield Value(start, login.end(), (login[0],), "", _closed(text, login.end()))


def _closed(text: str, end: int) -> bool:
    return text[end : end + 1] in ("", '"', "'", ",", ";", ")", "|", "]", ">", "\n")


def _end_of(text: str, start: int, words: Sequence[str]) -> int:
    at = start
    for word in words:
        at = text.index(word, at) + len(word)
    last = words[-1]
    return at - 1 if last.endswith(".") and len(last) > 2 else at


def _alike(words: Sequence[str]) -> int:
    """Count the first words that are written alike and may be parts of one name."""
    shape = _shape(next((word for word in words if word not in PARTICLES), words[0]))
    size = 0
    for word in words:
        core = word.rstrip(".,")
        if len(core) == 1:
            if not size or (core in "aI" and not word.endswith(".")):
                break
        elif core not in PARTICLES:
            if _shape(core) != shape or _speech(core) or (size and core in ("will", "may", "can")):
                break
            if ordinary(core) or _technical(core):
                # `by David Straw`: after a first name, an ordinary word may be the surname.
                last = size == 1 and first_name(words[0])
                return size + (last and (len(words) == 2 or _ends(words)))
        size += 1
        if word.endswith(".") and len(core) > 2:
            break
    return size


def _ends(words: Sequence[str]) -> bool:
    """Tell whether a given name and another word stand apart from what follows."""
    other = len(words) > 2 and (_shape(words[2]) != _shape(words[0]) or is_function(words[2]))
    return other and words[0].lower() in GIVEN_ONLY


def _shape(word: str) -> str:
    if word.islower():
        return "lower"
    return "upper" if word.isupper() and len(word) > 1 else "title"


def _speech(word: str) -> bool:
    """Tell a word of sentences or queries, or a role, which no surname is."""
    lowered = word.lower().rstrip("0123456789")
    if lowered in NAME_WORDS:
        return False
    joins = is_function(lowered) and lowered not in technical_words()
    return joins or is_role(word) or is_role(lowered) or lowered in _NOBODY


def _technical(word: str) -> bool:
    lowered = word.lower()
    return lowered in technical_words() and lowered not in NAME_WORDS


def ordinary(word: str) -> bool:
    """Tell a word that is no name by itself; one that no list knows may be a verb."""
    if word.lower() in NAME_WORDS or is_known(word):
        return False
    return is_common(word) or (word.islower() and word.endswith(("ed", "ing")))


def is_named(word: str) -> bool:
    """Tell a name that is an ordinary word too: `Mark`, `Page`."""
    return word.lower() in NAME_WORDS


def first_name(word: str) -> bool:
    """Tell a known name, or an ordinary word that is a given name."""
    return is_known(word) or word.lower() in GIVEN


def counts(value: Value, trust: Trust) -> bool:
    """Decide whether a value is a person or a login, given what its surroundings say."""
    words = [word for word in value.words if len(word.rstrip(".")) > 1 and word not in PARTICLES]
    if not words or any(map(_speech, words)) or is_role("".join(value.words)):
        return False
    if all(map(is_role, words)):
        return False
    if any(camel(word) and not is_known(word) for word in words):
        return False
    # `ffffffff` is a register.
    if any(len(word) > 4 and len(set(word.lower())) < 3 for word in words):
        return False
    match value.joint:
        case "":
            return _single(words[0], trust)
        case " " | ", ":
            return _several(words, value, trust)
        case _:
            return _joined(words, value, trust)


def is_persons_name(value: str) -> bool:
    """Tell a given name and a surname or two from what a firm calls itself: `Jane Roe`."""
    words = value.split()
    if not 2 <= len(words) <= 3 or not all(word[:1].isupper() for word in words):
        return False
    firm = any(is_role(word) or word.lower() in _FIRM_WORDS for word in words)
    return not firm and first_name(words[0]) and not any(map(camel, words))


def _several(words: Sequence[str], value: Value, trust: Trust) -> bool:
    joint = value.joint
    known = sum(map(is_known, words))
    named = sum(map(is_named, words))
    upper = words[0][0].isupper()
    listed = any(map(_technical, words))
    if listed or any(map(ordinary, words)):
        # `owner: Rose Field`, `owner="rose field"`: a first name and any word of the language.
        sure = trust is Trust.SURE and value.closed
        lead = words[-1] if joint == ", " else words[0]
        given = lead.lower() in GIVEN_ONLY
        told = trust is Trust.TOLD and given and not listed
        able = (upper and (trust > Trust.HINTED or given or (known > 0 and not listed))) or sure
        able = able or told
        if joint == ", ":
            return able and first_name(lead)
        return able and joint == " " and (first_name(lead) or (not listed and upper))
    if known:
        return True
    if trust is Trust.SURE:
        return upper or (known + named > 0 and (known + named == len(words) or trust > 1))
    if named == len(words) > 1:
        return trust is Trust.TOLD or joint == ", " or upper or first_name(words[0])
    # In small letters, words that no list knows are those of another language.
    if trust is Trust.TOLD or (joint == " " and upper):
        return not named and len(words) > 1 and min(map(len, words)) > 3
    return False


def _joined(words: Sequence[str], value: Value, trust: Trust) -> bool:
    joint = value.joint
    known = sum(map(is_known, words))
    named = sum(map(is_named, words))
    if words[-1].lower() in ENDINGS:
        return False
    initial = joint == "." and len(value.words[0]) == 1
    if any(map(_technical, words)) or any(map(ordinary, words)):
        sure = initial and trust is Trust.SURE and value.closed
        return trust > 1 and joint in "._" and (first_name(words[0]) or sure)
    if known:
        return True
    if trust is Trust.HINTED:
        unheard = joint in "._" and min(map(len, words)) > 3 and not named
        given = initial or (len(words) > 1 and words[0].lower() in GIVEN)
        return unheard or (named == len(words) and given)
    if joint == "-" and trust is Trust.SURE and value.closed:
        return len(words) == 2 and min(map(len, words)) > 4
    return joint in "._" and (named > 0 or max(map(len, words)) > 3)


def _single(word: str, trust: Trust) -> bool:
    bare = word.rstrip("0123456789")
    known, named = is_known(bare), is_named(bare)
    if len(bare) < 3 or ordinary(bare) or _technical(bare):
        return False
    if named:
        return trust >= Trust.TOLD
    if known or login_of_name(bare):
        return True
    if trust is Trust.SURE:
        return not word.isupper()
    return trust is Trust.TOLD and len(bare) > 3 and not word.isupper()


def login_of_name(word: str) -> bool:
    """Tell `jroe` and `rosej` by the name inside them, `lkealoha` by its first two letters."""
    word = word.lower() if word.isupper() else word
    if len(word) < 4 or not word.islower() or is_common(word):
        return False
    parts = (word[1:], word[:-1])
    if any(is_known(part) or is_named(part) for part in parts if len(part) > 3):
        return True
    if not _UNSPOKEN.match(word):
        return False
    return is_known(word[1:]) or (
        _SURNAME.fullmatch(word[1:]) is not None and not ordinary(word[1:])
    )


@lru_cache(1 << 15)
def initial_and_name(word: str, delimited: bool) -> bool:
    """Tell a login whatever stands around it: a known name behind a letter that no word has there.

    `delimited`: a part of a path, an address or a setting, where few words of sentences stand.
    """
    lowered = word.lower()
    if is_common(lowered) or is_known(lowered) or is_role(lowered) or _technical(lowered):
        return False
    if lowered in NAME_WORDS:  # `strong` is a word, not `s` and a name
        return False
    unspoken = _UNSPOKEN.match(lowered) is not None
    if is_known(lowered[1:]) and (len(word) > 5 or (delimited and unspoken)):
        return delimited or unspoken
    if delimited and unspoken and len(word) > 4 and is_named(lowered[1:]):
        return lowered[1:] not in ("trace", "pool", "page", "port", "storm")
    return delimited and len(word) > 6 and lowered[-1] not in "aeiousyn" and is_known(word[:-1])


# Two consonants that open no word of English.
_UNSPOKEN = re.compile(
    r"(?!(?:bl|br|ch|cl|cr|dr|dw|fl|fr|gh|gl|gn|gr|kh|kl|kn|kr|mc|ph|pl|pr|ps|qu|rh|sch?|shr?|sk|sl|sm|sn|spl?|spr|sq|str?|sv|sw|thr?|tr|ts|tw|vl|wh|wr|zh)[aeiouy])[b-df-hj-np-tvwxz]{2}"
)
# Two syllables or more, as surnames that no list knows have.
_SURNAME = re.compile(
    r"(?:[b-df-hj-np-tvwxz]|bj|dv|fj|gj|hj|kj|lj|mb|nd|ng|nj|nk|sj|tj|vr|zd|zv|bl|br|ch|cl|cr|dr|fl|fr|gl|gr|kh|kl|kr|ph|pl|pr|sch?|sh|sk|sl|sm|sn|sp|st|sv|sw|th|tr|ts|vl|zh)[aeiouy]{1,2}[b-df-hj-np-tvwxz]{1,3}[aeiouy]{1,2}[a-z]{0,6}"
)


def camel(word: str) -> bool:
    """Tell capitals inside a word that no name has: `BlockManager`, not `McBride`."""
    if word[1:].islower() or word.isupper() or "-" in word:
        return False
    return any(c.isupper() for c in word[1:]) and _HUMPED.match(word) is None


_HUMPED = re.compile(rf"(?:Mc|Mac|De|Di|Le|La|O'|D')[{UPPER}]")
