# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds people without a model: by what introduces a name, by known names beside another word."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from redaction.detection import Finding
from redaction.detection.language.keyedpeople import find_keyed_people, prepare_keyed
from redaction.detection.language.logins import find_in_paths, find_logins
from redaction.detection.language.namevalues import (
    GIVEN,
    GIVEN_ONLY,
    camel,
)
from redaction.detection.language.words import (
    LETTER,
    PARTICLES,
    UPPER,
    is_common,
    is_function,
    is_known,
    places,
    technical_words,
)
from redaction.detection.patterns.ordinary import NAME_WORDS, is_role, words_of
from redaction.detection.patterns.searching import Searches

_PART = "|".join(sorted(PARTICLES))
_CAP = rf"[{UPPER}](?:{LETTER}|['\u2019](?!s\b)(?={LETTER})|-(?={LETTER})){{0,24}}"
_INITIALS = rf"[{UPPER}]\.?(?:[ -]?[{UPPER}]\.)?"
_NEXT = rf"[ \t]{{1,2}}(?:(?:{_PART})[ ]){{0,2}}(?:{_CAP}|{_INITIALS})(?!{LETTER})\.?"
_RUN = rf"(?:{_CAP}|[{UPPER}]\.){{1}}(?:\.?{_NEXT}){{0,4}}"
_LOWER = rf"(?![{UPPER}]){LETTER}(?:{LETTER}|['\u2019-](?={LETTER})){{1,24}}"
# Before a name and after it there is no part of a path, an identifier or an address.
_FREE = r"(?<![\w.@/\\$#~=<-])"
_END = r"(?![\w@\\(=/])(?!\.\w)"
_LEADS = re.compile(rf"(?:{_PART}) ")
_POSSESSIVE = re.compile(r"['\u2019]s$")
_ENDS_INITIALLED = re.compile(rf"(?<!\w){_INITIALS}$")

NAME_RUN: Final = re.compile(_FREE + _RUN + _END)

