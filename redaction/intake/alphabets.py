"""Tells how a text is written that is no UTF-8 and names no encoding, or that nobody can tell.

Read as Western letters, every name in another alphabet would be garbled and slip past detection.
"""

import re
from typing import Final

from redaction.intake.reasons import Reason, Refused

SAMPLE: Final = 1 << 20
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]{3,}")
_ASCII: Final = bytes(range(128))
_NOT_WESTERN: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# Western languages hardly ever write three accented letters in a row, other alphabets all the time.
_FOREIGN_SHARE: Final = 0.25
_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_KANA_SHARE: Final = 0.2
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_CAPITAL_INSIDE: Final = re.compile("[\u0430-\u045f][\u0400-\u042f]")
_JAPANESE: Final = ("cp932", "euc_jp")
_RUSSIAN: Final = ("cp1251", "koi8-r", "cp866", "iso8859-5")
# Two letters in three of any Slavic text in Cyrillic are one of these.
_COMMON: Final = frozenset("оеаинтсрвліОЕАИНТСРВЛІ")
_COMMON_SHARE: Final = 0.5
_PURE_SHARE: Final = 0.85
_MARGIN: Final = 0.15
_PUNCTUATION: Final = frozenset(
    "\u00ab\u00bb\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2026\u2116\u00a0"
)


def telling_lines(content: bytes) -> bytes:
    """Return the lines that are not ASCII alone: all that tells an encoding."""
    return b"\n".join(line for line in content.splitlines() if not line.isascii())


def undeclared(lines: bytes) -> str:
    """Name the encoding of the telling lines of a text that is no UTF-8.

    Raises:
        Refused: they are not written in Western letters, and not in an alphabet that is known here.
    """
    sample = lines
    if len(lines) > SAMPLE:
        sample = lines[: lines.rfind(b"\n", 0, SAMPLE) + 1] or lines[:SAMPLE]
    if (japanese := _japanese(sample)) is not None:
        return japanese
    if not _is_foreign(sample):
        return "latin-1" if _NOT_WESTERN.search(lines) else "cp1252"
    scored = sorted(((_score(sample, codec), codec) for codec in _RUSSIAN), reverse=True)
    (best, codec), (second, _) = scored[:2]
    if best < _COMMON_SHARE or best - second < _MARGIN:
        raise Refused(Reason.ENCODING)
    return codec


def _is_foreign(sample: bytes) -> bool:
    high = len(sample.translate(None, _ASCII))
    # What is drawn with the signs of a terminal repeats them.
    runs = sum(len(run) for run in _HIGH_RUN.findall(sample) if _varies(run[:16]))
    return runs > high * _FOREIGN_SHARE


def _varies(run: bytes) -> bool:
    return len(set(run)) >= 3 and len(set(run)) * 2 > len(run)


def _japanese(sample: bytes) -> str | None:
    for codec in _JAPANESE:
        try:
            text = sample.decode(codec)
        except UnicodeDecodeError:
            continue
        foreign = sum(character > "\x7f" for character in text)
        if len(_KANA.findall(text)) > max(1, foreign * _KANA_SHARE):
            return codec
    return None


def _score(sample: bytes, codec: str) -> float:
    """Say how much a text looks Slavic: letters that are common there, and small for the most."""
    text = sample.decode(codec, "replace")
    foreign = sum(c > "\x7f" and c not in _PUNCTUATION for c in text)
    letters = _CYRILLIC.findall(text)
    if len(letters) < 4 or len(letters) < foreign * _PURE_SHARE:
        return 0.0
    # Read as another encoding, capitals stand inside of words.
    if len(_CAPITAL_INSIDE.findall(text)) * 10 > len(letters):
        return 0.0
    common = sum(letter in _COMMON for letter in letters) / len(letters)
    small = sum(map(str.islower, letters)) / len(letters)
    return common + small / 2 if common >= _COMMON_SHARE else 0.0
