"""Reads requests of Jira Service Management, as its own API answers them."""

from collections.abc import Iterator

from redaction.case import StatusChange
from redaction.reading.conversation import Said, words
from redaction.reading.jsontree import Node
from redaction.reading.payloads.jira_values import FIELDS, comment_in, shown, time_of
from redaction.reading.payloads.payload import Document, Told, has
from redaction.reading.people import person_of
from redaction.reading.tickets import field_named


def is_request(part: Node) -> bool:
    """Tell a request by its key and what it was asked with."""
    return has(part, "issueKey") and bool(
        part.at("requestFieldValues").items() or has(part, "currentStatus")
    )


def read(document: Document, request: Node) -> Told:
    """Return what a request tells: its fields, the conversation, its course."""
    reporter, created = request.at("reporter"), time_of(request.at("createdDate"))
    status = request.at("currentStatus")
    fields = [
        *document.field("id", "issueKey", request.at("issueKey")),
        *document.field("status", "currentStatus", status.at("status")),
        *document.field("created", "createdDate", created),
        *document.field("other", "requestType", request.at("requestType", "name")),
        *document.field("other", "serviceDesk", request.at("serviceDesk", "projectName")),
    ]
    said: list[Said] = []
    for item in request.at("requestFieldValues").items():
        key, label, value = item.at("fieldId").scalar(), item.at("label").scalar(), item.at("value")
        name = FIELDS.get(key) or field_named(label)
        if name != "created":
            fields += document.field(name, label or key, value, shown(value))
        if key == "description":
            said += document.says(person_of(reporter), "customer", created, value, words(value))
    for comment in request.at("comments", "values").items():
        said += comment_in(document, comment)
    return Told(
        fields=tuple(fields),
        said=tuple(said),
        people=tuple((person_of(node), "customer") for node in _customers(request)),
        history=tuple(_course(document, request)),
        links=tuple(
            document.link("attachment", file.at("filename"), when=time_of(file.at("created")))
            for file in request.at("attachments", "values").items()
        ),
    )


def _course(document: Document, request: Node) -> Iterator[StatusChange]:
    for step in reversed(request.at("status", "values").items()):  # the newest comes first
        status, when = step.at("status").scalar(), time_of(step.at("statusDate"))
        if status:
            yield document.change("status", step, "", status, "", when)


def _customers(request: Node) -> list[Node]:
    nodes = [request.at("reporter"), *request.at("participants", "values").items()]
    return [node for node in nodes if node.members()]
