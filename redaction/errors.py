"""The errors of redaction; they name ids, kinds and offsets, never content.

RedactionError
├── CannotRead       a path, archive or record file that cannot be taken in at all
├── UnknownPolicy    a policy name that does not exist
├── DetectorFailed   a detector is missing or broke; nothing passes
├── EgressRefused    the outbound gate found something in text that was about to leave
├── KeyUnavailable   the workspace key is missing or unreadable
└── SealBroken       a stored body does not match its MAC
"""


class RedactionError(Exception):
    """Base of everything this package raises on purpose."""


class CannotRead(RedactionError):
    """A path, archive or record file that cannot be taken in at all."""


class UnknownPolicy(RedactionError):
    """A policy name that does not exist."""


class DetectorFailed(RedactionError):
    """A detector is missing or broke; nothing passes."""


class EgressRefused(RedactionError):
    """The outbound gate found something; `findings` are (type, start, end), never values."""

    def __init__(self, findings: tuple[tuple[str, int, int], ...]) -> None:
        """Name kinds and character offsets of what was found."""
        self.findings = findings
        places = ", ".join(f"{kind} at {start}-{end}" for kind, start, end in findings[:5])
        super().__init__(f"refused to let text out: {places}. Redact the case again and retry.")


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
