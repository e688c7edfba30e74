"""Keeps scorecards, sealed and append-only: a card is never changed, a new one is added."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

from assistant import DraftKind
from evals.score import Scorecard
from redaction import Seal, Sealed

_METADATA: Final = MetaData()
_SCORECARDS: Final = Table(
    "scorecards",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("case_id", String(64), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("created", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("mac", String(64), nullable=False),
)


@dataclass(frozen=True, slots=True)
class StoredScorecard:
    """A scorecard and when it was made, in UTC."""

    created: datetime
    scorecard: Scorecard


class ScorecardStore:
    """The scorecards of a workspace."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        """Hold the database and the seal; the table is created when it is not there."""
        self._engine = engine
        self._seal = seal
        _METADATA.create_all(engine)

    def append(
        self, case_id: str, kind: DraftKind, scorecard: Scorecard, created: datetime
    ) -> None:
        """Add the card of a draft; `created` is timezone-aware."""
        stamp = created.astimezone(UTC).isoformat()
        sealed = self._seal.close(scorecard, Scorecard, _binding(case_id, kind, stamp))
        row = {"case_id": case_id, "kind": kind, "created": stamp}
        with self._engine.begin() as connection:
            connection.execute(insert(_SCORECARDS).values(**row, body=sealed.body, mac=sealed.mac))

    def forget(self, case_id: str) -> None:
        """Delete the cards of a case whose drafts are gone."""
        with self._engine.begin() as connection:
            connection.execute(delete(_SCORECARDS).where(_SCORECARDS.c.case_id == case_id))

    def history(self, case_id: str, kind: DraftKind) -> tuple[StoredScorecard, ...]:
        """Return all cards of a case's draft kind, oldest first.

        Raises:
            SealBroken: a row was changed, moved, or written under another key.
        """
        table = _SCORECARDS.c
        query = (
            select(table.created, table.body, table.mac)
            .where(table.case_id == case_id, table.kind == kind)
            .order_by(table.id)
        )
        with self._engine.connect() as connection:
            rows = [(str(row[0]), str(row[1]), str(row[2])) for row in connection.execute(query)]
        return tuple(
            StoredScorecard(
                datetime.fromisoformat(stamp),
                self._seal.open(Sealed(body, mac), Scorecard, _binding(case_id, kind, stamp)),
            )
            for stamp, body, mac in rows
        )

    def latest(self, case_id: str, kind: DraftKind) -> StoredScorecard | None:
        """Return the newest card, or None when the draft was never scored."""
        return next(reversed(self.history(case_id, kind)), None)


def _binding(case_id: str, kind: str, stamp: str) -> tuple[str, ...]:
    return ("scorecards", case_id, kind, stamp)
