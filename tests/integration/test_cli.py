"""The real commands on both example cases and small inputs; the workspace is then searched."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lancedb  # pyright: ignore[reportMissingTypeStubs]
import pytest

from tests.commands import Outcome, Triage
from ui import knowledge, opening, service
from ui.contract import (
    RunAnswer,
)
from ui.settings import Settings
from ui.wiring import House

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parents[2] / "examples"
MANIFEST: dict[str, Any] = json.loads((EXAMPLES / "manifest.json").read_text())
LEVELS = {"Sev1", "Sev2", "Sev3", "Sev4"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, models: object) -> House:
    """A workspace of its own, whose models are loaded once for the whole module."""
    folder = tmp_path_factory.mktemp("house")
    settings = Settings(workspace=folder / "workspace", keys=folder / "keys", model="none")
    return House(settings)


@pytest.fixture(scope="module")
def answers(house: House) -> dict[str, RunAnswer]:
    """Both example cases, run against the whole example knowledge."""
    for kind in ("case", "kb"):
        file = EXAMPLES / "knowledge" / ("cases.jsonl" if kind == "case" else "kb.jsonl")
        assert knowledge.index_records(house, file, kind, lambda _: None).refused == ()
    return {
        name: service.run_case(house, str(EXAMPLES / "cases" / name), ("update", "rca"))
        for name in MANIFEST["cases"]
    }


@pytest.fixture
def triage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    models: object,
) -> Triage:
    return Triage(tmp_path, monkeypatch, capsys)


def _bytes_of(house: House) -> Iterator[tuple[str, bytes]]:
    """Yield every file under the workspace, and every text of the index as it is read."""
    workspace = house.settings.workspace
    for path in workspace.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(workspace)), path.read_bytes()
    database: Any = lancedb.connect(str(workspace / "index"))
    for name in database.list_tables().tables:
        table = database.open_table(name).to_arrow()
        columns = [one for one in table.column_names if one != "vector"]
        yield f"table {name}", json.dumps(table.select(columns).to_pylist(), default=str).encode()


def test_no_planted_value_is_anywhere_under_the_workspace(
    house: House, answers: dict[str, RunAnswer]
) -> None:
    owners = (*MANIFEST["cases"].values(), MANIFEST["knowledge"])
    values = {row["value"] for owner in owners for row in owner["planted"]}
    patterns = {row["pattern"] for owner in owners for row in owner.get("planted_patterns", ())}
    shapes = [re.compile(pattern.encode()) for pattern in patterns]
    found: set[tuple[str, str]] = set()
    for place, content in _bytes_of(house):
        found |= {(place, value) for value in values if value.encode() in content}
        found |= {(place, shape.pattern.decode()) for shape in shapes if shape.search(content)}
    assert len(answers) == len(MANIFEST["cases"])
    assert found == set()


@pytest.mark.parametrize("name", MANIFEST["cases"])
def test_a_case_is_judged_as_expected_whatever_its_artifacts_tell_an_assistant(
    answers: dict[str, RunAnswer], name: str
) -> None:
    expected, facts = MANIFEST["cases"][name]["expected"], answers[name].facts
    assert expected["severity"] in (facts.severity.level, None)
    assert facts.state == expected["state"]
    assert facts.cause.status == expected["cause_status"]
    shown = [str(item.name) for item in answers[name].redaction.quarantined]
    assert shown == expected["quarantined"]


@pytest.mark.parametrize("name", MANIFEST["cases"])
def test_the_expected_precedents_are_among_the_matches(
    answers: dict[str, RunAnswer], name: str
) -> None:
    found = {match.id for match in answers[name].matches}
    assert set(MANIFEST["cases"][name]["expected"]["precedents"]) <= found


@pytest.mark.parametrize("name", MANIFEST["cases"])
def test_the_drafts_pass_their_gates_or_say_why_not(
    answers: dict[str, RunAnswer], name: str
) -> None:
    for draft in answers[name].drafts:
        failed = [score for score in draft.scorecard.scores if not score.passed]
        assert (draft.scorecard.gate == "pass") == (not failed)
        assert all(score.reason for score in failed)


def test_running_a_path_again_replaces_its_case(
    house: House, answers: dict[str, RunAnswer]
) -> None:
    source = str(EXAMPLES / "cases" / "sync-escalation")
    assert opening.open_case(house, source).case.id == answers["sync-escalation"].case_id
    assert len(house.cases.list()) == len(answers)


def test_a_text_on_standard_input_is_printed_redacted_and_only_that_it_left_is_stored(
    triage: Triage,
) -> None:
    ended = triage("redact", "-", stdin=b"2026-01-02 ERROR mail ada.l@example.com failed\n")
    assert ended == Outcome(0, "2026-01-02 ERROR mail <EMAIL_1>@<DOMAIN_1> failed\n", "")
    told = json.loads(triage("ledger", "show", "--json").out)
    assert [each["event"] for each in told["entries"]] == ["key", "policy", "export"]
    stored = b"".join(path.read_bytes() for path in triage.workspace.rglob("*") if path.is_file())
    assert b"ada.l" not in stored
    assert b"failed" not in stored


def test_span_offsets_count_the_extracted_text(triage: Triage, tmp_path: Path) -> None:
    text = "ü → mail ada.l@example.com, host 10.1.2.3\n"
    source = tmp_path / "a.txt"
    source.write_text(text)
    [line] = triage("redact", source, "--json").out.splitlines()
    answer = json.loads(line)
    assert answer["text"] == "ü → mail <EMAIL_1>@<DOMAIN_1>, host <IP_1.1>\n"
    originals = [text[span["start"] : span["end"]] for span in answer["spans"]]
    assert originals == ["ada.l@example.com", "10.1.2.3"]


def test_copies_are_written_with_out_and_what_is_unreadable_keeps_its_reason(
    triage: Triage, tmp_path: Path
) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "a.txt").write_text("mail ada.l@example.com\n")
    (folder / "b.bin").write_bytes(b"\0\1\2" * 50)
    ended = triage("redact", folder, "--out", tmp_path / "copies", "--json")
    text, binary = map(json.loads, ended.out.splitlines())
    assert (text["text"], text["spans"]) == (None, None)
    assert Path(text["path"]).read_text() == "mail <EMAIL_1>@<DOMAIN_1>\n"
    told = "unreadable: binary (NUL bytes); ask for a text export"
    assert (binary["path"], binary["quarantined"]) == (None, told)


def test_records_are_redacted_each_as_a_document_of_its_own(triage: Triage, tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    rows = [{"id": str(n), "text": f"mail user{n}.x@example.com"} for n in range(2)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    lines = triage("redact", "--jsonl", file, "--json").out.splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["mail <EMAIL_1>@<DOMAIN_1>"] * 2


def test_the_index_is_filled_searched_by_date_and_emptied(triage: Triage, tmp_path: Path) -> None:
    file, asked = tmp_path / "k.jsonl", tmp_path / "q.txt"
    row = {"id": "C-1", "title": "Pool exhausted", "description": "HikariPool timeout"}
    file.write_text(json.dumps({**row, "created": "2026-03-01T00:00:00Z"}) + "\n")
    asked.write_text("ERROR HikariPool timeout, pool exhausted\n")
    add = ("index", "add", file, "--kind", "case", "--json")
    first, again = json.loads(triage(*add).out), json.loads(triage(*add).out)
    assert (first["added"], again["added"], again["unchanged"]) == (1, 0, 1)
    match = ("match", asked, "--json", "--as-of")
    assert [one["id"] for one in json.loads(triage(*match, "2026-03-02").out)] == ["C-1"]
    assert json.loads(triage(*match, "2026-02-28").out) == []
    assert json.loads(triage("index", "remove", "C-1", "--json").out)["removed"] == 1
    assert json.loads(triage("index", "stats", "--json").out)["cases"] == 0


def test_a_model_that_cannot_be_reached_leaves_template_drafts_and_a_note(
    house: House,
    answers: dict[str, RunAnswer],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    triage = Triage(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CASEWRIGHT_KEYS", str(house.settings.keys))
    monkeypatch.setenv("CASEWRIGHT_API_BASE", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    ended = triage(
        *("draft", answers["checkout-5xx"].case_id, "--kind", "update", "--model", "openai/x"),
        *("--workspace", house.settings.workspace, "--json"),
    )
    assert ended.code == 0
    answer = json.loads(ended.out)
    assert answer["model"] == "template"
    assert len(answer["notes"]) == 1
    assert re.match(r"Templates only \(update\): openai/x: \w+", answer["notes"][0])
