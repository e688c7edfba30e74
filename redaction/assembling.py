"""Puts a redacted case together from its artifacts and what is read from them."""

from collections.abc import Sequence

from redaction.case import Artifact, Quarantined, RedactedCase
from redaction.reading.artifacts import read_structure
from redaction.text import RedactedText


def assembled(
    case_id: str,
    policy: str,
    artifacts: Sequence[Artifact],
    quarantined: Sequence[Quarantined],
    *,
    untitled: RedactedText,
    zone: str | None,
) -> RedactedCase:
    """Read events, messages and fields from artifacts; `untitled` names what has no title.

    `policy` is the fingerprint that they were redacted under, `zone` that of times which state
    none.
    """
    structure = read_structure(tuple(artifacts), zone)
    return RedactedCase(
        id=case_id,
        title=structure.title or untitled,
        policy=policy,
        artifacts=tuple(artifacts),
        quarantined=tuple(quarantined),
        messages=structure.messages,
        events=structure.events,
        samples=structure.samples,
        fields=structure.fields,
        participants=structure.participants,
        history=structure.history,
        links=structure.links,
        articles=structure.articles,
    )
