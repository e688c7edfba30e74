"""Runs the same folder again: unchanged it is the stored case, changed it replaces it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from ui.opening import open_case
from ui.reviews import load_review
from ui.service import run_case
from ui.settings import Settings
from ui.wiring import House


@pytest.fixture
def house(models: Mapping[str, Path], tmp_path: Path) -> House:
    assert models
    return House(Settings(workspace=tmp_path / "workspace", keys=tmp_path / "keys", model="none"))


def test_an_unchanged_folder_is_the_stored_case_and_a_changed_one_replaces_it(
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
    assert "disk full" in changed.artifacts[0].text
    assert [case.id for case in house.cases.list()] == [first.id]
    assert house.cases.load(first.id) == changed


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
    workspace = house.settings.workspace
    kept = b"".join(path.read_bytes() for path in workspace.rglob("*") if path.is_file())
    assert b"disk full" in kept
    assert b"zebrafish" not in kept