_INTRO = re.compile(
    r"(?i:\b(?:my|his|her|their|the|wife'?s|husband'?s|partner'?s|customer'?s|user'?s|client'?s|whose|full|first|last|new|old)[ ]name(?:[ ]is|[ ]was|'s|:)?"
    r"|\bname(?:[ ]is|'s)|\b(?:named(?:[ ](?:him|her|them))?|call(?:s|ed)?[ ](?:me|him|her)|call[ ]me|known[ ]as|goes[ ]by|under(?:[ ](?:the[ ])?name(?:[ ]of)?)?|i[ ]am|i'm|this[ ]is|it's|it[ ]is"
    r"|sp(?:oke|oken|eak|eaking)[ ](?:to|with)|talk(?:ed|ing)?[ ](?:to|with)|met(?:[ ]with)?|meet(?:ing)?(?:[ ]with)?|ask(?:ed)?(?:[ ]for)?|told|contact(?:ed)?|email(?:ed)?|ping(?:ed)?|call(?:ed)?|cc(?:'d|:)?|attn\.?:?|c/o"
    r"|on[ ]behalf[ ]of|behalf|thanks[ ]to|thank|according[ ]to|courtesy[ ]of|(?:as)?signed(?:[ ](?:to|by|off[ ]by))?:?|reported[ ]by:?|raised[ ]by:?|approved[ ]by:?|created[ ]by:?|opened[ ]by:?|reviewed[ ]by:?|escalated[ ](?:to|by):?|forwarded[ ](?:to|by):?|handed[ ](?:over[ ])?to|owned[ ]by:?|written[ ]by:?|sent[ ]by:?|follow(?:ed|ing)?[ ]up[ ]with|work(?:ed|ing|s)?[ ]with|sincerely,?|regards,?|wishes,?|cheers,?|greetings[ ]from)"
    r"|\b(?:kid|child|cousin|nephew|niece|aunt|grandson|granddaughter|says|wife|husband|son|daughter|brother|sister|mother|father|uncle|aunt|friend|colleague|coworker|boss|manager|partner|guardian|neighbo[u]?r|teacher|boyfriend|girlfriend|fianc[eé]e?|roommate|secretary|captain|coach),?)"
    r"[ \n,]{1,2}"
    rf"(?P<name>{_RUN}|(?P<low>{_LOWER}(?:[ ](?:{_LOWER}|{LETTER}\.)){{0,2}}))" + _END
)
_OWN_NAME = re.compile(
    r"(?i)name(?:[ ]is|'s)?[ \n,]{1,2}$|named(?:[ ](?:him|her))?[ ]$|call(?:s|ed)?[ ](?:me|him|her)[ ]$"
)
_SPEECH = re.compile(
    _FREE
    + rf"(?P<name>{_RUN})(?:'s)?,?[ ](?i:said|says|wrote|writes|told|asked|replied|mentioned|confirmed|thinks|thought|suggested|added|explained|noticed|joined|agreed|promised|lives|lived|works|moved|wants|called|emailed|asks|tells|reports|reported|argued|claims|claimed|visited|plays|played|born)\b"
)
_HUMAN = re.compile(
    r"(?:'s)?,?[ ](?:lives|lived|born|thinks|thought|wants|agreed|promised|joined|moved|argued|married)\b"
)
# Degrees between a title and a name: `Dr. h.c.`, `Prof. Dr. med.`
_HONOURS = r"(?:(?:Dr|Prof|h\.[ ]?c|med|phil|jur|rer\.[ ]?nat|habil|Ing)\.[ ])*"
_TITLED = re.compile(
    r"\b(?:(?i:mrs|mr|ms|miss|mx|dr|prof|professor|sir|madam|madame|mme|herr|frau|se[nñ]or(?:a|ita)?|rev|hon|herrn|monsieur|mlle|signora?|dhr|mevrouw|judge|justice|lord|lady|sgt|lt|capt|col|gen)\b\.?)[ ]{1,2}"
    rf"{_HONOURS}(?P<name>(?:(?:{_PART})[ ]){{0,2}}{_RUN})" + _END
)
# Titles that are words or abbreviations of other things too, and any title before a small letter.
_ABBREVIATED = re.compile(
    r"\b(?i:sr|sra|srta|dott|dott\.?ssa|prof\.?ssa|ing|avv|hr|fr|mgr|mag|dhr|mw|pani?|fru)\.?[ ]{1,2}"
    rf"{_HONOURS}(?P<name>(?:(?:{_PART})[ ]){{0,2}}{_CAP}(?:[ ]{_CAP}){{0,2}})"
    + _END
    + rf"|\b(?i:mrs\.?|(?:mr|ms|dr|hr|fr|sr|sra)\.|herr|frau)[ ](?P<low>{_LOWER})"
    + _END
)
_LAST_FIRST = re.compile(
    _FREE
    + rf"(?P<last>{_CAP}(?:[ -]{_CAP})?),[ ](?P<first>{_CAP}(?:[ ](?:{_CAP}|[{UPPER}]\.?))?)(?=[\"')\]>;:|,]|[ ]?[(<\[|]|[ ][-+&]|[ ][a-z0-9]|\.?\s*$)",
    re.MULTILINE,
)
_LOWER_PAIR = re.compile(
    rf"(?<![\w.@/\\$#~=<+-])(?P<a>(?![{UPPER}]){LETTER}{{3,20}})[ ](?:[a-z]\.?[ ])?(?P<b>(?![{UPPER}]){LETTER}(?:{LETTER}|['-](?!s\b)(?={LETTER})){{2,24}}){_END}"
)
_UPPER_PAIR = re.compile(
    rf"(?<![\w.@/\\$#~=<+-])(?P<a>[{UPPER}]{{3,20}})[ ](?:[{UPPER}]\.?[ ])?(?P<b>[{UPPER}](?:[{UPPER}]|['-](?=[{UPPER}])){{2,24}}){_END}"
)

_BEFORE_SPACE = re.compile(rf"{LETTER}{{3,20}}(?=[ ])")

