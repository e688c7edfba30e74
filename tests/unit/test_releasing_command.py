"""The command `triage release`: recorded first, from the kept original, never what is raw."""

import json
from pathlib import Path

import pytest

from redaction import CaseStore, LedgerBroken, LedgerStore
from tests.commands import Triage
from tests.fake_detection import NamesOnly
from ui.wiring import House

GLUED = "{AQAAAB" * 5 + "x9Kq2Lm4Zt" + "}" * 5
LOG = (
    "2026-05-04 09:00:00 INFO login of Torgrim Fjeldheim\n"
    f"2026-05-04 09:01:00 WARN token {GLUED} refused\n"
    "2026-05-04 09:05:00 ERROR export failed: PoolTimeoutException\n"
)
NOTE = "Torgrim Fjeldheim called.\n"
RELEASE = ("--reason", "diagnosis")


@pytest.fixture
def triage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Triage:
    monkeypatch.setenv("CASEWRIGHT_MODELS", str(tmp_path / "no-models"))
    monkeypatch.setattr(House, "_detector", NamesOnly("Torgrim Fjeldheim"))
    return Triage(tmp_path, monkeypatch, capsys)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "app.log").write_text(LOG, "utf-8")
    (folder / "note.txt").write_text(NOTE, "utf-8")
    return folder


def taken_in(triage: Triage, source: Path, *options: str) -> str:
    ended = triage("run", source, "--json", *options)
    assert ended.code == 0, ended.err
    return json.loads(ended.out)["case_id"]


def quarantined(triage: Triage, case: str | Path, *options: str) -> list[str]:
    ended = triage("intake", case, "--json", *options)
    assert ended.code == 0, ended.err
    return [one["reason"] for one in json.loads(ended.out)["redaction"]["quarantined"]]


def test_a_released_log_is_part_of_the_case_and_the_ledger_has_it(
    triage: Triage, source: Path
) -> None:
    case = taken_in(triage, source, "--keep-raw")
    ended = triage("release", case, "A1.log", *RELEASE, "--json")
    assert ended.code == 0, ended.err
    answer = json.loads(ended.out)
    assert (answer["artifact"], answer["lines"], answer["withheld"]) == ("A1.log", 3, [2])
    [entry] = json.loads(triage("ledger", "show", "--event", "release", "--json").out)["entries"]
    assert (entry["case"], entry["subject"]) == (case, "A1.log diagnosis")
    assert triage("ledger", "verify").code == 0
    assert quarantined(triage, case) == []
    drafted = triage("draft", case, "--kind", "rca")
    assert drafted.code == 0
    assert "PoolTimeoutException" in drafted.out


def test_a_person_is_shown_which_lines_are_withheld(triage: Triage, source: Path) -> None:
    case = taken_in(triage, source, "--keep-raw")
    ended = triage("release", source, "A1.log", *RELEASE)
    assert ended.out.split("\n")[:2] == [
        "released A1.log app.log: 3 lines, 2 places redacted",
        "1 withheld, not verified: line 2",
    ]
    assert triage("intake", case).code == 0


def test_nothing_raw_of_a_release_is_printed_or_stored(
    triage: Triage, source: Path, tmp_path: Path
) -> None:
    case = taken_in(triage, source, "--keep-raw")
    ended = triage("release", case, "A1.log", *RELEASE, "--json")
    kept = [path.read_bytes() for path in (tmp_path / "workspace").rglob("*") if path.is_file()]
    for canary in ("x9Kq2Lm4Zt", "Fjeldheim"):
        assert canary not in ended.out + ended.err
        assert not any(canary.encode() in content for content in kept)


def test_drafts_that_were_made_without_it_are_forgotten(triage: Triage, source: Path) -> None:
    case = taken_in(triage, source, "--keep-raw")
    reports = triage.workspace / "reports"
    assert list(reports.iterdir())
    assert triage("release", case, "A1.log", *RELEASE).code == 0
    assert list(reports.iterdir()) == []


def test_an_unchanged_import_keeps_what_was_released(triage: Triage, source: Path) -> None:
    case = taken_in(triage, source, "--keep-raw")
    assert triage("release", case, "A1.log", *RELEASE).code == 0
    assert quarantined(triage, source) == []
    (source / "more.txt").write_text("Nothing new.\n")
    assert quarantined(triage, source) == []


