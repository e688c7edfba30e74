"""Turns a redacted export into the records of past cases and articles that it holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from redaction.case import Artifact
from redaction.reading.payloads import Told, read_payload
from redaction.reading.timestamps import Clock, file_context
from redaction.text import PLACEHOLDER, RedactedText, mint

_HEADING: Final = re.compile(r"\A\s*#{1,3} +(\S.*)|\A\s*(\S.{0,200})\n[=-]{3,}\n")
_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Exported:
    """A past case or article: `id` is its own where it has one that says nothing, else empty."""

    id: str
    fields: dict[str, RedactedText]


def exported_from(artifact: Artifact) -> Iterator[Exported]:
    """Yield a record per ticket and article; a document that no reader knows is one article."""
    read = read_payload(artifact, Clock(file_context(artifact.text)))
    if read is None:
        yield _page(artifact)
        return
    for each in read[1]:
        yield from _articles(each)
        if any(field.name == "title" for field in each.fields):
            yield _ticket(each)


def _articles(told: Told) -> Iterator[Exported]:
    for article in told.articles:
        fields = {"title": article.title, "text": article.text}
        if article.updated is not None:
            fields["updated"] = mint(article.updated.isoformat())
        yield Exported(_plain(article.id), fields)


def _ticket(told: Told) -> Exported:
    """Return a ticket's own fields, the first of each name, and what was said about it."""
    fields: dict[str, RedactedText] = {}
    for field in told.fields:
        if field.name != "other":
            fields.setdefault(str(field.name), field.value)
    for number, said in enumerate(told.said):
        fields[f"messages.{number}.text"] = mint(said.text)
    return Exported(_plain(fields.pop("id", mint(""))), fields)


def _page(artifact: Artifact) -> Exported:
    heading = _HEADING.match(artifact.text)
    title = next((each for each in heading.groups() if each), "") if heading else ""
    first = next((line for line in artifact.text.split("\n") if line.strip()), "")
    shown = (title or first).strip()[:_LONGEST_TITLE]
    return Exported("", {"title": mint(shown), "text": artifact.text})


def _plain(name: str) -> str:
    """Return an id that may be shown as it is; a placeholder is local to its export."""
    return "" if PLACEHOLDER.search(name) else name.strip()
