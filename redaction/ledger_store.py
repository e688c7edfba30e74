"""Keeps the ledger in the workspace's database, append-only, and its head beside the key."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    DDL,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    insert,
    select,
)
from sqlalchemy.event import listen

from redaction.errors import LedgerBroken
from redaction.keys import Keyring
from redaction.ledger import (
    Entry,
    EventKind,
    Head,
    Verdict,
    chained,
    head_line,
    new_entry,
    read_head,
    verify,
)

_METADATA: Final = MetaData()
_LEDGER: Final = Table(
    "ledger",
    _METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("time", String, nullable=False),
    Column("event", String, nullable=False, index=True),
    Column("actor", String, nullable=False),
    Column("case", String, nullable=False, index=True),
    Column("subject", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("mac", String, nullable=False),
)
_ONLY_APPEND: Final = (
    "CREATE TRIGGER IF NOT EXISTS ledger_no_{0} BEFORE {0} ON ledger "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
)
for _verb in ("UPDATE", "DELETE"):
    listen(_LEDGER, "after_create", DDL(_ONLY_APPEND.format(_verb)).execute_if(dialect="sqlite"))


def fits(head: Path, keyring: Keyring) -> bool:
    """Tell whether a key is that of the ledger whose head is noted here; any key fits none."""
    try:
        noted = head.read_text("ascii", "replace")
    except OSError:
        return True
    return not noted or read_head(noted, keyring) is not None


def noted_head(head: Path, keyring: Keyring) -> Head | None:
    """Read the newest entry as it was noted; None when there is no note, or not one of this key."""
    try:
        return read_head(head.read_text("ascii", "replace"), keyring)
    except OSError:
        return None


class LedgerStore:
    """The ledger of a workspace; several processes may append at once."""

    def __init__(self, engine: Engine, keyring: Keyring, head: Path) -> None:
        """Use the engine's database; `head` is a file outside the workspace."""
        self._engine = engine
        self._keyring = keyring
        self._head = head
        _METADATA.create_all(engine)

    def append(
        self, event: EventKind, *, case: str = "", subject: str = "", text: str = "", size: int = -1
    ) -> None:
        """Write an entry; `size` stands in for the length of `text` where something else counts.

        Raises:
            LedgerBroken: the newest entry or the head does not hold; nothing is written.
        """
        with self._alone() as file, self._writing() as connection:
            before = self._newest(connection, file)
            if before is None:
                before = self._insert(connection, Head(0, ""), "key", "", "", "", 0)
            elif not os.fstat(file).st_size:
                before = self._insert(connection, before, "head-lost", "", "", "", 0)
            newest = self._insert(connection, before, event, case, subject, text, size)
            connection.exec_driver_sql("COMMIT")
            # Noted after the entry is safe: a crash between leaves a head that is behind, which
            # holds, never one that is ahead, which would look like a ledger that was cut.
            os.pwrite(file, head_line(newest, self._keyring).encode() + b"\n", 0)

    def entries(
        self, *, case: str | None = None, event: str | None = None, limit: int | None = None
    ) -> tuple[Entry, ...]:
        """Return the newest entries, the oldest of them first."""
        query = select(_LEDGER).order_by(_LEDGER.c.number.desc()).limit(limit)
        if case is not None:
            query = query.where(_LEDGER.c.case == case)
        if event is not None:
            query = query.where(_LEDGER.c.event == event)
        with self._engine.connect() as connection:
            return tuple(_entry(row) for row in reversed(connection.execute(query).all()))

    def last(self, event: EventKind) -> Entry | None:
        """Return the newest entry of a kind, None without one."""
        return next(iter(self.entries(event=event, limit=1)), None)

    def verify(self) -> Verdict:
        """Walk the whole chain and compare its end with the noted head."""
        query = select(_LEDGER).order_by(_LEDGER.c.number)
        with self._engine.connect() as connection:
            # The head is read first: what is appended meanwhile only makes the chain longer.
            head = noted_head(self._head, self._keyring)
            rows = connection.execution_options(yield_per=1_000).execute(query)
            return verify((_entry(row) for row in rows), head, self._keyring)

    @contextmanager
    def _alone(self) -> Generator[int]:
        """Hold the head's file; its lock keeps entry and head in one order."""
        try:
            self._head.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self._head, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise LedgerBroken(
                f"the ledger's head {self._head} cannot be written: {error.strerror}. "
                "Nothing leaves unrecorded: make the file writable."
            ) from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)

    @contextmanager
    def _writing(self) -> Generator[Connection]:
        """Open a transaction that holds the database's write lock from its first statement."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise

    def _newest(self, connection: Connection, file: int) -> Head | None:
        """Return the newest entry as a head, None when there is none; both must hold."""
        query = select(_LEDGER).order_by(_LEDGER.c.number.desc()).limit(2)
        rows = [_entry(row) for row in connection.execute(query)]
        noted = read_head(os.pread(file, 400, 0).decode("ascii", "replace"), self._keyring)
        if noted is None and os.fstat(file).st_size:
            raise _broken(f"its head in {self._head} was changed or belongs to another key")
        if not rows:
            if noted is not None:
                raise _broken(f"it is empty, but its head in {self._head} notes {noted.number}")
            return None
        before = rows[1].mac if len(rows) > 1 else ""
        if chained(before, rows[0], self._keyring) != rows[0].mac:
            raise _broken(f"entry {rows[0].number} was changed, or written under another key")
        if noted is not None and noted.number > rows[0].number:
            raise _broken(f"it ends at {rows[0].number}, but its head notes {noted.number}")
        return Head(rows[0].number, rows[0].mac)

    def _insert(
        self,
        connection: Connection,
        before: Head,
        event: EventKind,
        case: str,
        subject: str,
        text: str,
        size: int,
    ) -> Head:
        entry = new_entry(before, event, case, subject, text, size, self._keyring)
        connection.execute(
            insert(_LEDGER).values(
                number=entry.number,
                time=entry.time.isoformat(),
                event=entry.event,
                actor=entry.actor,
                case=entry.case,
                subject=entry.subject,
                hash=entry.hash,
                size=entry.size,
                mac=entry.mac,
            )
        )
        return Head(entry.number, entry.mac)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        number=row.number,
        time=datetime.fromisoformat(row.time),
        event=row.event,
        actor=row.actor,
        case=row.case,
        subject=row.subject,
        hash=row.hash,
        size=row.size,
        mac=row.mac,
    )


def _broken(problem: str) -> LedgerBroken:
    return LedgerBroken(
        f"the ledger does not hold: {problem}. Nothing leaves unrecorded. Look at it with: triage "
        "ledger verify; restore it from a backup, or go on in another --workspace."
    )
