"""Turns case text into Markdown that shows it as it is, with its placeholders set apart."""

import re

from redaction import PLACEHOLDER

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


def plain(text: str) -> str:
    """Escape everything that Markdown could read as markup, link, directive or formula."""
    return PUNCTUATION.sub(r"\\\1", " ".join(CONTROL.sub(" ", text).split()))


def marked(text: str) -> str:
    """Escape text and show each placeholder as a badge in the colour of its kind."""
    parts: list[str] = []
    position = 0
    for found in PLACEHOLDER.finditer(text):
        parts.append(plain(text[position : found.start()]))
        parts.append(f" :{colour(found[1])}-badge[{found[0][1:-1]}] ")
        position = found.end()
    parts.append(plain(text[position:]))
    return "".join(parts).strip()


def colour(kind: str) -> str:
    """Return the colour of an entity type: people violet, machines blue, secrets red."""
    if kind.endswith(("KEY", "TOKEN", "PASSWORD", "SECRET", "COOKIE", "CARD")):
        return "red"
    if kind in ("IP", "HOST", "URL", "MAC", "POD_NAME", "UUID", "PATH"):
        return "blue"
    return "violet"
