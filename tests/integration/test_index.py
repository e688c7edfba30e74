import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from redaction import EgressRefused, RedactedText, Seal, SealBroken, is_redacted
from retrieval import (
    Embedder,
    EmbedderUnavailable,
    Finding,
    Index,
    IndexBroken,
    MiniLmEmbedder,
    Refusal,
    text_query,
)
from tests.fake_embedder import WordEmbedder
from tests.making import redacted
from tests.making_documents import a_document, a_query

Open = Callable[..., Index]
SEAL = Seal(bytes(32))
NOW = datetime(2026, 3, 1, tzinfo=UTC)
POOL = a_document(
    "C-1",
    "Checkout fails with connection pool timeout",
    "SQLTransientConnectionException after the deployment; a rollback helped.",
    created=datetime(2026, 1, 1, tzinfo=UTC),
    component="checkout-api",
)
LOGIN = a_document(
    "C-2",
    "Login page is blank in Safari",
    "The script is blocked by the content security policy.",
    created=datetime(2026, 2, 1, tzinfo=UTC),
    component="web",
)
ARTICLE = a_document(
    "KB-1",
    "Sizing the connection pool of checkout",
    "Raise maximumPoolSize when connections time out.",
    kind="kb",
    created=datetime(2025, 6, 1, tzinfo=UTC),
)
ALL = (POOL, LOGIN, ARTICLE)
POOL_QUERY = a_query(
    "Checkout fails after the deployment: timeout of the connection pool",
    signatures=("SQLTransientConnectionException",),
    component="checkout-api",
)


class WordGate:
    """Refuses every text that holds the word `leaked`."""

    def __init__(self) -> None:
        self.checked: list[RedactedText] = []

    def check(self, text: RedactedText) -> None:
        self.checked.append(text)
        if (start := text.find("leaked")) >= 0:
            raise EgressRefused((("SECRET", start, start + len("leaked")),))

    def admit(self, text: str) -> RedactedText:
        self.check(admitted := redacted(text))
        return admitted


@pytest.fixture(params=["words", pytest.param("minilm", marks=pytest.mark.slow)])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "words":
        return WordEmbedder()
    return request.getfixturevalue("minilm")


@pytest.fixture(scope="session")
def minilm(models: Mapping[str, Path]) -> MiniLmEmbedder:
    return MiniLmEmbedder(models["all-minilm-l6-v2"])


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return str(tmp_path / "index")


def an_index(uri: str, embedder: Embedder | None = None, seal: Seal = SEAL) -> Index:
    return Index(uri, embedder or WordEmbedder(), WordGate(), seal)


def ids(index: Index, query_title: str = "connection pool") -> list[str]:
    return [match.document.id for match in index.match(a_query(query_title))]


def bytes_below(folder: str) -> bytes:
    return b"".join(path.read_bytes() for path in Path(folder).rglob("*") if path.is_file())


class TestContract:
    """What holds for every embedder."""

    def test_vectors_have_length_one_and_keep_the_order(self, embedder: Embedder) -> None:
        texts = [redacted(text) for text in ("a much longer text about a pool", "", "login")]
        vectors = embedder.embed(texts)
        assert vectors.shape == (3, embedder.dimensions)
        assert (vectors**2).sum(axis=1) == pytest.approx([1.0] * 3, abs=1e-5)
        assert embedder.embed(texts[2:])[0] == pytest.approx(vectors[2], abs=1e-4)

    def test_the_precedent_is_found_with_its_reasons(self, uri: str, embedder: Embedder) -> None:
        index = an_index(uri, embedder)
        assert index.add(ALL).added == 3
        first, second, third = index.match(POOL_QUERY)
        assert first.document == POOL
        assert 1 >= first.score > second.score > third.score >= 0
        assert first.why[:2] == (
            "shares error signature SQLTransientConnectionException",
            "same component checkout-api",
        )
        assert all(is_redacted(reason) for match in (first, second) for reason in match.why)

    def test_the_document_itself_is_the_best_match_of_its_text(
        self, uri: str, embedder: Embedder
    ) -> None:
        index = an_index(uri, embedder)
        index.add(ALL)
        for document in ALL:
            best = index.match(a_query(document.title, document.text))[0]
            assert best.document == document
            assert best.score > 0.9

    def test_a_long_text_of_noise_is_a_valid_query(self, uri: str, embedder: Embedder) -> None:
        index = an_index(uri, embedder)
        index.add(ALL)
        noise = "Failure\n" + "2026-03-01 INFO heartbeat ok 200\n" * 3_000
        query = text_query(redacted(noise + "SQLTransientConnectionException"))
        reasons = [why for match in index.match(query) for why in match.why]
        assert "shares error signature SQLTransientConnectionException" in reasons


