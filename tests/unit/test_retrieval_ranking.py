from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from retrieval import Weights
from retrieval.features import NAMES
from retrieval.ranking import Candidate, labels, rank
from tests.making_documents import a_query

if TYPE_CHECKING:
    from retrieval.features import Features

NOW = datetime(2026, 3, 1, tzinfo=UTC)
QUERY = a_query("Checkout fails", signatures=("IOError",), product="Shop", component="api")
PLAIN = Candidate("case/1", title_score=5.0, words_score=10.0, cosine=0.5)
FIRST = replace(PLAIN, key="case/2")


def order(*candidates: Candidate, time: datetime | None = None) -> list[str]:
    return [place.candidate.key for place in rank(QUERY, time, candidates)]


@pytest.mark.parametrize(
    "better",
    [
        replace(FIRST, title_score=6.0),
        replace(FIRST, words_score=12.0),
        replace(FIRST, signature_score=4.0),
        replace(FIRST, components=frozenset({"api", "web"})),
        replace(FIRST, products=frozenset({"shop"})),
        replace(FIRST, cosine=0.6),
        replace(FIRST, lift=0.02),
    ],
)
def test_each_signal_lifts_a_candidate(better: Candidate) -> None:
    assert order(PLAIN, better) == ["case/2", "case/1"]


def test_an_outdated_article_falls_behind() -> None:
    assert order(replace(PLAIN, cosine=0.8, validity=0.6), FIRST) == ["case/2", "case/1"]


def test_demotion_never_lifts_what_is_unlike_the_query() -> None:
    unlike = Candidate("case/1", cosine=0.0, dated=NOW - timedelta(days=9_000))
    demoted = replace(unlike, key="case/0", validity=0.6)
    assert order(demoted, unlike, time=NOW) == ["case/1", "case/0"]


def test_age_counts_only_when_the_time_of_the_query_is_known() -> None:
    old = replace(PLAIN, cosine=0.52, dated=NOW - timedelta(days=900))
    new = replace(FIRST, dated=NOW - timedelta(days=9))
    assert order(old, new) == ["case/1", "case/2"]
    assert order(old, new, time=NOW) == ["case/2", "case/1"]


def test_a_year_at_the_beginning_costs_more_than_a_year_later() -> None:
    ages = [NOW - timedelta(days=365 * years) for years in (0, 1, 2, 3)]
    young, one, two, three = (
        rank(QUERY, NOW, [replace(PLAIN, dated=dated)])[0].score for dated in ages
    )
    assert young > one > two > three
    assert young - one > one - two > two - three


def test_an_unknown_product_is_not_another_product() -> None:
    silent = replace(a_query("Checkout fails"), time=NOW)
    other = replace(FIRST, products=frozenset({"depot"}))
    scores = {place.candidate.key: place.score for place in rank(silent, NOW, [PLAIN, other])}
    assert scores["case/1"] == scores["case/2"]


def test_equal_candidates_stand_in_the_order_of_their_keys() -> None:
    assert order(FIRST, PLAIN) == ["case/1", "case/2"]


def test_nothing_to_rank_is_an_empty_ranking() -> None:
    assert rank(QUERY, NOW, []) == []


class OldestFirst:
    def score(self, described: Features, /) -> Features:
        ages: Features = described[:, NAMES.index("age")]
        return ages / 100


def test_another_ranker_decides_the_order() -> None:
    old = replace(FIRST, cosine=0.1, dated=NOW - timedelta(days=900))
    young = replace(PLAIN, dated=NOW)
    ranked = rank(QUERY, NOW, [young, old], OldestFirst())
    assert [place.candidate.key for place in ranked] == ["case/2", "case/1"]


def test_a_weight_of_nothing_silences_its_signal() -> None:
    better = replace(FIRST, cosine=0.9)
    ranked = rank(QUERY, None, [better, PLAIN], Weights(cosine=0.0))
    assert [place.candidate.key for place in ranked] == ["case/1", "case/2"]


def test_labels_of_a_field_with_several_values_are_compared_one_by_one() -> None:
    assert labels("Core, Runtime; API") == {"core", "runtime", "api"}
    assert labels(" ") == frozenset()


def test_a_known_duplicate_of_the_best_answer_comes_before_what_only_resembles_it() -> None:
    best = Candidate("case/1", cosine=0.9, group="case/1")
    duplicate = Candidate("case/2", cosine=0.3, group="case/1")
    alike = Candidate("case/3", cosine=0.6)
    order = [place.candidate.key for place in rank(QUERY, None, [alike, duplicate, best])]
    assert order == ["case/1", "case/2", "case/3"]
    without = rank(QUERY, None, [alike, duplicate, best], Weights(group=0.0))
    assert [place.candidate.key for place in without] == ["case/1", "case/3", "case/2"]
