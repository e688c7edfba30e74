"""Remembers what the lines of one file say, so that two that differ in digits are read once."""

from typing import Final, NamedTuple

from redaction.case import Level
from redaction.reading.timestamps import Stamp
from redaction.text import RedactedText

_MOST_KNOWN: Final = 20_000
_LONGEST: Final = 2_000
_DIGITS: Final = bytes.maketrans(b"123456789", b"000000000")
_DIGIT: Final = frozenset("0123456789")


class Form(NamedTuple):
    """What all lines that differ in digits alone have in common.

    `start`, `end` and `shape` are those of the time, `begin` is where the message begins;
    `template` is None where digits stay in it.
    """

    start: int
    end: int
    shape: str
    begin: int
    level: Level
    component: RedactedText
    template: RedactedText | None
    exception: RedactedText


class Forms:
    """Holds the forms of one file's lines."""

    def __init__(self) -> None:
        """Start without any known form."""
        self._known: dict[bytes, Form] = {}

    def of(self, line: str, stamp: Stamp) -> Form | None:
        """Return the form of a line with a time at `stamp`, if one was learned."""
        shape = digitless(line)
        form = None if shape is None else self._known.get(shape)
        # The same places may be a time in one order of day and month, and none in another.
        if form is None or form[1] != stamp[1] or form[0] != stamp[0] or form[2] != stamp[4]:
            return None
        return form

    def learn(self, line: str, form: Form) -> None:
        """Remember the form of a line, unless it is long or digits of it say something."""
        shape = digitless(line) if len(line) <= _LONGEST else None
        if shape is None or has_digit(form.component) or has_digit(form.exception):
            return
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known[shape] = form


def digitless(text: str) -> bytes | None:
    """Return a text with all its digits alike; None for one with letters beyond Latin 1.

    Those letters may be digits too. The mark of a hexadecimal number, `0x`, stays apart from other
    digits before an x: it is the one place where the reading of a message asks which digit stands.
    """
    try:
        encoded = text.encode("latin-1")
    except UnicodeEncodeError:
        return None
    if b"0x" in encoded:
        return b"1x".join([part.translate(_DIGITS) for part in encoded.split(b"0x")])
    return encoded.translate(_DIGITS)


def has_digit(text: str) -> bool:
    """Tell whether one of the ten digits stands in a text."""
    return not _DIGIT.isdisjoint(text)
