"""Slack: the export's messages of a channel, its users, channels and log of integrations."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from redaction.case import Event, Link
from redaction.reading.conversation import Said, read_messages
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has
from redaction.reading.people import person_of

# `<@U1>` and `<!here>` name somebody, `<https://…|label>` is a link; a placeholder is neither.
_MENTION: Final = re.compile(r"<[@#!](?:subteam\^)?((?:<[^<>]+>|[^<>|])+)(?:\|([^<>]*))?>")
_LINK: Final = re.compile(r"<((?:https?|mailto):(?:<[^<>]+>|[^<>|])+)(?:\|((?:<[^<>]+>|[^<>])*))?>")


def _is_message(item: Node) -> bool:
    return has(item, "type", "ts") and item.at("type").value == "message"


def _is_user(item: Node) -> bool:
    return has(item, "id", "profile") and bool(
        {"real_name", "team_id", "is_bot"} & item.members().keys()
    )


def _is_channel(item: Node) -> bool:
    return has(item, "id", "creator", "members", "topic", "purpose")


def _is_integration(item: Node) -> bool:
    return has(item, "change_type", "user_id", "date") and (
        has(item, "service_type") or has(item, "app_type")
    )


def _items(document: Document) -> list[Node]:
    return [
        item
        for top in document.records()
        for item in (top.at("messages").items() or _listed(top) or [top])
    ]


def _listed(top: Node) -> list[Node]:
    """Return the users of an answer of the API; a channel's members are no answer."""
    return top.at("members").items() if has(top, "ok") else []


def _recognises(document: Document) -> bool:
    kinds = (_is_message, _is_user, _is_channel, _is_integration)
    return any(kind(item) for item in _items(document) for kind in kinds)


def _read(document: Document) -> Iterator[Told]:
    items = _items(document)
    messages = [item for item in items if _is_message(item)]
    links = tuple(link for item in messages for link in _files(document, item))
    yield Told(said=tuple(_said(document, messages)), links=links)
    yield Told(
        people=tuple((person_of(item), None) for item in items if _is_user(item)),
        events=tuple(
            event
            for item in items
            if _is_integration(item)
            for event in _integration(document, item)
        ),
        fields=tuple(
            field
            for item in items
            if _is_channel(item)
            for field in document.field("other", "channel", item.at("name"))
        ),
    )


def _said(document: Document, messages: list[Node]) -> Iterator[Said]:
    for said in read_messages(document.artifact, messages, document.clock):
        yield replace(said, text=readable(said.text))


def readable(text: str) -> str:
    """Return a message without Slack's marks around mentions and links."""
    text = _LINK.sub(lambda link: link[2] or link[1], text)
    return _MENTION.sub(lambda mention: f"@{mention[2] or mention[1]}", text)


def _files(document: Document, message: Node) -> Iterator[Link]:
    for file in (*message.at("files").items(), message.at("file")):
        if has(file, "name"):
            yield document.link("attachment", file.at("name"), file.at("title").scalar())


def _integration(document: Document, item: Node) -> Iterator[Event]:
    """Tell a change of the workspace's integrations: it can explain why alerts fell silent."""
    kind = item.at("service_type") if has(item, "service_type") else item.at("app_type")
    text = f"integration {kind.scalar()}: {item.at('change_type').scalar()}"
    yield from document.event(item, item.at("date"), "info", "slack", text)


PAYLOAD: Final = Payload("Slack", _recognises, _read, "other")
