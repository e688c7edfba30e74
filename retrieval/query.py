"""Builds queries: what of a case, or of a pasted text, is looked for in the index."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from redaction import (
    Event,
    FieldName,
    Level,
    RedactedCase,
    RedactedText,
    compose,
    join,
    numberless,
    read_time,
)
from retrieval.match import Document
from retrieval.signatures import find_signatures, is_frame

_TITLE_CHARACTERS: Final = 300
_TEXT_CHARACTERS: Final = 3_000
_SCANNED_CHARACTERS: Final = 1_000_000
_SIGNATURES: Final = 8
_KINDS: Final = 50
_LINES: Final = 3
_LINE_CHARACTERS: Final = 200
_EVENT_CHARACTERS: Final = 20_000
_CAUSE: Final = "Caused by"
_NUMBER: Final = re.compile(r"\d+")
_SEVERE: Final[Mapping[Level, int]] = {"fatal": 1, "error": 1, "warning": 2}


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; tags are numberless, absent parts empty.

    `text` is the most frequent error lines and the head of the description, `signatures` are exact
    error signatures, the most frequent first; `time` is when the problem was reported. `tenant` is
    a keyed reference (hex) to whose case it is: without it only shared documents are found.
    """

    title: RedactedText
    text: RedactedText
    signatures: tuple[RedactedText, ...]
    product: RedactedText
    component: RedactedText
    version: RedactedText
    time: datetime | None
    tenant: str = ""


def case_query(case: RedactedCase) -> Query:
    """Ask for what resembles a case: its words, its error signatures, its component."""
    description = _description(case)
    kinds = _kinds(case)
    # What the machines say comes first: the embedder and full-text search read only the head.
    parts = (*_telling_lines(kinds), description[:_TEXT_CHARACTERS])
    return Query(
        title=_title(case.title or _field(case, "title")),
        text=numberless(join("\n", parts)),
        signatures=_signatures(kinds, join("\n", (case.title, description[:_SCANNED_CHARACTERS]))),
        product=numberless(_field(case, "product")),
        component=numberless(_field(case, "component")),
        version=numberless(_field(case, "version")),
        time=_reported(case),
    )


def text_query(text: RedactedText) -> Query:
    """Ask for what resembles a text: its first line is the title, its head the description.

    Error signatures are taken from the whole text, so that a pasted log is found by its exceptions
    and not by its noise.
    """
    stripped = text[:_SCANNED_CHARACTERS].strip()
    head = stripped[:_TEXT_CHARACTERS].splitlines()
    return Query(
        title=_title(head[0] if head else compose("")),
        text=numberless(join("\n", head[1:])),
        signatures=find_signatures(numberless(stripped), _SIGNATURES),
        product=compose(""),
        component=compose(""),
        version=compose(""),
        time=None,
    )


def document_query(document: Document) -> Query:
    """Ask for what resembles a document: a report among the reports before it."""
    query = text_query(join("\n", (document.title, document.text)))
    return replace(
        query,
        product=document.product,
        component=document.component,
        version=document.version,
        time=document.created,
        tenant=document.tenant,
    )


def query_text(query: Query) -> RedactedText:
    """Return what is embedded for a query: title, description, then signatures not among them."""
    words = join("\n", (query.title, query.text))
    missing = [signature for signature in query.signatures if signature not in words]
    return join("\n", (words, join(" ", missing))) if missing else words


def _title(text: RedactedText) -> RedactedText:
    return numberless(text[:_TITLE_CHARACTERS])


def _description(case: RedactedCase) -> RedactedText:
    if description := _field(case, "description"):
        return description
    return case.messages[0].text if case.messages else compose("")


def _field(case: RedactedCase, name: FieldName) -> RedactedText:
    return next((field.value for field in case.fields if field.name == name), compose(""))


def _reported(case: RedactedCase) -> datetime | None:
    times = (message.utc for message in case.messages if message.utc)
    return read_time(_field(case, "created")) or min(times, default=None)


@dataclass(frozen=True, slots=True)
class _Kind:
    """Errors that look alike: the first of them and how many there are."""

    event: Event
    count: int


def _kinds(case: RedactedCase) -> list[_Kind]:
    """Group what went wrong: exceptions first, then errors, then warnings, each by frequency."""
    errors = [event for event in case.events if event.level in _SEVERE or event.exception]
    counts = Counter((event.exception, event.template) for event in errors)
    first = {(event.exception, event.template): event for event in reversed(errors)}
    kinds = [_Kind(first[look], count) for look, count in counts.most_common()]
    return sorted(kinds, key=_severity)[:_KINDS]


def _severity(kind: _Kind) -> int:
    return 0 if kind.event.exception else _SEVERE.get(kind.event.level, 0)


def _telling_lines(kinds: list[_Kind]) -> list[RedactedText]:
    lines: dict[str, RedactedText] = {}
    for kind in kinds:
        line = _telling_line(kind.event)
        lines.setdefault(_NUMBER.sub("", line), line)
    return list(lines.values())[:_LINES]


def _telling_line(event: Event) -> RedactedText:
    """Return the innermost cause of a stack trace; what wraps it says little."""
    head = event.text[:_EVENT_CHARACTERS]
    causes = [line for line in head.splitlines() if line.lstrip().startswith(_CAUSE)]
    return (causes[-1] if causes else event.template).strip()[:_LINE_CHARACTERS]


def _signatures(kinds: list[_Kind], words: RedactedText) -> tuple[RedactedText, ...]:
    counts = Counter[RedactedText]()
    for kind in kinds:
        texts = (kind.event.exception, kind.event.text[:_EVENT_CHARACTERS])
        for signature in find_signatures(join("\n", texts)):
            counts[signature] += kind.count
    logged = (signature for signature, _ in counts.most_common())
    found = [*dict.fromkeys((*logged, *find_signatures(words)))]
    classes = [signature for signature in found if not is_frame(signature)]
    frames = [signature for signature in found if is_frame(signature)]
    return tuple(map(numberless, (*classes[:_SIGNATURES], *frames[:_SIGNATURES])))
