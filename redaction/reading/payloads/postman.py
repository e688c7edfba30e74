"""Postman collections and curl commands: the requests that somebody tried."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Field
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has

_CURL: Final = re.compile(r"\A\s*(?:\$ )?curl\s+(?:-|'|\"|https?:)", re.MULTILINE)
_START: Final = re.compile(r"^\s*(?:\$ )?curl\s")
_METHOD: Final = re.compile(r"(?:-X|--request)[ =]?'?\"?([A-Z]+)")
_URL: Final = re.compile(r"""https?://[^\s'"]+""")
_DATA: Final = re.compile(r"\s(?:-d|--data(?:-raw|-binary|-urlencode)?|-F|--form)\b")
_DEEPEST: Final = 6


def _recognises(document: Document) -> bool:
    return any(has(top, "info.schema", "item") for top in document.records()) or bool(
        _CURL.match(document.text[:2000])
    )


def _read(document: Document) -> Iterator[Told]:
    for top in document.records():
        yield Told(fields=tuple(_requests(document, top, "", 0)))
    if not document.root.value:
        yield Told(fields=tuple(_commands(document)))


def _requests(document: Document, node: Node, path: str, depth: int) -> Iterator[Field]:
    """Yield a field per request, named by the folders around it."""
    for item in node.at("item").items() if depth < _DEEPEST else ():
        name = f"{path}/{item.at('name').scalar()}"
        request = item.at("request")
        url = request.at("url")
        address = url.at("raw") if url.members() else url
        if address.scalar():
            shown = f"{request.at('method').scalar() or 'GET'} {address.scalar()}"
            yield from document.field("other", f"request{name}", address, shown)
        yield from _requests(document, item, name, depth + 1)


def _commands(document: Document) -> Iterator[Field]:
    """Yield a field per curl command; a backslash at a line's end goes on on the next."""
    whole, started = "", Node("", 1)
    for line in document.lines():
        text = line.scalar()
        if not whole and not _START.match(text):
            continue
        started = started if whole else line
        whole += text.removesuffix("\\") + " "
        if not text.endswith("\\"):
            url, method = _URL.search(whole), _METHOD.search(whole)
            stated = method[1] if method else ("POST" if _DATA.search(whole) else "GET")
            if url is not None:
                yield from document.field("other", "request", started, f"{stated} {url[0]}")
            whole = ""


PAYLOAD: Final = Payload("Postman", _recognises, _read, "other")
