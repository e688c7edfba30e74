"""Finds what a SAML assertion says of somebody, and leaves its elements, formats and names."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.detection import Finding

_ASSERTION: Final = re.compile(r"<(?P<prefix>(?:\w{1,10}:)?)(?P<name>(?:Encrypted)?Assertion)\b")
# A message around it; what it says of its state stays.
_MESSAGE: Final = re.compile(r"<(?:saml2?p:|samlp:)(?!Assertion)[A-Z]\w{2,40}\b[^<>]{0,2000}>")
_LONGEST: Final = 62_000
_TEXT: Final = re.compile(r">[ \t\r\n]*(?P<said>[^<>\s][^<>]*)<")
# A number that the assertion, its request or its session was given.
_NUMBER: Final = re.compile(
    r"[ \t\r\n](?:ID|AssertionID|InResponseTo|SessionIndex)=\\?[\"'](?P<said>[^\"'<>\\]{1,400})"
)
_COMMON: Final = ("urn:", "http://", "https://")


def find_assertion_values(text: str) -> Iterator[Finding]:
    """Find each text of an assertion and the numbers it was given; one cut short has them too."""
    if "<saml" in text:
        for message in _MESSAGE.finditer(text):
            yield from _said(_NUMBER, text, *message.span())
    if "Assertion" not in text:
        return
    done = 0
    for start in _ASSERTION.finditer(text):
        if start.start() < done:
            continue
        last = min(len(text), start.start() + _LONGEST)
        close = text.find(f"</{start['prefix']}{start['name']}>", start.end(), last)
        done = close + 1 if close >= 0 else last
        for pattern in (_TEXT, _NUMBER):
            yield from _said(pattern, text, start.end(), done)


def _said(pattern: re.Pattern[str], text: str, first: int, last: int) -> Iterator[Finding]:
    for match in pattern.finditer(text, first, last):
        said = match["said"].rstrip()
        if not said.startswith(_COMMON):
            at = match.start("said")
            yield Finding(at, at + len(said), "SAML", "pattern:saml-assertion", 1.0, False)
