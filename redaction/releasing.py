"""Brings a quarantined artifact back without the lines that cannot be verified."""

from collections.abc import Callable
from typing import Final, Literal, TypeAlias, get_args

from redaction.case import Artifact, RedactedCase
from redaction.detection.splicing import Clean
from redaction.detection.withholding import WITHHELD, WITHHELD_KIND, places_of, withhold
from redaction.errors import EgressRefused

ReleaseReason: TypeAlias = Literal["diagnosis", "customer-request", "security-incident", "legal"]
RELEASE_REASONS: Final[tuple[ReleaseReason, ...]] = get_args(ReleaseReason)
NOT_VERIFIED: Final = "redaction could not be verified"
"""Why an artifact is quarantined that was read, and in which a secret survived."""
_ROUNDS: Final = 4


def withheld_lines(artifact: Artifact) -> tuple[int, ...]:
    """Return the numbers of the lines of a redacted artifact in which something is withheld."""
    numbers: dict[int, None] = {}
    line, counted = 1, 0
    for placed in artifact.placed():
        if placed.span.type == WITHHELD_KIND:
            line += artifact.text.count("\n", counted, placed.start)
            counted = placed.start
            numbers[line] = None
    return tuple(numbers)


def shows_anything(artifact: Artifact) -> bool:
    """Tell whether anything of an artifact is left beside what is withheld."""
    return any(character.isalnum() for character in artifact.text.replace(WITHHELD, ""))


def released_before(case: RedactedCase) -> frozenset[str]:
    """Return the artifacts that a person released and that are still without some lines."""
    return frozenset(
        artifact.id
        for artifact in case.artifacts
        if any(span.type == WITHHELD_KIND for span in artifact.spans)
    )


def without_hits(
    original: str, clean: Clean, check: Callable[[str], object], *, json: bool
) -> Clean | None:
    """Withhold also the lines in which the gate of the case finds something; None without end.

    `check` lets a text pass or raises EgressRefused.
    """
    for _ in range(_ROUNDS):
        try:
            check(clean.text)
        except EgressRefused as error:
            hits = [(start, end) for _, start, end in error.findings]
            clean = withhold(original, clean, places_of(clean, hits), json=json)
        else:
            return clean
    return None
