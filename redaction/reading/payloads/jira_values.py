"""Reads what issues and requests of Jira share: fields, rich text, comments, times."""

from collections.abc import Iterator
from typing import Final

from redaction.case import FieldName, Role
from redaction.reading.conversation import Said, words
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, has
from redaction.reading.people import person_of

FIELDS: Final[dict[str, FieldName]] = {
    "summary": "title",
    "description": "description",
    "status": "status",
    "priority": "priority",
    "created": "created",
    "updated": "updated",
    "resolutiondate": "resolved",
    "resolution": "resolution",
    "project": "product",
    "components": "component",
    "versions": "version",
    "environment": "environment",
    "labels": "labels",
    "issuetype": "other",
    "fixVersions": "other",
}


def shown(node: Node) -> str:
    """Return the text of a field: a scalar, a document, the name of an object, a list of those."""
    if node.items():
        return ", ".join(text for item in node.items() if (text := shown(item)))
    if has(node, "content"):
        return words(node)
    for key in ("displayName", "name", "value", "status", "title", "key"):
        if text := node.at(key).scalar():
            child = shown(node.at("child"))
            return f"{text} - {child}" if child else text
    return node.scalar()


def comment_in(document: Document, comment: Node) -> Iterator[Said]:
    """Yield what a comment says; an internal one is written by staff."""
    internal = comment.at("jsdPublic").value is False or comment.at("public").value is False
    role: Role = "analyst" if internal or has(comment, "visibility") else "other"
    author = comment.at("author") if has(comment, "author") else comment.at("updateAuthor")
    body = comment.at("body")
    yield from document.says(
        person_of(author), role, time_of(comment.at("created")), body, words(body)
    )


def time_of(node: Node) -> Node:
    """Return the value of a time, which a request writes in four ways at once."""
    return node.at("iso8601") if node.members() else node
