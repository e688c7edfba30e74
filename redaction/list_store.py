"""Keeps the lists of a workspace, each value encrypted and known by a keyed reference."""

import json
from typing import Final

from sqlalchemy import (
    Column,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
)

from redaction.keys import Keyring
from redaction.lists import NO_LISTS, ListName, Lists
from redaction.text import RawText

_METADATA: Final = MetaData()
_LISTS: Final = Table(
    "lists",
    _METADATA,
    Column("ref", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)


class ListStore:
    """The values that people always redact, and those that they never do."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        """Use the engine's database; the table is created when it is missing."""
        self._engine = engine
        self._keyring = keyring
        _METADATA.create_all(engine)

    def load(self) -> Lists:
        """Return the lists as a policy holds them.

        Raises:
            SealBroken: a value was changed, moved, or written under another key.
        """
        query = select(_LISTS.c.ref, _LISTS.c.sealed).order_by(_LISTS.c.ref)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        if not rows:
            return NO_LISTS
        opened = [json.loads(self._keyring.decrypt(row.sealed, _bound(row.ref))) for row in rows]
        return Lists(
            {value: kind for name, value, kind in opened if name == "deny"},
            frozenset(value for name, value, _ in opened if name == "allow"),
            self._keyring.fingerprint(json.dumps(sorted(opened))),
        )

    def put(self, name: ListName, value: str, kind: str = "") -> bool:
        """Add a value, on the other list no longer; returns whether that changed anything."""
        row = [name, value, kind]
        with self._engine.begin() as connection:
            known = connection.execute(
                select(_LISTS.c.sealed).where(_LISTS.c.ref == self._ref(value))
            ).scalar_one_or_none()
            if known is not None:
                if json.loads(self._keyring.decrypt(known, _bound(self._ref(value)))) == row:
                    return False
                connection.execute(delete(_LISTS).where(_LISTS.c.ref == self._ref(value)))
            plain = json.dumps(row).encode()
            sealed = self._keyring.encrypt(plain, _bound(self._ref(value)))
            connection.execute(insert(_LISTS).values(ref=self._ref(value), sealed=sealed))
        return True

    def allow(self, value: RawText) -> bool:
        """Keep a value of a vault from now on; returns whether that changed anything."""
        return self.put("allow", value.reveal())

    def remove(self, value: str) -> bool:
        """Take a value off whichever list it is on; returns whether it was on one."""
        with self._engine.begin() as connection:
            gone = connection.execute(delete(_LISTS).where(_LISTS.c.ref == self._ref(value)))
        return gone.rowcount > 0

    def _ref(self, value: str) -> str:
        return self._keyring.entity_ref("list", value)


def _bound(ref: str) -> str:
    return f"list {ref}"