def test_adding_again_embeds_nothing_and_changes_nothing(uri: str) -> None:
    an_index(uri).add(ALL)
    embedder = WordEmbedder()
    again = an_index(uri, embedder).add(ALL)
    assert (again.added, again.unchanged) == (0, 3)
    assert embedder.embedded == []


def test_a_changed_document_replaces_the_old_one(uri: str) -> None:
    index = an_index(uri)
    index.add(ALL)
    changed = replace(POOL, resolution=redacted("fixed in 4.3"))
    report = index.add((changed, LOGIN))
    assert (report.added, report.unchanged) == (1, 1)
    assert index.stats().counts == {"case": 2, "kb": 1}
    assert index.match(POOL_QUERY)[0].document == changed


def test_the_last_of_equal_ids_in_one_batch_is_kept(uri: str) -> None:
    index = an_index(uri)
    index.add((POOL, replace(POOL, title=redacted("Another title"))))
    assert [match.document.title for match in index.match(a_query("title"))] == ["Another title"]


def test_a_case_and_an_article_may_have_the_same_id(uri: str) -> None:
    index = an_index(uri)
    index.add((POOL, replace(ARTICLE, id=POOL.id)))
    assert index.stats().counts == {"case": 1, "kb": 1}


def test_a_refused_document_is_reported_and_the_others_are_added(uri: str) -> None:
    embedder = WordEmbedder()
    leaking = replace(LOGIN, workaround=redacted("was leaked"))
    report = an_index(uri, embedder).add((POOL, leaking, ARTICLE))
    assert report.added == 2
    assert report.refused == (Refusal("C-2", "case", (Finding("workaround", "SECRET", 4, 10),)),)
    assert LOGIN.title not in "".join(embedder.embedded)
    assert b"Safari" not in bytes_below(uri)


def test_a_query_that_the_gate_refuses_is_not_embedded(uri: str) -> None:
    embedder = WordEmbedder()
    index = an_index(uri, embedder)
    index.add(ALL)
    embedder.embedded.clear()
    with pytest.raises(EgressRefused):
        index.match(a_query("a leaked thing"))
    assert embedder.embedded == []


def test_text_that_was_not_redacted_is_refused_at_run_time(uri: str) -> None:
    raw: RedactedText = "raw title"  # pyright: ignore[reportAssignmentType]
    with pytest.raises(TypeError, match="C-1: field title"):
        an_index(uri).add((replace(POOL, title=raw),))


def test_only_documents_of_the_kind_asked_for_are_found(uri: str) -> None:
    index = an_index(uri)
    index.add(ALL)
    assert [match.document for match in index.match(POOL_QUERY, kind="kb")] == [ARTICLE]


def test_as_of_leaves_out_later_and_undated_documents(uri: str) -> None:
    index = an_index(uri)
    index.add((*ALL, replace(POOL, id="C-9", created=None)))
    found = index.match(POOL_QUERY, as_of=datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC))
    assert {match.document.id for match in found} == {"C-1", "KB-1"}
    found = index.match(POOL_QUERY, as_of=datetime(2026, 1, 1, tzinfo=UTC))
    assert {match.document.id for match in found} == {"KB-1"}


def test_no_more_than_k_matches_are_returned(uri: str) -> None:
    index = an_index(uri)
    index.add(ALL)
    assert len(index.match(POOL_QUERY, k=2)) == 2


def test_a_superseded_article_falls_behind_its_successor_and_says_so(uri: str) -> None:
    old = replace(ARTICLE, id="KB-0", superseded_by=redacted("KB-1"))
    index = an_index(uri)
    index.add((old, ARTICLE))
    matches = index.match(a_query("connection pool of checkout"))
    assert [match.document.id for match in matches] == ["KB-1", "KB-0"]
    assert matches[1].why[0] == "superseded by KB-1"


def test_an_empty_index_matches_nothing_and_says_why(uri: str) -> None:
    index = an_index(uri)
    assert index.match(POOL_QUERY) == ()
    assert "holds no documents" in str(index.stats().problem)
    index.add(())
    assert index.match(POOL_QUERY) == ()
    assert index.stats().counts == {"case": 0, "kb": 0}
    index.add(ALL)
    assert index.stats().problem is None


@pytest.mark.parametrize(
    "title",
    ['+pool -(AND OR NOT) "x', "the of and", "???", "title:pool^2~ *", "'; DROP TABLE", "", "池"],
)
def test_operators_stop_words_and_signs_are_only_text(uri: str, title: str) -> None:
    index = an_index(uri)
    index.add(ALL)
    assert len(index.match(a_query(title))) == (3 if title else 0)


def test_stats_count_by_kind_and_tell_model_size_and_last_write(uri: str) -> None:
    before = datetime.now(UTC)
    index = an_index(uri)
    index.add(ALL)
    stats = index.stats()
    assert stats.counts == {"case": 2, "kb": 1}
    assert stats.model == "words-1"
    assert stats.size > 1_000
    assert stats.updated is not None
    assert before <= stats.updated <= datetime.now(UTC)


