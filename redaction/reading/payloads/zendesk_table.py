"""Reads the CSV that Zendesk makes of a view or of all tickets: a row per ticket."""

from collections.abc import Iterator
from typing import Final

from redaction.case import FieldName, Role
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Told
from redaction.reading.people import Person, person_of

_FIELDS: Final[dict[str, FieldName]] = {
    **{"ID": "id", "Id": "id", "Ticket ID": "id", "Subject": "title", "Status": "status"},
    **{"Priority": "priority", "Requested": "created", "Created at": "created"},
    **{"Updated": "updated", "Updated at": "updated", "Solved at": "resolved"},
    **{"Group": "group", "Tags": "labels", "Ticket type": "other", "Type": "other"},
    **{"Organization": "other", "Satisfaction Score": "other", "Ticket form": "other"},
}
_PEOPLE: Final[tuple[tuple[str, Role], ...]] = (("Assignee", "analyst"), ("Requester", "customer"))


def is_table(document: Document) -> bool:
    """Tell a list of tickets by columns that only Zendesk names so."""
    first = next(iter(document.records()), document.root).members().keys()
    return (
        document.media_type == "text/csv"
        and {"Subject", "Requester", "Status"} <= first
        and bool(first & {"ID", "Id", "Ticket ID"})
    )


def read(document: Document) -> Iterator[Told]:
    """Yield what each row tells."""
    for row in document.records():
        people: list[tuple[Person, Role]] = [
            (person_of(row.at(key)), role) for key, role in _PEOPLE if row.at(key).scalar()
        ]
        fields = [
            field
            for key, name in _FIELDS.items()
            for field in document.field(name, key, _cell(row, key))
        ]
        yield Told(fields=tuple(fields), people=tuple(people))


def _cell(row: Node, key: str) -> Node:
    cell = row.at(key)
    return Node(None, row.line) if cell.scalar().strip() == "-" else cell
