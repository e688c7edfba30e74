"""The commands of a privacy officer, on cases that the real commands have stored."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from redaction import CaseStore, LedgerBroken, LedgerStore
from tests.commands import Outcome, Triage
from tests.fake_detection import ListedNames
from ui.wiring import House

SECRET = "password=Gr4nit-71-Petrel"
TICKET = {
    "title": "Checkout fails with HikariPool timeout",
    "status": "open",
    "tenant": "heron-4471",
    "description": f"Jane Roe (jane.roe@heron.example) sees 503 on db7.heron.internal, {SECRET}",
}


@pytest.fixture
def triage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Triage:
    """The command with a detector that needs no model, which knows one name."""
    monkeypatch.setenv("CASEWRIGHT_MODELS", str(tmp_path / "no-models"))
    monkeypatch.setattr(House, "_detector", ListedNames("Jane Roe"))
    return Triage(tmp_path, monkeypatch, capsys)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "ticket.json").write_text(json.dumps(TICKET))
    return folder


@pytest.fixture
def case(triage: Triage, source: Path) -> str:
    return run(triage, source)


def run(triage: Triage, source: Path) -> str:
    ended = triage("run", source, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)["case_id"]


def events(triage: Triage, *arguments: str) -> list[str]:
    entries = json.loads(triage("ledger", "show", "--json", *arguments).out)["entries"]
    return [entry["event"] for entry in entries]


def files_of(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path, path.read_bytes()


def stored(triage: Triage) -> tuple[list[str], dict[Path, bytes]]:
    """Every row of the database, and every other file: its log is emptied whenever it pleases."""
    connection = sqlite3.connect(triage.workspace / "casewright.db")
    rows = list(connection.iterdump())
    connection.close()
    files = files_of(triage.workspace)
    return rows, {path: data for path, data in files if not path.name.startswith("casewright.db")}


def cut_ledger(triage: Triage) -> None:
    connection = sqlite3.connect(triage.workspace / "casewright.db")
    connection.execute("drop trigger ledger_no_delete")
    connection.execute("delete from ledger where number = (select max(number) from ledger)")
    connection.commit()
    connection.close()


def test_a_placeholder_is_revealed_once_the_ledger_has_it(triage: Triage, case: str) -> None:
    ended = triage("reveal", case, "<PERSON_1>", "--reason", "customer-contact")
    assert ended == Outcome(0, "Jane Roe\n", "")
    answer = json.loads(triage("reveal", case, "PERSON_1", "--reason", "legal", "--json").out)
    assert (answer["value"], answer["kind"], answer["fingerprint"]) == ("Jane Roe", "PERSON", None)
    shown = triage("ledger", "show", "--event", "reveal").out
    assert "<PERSON_1> customer-contact" in shown
    assert "<PERSON_1> legal" in shown
    assert "Jane" not in shown
    assert events(triage, "--case", case, "--event", "reveal") == ["reveal", "reveal"]


def test_of_a_dropped_secret_no_copy_exists(triage: Triage, case: str) -> None:
    ended = triage("reveal", case, "<PASSWORD_1>", "--reason", "security-incident")
    assert ended.code == 0
    assert "was dropped: no copy of it exists. Fingerprint " in ended.out
    assert "Gr4nit" not in ended.out


def test_nothing_is_revealed_when_the_ledger_does_not_hold(triage: Triage, case: str) -> None:
    cut_ledger(triage)
    ended = triage("reveal", case, "<PERSON_1>", "--reason", "debugging")
    assert (ended.code, ended.out) == (4, "")
    assert "the ledger does not hold" in ended.err
    assert "Jane" not in ended.err


def test_a_reveal_needs_a_reason_a_known_case_and_a_known_placeholder(
    triage: Triage, case: str
) -> None:
    assert triage("reveal", case, "<PERSON_1>").code == 2
    assert triage("reveal", case, "<PERSON_1>", "--reason", "curious").code == 2
    assert triage("reveal", "case-0000", "<PERSON_1>", "--reason", "legal").code == 3
    unknown = triage("reveal", case, "<PERSON_9>", "--reason", "legal")
    assert (unknown.code, unknown.out) == (3, "")
    assert events(triage, "--event", "reveal") == []


def test_a_run_is_in_the_ledger_without_content(triage: Triage, case: str) -> None:
    assert events(triage) == ["key", "policy", "export"]
    assert events(triage, "--case", case) == ["export"]
    assert triage("ledger", "verify").out == "the ledger holds: 3 entries\n"
    for _, content in files_of(triage.workspace):
        assert b"Jane" not in content
        assert b"heron" not in content


def test_copies_that_are_written_are_in_the_ledger(
    triage: Triage, source: Path, tmp_path: Path
) -> None:
    assert triage("redact", source, "--out", tmp_path / "copies").code == 0
    assert events(triage) == ["key", "policy", "export"]


def test_a_broken_ledger_ends_with_4_and_the_first_number_that_does_not_hold(
    triage: Triage, case: str, source: Path
) -> None:
    del case
    cut_ledger(triage)
    ended = triage("ledger", "verify", "--json")
    assert ended.code == 4
    answer = json.loads(ended.out)
    assert (answer["ok"], answer["broken"]) == (False, 3)
    assert "broken at entry 3: it was cut" in triage("ledger", "verify").out
    assert triage("run", source).code == 4


def test_a_deleted_database_does_not_pass_for_a_new_ledger(triage: Triage, case: str) -> None:
    del case
    for path in triage.workspace.glob("casewright.db*"):
        path.unlink()
    assert triage("ledger", "verify").code == 4


def test_an_erased_case_is_nowhere_in_the_bytes_of_the_workspace(
    triage: Triage, case: str, source: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.log").write_text("2026-03-01 ERROR another case keeps its words\n")
    kept = run(triage, other)
    assert triage("draft", case, "--kind", "rca").code == 0
    before = b"".join(content for _, content in files_of(triage.workspace))
    assert b"HikariPool" in before
    answer = json.loads(triage("forget", case, "--json").out)
    assert answer["key_destroyed"]
    assert answer["removed"]["reports"] == 2
    assert answer["removed"]["rows"] >= 3
    for path, content in files_of(triage.workspace):
        assert b"HikariPool" not in content, path
        # Its id is random and says nothing: the ledger keeps it, to say that it was erased.
        assert case.encode() not in content or path.name == "casewright.db", path
    connection = sqlite3.connect(triage.workspace / "casewright.db")
    names = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    for (table,) in names:
        rows = connection.execute(f'select * from "{table}"').fetchall()
        assert table == "ledger" or case not in str(rows), table
    connection.close()
    assert events(triage, "--case", case)[-1] == "erasure"
    assert triage("ledger", "verify").code == 0
    again = triage("forget", case)
    assert (again.code, again.out) == (3, "")
    assert triage("reveal", case, "<PERSON_1>", "--reason", "legal").code == 3
    assert triage("draft", kept, "--kind", "rca").code == 0
    assert run(triage, source) != case


def test_a_case_is_erased_by_the_path_that_it_came_from(
    triage: Triage, case: str, source: Path
) -> None:
    assert f"erased {case}: its key destroyed" in triage("forget", source).out
    assert triage("forget", source).code == 3


def test_an_erasure_that_was_interrupted_goes_on_when_it_is_run_again(
    triage: Triage, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> int:
        raise LedgerBroken("the machine was switched off")

    with monkeypatch.context() as patch:
        patch.setattr(CaseStore, "erase", stopped)
        assert triage("forget", case).code == 4
    lost = triage("reveal", case, "<PERSON_1>", "--reason", "legal")
    assert (lost.code, lost.out) == (3, "")
    assert "its key was destroyed before" in triage("forget", case).out
    assert triage("forget", case).code == 3


def test_an_erasure_destroys_the_key_before_anything_can_fail(
    triage: Triage, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise LedgerBroken("no room")

    with monkeypatch.context() as patch:
        patch.setattr(LedgerStore, "append", refused)
        assert triage("forget", case).code == 4
    assert triage("reveal", case, "<PERSON_1>", "--reason", "legal").code == 3
    ended = triage("forget", case)
    assert ended.code == 0
    assert "its key was destroyed before" in ended.out


def test_a_denied_value_is_read_from_standard_input_and_kept_out_of_every_file(
    triage: Triage,
) -> None:
    ended = triage("lists", "add", "deny", "-", "--kind", "PERSON", stdin=b"Blue Petrel\n")
    assert ended == Outcome(0, "deny list changed\n", "")
    assert triage("lists", "add", "allow", "Aurora").code == 0
    assert triage("lists", "add", "allow", "Aurora").out == "nothing changed\n"
    shown = json.loads(triage("lists", "show", "--json").out)
    assert shown["deny"] == [{"value": "Blue Petrel", "kind": "PERSON"}]
    assert shown["allow"] == ["Aurora"]
    assert "PERSON" in triage("lists", "show").out
    for path, content in files_of(triage.workspace):
        assert b"Petrel" not in content, path
    assert "Petrel" not in triage("ledger", "show").out
    assert events(triage, "--event", "list") == ["list"] * 3
    assert triage("lists", "remove", "blue petrel").out == "deny list changed\n"
    assert triage("lists", "remove", "blue petrel").out == "nothing changed\n"
    assert triage("ledger", "verify").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("lists", "add", "deny", "Blue Petrel"),
        ("lists", "add", "deny", "Blue Petrel", "--kind", "BIRD"),
        ("lists", "add", "deny", "Blue Petrel", "--kind", "LOCATION"),
        ("lists", "add", "allow", "Blue Petrel", "--kind", "PERSON"),
        ("lists", "add", "allow", "x"),
        ("lists", "add", "maybe", "Blue Petrel"),
        ("ledger", "show", "--event", "party"),
        ("policy", "show", "lenient"),
    ],
)
def test_what_cannot_be_asked_ends_with_2_and_says_what_can(
    triage: Triage, arguments: tuple[str, ...]
) -> None:
    ended = triage(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Petrel" not in ended.err


def test_looking_creates_nothing(triage: Triage) -> None:
    assert triage("ledger", "show").code == 3
    assert triage("ledger", "verify").code == 3
    assert triage("lists", "show").code == 3
    assert triage("lists", "remove", "Aurora").code == 3
    assert "PASSWORD      drop" in triage("policy", "show").out
    assert triage("forget", "case-0000").code == 3
    assert not triage.workspace.exists()


def test_the_policy_in_force_is_shown_with_the_workspaces_own_actions(triage: Triage) -> None:
    triage.workspace.mkdir()
    (triage.workspace / "policy.toml").write_text('profile = "strict"\n[actions]\nHOST = "keep"\n')
    shown = json.loads(triage("policy", "show", "--json").out)
    actions = {row["kind"]: row["action"] for row in shown["kinds"]}
    assert (shown["profile"], actions["HOST"], actions["AGE"]) == ("strict", "keep", "pseudonymise")
    minimal = json.loads(triage("policy", "show", "minimal", "--json").out)
    assert minimal["profile"] == "minimal"
    assert minimal["fingerprint"] != shown["fingerprint"]


def test_a_wrong_policy_file_stops_every_job_with_2(triage: Triage, source: Path) -> None:
    triage.workspace.mkdir()
    (triage.workspace / "policy.toml").write_text('[actions]\nPASSWORD = "keep"\n')
    for arguments in (("run", source), ("redact", source), ("policy", "show")):
        ended = triage(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert "PASSWORD is a secret" in ended.err


def test_a_change_of_policy_is_in_the_ledger_once(
    triage: Triage, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert triage("draft", case, "--kind", "rca").code == 0
    assert events(triage, "--event", "policy") == ["policy"]
    monkeypatch.setenv("CASEWRIGHT_POLICY", "strict")
    for _ in range(2):
        assert triage("reveal", case, "PERSON_1", "--reason", "legal").code == 0
    assert events(triage, "--event", "policy") == ["policy"] * 2


def test_a_case_of_an_older_policy_is_looked_at_again_once_and_then_used(
    triage: Triage, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWRIGHT_POLICY", "strict")
    assert triage("draft", case, "--kind", "rca").code == 0
    monkeypatch.setattr(CaseStore, "mark_passed", None)  # a second look would need it
    assert triage("draft", case, "--kind", "update").code == 0


def test_a_newly_denied_value_is_redacted_in_a_stored_case_when_it_is_next_used(
    triage: Triage, case: str
) -> None:
    denied = ("lists", "add", "deny", "HikariPool timeout", "--kind", "OPAQUE_ID")
    assert triage(*denied).code == 0
    ended = triage("draft", case, "--kind", "rca", "--json")
    assert ended.code == 0
    assert "HikariPool timeout" not in ended.out
    assert triage("reveal", case, "OPAQUE_ID_1", "--reason", "legal").out == "HikariPool timeout\n"


def test_a_case_in_which_something_shows_under_a_stricter_policy_is_withheld_with_the_remedy(
    triage: Triage, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "app.log").write_text("2026-03-14 09:00:00 ERROR peer 203.0.113.7 is gone\n")
    monkeypatch.setenv("CASEWRIGHT_POLICY", "minimal")
    case = run(triage, source)
    monkeypatch.setenv("CASEWRIGHT_POLICY", "default")
    ended = triage("draft", case, "--kind", "rca")
    assert (ended.code, ended.out) == (4, "")
    assert "IP in A1.log" in ended.err
    assert "Run the case again from its artifacts" in ended.err
    assert "203.0" not in ended.err


def test_the_key_of_another_workspace_is_refused_before_anything_is_written(
    triage: Triage, case: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del case
    monkeypatch.setenv("CASEWRIGHT_KEY_SOURCE", "environment")
    monkeypatch.setenv("CASEWRIGHT_KEY", "A" * 43 + "=")
    before = stored(triage)
    ended = triage("run", source)
    assert (ended.code, ended.out) == (4, "")
    assert "does not fit" in ended.err
    assert "AAAA" not in ended.err
    assert stored(triage) == before
