"""Zendesk: tickets, comments, audits, incremental exports, webhooks, CSV, people, articles."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from redaction.case import Article, Field, FieldName, Link, Role, StatusChange, Tracked
from redaction.reading.conversation import Said
from redaction.reading.jsontree import Node
from redaction.reading.markup import text_of_markup
from redaction.reading.payloads import zendesk_events, zendesk_table
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
_LISTS: Final = (
    *("tickets", "comments", "audits", "ticket_events", "users", "organizations"),
    *("articles", "satisfaction_ratings", "results"),
)
_ONE: Final = (
    *("ticket", "comment", "audit", "user", "organization", "article", "satisfaction_rating"),
)


def _parts(document: Document) -> Iterator[Node]:
    """Yield tickets, comments, audits, users and articles from whatever they are wrapped in."""
    for top in document.records():
        if zendesk_events.is_event(top):
            yield from zendesk_events.parts(top)
            continue
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


def _is_batch(node: Node) -> bool:
    return has(node, "ticket_id", "timestamp") and bool(node.at("child_events").items())


def _is_organization(node: Node) -> bool:
    return has(node, "name") and {"shared_tickets", "organization_fields"} <= set(node.members())


def _is_rating(node: Node) -> bool:
    return has(node, "score", "ticket_id", "requester_id")


def _is_article(node: Node) -> bool:
    return has(node, "section_id", "title") and "draft" in node.members()


def _is_user(node: Node) -> bool:
    return has(node, "role", "name") and {"organization_id", "ticket_restriction"} <= set(
        node.members()
    )


def _is_person(node: Node) -> bool:
    """Tell a user that stands beside tickets, whatever of them an answer leaves out."""
    return has(node, "id", "name") and node.at("role").value in ("end-user", "agent", "admin")


def _recognises(document: Document) -> bool:
    if zendesk_table.is_table(document):
        return True
    kinds = (
        *(_is_ticket, _is_comment, _is_audit, _is_batch, _is_article, _is_user, _is_organization),
        _is_rating,
    )
    return any(kind(part) for part in islice(_parts(document), 20) for kind in kinds)


def _read(document: Document) -> Iterator[Told]:
    if zendesk_table.is_table(document):
        yield from zendesk_table.read(document)
        return
    for part in _parts(document):
        if _is_ticket(part):
            # An incremental export tells which tickets were deleted; they are part of nothing.
            if part.at("status").value != "deleted":
                yield _ticket(document, part)
        elif _is_comment(part):
            yield Told(said=tuple(_said(document, part)), links=tuple(_attached(document, part)))
        elif _is_audit(part):
            yield _audit(document, part)
        elif _is_batch(part):
            yield _batch(document, part)
        elif _is_article(part):
            yield Told(articles=(_article(document, part),))
        elif _is_user(part) or _is_person(part):
            person = person_of(part)
            admin = part.at("role").value == "admin"
            yield Told(people=((replace(person, role="analyst") if admin else person, None),))
        elif _is_organization(part):
            yield Told(fields=tuple(document.field("other", "organization", part.at("name"))))
        elif _is_rating(part):
            yield _rating(document, part)


def _ticket(document: Document, ticket: Node) -> Told:
    comments = ticket.at("comments").items()
    said = [message for comment in comments for message in _said(document, comment)]
    if not comments:
        requester = person_of(ticket.at("requester_id"))
        opening = ticket.at("description")
        said += document.says(requester, "customer", ticket.at("created_at"), opening)
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
    yield from document.field("resolved", "solved_at", ticket.at("metric_set", "solved_at"))
    score = ticket.at("satisfaction_rating", "score")
    if score.value not in ("offered", "unoffered"):
        yield from document.field("other", "satisfaction_rating", score)


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
    author = comment.at("author") if has(comment, "author") else comment.at("author_id")
    # An internal note is written by staff.
    internal = comment.at("public").value is False or comment.at("is_public").value is False
    staff = internal or author.at("is_staff").value is True
    default: Role = "analyst" if staff else "other"
    node = body or comment.at("html_body")
    yield from document.says(person_of(author), default, comment.at("created_at"), node, text)


def _attached(document: Document, comment: Node) -> Iterator[Link]:
    for item in comment.at("attachments").items():
        name = item.at("file_name") if has(item, "file_name") else item.at("name")
        yield document.link("attachment", name)


def _audit(document: Document, audit: Node) -> Told:
    by = person_of(audit.at("author_id")).name
    said: list[Said] = []
    history: list[StatusChange] = []
    fields: list[Field] = []
    people: list[tuple[Person, Role]] = []
    for event in audit.at("events").items():
        if event.at("type").value == "Comment":
            timed = {"created_at": audit.at("created_at"), **event.members()}
            said += _said(document, Node(timed, event.line))
        key = event.at("field_name").scalar()
        if event.at("type").value == "Create" and key == "subject":
            fields += document.field("title", key, event.at("value"))
        for each, role in _PEOPLE:
            if key == each and has(event, "value"):
                people.append((person_of(event.at("value")), role))
        if key in _TRACKED and has(event, "value"):
            before, after = event.at("previous_value").scalar(), event.at("value").scalar()
            when = audit.at("created_at")
            change = document.change(_TRACKED[key], event.at("value"), before, after, by, when)
            history.append(change)
    return Told(
        fields=tuple(fields), said=tuple(said), people=tuple(people), history=tuple(history)
    )


def _batch(document: Document, batch: Node) -> Told:
    """Read what an incremental export of events says that one update of a ticket did."""
    by, when = person_of(batch.at("updater_id")).name, batch.at("timestamp")
    said: list[Said] = []
    history: list[StatusChange] = []
    for event in batch.at("child_events").items():
        if event.at("event_type").value == "Comment":
            timed = {"created_at": when, "author_id": batch.at("updater_id"), **event.members()}
            said += _said(document, Node(timed, event.line))
        for key, field in _TRACKED.items():
            if has(event, key):
                before, after = event.at("previous_value").scalar(), event.at(key).scalar()
                history.append(document.change(field, event.at(key), before, after, by, when))
    return Told(said=tuple(said), history=tuple(history))


def _rating(document: Document, rating: Node) -> Told:
    who, comment = person_of(rating.at("requester_id")), rating.at("comment")
    return Told(
        fields=tuple(document.field("other", "satisfaction_rating", rating.at("score"))),
        said=tuple(document.says(who, "customer", rating.at("created_at"), comment)),
        people=((who, "customer"),),
    )


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
