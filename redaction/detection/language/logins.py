# ruff: noqa: E501 - a pattern is easier to check on one line
"""Finds logins by the names inside them, and people in the names of folders and documents."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.detection import Finding
from redaction.detection.language.namevalues import (
    ENDINGS,
    GIVEN,
    GIVEN_ONLY,
    camel,
    initial_and_name,
    login_of_name,
    ordinary,
)
from redaction.detection.language.words import LETTER, UPPER, is_common, is_known, technical_words
from redaction.detection.patterns.ordinary import NAME_WORDS, is_role

_NAME = rf"[{UPPER}](?:{LETTER}|['\u2019-](?={LETTER})){{1,24}}"
_IN_PATH = re.compile(
    rf"(?<=[/\\_.\- =])(?P<a>{LETTER}{{3,20}})(?P<joint>[._+ -]|%20|, )(?P<b>{LETTER}{{3,20}})(?=[/\\_.\-+ )\"'&]|\d|$)"
)
_PATHISH = re.compile(r"[/\\]|\.[a-z0-9]{2,5}\b")
_LOGIN = re.compile(
    rf"(?<![\w.@/\\$-])(?P<at>@)?(?P<a>[a-z]{LETTER}{{2,19}})(?P<joint>[._])(?:{LETTER}{{1,3}}[._])?(?P<b>{LETTER}{{3,20}})(?![\w(@\\-])(?!\.\w)"
)
_SHORT_LOGIN = re.compile(
    r"(?<![^\W_]|[@.\\])(?P<login>[a-z]{4,16}|[B-DF-HJ-NP-TVWXZ]{2}[A-Z]{4,14})(?=\d{0,4}(?:$|[^\w(@\\.]|[_.](?!\w)))"
)
_INITIALLED = re.compile(
    r"(?<![\w.@$])[a-z]\.(?P<name>[a-z]{4,20})(?=\d{0,4}(?:$|[^\w(.=]|\.(?!\w)))"
)
# A family, and the network that one called by its name: `FamilieRoe_5G`, `Roe-WLAN`.
_HOUSEHOLD = re.compile(
    rf"\b(?:Familie|Famille|Familia|Famiglia)[ _-]?(?P<family>{_NAME})(?!{LETTER})"
    rf"|(?<![\w-])(?P<network>{_NAME})(?=[-_](?:WLAN|Wi-?[Ff]i)\b)"
)
_HOUSES: Final = ("Fam", "WLAN", "Wi")
# What stands before and after a part of a path, a setting or a resource's name.
_OPENING: Final = frozenset("-/=:'\"_@(<")
_CLOSING: Final = frozenset("-/@>'\"")
_BREAKS: Final = frozenset((": ", "| ", "> ", "* ", ") ", "] "))


def find_logins(text: str) -> Iterator[Finding]:
    """Find logins that hold a known name: `jane.roe`, `jroe` at the end of a path or a value."""
    for match in _LOGIN.finditer(text):
        both = (match["a"], match["b"])
        if match["b"].lower() in ENDINGS or any(
            is_common(w) or is_role(w) or camel(w) for w in both
        ):
            continue
        known = sum(is_known(word) for word in both)
        if known == 2 or (known and len(match["b"]) > 3) or match["at"]:
            start, end = match.start("a"), match.end("b")
            yield Finding(start, end, "USER", "name:login", 0.72, True)
    for match in _SHORT_LOGIN.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        delimited = (
            before[-1:] in _OPENING
            or before in _BREAKS
            or text[match.end() : match.end() + 1] in _CLOSING
        )
        if initial_and_name(match["login"], delimited and match["login"].islower()):
            yield Finding(*match.span("login"), "USER", "name:login", 0.72, True)
    for match in _HOUSEHOLD.finditer(text) if any(each in text for each in _HOUSES) else ():
        name = match["family"] or match["network"]
        if (match["family"] or is_known(name)) and not _of_system(name):
            yield _named(*match.span("family" if match["family"] else "network"), False)
    for match in _INITIALLED.finditer(text):
        if is_known(match["name"]) and not is_common(match["name"]):
            yield Finding(*match.span(), "USER", "name:login", 0.72, True)


def find_in_paths(text: str) -> Iterator[Finding]:
    """Find people in the names of folders and documents, where a text holds any."""
    if not _PATHISH.search(text):
        return
    at = 0
    while (match := _IN_PATH.search(text, at)) is not None:
        at = match.end("a")
        both = (match["a"], match["b"])
        given = any(word.lower() in GIVEN_ONLY for word in both) and match["joint"] in "_."
        if given and all(map(str.istitle, both)) and not any(map(is_role, both)):
            yield _named(match.start("a"), match.end("b"), True)
            continue
        if any(_of_system(word) or word.lower() in ENDINGS for word in both):
            continue
        known = [is_known(word) for word in both]
        if all(known) or _of_a_path(both, known, match["joint"], text[match.end() :][:5]):
            yield _named(match.start("a"), match.end("b"), True)

    for match in _OF_DOCUMENT.finditer(text) if _DOCUMENT.search(text) else ():
        if (is_known(match["name"]) or match["whose"]) and not _of_system(match["name"]):
            yield _named(*match.span("name"), False)
    for match in _SEGMENT.finditer(text):
        if is_known(match[0][1:]) and login_of_name(match[0]) and not _of_system(match[0]):
            yield Finding(*match.span(), "USER", "name:path", 0.72, True)


def _of_a_path(both: tuple[str, str], known: list[bool], joint: str, after: str) -> bool:
    """Decide on two words of a path of which a list knows one at most."""
    titled = all(word.istitle() for word in both)
    if joint == ", " and not titled:
        return False
    if titled and joint != "-":
        return True
    if _SOURCE.match(after):
        return False
    if (
        joint in "_."
        and _DOCUMENT.match(after)
        and not any(word in technical_words() for word in both)
    ):
        return all(word.islower() and len(word) > 3 for word in both)
    if known[0] or (known[1] and joint not in "-. "):
        return joint != " " or titled
    return both[0].lower() in GIVEN and both[1].lower() in NAME_WORDS


def _of_system(word: str) -> bool:
    technical = word.lower() in technical_words() and word.lower() not in NAME_WORDS
    return technical or ordinary(word) or is_role(word) or camel(word)


_SEGMENT = re.compile(rf"(?<=[/\\_])[a-z]{LETTER}{{5,15}}(?=[/\\_.])")
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|jpe?g|msg|eml|vcf|ics)\b")
# A document about somebody: `Vertrag Roe.docx`, `CV_Roe.pdf`.
_OF_DOCUMENT = re.compile(
    rf"(?:(?P<whose>(?i:kunden?|vertrag|contract|customer|client|patient|akte|bewerbung|lebenslauf|cv|k\u00fcndigung|employee|mitarbeiter|zeugnis))|{LETTER}{{2,20}})(?:[ _-]|%20)(?P<name>{_NAME})(?=\.(?:pdf|docx?|xlsx?|pptx?|odt|msg|eml|vcf)\b)"
)
_SOURCE = re.compile(r"\.(?:py|js|ts|go|rb|rs|cs?|h|cc|cpp|php|java|kt|css|html?|sql|sh|so)\b")


def _named(start: int, end: int, firm: bool) -> Finding:
    return Finding(start, end, "PERSON", "name:path", 0.72, firm)
