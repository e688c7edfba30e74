import math

import pytest

from retrieval.bm25 import TermCounter
from retrieval.conditions import quoted, where_of
from retrieval.passages import passages
from retrieval.terms import terms
from tests.making_documents import a_document


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("timeouts", "timeout"),
        ("crashing", "crashed"),
        ("queries", "query"),
        ("Stopped", "stopping"),
        ("NAMENODE", "NameNode"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert set(terms(one)) & set(terms(other))


def test_a_compound_name_is_found_by_its_parts_and_as_a_whole() -> None:
    found = terms("SocketTimeoutException")
    assert {"sockettimeoutexception", "socket", "timeout", "exception"} == set(found)


def test_tags_and_stop_words_are_no_terms() -> None:
    assert terms("the <PERSON> and the <IP> of you") == []


def test_a_language_without_spaces_is_cut_into_pairs_of_signs() -> None:
    assert terms("接続失敗") == ["接続", "続失", "失敗"]


def test_no_term_holds_a_space_whatever_the_text() -> None:
    assert all(" " not in term for term in terms("a\u00a0b_c d-e\tf  naïve café \x85 über"))


def test_a_rare_term_weighs_more_and_an_unknown_one_most() -> None:
    counter = TermCounter()
    counter.count(["pool timeout", "pool", "pool login", "timeout", ""])
    weights = counter.result().rarity(["pool", "timeout", "login", "never"])
    assert weights["pool"] < weights["timeout"] < weights["login"] == weights["never"]


def test_scores_are_bm25_by_hand() -> None:
    counter = TermCounter()
    counter.count(["pool timeout", "pool login page", "login"])
    held = counter.result()
    [score, nothing] = held.scores(held.rarity(["pool"]), ["pool pool x", ""])
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    assert score == pytest.approx(idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2)))
    assert nothing == 0


def test_counts_spell_no_word() -> None:
    counter = TermCounter()
    counter.count(["zirconium gasket", "zirconium"])
    assert b"zirconium" not in counter.result().hashes.tobytes()


def test_a_short_document_has_no_passages() -> None:
    assert passages(a_document("C-1", "Title", "Short text. " * 20)) == ()


def test_passages_are_few_whole_words_of_what_follows_the_head() -> None:
    words = [f"word{number}x" for number in range(2_000)]
    found = passages(a_document("C-1", "Title", " ".join(words)))
    assert 1 <= len(found) <= 4
    cut = [word for passage in found for word in passage.split()]  # the first and last are torn
    assert len(set(words) & set(cut)) >= len(cut) - 2
    assert not set(words[:50]) & set(cut)


def test_a_log_gives_no_passages() -> None:
    log = "2026-01-01 10:00:00,123 DEBUG heartbeat sent by the quiet worker\n" * 300
    assert passages(a_document("C-1", "Title", "It stops.\n" + log)) == ()


def test_who_may_see_is_part_of_every_condition() -> None:
    assert where_of(None, None, "") == "visibility = 'shared'"
    assert where_of("kb", None, "ab") == "(visibility = 'shared' OR tenant = 'ab') AND kind = 'kb'"


def test_a_quote_in_a_value_ends_nothing() -> None:
    assert quoted("x' OR '1'='1") == "'x'' OR ''1''=''1'"
