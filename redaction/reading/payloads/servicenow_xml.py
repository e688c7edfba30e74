"""Brings ServiceNow's XML exports (a list, or records to unload) into the Table API's shape."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document
from redaction.reading.xmltree import listed, parse_xml, said

_ROOT: Final = re.compile(
    r"\A\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:xml|unload|response)\b[^>]{0,200}>"
)
_OWN: Final = re.compile(r"<sys_(?:id|created_on|updated_on)>")


def is_xml(document: Document) -> bool:
    """Tell an export by its root and the fields that every record has."""
    head = document.text[:20_000]
    return (
        document.media_type == "application/xml"
        and _ROOT.match(head) is not None
        and _OWN.search(head) is not None
    )


def records(document: Document) -> Iterator[Node]:
    """Yield each record; what a reference shows stands beside what it stores."""
    root = parse_xml(document.text)
    top = next(iter(root.members().values()), Node(None, 1)) if root else Node(None, 1)
    for table, found in top.members().items():
        for record in listed(found):
            if record.members() and record.at("@action").scalar() != "DELETE":
                yield _record(table, record)


def _record(table: str, record: Node) -> Node:
    members: dict[str, Node] = {}
    for key, node in record.members().items():
        if key.startswith(("@", "#")):
            continue
        shown = node.at("@display_value")
        if shown.scalar():
            members[key] = Node({"display_value": shown, "value": said(node)}, node.line)
        elif said(node).scalar():
            members[key] = said(node)
    if table != "result":
        members.setdefault("sys_class_name", Node(table, record.line))
    return Node(members, record.line)
