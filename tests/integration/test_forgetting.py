"""A case with everything that the real parts make of it, erased down to the bytes."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Prompt
from redaction import compose
from retrieval import DocumentKind
from ui import knowledge, opening, privacy, service
from ui.database import truncate_log
from ui.errors import UnknownCase
from ui.settings import Settings
from ui.wiring import EMBEDDING_MODEL, House

pytestmark = pytest.mark.slow
WORD = "quetzalcoatlus"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, models: object) -> House:
    folder = tmp_path_factory.mktemp("house")
    settings = Settings(workspace=folder / "workspace", keys=folder / "keys", model="none")
    return House(settings)


@pytest.fixture(scope="module")
def case(house: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("incoming") / "case"
    folder.mkdir()
    ticket = {
        "title": f"The {WORD} service rejects orders",
        "status": "open",
        "tenant": "heron-4471",
        "description": "Torgrim Fjeldheim (torgrim@heron.example) sees errors since the release.",
    }
    (folder / "ticket.json").write_text(json.dumps(ticket))
    (folder / "app.log").write_text(
        f"2026-03-01T10:00:00Z ERROR {WORD} PoolTimeoutException: no connection in 3000 ms\n" * 3
    )
    add(house, folder.parent, "case", {"id": "C-7", "title": "Pool timeout after a release"})
    return service.run_case(house, str(folder), ("update", "rca")).case_id


def add(house: House, folder: Path, kind: DocumentKind, record: dict[str, str]) -> None:
    file = folder / f"{record['id']}.jsonl"
    file.write_text(json.dumps(record) + "\n")
    assert knowledge.index_records(house, file, kind, lambda _: None).added == 1


def holding(house: House, word: str) -> Iterator[Path]:
    for path in house.settings.workspace.rglob("*"):
        if path.is_file() and word.encode() in path.read_bytes():
            yield path


def test_every_text_that_left_is_in_the_ledger_with_its_case(house: House, case: str) -> None:
    entries = house.book.entries()
    assert [entry.event for entry in entries] == [
        *("key", "policy", "index", "embedding", "embedding", "export"),
    ]
    assert {entry.case for entry in entries if entry.event in ("embedding", "export")} == {case}
    assert {entry.subject for entry in entries[2:5]} == {EMBEDDING_MODEL}
    assert house.book.verify().broken is None


def test_what_a_model_is_asked_is_recorded_before_it_is_sent(house: House, case: str) -> None:
    reached = House(
        house.settings.model_copy(update={"model": "openai/x", "api_base": "http://127.0.0.1:9"})
    )
    opened = opening.open_case(reached, case)
    model = reached.language_model(opened.gate, case)
    assert model is not None
    prompt = Prompt(compose("Answer in JSON."), compose("One note."))
    with pytest.raises(Exception, match="openai/x"):
        model.complete(prompt, {"type": "object"})
    asked = reached.book.entries(event="model")
    assert [(one.case, one.subject, one.size) for one in asked] == [
        *((case, "openai/x", 15), (case, "openai/x", 9)),
    ]


def test_an_erased_case_is_in_no_byte_of_database_index_and_reports(
    house: House, case: str, tmp_path: Path
) -> None:
    add(house, tmp_path, "case", {"id": case, "title": f"The {WORD} service rejects orders"})
    assert {path.parent.name for path in holding(house, WORD)} >= {"workspace", "reports"}
    assert any("index" in path.parts for path in holding(house, WORD))
    answer = privacy.forget_case(house, case)
    assert answer.key_destroyed
    assert answer.clean
    assert answer.removed["documents"] == 1
    assert answer.removed["reports"] == 2
    assert list(holding(house, WORD)) == []
    assert {path.name for path in holding(house, case)} <= {"casewright.db", "casewright.db-wal"}
    assert house.index.stats().counts["case"] == 1
    with pytest.raises(UnknownCase):
        privacy.forget_case(house, case)
    assert house.book.entries(case=case)[-1].event == "erasure"
    assert house.book.verify().broken is None


def test_an_erasure_says_when_another_program_keeps_the_log(house: House, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"the {WORD} service again\n")
    case = opening.open_case(house, str(tmp_path / "a.txt")).case.id
    reader = sqlite3.connect(house.settings.workspace / "casewright.db")
    reader.execute("begin")
    reader.execute("select count(*) from ledger").fetchall()
    assert not privacy.forget_case(house, case).clean
    reader.close()
    assert truncate_log(house.engine)
    assert list(holding(house, WORD)) == []
