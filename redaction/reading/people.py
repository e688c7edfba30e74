"""Knows who plays which role in a case, by the placeholders and ids that name people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from redaction.case import Role
from redaction.reading.jsontree import Node
from redaction.text import PLACEHOLDER

_ROLE_WORDS: Final[dict[str, Role]] = {
    **dict.fromkeys(
        ("end-user", "end user", "enduser", "customer", "requester", "client"), "customer"
    ),
    **dict.fromkeys(("reporter", "contact", "caller", "guest", "external"), "customer"),
    **dict.fromkeys(("agent", "analyst", "support", "operator", "itil"), "analyst"),
    **dict.fromkeys(("engineer", "developer", "sre", "engineering"), "engineer"),
    **dict.fromkeys(("bot", "app", "system", "automation", "integration"), "bot"),
}
# An engineer's word can state a cause, so a title must leave no doubt: support engineers, sales
# engineers and the like are no engineers of the product.
_SUPPORT_TITLE: Final = re.compile(r"(?i)\b(?:support|helpdesk|service desk|escalations?)\b")
_CUSTOMER_TITLE: Final = re.compile(r"(?i)^(?:customer|client|guest)\b(?!.*\b(?:success|care)\b)")
_ENGINEER_TITLE: Final = re.compile(
    r"(?i)\b(?:sre|site reliability|engineer(?:ing)?|developer|devops|dba|platform team)\b"
)
_OTHER_TITLE: Final = re.compile(r"(?i)\b(?:sales|solutions?|success|account|manager|customer)\b")
_PERSONAL: Final = re.compile("PERSON|EMAIL|USER|HANDLE|LOGIN|NAME")
# A tracker's own id of a person: digits in it and no space, or a placeholder of an id or address.
_OPAQUE: Final = re.compile(r"(?=\D*\d)[\w-]+|<(?:[A-Z_]*ID|EMAIL|USER)_\d+>(?:@[\w.<>-]{1,200})?")
_MAIL_NAME: Final = re.compile(
    r"(?P<name>.*?)\s*<(?P<address>[^<>\s]+|<[A-Z_]+_\d+>(?:@(?:<[A-Z_]+_\d+>|[\w.-]+))?)>"
)
_IN_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]\s*$")
_NAME_KEYS: Final = (
    *("display_value", "displayName", "real_name", "full_name", "name", "display_name", "summary"),
    *("email", "emailAddress", "email_address", "login", "username", "value", "id"),
)
_PROFILE_KEYS: Final = ("profile", "user_profile", "user")


@dataclass(frozen=True, slots=True)
class Person:
    """Who a node of a ticket or chat names: text to show, every id of theirs, a role if stated."""

    name: str
    ids: frozenset[str]
    role: Role | None


NOBODY: Final = Person("", frozenset(), None)


class Directory:
    """The people of a case: an id or placeholder leads to a name and a role."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._names: dict[str, str] = {}
        self._roles: dict[str, Role] = {}
        self._met: dict[str, Person] = {}

    def people(self) -> Iterator[tuple[str, Role]]:
        """Yield name and role of everybody who was met, once each, in that order."""
        shown: dict[str, Role] = {}
        for person in self._met.values():
            shown.setdefault(self.name(person), self.role(person) or "other")
        yield from shown.items()

    def learn(self, person: Person, role: Role | None = None) -> None:
        """Remember a person; a role learned first is not overwritten."""
        if person.name:
            self._met.setdefault(person.name, person)
        role = person.role or role
        for key in person.ids | ids_in(person.name):
            if role is not None:
                self._roles.setdefault(key, role)
            if person.name != key and _OPAQUE.fullmatch(key):
                self._names.setdefault(key, person.name)

    def role(self, person: Person) -> Role | None:
        """Return the role stated with the person, else the one known from elsewhere."""
        if person.role is not None:
            return person.role
        for key in sorted(person.ids | ids_in(person.name)):
            if key in self._roles:
                return self._roles[key]
        return None

    def name(self, person: Person) -> str:
        """Return the name to show: an id alone is replaced by the name that is known for it."""
        return self._names.get(person.name) or person.name


def ids_in(text: str) -> frozenset[str]:
    """Return what identifies a person in text: their placeholders, else the whole name.

    A placeholder of a company or place in a name (`<ORGANIZATION_1> Support`) identifies nobody.
    """
    placeholders = frozenset(
        match[0] for match in PLACEHOLDER.finditer(text) if _PERSONAL.search(match[1])
    )
    return placeholders or (frozenset((text.strip().casefold(),)) if text.strip() else frozenset())


def person_of(node: Node | None) -> Person:
    """Read a person from a name, an id or an object with the usual keys."""
    if node is None:
        return NOBODY
    members = node.members()
    if not members:
        name = node.scalar()
        ids = ids_in(name) | {name} if name else frozenset[str]()
        return Person(name, ids, role_in_name(name))
    nobody: dict[str, Node] = {}
    profile = next((members[key].members() for key in _PROFILE_KEYS if key in members), nobody)
    every = {**profile, **members}
    values = [every[key].scalar().strip() for key in _NAME_KEYS if key in every]
    values = [value for value in values if value]
    if not values and (inner := profile or members.get("user")):
        return person_of(inner) if isinstance(inner, Node) else NOBODY
    ids = frozenset(values).union(*(ids_in(value) for value in values))
    name = next((value for value in values if value != members.get("id", node).scalar()), "")
    return Person(name or "".join(values[:1]), ids, _stated_role(every) or role_in_name(name))


def person_in_header(header: str) -> Person:
    """Read a mail's `"Name" <address>`; the name is shown, both identify."""
    match = _MAIL_NAME.fullmatch(header[:1000].strip())
    if match is None:
        return Person(header.strip(), ids_in(header), None)
    name = match["name"].strip().strip('"').strip()
    ids = ids_in(name) | ids_in(match["address"])
    return Person(name or match["address"], ids, role_in_name(name))


def role_named(word: str) -> Role | None:
    """Return the role that a tracker's own role word means."""
    return _ROLE_WORDS.get(word.strip().casefold().replace("_", "-"))


def role_titled(title: str) -> Role | None:
    """Return the role that a job title means, when it leaves no doubt."""
    if _SUPPORT_TITLE.search(title):
        return "analyst"
    if _CUSTOMER_TITLE.search(title):
        return "customer"
    if _OTHER_TITLE.search(title) or not _ENGINEER_TITLE.search(title):
        return None
    return "engineer"


def role_in_name(name: str) -> Role | None:
    """Return the role in brackets behind a display name: `<PERSON_3> (SRE)`."""
    match = _IN_BRACKETS.search(name)
    return (role_named(match[1]) or role_titled(match[1])) if match else None


def _stated_role(members: dict[str, Node]) -> Role | None:
    for key in ("is_bot", "bot"):
        if key in members and members[key].value is True:
            return "bot"
    for key in ("is_stranger", "is_external", "is_customer", "is_guest", "is_restricted"):
        if key in members and members[key].value is True:
            return "customer"
    for key in ("role", "user_type", "type", "accountType"):
        if key in members and (role := role_named(members[key].scalar())):
            return role
    return role_titled(members["title"].scalar()) if "title" in members else None
