"""Microsoft Teams: messages of a chat or channel from the Graph API, and cards of apps."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Link
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.markup import text_of_markup
from redaction.reading.payloads.payload import Document, Payload, Told, embedded, has
from redaction.reading.people import NOBODY, Person, person_of


def _messages(document: Document) -> list[Node]:
    """Return messages with their replies, in the order of the payload."""
    found: list[Node] = []
    for top in document.records():
        for message in top.at("value").items() or top.at("messages").items() or [top]:
            if has(message, "messageType", "body.content"):
                found += [message, *message.at("replies").items()]
    return found


def _is_card(top: Node) -> bool:
    return top.at("@type").value == "MessageCard" or top.at("type").value == "AdaptiveCard"


def _recognises(document: Document) -> bool:
    return bool(_messages(document)) or any(_is_card(top) for top in document.records())


def _read(document: Document) -> Iterator[Told]:
    messages = _messages(document)
    for top in document.records():
        if _is_card(top):
            text = "\n".join(dict.fromkeys(_card(top)))
            yield Told(said=tuple(document.says(NOBODY, "bot", Node(None, top.line), top, text)))
    yield Told(
        said=tuple(each for message in messages for each in _said(document, message)),
        links=tuple(link for message in messages for link in _attached(document, message)),
    )


def _said(document: Document, message: Node) -> Iterator[Said]:
    body = message.at("body")
    content = body.at("content")
    html = body.at("contentType").scalar().lower() == "html"
    said = text_of_markup(content.scalar()) if html else content.scalar().strip()
    parts = (message.at("subject").scalar().strip(), said, *_cards(message))
    text = "\n".join(part for part in parts if part)
    if (
        message.at("messageType").value == "message"
        and text
        and not has(message, "deletedDateTime")
    ):
        stamp = document.clock.whole(message.at("createdDateTime").value)
        utc = stamp.utc if stamp else None
        yield Said(_author(message.at("from")), "other", utc, text, document.anchor(content))


def _cards(message: Node) -> Iterator[str]:
    """Yield the texts of cards, which is how apps say what they say."""
    for item in message.at("attachments").items():
        if "card" in item.at("contentType").scalar():
            yield "\n".join(dict.fromkeys(_card(embedded(item.at("content")))))


def _card(node: Node) -> Iterator[str]:
    """Yield the texts of a card: of its parts, and of facts with a name and a value each."""
    title, value = node.at("title").scalar() or node.at("name").scalar(), node.at("value").scalar()
    if title and value:
        yield f"{title}: {value}"
        return
    for key in ("title", "activityTitle", "subtitle", "text"):
        if node.at(key).scalar():
            yield text_of_markup(node.at(key).scalar())
    for key in ("body", "sections", "items", "columns", "facts"):
        for each in node.at(key).items():
            yield from _card(each)


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
