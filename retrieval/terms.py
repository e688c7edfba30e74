"""Cuts text into the terms that full-text search compares: folded, stemmed, without stop words."""

import re
from functools import lru_cache
from typing import Final

# No tag (`<PERSON>`); a long run is an id or encoded data.
_WORD: Final = re.compile(r"(?<![<\w])\w{2,64}(?![\w>])")
_PARTS: Final = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+")
_UNSPACED: Final = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORTEST_PART: Final = 3
_SHORTEST_STEM: Final = 3
_STOP_TEXT: Final = """
    about after again all also am an and any are as at be because been before being but by can
    cannot could did do does doing don done each for from further get gets got had has have having
    he her here him his how if in into is it its just like made make me more most my no nor not of
    off on once only or other our out over own same she should so some such than that the their
    them then there these they this those through to too under until up use used using very via
    was we were what when where which while who whom why will with within without would you your
"""
_STOP_WORDS: Final = frozenset(_STOP_TEXT.split())
_DOUBLED: Final = frozenset("bdgmnprt")


def terms(text: str) -> list[str]:
    """Return the terms of a text in their order; a compound name gives its parts as well."""
    return [term for word in _WORD.findall(text) for term in _terms_of(word)]


@lru_cache(maxsize=200_000)
def _terms_of(word: str) -> tuple[str, ...]:
    if _UNSPACED.search(word):
        # A language without spaces between words is compared by pairs of signs.
        return tuple(word[at : at + 2] for at in range(len(word) - 1))
    whole = word.casefold()
    if whole in _STOP_WORDS:
        return ()
    parts: list[str] = _PARTS.findall(word) if word.isascii() else []
    named = {part.casefold() for part in parts if len(part) >= _SHORTEST_PART} - {whole}
    stems = {_stem(each) for each in named - _STOP_WORDS} - {_stem(whole)}
    return (_stem(whole), *sorted(stems))


def _stem(word: str) -> str:
    """Take the commonest English endings off; two forms of a word need only meet."""
    if not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > _SHORTEST_STEM + 2:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if (
            stem != word
            and len(stem) >= _SHORTEST_STEM
            and any(vowel in stem for vowel in "aeiouy")
        ):
            word = stem[:-1] if stem[-1] == stem[-2] and stem[-1] in _DOUBLED else stem
            break
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM + 1 else word
