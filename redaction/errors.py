"""The errors of redaction; they name ids, kinds and offsets, never content.

RedactionError
├── CannotRead       a path, archive or record file that cannot be taken in at all
├── UnknownPolicy    a policy name that does not exist
├── PolicyInvalid    a workspace's policy file says what a policy cannot say
├── DetectorFailed   a detector is missing or broke; nothing passes
├── NotVerified      a secret survived the second look; nothing passes
├── EgressRefused    the outbound gate found something in text that was about to leave
├── CaseOutdated     a stored case does not hold under the policy of today
├── KeyUnavailable   the workspace key is missing or unreadable
├── LedgerBroken     the ledger cannot be continued; nothing happens unrecorded
├── NotInVault       a placeholder that the case does not know
└── SealBroken       a stored body does not match its MAC
"""


class RedactionError(Exception):
    """Base of everything this package raises on purpose."""


class CannotRead(RedactionError):
    """A path, archive or record file that cannot be taken in at all."""


class UnknownPolicy(RedactionError):
    """A policy name that does not exist."""


class PolicyInvalid(RedactionError):
    """A workspace's policy file says what a policy cannot say."""


class DetectorFailed(RedactionError):
    """A detector is missing or broke; nothing passes."""


class NotVerified(RedactionError):
    """A secret survived the second look; nothing passes."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("redaction could not be verified")


class EgressRefused(RedactionError):
    """The outbound gate found something; `findings` are (type, start, end), never values."""

    def __init__(self, findings: tuple[tuple[str, int, int], ...]) -> None:
        """Name kinds and character offsets of what was found."""
        self.findings = findings
        places = ", ".join(f"{kind} at {start}-{end}" for kind, start, end in findings[:5])
        super().__init__(f"refused to let text out: {places}. Redact the case again and retry.")


class CaseOutdated(RedactionError):
    """A stored case was redacted under another policy, and the one of today finds more in it."""

    def __init__(self, case_id: str, findings: tuple[tuple[str, str, int, int], ...]) -> None:
        """Name the case, and artifact, kind and offsets of what shows."""
        self.findings = findings
        places = ", ".join(f"{kind} in {at} {start}-{end}" for at, kind, start, end in findings[:5])
        more = f" and {len(findings) - 5} more" if len(findings) > 5 else ""
        super().__init__(
            f"case {case_id} was redacted under another policy, and today's finds {places}{more}: "
            "it is withheld. Run the case again from its artifacts, or erase it: triage forget."
        )


class NotInVault(RedactionError):
    """A placeholder that the case does not know."""


class LedgerBroken(RedactionError):
    """The ledger cannot be continued; what it was to record does not happen."""


class KeyUnavailable(RedactionError):
    """The workspace key is missing or unreadable."""


class SealBroken(RedactionError):
    """A stored body does not match its MAC."""

    def __init__(self, binding: tuple[str, ...]) -> None:
        """Name what was asked for (table, ids, policy)."""
        super().__init__(
            f"stored record {'/'.join(binding)} was changed or written under another key: "
            "it is quarantined. Run the case again from its artifacts."
        )