_HAN = re.compile(
    r"(?i:\b(?:cc|from|to|by|owner|author|user|name|assignee|contact|hi|dear|ask|with)[ ]?[:=@,]?[ ]?[\"']?)(?P<name>[\u4e00-\u9fff]{2,4})(?![\u3040-\u30ff\u4e00-\u9fff])"
    r"|(?<![\u4e00-\u9fff])(?P<styled>[\u4e00-\u9fff]{2,4})[ ]?(?=\u3055\u3093|\u69d8|\u6c0f(?![\u4e00-\u9fff])|\u6bbf(?![\u4e00-\u9fff]))"
)
# Those in charge, of an office, of a system, who use it: posts that are politely addressed.
_POSTS = words_of(
    "\u62c5\u5f53\u8005 \u95a2\u4fc2\u8005 \u7ba1\u7406\u8005 \u5229\u7528\u8005 \u8cac\u4efb\u8005 \u9867\u5ba2 \u4f1a\u54e1"
)
# Months that are given names too, where a second name follows.
_MONTHS_AND_NAMES = GIVEN_ONLY | words_of("april june august")


def prepare_people(texts: Sequence[str]) -> None:
    """Make ready for these texts: what stands in many short ones is searched for in one pass."""
    prepare_keyed(texts)
    _introductions().prepare(texts)


def find_people(text: str, log: bool) -> list[Finding]:
    """Find people that a word before them, or a known name, gives away; `log`: a record of a log."""
    found = [*_introduced(text), *find_keyed_people(text), *_beside_known(text, log)]
    found.extend(_addressed(text))
    found.extend(find_logins(text))
    if not text.isascii():
        found.extend(_of_the_east(text))
    found.extend(find_in_paths(text))
    if not log:
        found.extend(_spoken(text))
        found.extend(_alone(text))
    return found


def _of_the_east(text: str) -> Iterator[Finding]:
    """Find names in Han letters: behind a word that introduces one, before a title."""
    for match in _HAN.finditer(text):
        name = match[match.lastgroup or 0]
        if name not in _POSTS:
            yield _person(*match.span(match.lastgroup or 0), "han", 0.75, len(name) > 2)


