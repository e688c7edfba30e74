"""Refers to tickets, tenants, accounts and owners of a case by keyed references."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, TypeAlias, cast

from redaction.records import Json

EntityKind: TypeAlias = Literal["tenant", "account", "owner", "ticket"]

_KEYS: Final[dict[str, EntityKind]] = {
    **dict.fromkeys(("tenant", "tenantid", "tenantkey", "tenantname"), "tenant"),
    **dict.fromkeys(("organization", "organisation", "organizationid", "organisationid"), "tenant"),
    **dict.fromkeys(("org", "orgid", "customer", "customerid", "customername"), "tenant"),
    **dict.fromkeys(("account", "accountid", "accountnumber", "accountname"), "account"),
    **dict.fromkeys(("subscription", "subscriptionid", "contractid"), "account"),
    **dict.fromkeys(("owner", "ownerid", "caseowner", "assignee", "assigneeid"), "owner"),
    **dict.fromkeys(("assignedto", "assignedagent", "accountowner"), "owner"),
}
_INNER: Final = frozenset({"id", "key", "name", "displayname", "email", "emailaddress", "login"})
# A ticket has a title and a state; it stands alone, in a wrapper or as the one item of a list.
_TITLES: Final = frozenset({"subject", "summary", "title", "shortdescription"})
_STATES: Final = frozenset({"status", "state", "incidentstate"})
_TICKET_IDS: Final = ("key", "number", "iid", "id", "sysid", "ticketid", "incidentid", "caseid")
_CREATED: Final = ("createdat", "created", "openedat", "syscreatedon", "createdon")
_WRAPPERS: Final = (
    *("ticket", "tickets", "issue", "issues", "result", "results", "incident", "incidents"),
    *("case", "data", "event", "body", "object_attributes"),
)
_LINE: Final = re.compile(r"^[ \t]*([A-Za-z][A-Za-z _-]{2,20})[ \t]*:[ \t]*(\S[^\n]{0,199})$", re.M)
_LONGEST: Final = 200
# What is larger is no ticket, and a log names everybody's tenants.
_LARGEST: Final = 1 << 20
_HEAD: Final = 4_000
_MOST: Final = 50


@dataclass(frozen=True, slots=True, order=True)
class EntityRef:
    """A ticket, tenant, account or owner as a keyed reference (hex); the same one in every case.

    It is a column to filter and count by: it is never embedded, put into a prompt or exported.
    """

    kind: EntityKind
    ref: str


def entity_refs(
    texts: Iterable[tuple[str, str]], refer: Callable[[str, str], str]
) -> tuple[EntityRef, ...]:
    """Read `(media type, raw text)` of a case's artifacts; `refer` hashes kind and value.

    Only documents that can be tickets count: one JSON document, or the head of a text or mail.
    """
    found: dict[EntityRef, None] = {}
    for media_type, text in texts:
        if len(text) <= _LARGEST:
            for kind, value in islice(_named(media_type, text), _MOST):
                found[EntityRef(kind, refer(kind, value))] = None
    return tuple(sorted(found))


def tenant_of(entities: Iterable[EntityRef]) -> str:
    """Return the reference (hex) to whose case it is; empty when it names no tenant, or several."""
    tenants = {each.ref for each in entities if each.kind == "tenant"}
    return tenants.pop() if len(tenants) == 1 else ""


def _named(media_type: str, text: str) -> Iterator[tuple[EntityKind, str]]:
    if "json" in media_type:
        yield from _in_json(text)
    elif media_type.startswith(("text/", "message/")):
        for line in _LINE.finditer(text[:_HEAD]):
            if kind := _KEYS.get(_plain(line[1])):
                yield kind, line[2].strip()


def _in_json(text: str) -> Iterator[tuple[EntityKind, str]]:
    try:
        root = cast(Json, json.loads(text))
    except (ValueError, RecursionError):
        return
    if (ticket := ticket_in(root)) is not None:
        yield "ticket", ticket
    waiting: list[tuple[str, Json]] = [("", root)]
    while waiting:
        key, node = waiting.pop()
        if isinstance(node, dict):
            inner = ((_plain(name), kid) for name, kid in node.items())
            waiting += (
                (key if name in _INNER and key in _KEYS else name, kid) for name, kid in inner
            )
        elif isinstance(node, list):
            waiting += ((key, kid) for kid in node)
        elif (
            isinstance(node, str | int) and (kind := _KEYS.get(key)) and not isinstance(node, bool)
        ):
            value = str(node).strip()
            if 0 < len(value) <= _LONGEST:
                yield kind, value


def ticket_in(root: Json) -> str | None:
    """Return what identifies the one ticket of a document: its id with the time of its creation.

    Numbers alone repeat between trackers. None for a list of several, or without both.
    """
    tickets = list(_tickets(root, 3))
    if len(tickets) != 1:
        return None
    [ticket] = tickets
    fields = ticket.get("fields")
    whole = {**ticket, **fields} if isinstance(fields, dict) else ticket
    plain = {_plain(key): value for key, value in whole.items()}
    number = next((plain[key] for key in _TICKET_IDS if _is_scalar(plain.get(key))), None)
    created = next((plain[key] for key in _CREATED if _is_scalar(plain.get(key))), None)
    return None if number is None or created is None else f"{number} {created}"


def _tickets(node: Json, depth: int) -> Iterator[dict[str, Json]]:
    if isinstance(node, list):
        for item in node:
            yield from _tickets(item, depth - 1) if depth else ()
    if not isinstance(node, dict):
        return
    keys = {_plain(key) for key in node}
    inner = node.get("fields")
    keys |= {_plain(key) for key in inner} if isinstance(inner, dict) else set()
    if keys & _TITLES and keys & _STATES:
        yield node
    elif depth:
        for key in _WRAPPERS:
            yield from _tickets(node.get(key), depth - 1)


def _is_scalar(value: "Json | None") -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def _plain(key: str) -> str:
    return "".join(char for char in key.casefold() if char.isalnum())
