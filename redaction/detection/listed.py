"""Applies a workspace's lists: denied values are always found, allowed ones never."""

from collections.abc import Iterable

from redaction.detection import Finding
from redaction.detection.literals import Literal, Literals
from redaction.policy import Policy

_NO_OTHER = "OPAQUE_ID"


class Listed:
    """The lists of one policy, ready to be looked up in texts."""

    def __init__(self, policy: Policy) -> None:
        """Index both lists; a denied kind that the policy keeps is shown as an opaque value."""
        deny, allow = policy.lists.deny, policy.lists.allow
        self._policy = policy
        self._denied = Literals(
            Literal(value, kind if policy.action(kind) else _NO_OTHER)
            for value, kind in deny.items()
        )
        self._values = frozenset(" ".join(value.split()).casefold() for value in allow)
        self._allowed = Literals(Literal(value, "") for value in allow)

    def denied(self, text: str) -> list[Finding]:
        """Find every denied value, ordinary words included."""
        return [
            Finding(start, end, literal.key, "list:deny", 1.0)
            for start, end, literal in self._denied.find(text)
        ]

    def standing(self, findings: Iterable[Finding], text: str) -> list[Finding]:
        """Leave out what is allowed: a listed value, and what lies inside one.

        A secret is left out only when it is itself listed, as a whole.
        """
        if not self._values:
            return list(findings)
        places = [(start, end) for start, end, _ in self._allowed.find(text)]
        return [found for found in findings if not self._allows(found, text, places)]

    def _allows(self, found: Finding, text: str, places: list[tuple[int, int]]) -> bool:
        if found.detector == "list:deny":
            return False
        if " ".join(text[found.start : found.end].split()).casefold() in self._values:
            return True
        return not self._policy.is_secret(found.type) and any(
            start <= found.start and found.end <= end for start, end in places
        )
