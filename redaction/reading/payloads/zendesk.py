"""Zendesk: tickets, comments, audits, the incremental export, users and help-centre articles."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Article, Field, FieldName, Link, Role, StatusChange, Tracked
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.markup import text_of_markup
from redaction.reading.payloads.payload import Document, Payload, Told, has, joined
from redaction.reading.people import Person, person_of
from redaction.text import mint

_FIELDS: Final[dict[str, FieldName]] = {
    "subject": "title",
    "description": "description",
    "status": "status",
    "priority": "priority",
    "created_at": "created",
    "updated_at": "updated",
    "group_id": "group",
    "type": "other",
}
_TRACKED: Final[dict[str, Tracked]] = {
    "status": "status",
    "priority": "priority",
    "assignee_id": "assignee",
    "group_id": "group",
}
_PEOPLE: Final[tuple[tuple[str, Role], ...]] = (
    ("assignee_id", "analyst"),
    ("requester_id", "customer"),
)
_LISTS: Final = ("tickets", "comments", "audits", "users", "articles", "results")
_ONE: Final = ("ticket", "comment", "audit", "user", "article")


def _parts(document: Document) -> Iterator[Node]:
    """Yield tickets, comments, audits, users and articles from whatever they are wrapped in."""
    for top in document.records():
        body = top.at("body") if top.at("body").members() else top
        wrapped = [item for key in _LISTS for item in body.at(key).items()]
        wrapped += [body.at(key) for key in _ONE if body.at(key).members()]
        # A ticket with its comments beside the fields is one whole ticket.
        yield from [body] if _is_ticket(body) or not wrapped else wrapped


def _is_ticket(node: Node) -> bool:
    return has(node, "subject", "requester_id") or has(node, "raw_subject", "status")


def _is_comment(node: Node) -> bool:
    return node.at("type").value == "Comment" and has(node, "author_id", "body")


def _is_audit(node: Node) -> bool:
    return any(has(item, "type") for item in node.at("events").items()) and has(node, "via")


def _is_article(node: Node) -> bool:
    return has(node, "section_id", "title") and "draft" in node.members()


def _is_user(node: Node) -> bool:
    return has(node, "role", "name") and {"organization_id", "ticket_restriction"} <= set(
        node.members()
    )


def _recognises(document: Document) -> bool:
    kinds = (_is_ticket, _is_comment, _is_audit, _is_article, _is_user)
    return any(kind(part) for part in _parts(document) for kind in kinds)


def _read(document: Document) -> Iterator[Told]:
    for part in _parts(document):
        if _is_ticket(part):
            yield _ticket(document, part)
        elif _is_comment(part):
            yield Told(said=tuple(_said(document, part)), links=tuple(_attached(document, part)))
        elif _is_audit(part):
            yield _audit(document, part)
        elif _is_article(part):
            yield Told(articles=(_article(document, part),))
        elif _is_user(part):
            yield Told(people=((person_of(part), None),))


def _ticket(document: Document, ticket: Node) -> Told:
    comments = ticket.at("comments").items()
    said = [message for comment in comments for message in _said(document, comment)]
    opening = ticket.at("description")
    if not comments and opening.scalar().strip():
        stamp = document.clock.whole(ticket.at("created_at").value)
        said.append(
            Said(
                person_of(ticket.at("requester_id")),
                "customer",
                stamp.utc if stamp else None,
                opening.scalar().strip(),
                document.anchor(opening),
            )
        )
    return Told(
        fields=tuple(_fields(document, ticket)),
        said=tuple(said),
        people=tuple(_people(ticket)),
        links=(*_links(document, ticket), *(x for c in comments for x in _attached(document, c))),
    )


def _fields(document: Document, ticket: Node) -> Iterator[Field]:
    yield from document.field("id", "id", ticket.at("id"))
    for key, name in _FIELDS.items():
        yield from document.field(name, key, ticket.at(key))
    tags = ticket.at("tags")
    yield from document.field("labels", "tags", tags, joined(tags.items()))
    for item in ticket.at("custom_fields").items():
        yield from document.field(
            "other", f"custom_fields.{item.at('id').scalar()}", item.at("value")
        )


def _people(ticket: Node) -> Iterator[tuple[Person, Role]]:
    for key, role in _PEOPLE:
        if has(ticket, key):
            yield person_of(ticket.at(key)), role


def _links(document: Document, ticket: Node) -> Iterator[Link]:
    if has(ticket, "problem_id"):
        yield document.link("problem", ticket.at("problem_id"))
    for item in ticket.at("followup_ids").items():
        yield document.link("related", item)


def _said(document: Document, comment: Node) -> Iterator[Said]:
    body = next((n for n in map(comment.at, ("plain_body", "body")) if n.scalar().strip()), None)
    text = body.scalar() if body else text_of_markup(comment.at("html_body").scalar())
    if text.strip():
        stamp = document.clock.whole(comment.at("created_at").value)
        author = "author" if has(comment, "author") else "author_id"
        # An internal note is written by staff.
        default: Role = "analyst" if comment.at("public").value is False else "other"
        yield Said(
            person_of(comment.at(author)),
            default,
            stamp.utc if stamp else None,
            text.strip(),
            document.anchor(body or comment.at("html_body")),
        )


def _attached(document: Document, comment: Node) -> Iterator[Link]:
    for item in comment.at("attachments").items():
        name = item.at("file_name") if has(item, "file_name") else item.at("name")
        yield document.link("attachment", name)


def _audit(document: Document, audit: Node) -> Told:
    by = person_of(audit.at("author_id")).name
    said: list[Said] = []
    history: list[StatusChange] = []
    fields: list[Field] = []
    for event in audit.at("events").items():
        if event.at("type").value == "Comment":
            timed = {"created_at": audit.at("created_at"), **event.members()}
            said += _said(document, Node(timed, event.line))
        key = event.at("field_name").scalar()
        if event.at("type").value == "Create" and key == "subject":
            fields += document.field("title", key, event.at("value"))
        if key in _TRACKED and has(event, "value"):
            before, after = event.at("previous_value").scalar(), event.at("value").scalar()
            when = audit.at("created_at")
            change = document.change(_TRACKED[key], event.at("value"), before, after, by, when)
            history.append(change)
    return Told(fields=tuple(fields), said=tuple(said), history=tuple(history))


def _article(document: Document, article: Node) -> Article:
    stamp = document.clock.whole(article.at("updated_at").value)
    return Article(
        id=mint(article.at("id").scalar()),
        title=mint(article.at("title").scalar()),
        text=mint(text_of_markup(article.at("body").scalar())),
        updated=stamp.utc if stamp else None,
        anchor=document.anchor(article),
    )


PAYLOAD: Final = Payload("Zendesk", _recognises, _read)