def test_a_change_of_lists_keeps_what_was_released(triage: Triage, source: Path) -> None:
    case = taken_in(triage, source, "--keep-raw")
    assert triage("release", case, "A1.log", *RELEASE).code == 0
    assert triage("lists", "add", "deny", "export failed", "--kind", "OPAQUE_ID").code == 0
    assert quarantined(triage, case) == []
    outgoing = triage("draft", case, "--kind", "rca")
    assert outgoing.code == 0
    assert "export failed" not in outgoing.out


def test_the_reason_of_a_quarantine_names_the_command_that_brings_it_in(
    triage: Triage, source: Path
) -> None:
    case = taken_in(triage, source)
    [reason] = quarantined(triage, case)
    told = f"triage release {case} A1.log --reason CODE"
    assert reason.endswith(f"take the case in again with --keep-raw, then {told}")
    [reason] = quarantined(triage, source, "--keep-raw")
    assert reason.endswith(f"to bring in the lines that can be: {told}")
    assert f"{case} A1.log --reason" in " ".join(triage("run", source).out.split())


def test_without_a_kept_original_it_says_how_to_keep_one(triage: Triage, source: Path) -> None:
    case = taken_in(triage, source)
    ended = triage("release", case, "A1.log", *RELEASE)
    assert (ended.code, ended.out) == (4, "")
    assert "--keep-raw" in ended.err
    assert triage("intake", source, "--keep-raw").code == 0
    assert triage("release", case, "A1.log", *RELEASE).code == 0


def test_what_the_reader_refused_is_never_released(triage: Triage, source: Path) -> None:
    (source / "trap.log").write_bytes(b"PK\x03\x04 Torgrim Fjeldheim")
    case = taken_in(triage, source, "--keep-raw")
    held = json.loads(triage("intake", case, "--json").out)["redaction"]["quarantined"]
    [trap] = [one for one in held if one["name"] == "trap.log"]
    assert "release" not in trap["reason"]
    ended = triage("release", case, trap["artifact"], *RELEASE)
    assert (ended.code, ended.out) == (4, "")
    assert "never read" in ended.err
    assert "in another form" in ended.err


@pytest.mark.parametrize("artifact", ["A2.txt", "A99.log", "Torgrim Fjeldheim"])
def test_what_is_not_quarantined_cannot_be_released(
    artifact: str, triage: Triage, source: Path
) -> None:
    case = taken_in(triage, source, "--keep-raw")
    ended = triage("release", case, artifact, *RELEASE)
    assert (ended.code, ended.out) == (3, "")
    assert "quarantined is A1.log" in ended.err
    assert "Fjeldheim" not in ended.err


def test_of_which_nothing_can_be_verified_stays_quarantined(triage: Triage, source: Path) -> None:
    (source / "app.log").write_text(f"see {GLUED}\n")
    case = taken_in(triage, source, "--keep-raw")
    ended = triage("release", case, "A1.txt", *RELEASE)
    assert (ended.code, ended.out) == (4, "")
    assert "nothing of it can be verified" in ended.err
    assert len(quarantined(triage, case)) == 1
    assert triage("ledger", "show", "--event", "release").out == "no entries\n"


def test_what_cannot_be_recorded_is_not_released(
    triage: Triage, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = taken_in(triage, source, "--keep-raw")

    def broken(*_: object, **__: object) -> None:
        raise LedgerBroken("the ledger cannot be continued")

    with monkeypatch.context() as patch:
        patch.setattr(LedgerStore, "append", broken)
        patch.setattr(CaseStore, "save", None)  # saving it would need this
        assert triage("release", case, "A1.log", *RELEASE).code == 4
    assert len(quarantined(triage, case)) == 1


def test_a_reason_is_one_of_the_codes(triage: Triage, source: Path) -> None:
    ended = triage("release", source, "A1.log", "--reason", "because")
    assert ended.code == 2
    assert "'because' is not one of 'diagnosis', 'customer-request'" in ended.err
    assert "Value error" not in ended.err
