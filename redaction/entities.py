"""Refers to the tenants, accounts and owners of a case by keyed references; counts across cases."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, TypeAlias, cast

from redaction.records import Json

EntityKind: TypeAlias = Literal["tenant", "account", "owner"]

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
_LINE: Final = re.compile(r"^[ \t]*([A-Za-z][A-Za-z _-]{2,20})[ \t]*:[ \t]*(\S[^\n]{0,199})$", re.M)
_LONGEST: Final = 200
# What is larger is no ticket, and a log names everybody's tenants.
_LARGEST: Final = 1 << 20
_HEAD: Final = 4_000
_MOST: Final = 50


@dataclass(frozen=True, slots=True, order=True)
class EntityRef:
    """A tenant, account or owner as a keyed reference (hex); the same one in every case.

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


def _named(media_type: str, text: str) -> Iterator[tuple[EntityKind, str]]:
    if "json" in media_type:
        yield from _in_json(text)
    elif media_type.startswith(("text/", "message/")):
        for line in _LINE.finditer(text[:_HEAD]):
            if kind := _KEYS.get(_plain(line[1])):
                yield kind, line[2].strip()


def _in_json(text: str) -> Iterator[tuple[EntityKind, str]]:
    try:
        waiting: list[tuple[str, Json]] = [("", cast(Json, json.loads(text)))]
    except (ValueError, RecursionError):
        return
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


def _plain(key: str) -> str:
    return "".join(char for char in key.casefold() if char.isalnum())
