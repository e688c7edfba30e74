"""Puts a person's sentence into the plain words of a report, without losing its evidence."""

import re
from typing import Final, LiteralString

from assistant.facts.evidence import clip
from redaction import RedactedText, compose

_CAPITALS: Final[dict[str, LiteralString]] = {
    "a": "A", "b": "B", "c": "C", "d": "D", "e": "E", "f": "F", "g": "G", "h": "H", "i": "I",
    "j": "J", "k": "K", "l": "L", "m": "M", "n": "N", "o": "O", "p": "P", "q": "Q", "r": "R",
    "s": "S", "t": "T", "u": "U", "v": "V", "w": "W", "x": "X", "y": "Y", "z": "Z",
}  # fmt: skip
_SMALL_LETTERS: Final[dict[str, LiteralString]] = {
    "A": "a", "B": "b", "C": "c", "D": "d", "E": "e", "F": "f", "G": "g", "H": "h", "I": "i",
    "J": "j", "K": "k", "L": "l", "M": "m", "N": "n", "O": "o", "P": "p", "Q": "q", "R": "r",
    "S": "s", "T": "t", "U": "u", "V": "v", "W": "w", "X": "x", "Y": "y", "Z": "z",
}  # fmt: skip
_ORDINARY: Final[tuple[LiteralString, ...]] = (
    "A", "Add", "After", "Alert", "An", "Apply", "Ask", "At", "Because", "Check", "Compare",
    "Confirm", "Connection", "Database", "Deploy", "Deployed", "Deployment", "Disable",
    "Disabled", "Enable", "Enabled", "Error", "Errors", "Escalated", "Feature", "Find", "First",
    "Fix", "Fixed", "Increase", "Increased", "It", "Keep", "Merged", "Missing", "Monitor",
    "Name", "Our", "Patched", "Peak", "Read", "Recovery", "Released", "Renew", "Renewed",
    "Reproduce", "Request", "Requests", "Resolve", "Restart", "Restarted", "Reverted", "Roll",
    "Rollback", "Rolled", "Rotate", "Run", "Scale", "Scaled", "Send", "Service", "Since",
    "Start", "Switch", "Switched", "Test", "Tested", "The", "There", "This", "Traffic", "Try",
    "Upgrade", "Upgraded", "Verified", "Verify", "We", "Wrong",
)  # fmt: skip
_SMALL: Final[dict[str, LiteralString]] = {word: word.lower() for word in _ORDINARY}
_ARTICLES: Final = ("the", "a", "an", "our", "your", "their", "this", "that")
_FIRST_WORD: Final = re.compile(r"[A-Za-z]+(?=[\s:,]|$)")
_CLAUSE_END: Final = re.compile(
    r"[.!?;](?:\s|$)|\s[-–—]\s|\s\(|,\s(?:but|so|and|which|because|needs?|see)\b"  # noqa: RUF001
)


def first_line(text: RedactedText) -> RedactedText:
    """Return the first line, empty for an empty text."""
    return next(iter(text.splitlines()), text)


def capitalised(text: RedactedText) -> RedactedText:
    """Begin with a capital letter, unless the first word is a name in code (`checkout-api`)."""
    word = text.split(" ", 1)[0]
    if text[:1] not in _CAPITALS or not word.isalpha():
        return text
    return compose("{head}{rest}", head=_CAPITALS[text[:1]], rest=text[1:])


def uncapitalised(text: RedactedText) -> RedactedText:
    """Begin an ordinary first word with a small letter, for use inside a sentence."""
    word = _FIRST_WORD.match(text)
    if word is None or word[0] not in _SMALL:
        return text
    return compose("{head}{rest}", head=_SMALL[word[0]], rest=text[word.end() :])


def as_object(subject: RedactedText) -> RedactedText:
    """Word a thing for the middle of a sentence: `Payment provider` becomes `the payment provider`.

    A single capitalised word is taken for a name and stays as it is.
    """
    words = subject.split()
    if len(words) < 2 or words[0].lower() in _ARTICLES or not words[0].isalpha():
        return uncapitalised(subject)
    head, rest = words[0], subject[1:]
    if not (head[:1].isupper() and head[1:].islower()):
        return subject
    return compose("the {small}{rest}", small=_SMALL_LETTERS[head[:1]], rest=rest)


def clause(text: RedactedText, width: int = 160) -> RedactedText:
    """Return the first clause of a passage, without its final mark."""
    end = _CLAUSE_END.search(text, min(12, len(text)))
    return clip(text[: end.start()].strip() if end else unended(text), width)


def unended(text: RedactedText) -> RedactedText:
    """Return a sentence without its final mark."""
    return text.strip().strip(" .!,;:")


def row_text(text: RedactedText, width: int = 200) -> RedactedText:
    """Return a statement as a row of a report: capitalised, without final mark, clipped."""
    return capitalised(clip(unended(text), width))
