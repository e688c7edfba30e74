"""Brings Jira's XML export, a feed of items, into the shape of the issues of its REST API."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.reading.jsontree import Node
from redaction.reading.markup import text_of_markup
from redaction.reading.payloads.payload import Document
from redaction.reading.xmltree import listed, parse_xml, said

_ITEM: Final = re.compile(r"<item>(?s:.){0,8000}?<key id=[\"'][^\"'\n]*[\"']>")
_PLAIN: Final = {
    **{"summary": "summary", "created": "created", "updated": "updated"},
    **{"resolved": "resolutiondate", "project": "project", "type": "issuetype"},
    **{"status": "status", "priority": "priority"},
}
_LISTS: Final = {"component": "components", "version": "versions", "fixVersion": "fixVersions"}
_MARKED_UP: Final = ("description", "environment")
_NOBODY: Final = ("-1", "Unassigned", "Unresolved")


def is_feed(document: Document) -> bool:
    """Tell Jira's feed by an item that has a key."""
    head = document.text[:20_000]
    return document.media_type == "application/xml" and _ITEM.search(head) is not None


def issues(document: Document) -> Iterator[Node]:
    """Yield each item as an issue, with the names of its own fields beside."""
    root = parse_xml(document.text)
    if root is not None:
        for item in listed(root.at("rss", "channel", "item")):
            yield _issue(item)


def _issue(item: Node) -> Node:
    fields: dict[str, Node] = {}
    for key, name in _PLAIN.items():
        fields[name] = _named(said(item.at(key)))
    for key, name in _LISTS.items():
        fields[name] = Node([_named(said(each)) for each in listed(item.at(key))], item.line)
    for key in _MARKED_UP:
        fields[key] = _text(said(item.at(key)))
    fields["labels"] = Node(
        [said(each) for each in listed(item.at("labels", "label"))], item.at("labels").line
    )
    if said(item.at("resolution")).scalar() not in _NOBODY:
        fields["resolution"] = _named(said(item.at("resolution")))
    for key in ("assignee", "reporter"):
        if item.at(key, "@username").scalar() not in _NOBODY:
            fields[key] = _person(said(item.at(key)), item.at(key, "@username"))
    fields["comment"] = _object(comments=_comments(item))
    fields["attachment"] = Node(list(_files(item)), item.line)
    fields["issuelinks"] = Node(list(_links(item)), item.line)
    fields["subtasks"] = Node(
        [_object(key=said(each)) for each in listed(item.at("subtasks", "subtask"))], item.line
    )
    names: dict[str, Node] = {}
    for each in listed(item.at("customfields", "customfield")):
        values = listed(each.at("customfieldvalues", "customfieldvalue"))
        key = f"customfield_{each.at('@id').scalar().removeprefix('customfield_')}"
        names[key] = said(each.at("customfieldname"))
        fields[key] = Node([_text(said(value)) for value in values], each.line)
    return _object(key=said(item.at("key")), fields=Node(fields, item.line), names=_of(names))


def _comments(item: Node) -> Node:
    people = {key: item.at(key) for key in ("assignee", "reporter")}
    names = {each.at("@username").scalar(): said(each) for each in people.values()}
    found: list[Node] = []
    for each in listed(item.at("comments", "comment")):
        login = each.at("@author")
        author = _person(names.get(login.scalar(), login), login)
        body = _text(said(each))
        comment = {"author": author, "body": body, "created": each.at("@created")}
        internal = each.at("@grouplevel").scalar() or each.at("@rolelevel").scalar()
        if internal:
            comment["visibility"] = Node(internal, each.line)
        found.append(Node(comment, each.line))
    return Node(found, item.line)


def _files(item: Node) -> Iterator[Node]:
    for each in listed(item.at("attachments", "attachment")):
        yield _object(filename=each.at("@name"), created=each.at("@created"))


def _links(item: Node) -> Iterator[Node]:
    for kind in listed(item.at("issuelinks", "issuelinktype")):
        for side, key, name in (
            ("outwardlinks", "outwardIssue", "outward"),
            ("inwardlinks", "inwardIssue", "inward"),
        ):
            for links in listed(kind.at(side)):
                about = _object(**{name: links.at("@description"), "name": said(kind.at("name"))})
                for link in listed(links.at("issuelink")):
                    issue = _object(key=said(link.at("issuekey")))
                    yield _object(**{"type": about, key: issue})


def _person(name: Node, login: Node) -> Node:
    return _object(displayName=name, name=login) if name.scalar() else Node(None, name.line)


def _named(node: Node) -> Node:
    return Node(node.scalar(), node.line)


def _text(node: Node) -> Node:
    return Node(text_of_markup(node.scalar()), node.line)


def _of(members: dict[str, Node]) -> Node:
    return Node(members, 1)


def _object(**members: Node) -> Node:
    return Node(dict(members), next((each.line for each in members.values()), 1))
