"""Reads what the labels of an issue say: severity, priority, component, environment."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from redaction.case import Field
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, joined
from redaction.reading.tickets import field_named

_SCOPED: Final = re.compile(r"([A-Za-z][A-Za-z _-]{1,20}?)(?: *:{1,2} *|/)(\S.{0,80})")
_SCOPES: Final = {"area": "component", "comp": "component", "prio": "priority"}
_RANKED: Final = re.compile(r"(?i)(sev|p|prio(?:rity)?)[ -]?[0-5]")
_TOLD: Final = frozenset(("severity", "priority", "component", "environment", "version", "tier"))


def labelled(document: Document, node: Node, names: Iterable[Node]) -> Iterator[Field]:
    """Yield the labels as one field, and what a label such as `severity::2` or `P1` says."""
    every = list(names)
    yield from document.field("labels", "labels", node, joined(every))
    for each in every:
        text = each.scalar().strip()
        if scoped := _SCOPED.fullmatch(text):
            scope = scoped[1].lower()
            name = field_named(_SCOPES.get(scope, scope))
            if name in _TOLD:
                yield from document.field(name, "labels", each, scoped[2])
        elif ranked := _RANKED.fullmatch(text):
            name = "severity" if ranked[1].lower() == "sev" else "priority"
            yield from document.field(name, "labels", each)