def test_progress_counts_every_document_seen(uri: str) -> None:
    seen: list[int] = []
    many = [replace(POOL, id=f"C-{number}") for number in range(600)]
    an_index(uri).add(many, seen.append)
    assert seen == [512, 600]


def test_a_removed_document_is_gone_from_the_disk_and_from_every_model(uri: str) -> None:
    secret = replace(
        LOGIN, title=redacted("xylographic zugzwang"), text=redacted("quixotic jabberwock")
    )
    indexes = [an_index(uri, WordEmbedder(name)) for name in ("words-1", "words-2")]
    for index in indexes:
        index.add((POOL, secret, ARTICLE))
    assert b"jabberwock" in bytes_below(uri)
    assert indexes[0].remove("C-2") == 2
    left = bytes_below(uri)
    words = (b"xylographic", b"zugzwang", b"quixotic", b"jabberwock", b"xylograph", b"quixot")
    assert [word for word in words if word in left] == []
    for index in indexes:
        assert set(ids(index)) == {"C-1", "KB-1"}


def test_removing_an_unknown_id_removes_nothing(uri: str) -> None:
    index = an_index(uri)
    assert index.remove("C-1") == 0
    index.add(ALL)
    assert index.remove("x' OR '1'='1") == 0
    assert index.stats().counts == {"case": 2, "kb": 1}


def test_each_model_has_its_own_documents(uri: str) -> None:
    an_index(uri, WordEmbedder("words-1")).add(ALL)
    other = an_index(uri, WordEmbedder("words-2", dimensions=32))
    assert other.match(POOL_QUERY) == ()
    other.add((ARTICLE,))
    assert ids(other) == ["KB-1"]


def test_a_table_of_other_columns_is_refused_with_a_clear_error(uri: str) -> None:
    an_index(uri, WordEmbedder("words-1", dimensions=16)).add(ALL)
    index = an_index(uri)
    for use in (lambda: index.add(ALL), index.stats, lambda: index.match(POOL_QUERY)):
        with pytest.raises(IndexBroken, match="documents-words-1"):
            use()


def test_a_damaged_table_is_refused_with_a_clear_error(uri: str) -> None:
    index = an_index(uri)
    index.add(ALL)
    for path in Path(uri).rglob("*.lance"):
        if path.is_file():
            path.write_bytes(b"damaged")
    with pytest.raises(IndexBroken, match="cannot be read"):
        an_index(uri).match(POOL_QUERY)


def test_a_document_stored_under_another_key_is_not_read(uri: str) -> None:
    an_index(uri).add(ALL)
    with pytest.raises(SealBroken, match="documents/case/C-1"):
        an_index(uri, seal=Seal(b"1" * 32)).match(POOL_QUERY, k=1)


def test_a_reader_may_search_while_a_writer_adds_and_removes(uri: str) -> None:
    index = an_index(uri)
    index.add(ALL)
    done = threading.Event()

    def write() -> None:
        writer = an_index(uri)
        for number in range(5):
            writer.add([replace(POOL, id=f"C-1{number}")])
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    while not done.is_set():
        assert len(index.match(POOL_QUERY)) >= 3
    thread.join()
    assert len(index.match(POOL_QUERY)) == 8


def test_two_writers_never_duplicate_a_document(uri: str) -> None:
    an_index(uri).add(())
    threads = [threading.Thread(target=lambda: an_index(uri).add(ALL)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert an_index(uri).stats().counts == {"case": 2, "kb": 1}


def test_a_missing_model_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="triage models fetch"):
        MiniLmEmbedder(tmp_path / "absent")


@pytest.mark.slow
def test_a_broken_model_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(EmbedderUnavailable, match="does not load"):
        MiniLmEmbedder(tmp_path).embed([redacted("text")])


class FixedLinks:
    """Links that were always known."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._groups = groups

    def groups(self, time: datetime, /) -> Mapping[str, str]:
        return self._groups


def test_a_known_duplicate_is_brought_up_only_where_the_query_may_see_it(uri: str) -> None:
    far = replace(a_document("far", "printer jams"), tenant="aa", visibility="tenant")
    nearer = [a_document(f"near-{number}", "connection pool") for number in range(160)]
    documents = [*nearer, a_document("near", "connection pool"), a_document("twin", "login"), far]
    groups = {f"case/{each.id}": "case/near" for each in documents}
    index = Index(uri, WordEmbedder(), WordGate(), SEAL, links=FixedLinks(groups))
    index.add(documents)
    query = a_query("connection pool")
    found = {candidate.key: candidate.group for candidate in index.candidates(query)}
    assert found["case/twin"] == "case/near"
    assert "case/far" not in found
    unlinked = Index(uri, WordEmbedder(), WordGate(), SEAL).candidates(query)
    assert "case/twin" not in {candidate.key for candidate in unlinked}
