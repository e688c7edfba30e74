"""Runs the whole job on real tracker threads, with an index of others, and looks for leaks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import lancedb
import pytest

from tests.real_threads import Thread, read_threads, write_records
from ui import knowledge, service
from ui.contract import (
    RunAnswer,
)
from ui.settings import Settings
from ui.wiring import House

CASES = 20
INDEXED = 300
"""Documents in the index; 3,000 take five minutes and are measured by hand (see README)."""
NUMBER = re.compile(r"(?<![\w.<])\d+(?:\.\d+)?(?![\w>])")


@dataclass(frozen=True)
class Finished:
    """All runs, and everything that lies in the workspace afterwards."""

    threads: list[Thread]
    answers: list[RunAnswer]
    content: str


@pytest.fixture(scope="module")
def finished(
    shared_data: Path, models: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Finished:
    folder = tmp_path_factory.mktemp("real")
    settings = Settings(workspace=folder / "workspace", keys=folder / "keys", model="none")
    house = House(settings)
    records = write_records(read_threads(shared_data, CASES, INDEXED), folder / "others.jsonl")
    knowledge.index_records(house, records, "case", lambda _: None)
    threads = read_threads(shared_data, 0, CASES)
    answers = [
        service.run_case(house, str(thread.write(folder / "cases")), ("update", "rca"))
        for thread in threads
    ]
    return Finished(threads, answers, everything_in(settings.workspace))


def everything_in(workspace: Path) -> str:
    """Join the bytes of every file and every text of the index, which keeps its own encoding."""
    files = [path for path in workspace.rglob("*") if path.is_file()]
    texts = [path.read_bytes().decode("utf-8", "replace") for path in files]
    index = lancedb.connect(workspace / "index")
    for name in index.list_tables().tables:
        table: Any = index.open_table(name)  # its own hints are incomplete
        rows = cast("list[dict[str, object]]", table.to_arrow().to_pylist())
        texts += [value for row in rows for value in row.values() if isinstance(value, str)]
    return "\n".join(texts)


@pytest.mark.slow
def test_every_thread_ends_in_facts_drafts_and_a_report(finished: Finished) -> None:
    assert len(finished.answers) == CASES
    for answer in finished.answers:
        assert [draft.kind for draft in answer.drafts] == ["update", "rca"]
        assert answer.facts.evidence
        assert Path(answer.report).is_file()


@pytest.mark.slow
def test_every_number_of_every_draft_is_in_the_evidence(finished: Finished) -> None:
    for answer in finished.answers:
        shown = " ".join(item.text for item in answer.facts.evidence)
        computed = answer.facts
        counts = {str(item.count) for item in computed.signatures}
        times = {f"{entry.utc:%Y-%m-%d %H:%M}" for entry in computed.timeline}
        known = set(NUMBER.findall(shown)) | counts | set(re.findall(r"\d+", " ".join(times)))
        known |= set(NUMBER.findall(" ".join(item.figure for item in computed.impact)))
        for draft in answer.drafts:
            for claim in draft.claims:
                bare = re.sub(r"\bSev[1-4]\b|\bP[1-4]\b", "", claim.text)
                missing = set(NUMBER.findall(bare)) - known
                assert not missing, f"{answer.case_id} {draft.kind} {claim.slot}: {missing}"


@pytest.mark.slow
def test_no_author_handle_or_address_is_left_in_the_workspace(
    finished: Finished, capsys: pytest.CaptureFixture[str]
) -> None:
    leaks = 0
    for thread in finished.threads:
        for value in thread.planted:
            found = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", finished.content, re.IGNORECASE)
            leaks += found is not None
    excluded = set[str]().union(*(thread.excluded for thread in finished.threads))
    searched = sum(len(thread.planted) for thread in finished.threads)
    with capsys.disabled():
        print(f"\nsearched {searched} values, {len(excluded)} ordinary or short names left out")
    assert leaks == 0
    assert searched > CASES
