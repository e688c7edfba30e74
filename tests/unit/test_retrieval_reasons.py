from redaction import is_redacted
from retrieval.reasons import reasons, term_rarity
from tests.making_documents import a_document, a_query


def test_each_reason_is_a_sentence_that_an_analyst_understands() -> None:
    query = a_query(
        "Checkout rollback after pool timeout",
        signatures=("SQLTransientConnectionException",),
        product="Shop",
        component="checkout-api",
    )
    document = a_document(
        "C-7",
        "Pool timeout, rollback helped",
        "java.sql.SQLTransientConnectionException in the pool",
        product="Shop",
        component="checkout-api",
    )
    rarity = {"pool": 3.0, "timeout": 2.0, "rollback": 1.0}
    why = reasons(query, document, 0.6234, rarity)
    assert why == (
        "shares error signature SQLTransientConnectionException",
        "same component checkout-api",
        "shared terms: Pool, timeout, rollback",
        "similar wording (0.62)",
    )
    assert all(is_redacted(reason) for reason in why)


def test_a_superseded_article_says_by_which() -> None:
    article = a_document("KB-1", "Pools", kind="kb", superseded_by="KB-012")
    assert reasons(a_query("x"), article, 0.1, {}) == ("superseded by KB-012",)


def test_an_outdated_article_says_so() -> None:
    article = a_document("KB-1", "Pools", kind="kb", status="outdated")
    assert reasons(a_query("x"), article, 0.1, {}) == ("marked as outdated",)


def test_what_differs_is_said_too() -> None:
    query = a_query("x", product="Shop", component="api")
    other = a_document("C-1", "y", product="Depot", component="api")
    assert "differs: other product (Depot)" in reasons(query, other, 0.1, {})
    sibling = a_document("C-1", "y", product="Shop", component="web")
    assert "differs: other component (web)" in reasons(query, sibling, 0.1, {})


def test_tags_numbers_and_ordinary_words_are_never_shared_terms() -> None:
    text = "the <PERSON> and 12345 with error"
    assert reasons(a_query(text), a_document("C-1", text), 0.1, {}) == ()


def test_a_term_that_every_candidate_holds_weighs_nothing() -> None:
    rarity = term_rarity(["pool timeout", "pool rollback"])
    assert rarity["pool"] == 0
    assert rarity["timeout"] > 0
