from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from retrieval.features import NAMES, features
from retrieval.ranking import Candidate, rank
from retrieval.wording import wording
from tests.making import redacted
from tests.making_documents import a_query

NOW = datetime(2026, 3, 1, tzinfo=UTC)
QUERY = a_query("Checkout fails", signatures=("IOError",), product="Shop", component="api")

candidates = st.builds(
    Candidate,
    key=st.text(max_size=4),
    title_score=st.floats(0, 1e4),
    words_score=st.floats(0, 1e4),
    signature_score=st.floats(0, 1e3),
    cosine=st.floats(-1, 1),
    dated=st.none() | st.datetimes(timezones=st.just(UTC)),
    products=st.frozensets(st.sampled_from(["shop", "depot"])),
    components=st.frozensets(st.sampled_from(["api", "web"])),
    versions=st.frozensets(st.sampled_from(["1", "2"])),
    signatures=st.frozensets(st.sampled_from(["IOError", "EPIPE"])),
    validity=st.floats(0.1, 1),
    lift=st.floats(0, 0.2),
    group=st.sampled_from(["", "case/a", "case/b"]),
)
times = st.none() | st.just(NOW)


@given(st.lists(candidates, max_size=8), times)
def test_ranking_keeps_every_candidate_and_scores_from_0_to_1(
    given_candidates: list[Candidate], time: datetime | None
) -> None:
    ranked = rank(QUERY, time, given_candidates)
    assert sorted(place.candidate.key for place in ranked) == sorted(
        candidate.key for candidate in given_candidates
    )
    scores = [place.score for place in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@given(st.lists(candidates, max_size=8), times)
def test_features_are_finite_numbers_whatever_is_unknown(
    given_candidates: list[Candidate], time: datetime | None
) -> None:
    described = features(QUERY, time, given_candidates)
    assert described.shape == (len(given_candidates), len(NAMES))
    assert abs(described).max(initial=0.0) < 1e6


@given(st.text(max_size=400), st.integers(1, 300))
def test_wording_holds_parts_of_the_text_in_their_order(text: str, limit: int) -> None:
    kept = wording(redacted(text), limit)
    assert len(kept) <= limit
    place = 0
    for line in kept.split("\n"):
        place = text.index(line, place) + len(line)
