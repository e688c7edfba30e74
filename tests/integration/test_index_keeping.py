"""Who may see a document, what is not done twice, and how an index goes over to another model."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from redaction import (
    Keyring,
    RawRecord,
    RawText,
    RedactedRecord,
    RedactedText,
    Redactor,
    Seal,
    policy_named,
)
from retrieval import (
    Document,
    Embedder,
    Index,
    NotServing,
    Unfinished,
    document,
    erase_documents,
)
from retrieval.lance import Database
from tests.fake_detection import ListedNames
from tests.fake_embedder import WordEmbedder
from tests.making import redacted
from tests.making_documents import a_document, a_query

SEAL = Seal(bytes(32))
OURS, THEIRS = "a" * 16, "b" * 16
TIME = datetime(2026, 1, 1, tzinfo=UTC)
STORY = "The pump of the cellar hums at night and the meter beside it counts backwards. "
POOL = a_document(
    "C-1", "Connection pool of checkout times out", "A rollback helped.", created=TIME
)
LOGIN = a_document("C-2", "Login page is blank", "A script is blocked.", created=TIME)
LONG = a_document(
    "C-3",
    "Heating fails",
    STORY * 9 + "\nIn the end a zirconium gasket of the boiler had dissolved. " * 12,
    created=TIME,
)


class OpenGate:
    def check(self, text: RedactedText) -> None:
        pass

    def admit(self, text: str) -> RedactedText:
        return redacted(text)


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return str(tmp_path / "index")


def an_index(uri: str, embedder: Embedder | None = None) -> Index:
    return Index(uri, embedder or WordEmbedder(), OpenGate(), SEAL)


def ids(index: Index, title: str = "connection pool", tenant: str = "") -> list[str]:
    query = replace(a_query(title), tenant=tenant)
    return [match.document.id for match in index.match(query)]


def private(of: Document, name: str, tenant: str) -> Document:
    return replace(of, id=name, tenant=tenant, visibility="tenant")


class TestTenants:
    @pytest.mark.parametrize("title", [POOL.title, "zirconium gasket of the boiler"])
    def test_a_private_document_is_found_by_its_own_tenant_alone(
        self, uri: str, title: str
    ) -> None:
        index = an_index(uri)
        index.add((POOL, LONG, private(POOL, "P-1", THEIRS), private(LONG, "P-3", THEIRS)))
        assert not {"P-1", "P-3"} & set(ids(index, title, OURS))
        assert not {"P-1", "P-3"} & set(ids(index, title))
        assert {"P-1", "P-3"} <= set(ids(index, title, THEIRS))

    def test_private_documents_that_fit_best_do_not_crowd_out_what_may_be_seen(
        self, uri: str
    ) -> None:
        index = an_index(uri)
        index.add([private(POOL, f"P-{number}", THEIRS) for number in range(400)])
        index.add((a_document("C-9", "The pool is full of leaves"),))
        assert ids(index, POOL.title, OURS) == ["C-9"]

    @pytest.mark.parametrize("term", ["pool", "SocketTimeoutException", ""])
    def test_each_search_of_its_own_leaves_out_what_may_not_be_seen(
        self, uri: str, term: str
    ) -> None:
        embedder = WordEmbedder()
        hidden = private(a_document("P-1", "pool", "SocketTimeoutException"), "P-1", THEIRS)
        an_index(uri, embedder).add((hidden, LOGIN))
        table = Database(uri).documents("words-1", embedder.dimensions)
        assert table is not None
        [vector] = embedder.embed([redacted("login page" if term else "pool")])
        asked = [term] if term else []
        seen = table.search(asked, vector, "visibility = 'shared'", 1)
        assert [hit.row["parent"] for hit in seen] == ["case/C-2"]
        everything = table.search(asked, vector, "visibility != ''", 1)
        assert "case/P-1" in [hit.row["parent"] for hit in everything]

    def test_a_private_document_of_nobody_is_seen_by_nobody(self, uri: str) -> None:
        index = an_index(uri)
        index.add((private(POOL, "P-1", ""), LOGIN))
        assert ids(index, POOL.title) == ["C-2"]

    def test_a_tenant_with_quotes_in_its_reference_is_only_text(self, uri: str) -> None:
        index = an_index(uri)
        index.add((private(POOL, "P-1", THEIRS), LOGIN))
        assert ids(index, POOL.title, "' OR '1'='1") == ["C-2"]


class TestPassages:
    def test_what_stands_at_the_end_of_a_long_document_is_found(self, uri: str) -> None:
        index = an_index(uri)
        index.add((POOL, LOGIN, LONG))
        best = index.match(a_query("zirconium gasket of the boiler"))[0]
        assert best.document == LONG

    def test_a_document_is_one_match_whatever_its_passages(self, uri: str) -> None:
        index = an_index(uri)
        index.add((LONG,))
        assert ids(index, "gasket of the boiler") == ["C-3"]
        assert index.stats().counts == {"case": 1, "kb": 0}

    def test_passages_of_an_earlier_text_are_gone(self, uri: str) -> None:
        index = an_index(uri)
        index.add((POOL, LONG))
        index.add((replace(LONG, text=redacted("It is warm again.")),))
        table = Database(uri).documents("words-1", 256)
        assert table is not None
        assert table.count() == 2

    def test_log_lines_are_not_embedded_but_their_signatures_are_found(self, uri: str) -> None:
        embedder = WordEmbedder()
        log = "2026-01-01 10:00:00,123 DEBUG heartbeat sent by the quiet worker\n" * 200
        text = f"Nightly job stops.\n{log}SocketTimeoutException"
        index = an_index(uri, embedder)
        index.add((a_document("C-7", "Nightly job", text), POOL))
        assert len(embedder.embedded) == 2
        query = a_query("Something else", signatures=("SocketTimeoutException",))
        best = index.match(query)[0]
        assert best.document.id == "C-7"
        assert best.why[0] == "shares error signature SocketTimeoutException"

    def test_a_removed_document_takes_its_passages_with_it_byte_for_byte(self, uri: str) -> None:
        an_index(uri).add((POOL, LONG))
        folder = Path(uri)
        content = b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())
        assert b"zirconium" in content
        assert erase_documents(uri, "C-3") == 1
        content = b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())
        assert [word for word in (b"zirconium", b"gasket", b"C-3") if word in content] == []


class TestTwice:
    def test_a_document_whose_text_stays_keeps_its_vectors(self, uri: str) -> None:
        an_index(uri).add((POOL, LONG))
        embedder = WordEmbedder()
        changed = [replace(each, status=redacted("closed")) for each in (POOL, LONG)]
        assert an_index(uri, embedder).add(changed).added == 2
        assert embedder.embedded == []
        assert ids(an_index(uri))[0] == "C-1"

    def test_a_batch_is_embedded_once_for_equal_texts(self, uri: str) -> None:
        embedder = WordEmbedder()
        an_index(uri, embedder).add([replace(POOL, id=f"C-{number}") for number in range(9)])
        assert len(embedder.embedded) == 1

    def test_what_was_added_before_an_interruption_is_not_embedded_again(self, uri: str) -> None:
        many = [
            a_document(f"C-{number}", f"title {number}", f"text {number}") for number in range(600)
        ]

        def interrupted() -> object:
            yield from many[:550]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            an_index(uri).add(interrupted())  # pyright: ignore[reportArgumentType]
        embedder = WordEmbedder()
        report = an_index(uri, embedder).add(many)
        assert (report.added, report.unchanged) == (88, 512)
        assert len(embedder.embedded) == 88

    def test_a_known_record_costs_neither_redaction_nor_embedding(self, uri: str) -> None:
        index = an_index(uri)
        index.add(document(each, "case") for each in _redacted(RECORDS))
        left = list(_redacted(RECORDS, index))
        assert left == []
        changed = {**RECORDS, "R-2": "Login page is white"}
        assert [each.id for each in _redacted(changed, index)] == ["R-2"]

    def test_another_policy_or_key_makes_every_record_new(self, uri: str) -> None:
        index = an_index(uri)
        index.add(document(each, "case") for each in _redacted(RECORDS))
        assert len(list(_redacted(RECORDS, index, policy="strict"))) == 2
        assert len(list(_redacted(RECORDS, index, key=b"2" * 32))) == 2

    def test_a_removed_document_is_redacted_and_added_again(self, uri: str) -> None:
        index = an_index(uri)
        index.add(document(each, "case") for each in _redacted(RECORDS))
        index.remove("R-1")
        assert [each.id for each in _redacted(RECORDS, index)] == ["R-1"]

    def test_the_last_record_of_an_id_stays_the_last(self, uri: str) -> None:
        index = an_index(uri)
        for _ in range(2):
            raw = [_record("R-1", "Pool times out"), _record("R-1", "Pool recovers")]
            redactor = Redactor(ListedNames(), policy_named("default"), Keyring(b"k" * 32))
            made = redactor.redact_records(raw, index.sources("case"))
            index.add(document(each, "case") for each in made)
            [match] = index.match(a_query("pool"))
            assert match.document.title == "Pool recovers"


RECORDS = {"R-1": "Pool times out", "R-2": "Login page is blank"}


def _record(name: str, title: str) -> RawRecord:
    return RawRecord(name, {"title": RawText(title)})


def _redacted(
    records: dict[str, str], index: Index | None = None, policy: str = "default", key: bytes = b""
) -> list[RedactedRecord]:
    redactor = Redactor(ListedNames(), policy_named(policy), Keyring(key or b"k" * 32))
    known = index.sources("case") if index else frozenset[str]()
    return list(redactor.redact_records([_record(*each) for each in records.items()], known))


class TestSwitch:
    def test_the_new_model_serves_what_the_old_one_held(self, uri: str) -> None:
        an_index(uri, WordEmbedder("one")).add((POOL, LOGIN, LONG))
        new = an_index(uri, WordEmbedder("two", dimensions=64))
        told = new.reembed()
        assert (told.before, told.after, told.written) == ("one", "two", 3)
        assert set(ids(new)) == {"C-1", "C-2", "C-3"}
        assert new.stats().counts == {"case": 3, "kb": 0}

    def test_the_old_model_can_be_read_until_it_is_dropped_but_not_written(self, uri: str) -> None:
        old = an_index(uri, WordEmbedder("one"))
        old.add((POOL, LOGIN))
        new = an_index(uri, WordEmbedder("two"))
        new.reembed()
        assert ids(old)[0] == "C-1"
        with pytest.raises(NotServing, match="triage index reembed"):
            old.add((LONG,))
        assert new.tidy(drop_old=True) == ("one",)
        assert ids(old) == []
        assert ids(new)[0] == "C-1"

    def test_an_interrupted_run_serves_nothing_and_goes_on_where_it_stopped(self, uri: str) -> None:
        many = [a_document(f"C-{number}", f"title {number}") for number in range(600)]
        an_index(uri, WordEmbedder("one")).add(many)

        class Failing(WordEmbedder):
            def embed(self, texts: Sequence[RedactedText], /) -> NDArray[np.float32]:
                if self.embedded:
                    raise KeyboardInterrupt
                return super().embed(texts)

        with pytest.raises(KeyboardInterrupt):
            an_index(uri, Failing("two")).reembed()
        embedder = WordEmbedder("two")
        new = an_index(uri, embedder)
        with pytest.raises(Unfinished, match="triage index reembed"):
            new.match(a_query("title"))
        with pytest.raises(Unfinished):
            new.add((POOL,))
        told = new.reembed()
        assert (told.written, told.found) == (88, 512)
        assert len(embedder.embedded) == 88

    def test_what_the_old_model_lost_meanwhile_is_not_carried_over(self, uri: str) -> None:
        old = an_index(uri, WordEmbedder("one"))
        old.add((POOL, LOGIN))
        an_index(uri, WordEmbedder("two")).add((POOL, LONG))
        new = an_index(uri, WordEmbedder("two"))
        new.reembed()
        assert new.stats().counts == {"case": 2, "kb": 0}
        assert "C-3" not in ids(new)

    def test_every_row_names_the_model_that_made_its_vector(self, uri: str) -> None:
        an_index(uri, WordEmbedder("weights-53aa")).add((POOL,))
        table = Database(uri).documents("weights-53aa", 256)
        assert table is not None
        assert table.count("model = 'weights-53aa'") == table.count() == 1


class TestBeside:
    def test_readers_of_another_process_see_a_switch_wholly_or_not_at_all(self, uri: str) -> None:
        an_index(uri, WordEmbedder("one")).add((POOL, LOGIN, LONG))
        reader = subprocess.Popen(
            [sys.executable, "-c", READER, uri],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        )
        assert reader.stdin and reader.stdout
        assert reader.stdout.readline() == "ready\n"
        an_index(uri, WordEmbedder("two")).reembed()
        for number in range(3):
            an_index(uri, WordEmbedder("two")).add([replace(POOL, id=f"C-1{number}")])
        answer, _ = reader.communicate("stop\n", timeout=60)
        states = answer.split()
        assert states[-1] == "two"
        assert set(states) <= {"none", "unfinished", "two"}
        assert states == sorted(states, key=["none", "unfinished", "two"].index)

    def test_many_single_writes_leave_few_pieces(self, uri: str) -> None:
        index = an_index(uri)
        for number in range(45):
            index.add([a_document(f"C-{number}", f"title {number}")])
        table = Database(uri).documents("words-1", 256)
        assert table is not None
        assert len(list((Path(uri) / "documents-words-1.lance" / "data").iterdir())) < 90
        assert not table.wants_tidying()

    def test_the_address_of_an_object_store_is_handed_over_as_it_is(self) -> None:
        index = an_index("memory://somewhere/else")
        index.add((POOL, LOGIN))
        assert ids(index)[0] == "C-1"
        assert not Path("memory:").exists()

    def test_threads_of_one_index_may_search_at_once(self, uri: str) -> None:
        index = an_index(uri)
        index.add((POOL, LOGIN, LONG))
        found: list[list[str]] = []
        threads = [threading.Thread(target=lambda: found.append(ids(index))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(each == found[0] for each in found) and len(found) == 6


READER = """
import sys, select
from redaction import Seal
from retrieval import Index, Unfinished
from tests.fake_embedder import WordEmbedder
from tests.integration.test_index_keeping import OpenGate, a_query
print("ready", flush=True)
seen = []
stopping = False
while True:
    stopping = stopping or bool(select.select([sys.stdin], [], [], 0)[0])
    index = Index(sys.argv[1], WordEmbedder("two"), OpenGate(), Seal(bytes(32)))
    try:
        found = index.match(a_query("connection pool"))
        state = "two" if len(found) >= 3 else "none" if not found else "partly"
    except Unfinished:
        state = "unfinished"
    seen.append(state)
    if stopping:
        break
print(" ".join(seen))
"""
