"""Brings the XML of Bugzilla (`show_bug.cgi?ctype=xml`) into the shape of its REST API."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document
from redaction.reading.xmltree import listed, parse_xml, said

_ROOT: Final = re.compile(r"<bugzilla\s(?s:.){0,2000}?<bug\b")
_PLAIN: Final = {
    **{"bug_id": "id", "short_desc": "summary", "bug_status": "status", "resolution": "resolution"},
    **{"bug_severity": "severity", "priority": "priority", "product": "product"},
    **{"component": "component", "version": "version", "op_sys": "op_sys"},
    **{"rep_platform": "platform", "creation_ts": "creation_time", "delta_ts": "last_change_time"},
    **{"target_milestone": "target_milestone", "status_whiteboard": "whiteboard"},
    **{"cf_last_resolved": "cf_last_resolved", "dup_id": "dupe_of"},
}
_LISTS: Final = {"dependson": "depends_on", "blocked": "blocks", "see_also": "see_also"}
_PEOPLE: Final = {"reporter": "creator", "assigned_to": "assigned_to"}


def is_xml(document: Document) -> bool:
    """Tell the XML of bugs by its root."""
    head = document.text[:5000]
    return document.media_type == "application/xml" and _ROOT.search(head) is not None


def bugs(document: Document) -> Iterator[Node]:
    """Yield each bug with its comments and attachments."""
    root = parse_xml(document.text)
    if root is not None:
        for bug in listed(root.at("bugzilla", "bug")):
            if bug.at("@error").value is None:
                yield _bug(bug)


def _bug(bug: Node) -> Node:
    found = {name: said(bug.at(key)) for key, name in _PLAIN.items() if said(bug.at(key)).value}
    for key, name in _LISTS.items():
        found[name] = Node([said(each) for each in listed(bug.at(key))], bug.at(key).line)
    for key, name in _PEOPLE.items():
        if said(bug.at(key)).value:
            found[name] = said(bug.at(key))
            found[f"{name}_detail"] = _person(bug.at(key))
    words = [word.strip() for word in said(bug.at("keywords")).scalar().split(",")]
    line = bug.at("keywords").line
    found["keywords"] = Node([Node(word, line) for word in words if word], line)
    comments = listed(bug.at("long_desc"))
    found["comments"] = Node([_comment(at, each) for at, each in enumerate(comments)], bug.line)
    files = [_file(each) for each in listed(bug.at("attachment"))]
    found["attachments"] = Node(files, bug.line)
    return Node(found, bug.line)


def _comment(place: int, told: Node) -> Node:
    return Node(
        {
            "creator": _person(told.at("who")),
            "creation_time": said(told.at("bug_when")),
            "text": said(told.at("thetext")),
            "is_private": Node(told.at("@isprivate").scalar() == "1", told.line),
            "count": Node(place, told.line),
        },
        told.line,
    )


def _file(told: Node) -> Node:
    return Node(
        {
            "file_name": said(told.at("filename")),
            "summary": said(told.at("desc")),
            "creation_time": said(told.at("date")),
        },
        told.line,
    )


def _person(node: Node) -> Node:
    """Return a person by name and address, as the page shows them."""
    named = {"real_name": node.at("@name"), "email": said(node)}
    return Node({key: each for key, each in named.items() if each.scalar()}, node.line)
