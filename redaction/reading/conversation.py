"""Holds what was said while roles are still being learned, and reads it out of mails and chats."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from redaction.case import Anchor, Message, Role
from redaction.reading.jsontree import Node
from redaction.reading.people import Directory, Person, person_in_header, person_of
from redaction.reading.timestamps import Clock
from redaction.text import RedactedText, mint

TEXT_KEYS: Final = (
    *("plain_body", "body", "text", "text_body", "comment", "message", "content", "note"),
    *("value", "html_body", "details"),
)
TIME_KEYS: Final = (
    *("created_at", "created", "createdAt", "ts", "time", "timestamp", "created_on"),
    *("sys_created_on", "createdDateTime", "published", "date", "when", "at"),
)
_AUTHOR_KEYS: Final = (
    *("author", "user_profile", "from", "sender", "user", "creator", "created_by"),
    *("username", "sys_created_by", "author_id", "user_id", "updateAuthor", "name"),
    *("bot_id",),
)
_QUOTE: Final = re.compile(
    r"^(?:>|-{2,} ?(?:Original|Forwarded|Urspr\w+) |_{10,}$|On .{5,200} wrote:$|Am .{5,200} schrieb"
    r"|From: .+\n(?:Sent|Date|To): )",
    re.MULTILINE,
)
_BLOCKS: Final = frozenset(
    (
        *("doc", "bulletList", "orderedList", "taskList", "decisionList", "listItem", "table"),
        *("blockquote", "panel", "expand", "nestedExpand", "layoutSection", "layoutColumn"),
    )
)
# The second and later ones stand in mails that were copied out of a window.
_DATES: Final = (
    *("date", "sent", "gesendet", "envoyé", "enviado", "inviato", "verzonden", "skickat", "sendt"),
)
_SILENT_SUBTYPES: Final = frozenset(
    ("channel_join", "channel_leave", "channel_topic", "channel_purpose", "group_join")
)


@dataclass(frozen=True, slots=True)
class Said:
    """A message before its author's role is looked up; `default` holds when nobody knows it.

    `spread` is 1 where each line of the text stands on a line of the artifact, as in mails, and 0
    where all of it stands on one, as in JSON.
    """

    person: Person
    default: Role
    utc: datetime | None
    text: str
    anchor: Anchor
    spread: int = 0


def settled(said: Said, directory: Directory) -> Message:
    """Make the message, with the role that the whole case knows for its author."""
    role = directory.role(said.person) or said.default
    name, text = directory.name(said.person), directory.mentioned(said.text)
    return Message(mint(name), role, said.utc, mint(text), said.anchor)


def read_mail(artifact: str, text: RedactedText, clock: Clock) -> tuple[str, Said] | None:
    """Read a mail (header lines, an empty line, the body); return its subject and what it says."""
    lines = text.splitlines()
    blank = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    pairs = (line.partition(":") for line in lines[:blank])
    headers = {name.lower(): value.strip() for name, colon, value in pairs if colon}
    if not headers:
        return None
    start = next((at for at in range(blank, len(lines)) if lines[at].strip()), 0)
    stamp = clock.whole(next((headers[key] for key in _DATES if key in headers), ""))
    said = Said(
        person_in_header(headers.get("from", "")),
        "customer",
        stamp.utc if stamp else None,
        own_words("\n".join(lines[blank + 1 :])),
        Anchor(artifact, start + 1),
        1,
    )
    return headers.get("subject", ""), said


def own_words(body: str) -> str:
    """Return what a mail itself says, without the mail it answers; all of it if nothing is left."""
    match = _QUOTE.search(body)
    own = body[: match.start()].strip() if match else ""
    return own or body.strip()


def is_chat(items: list[Node]) -> bool:
    """Tell a list of chat messages: most have a text, an author and no title."""
    fitting = 0
    for item in items[:20]:
        keys = item.members().keys()
        has_author = keys & {
            "user",
            "user_profile",
            "author",
            "from",
            "sender",
            "username",
            "bot_id",
        }
        if (
            has_author
            and keys & {"text", "body", "content", "message"}
            and not keys & {"title", "subject"}
        ):
            fitting += 1
    return fitting > 0 and fitting * 2 >= min(len(items), 20)


def read_messages(
    artifact: str, items: list[Node], clock: Clock, default: Role = "other"
) -> Iterator[Said]:
    """Read the messages of a chat export or the comments of a ticket, in their order."""
    for item in items:
        members = item.members()
        if members.get("subtype", item).scalar() in _SILENT_SUBTYPES:
            continue
        node, text = _text_of(members)
        if node is None:
            continue
        utc = next(
            (t.utc for k in TIME_KEYS if k in members and (t := clock.whole(members[k].value))),
            None,
        )
        yield Said(author_of(members), default, utc, text.strip(), Anchor(artifact, node.line))


def _text_of(members: dict[str, Node]) -> tuple[Node | None, str]:
    """Return where a message's text stands and the text; a bot's may stand in its attachments."""
    parts = members.get("attachments", Node(None, 1)).items()
    for node in (*(members[key] for key in TEXT_KEYS if key in members), *parts):
        text = words(node) or node.members().get("fallback", Node(None, 1)).scalar()
        if text.strip():
            return node, text
    return None, ""


def author_of(members: dict[str, Node]) -> Person:
    """Return who wrote a message: the fullest description of them, with every id it carries."""
    nodes = [members[key] for key in _AUTHOR_KEYS if key in members and members[key].value]
    if not nodes:
        return Person("", frozenset(), None)
    people = [person_of(node) for node in nodes]
    if members.get("subtype", nodes[0]).scalar() == "bot_message" or "bot_id" in members:
        # What a bot posts in a person's name must not make that person a bot.
        return Person(people[0].name, frozenset((members.get("bot_id", nodes[0]).scalar(),)), "bot")
    ids = frozenset[str]().union(*(person.ids for person in people))
    return Person(people[0].name, ids, next((each.role for each in people if each.role), None))


def _day(node: Node) -> str:
    """Return the day that rich text holds as milliseconds."""
    stamp = Clock().whole(node.value)
    return f"{stamp.utc:%Y-%m-%d}" if stamp is not None and stamp.utc else ""


def words(node: Node) -> str:
    """Return the text of a string or of a rich-text tree (Jira's document format, Teams' body)."""
    if not node.members() and not node.items():
        return node.scalar()
    kind = node.at("type").scalar()
    if (content := node.members().get("content")) is not None:
        parts = [words(item) for item in content.items()] if content.items() else [words(content)]
        return ("\n" if kind in _BLOCKS else "\t" if kind == "tableRow" else "").join(parts)
    if kind == "hardBreak":
        return "\n"
    inner = node.members().get("text") or node.members().get("value")
    if inner is None and node.at("attrs").members():
        # A mention, a status, a card or a picture says what it is in its attributes.
        if kind == "date":
            return _day(node.at("attrs", "timestamp"))
        found = (node.at("attrs", key).scalar() for key in ("text", "url", "alt", "shortName"))
        return next((text for text in found if text), "")
    return words(inner) if inner is not None else "\n".join(words(item) for item in node.items())
