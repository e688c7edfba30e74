"""Stores dossiers, drafts and model answers, each sealed."""

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    ColumnElement,
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

from assistant.draft import Dossier, Draft, DraftKind
from assistant.facts import Facts
from assistant.model import Completion, LanguageModel, Prompt, Schema
from redaction import EgressRefused, Gate, RedactedCase, Seal, SealBroken, Sealed
from retrieval import Match

_METADATA = MetaData()
_DOSSIERS = Table(
    "dossiers",
    _METADATA,
    Column("number", Integer, primary_key=True),
    Column("case_id", String, nullable=False, index=True),
    Column("created", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("mac", String, nullable=False),
)
_DRAFTS = Table(
    "drafts",
    _METADATA,
    Column("number", Integer, primary_key=True),
    Column("case_id", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("created", String, nullable=False),
    Column("model", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("mac", String, nullable=False),
)
_ANSWERS = Table(
    "completions",
    _METADATA,
    Column("key", String, primary_key=True),
    Column("created", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("mac", String, nullable=False),
)
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Findings:
    """What is stored of a dossier: the case itself is kept by `redaction`."""

    facts: Facts
    matches: tuple[Match, ...]
    searched: str = ""


class AssistantStore:
    """Dossiers and drafts of each case, the latest one counts, and the answers of models."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        """Use the engine's database; tables are created when they are missing."""
        self._engine = engine
        self._seal = seal
        _METADATA.create_all(engine)

    def save_dossier(self, dossier: Dossier, searched: str = "") -> None:
        """Keep the facts and matches of a case beside earlier ones.

        `searched` is a fingerprint of everything that the matches depend on.
        """
        case_id = dossier.case.id
        findings = _Findings(dossier.facts, dossier.matches, searched)
        sealed = self._seal.close(findings, _Findings, ("dossiers", case_id))
        self._insert(_DOSSIERS, case_id=case_id, created=_now(), body=sealed.body, mac=sealed.mac)

    def dossier(self, case: RedactedCase) -> Dossier | None:
        """Return a case with its latest facts and matches, None when there are none.

        Raises:
            SealBroken: what is stored was changed or moved.
        """
        sealed = self._latest(_DOSSIERS, _DOSSIERS.c.case_id == case.id)
        if sealed is None:
            return None
        found = self._seal.open(sealed, _Findings, ("dossiers", case.id))
        return Dossier(case, found.facts, found.matches)

    def matches(self, case_id: str, searched: str) -> tuple[Match, ...] | None:
        """Return the latest matches of a case if they come from the same search, else None.

        Raises:
            SealBroken: what is stored was changed or moved.
        """
        sealed = self._latest(_DOSSIERS, _DOSSIERS.c.case_id == case_id)
        if sealed is None:
            return None
        found = self._seal.open(sealed, _Findings, ("dossiers", case_id))
        return found.matches if found.searched == searched else None

    def save_draft(self, case_id: str, draft: Draft) -> None:
        """Keep a draft beside earlier ones of the same case and kind."""
        sealed = self._seal.close(draft, Draft, ("drafts", case_id, draft.kind))
        self._insert(
            _DRAFTS,
            case_id=case_id,
            kind=draft.kind,
            created=_now(),
            model=draft.model,
            body=sealed.body,
            mac=sealed.mac,
        )

    def draft(self, case_id: str, kind: DraftKind) -> Draft | None:
        """Return the latest draft of a kind, None when there is none.

        Raises:
            SealBroken: the stored draft was changed or moved.
        """
        sealed = self._latest(_DRAFTS, _DRAFTS.c.case_id == case_id, _DRAFTS.c.kind == kind)
        if sealed is None:
            return None
        return self._seal.open(sealed, Draft, ("drafts", case_id, kind))

    def forget(self, case_id: str) -> None:
        """Delete the dossiers and drafts of a case, and all answers: none names its case."""
        with self._engine.begin() as connection:
            connection.execute(delete(_DOSSIERS).where(_DOSSIERS.c.case_id == case_id))
            connection.execute(delete(_DRAFTS).where(_DRAFTS.c.case_id == case_id))
            connection.execute(delete(_ANSWERS))

    def answer(self, key: str) -> Completion | None:
        """Return a stored answer; one whose seal is broken is as good as none."""
        query = select(_ANSWERS.c.body, _ANSWERS.c.mac).where(_ANSWERS.c.key == key)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        try:
            return self._seal.open(Sealed(row[0], row[1]), Completion, ("completions", key))
        except SealBroken as error:
            _LOG.warning("%s", error)
            return None

    def save_answer(self, key: str, answer: Completion) -> None:
        """Keep a model's answer under its key, in place of an earlier one."""
        sealed = self._seal.close(answer, Completion, ("completions", key))
        with self._engine.begin() as connection:
            connection.execute(delete(_ANSWERS).where(_ANSWERS.c.key == key))
            connection.execute(
                insert(_ANSWERS).values(key=key, created=_now(), body=sealed.body, mac=sealed.mac)
            )

    def _latest(self, table: Table, *conditions: ColumnElement[bool]) -> Sealed | None:
        query = select(table.c.body, table.c.mac).where(*conditions)
        with self._engine.connect() as connection:
            row = connection.execute(query.order_by(table.c.number.desc())).first()
        return None if row is None else Sealed(row[0], row[1])

    def _insert(self, table: Table, **values: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(insert(table).values(**values))


@dataclass(frozen=True, slots=True)
class CachedModel:
    """A language model that asks its store first: the same prompt costs nothing twice."""

    model: LanguageModel
    store: AssistantStore
    gate: Gate

    @property
    def name(self) -> str:
        """The name of the model behind it."""
        return self.model.name

    def complete(self, prompt: Prompt, schema: Schema) -> Completion:
        """Return the stored answer, else ask the model and store what it says.

        A stored answer passes the gate of today again, so its key needs no policy; one that is
        refused is asked for anew. It reports the tokens and seconds that it cost when given.

        Raises:
            ModelUnavailable, ModelAnswerInvalid, EgressRefused: as the model behind it.
        """
        key = completion_key(self.name, prompt, schema)
        known = self.store.answer(key)
        if known is not None and self._passes(known):
            return known
        answer = self.model.complete(prompt, schema)
        self.store.save_answer(key, answer)
        return answer

    def _passes(self, known: Completion) -> bool:
        try:
            self.gate.check(known.text)
        except EgressRefused:
            return False
        return True


def completion_key(model: str, prompt: Prompt, schema: Schema) -> str:
    """Return the sha256 of everything that an answer depends on, in hex."""
    parts = (model, str(prompt.system), str(prompt.user), json.dumps(schema, sort_keys=True))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat()
