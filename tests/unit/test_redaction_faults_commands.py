"""Whatever breaks below a command: it refuses, and no raw byte is left or told to anyone."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pytest

from redaction import Finding
from tests.commands import Outcome, Triage
from tests.fake_detection import ListedNames
from ui.wiring import House

CANARIES = ("Gr4nit-71", "torgrim.fjeldheim", "Fjeldheim", "10.20.30.40")
TEXT = (
    "2026-02-11 08:14:52 ERROR login of torgrim.fjeldheim@corp.example from 10.20.30.40 failed\n"
    "password=Gr4nit-71\nTorgrim Fjeldheim called about it.\n"
)
Where = Literal["patterns", "names", "later"]


class Failing:
    """Implements `Detector`; fails with the text in its error, at once or at its second call."""

    def __init__(self, where: Where, error: type[BaseException]) -> None:
        self._where = where
        self._error = error
        self._real = ListedNames("Torgrim Fjeldheim")
        self._calls = 0

    def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
        self._calls += 1
        if self._where == "patterns" or (self._where == "later" and self._calls > 1):
            raise self._error(text)
        return self._real.patterns(text, without)

    def names(self, texts: Sequence[str]) -> list[list[Finding]]:
        if self._where in ("names", "later"):
            raise self._error("\n".join(texts))
        return self._real.names(texts)


@pytest.fixture
def triage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Triage:
    return Triage(tmp_path / "made", monkeypatch, capsys)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "app.log").write_text(TEXT, "utf-8")
    (folder / "ticket.json").write_text(
        json.dumps({"title": "Login", "description": TEXT}), "utf-8"
    )
    (folder / "records.jsonl").write_text(
        "".join(f"{json.dumps({'id': str(n), 'text': TEXT, 'spans': []})}\n" for n in range(3)),
        "utf-8",
    )
    return folder


def assert_nothing_leaked(outcome: Outcome, folder: Path) -> None:
    written = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for canary in CANARIES:
        assert canary not in outcome.out
        assert canary not in outcome.err
        assert [path for path, content in written.items() if canary.encode() in content] == []
        assert [path for path in folder.rglob(f"*{canary}*")] == []


ERRORS = (RuntimeError, TimeoutError, MemoryError, RecursionError, UnicodeError, AssertionError)


def commands(case: Path, made: Path) -> dict[str, list[str | Path]]:
    records = case / "records.jsonl"
    return {
        "run": ["run", case],
        "redact": ["redact", case, "--out", made / "out"],
        "redact --json": ["redact", case, "--json"],
        "redact --jsonl": ["redact", "--jsonl", records, "--json"],
        "match": ["match", case],
        "index add": ["index", "add", records, "--kind", "case"],
        "eval redaction": ["eval", "redaction", records, "--json"],
    }


@pytest.mark.parametrize("command", commands(Path(), Path()))
@pytest.mark.parametrize("where", ["patterns", "names", "later"])
def test_a_detector_that_fails_makes_a_command_refuse_and_leaves_nothing(
    command: str,
    where: Where,
    triage: Triage,
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(House, "_detector", Failing(where, RuntimeError))
    outcome = triage(*commands(case, tmp_path / "made")[command])
    assert outcome.code in (4, 5), outcome.err
    assert_nothing_leaked(outcome, tmp_path / "made")


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("where", ["patterns", "names"])
def test_any_kind_of_error_in_a_detector_is_told_by_its_class_alone(
    error: type[BaseException],
    where: Where,
    triage: Triage,
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(House, "_detector", Failing(where, error))
    outcome = triage("redact", case, "--out", tmp_path / "made/out")
    assert outcome.code == 4
    assert "nothing was let through" in outcome.err
    assert_nothing_leaked(outcome, tmp_path / "made")


def test_an_interrupt_inside_a_detector_leaves_nothing(
    triage: Triage, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(House, "_detector", Failing("names", KeyboardInterrupt))
    outcome = triage("run", case)
    assert outcome.code == 130
    assert_nothing_leaked(outcome, tmp_path / "made")


@pytest.mark.parametrize("command", commands(Path(), Path()))
def test_without_its_model_a_command_refuses_and_leaves_nothing(
    command: str, triage: Triage, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWRIGHT_MODELS", str(tmp_path / "no-models"))
    outcome = triage(*commands(case, tmp_path / "made")[command])
    assert outcome.code == 5, outcome.err
    assert "triage models fetch" in outcome.err
    assert_nothing_leaked(outcome, tmp_path / "made")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode("utf-16-le"), id="UTF-16 without its mark"),
        pytest.param(b"\xff\xfe" + TEXT.encode("utf-16-le") + b"x", id="UTF-16 cut short"),
        pytest.param(TEXT.encode() + b"\0" * 40, id="NUL bytes"),
        pytest.param(b"PK\x03\x04" + TEXT.encode(), id="a damaged archive"),
        pytest.param(b"\x1f\x8b" + TEXT.encode(), id="a damaged gzip file"),
    ],
)
def test_a_file_that_cannot_be_read_is_quarantined_and_leaves_nothing(
    content: bytes, triage: Triage, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(House, "_detector", ListedNames("Torgrim Fjeldheim"))
    (case / "records.jsonl").unlink()
    (case / "odd.bin").write_bytes(content)
    outcome = triage("run", case, "--json")
    assert outcome.code == 0, outcome.err
    assert len(json.loads(outcome.out)["redaction"]["quarantined"]) == 1
    assert_nothing_leaked(outcome, tmp_path / "made")


def test_a_labelled_file_that_is_wrong_is_told_with_its_line_and_no_content(
    triage: Triage, tmp_path: Path
) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text(
        f"{json.dumps({'id': '1', 'text': TEXT, 'spans': [{'start': 0, 'end': 9999}]})}\n", "utf-8"
    )
    outcome = triage("eval", "redaction", file)
    assert outcome.code == 3
    assert "labelled.jsonl line 1: span 1 (0-9999) is not inside the text" in outcome.err
    assert_nothing_leaked(outcome, tmp_path / "made")


def test_a_labelled_file_is_measured_as_a_table_and_as_json(
    triage: Triage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(House, "_detector", ListedNames("Torgrim Fjeldheim"))
    at = TEXT.index("Torgrim")
    spans = [
        {"start": at, "end": at + 17, "type": "PERSON"},
        {"start": 0, "end": 4, "type": "YEAR"},
    ]
    file = tmp_path / "labelled.jsonl"
    file.write_text(f"{json.dumps({'id': '1', 'text': TEXT, 'spans': spans})}\n", "utf-8")
    shown = triage("eval", "redaction", file)
    assert shown.code == 0, shown.err
    assert "PERSON" in shown.out
    assert "1.000" in shown.out
    answer = json.loads(triage("eval", "redaction", file, "--json", "--recall-only").out)
    assert (answer["records"], answer["policy"]) == (1, "default")
    assert answer["types"]["PERSON"]["covered"] == 1
    assert answer["types"]["YEAR"]["covered"] == 0
    assert answer["overall"]["recall"] == 0.5
    assert answer["overall"]["precision"] is None
    assert_nothing_leaked(shown, tmp_path / "made")
