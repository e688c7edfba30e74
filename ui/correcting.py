"""Takes a person's corrections of a redaction, missed or false, for the whole case."""

from dataclasses import dataclass

from redaction import NotInVault, RedactedCase
from ui.errors import UnknownCase
from ui.opening import stored_case
from ui.privacy import add_to_list, require
from ui.service import open_dossier
from ui.wiring import House


@dataclass(frozen=True, slots=True)
class Correction:
    """What became of a correction: spans of the case before and after it."""

    before: int
    after: int


def redact_missed(house: House, case_id: str, value: str, kind: str) -> Correction:
    """Redact a value that was missed, in this case now and in every other when it is opened.

    Raises:
        UnknownCase: there is no such case.
        PolicyInvalid: the value or its kind is nothing that a list can hold.
    """
    before = _case(house, case_id)
    add_to_list(house, "deny", value, kind)
    return _apply(house, before)


def release(house: House, case_id: str, placeholder: str) -> Correction:
    """Put back what a placeholder stands for; the value stays on the list of what is kept.

    Raises:
        UnknownCase: there is no such case.
        NotInVault: the case keeps no value for the placeholder: dropped secrets are gone.
    """
    require(house, "configure")
    before = _case(house, case_id)
    value = house.cases.vault(case_id).value(placeholder)
    if value is None:
        raise NotInVault(f"case {case_id} keeps no value for this placeholder: it stays redacted.")
    house.ledger.append("list", case=case_id, subject=f"add allow {placeholder}")
    house.lists.allow(value)
    house.renew_policy()
    return _apply(house, before)


def _case(house: House, case_id: str) -> RedactedCase:
    try:
        return house.cases.load(case_id)
    except KeyError:
        raise UnknownCase from None


def _apply(house: House, before: RedactedCase) -> Correction:
    known = house.drafts.dossier(before)
    opened = stored_case(house, before.id)
    if known is not None:
        open_dossier(house, opened, known.matches)
    return Correction(_spans(before), _spans(opened.case))


def _spans(case: RedactedCase) -> int:
    return sum(len(artifact.spans) for artifact in case.artifacts)
