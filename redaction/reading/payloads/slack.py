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


def _is_gone(item: Node) -> bool:
    return item.at("subtype").value in ("tombstone", "message_deleted")


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
        _current(item)
        for top in document.records()
        for item in (top.at("messages").items() or _listed(top) or [_delivered(top)])
    ]


def _delivered(top: Node) -> Node:
    """Return the message that the Events API delivers in an envelope of its own."""
    return top.at("event") if top.at("type").value == "event_callback" else top


def _current(item: Node) -> Node:
    """Return a message as it stands: one that was edited later holds its new form."""
    edited = item.at("subtype").value == "message_changed" and has(item, "message.ts")
    return item.at("message") if edited else item


def _listed(top: Node) -> list[Node]:
    """Return the users of an answer of the API; a channel's members are no answer."""
    return top.at("members").items() if has(top, "ok") else []


def _recognises(document: Document) -> bool:
    kinds = (_is_message, _is_user, _is_channel, _is_integration)
    return any(kind(item) for item in _items(document) for kind in kinds)


def _read(document: Document) -> Iterator[Told]:
    items = _items(document)
    messages = [item for item in items if _is_message(item) and not _is_gone(item)]
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
    shown = [Node({**each.members(), "text": _text(each)}, each.line) for each in messages]
    for said in read_messages(document.artifact, shown, document.clock):
        yield replace(said, text=readable(said.text))


def _text(message: Node) -> Node:
    """Return what a message says; an app's may stand in blocks and attachments alone."""
    text = message.at("text")
    if text.scalar().strip():
        return text
    parts = [
        *_blocks(message),
        *(part for each in message.at("attachments").items() for part in _attachment(each)),
    ]
    return Node("\n".join(dict.fromkeys(part for part in parts if part)), text.line)


def _attachment(item: Node) -> Iterator[str]:
    named = [item.at(key).scalar() for key in ("pretext", "title", "text")]
    yield from named if any(named) else [item.at("fallback").scalar()]
    for each in item.at("fields").items():
        yield ": ".join(filter(None, (each.at("title").scalar(), each.at("value").scalar())))
    yield from _blocks(item)


def _blocks(holder: Node) -> Iterator[str]:
    """Yield the texts of blocks: a header's or section's own, its fields, a context's elements."""
    for block in holder.at("blocks").items():
        for each in (block.at("text"), *block.at("fields").items(), *block.at("elements").items()):
            yield each.scalar() or each.at("text").scalar() or _rich(each)


def _rich(node: Node) -> str:
    """Return the text of a part of rich text, which may hold further parts."""
    own = node.at("text").scalar() or node.at("url").scalar()
    return own or "".join(_rich(each) for each in node.at("elements").items())


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
