"""Releases a log whose redaction cannot be verified, with the real detector and a real store."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from redaction import withheld_lines
from ui.errors import NotReleased
from ui.opening import open_case, stored_case
from ui.releasing import release_artifact
from ui.service import run_case
from ui.settings import Settings
from ui.wiring import House

# A look sees only the innermost of these: what holds it is a secret when that one is gone.
GLUED = "{AQAAAB" * 5 + "x9Kq2Lm4Zt" + "}" * 5
LOG = (
    "2026-05-04 09:00:00 INFO login of Torgrim Fjeldheim from 10.4.0.7, user=torgrim.fjeldheim\n"
    f"2026-05-04 09:01:00 WARN token {GLUED} refused\n"
    "2026-05-04 09:05:00 ERROR export failed: PoolTimeoutException after 30 s\n"
)


@pytest.fixture
def house(models: Mapping[str, Path], tmp_path: Path) -> House:
    assert models
    return House(Settings(workspace=tmp_path / "workspace", keys=tmp_path / "keys", model="none"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "export-case"
    folder.mkdir()
    (folder / "app.log").write_text(LOG, "utf-8")
    (folder / "note.txt").write_text("Torgrim Fjeldheim called about the export.\n", "utf-8")
    return folder


def test_a_key_log_is_not_lost_because_one_line_of_it_cannot_be_verified(
    house: House, source: Path
) -> None:
    first = run_case(house, str(source), ("rca",), keep_raw=True)
    assert [each.artifact for each in first.redaction.quarantined] == ["A1.log"]
    answer = release_artifact(house, first.case_id, "A1.log", "diagnosis")
    assert (answer.lines, answer.withheld) == (3, (2,))

    opened = stored_case(house, first.case_id)
    log, note = opened.case.artifacts
    lines = log.text.splitlines()
    assert lines[1] == "[withheld]"
    assert lines[2] == LOG.splitlines()[2]
    assert "fjeldheim" not in log.text.lower()
    person = note.text.split()[0]
    assert lines[0].startswith(f"2026-05-04 09:00:00 INFO login of {person} from <IP_1.1>")
    opened.gate.check(log.text)
    assert opened.case.quarantined == ()
    assert house.drafts.dossier(opened.case) is None

    again = run_case(house, str(source), ("rca",))
    assert again.case_id == first.case_id
    assert again.redaction.quarantined == ()
    assert "PoolTimeoutException" in str(again.facts)
    assert [entry.event for entry in house.book.entries(event="release")] == ["release"]
    assert house.book.verify().broken is None


def test_a_stricter_policy_redacts_a_released_log_and_keeps_it(house: House, source: Path) -> None:
    first = open_case(house, str(source), keep_raw=True).case
    release_artifact(house, first.id, "A1.log", "diagnosis")
    strict = House(house.settings.model_copy(update={"policy": "strict"}))
    again = stored_case(strict, first.id).case
    assert again.policy == strict.policy.fingerprint
    assert [withheld_lines(each) for each in again.artifacts] == [(2,), ()]


def test_a_hostile_archive_is_never_released(house: House, source: Path) -> None:
    (source / "logs.zip").write_bytes(b"PK\x03\x04" + b"\0" * 60)
    case = open_case(house, str(source), keep_raw=True).case
    [held] = [each.id for each in case.quarantined if each.name == "logs.zip"]
    with pytest.raises(NotReleased, match="never read"):
        release_artifact(house, case.id, held, "diagnosis")
    assert held not in [each.id for each in stored_case(house, case.id).case.artifacts]


def test_a_case_in_which_everything_is_quarantined_can_be_released(
    house: House, tmp_path: Path
) -> None:
    log = tmp_path / "app.log"
    log.write_text(LOG, "utf-8")
    case = open_case(house, str(log), keep_raw=True).case
    assert case.artifacts == ()
    release_artifact(house, case.id, "A1.log", "diagnosis")
    assert [event.anchor.line for event in stored_case(house, case.id).case.events] == [1, 3]
