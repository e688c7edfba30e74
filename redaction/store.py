"""Stores redacted cases under a MAC, and each vault under a key that can be destroyed."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)
from sqlalchemy.sql.functions import count

from redaction.case import RedactedCase
from redaction.entities import EntityKind, EntityRef
from redaction.keys import Keyring
from redaction.originals import FOLDER
from redaction.redactor import Redaction
from redaction.reimport import Mark
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
_KEYS = Table(
    "case_keys",
    _METADATA,
    Column("case_id", String, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)
_ENTITIES = Table(
    "case_entities",
    _METADATA,
    Column("case_id", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("ref", String, primary_key=True, index=True),
)
_PASSED = Table(
    "passed_policies",
    _METADATA,
    Column("case_id", String, primary_key=True),
    Column("policy", String, nullable=False),
    Column("mac", String, nullable=False),
)
_MARKS = Table(
    "case_marks",
    _METADATA,
    Column("case_id", String, primary_key=True),
    Column("artifact", String, primary_key=True),
    Column("name", String, nullable=False, index=True),
    Column("content", String, nullable=False),
    Column("length", Integer, nullable=False),
)
_ORIGINALS = Table(
    "originals",
    _METADATA,
    Column("case_id", String, primary_key=True),
    Column("artifact", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
_OWNED: Final = (
    *(_KEYS.c.case_id, _VAULTS.c.case_id, _ENTITIES.c.case_id, _PASSED.c.case_id),
    *(_MARKS.c.case_id, _ORIGINALS.c.case_id, _CASES.c.id),
)
_VAULT: Final = "vault"


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

    def save(
        self,
        redaction: Redaction,
        origin: Origin = NOWHERE,
        originals: Mapping[str, bytes] | None = None,
    ) -> None:
        """Save or replace a case and its vault together.

        `originals` are its files in plain, by artifact id: they are stored encrypted under its key.
        """
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
        # A new key each time: nothing that was sealed under the old one opens any more.
        key, wrapped = self._keyring.new_case_key(case.id)
        sealed = key.encrypt(redaction.vault.plain(), _VAULT)
        kept = [
            {"artifact": name, "sealed": key.encrypt(plain, _original(name))}
            for name, plain in (originals or {}).items()
        ]
        with self._engine.begin() as connection:
            _remove(connection, case.id)
            connection.execute(insert(_CASES).values(row))
            connection.execute(insert(_KEYS).values(case_id=case.id, wrapped=wrapped))
            connection.execute(insert(_VAULTS).values(case_id=case.id, sealed=sealed))
            for each in redaction.entities:
                values = {"case_id": case.id, "kind": each.kind, "ref": each.ref}
                connection.execute(insert(_ENTITIES).values(values))
            for mark in redaction.marks:
                connection.execute(insert(_MARKS).values(case_id=case.id, **asdict(mark)))
            for row in kept:
                connection.execute(insert(_ORIGINALS).values(case_id=case.id, **row))

    def redaction(self, case_id: str) -> Redaction:
        """Read a case back with everything that a new redaction of it goes on from.

        Raises:
            KeyError: there is no such case, or its key was destroyed.
            SealBroken: a row was changed or written under another key.
        """
        query = select(_MARKS).where(_MARKS.c.case_id == case_id).order_by(_MARKS.c.artifact)
        with self._engine.connect() as connection:
            marks = tuple(
                Mark(row.artifact, row.name, row.content, row.length)
                for row in connection.execute(query)
            )
        case, vault = self.load(case_id), self.vault(case_id)
        return Redaction(case, vault, self.entities(case_id), marks)

    def originals(self, case_id: str) -> dict[str, bytes]:
        """Read the kept files of a case in plain, by artifact id; nothing when none were kept.

        Raises:
            SealBroken: one was changed or written under another key.
        """
        query = (
            select(_ORIGINALS.c.artifact, _ORIGINALS.c.sealed, _KEYS.c.wrapped)
            .join(_KEYS, _KEYS.c.case_id == _ORIGINALS.c.case_id)
            .where(_ORIGINALS.c.case_id == case_id)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        if not rows:
            return {}
        key = self._keyring.case_key(rows[0].wrapped, case_id)
        return {row.artifact: key.decrypt(row.sealed, _original(row.artifact)) for row in rows}

    def kept(self, case_id: str) -> frozenset[str]:
        """Return the artifacts of a case whose originals are kept."""
        query = select(_ORIGINALS.c.artifact).where(
            _ORIGINALS.c.case_id == case_id, _ORIGINALS.c.artifact != FOLDER
        )
        with self._engine.connect() as connection:
            return frozenset(connection.execute(query).scalars())

    def named(self, folder: str) -> tuple[str, ...]:
        """Return the cases of folders of this name, a keyed reference, newest first."""
        query = (
            select(_MARKS.c.case_id)
            .join(_CASES, _CASES.c.id == _MARKS.c.case_id)
            .where(_MARKS.c.artifact == "", _MARKS.c.name == folder)
            .order_by(_CASES.c.created.desc())
        )
        with self._engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def sharing(self, contents: Collection[str]) -> tuple[str, ...]:
        """Return the cases that hold files of these contents, keyed references, most of them first.

        Of two that hold as many, the newer one is first.
        """
        shared = count(_MARKS.c.content.distinct())
        query = (
            select(_MARKS.c.case_id)
            .join(_CASES, _CASES.c.id == _MARKS.c.case_id)
            .where(_MARKS.c.artifact != "", _MARKS.c.content.in_(contents))
            .group_by(_MARKS.c.case_id, _CASES.c.created)
            .order_by(shared.desc(), _CASES.c.created.desc())
        )
        with self._engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def find(self, source: str) -> tuple[str, Origin] | None:
        """Return id and origin of the case that was saved from this source, None without one."""
        query = select(_CASES.c.id, _CASES.c.content).where(_CASES.c.source == source)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return (row.id, Origin(source, row.content)) if row else None

    def origin(self, case_id: str) -> Origin:
        """Return where a case came from; nowhere for one that is not stored."""
        query = select(_CASES.c.source, _CASES.c.content).where(_CASES.c.id == case_id)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return Origin(row.source, row.content) if row else NOWHERE

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
            KeyError: there is no such case, or its key was destroyed.
            SealBroken: it was changed or written under another key.
        """
        query = (
            select(_VAULTS.c.sealed, _KEYS.c.wrapped)
            .join(_KEYS, _KEYS.c.case_id == _VAULTS.c.case_id)
            .where(_VAULTS.c.case_id == case_id)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise KeyError(case_id)
        key = self._keyring.case_key(row.wrapped, case_id)
        return vault_from(key.decrypt(row.sealed, _VAULT), self._keyring.fingerprint)

    def entities(self, case_id: str) -> tuple[EntityRef, ...]:
        """Return whose case it is, as keyed references."""
        query = select(_ENTITIES.c.kind, _ENTITIES.c.ref).where(_ENTITIES.c.case_id == case_id)
        with self._engine.connect() as connection:
            return tuple(sorted(EntityRef(row.kind, row.ref) for row in connection.execute(query)))

    def count(self, kind: EntityKind) -> Mapping[EntityRef, int]:
        """Count the cases of each tenant, account or owner."""
        query = (
            select(_ENTITIES.c.ref, count().label("cases"))
            .where(_ENTITIES.c.kind == kind)
            .group_by(_ENTITIES.c.ref)
        )
        with self._engine.connect() as connection:
            return {EntityRef(kind, row.ref): row.cases for row in connection.execute(query)}

    def passed(self, case_id: str) -> str | None:
        """Return the fingerprint of the newest policy whose gate let the case pass, else None."""
        query = select(_PASSED.c.policy, _PASSED.c.mac).where(_PASSED.c.case_id == case_id)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        # A row that somebody else wrote counts for nothing: the gate looks again.
        return row.policy if row and row.mac == self._passing(case_id, row.policy) else None

    def mark_passed(self, case_id: str, policy: str) -> None:
        """Remember that the gate let every text of a case pass under a policy."""
        values = {"case_id": case_id, "policy": policy, "mac": self._passing(case_id, policy)}
        with self._engine.begin() as connection:
            connection.execute(delete(_PASSED).where(_PASSED.c.case_id == case_id))
            connection.execute(insert(_PASSED).values(values))

    def knows(self, case_id: str) -> bool:
        """Tell whether anything is stored of a case, a half-erased one included."""
        with self._engine.connect() as connection:
            return any(
                connection.execute(select(column).where(column == case_id).limit(1)).first()
                for column in _OWNED
            )

    def destroy_key(self, case_id: str) -> bool:
        """Destroy the key of a case: nothing that this database holds opens its vault any more.

        Returns whether there was one. A backup of the database keeps the wrapped key it holds.
        """
        with self._engine.begin() as connection:
            gone = connection.execute(delete(_KEYS).where(_KEYS.c.case_id == case_id))
        return gone.rowcount > 0

    def erase(self, case_id: str) -> int:
        """Delete every row of a case; returns how many there were."""
        with self._engine.begin() as connection:
            return _remove(connection, case_id)

    def list(self, entity: EntityRef | None = None) -> tuple[StoredCase, ...]:
        """List the cases, newest first, all or those of one tenant, account or owner.

        Raises:
            SealBroken: a name was changed or written under another key.
        """
        columns = (_CASES.c.id, _CASES.c.created, _CASES.c.name, _CASES.c.name_mac, _CASES.c.policy)
        query = select(*columns).order_by(_CASES.c.created.desc(), _CASES.c.id)
        if entity is not None:
            theirs = select(_ENTITIES.c.case_id).where(
                _ENTITIES.c.kind == entity.kind, _ENTITIES.c.ref == entity.ref
            )
            query = query.where(_CASES.c.id.in_(theirs))
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

    def _passing(self, case_id: str, policy: str) -> str:
        return self._seal.close(policy, str, ("passed_policies", case_id)).mac


def _remove(connection: Connection, case_id: str) -> int:
    return sum(
        connection.execute(delete(column.table).where(column == case_id)).rowcount
        for column in _OWNED
    )


def _original(artifact: str) -> str:
    return f"original {artifact}"


def _binding(case_id: str, policy: str) -> tuple[str, ...]:
    return "redacted_cases", case_id, policy


def _name_binding(case_id: str) -> tuple[str, ...]:
    return "redacted_cases.name", case_id
