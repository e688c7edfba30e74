# ruff: noqa: E501 - a pattern is easier to check on one line
"""Tells a name that stands for a thing: beside a machine, in a list of products, as a code."""

import re
from typing import Final

from redaction.detection import Finding
from redaction.detection.language.words import UPPER, technical_words
from redaction.detection.patterns.ordinary import words_of

# What runs, or is one of many that run: what it is called is no person.
_AFTER = re.compile(
    r"[ ](?:worker|runtime|bridge|compiler|interpreter|kernel|collector|exporter|daemon|pod|container|cluster|node|instance|replica|plugin|bindings?|sdk|api|library|module|package|controller|sidecar|tracing|dashboard)s?\b"
)
_BEFORE = re.compile(
    r"(?i:\b(?:instance|node|cluster|pod|container|replica|shard|broker|codename|codenamed|runtime|library|module|package|language)[ ])$"
)
_ITEM = rf"[{UPPER}][\w.+-]{{1,24}}(?:[ ][{UPPER}][\w.+-]{{0,20}})?"
_LISTED = re.compile(rf"(?<!\w){_ITEM}(?:,[ ](?:and[ ])?{_ITEM}){{3,80}}(?!\w)")
# Names of products that are surnames too: alone and behind a preposition they are the product.
_PRODUCTS: Final = words_of("jaeger rook falco")
_WITHIN = re.compile(r"(?i)(?:^|[.(,] |\b(?:in|via|into|using|the) )$")
# A number of some length, or letters and figures in one, to the end of the line.
_NUMBER = re.compile(r":[ \t]*(?=[A-Z0-9 ./-]*\d)[A-Z0-9][A-Z0-9 ./-]{3,60}[ \t]*(?:$|[,;)\n])")


def is_thing(found: Finding, text: str) -> bool:
    """Tell whether a found person is a thing by what stands around it."""
    if found.type != "PERSON":
        return False
    word = text[found.start : found.end]
    if " " not in word.replace(", ", "") and any(
        listed.start() <= found.start and found.end <= listed.end() and _of_products(listed[0])
        for listed in _LISTED.finditer(text)
    ):
        return True
    sure = found.firm and not found.detector.startswith("model")
    if sure or not word.istitle() or not word.isalpha():
        return False
    before = text[max(0, found.start - 14) : found.start]
    if word.lower() in _PRODUCTS and _WITHIN.search(before):
        return True
    return _AFTER.match(text, found.end) is not None or _BEFORE.search(before) is not None


def _of_products(listed: str) -> bool:
    """Tell a list in which every third item at least is a word of software."""
    items = re.split(r",[ ](?:and[ ])?", listed)
    technical = sum(
        any(word.lower() in technical_words() for word in item.split()) for item in items
    )
    return technical > 1 and 3 * technical >= len(items)


def is_label(word: str, text: str, end: int) -> bool:
    """Tell an abbreviation before a colon, or what stands before a number: `NINO: AB 12 34 56 C`."""
    if not text.startswith(":", end):
        return False
    return (word.isupper() and word.isalpha()) or _NUMBER.match(text, end) is not None


# Codes, identifiers and classes that a model takes for firms, places and peoples.
_CODE = re.compile(
    r"[^\s]*[_=<>{}()\[\]@#$%^*|\\][^\s]*|[A-Z]{1,6}-?\d+(?:\.\d+)*|\d+|[A-Z]\w*[a-z](?:Exception|Error|Warning|Failure|Fault|Ready)"
)
_VERSION = re.compile(r"v?\d{1,4}\.\d{1,4}\.\d|v?\d+\.\d+\.\d+[.-][\w.-]+")
# Over the border of two cells no name goes.
_PARTED = re.compile(r"[\t\"|<>]")
_ZONE = re.compile(r"(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)(?=/[A-Z])")


def is_code(found: Finding, text: str) -> bool:
    """Tell what diagnosis needs from a firm, a place or a date: a code, a version."""
    value = text[found.start : found.end]
    match found.type:
        case "DATE":
            return _VERSION.fullmatch(value) is not None
        case "COMPANY" | "LOCATION" | "NATIONALITY":
            if _CODE.fullmatch(value) or _PARTED.search(value):
                return True
            return _ZONE.match(text, found.start) is not None
        case _:
            return False
