"""Keeps what analysts decided about matches, and trained rankers, in the workspace's database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast

from sqlalchemy import (
    Boolean,
    Column,
    Delete,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from redaction import Seal, Sealed
from retrieval.groups import DuplicateLink, known_groups
from retrieval.lifecycle import Told, Verdict

_METADATA: Final = MetaData()
_DECISIONS: Final = Table(
    "match_decisions",
    _METADATA,
    Column("case_id", String(64), primary_key=True),
    Column("document", String(160), primary_key=True, index=True),
    Column("verdict", String(16), nullable=False),
    Column("decided", String(32), nullable=False),
)
_RANKERS: Final = Table(
    "rankers",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("created", String(32), nullable=False),
    Column("serving", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("mac", String(64), nullable=False),
)
_AT_ONCE: Final = 500
_HELPED: Final[frozenset[Verdict]] = frozenset({"accept", "resolved"})


@dataclass(frozen=True, slots=True)
class Decision:
    """What an analyst said of a document (its key in the index) for a case, and when, in UTC."""

    case_id: str
    document: str
    verdict: Verdict
    decided: datetime


@dataclass(frozen=True, slots=True)
class TrainedRanker:
    """A trained ranker as text, with the figures for which it was kept, by name."""

    text: str
    figures: Mapping[str, float]


class DecisionStore:
    """The decisions of a workspace; the last one on a case and a document counts."""

    def __init__(self, engine: Engine) -> None:
        """Hold the database; the tables are created when they are not there."""
        self._engine = engine
        _METADATA.create_all(engine)

    def decide(self, decision: Decision) -> None:
        """Keep a decision in place of an earlier one on the same case and document."""
        row = {
            "case_id": decision.case_id,
            "document": decision.document,
            "verdict": decision.verdict,
            "decided": decision.decided.astimezone(UTC).isoformat(),
        }
        with self._engine.begin() as connection:
            connection.execute(_of(decision.case_id, decision.document))
            connection.execute(insert(_DECISIONS).values(**row))

    def note(self, decision: Decision) -> None:
        """Keep what code says of a document, unless an analyst spoke already."""
        own = (_DECISIONS.c.case_id == decision.case_id) & (
            _DECISIONS.c.document == decision.document
        )
        with self._engine.connect() as connection:
            spoken = connection.execute(select(_DECISIONS.c.verdict).where(own)).scalar()
        if spoken is None:
            self.decide(decision)

    def withdraw(self, case_id: str, document: str) -> bool:
        """Forget a decision; returns whether there was one."""
        with self._engine.begin() as connection:
            return bool(connection.execute(_of(case_id, document)).rowcount)

    def forget(self, case_id: str) -> int:
        """Forget all decisions of a case that is erased; returns how many."""
        where = _DECISIONS.c.case_id == case_id
        with self._engine.begin() as connection:
            return connection.execute(delete(_DECISIONS).where(where)).rowcount

    def decisions(self, case_id: str | None = None) -> tuple[Decision, ...]:
        """Return the decisions, of one case or of every one, the earliest first."""
        wanted = select(_DECISIONS).order_by(_DECISIONS.c.decided, _DECISIONS.c.document)
        if case_id is not None:
            wanted = wanted.where(_DECISIONS.c.case_id == case_id)
        with self._engine.connect() as connection:
            return tuple(
                Decision(row.case_id, row.document, row.verdict, _time(row.decided))
                for row in connection.execute(wanted)
            )

    def state(self) -> str:
        """Return what changes whenever a decision is made or withdrawn."""
        wanted = select(func.count(), func.max(_DECISIONS.c.decided))
        with self._engine.connect() as connection:
            count, last = connection.execute(wanted).one()
        return f"{count} {last or ''}"

    def groups(self, time: datetime, /) -> Mapping[str, str]:
        """Return the group of each document that was accepted for one case with others, by key."""
        links = (
            DuplicateLink(f"case/{each.case_id}", each.document, each.decided)
            for each in self.decisions()
            if each.verdict in _HELPED and each.document.startswith("case/")
        )
        return known_groups(links, time)

    def told(self, keys: Sequence[str], /) -> Mapping[str, Told]:
        """Return what was said of the documents of these keys; those without a word are missing."""
        said: dict[str, dict[Verdict, int]] = defaultdict(lambda: defaultdict(int))
        helped: dict[str, datetime] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = _DECISIONS.c.document.in_(keys[start : start + _AT_ONCE])
            with self._engine.connect() as connection:
                for row in connection.execute(select(_DECISIONS).where(some)):
                    verdict = cast(Verdict, row.verdict)
                    said[row.document][verdict] += 1
                    if verdict in _HELPED:
                        decided = _time(row.decided)
                        helped[row.document] = max(helped.get(row.document, decided), decided)
        return {
            key: Told(
                accept=verdicts["accept"],
                reject=verdicts["reject"],
                resolved=verdicts["resolved"],
                contradicts=verdicts["contradicts"],
                recurs=verdicts["recurs"],
                helped=helped.get(key),
            )
            for key, verdicts in said.items()
        }


class RankerStore:
    """The trained rankers of a workspace: one serves, the others are kept to go back to."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        """Hold the database and the seal; the tables are created when they are not there."""
        self._engine = engine
        self._seal = seal
        _METADATA.create_all(engine)

    def save(self, ranker: TrainedRanker, created: datetime) -> None:
        """Keep a ranker, which serves from now on."""
        stamp = created.astimezone(UTC).isoformat()
        sealed = self._seal.close(ranker, TrainedRanker, ("rankers", stamp))
        with self._engine.begin() as connection:
            connection.execute(update(_RANKERS).values(serving=False))
            connection.execute(
                insert(_RANKERS).values(
                    created=stamp, serving=True, body=sealed.body, mac=sealed.mac
                )
            )

    def state(self) -> str:
        """Return what changes whenever another ranker serves."""
        wanted = select(_RANKERS.c.created).where(_RANKERS.c.serving)
        with self._engine.connect() as connection:
            return connection.execute(wanted).scalar() or ""

    def serving(self) -> TrainedRanker | None:
        """Return the ranker that serves, None for the untrained one.

        Raises:
            SealBroken: it was changed in the store.
        """
        with self._engine.connect() as connection:
            row = connection.execute(select(_RANKERS).where(_RANKERS.c.serving)).first()
        if row is None:
            return None
        return self._seal.open(Sealed(row.body, row.mac), TrainedRanker, ("rankers", row.created))

    def roll_back(self) -> bool:
        """Let the ranker before the serving one serve, or the untrained one.

        Returns False when none was trained, or the untrained one serves already.
        """
        with self._engine.begin() as connection:
            serving = connection.execute(select(_RANKERS.c.id).where(_RANKERS.c.serving)).scalar()
            if serving is None:
                return False
            connection.execute(delete(_RANKERS).where(_RANKERS.c.id == serving))
            earlier = select(_RANKERS.c.id).where(_RANKERS.c.id < serving)
            before = connection.execute(earlier.order_by(_RANKERS.c.id.desc())).scalar()
            if before is not None:
                chosen = _RANKERS.c.id == before
                connection.execute(update(_RANKERS).where(chosen).values(serving=True))
        return True


def _of(case_id: str, document: str) -> Delete:
    both = (_DECISIONS.c.case_id == case_id) & (_DECISIONS.c.document == document)
    return delete(_DECISIONS).where(both)


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
