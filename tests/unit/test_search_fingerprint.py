from dataclasses import replace
from pathlib import Path

import pytest

from retrieval import Query, search_fingerprint, text_query
from tests.making import redacted

ASKED = ("a model", 5, 3)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    versions = tmp_path / "documents.lance" / "_versions"
    versions.mkdir(parents=True)
    (versions / "1.manifest").write_bytes(b"one")
    (tmp_path / ".writer").touch()
    return tmp_path


@pytest.fixture
def query() -> Query:
    return text_query(redacted("Pool exhausted\nHikariPool timeout"))


def test_the_same_search_has_the_same_fingerprint(index: Path, query: Query) -> None:
    first = search_fingerprint(query, index, ASKED)
    (index / ".writer").write_text("locked by somebody who wrote nothing")
    assert search_fingerprint(replace(query), index, ASKED) == first


def test_another_query_or_another_question_has_another_fingerprint(
    index: Path, query: Query
) -> None:
    asked = [
        search_fingerprint(query, index, ASKED),
        search_fingerprint(query, index, ("a model", 5, 4)),
        search_fingerprint(query, index, ("another model", 5, 3)),
        search_fingerprint(replace(query, title=redacted("Disk full")), index, ASKED),
        search_fingerprint(replace(query, version=redacted("4.12")), index, ASKED),
        search_fingerprint(replace(query, signatures=(redacted("E1"),)), index, ASKED),
    ]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("file", ["documents.lance/_versions/1.manifest", "other.lance/data/new"])
def test_an_index_that_was_written_to_has_another_fingerprint(
    index: Path, query: Query, file: str
) -> None:
    before = search_fingerprint(query, index, ASKED)
    (index / file).parent.mkdir(parents=True, exist_ok=True)
    (index / file).write_bytes(b"another content")
    assert search_fingerprint(query, index, ASKED) != before


def test_a_part_does_not_pass_for_its_neighbour(index: Path, query: Query) -> None:
    one = replace(query, product=redacted("checkout"), component=redacted(""))
    other = replace(query, product=redacted(""), component=redacted("checkout"))
    assert search_fingerprint(one, index, ASKED) != search_fingerprint(other, index, ASKED)
