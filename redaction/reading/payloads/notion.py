"""Notion: a page of its Markdown export, with the properties of a database row at its head."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Anchor, Article, Field
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told
from redaction.text import mint

_PAGE: Final = re.compile(r"\A\ufeff?# (?P<title>\S.*)\n(?P<head>\n(?:[A-Z][\w ]{1,40}: .+\n)+)")
_PROPERTY: Final = re.compile(r"^(?P<name>[A-Z][\w ]{1,40}): (?P<value>.+)$", re.MULTILINE)
_EDITED: Final = ("last edited time", "last edited", "updated", "created time", "created")


def _recognises(document: Document) -> bool:
    return document.root.value is None and _PAGE.match(document.text[:5000]) is not None


def _read(document: Document) -> Iterator[Told]:
    page = _PAGE.match(document.text)
    if page is None:
        return
    found = list(_PROPERTY.finditer(page["head"]))
    values = {each["name"].lower(): each["value"] for each in found}
    edited = next((values[name] for name in _EDITED if name in values), "")
    stamp = document.clock.whole(edited)
    article = Article(
        id=mint(""),
        title=mint(page["title"].strip()),
        text=mint(document.text[page.end() :].strip()),
        updated=stamp.utc if stamp else None,
        anchor=Anchor(document.artifact, 1),
    )
    fields: list[Field] = []
    for each in found:
        line = 1 + document.text.count("\n", 0, page.start("head") + each.start())
        fields += document.field("other", f"property.{each['name']}", Node(each["value"], line))
    yield Told(fields=tuple(fields), articles=(article,))


PAYLOAD: Final = Payload("Notion", _recognises, _read, "other")
