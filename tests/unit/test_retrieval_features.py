from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pytest import approx

from retrieval.features import NAMES, UNTRAINED, Candidate, features
from tests.making_documents import a_query

NOW = datetime(2026, 3, 1, tzinfo=UTC)
QUERY = a_query("Checkout fails", signatures=("IOError",), product="Shop", component="api")


def described(*candidates: Candidate, time: datetime | None = NOW) -> list[dict[str, float]]:
    table = features(QUERY, time, candidates)
    return [dict(zip(NAMES, map(float, row), strict=True)) for row in table]


def test_a_share_is_what_part_of_the_best_score_a_candidate_has() -> None:
    best, half = described(Candidate("a", title_score=8.0), Candidate("b", title_score=4.0))
    assert (best["title_share"], half["title_share"]) == (1.0, 0.5)
    assert (best["title_place"], half["title_place"]) == (0.0, 1.0)


def test_a_score_that_nobody_has_is_no_share() -> None:
    assert described(Candidate("a"))[0]["words_share"] == 0.0


def test_an_unknown_label_is_neither_the_same_nor_another() -> None:
    same, other, unknown = described(
        Candidate("a", products=frozenset({"shop"})),
        Candidate("b", products=frozenset({"depot"})),
        Candidate("c"),
    )
    assert (same["product_same"], same["product_other"]) == (1, 0)
    assert (other["product_same"], other["product_other"]) == (0, 1)
    assert (unknown["product_same"], unknown["product_other"]) == (0, 0)


def test_an_undated_document_has_no_age_and_says_so() -> None:
    dated, undated = described(Candidate("a", dated=NOW - timedelta(weeks=3)), Candidate("b"))
    assert dated["age"] == approx(1.386, abs=0.001)
    assert (dated["dated"], undated["age"], undated["dated"]) == (1, 0, 0)
    assert described(Candidate("a", dated=NOW), time=None)[0]["dated"] == 0


def test_shared_signatures_are_counted() -> None:
    assert (
        described(Candidate("a", signatures=frozenset({"IOError", "EPIPE"})))[0][
            "signatures_shared"
        ]
        == 1
    )


def test_a_known_duplicate_of_a_likely_answer_leads_it() -> None:
    likely = Candidate("a", cosine=0.9, group="a")
    worded_otherwise = Candidate("b", cosine=0.3, group="a")
    alone = Candidate("c", cosine=0.3)
    first, second, third = described(likely, worded_otherwise, alone)
    lead = UNTRAINED["cosine"] * 0.6
    assert (first["group_lead"], second["group_lead"]) == (approx(-lead), approx(lead))
    assert first["group_mean"] == second["group_mean"] == approx(UNTRAINED["cosine"] * 0.6)
    assert second["whole_gap"] > third["whole_gap"]
    assert (third["group_lead"], third["group_size"]) == (0, 0)


def test_a_group_with_one_candidate_leads_nobody() -> None:
    assert described(replace(Candidate("a", cosine=0.9), group="a"))[0]["group_lead"] == 0
