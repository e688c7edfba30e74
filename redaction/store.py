"""Stores redacted cases under a MAC and vaults under encryption."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    Column,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

from redaction.case import RedactedCase
from redaction.keys import Keyring
from redaction.redactor import Redaction
from redaction.seal import Sealed
from redaction.text import RedactedText
from redaction.vault import Vault, vault_from

_METADATA = MetaData()
_CASES = Table(
    "redacted_cases",
    _METADATA,
    Column("id", String, primary_key=True),
    Column("created", String, nullable=False),
    Column("source", String, nullable=False, index=True),
    Column("content", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_mac", String, nullable=False),
    Column("policy", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("mac", String, nullable=False),
)
_VAULTS = Table(
    "vaults",
    _METADATA,
    Column("case_id", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A line of the list of cases: id, when it was saved (UTC), its redacted name, its policy."""

    id: str
    created: datetime
    name: RedactedText
    policy: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a case came from and what it held, as keyed references (hex); empty for a stream."""

    source: str
    content: str


NOWHERE: Final = Origin("", "")


class CaseStore:
    """The redacted cases and vaults of a workspace."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Use the engine's database; tables are created when they are missing."""
        self._engine = engine
        self._keyring = keyring
        self._seal = keyring.seal
        _METADATA.create_all(engine)

    def save(self, redaction: Redaction, origin: Origin = NOWHERE) -> None:
        """Save or replace a case and its vault together."""
        case = redaction.case
        body = self._seal.close(case, RedactedCase, _binding(case.id, case.policy))
        title = self._seal.close(case.title, RedactedText, _name_binding(case.id))
        row = {
            "id": case.id,
            "created": datetime.now(UTC).isoformat(),
            "source": origin.source,
            "content": origin.content,
            "name": title.body,
            "name_mac": title.mac,
            "policy": case.policy,
            "body": body.body,
            "mac": body.mac,
        }
        sealed = self._keyring.encrypt(redaction.vault.plain(), case.id)
        with self._engine.begin() as connection:
            connection.execute(delete(_CASES).where(_CASES.c.id == case.id))
            connection.execute(delete(_VAULTS).where(_VAULTS.c.case_id == case.id))
            connection.execute(insert(_CASES).values(row))
            connection.execute(insert(_VAULTS).values(case_id=case.id, sealed=sealed))

    def find(self, source: str) -> tuple[str, Origin] | None:
        """Return id and origin of the case that was saved from this source, None without one."""
        query = select(_CASES.c.id, _CASES.c.content).where(_CASES.c.source == source)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return (row.id, Origin(source, row.content)) if row else None

    def load(self, case_id: str) -> RedactedCase:
        """Read a case back under the policy its row names; its texts are minted again.

        Raises:
            KeyError: there is no such case.
            SealBroken: the row was changed or written under another key.
        """
        query = select(_CASES.c.policy, _CASES.c.body, _CASES.c.mac).where(_CASES.c.id == case_id)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise KeyError(case_id)
        return self._seal.open(
            Sealed(row.body, row.mac), RedactedCase, _binding(case_id, row.policy)
        )

    def vault(self, case_id: str) -> Vault:
        """Read the vault of a case.

        Raises:
            KeyError: there is no such case.
            SealBroken: it was changed or written under another key.
        """
        query = select(_VAULTS.c.sealed).where(_VAULTS.c.case_id == case_id)
        with self._engine.connect() as connection:
            sealed = connection.execute(query).scalar_one_or_none()
        if sealed is None:
            raise KeyError(case_id)
        return vault_from(self._keyring.decrypt(sealed, case_id), self._keyring.fingerprint)

    def list(self) -> tuple[StoredCase, ...]:
        """List the cases, newest first.

        Raises:
            SealBroken: a name was changed or written under another key.
        """
        columns = (_CASES.c.id, _CASES.c.created, _CASES.c.name, _CASES.c.name_mac, _CASES.c.policy)
        query = select(*columns).order_by(_CASES.c.created.desc(), _CASES.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            StoredCase(
                row.id,
                datetime.fromisoformat(row.created),
                self._seal.open(
                    Sealed(row.name, row.name_mac), RedactedText, _name_binding(row.id)
                ),
                row.policy,
            )
            for row in rows
        )


def _binding(case_id: str, policy: str) -> tuple[str, ...]:
    return "redacted_cases", case_id, policy


def _name_binding(case_id: str) -> tuple[str, ...]:
    return "redacted_cases.name", case_id
