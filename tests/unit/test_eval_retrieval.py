import math
from collections.abc import Callable, Sequence

import pytest

from evals import Asked, Searched, bm25, compare_searches, fused, measure_search, tfidf

Search = Callable[[Sequence[tuple[str, str]], Sequence[Asked], int], list[list[int]]]
REPORTS = [
    ("Upload fails with timeout", "The gateway answers 504 after a minute."),
    ("Cannot log in after update", "The login page shows an empty form."),
    ("Timeout when a large file is uploaded", "Gateway answers 504."),
    ("Login form is empty", "After the update the form has no fields."),
]


def test_a_hit_in_first_place_counts_in_every_measure() -> None:
    measured = measure_search([Searched("a", (1,), 1)])

    assert measured.values == {"R@1": 1, "R@5": 1, "R@10": 1, "R@20": 1, "MRR": 1, "MAP": 1}
    assert measured.queries == 1


def test_what_is_not_found_counts_as_zero_in_average_precision() -> None:
    # Hits in places 2 and 5 of three that there are: (1/2 + 2/5) / 3.
    measured = measure_search([Searched("a", (5, 2), 3)])

    assert measured.values["MAP"] == pytest.approx((1 / 2 + 2 / 5) / 3)
    assert measured.values["MRR"] == pytest.approx(1 / 2)
    assert (measured.values["R@1"], measured.values["R@5"]) == (0, 1)


def test_a_query_without_hits_pulls_the_mean_down() -> None:
    measured = measure_search([Searched("a", (1,), 1), Searched("b", (), 4)])

    assert measured.values["MAP"] == 0.5
    assert measured.values["R@20"] == 0.5


def test_the_interval_holds_the_value_and_narrows_with_more_groups() -> None:
    few = [Searched(str(n), (1,) if n % 2 else (), 1) for n in range(10)]
    many = [Searched(str(n), (1,) if n % 2 else (), 1) for n in range(400)]

    wide, narrow = measure_search(few).intervals["MAP"], measure_search(many).intervals["MAP"]

    assert wide[0] <= 0.5 <= wide[1]
    assert narrow[0] <= 0.5 <= narrow[1]
    assert narrow[1] - narrow[0] < (wide[1] - wide[0]) / 2


def test_queries_of_one_group_are_drawn_together() -> None:
    apart = [Searched(str(n), (1,) if n < 20 else (), 1) for n in range(40)]
    together = [Searched(str(n // 20), (1,) if n < 20 else (), 1) for n in range(40)]

    assert measure_search(together).intervals["MAP"] == (0.0, 1.0)
    assert measure_search(apart).intervals["MAP"] != (0.0, 1.0)


def test_a_search_compared_with_itself_is_as_good() -> None:
    searched = [Searched(str(n), (n % 3 + 1,), 1) for n in range(30)]

    assert compare_searches(searched, searched) == (1.0, 1.0, 1.0)


def test_a_ratio_over_nothing_found_is_infinite() -> None:
    ratio, _, _ = compare_searches([Searched("a", (1,), 1)], [Searched("a", (), 1)])

    assert math.isinf(ratio)


@pytest.mark.parametrize("search", [tfidf, bm25])
def test_baselines_find_the_report_that_shares_words(search: Search) -> None:
    assert search(REPORTS, [Asked(2, 2), Asked(3, 3)], 10)[0][0] == 0
    assert search(REPORTS, [Asked(3, 3)], 10)[0][0] == 1


@pytest.mark.parametrize("search", [tfidf, bm25])
def test_baselines_see_earlier_reports_only(search: Search) -> None:
    [ranking] = search(REPORTS, [Asked(0, 0)], 10)

    assert ranking == []


def test_fused_rankings_put_first_what_both_rank_high() -> None:
    assert fused([[1, 2, 3]], [[2, 1, 4]])[0][:2] == [1, 2]
    assert set(fused([[1, 2]], [[3]])[0]) == {1, 2, 3}
