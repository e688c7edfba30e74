from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from assistant.drafting.writing import write_draft
from assistant.errors import ModelUnavailable
from assistant.model import Completion, Prompt, Schema
from assistant.store import AssistantStore, CachedModel, completion_key
from redaction import Seal, SealBroken, is_redacted
from tests.cases_by_hand import checkout, checkout_resolved
from tests.making import redacted
from tests.models_by_hand import OpenGate, Rewriter, Scripted

SCHEMA: Schema = {"type": "object"}
PROMPT = Prompt(redacted("system"), redacted("[[[\ns1: x\n]]]"))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'casewright.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> AssistantStore:
    return AssistantStore(engine, Seal(b"k" * 32))


def test_the_latest_dossier_comes_back_redacted(store: AssistantStore) -> None:
    dossier = checkout_resolved()
    store.save_dossier(replace(checkout(), case=dossier.case))
    store.save_dossier(dossier)
    stored = store.dossier(dossier.case)
    assert stored == dossier
    assert stored is not None
    assert is_redacted(stored.facts.timeline[0].text)


def test_a_case_without_facts_or_drafts_has_none(store: AssistantStore) -> None:
    assert store.dossier(checkout().case) is None
    assert store.draft("c1", "update") is None


def test_the_latest_draft_of_each_kind_comes_back(store: AssistantStore) -> None:
    update, rca = (write_draft(kind, checkout(), None, ()) for kind in ("update", "rca"))
    later = write_draft("update", checkout_resolved(), None, ())
    for draft in (update, rca, later):
        store.save_draft("c1", draft)
    assert store.draft("c1", "update") == later
    assert store.draft("c1", "rca") == rca


def test_a_draft_moved_to_another_case_is_refused(store: AssistantStore, engine: Engine) -> None:
    store.save_draft("c1", write_draft("update", checkout(), None, ()))
    with engine.begin() as connection:
        connection.execute(text("update drafts set case_id = 'c2'"))
    with pytest.raises(SealBroken):
        store.draft("c2", "update")


def test_the_same_prompt_is_asked_once(store: AssistantStore, engine: Engine) -> None:
    model = Rewriter(lambda _, note: note.upper())
    first = CachedModel(model, store, OpenGate()).complete(PROMPT, SCHEMA)
    again = AssistantStore(engine, Seal(b"k" * 32))
    second = CachedModel(model, again, OpenGate()).complete(PROMPT, SCHEMA)
    assert first == second
    assert is_redacted(second.text)
    assert len(model.asked) == 1


def test_another_schema_prompt_or_model_has_another_key() -> None:
    other = Prompt(redacted("system"), redacted("[[[\ns1: y\n]]]"))
    keys = {
        completion_key("m", PROMPT, SCHEMA),
        completion_key("n", PROMPT, SCHEMA),
        completion_key("m", other, SCHEMA),
        completion_key("m", PROMPT, {"type": "array"}),
    }
    assert len(keys) == 4


def test_a_changed_answer_is_asked_again(store: AssistantStore, engine: Engine) -> None:
    model = Rewriter(lambda _, note: note)
    cached = CachedModel(model, store, OpenGate())
    cached.complete(PROMPT, SCHEMA)
    with engine.begin() as connection:
        connection.execute(text("update completions set body = replace(body, 'x', 'z')"))
    assert cached.complete(PROMPT, SCHEMA) == Completion(redacted('{"s1": "x"}'), 10, 10, 0.1)
    assert len(model.asked) == 2


def test_a_stored_answer_that_the_gate_refuses_today_is_asked_again(store: AssistantStore) -> None:
    CachedModel(Rewriter(lambda _, note: "old"), store, OpenGate()).complete(PROMPT, SCHEMA)
    stricter = CachedModel(Rewriter(lambda _, note: "new"), store, OpenGate(refuse="old"))
    assert stricter.complete(PROMPT, SCHEMA).text == '{"s1": "new"}'
    known = CachedModel(Rewriter(lambda _, note: "unasked"), store, OpenGate())
    assert known.complete(PROMPT, SCHEMA).text == '{"s1": "new"}'


def test_a_refused_stored_answer_is_not_used_when_no_other_is_to_be_had(
    store: AssistantStore,
) -> None:
    name = "fake/one"
    CachedModel(Rewriter(lambda _, note: "old", name), store, OpenGate()).complete(PROMPT, SCHEMA)
    gone = CachedModel(Scripted([ModelUnavailable("gone")], name), store, OpenGate(refuse="old"))
    with pytest.raises(ModelUnavailable):
        gone.complete(PROMPT, SCHEMA)


def test_a_forgotten_case_leaves_nothing(store: AssistantStore, engine: Engine) -> None:
    case_id = checkout().case.id
    store.save_dossier(checkout())
    store.save_draft(case_id, write_draft("update", checkout(), None, ()))
    CachedModel(Rewriter(lambda _, note: note), store, OpenGate()).complete(PROMPT, SCHEMA)
    store.forget(case_id)
    with engine.connect() as connection:
        for table in ("dossiers", "drafts", "completions"):
            assert connection.execute(text(f"select count(*) from {table}")).scalar_one() == 0
