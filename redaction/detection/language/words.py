# ruff: noqa: E501 - a word list is easier to read as text
"""Reads the word lists that ship with the name detection, each when it is first asked for."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from redaction.detection.patterns.ordinary import NAME_WORDS, words_of

# Words come again and again; how many of them a process remembers the answers for.
_REMEMBERED: Final = 1 << 15
# Letters that open a name: Latin capitals with every accent of the western alphabets.
UPPER: Final = "A-ZÀ-ÖØ-Þ" + "".join(c for c in map(chr, range(0x100, 0x250)) if c.isupper())
# Letters of alphabetic scripts, and marks that a decomposed letter carries.
LETTER: Final = "[A-Za-zªµÀ-ÖØ-öø-\u02af\u0300-\u036f\u0370-\u052f\u0590-\u06ff\u1e00-\u1fff]"
PARTICLES: Final = words_of(
    "van von de der den da di del della la le bin ibn al el dos du do ten ter y e af zu"
)
# Words that open a sentence or join its parts: after a name, the next sentence has begun.
_FUNCTION: Final = words_of(
    "i i'm i'll i've i'd you you're we we're he she it they this that these those there here the a an and or but if "
    "so as at by for from in into of on off out over to up with is are was were be been has have had do does did "
    "can could will would shall should may might must not no yes any some all each every please thanks thank "
    "hi hello hey dear best kind regards cheers sincerely sent from when where what why who how which while since "
    "because after before again also just only still then now today tomorrow yesterday same first last next more "
    "most my your his her our their its me him us them re fwd cc per via let also ok okay sorry see look looks "
    "seems yep nope great good nice well unfortunately however maybe perhaps attached"
)

# What nouns of German, French, Spanish, Portuguese and Italian end in, and hardly a name.
_NOUN = re.compile(
    r"\w{3,}(?:heit|keit|schaft|tät|ción|ção|zione)(?:en|s)?$|\w{5,}(?:ung|tion)(?:en|s)?$"
)

_PLAIN: Final = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "ß": "ss",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
    }
)


@lru_cache(_REMEMBERED)
def is_function(word: str) -> bool:
    """Tell whether a word opens or joins sentences, or belongs to the jargon of software."""
    lowered = word.lower().strip(".,").replace("\u2019", "'")
    return lowered in _FUNCTION or lowered in technical_words()


@cache
def known_names() -> frozenset[str]:
    """Given names and surnames that are no English words, in lower case, also without accents."""
    names = _read("known_names.txt")
    return names | (frozenset(map(plain_letters, names)) - common_words() - NAME_WORDS)


def plain_letters(word: str) -> str:
    """Write a word as logins do, in the letters of English: `björklund` as `bjorklund`."""
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word.translate(_PLAIN))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def common_words() -> frozenset[str]:
    """Frequent English words and technical words, in lower case: no sign of a name."""
    return (_read("common_words.txt") | technical_words()) - NAME_WORDS


@cache
def technical_words() -> frozenset[str]:
    """Words of software and of ticket forms, in lower case: never part of a person's name."""
    return _read("technical_words.txt")


@lru_cache(_REMEMBERED)
def is_known(word: str) -> bool:
    """Tell whether a word, or each part of a hyphenated one, is a known name."""
    names = known_names()
    lowered = word.lower().strip(".,").replace("\u2019", "'")
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFC", lowered)
    if lowered in names:
        return True
    parts = re.split(r"[-']", lowered)
    return len(parts) > 1 and all(part in names or len(part) == 1 for part in parts)


@lru_cache(_REMEMBERED)
def is_common(word: str) -> bool:
    """Tell an ordinary or technical English word, also in the plural, or a noun by its ending."""
    words = common_words()
    lowered = word.lower().strip(".,").replace("\u2019", "'")
    lowered = re.sub(r"(?:'s|'ve|'ll|'re|'d|'m|n't)$", "", lowered)
    return (
        lowered in words
        or lowered in _FUNCTION
        or (lowered.endswith("s") and lowered[:-1] in words)
        or (_NOUN.match(lowered) is not None and not is_known(lowered))
    )


def _read(name: str) -> frozenset[str]:
    text = (resources.files("redaction.detection.language") / name).read_text("utf-8")
    return frozenset(
        word for line in text.split("\n") if not line.startswith("#") for word in line.split()
    )


@cache
def places() -> frozenset[str]:
    """Countries, regions and states, as they are written."""
    return frozenset(place.replace("_", " ") for place in _read("places.txt"))
