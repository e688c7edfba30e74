"""Builds claims: whole sentences out of facts, plain enough for any reader and any format."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, LiteralString

from assistant.draft import Claim, ClaimStatus
from assistant.facts import SeverityLevel
from assistant.facts.evidence import unbroken
from assistant.facts.number_words import clock
from assistant.facts.wording import unended
from redaction import PLACEHOLDER, RedactedText, compose, join

LONGEST: Final = 35
"""Words that a claim may have."""

_MARKUP: Final = re.compile(
    r"!?\[(?P<kept>[^\]\n]*)\]\([^)\n]*\)?"
    r"|(?:\w+://|www\.)[^\s<>]+"
    r"|<(?![A-Z_]+_[0-9]+(?:\.[0-9]+)?>)/?[A-Za-z!][^>]*>?"
    r"|(?P<mask><\*>|(?<=\S\s)\*(?=\s\S))"
    r"|[`*\[\]|\x00-\x1f\x7f]+|~~|(?:^|(?<=\s))[#>]+(?=\s)"
)
_WORD: Final = re.compile(r"\S+")
_ROLES: Final[dict[str, LiteralString]] = {
    "engineer": "Engineering",
    "analyst": "Support",
    "customer": "the customer",
    "bot": "automation",
}


def claim(
    slot: LiteralString, status: ClaimStatus, text: RedactedText, *cited: Iterable[str]
) -> Claim:
    """Make a template claim; it is supported when it cites evidence."""
    evidence = tuple(dict.fromkeys(item for group in cited for item in group))
    support = "supported" if evidence else "not_checked"
    return Claim(text, evidence, status, slot, "template", support)


def plain(text: RedactedText) -> RedactedText:
    """Take links, images, HTML and Markdown out; placeholders and the words of links stay."""
    parts: list[RedactedText] = []
    start = 0
    for found in _MARKUP.finditer(text):
        parts += [text[start : found.start()], text[slice(*found.span("kept"))]]
        start = found.end()
        if found["kept"] is None:
            parts.append(compose("…") if found["mask"] else compose(" "))
    cleaned = join("", (*parts, text[start:]))
    words = [cleaned[slice(*word.span())] for word in _WORD.finditer(cleaned)]
    return join(" ", words)


def short(text: RedactedText, words: int) -> RedactedText:
    """Return at most `words` words as part of a sentence: plain, without its final mark."""
    clean = plain(text)
    found = list(_WORD.finditer(clean))
    if len(found) <= words:
        return unended(clean)
    return compose("{text} …", text=unended(clean[: unbroken(clean, found[words - 1].end())]))


def sentence(text: RedactedText, words: int = LONGEST) -> RedactedText:
    """End a sentence with one full stop; the longest sentence is cut after `words` words."""
    clean = short(text, words)
    return clean if clean.endswith("?") else compose("{text}.", text=clean)


def question(text: RedactedText, words: int) -> RedactedText:
    """End an open question with one question mark, also where it quotes one."""
    clean = short(text, words).strip("? ")
    return clean if clean.endswith("?”") else compose("{text}?", text=clean)


def listed(parts: Iterable[RedactedText]) -> RedactedText:
    """List parts in a sentence: `a, b and c`."""
    items = list(parts)
    if len(items) < 2:
        return join("", items)
    return compose("{most} and {last}", most=join(", ", items[:-1]), last=items[-1])


def moment(utc: datetime, reference: datetime | None) -> RedactedText:
    """Word a time in UTC, with its date unless `reference` is on the same day."""
    utc = utc.astimezone(UTC)
    if reference is not None and utc.date() == reference.astimezone(UTC).date():
        return clock(utc)
    return compose("{time} on {utc:%Y-%m-%d}", time=clock(utc), utc=utc)


def who(role: str) -> LiteralString | None:
    """Name the team of a role; None when the role is not stated."""
    return _ROLES.get(role)


def level_words(level: SeverityLevel) -> LiteralString:
    """Word a severity level."""
    match level:
        case "Sev1":
            return "Sev1"
        case "Sev2":
            return "Sev2"
        case "Sev3":
            return "Sev3"
        case "Sev4":
            return "Sev4"


def count_words(text: str) -> int:
    """Count words as a reader does; a placeholder is one."""
    return len(_WORD.findall(text))


def placeholders(text: str) -> tuple[str, ...]:
    """Return the placeholders of a text, in alphabetical order."""
    return tuple(sorted(found[0] for found in PLACEHOLDER.finditer(text)))
