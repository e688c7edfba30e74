"""Microsoft Teams: messages of a chat or channel as the Graph API answers them."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Link
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.markup import text_of_markup
from redaction.reading.payloads.payload import Document, Payload, Told, has
from redaction.reading.people import NOBODY, Person, person_of


def _messages(document: Document) -> list[Node]:
    """Return messages with their replies, in the order of the payload."""
    found: list[Node] = []
    for top in document.records():
        for message in top.at("value").items() or top.at("messages").items() or [top]:
            if has(message, "messageType", "body.content"):
                found += [message, *message.at("replies").items()]
    return found


def _recognises(document: Document) -> bool:
    return bool(_messages(document))


def _read(document: Document) -> Iterator[Told]:
    messages = _messages(document)
    yield Told(
        said=tuple(each for message in messages for each in _said(document, message)),
        links=tuple(link for message in messages for link in _attached(document, message)),
    )


def _said(document: Document, message: Node) -> Iterator[Said]:
    body = message.at("body")
    content = body.at("content")
    html = body.at("contentType").scalar().lower() == "html"
    text = text_of_markup(content.scalar()) if html else content.scalar().strip()
    if (
        message.at("messageType").value == "message"
        and text
        and not has(message, "deletedDateTime")
    ):
        stamp = document.clock.whole(message.at("createdDateTime").value)
        utc = stamp.utc if stamp else None
        yield Said(_author(message.at("from")), "other", utc, text, document.anchor(content))


def _author(sender: Node) -> Person:
    if has(sender, "application"):
        name = sender.at("application", "displayName").scalar()
        return Person(name, frozenset((name,)), "bot")
    return person_of(sender.at("user")) if has(sender, "user") else NOBODY


def _attached(document: Document, message: Node) -> Iterator[Link]:
    for item in message.at("attachments").items():
        if item.at("name").scalar():
            yield document.link("attachment", item.at("name"))


PAYLOAD: Final = Payload("Teams", _recognises, _read, "other")
