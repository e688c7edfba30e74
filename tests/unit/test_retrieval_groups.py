from datetime import UTC, datetime, timedelta

from retrieval.features import Candidate
from retrieval.groups import DuplicateLink, known_groups, missing_members, with_groups

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def test_linked_documents_are_one_group_over_any_number_of_links() -> None:
    links = [
        DuplicateLink("case/3", "case/2", NOW - DAY),
        DuplicateLink("case/1", "case/2", NOW - DAY),
        DuplicateLink("case/8", "case/9", NOW - DAY),
    ]
    assert known_groups(links, NOW) == {
        "case/1": "case/1",
        "case/2": "case/1",
        "case/3": "case/1",
        "case/8": "case/8",
        "case/9": "case/8",
    }


def test_a_link_that_was_made_later_is_not_known_yet() -> None:
    link = DuplicateLink("case/1", "case/2", NOW)
    assert known_groups([link], NOW) == {}
    assert known_groups([link], NOW + DAY)


def test_a_candidate_without_links_keeps_no_group() -> None:
    told = with_groups([Candidate("case/1"), Candidate("case/5")], {"case/1": "case/1"})
    assert [candidate.group for candidate in told] == ["case/1", ""]


def test_the_known_duplicates_of_what_was_found_are_missing_until_found() -> None:
    groups = {"case/1": "case/1", "case/2": "case/1", "case/3": "case/1", "case/8": "case/8"}
    assert missing_members(["case/2", "case/5"], groups) == ["case/1", "case/3"]
    assert missing_members(["case/5"], groups) == []
