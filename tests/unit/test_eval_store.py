"""Stored scorecards: appended, read back in order, refused when somebody changed them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, create_engine, text

from evals import Score, Scorecard, ScorecardStore, ScoreSpan
from redaction import Seal, SealBroken

CARD = Scorecard(
    "fail", (Score("numbers", 0.5, False, "Claim 2: cite it.", (ScoreSpan(1, 0, 4),)),)
)
PASS = Scorecard("pass", (Score("numbers", 1.0, True, "All 2 claims pass."),))
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    yield engine
    engine.dispose()


def test_cards_are_appended_and_read_back_in_order(engine: Engine) -> None:
    store = ScorecardStore(engine, Seal(b"k" * 32))
    store.append("case1", "update", CARD, NOON)
    store.append("case1", "update", PASS, NOON)
    store.append("case1", "rca", CARD, NOON)
    assert [each.scorecard for each in store.history("case1", "update")] == [CARD, PASS]
    latest = store.latest("case1", "update")
    assert latest is not None
    assert (latest.scorecard, latest.created) == (PASS, NOON)
    assert store.latest("case2", "update") is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE scorecards SET body = replace(body, 'fail', 'pass')",
        "UPDATE scorecards SET case_id = 'case2'",
        "UPDATE scorecards SET kind = 'rca'",
        "UPDATE scorecards SET created = '2027-01-01T00:00:00+00:00'",
    ],
)
def test_a_changed_or_moved_card_is_refused(engine: Engine, change: str) -> None:
    store = ScorecardStore(engine, Seal(b"k" * 32))
    store.append("case1", "update", CARD, NOON)
    with engine.begin() as connection:
        connection.execute(text(change))
    with pytest.raises(SealBroken):
        [store.history(case, kind) for case in ("case1", "case2") for kind in ("update", "rca")]
