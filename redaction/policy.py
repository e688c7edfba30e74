"""The redaction policy: a table a privacy officer can read, from kind of value to action."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from redaction.case import SpanAction
from redaction.errors import UnknownPolicy

Action: TypeAlias = Literal["drop", "pseudonymise", "generalise", "keep"]

DEFAULT: dict[str, Action] = {
    # Secrets: a typed tag, no copy in the vault.
    "API_KEY": "drop",
    "CLOUD_KEY": "drop",
    "COOKIE": "drop",
    "CREDIT_CARD": "drop",
    "JWT": "drop",
    "LICENCE_KEY": "drop",
    "NATIONAL_ID": "drop",
    "PASSWORD": "drop",
    "PRIVATE_KEY": "drop",
    "SECRET": "drop",
    "TOKEN": "drop",
    # People and how to reach them.
    "ADDRESS": "pseudonymise",
    "BIRTHDATE": "pseudonymise",
    "EMAIL": "pseudonymise",
    "IBAN": "pseudonymise",
    "PERSON": "pseudonymise",
    "PHONE": "pseudonymise",
    "USER": "pseudonymise",
    # Customers and what identifies them.
    "ACCOUNT": "pseudonymise",
    "CUSTOMER": "pseudonymise",
    "ORDER": "pseudonymise",
    "ORGANIZATION": "pseudonymise",
    "TENANT": "pseudonymise",
    # Machines and traces.
    "HEX_ID": "pseudonymise",
    "HOST": "pseudonymise",
    "IP": "pseudonymise",
    "MAC": "pseudonymise",
    "OPAQUE_ID": "pseudonymise",
    "POD": "pseudonymise",
    "REQUEST": "pseudonymise",
    "SESSION": "pseudonymise",
    "TRACE": "pseudonymise",
    "UUID": "pseudonymise",
    # Input that already looks like a placeholder, so that it cannot collide with one of ours.
    "TAG": "pseudonymise",
    # Needed for diagnosis, and not personal by itself.
    "LOCATION": "keep",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """A named table of actions; kinds that it does not list are pseudonymised."""

    name: str
    actions: Mapping[str, Action]

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the canonical table: two policies that act alike share it."""
        table = json.dumps(dict(sorted(self.actions.items())), separators=(",", ":"))
        return hashlib.sha256(table.encode()).hexdigest()

    def action(self, kind: str) -> SpanAction | None:
        """Say what happens to a kind of value; None keeps it."""
        action = self.actions.get(kind, "pseudonymise")
        return None if action == "keep" else action

    def is_secret(self, kind: str) -> bool:
        """Tell whether values of this kind are dropped without a copy."""
        return self.action(kind) == "drop"


_POLICIES = {"default": Policy("default", DEFAULT)}


def policy_named(name: str) -> Policy:
    """Look a policy up.

    Raises:
        UnknownPolicy: there is none of that name; the message lists those there are.
    """
    try:
        return _POLICIES[name]
    except KeyError:
        known = ", ".join(sorted(_POLICIES))
        raise UnknownPolicy(f"no policy {name!r}; there is: {known}") from None
