"""Turns case text into Markdown that shows it as it is, with its placeholders set apart."""

import re
from typing import Final

from redaction import PLACEHOLDER

PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control, zero-width and direction characters: they hide text or turn its order around."""

JOINER: Final = "\u2060"
"""Shows nothing and breaks no line, but ends what would be read as one pattern."""

# Escaping is not enough: these are looked for again in the text after Markdown was parsed, and
# would become links, addresses, icons, emoji or arrows. A time such as 09:41 is none of them.
PATTERNS: Final = re.compile(
    r"(?<=:)(?=\S)(?!\d\d?(?!\w))|(?<=@)(?=\S)|(?<=www)(?=\.)|(?<=[-<=>~!+])(?=[-<=>~+])",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Escape everything that Markdown could read as markup, link, directive or formula.

    Runs of white space become one space, as Markdown shows them.
    """
    line = " ".join(INVISIBLE.sub(" ", text).split())
    return PUNCTUATION.sub(r"\\\1", PATTERNS.sub(JOINER, line))


def marked(text: str) -> str:
    """Escape text and show each placeholder as a badge in the colour of its kind."""
    parts: list[str] = []
    for piece, shade in pieces(text):
        parts.append(f":{shade}-badge[{plain(piece)}]" if shade else _spaced(piece))
    return "".join(parts).strip()


def visible(text: str) -> str:
    """Replace what does not show or turns text around, for places that show plain text."""
    return INVISIBLE.sub("·", text)


def pieces(text: str) -> list[tuple[str, str]]:
    """Split text into parts and placeholders, each with its colour (empty for a part)."""
    found: list[tuple[str, str]] = []
    position = 0
    for placeholder in PLACEHOLDER.finditer(text):
        found.append((text[position : placeholder.start()], ""))
        found.append((placeholder[0][1:-1], colour(placeholder[1])))
        position = placeholder.end()
    found.append((text[position:], ""))
    return [piece for piece in found if piece[0]]


def colour(kind: str) -> str:
    """Return the colour of an entity type: people violet, machines blue, secrets red."""
    if kind.endswith(("KEY", "TOKEN", "PASSWORD", "SECRET", "COOKIE", "CARD", "CREDENTIAL")):
        return "red"
    if kind.startswith(("IP", "HOST", "URL", "MAC", "POD", "UUID", "PATH")):
        return "blue"
    return "violet"


def _spaced(piece: str) -> str:
    """Escape a part that has neighbours: the spaces at its ends stay."""
    before = " " if piece[:1].isspace() else ""
    after = " " if piece[-1:].isspace() and piece.strip() else ""
    return f"{before}{plain(piece)}{after}"
