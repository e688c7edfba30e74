"""The redaction policy: what happens to each kind of value, from a table people can read."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias, cast

from redaction.case import SpanAction
from redaction.errors import UnknownPolicy
from redaction.lists import NO_LISTS, Lists

Action: TypeAlias = Literal["drop", "pseudonymise", "keep"]
Profile: TypeAlias = Literal["minimal", "default", "strict"]


@dataclass(frozen=True, slots=True)
class Policy:
    """A named table of actions, and a workspace's lists; a kind without a row is pseudonymised."""

    name: str
    actions: Mapping[str, Action]
    lists: Lists = NO_LISTS

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the table and the lists' reference: policies that act alike share it."""
        known = [dict(sorted(self.actions.items())), self.lists.reference]
        table = json.dumps(known, separators=(",", ":"))
        return hashlib.sha256(table.encode()).hexdigest()

    def action(self, kind: str) -> SpanAction | None:
        """Say what happens to a kind of value; None keeps it."""
        action = self.actions.get(kind, "pseudonymise")
        return None if action == "keep" else action

    def is_secret(self, kind: str) -> bool:
        """Tell whether values of this kind are dropped without a copy."""
        return self.action(kind) == "drop"


def policy_named(name: str) -> Policy:
    """Look a profile up in the table.

    Raises:
        UnknownPolicy: there is none of that name; the message lists those there are.
    """
    table = _table()
    profiles = {key for row in table.values() for key in row} - {"what"}
    if name not in profiles:
        known = ", ".join(sorted(profiles))
        raise UnknownPolicy(f"no policy {name!r}; there is: {known}")
    return Policy(name, {kind: cast(Action, row[name]) for kind, row in table.items()})


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = (resources.files("redaction") / "policies.toml").read_text("utf-8")
    return tomllib.loads(text)["kinds"]
