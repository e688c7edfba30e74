from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from redaction import Seal, SealBroken
from retrieval.store import Decision, DecisionStore, RankerStore, TrainedRanker

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def decisions(tmp_path: Path) -> DecisionStore:
    return DecisionStore(create_engine(f"sqlite:///{tmp_path / 'casewright.db'}"))


def test_the_last_decision_on_a_case_and_document_counts(decisions: DecisionStore) -> None:
    decisions.decide(Decision("case-1", "kb/KB-1", "accept", NOW))
    decisions.decide(Decision("case-1", "kb/KB-1", "resolved", NOW + HOUR))

    assert decisions.decisions() == (Decision("case-1", "kb/KB-1", "resolved", NOW + HOUR),)


def test_verdicts_are_counted_over_cases(decisions: DecisionStore) -> None:
    decisions.decide(Decision("case-1", "kb/KB-1", "resolved", NOW))
    decisions.decide(Decision("case-2", "kb/KB-1", "accept", NOW + HOUR))
    decisions.decide(Decision("case-3", "kb/KB-1", "contradicts", NOW + 2 * HOUR))
    decisions.decide(Decision("case-3", "kb/KB-2", "reject", NOW))

    told = decisions.told(["kb/KB-1", "kb/KB-2", "kb/KB-3"])

    assert (told["kb/KB-1"].resolved, told["kb/KB-1"].accept) == (1, 1)
    assert told["kb/KB-1"].contradicts == 1
    assert told["kb/KB-1"].helped == NOW + HOUR
    assert told["kb/KB-2"].helped is None
    assert "kb/KB-3" not in told


def test_many_documents_are_asked_for_at_once(decisions: DecisionStore) -> None:
    decisions.decide(Decision("case-1", "case/4000", "accept", NOW))

    told = decisions.told([f"case/{number}" for number in range(5_000)])

    assert list(told) == ["case/4000"]


def test_decisions_go_with_their_case(decisions: DecisionStore) -> None:
    decisions.decide(Decision("case-1", "kb/KB-1", "accept", NOW))
    decisions.decide(Decision("case-2", "kb/KB-1", "accept", NOW))

    assert decisions.forget("case-1") == 1
    assert [each.case_id for each in decisions.decisions()] == ["case-2"]
    assert decisions.withdraw("case-2", "kb/KB-1")
    assert not decisions.withdraw("case-2", "kb/KB-1")


def test_the_newest_ranker_serves_and_the_one_before_comes_back(tmp_path: Path) -> None:
    store = RankerStore(create_engine(f"sqlite:///{tmp_path / 'casewright.db'}"), Seal(bytes(32)))
    assert store.serving() is None
    assert not store.roll_back()

    first, second = TrainedRanker("first", {"MAP": 0.5}), TrainedRanker("second", {"MAP": 0.6})
    store.save(first, NOW)
    store.save(second, NOW + HOUR)

    assert store.serving() == second
    assert store.roll_back()
    assert store.serving() == first
    assert store.roll_back()
    assert store.serving() is None


def test_a_ranker_that_was_changed_in_the_store_does_not_serve(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'casewright.db'}")
    store = RankerStore(engine, Seal(bytes(32)))
    store.save(TrainedRanker("tree", {}), NOW)
    with engine.begin() as connection:
        connection.execute(text("UPDATE rankers SET body = replace(body, 'tree', 'evil')"))

    with pytest.raises(SealBroken):
        store.serving()
