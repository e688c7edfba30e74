"""Computes the facts of real tracker threads; their text is only wrapped, nothing is kept."""

import json
from pathlib import Path

import pytest

from assistant import Facts, compute_facts
from redaction import Artifact, RedactedCase
from redaction.reading.artifacts import read_structure
from tests.making import redacted
from tests.real_threads import Thread, read_threads

COUNT = 60
SKIP = 400


@pytest.fixture(scope="module")
def analysed(shared_data: Path) -> list[tuple[Thread, Facts]]:
    threads = read_threads(shared_data, SKIP, COUNT)
    return [(thread, compute_facts(as_case(thread), ())) for thread in threads]


def as_case(thread: Thread) -> RedactedCase:
    text = redacted(json.dumps(thread.raw, indent=1))
    artifact = Artifact("A1.json", redacted("ticket.json"), "application/json", text, ())
    found = read_structure((artifact,))
    return RedactedCase("c1", found.title, "policy", (artifact,), (), found.messages, found.events,
                        found.samples, found.fields)  # fmt: skip


def test_a_resolved_thread_is_resolved(analysed: list[tuple[Thread, Facts]]) -> None:
    done = ("RESOLVED", "VERIFIED", "CLOSED")
    wrong = [
        thread.raw["id"]
        for thread, facts in analysed
        if (facts.state == "resolved") != thread.raw["status"].startswith(done)
    ]
    assert wrong == []


def test_no_thread_without_an_engineers_statement_has_a_confirmed_cause(
    analysed: list[tuple[Thread, Facts]],
) -> None:
    assert {facts.cause.status for _, facts in analysed} == {"unknown"}


def test_every_citation_of_a_thread_resolves_to_a_line_of_it(
    analysed: list[tuple[Thread, Facts]],
) -> None:
    for thread, facts in analysed:
        lines = json.dumps(thread.raw, indent=1).split("\n")
        assert facts.timeline
        for one in facts.evidence:
            assert one.text.removesuffix(" …") in lines[one.line - 1]
