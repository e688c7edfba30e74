"""Words people as roles: who a placeholder is on this case, and what to write instead."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, LiteralString, TypeAlias

from assistant.facts.statements import speaker
from redaction import PLACEHOLDER, Message, RedactedText, Role, compose, join

# A mail address names its person, and then the domain: `<EMAIL_1>@<DOMAIN_1>`, `…@gmail.com`.
_AT_DOMAIN: Final = re.compile(r"(?:@|%40)(?:<DOMAIN_\d+>|[\w-]+(?:\.[\w-]+)+)")
_PERSONAL: Final = ("PERSON", "USER", "USERNAME", "LOGIN", "HANDLE", "EMAIL", "EMAIL_ADDRESS")

Cast: TypeAlias = Mapping[str, Role]


def cast_of(messages: Iterable[Message]) -> Cast:
    """Return the role of each author, by placeholder."""
    roles: dict[str, Role] = {}
    for message in messages:
        if message.role != "other":
            for found in PLACEHOLDER.finditer(message.author):
                roles.setdefault(found[0], message.role)
    return roles


def without_names(text: RedactedText, cast: Cast) -> RedactedText:
    """Replace placeholders of people by their roles; everything else stays as it is."""
    parts: list[RedactedText] = []
    start = 0
    for found in PLACEHOLDER.finditer(text):
        if found[1] not in _PERSONAL:
            continue
        parts.append(text[start : found.start()])
        parts.append(compose("{role}", role=_role(cast.get(found[0]))))
        domain = _AT_DOMAIN.match(text, found.end()) if found[1] == "EMAIL" else None
        start = (domain or found).end()
    return join("", (*parts, text[start:]))


def _role(role: Role | None) -> LiteralString:
    return speaker(role) if role is not None else "a person"
