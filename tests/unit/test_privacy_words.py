"""What the privacy officer's commands say, refuse and record beside their main job."""

import json
from pathlib import Path

import pytest

from tests.commands import Triage
from tests.fake_detection import ListedNames
from ui.wiring import House

NOTE = "Call Torgrim Fjeldheim about it.\nAll is well.\n"


@pytest.fixture
def triage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Triage:
    monkeypatch.setenv("CASEWRIGHT_MODELS", str(tmp_path / "no-models"))
    monkeypatch.setattr(House, "_detector", ListedNames("Torgrim Fjeldheim"))
    return Triage(tmp_path, monkeypatch, capsys)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    file = tmp_path / "incoming" / "note.txt"
    file.parent.mkdir()
    file.write_text(NOTE, "utf-8")
    return file


def entries(triage: Triage, event: str) -> list[dict[str, object]]:
    return json.loads(triage("ledger", "show", "--event", event, "--json").out)["entries"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("reveal", "case-1", "PERSON_1", "--reason", "because"),
        ("draft", "case-1", "--kind", "because"),
        ("lists", "add", "because", "Blue Petrel"),
    ],
)
def test_a_wrong_choice_is_told_with_the_right_ones_and_no_words_of_a_library(
    arguments: tuple[str, ...], triage: Triage
) -> None:
    ended = triage(*arguments)
    assert ended.code == 2
    assert "'because' is not one of" in ended.err
    assert "Value error" not in ended.err


def test_a_wrong_kind_is_told_with_those_of_this_profile_and_of_the_strict_one(
    triage: Triage, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = ("lists", "add", "deny", "Blue Petrel", "--kind", "LOCATION")
    ended = triage(*add)
    assert ended.code == 2
    own, _, more = ended.err.partition("under the profile strict also: ")
    assert "PERSON" in own
    assert "LOCATION" not in own
    assert "LOCATION" in more
    assert "PERSON" not in more
    monkeypatch.setenv("CASEWRIGHT_POLICY", "strict")
    assert "under the profile" not in triage(*add[:-1], "BIRD").err
    assert triage(*add).code == 0


def test_nothing_replaced_is_told_without_empty_brackets(triage: Triage, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("All is well.\n")
    ended = triage("redact", tmp_path / "plain.txt", "--out", tmp_path / "copies")
    assert ended.code == 0, ended.err
    assert "replaced 0 values\n" in ended.out


def test_copies_are_not_written_among_what_a_folder_holds_unless_forced(
    triage: Triage, note: Path, tmp_path: Path
) -> None:
    out = tmp_path / "copies"
    assert triage("redact", note, "--out", out).code == 0
    copy = out / "A1.txt"
    first = copy.read_text("utf-8")
    note.write_text("Torgrim Fjeldheim is away.\n", "utf-8")
    refused = triage("redact", note, "--out", out)
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    assert copy.read_text("utf-8") == first
    assert len(entries(triage, "export")) == 1
    assert triage("redact", note, "--out", out, "--force").code == 0
    assert copy.read_text("utf-8") == "<PERSON_1> is away.\n"


def test_force_is_for_copies_alone(triage: Triage, note: Path) -> None:
    assert triage("redact", note, "--force").code == 2


def test_an_empty_folder_takes_copies(triage: Triage, note: Path, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    assert triage("redact", note, "--out", tmp_path / "copies").code == 0


def test_lines_shown_as_they_were_are_in_the_ledger_first(triage: Triage, note: Path) -> None:
    ended = triage("redact", note, "--diff")
    assert ended.code == 0
    assert "- Call Torgrim Fjeldheim about it." in ended.out
    [entry] = entries(triage, "reveal")
    assert entry["subject"] == "lines before redaction"
    assert entry["size"] == len(NOTE.splitlines()[0])
    assert "Fjeldheim" not in json.dumps(entry)


def test_a_diff_that_shows_nothing_raw_records_nothing(triage: Triage, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("All is well.\n")
    assert triage("redact", tmp_path / "plain.txt", "--diff").code == 0
    assert triage("lists", "add", "allow", "Aurora").code == 0
    assert entries(triage, "reveal") == []


def test_lines_are_not_shown_when_that_cannot_be_recorded(triage: Triage, note: Path) -> None:
    assert triage("lists", "add", "allow", "Aurora").code == 0
    for file in triage.workspace.glob("casewright.db*"):
        file.unlink()
    ended = triage("redact", note, "--diff")
    assert (ended.code, ended.out) == (4, "")


def test_a_ledger_whose_database_is_gone_is_not_shown_as_an_empty_one(
    triage: Triage, note: Path
) -> None:
    assert triage("run", note).code == 0
    count = len(json.loads(triage("ledger", "show", "--json").out)["entries"])
    for file in triage.workspace.glob("casewright.db*"):
        file.unlink()
    ended = triage("ledger", "show")
    assert ended.code == 4
    assert f"{count} entries were noted, and 0 are left" in " ".join(ended.out.split())
    assert not list(triage.workspace.glob("casewright.db*"))
    assert triage("policy", "show").code == 0
    assert triage("ledger", "verify").code == 4
    assert triage("ledger", "show").code == 4
    answer = json.loads(triage("ledger", "show", "--json").out)
    assert answer["entries"] == []
    assert answer["problem"]


def test_a_whole_ledger_is_shown_without_a_problem(triage: Triage, note: Path) -> None:
    assert triage("run", note).code == 0
    answer = json.loads(triage("ledger", "show", "--event", "reveal", "--json").out)
    assert answer["problem"] is None
