"""Confluence: pages of a space export, a page in storage format, and pages from the REST API."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from redaction.case import Anchor, Article
from redaction.reading.jsontree import Node
from redaction.reading.markup import text_of_markup
from redaction.reading.payloads.payload import Document, Payload, Told, has
from redaction.text import mint

_EXPORT: Final = re.compile(r"<hibernate-generic\b")
_STORAGE: Final = re.compile(r"<(?:ac|ri):[a-z-]+\b")
_OBJECT: Final = re.compile(
    r'<object class="(Page|BlogPost|BodyContent)"[^>]*>(.*?)</object>', re.DOTALL
)
_PROPERTY: Final = re.compile(r'<property name="(\w+)"[^>]*>(.*?)</property>', re.DOTALL)
_ID: Final = re.compile(r'<id name="id">\s*(.*?)\s*</id>', re.DOTALL)
_CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)\]\](?:\]\]><!\[CDATA\[)?>", re.DOTALL)
_TITLE: Final = re.compile(r"<h[1-3]\b[^>]*>(.*?)</h[1-3]>", re.DOTALL)
# What a macro is called and set to is no text of the page; what it holds is.
_PARAMETER: Final = re.compile(r"<ac:parameter\b[^>]*>.*?</ac:parameter>", re.DOTALL)


@dataclass(slots=True)
class _Page:
    id: str
    line: int
    properties: dict[str, str] = field(default_factory=dict[str, str])
    body: str = ""


def _results(document: Document) -> list[Node]:
    pages = [page for top in document.records() for page in top.at("results").items() or [top]]
    return [page for page in pages if has(page, "title") and has(page, "body.storage.value")]


def _recognises(document: Document) -> bool:
    head = document.text[:20_000]
    markup = document.media_type in ("text/html", "application/xml")
    return bool(_results(document)) or (
        markup and (_EXPORT.search(head) is not None or _STORAGE.search(head) is not None)
    )


def _read(document: Document) -> Iterator[Told]:
    if results := _results(document):
        yield Told(articles=tuple(_from_api(document, page) for page in results))
    elif _EXPORT.search(document.text[:20_000]):
        yield Told(articles=tuple(_exported(document)))
    else:
        title = _TITLE.search(document.text)
        shown = text_of_markup(title[1]) if title else ""
        text = _text(document.text)
        page = Article(mint(""), mint(shown), mint(text), None, Anchor(document.artifact, 1))
        yield Told(articles=(page,))


def _from_api(document: Document, page: Node) -> Article:
    stamp = document.clock.whole(page.at("version", "when").value)
    return Article(
        id=mint(page.at("id").scalar()),
        title=mint(page.at("title").scalar()),
        text=mint(_text(page.at("body", "storage", "value").scalar())),
        updated=stamp.utc if stamp else None,
        anchor=document.anchor(page),
    )


def _exported(document: Document) -> Iterator[Article]:
    """Join the pages of a space export with their bodies, which stand elsewhere in it."""
    pages: dict[str, _Page] = {}
    bodies: dict[str, str] = {}
    for found in _OBJECT.finditer(document.text):
        own = _ID.search(found[2])
        values = {name: _plain(value) for name, value in _PROPERTY.findall(found[2])}
        if found[1] == "BodyContent":
            owner = _ID.search(found[2], own.end() if own else 0)
            bodies[owner[1] if owner else ""] = values.get("body", "")
        elif own is not None and values.get("contentStatus", "current") == "current":
            line = 1 + document.text.count("\n", 0, found.start())
            pages[own[1]] = _Page(own[1], line, values)
    for name, page in pages.items():
        stamp = document.clock.whole(page.properties.get("lastModificationDate", ""))
        yield Article(
            id=mint(name),
            title=mint(page.properties.get("title", "")),
            text=mint(_text(bodies.get(name, ""))),
            updated=stamp.utc if stamp else None,
            anchor=Anchor(document.artifact, page.line),
        )


def _plain(value: str) -> str:
    return _CDATA.sub(lambda data: data[1], value).strip()


def _text(storage: str) -> str:
    return text_of_markup(_CDATA.sub(lambda data: data[1], _PARAMETER.sub("", storage)))


PAYLOAD: Final = Payload("Confluence", _recognises, _read, "other")
