from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from retrieval import RetrievalError
from retrieval.features import NAMES, Candidate
from retrieval.learning import (
    FEWEST_EXAMPLES,
    Example,
    average_precision,
    compare,
    dump,
    is_better,
    load,
    train,
)
from retrieval.ranking import Weights, rank
from tests.making_documents import a_query

if TYPE_CHECKING:
    from retrieval.features import Features

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def an_example(chance: random.Random, number: int) -> Example:
    """Make a search whose right answer is of another component, against the untrained weights."""
    query = a_query("Checkout fails", component="api")
    right = chance.randrange(12)
    candidates = tuple(
        Candidate(
            f"case/{number}-{place}",
            title_score=chance.uniform(0, 20),
            cosine=chance.uniform(0, 1),
            dated=NOW - timedelta(days=chance.randrange(900)),
            components=frozenset({"web" if place == right else "api"}),
        )
        for place in range(12)
    )
    return Example(query, NOW, candidates, frozenset({candidates[right].key}))


def some_examples(count: int, seed: int = 1) -> list[Example]:
    chance = random.Random(seed)
    return [an_example(chance, number) for number in range(count)]


class Learned:
    """What one training gives, shared by the tests: training takes a second."""

    past = some_examples(60)
    later = some_examples(40, seed=2)
    ranker = train(past)


def test_a_trained_ranker_finds_what_the_untrained_one_misses() -> None:
    result = compare(Weights(), Learned.ranker, Learned.later)
    assert result.new > result.old + 0.3
    assert result.low <= result.new - result.old <= result.high
    assert result.better
    assert result.queries == 40
    assert is_better(Weights(), Learned.ranker, Learned.later)


def test_a_ranker_is_not_better_than_itself() -> None:
    assert not is_better(Learned.ranker, Learned.ranker, Learned.later)
    assert not is_better(Learned.ranker, Weights(), Learned.later)


def test_nothing_later_proves_nothing() -> None:
    assert not is_better(Weights(), Learned.ranker, [])


def test_equal_examples_give_an_equal_ranker() -> None:
    assert dump(train(Learned.past)) == dump(Learned.ranker)


def test_a_saved_ranker_ranks_as_before() -> None:
    example = Learned.later[0]
    again = load(dump(Learned.ranker))
    assert rank(example.query, NOW, example.candidates, again) == rank(
        example.query, NOW, example.candidates, Learned.ranker
    )


SAVED = dump(Learned.ranker)


@pytest.mark.parametrize(
    "changed",
    [
        b"",
        b"\xff\n",
        SAVED[:-9],
        SAVED.replace(b"casewright-ranker", b"other"),
        SAVED.replace(b'"age"', b'"years"'),
        SAVED.replace(b"leaf_value=", b"leaf_value=9", 1),
        b"[]\n" + SAVED,
    ],
)
def test_a_saved_ranker_that_was_changed_is_refused(changed: bytes) -> None:
    with pytest.raises(RetrievalError, match="triage adapt"):
        load(changed)


def test_scores_lie_between_0_and_1() -> None:
    places = rank(a_query("x"), NOW, Learned.later[0].candidates, Learned.ranker)
    assert all(0 <= place.score <= 1 for place in places)


def test_too_few_examples_are_refused_with_what_to_do() -> None:
    with pytest.raises(RetrievalError, match=f"needs {FEWEST_EXAMPLES}"):
        train(Learned.past[: FEWEST_EXAMPLES - 1])


def test_examples_whose_answer_was_not_brought_up_teach_nothing() -> None:
    missed = [
        Example(one.query, one.time, one.candidates, frozenset({"case/x"})) for one in Learned.past
    ]
    with pytest.raises(RetrievalError, match="0 searches"):
        train(missed)


class ByTitle:
    def score(self, described: Features, /) -> Features:
        scores: Features = described[:, NAMES.index("title")]
        return scores


def test_average_precision_counts_what_was_missed_as_missed() -> None:
    found = tuple(
        Candidate(f"case/{name}", title_score=score) for name, score in (("a", 3), ("b", 2))
    )
    query = a_query("x")
    assert average_precision(Example(query, NOW, found, frozenset({"case/b"})), ByTitle()) == 0.5
    missing = frozenset({"case/a", "case/gone"})
    assert average_precision(Example(query, NOW, found, missing), ByTitle()) == 0.5
    assert average_precision(Example(query, NOW, (), missing), ByTitle()) == 0.0
