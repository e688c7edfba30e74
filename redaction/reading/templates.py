"""Masks what varies in a log message, so that messages of one statement look the same."""

import re
from typing import Final, NamedTuple, TypeVar

from redaction.reading.records.forms import digitless, has_digit
from redaction.text import RedactedText, mint

K = TypeVar("K", bytes, str)
V = TypeVar("V")
_MOST_KNOWN: Final = 20_000

_LONGEST: Final = 1000

# Alternatives in order: what is kept whole, then placeholders, then what is masked. First of all
# stand whole words of letters that begin none of these, which most words are: one look skips them.
_VARYING: Final = re.compile(
    r"""
    (?P<words>
        \b(?:(?!SQL|HTTP|[Ss]tatus|[Ee]rrno|exit|ORA|TNS|MY|KB|CVE|PLS|ERR|HHH|JVM|[0-9a-fA-F]{8}-)
        [A-Za-z]++(?:_[A-Za-z]++)*+(?!\w)[ .,:;=|/()\[\]{}]*+)++
    )
  | (?P<kept>
        \b(?:SQLSTATE|SQLCODE|HTTP(?:/\d(?:\.\d)?"?)?|[Ss]tatus(?:\ code)?|[Ee]rrno|exit\ code)
            [\ :=\[(]{0,2}-?[0-9A-Z]{1,5}\b
      | \b(?:ORA|TNS|MY|KB|CVE|SQL|PLS|ERR|HHH|JVM|CVE-\d{4})-\d{3,6}\b
      | \b[A-Z][A-Za-z]*\d+[A-Za-z]*(?:Exception|Error)\b
      | \bv\d\b
    )
  | <(?P<tag>[A-Z_]+)_\d+(?:\.\d+)?>
  | (?P<masked>
        "[^"\n]{0,200}"
      | (?<!\w)'[^'\n]{1,200}'(?!\w)
      | \b0x[0-9a-fA-F]+\b
      | \b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b
      | \b(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{7,}\b
      | (?<=[-_])(?=[a-z0-9]*\d)[a-z0-9]{5,}\b
      | (?<![A-Za-z0-9])[-+]?\d+(?:[.,:]\d+)*
      | (?<=[A-Za-z])\d+(?![A-Za-z\d])
    )
    """,
    re.VERBOSE,
)


class Masks:
    """Masks the messages of one file; two that differ in digits alone are looked at once."""

    def __init__(self) -> None:
        """Start without any known message."""
        self._by_shape: dict[bytes, RedactedText] = {}
        self._parts_by_shape: dict[bytes, tuple[_Part, ...]] = {}
        self._by_text: dict[str, RedactedText] = {}

    def template(self, message: str) -> RedactedText:
        """Return the template of a message taken from redacted text."""
        shape = digitless(message)
        if shape is None:
            return self._exact(message)
        known = self._by_shape.get(shape)
        if known is not None:
            return known
        parts = self._parts_by_shape.get(shape)
        if parts is None:
            parts = _parts(_first_line(message))
            _remember(self._parts_by_shape, shape, parts)
        template = _joined(message, parts)
        if has_digit(template):
            return self._shared(template)
        minted = mint(template)
        _remember(self._by_shape, shape, minted)
        return minted

    def _exact(self, message: str) -> RedactedText:
        return self._shared(template_of(message))

    def _shared(self, template: str) -> RedactedText:
        """Mint a template that many messages have, once."""
        known = self._by_text.get(template)
        if known is None:
            known = mint(template)
            _remember(self._by_text, template, known)
        return known


def _remember(known: dict[K, V], key: K, value: V) -> None:
    if len(known) > _MOST_KNOWN:
        known.clear()
    known[key] = value


class _Part(NamedTuple):
    """A stretch of a message that stays, and what stands in the place of the one behind it."""

    start: int
    end: int
    mask: str


def _first_line(message: str) -> str:
    return message[:_LONGEST].split("\n", 1)[0]


def _parts(line: str) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    start = 0
    for match in _VARYING.finditer(line):
        if match.lastgroup not in ("words", "kept"):
            parts.append(_Part(start, match.start(), _mask(match)))
            start = match.end()
    return (*parts, _Part(start, len(line), ""))


def _joined(message: str, parts: tuple[_Part, ...]) -> str:
    return "".join([message[start:end] + mask for start, end, mask in parts]).strip()


def template_of(message: str) -> str:
    """Return a message with numbers, ids and quoted values as `*` and placeholders numberless.

    Words, exception classes and codes (`SQLSTATE 57014`, `ORA-01555`, `HTTP 503`) stay.
    """
    line = _first_line(message)
    return _joined(line, _parts(line))


def _mask(match: "re.Match[str]") -> str:
    return f"<{match['tag']}>" if match["tag"] else "*"
