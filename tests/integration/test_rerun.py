"""Runs the same folder again: unchanged it is the stored case, changed it replaces it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ui.knowledge import index_records
from ui.opening import open_case
from ui.reviews import load_review
from ui.service import run_case
from ui.settings import Settings
from ui.wiring import House


@pytest.fixture
def house(models: Mapping[str, Path], tmp_path: Path) -> House:
    assert models
    return House(Settings(workspace=tmp_path / "workspace", keys=tmp_path / "keys", model="none"))


def test_an_unchanged_folder_is_the_stored_case_and_a_changed_file_follows_its_earlier_version(
    house: House, tmp_path: Path
) -> None:
    log = tmp_path / "case" / "app.log"
    log.parent.mkdir()
    log.write_text("2026-03-17 09:04:15 ERROR login failed for user=maribel.q\n", "utf-8")
    first = open_case(house, str(log.parent)).case
    again = open_case(house, str(log.parent)).case
    assert again == first

    log.write_text("2026-03-17 09:05:00 ERROR disk full on /dev/sda1\n", "utf-8")
    changed = open_case(house, str(log.parent)).case
    assert changed.id == first.id
    assert [each.superseded_by for each in changed.artifacts] == ["A2.log", ""]
    assert changed.artifacts[0].text == first.artifacts[0].text
    assert "disk full" in changed.artifacts[1].text
    assert [event.anchor.artifact for event in changed.events] == ["A2.log"]
    assert [case.id for case in house.cases.list()] == [first.id]
    assert house.cases.load(first.id) == changed


def test_a_folder_that_moved_is_the_same_case_when_its_log_went_on(
    house: House, tmp_path: Path
) -> None:
    line = "2026-03-17 09:04:15 ERROR disk full\n"
    for place, text in (("monday", line), ("tuesday", line + line.replace("04", "05"))):
        folder = tmp_path / place / "export-case"
        folder.mkdir(parents=True)
        (folder / "app.log").write_text(text, "utf-8")
    first, again = (
        open_case(house, str(tmp_path / place / "export-case")).case
        for place in ("monday", "tuesday")
    )
    assert again.id == first.id
    assert [each.id for each in again.artifacts] == ["A1.log"]
    assert len(again.events) == 2


def test_kept_files_are_redacted_again_when_the_policy_changes(
    house: House, tmp_path: Path
) -> None:
    note = tmp_path / "case" / "note.txt"
    note.parent.mkdir()
    note.write_text("The flat in Hamburg is 44 years old; ask Torgrim Fjeldheim.\n", "utf-8")
    first = open_case(house, str(note.parent), keep_raw=True).case
    note.unlink()
    strict = House(house.settings.model_copy(update={"policy": "strict"}))
    again = open_case(strict, first.id).case
    assert "Hamburg" in first.artifacts[0].text
    assert "Hamburg" not in again.artifacts[0].text
    assert again.artifacts[0].id == first.artifacts[0].id


def test_the_same_content_in_another_folder_is_another_case(house: House, tmp_path: Path) -> None:
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "app.log").write_text("2026-03-17 09:04:15 ERROR disk full\n", "utf-8")
    cases = [open_case(house, str(tmp_path / name)).case for name in ("one", "two")]
    assert cases[0].id != cases[1].id


def test_what_was_made_of_a_replaced_case_is_gone(house: House, tmp_path: Path) -> None:
    log = tmp_path / "case" / "app.log"
    log.parent.mkdir()
    log.write_text("2026-03-17 09:04:15 ERROR PoolTimeoutException: zebrafish\n", "utf-8")
    first = run_case(house, str(log.parent), ("update", "rca"))
    log.write_text("2026-03-17 09:04:15 ERROR disk full on /dev/sda1\n", "utf-8")
    again = run_case(house, str(log.parent), ("update",))
    assert again.case_id == first.case_id
    review = load_review(house, first.case_id)
    assert review is not None
    assert [draft.kind for draft in review.drafts] == ["update"]
    # The earlier log stays as evidence; what was drafted from it alone does not.
    told = str((review.facts, review.drafts))
    told += "".join(path.read_text("utf-8") for path in house.reports.iterdir())
    assert "disk full" in told
    assert "zebrafish" not in told
    assert "zebrafish" in review.case.artifacts[0].text


CASE = "2026-03-17 09:04:15 ERROR HikariPool-1 connection is not available, timed out\n"
AGAIN = """
import sys
from pathlib import Path
from ui.service import run_case
from ui.settings import Settings
from ui.wiring import House

workspace, keys, source = sys.argv[1:]
house = House(Settings(workspace=Path(workspace), keys=Path(keys), model="none"))
answer = run_case(house, source, ("update", "rca"))
print(*sorted(match.id for match in answer.matches), *sys.modules)
"""
HEAVY = {"lancedb", "litellm", "presidio_analyzer", "pyarrow", "spacy", "torch", "transformers"}


def _learn(house: House, folder: Path, name: str) -> None:
    row = {"id": name, "title": "Pool exhausted", "description": f"{name}: HikariPool timeout"}
    file = folder / f"{name}.jsonl"
    file.write_text(json.dumps(row) + "\n")
    assert index_records(house, file, "case", lambda _: None).added == 1


def test_an_unchanged_case_is_run_again_without_a_model_or_the_index_library(
    house: House, tmp_path: Path
) -> None:
    log = tmp_path / "app.log"
    log.write_text(CASE)
    _learn(house, tmp_path, "CASE-1")
    first = run_case(house, str(log), ("update", "rca"))
    assert [match.id for match in first.matches] == ["CASE-1"]
    settings = house.settings
    command = [sys.executable, "-c", AGAIN, str(settings.workspace), str(settings.keys), str(log)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.split()[0] == "CASE-1"
    assert not HEAVY & set(ended.stdout.split())


def test_matches_are_found_anew_when_the_index_has_changed(house: House, tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    log.write_text(CASE)
    _learn(house, tmp_path, "CASE-1")
    found = [{match.id for match in run_case(house, str(log), ("update",)).matches}]
    _learn(house, tmp_path, "CASE-2")
    found.append({match.id for match in run_case(house, str(log), ("update",)).matches})
    house.index.remove("CASE-1")
    found.append({match.id for match in run_case(house, str(log), ("update",)).matches})
    assert found == [{"CASE-1"}, {"CASE-1", "CASE-2"}, {"CASE-2"}]
