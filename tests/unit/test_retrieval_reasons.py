from redaction import is_redacted
from retrieval.reasons import reasons, told_terms
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


def test_the_terms_that_a_reason_may_name_are_folded_words_of_the_query() -> None:
    query = a_query("The Pool of <PERSON>", "timeout after 12345")
    assert told_terms(query) == {"pool", "timeout"}


def test_shared_stack_frames_are_told_apart_from_error_classes() -> None:
    trace = "IOError: gone\n  at com.example.Pool.open(Pool.java:3)\n"
    query = a_query("x", signatures=("IOError", "Pool.open", "Other.run"))
    why = reasons(query, a_document("C-1", "y", trace), 0.1, {})
    assert why == ("shares error signature IOError", "shares stack frame Pool.open")
