"""The redaction policy: what happens to each kind of value, from a table people can read."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Final, Literal, TypeAlias, cast, get_args

from redaction.case import SpanAction
from redaction.errors import PolicyInvalid, UnknownPolicy
from redaction.lists import NO_LISTS, Lists

Action: TypeAlias = Literal["drop", "pseudonymise", "keep"]
Profile: TypeAlias = Literal["minimal", "default", "strict"]
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
POLICY_FILE: Final = "policy.toml"


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


def policy_from(text: str, chosen: str | None = None) -> Policy:
    """Read a workspace's policy file: `profile = "…"` and `[actions]` with `KIND = "action"`.

    `chosen` is a profile that was asked for by name; it wins over the file's, whose actions stay.

    Raises:
        UnknownPolicy: there is no such profile.
        PolicyInvalid: the file says what a policy cannot say; the message lists what it can.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyInvalid(f"{POLICY_FILE} is not TOML: {error}") from None
    if unknown := sorted(said.keys() - {"profile", "actions"}):
        raise PolicyInvalid(f"{POLICY_FILE}: unknown {unknown[0]!r}; there is: profile, [actions]")
    named, actions = said.get("profile", "default"), said.get("actions", {})
    if not isinstance(named, str) or not isinstance(actions, dict):
        raise PolicyInvalid(f"{POLICY_FILE}: profile is a name, [actions] a table")
    policy = policy_named(chosen or named)
    table = cast("dict[str, object]", actions)
    own = {kind: _own(policy, kind, action) for kind, action in table.items()}
    return replace(policy, actions={**policy.actions, **own})


def _own(policy: Policy, kind: str, action: object) -> Action:
    if kind not in policy.actions:
        known = ", ".join(sorted(policy.actions))
        raise PolicyInvalid(f"{POLICY_FILE}: unknown kind {kind!r}; there is: {known}")
    if action not in ACTIONS:
        raise PolicyInvalid(f"{POLICY_FILE}: {kind} is one of {', '.join(ACTIONS)}")
    if policy.actions[kind] == "drop" and action != "drop":
        raise PolicyInvalid(f"{POLICY_FILE}: {kind} is a secret and stays on drop")
    if kind == "TAG" and action != policy.actions[kind]:
        raise PolicyInvalid(f"{POLICY_FILE}: TAG keeps our placeholders apart and stays as it is")
    return action


def described_kinds() -> Mapping[str, str]:
    """Return what each kind of value is, in the table's words."""
    return {kind: row["what"] for kind, row in _table().items()}


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = (resources.files("redaction") / "policies.toml").read_text("utf-8")
    return tomllib.loads(text)["kinds"]