def name_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Cut a run of capitalised words to the part that can be a name; None when none can."""
    best: tuple[int, int] | None = None
    begin: int | None = None
    last = end
    taken = False
    for word in re.finditer(r"\S+", text[start:end]):
        core = word[0].strip(".,'\u2019")
        if core.lower() in PARTICLES and core.islower():
            continue
        word_name = begin is not None and core.lower() in NAME_WORDS
        if not word_name and (is_function(core) or (is_common(core) and not is_known(core))):
            # `by David Straw`: after a name, a word may be a surname, unless a sentence starts.
            if begin is not None and best is not None and not is_function(core) and not taken:
                taken = True
                best = (begin, start + word.end())
                continue
            if begin is not None:
                break
            continue
        if begin is None:
            begin = start + word.start()
        last = start + word.end()
        best = (begin, last)
    if best is None:
        return None
    first, last = best
    value = text[first:last]
    while _LEADS.match(value):
        first += value.index(" ") + 1
        value = text[first:last]
    stripped = _POSSESSIVE.sub("", value)
    last = first + len(stripped)
    if not (stripped.endswith(".") and _ENDS_INITIALLED.search(stripped)):
        last = first + len(stripped.rstrip(".,'\u2019-"))
    return (first, last) if last - first >= 2 else None


def _person(start: int, end: int, name: str, score: float, firm: bool) -> Finding:
    return Finding(start, end, "PERSON", f"name:{name}", score, firm)


@cache
def _introductions() -> Searches:
    return Searches((_TITLED, _INTRO, _ABBREVIATED))


def _introduced(text: str) -> Iterator[Finding]:
    matches = _introductions().scan(text)
    for match in matches(0):
        start, end = match.span("name")
        if any(c.islower() for c in match["name"]) or "." in match["name"]:
            yield _person(start, end, "titled", 0.85, " " in match["name"])
    for match in matches(1):
        if match["low"]:
            words = match["low"].split()
            kept = 0
            sure = _OWN_NAME.search(match[0][: match.start("low") - match.start()]) is not None
            if len(words) > 1 and words[0] in _MONTHS_AND_NAMES and words[1] in NAME_WORDS:
                yield _person(
                    match.start("low"),
                    match.start("low") + len(" ".join(words[:2])),
                    "introduced",
                    0.75,
                    True,
                )
                continue
            for word in words:
                if kept and (is_common(word) or word in NAME_WORDS):
                    break
                if not kept and not is_known(word) and (not sure or is_common(word)):
                    break
                kept += 1
            if kept:
                start = match.start("low")
                value = " ".join(words[:kept])
                yield _person(start, start + len(value), "introduced", 0.75, kept > 1)
            continue
        span = name_span(text, *match.span("name"))
        if span is None or span[0] != match.start("name"):
            continue
        words = text[slice(*span)].split()
        if len(words) == 1 and not _nameable(words[0], text, span[1]):
            before = text[match.start() : span[0]]
            if words[0].lower() not in NAME_WORDS or not _OWN_NAME.search(before):
                continue
        yield _person(*span, "introduced", 0.75, len(words) > 1)
    for match in matches(2):
        words = (match["name"] or match["low"]).split()
        if not any(_worded(word) for word in words) and len(words[-1]) > 3:
            yield _person(*match.span(match.lastgroup or 0), "titled", 0.8, len(words) > 1)


def _worded(word: str) -> bool:
    return is_role(word) or (is_common(word) and not is_known(word)) or word.isupper()


def _nameable(word: str, text: str, end: int) -> bool:
    """Tell whether one capitalised word after an introduction may well be a name."""
    if is_known(word):
        return True
    if word.isupper() or any(c.isupper() for c in word[1:]) or is_role(word):
        return False
    if word.lower() in NAME_WORDS:
        return False
    return len(word) >= 3 and not is_common(word) and text[end : end + 2] not in (" S", " -")


# What is said to or of a person by a first name alone, though the name is a word.
_ADDRESSED = re.compile(
    rf"(?:(?i:\b(?:hi|hiya|hello|hallo|hey|dear|liebe[rs]?|ch[eè]re?|hola|thanks|thx|ty|thank[ ]you|cheers|good[ ](?:morning|evening)|welcome|sorry|ping|ask|tell|told|asked|pinged|paged|paging|(?:hand(?:ing|ed)?|over|back)[ ](?:it[ ])?(?:over[ ])?to|waiting[ ](?:for|on)|according[ ]to|notified|reassigned[ ]to)[ ]?[, ]?)[ ]?(?P<to>{_CAP})(?=[ ]?(?:[,.!?:;)\n-]|$|[ ](?:for|to|if|about|and|who|will|what|when|whether|by|on)\b))"
    rf"|(?:^|[\]>][ ]?|\d\d:\d\d(?::\d\d)?[ ])(?P<by>{_CAP})(?=:[ ]|>[ ])"
    rf"|(?:^|(?<=[.!?:] ))(?P<who>{_CAP})(?=[ ](?:is[ ](?:[a-z]{{3,12}}ing|on[ ](?:it|call|leave|vacation|holiday|pto)|out|away|back|aware|ooo)|(?:will|can)[ ](?:look|check|call|take|join|handle|fix|do|help|send|follow|be)|has[ ](?:joined|left|taken|been[ ](?:asked|told|informed))|joined|acked|took[ ]over|takes[ ]over)\b))",
    re.MULTILINE,
)


# Each of them is written so somewhere where a match counts.
_ADDRESSEES: Final = frozenset(map(str.title, GIVEN))
_TITLED_WORD = re.compile("[A-Z][a-z]+")


def _addressed(text: str) -> Iterator[Finding]:
    if _ADDRESSEES.isdisjoint(_TITLED_WORD.findall(text)):
        return
    for match in _ADDRESSED.finditer(text):
        group = match.lastgroup or "to"
        word = match[group]
        names = GIVEN if group != "who" else GIVEN_ONLY
        if word.istitle() and word.lower() in names:
            yield _person(*match.span(group), "addressed", 0.75, False)


def _spoken(text: str) -> Iterator[Finding]:
    for match in _SPEECH.finditer(text):
        span = name_span(text, *match.span("name"))
        if span is None or not match["name"]:
            continue
        words = text[slice(*span)].split()
        if any(is_known(word) or word.lower() in GIVEN_ONLY for word in words) or (
            _HUMAN.match(text, match.end("name")) and _nameable(words[0], text, span[1])
        ):
            yield _person(*span, "spoken", 0.7, len(words) > 1)


_ALONE = re.compile(
    rf"(?m)^[ \t>*-]*(?P<name>{_CAP}(?:{_NEXT}){{1,2}})(?=[ \t]*(?:[,.]{{0,3}}|\[.*|\(.*)$)"
)


def _alone(text: str) -> Iterator[Finding]:
    for match in _ALONE.finditer(text):
        words = match["name"].split()
        if all(
            word[0].isupper()
            and not word[1:].isupper()
            and not is_common(word)
            and not is_role(word)
            for word in words
            if len(word.strip(".")) > 1 and word not in PARTICLES
        ) and not any(camel(word) and not is_known(word) for word in words):
            yield _person(*match.span("name"), "alone", 0.7, True)


def _beside_known(text: str, log: bool) -> Iterator[Finding]:
    for match in NAME_RUN.finditer(text):
        words = [w for w in re.split(r"[ \t]+", match[0])]
        if len(words) < 2:
            continue
        span = name_span(text, *match.span())
        if span is None:
            continue
        value = text[slice(*span)]
        kept = [w for w in value.split() if w.lower() not in PARTICLES]
        full = [w for w in kept if len(w.strip(".")) > 1]
        known = [w for w in full if is_known(w)]
        # `Vide A. Persson` has the shape of a name, whoever it is.
        shaped = len(kept) == 3 and re.fullmatch(r"[A-Z]\.", kept[1]) is not None
        # `Rose Field`: a given name and an ordinary word, both with a capital.
        given = len(full) == 2 and kept[0].lower() in GIVEN_ONLY
        if len(kept) < 2 or not full or not (known or shaped or given):
            continue
        if any(w.strip(".").isupper() and len(w.strip(".")) > 2 for w in kept):
            continue
        # A known name and a word that no list knows: in the records of a log both are needed.
        if (
            log
            and not given
            and len(known) < 2
            and len(full) > 1
            and not (len(full) == 2 and not any(is_common(word) for word in full))
        ):
            continue
        if any(w.lower().strip(".") in technical_words() for w in full):
            continue
        yield _person(*span, "known", 0.72, True)
    for match in _LAST_FIRST.finditer(text):
        words = [*match["last"].split(), *match["first"].split()]
        known = [w for w in words if is_known(w)]
        keyed = re.search(
            r"[:=>\"'(\[+&;|\t] ?$", text[max(0, match.start() - 2) : match.start()]
        ) or (
            text[match.end() : match.end() + 1] in (";", "|", "\t")
            and text[match.start() - 1 : match.start()] in ("", "\n", " ")
        )
        enough = (0 if log else 1) if keyed else (1 if log else 2)
        given = keyed and match["first"].lower() in GIVEN and not is_role(match["last"])
        placed = any(part in places() for part in (match["last"], match["first"]))
        if given or (
            len(known) >= enough
            and not placed
            and not any(is_common(w) for w in words if len(w) > 2)
        ):
            yield _person(*match.span(), "last-first", 0.72, True)
    if not any(map(is_known, _BEFORE_SPACE.findall(text))):
        return
    plain = not log and (text.islower() or text.isupper())
    for pattern in (_LOWER_PAIR, _UPPER_PAIR):
        at = 0
        while (match := pattern.search(text, at)) is not None:
            at = match.end("a")
            both = (match["a"], match["b"])
            if not is_known(both[0]) or any(is_common(w) or w.lower() in NAME_WORDS for w in both):
                continue
            if is_known(both[1]) or (plain and len(both[1]) > 3):
                yield _person(*match.span(), "known-pair", 0.72, True)


# What follows a name: a generation or a degree.
SUFFIX: Final = re.compile(
    r",?[ ](?:Jr\b\.?|Sr\b\.?|II\b|III\b|IV\b|MD\b|M\.D\.|DVM\b|DDS\b|Ph\.?D\b\.?|Esq\b\.?|MSc\b|RN\b|CPA\b)"
)
