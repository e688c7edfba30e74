from datetime import UTC, datetime, timedelta

import pytest

from retrieval.lifecycle import Standing, Told, is_stale, lift, standing, validity

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
NOTHING = Told()


def judged(
    status: str = "published",
    superseded_by: str = "",
    review_by: datetime | None = None,
    told: Told = NOTHING,
) -> Standing:
    return standing("kb", status, superseded_by, review_by, told, NOW)


def test_an_article_is_current_until_something_speaks_against_it() -> None:
    assert judged() == "current"
    assert judged(review_by=NOW + DAY) == "current"
    assert judged(superseded_by="KB-9") == "superseded"
    assert judged(status="Retired") == "retired"
    assert judged(told=Told(contradicts=1)) == "contradicted"
    assert judged(review_by=NOW - DAY) == "expired"


def test_a_closed_case_is_no_retired_article() -> None:
    assert standing("case", "obsolete", "", None, Told(), NOW) == "current"
    assert standing("case", "closed", "C-2", None, Told(), NOW) == "superseded"


@pytest.mark.parametrize("doubtful", ["superseded", "retired", "contradicted", "expired"])
def test_what_is_doubtful_ranks_below_what_is_current(doubtful: Standing) -> None:
    assert validity(doubtful, "unknown") < validity("current", "unknown")


def test_what_applies_ranks_above_what_is_fixed_or_of_other_versions() -> None:
    ranked = [validity("current", each) for each in ("applies", "unknown", "fixed", "unaffected")]

    assert ranked == sorted(ranked, reverse=True)
    assert len(set(ranked)) == 4


def test_resolving_lifts_more_than_accepting_and_rejections_lower() -> None:
    assert lift(Told(resolved=1)) > lift(Told(accept=1)) > 0 == lift(Told()) > lift(Told(reject=1))


def test_usage_never_outweighs_what_a_document_says() -> None:
    assert lift(Told(resolved=10_000)) == lift(Told(resolved=1_000)) < 0.1
    assert lift(Told(reject=10_000)) > -0.1


def test_an_old_article_is_stale_unless_it_helped_since() -> None:
    old = NOW - 800 * DAY

    assert is_stale(old, Told(), NOW)
    assert not is_stale(old, Told(helped=NOW - 30 * DAY), NOW)
    assert not is_stale(NOW - 30 * DAY, Told(), NOW)
    assert not is_stale(None, Told(), NOW)
