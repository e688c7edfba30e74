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
_MENTIONED: Final = re.compile(r"@((?=[A-Z\d]*\d)[A-Z\d]{6,20}\b|<(?!PERSON)[A-Z_]+_\d+>)")
_WEIGHTS: Final[tuple[Role, ...]] = ("other", "customer", "engineer", "analyst", "bot")
# A shorter id says too little: two systems number different people alike.
_SHORTEST: Final = 4
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
    """The people of a case: an id or placeholder leads to a name and a role.

    What a payload says of somebody themselves (an agent, an end user) outweighs what a place in a
    record makes of them (an assignee, a requester); of two that weigh the same, staff outweighs
    customer, and an analyst an engineer. Neither depends on what was read first.
    """

    def __init__(self) -> None:
        """Start with nobody."""
        self._names: dict[str, str] = {}
        self._roles: dict[str, tuple[bool, Role]] = {}
        self._met: dict[str, Person] = {}
        self._same: dict[str, str] = {}

    def people(self) -> Iterator[tuple[str, Role]]:
        """Yield name and role of everybody who was met, once each, in that order."""
        shown: dict[str, Role] = {}
        for person in self._met.values():
            shown.setdefault(self.name(person), self.role(person) or "other")
        yield from shown.items()

    def learn(self, person: Person, role: Role | None = None) -> None:
        """Remember a person; `role` is the one that their place in a record gives them."""
        if person.name:
            self._met.setdefault(person.name, person)
        keys = _keys(person)
        self._join(keys)
        told = person.role or role
        for head in {self._head(key) for key in keys} if told else ():
            self._weigh(head, (person.role is not None, told or "other"))
        for key in keys:
            if person.name != key and _OPAQUE.fullmatch(key):
                self._names.setdefault(key, person.name)

    def role(self, person: Person) -> Role | None:
        """Return the role stated with the person, else the one known from elsewhere."""
        if person.role is not None:
            return person.role
        known = [
            self._roles[head] for key in _keys(person) if (head := self._head(key)) in self._roles
        ]
        return max(known, key=_weight)[1] if known else None

    def name(self, person: Person) -> str:
        """Return the name to show: an id alone is replaced by the name that is known for it."""
        return self._names.get(person.name) or person.name

    def mentioned(self, text: str) -> str:
        """Return a text whose mentions of an id (`@U024BE7LH`) say the name known for it."""
        if "@" not in text:
            return text
        return _MENTIONED.sub(lambda found: f"@{self._names.get(found[1], found[1])}", text)

    def _join(self, keys: frozenset[str]) -> None:
        """Remember that these keys name one person; what is known of either holds for both."""
        joint = [key for key in keys if len(key) >= _SHORTEST]
        if sum(key.startswith("<PERSON") for key in joint) > 1:
            return  # a name of two people, such as a writer and whom they write for
        heads = sorted({self._head(key) for key in joint})
        for head in heads[1:]:
            self._same[head] = heads[0]
            if head in self._roles:
                self._weigh(heads[0], self._roles.pop(head))

    def _head(self, key: str) -> str:
        """Return the key under which what is known of a person stands."""
        while key in self._same:
            key = self._same[key]
        return key

    def _weigh(self, key: str, told: tuple[bool, Role]) -> None:
        self._roles[key] = max(self._roles.get(key, told), told, key=_weight)


def _keys(person: Person) -> frozenset[str]:
    """Return what identifies a person; a bot that posts in somebody's name is not that person."""
    return person.ids if person.role == "bot" and person.ids else person.ids | ids_in(person.name)


def _weight(told: tuple[bool, Role]) -> tuple[bool, int]:
    return told[0], _WEIGHTS.index(told[1])


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
