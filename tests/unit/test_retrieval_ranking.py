from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Weights
from retrieval.ranking import Candidate, is_retired, labels, rank
from tests.making_documents import a_query

NOW = datetime(2026, 3, 1, tzinfo=UTC)
QUERY = a_query("Checkout fails", signatures=("IOError",), product="Shop", component="api")
PLAIN = Candidate("case/1", 5.0, 0.5, None, frozenset(), frozenset(), frozenset(), retired=False)
FIRST = replace(PLAIN, key="case/2")


def order(*candidates: Candidate, time: datetime | None = None) -> list[str]:
    return [place.candidate.key for place in rank(QUERY, time, candidates, Weights())]


def test_words_and_meaning_are_added_by_their_weights() -> None:
    weaker = replace(PLAIN, key="case/3", lexical=2.5)
    scores = [place.score for place in rank(QUERY, None, [PLAIN, weaker], Weights())]
    assert scores == pytest.approx([0.3 + 0.35, 0.15 + 0.35])


@pytest.mark.parametrize(
    "better",
    [
        replace(FIRST, signatures=frozenset({"IOError"})),
        replace(FIRST, components=frozenset({"api", "web"})),
        replace(FIRST, products=frozenset({"shop"})),
        replace(FIRST, cosine=0.6),
    ],
)
def test_a_shared_signature_component_or_product_lifts_a_candidate(better: Candidate) -> None:
    assert order(PLAIN, better) == ["case/2", "case/1"]


def test_a_retired_article_falls_behind() -> None:
    assert order(replace(PLAIN, cosine=0.8, retired=True), FIRST) == ["case/2", "case/1"]


def test_age_counts_only_when_the_time_of_the_query_is_known() -> None:
    old = replace(PLAIN, cosine=0.52, dated=NOW - timedelta(days=900))
    new = replace(FIRST, dated=NOW - timedelta(days=9))
    assert order(old, new) == ["case/1", "case/2"]
    assert order(old, new, time=NOW) == ["case/2", "case/1"]


def test_age_never_costs_more_than_the_cap() -> None:
    ancient = replace(PLAIN, dated=NOW - timedelta(days=20_000))
    place = rank(QUERY, NOW, [ancient], Weights())[0]
    assert place.score == pytest.approx(0.65 - Weights().decay_cap)


def test_nothing_to_rank_is_an_empty_ranking() -> None:
    assert rank(QUERY, NOW, [], Weights()) == []


candidates = st.builds(
    Candidate,
    key=st.text(max_size=4),
    lexical=st.floats(0, 1e6),
    cosine=st.floats(-1, 1),
    dated=st.none() | st.datetimes(timezones=st.just(UTC)),
    signatures=st.frozensets(st.sampled_from(["IOError", "EPIPE"])),
    components=st.frozensets(st.sampled_from(["api", "web"])),
    products=st.frozensets(st.sampled_from(["shop"])),
    retired=st.booleans(),
)


@given(st.lists(candidates, max_size=8), st.none() | st.just(NOW))
def test_ranking_keeps_every_candidate_and_scores_from_0_to_1(
    given_candidates: list[Candidate], time: datetime | None
) -> None:
    ranked = rank(QUERY, time, given_candidates, Weights())
    assert sorted(place.candidate.key for place in ranked) == sorted(
        candidate.key for candidate in given_candidates
    )
    scores = [place.score for place in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_labels_of_a_field_with_several_values_are_compared_one_by_one() -> None:
    assert labels("Core, Runtime; API") == {"core", "runtime", "api"}
    assert labels(" ") == frozenset()


def test_only_articles_are_retired_by_their_status() -> None:
    assert is_retired("kb", "Outdated ", "")
    assert is_retired("case", "", "KB-2")
    assert not is_retired("case", "archived", "")
    assert not is_retired("kb", "published", "")
