"""Reveals what one placeholder stands for, to a person, and only after the ledger says so."""

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, get_args

from redaction.errors import NotInVault
from redaction.ledger import Ledger
from redaction.vault import Vault

RevealReason: TypeAlias = Literal["customer-contact", "security-incident", "legal", "debugging"]
# A free text would be one more place for personal data: a code is enough to account for it.
REVEAL_REASONS: Final[tuple[RevealReason, ...]] = get_args(RevealReason)


@dataclass(frozen=True, slots=True)
class Revealed:
    """What a placeholder stands for; of a dropped secret there is no copy, only a fingerprint."""

    placeholder: str
    kind: str
    value: str | None = field(repr=False)
    fingerprint: str


def look_up(
    vault: Vault, case_id: str, placeholder: str, reason: RevealReason, ledger: Ledger
) -> Revealed:
    """Look a placeholder up; the entry in the ledger is written first.

    Raises:
        NotInVault: the case has no such placeholder; what was asked is not repeated.
        LedgerBroken: it cannot be recorded; nothing is revealed.
    """
    entry = next((one for one in vault.entries if one.placeholder == placeholder), None)
    if entry is None:
        raise NotInVault(
            f"case {case_id} has no such placeholder. Give one as it stands in the redacted text, "
            "in quotes: '<PERSON_1>'."
        )
    value = None if entry.value is None else entry.value.reveal()
    text = entry.fingerprint if value is None else value
    ledger.append("reveal", case=case_id, subject=f"{placeholder} {reason}", text=text)
    return Revealed(placeholder, entry.kind, value, entry.fingerprint)
