"""Releases a quarantined artifact for a person: redacted from its kept original, or not at all."""

from redaction import (
    NOT_VERIFIED,
    Artifact,
    Quarantined,
    RedactedCase,
    Redaction,
    ReleaseReason,
    case_from,
    shows_anything,
    withheld_lines,
)
from ui.contract_privacy import ReleaseAnswer
from ui.errors import NotQuarantined, NotReleased
from ui.opening import Step, silent, stored_case, unread_of
from ui.privacy import known_case, require
from ui.wiring import House

_KEEP = (
    "no original of it is kept. Take the case in again with --keep-raw, where the files are: "
    "triage intake PATH --keep-raw. Then release it."
)


def release_artifact(
    house: House, case: str, artifact: str, reason: ReleaseReason, step: Step = silent
) -> ReleaseAnswer:
    """Redact a quarantined artifact again; what cannot be verified of it is withheld by line.

    The ledger has it before the case has. Events and messages are read from it from then on, and
    what was drafted without it is gone, as after a re-import.

    Raises:
        NoWorkspace, UnknownCase: there is no such workspace or case.
        NotQuarantined: the case has no such artifact, or it is read already.
        NotReleased: it was never read, no original is kept, or nothing of it can be verified.
        LedgerBroken: it cannot be recorded; nothing is released.
    """
    name = known_case(house, case)
    require(house, "disclose")
    with step("Opening the case"):
        held = _held(stored_case(house, name).case, artifact)
        originals = house.cases.originals(name)
    if artifact not in originals:
        raise NotReleased(held.id, _KEEP)
    with step("Redacting"):
        before = house.cases.redaction(name)
        unread = unread_of(before, originals)
        raw = case_from(originals)
        redaction = house.redactor.redact_again(raw, before, artifact, unread)
        released = _released(redaction, artifact)
    house.ledger.append("release", case=name, subject=f"{artifact} {reason}", text=released.text)
    house.cases.save(redaction, house.cases.origin(name), originals)
    house.forget_drafts(name)
    stored_case(house, name)  # what stays of another policy is looked at again
    return ReleaseAnswer(
        case_id=name,
        artifact=released.id,
        name=released.name,
        lines=len(released.text.splitlines()),
        withheld=withheld_lines(released),
        replaced=len(released.spans),
    )


def _held(case: RedactedCase, artifact: str) -> Quarantined:
    held = next((each for each in case.quarantined if each.id == artifact), None)
    if held is None:
        raise NotQuarantined(case.id, [each.id for each in case.quarantined])
    if held.reason != NOT_VERIFIED:
        raise NotReleased(
            held.id,
            f"it was never read ({held.reason}), and what was not read is not released. Ask for "
            "its content in another form.",
        )
    return held


def _released(redaction: Redaction, artifact: str) -> Artifact:
    """Return the artifact as it comes back, when anything is left of it."""
    found = next((each for each in redaction.case.artifacts if each.id == artifact), None)
    if found is None or not shows_anything(found):
        raise NotReleased(
            artifact,
            "even line by line nothing of it can be verified. Ask for the part that matters, "
            "without the secrets in it.",
        )
    return found
