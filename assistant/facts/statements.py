"""What people said, sentence by sentence: who says it, how firmly, and whether it may count."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, LiteralString

from assistant.facts.evidence import Quote
from redaction import Anchor, Message, RedactedCase, RedactedText, Role

_BREAK: Final = re.compile(r"(?<=[.!?])\s+(?=[^a-z])|\s*\n+\s*")
_QUOTED: Final = re.compile(r"\s*(?:>|\|)|On .{5,120} wrote:$|-{3,}")
_INSTRUCTION: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules?|above)\b"
    r"|\bsystem prompt\b|\byou are (?:now )?an? (?:ai|assistant|language model)\b"
    r"|\b(?:ai|llm|assistant|language model|summari[sz]er)s?\b.{0,60}"
    r"\b(?:must|should|shall|reading this|instructions?)\b"
    r"|\b(?:set|mark|change|lower|downgrade)\b.{0,30}\b(?:severity|priority)\b.{0,20}\bto\b"
    r"|<\|?(?:im_start|system|assistant)|\[/?inst\]",
    re.IGNORECASE,
)
_HEDGE: Final = re.compile(
    r"\b(?:may|might|could|maybe|perhaps|possib\w+|probab\w+|likely|suspect\w*|think|believe"
    r"|guess|assum\w+|seems?|appears?|looks? like|hypothes\w+|theory|not sure|unclear|wonder"
    r"|presumably|apparently|unconfirmed|potential(?:ly)?)\b",
    re.IGNORECASE,
)
_NEGATION: Final = re.compile(
    r"\b(?:not|no longer|never|no|none|cannot|without|yet to|unable|isn.?t|aren.?t|wasn.?t"
    r"|weren.?t|don.?t|doesn.?t|didn.?t|haven.?t|hasn.?t|can.?t|won.?t)\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|until|once|before|should|would|whether|in case|when (?:it|this|that)"
    r" (?:is|are)|as soon as|after (?:it|this|that) (?:is|has))\b",
    re.IGNORECASE,
)
_FUTURE: Final = re.compile(
    r"\b(?:will|shall|we.?ll|i.?ll|going to|plan(?:s|ned|ning)? to|about to|intend(?:s)? to"
    r"|propos\w+|next (?:step|update)|scheduled|to do|need(?:s)? to|let.?s|want to|can we|ready to"
    r"|recommend\w*|suggest\w*|eta)\b",
    re.IGNORECASE,
)
_PROSE: Final = ("text/plain", "text/markdown")
_LONGEST_NOTE: Final = 20_000
_CLOCK: Final = re.compile(
    r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?\s*(?:UTC|GMT|Z)(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a message; `utc` is the message's time."""

    text: RedactedText
    role: Role
    utc: datetime | None
    anchor: Anchor

    @property
    def quote(self) -> Quote:
        """Return the place of the sentence."""
        return Quote(self.anchor, self.text)

    @property
    def trusted(self) -> bool:
        """Tell whether an analyst or engineer says it: only then may it change state or cause."""
        return self.role in ("analyst", "engineer")


def statements(messages: Iterable[Message]) -> tuple[Statement, ...]:
    """Split messages into sentences; quotations and instructions to a machine are left out."""
    return tuple(
        Statement(text, message.role, message.utc, message.anchor)
        for message in messages
        for text in _sentences(message.text)
        if not is_instruction(text)
    )


def notes(case: RedactedCase) -> tuple[Message, ...]:
    """Return short prose artifacts (notes, an escalation text) as messages of an unknown role."""
    structured = {message.anchor.artifact for message in case.messages}
    structured |= {event.anchor.artifact for event in case.events}
    return tuple(
        Message(artifact.name, "other", None, artifact.text, Anchor(artifact.id, 1))
        for artifact in case.current
        if artifact.media_type in _PROSE
        and artifact.id not in structured
        and len(artifact.text) <= _LONGEST_NOTE
    )


def is_instruction(text: str) -> bool:
    """Tell whether a text addresses the program instead of describing the case."""
    return _INSTRUCTION.search(text) is not None


def is_question(text: str) -> bool:
    """Tell whether a sentence asks."""
    return text.rstrip().endswith("?")


def is_hedged(text: str) -> bool:
    """Tell whether a sentence is worded as a guess."""
    return _HEDGE.search(text) is not None


def is_negated(text: str) -> bool:
    """Tell whether a sentence denies something."""
    return _NEGATION.search(text) is not None


def is_future(text: str) -> bool:
    """Tell whether a sentence speaks of what is planned or proposed."""
    return _FUTURE.search(text) is not None


def is_firm(text: str) -> bool:
    """Tell whether a sentence says that something is so: no question, guess, condition or plan."""
    return not (is_question(text) or is_hedged(text) or is_future(text) or _CONDITION.search(text))


def speaker(role: Role) -> LiteralString:
    """Name the role of who speaks."""
    match role:
        case "customer":
            return "the customer"
        case "analyst":
            return "a support analyst"
        case "engineer":
            return "an engineer"
        case "bot":
            return "an automated message"
        case "other":
            return "a participant"


def stated_time(statement: Statement) -> datetime | None:
    """Return the UTC time of day that a sentence states, on the day nearest to its message."""
    found = _CLOCK.search(statement.text)
    if found is None or statement.utc is None:
        return None
    stated = statement.utc.replace(
        hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0
    )
    half_day = timedelta(hours=12)
    if stated - statement.utc > half_day:
        return stated - timedelta(days=1)
    return stated + timedelta(days=1) if statement.utc - stated > half_day else stated


def _sentences(text: RedactedText) -> Iterator[RedactedText]:
    start = 0
    for gap in _BREAK.finditer(text):
        yield from _sentence(text[start : gap.start()])
        start = gap.end()
    yield from _sentence(text[start:])


def _sentence(text: RedactedText) -> Iterator[RedactedText]:
    sentence = text.strip(" \t-*•")
    # Longer passages are pasted logs or dumps, not something that a person says.
    if 3 <= len(sentence) <= 600 and not _QUOTED.match(text):
        yield sentence
