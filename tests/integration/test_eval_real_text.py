"""The checks over real status updates and post-mortems: nothing breaks, and the rates are sane."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Claim
from evals.checks.blame import blaming
from evals.checks.certainty import check_certainty
from evals.checks.entities import check_entities
from evals.checks.numbers import check_numbers
from evals.checks.times import check_times
from tests.cases_by_hand import checkout
from tests.making import redacted

_BREAK = re.compile(r"(?<=[.!?])\s+|\n+")


def sentences(texts: Iterator[str]) -> list[str]:
    return [part for text in texts for part in _BREAK.split(text) if len(part.split()) > 3]


def post_mortems(folder: Path) -> list[str]:
    return sentences(str(row["text"]) for row in rows(folder / "fulltext.jsonl.gz"))


def status_updates(folder: Path) -> list[str]:
    records = rows(folder / "github_status_updates.jsonl.gz")
    return sentences(update["message"] for row in records for update in row["updates"])


def rows(path: Path) -> Iterator[dict[str, list[dict[str, str]]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@pytest.fixture(scope="module")
def texts(shared_data: Path) -> dict[str, list[str]]:
    folder = shared_data / "postmortems"
    return {"post-mortem": post_mortems(folder), "status": status_updates(folder)}


@pytest.mark.parametrize("kind", ["post-mortem", "status"])
def test_blame_flags_at_most_half_a_percent_of_real_sentences(
    texts: dict[str, list[str]], kind: str
) -> None:
    flagged = sum(bool(blaming(sentence)) for sentence in texts[kind])
    print(f"{kind}: {flagged} of {len(texts[kind])} sentences flagged as blame")
    assert len(texts[kind]) > 1000
    assert flagged <= 0.005 * len(texts[kind])


def test_no_real_sentence_breaks_a_check(texts: dict[str, list[str]]) -> None:
    dossier = checkout()
    checks = (check_numbers, check_times, check_entities, check_certainty)
    for sentence in texts["status"][::4] + texts["post-mortem"][::8]:
        claim = Claim(redacted(sentence), ("E1",), "fact", "status", "model", "not_checked")
        for check in checks:
            for problem in check(claim, dossier):
                assert 0 <= problem.start < problem.end <= len(sentence)


def test_most_real_status_sentences_assert_no_cause(texts: dict[str, list[str]]) -> None:
    dossier = checkout()
    sample = texts["status"][::4]
    claims = [Claim(redacted(s), ("E1",), "fact", "cause", "model", "not_checked") for s in sample]
    flagged = sum(bool(check_certainty(claim, dossier)) for claim in claims)
    print(f"certainty: {flagged} of {len(sample)} real status sentences flagged")
    assert 0.01 < flagged / len(sample) < 0.25
