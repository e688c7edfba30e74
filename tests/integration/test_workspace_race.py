"""First commands that start at once on one workspace agree on its identity and its key."""

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from ui.settings import Settings
from ui.wiring import House

PROCESSES = 8


def _open(folder: Path, start: Barrier) -> str:
    house = House(Settings(workspace=folder / "workspace", keys=folder / "keys"))
    start.wait(60)
    return house.keyring.entity_ref("probe", "same key, same reference")


def _report(folder: Path, start: Barrier, number: int) -> None:
    (folder / f"{number}.seen").write_text(_open(folder, start))


@pytest.mark.parametrize("before", ["no marker", "the empty marker of a crash"])
def test_first_commands_at_once_end_with_one_key(tmp_path: Path, before: str) -> None:
    workspace = tmp_path / "workspace"
    if before != "no marker":
        workspace.mkdir()
        (workspace / "workspace.id").touch()
    fresh = multiprocessing.get_context("forkserver")
    fresh.set_forkserver_preload([__name__])
    start = fresh.Barrier(PROCESSES)
    started = [
        fresh.Process(target=_report, args=(tmp_path, start, number)) for number in range(PROCESSES)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join(120)
    assert [process.exitcode for process in started] == [0] * PROCESSES
    assert len({file.read_text() for file in tmp_path.glob("*.seen")}) == 1
    identity = (workspace / "workspace.id").read_text()
    assert [file.name for file in workspace.iterdir()] == ["workspace.id"]
    assert [file.name for file in (tmp_path / "keys").iterdir()] == [f"{identity}.key"]


def test_a_later_command_keeps_the_identity_that_it_finds(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path / "workspace", keys=tmp_path / "keys")
    first, later = House(settings).keyring, House(settings).keyring
    assert first.entity_ref("probe", "x") == later.entity_ref("probe", "x")
