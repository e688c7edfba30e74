import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from tests.commands import Triage
from ui.cli import app
from ui.errors import FolderUnusable
from ui.settings import Settings
from ui.wiring import House


@pytest.fixture
def triage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Triage:
    monkeypatch.setenv("CASEWRIGHT_MODELS", str(tmp_path / "no-models"))
    return Triage(tmp_path, monkeypatch, capsys)


def _commands(command: object, *words: str) -> Iterator[tuple[str, ...]]:
    if isinstance(command, TyperGroup):
        for name, part in command.commands.items():
            yield from _commands(part, *words, name)
    else:
        yield words


@pytest.mark.parametrize("words", [*_commands(typer.main.get_command(app))], ids=" ".join)
def test_every_command_takes_a_workspace_and_can_say_what_it_does(
    triage: Triage, words: tuple[str, ...]
) -> None:
    shown = triage(*words, "--help").out
    assert "--workspace" in shown
    assert "-v, --verbose" in shown
    assert ("--json" in shown) == (words != ("serve",))


@pytest.mark.parametrize(
    "arguments",
    [
        ("models", "list"),
        ("doctor",),
        ("schema", "run"),
        ("index", "stats"),
        ("index", "remove", "X-1"),
    ],
)
def test_with_v_the_seconds_of_a_step_are_on_standard_error(
    triage: Triage, arguments: tuple[str, ...]
) -> None:
    assert triage("lists", "add", "allow", "Aurora").code == 0
    told = triage(*arguments, "-v", "--workspace", triage.workspace)
    quiet = triage(*arguments)
    assert told.err.endswith(" s\n")
    assert quiet.err == ""
    assert told.out == quiet.out


@pytest.mark.parametrize(
    ("variable", "value"), [("MODEL_TIMEOUT", "abc12"), ("MODEL_TIMEOUT", "-77")]
)
def test_a_variable_that_cannot_be_used_is_named_without_its_value(
    triage: Triage, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(f"CASEWRIGHT_{variable}", value)
    ended = triage("doctor")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"triage: CASEWRIGHT_{variable}: Input should be")
    assert value not in ended.err


@pytest.mark.parametrize(
    "command",
    [("match",), ("run",), ("redact",), ("redact", "--jsonl"), ("index", "add", "--kind", "kb")],
)
def test_a_name_longer_than_the_system_allows_is_an_unknown_case(
    triage: Triage, command: tuple[str, ...]
) -> None:
    ended = triage(*command, "checkout fails " * 30)
    assert (ended.code, ended.out) == (3, "")
    assert "give a folder, a file, an archive" in ended.err


def test_the_version_is_printed_alone(triage: Triage) -> None:
    assert triage("--version").out.startswith("casewright ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("nothing",),
        ("run", "x", "--kinds", "poem"),
        ("redact",),
        ("redact", "x", "--jsonl", "y"),
        ("redact", "--jsonl", "y", "--out", "z"),
        ("match", "x", "-k", "0"),
        ("match", "x", "--as-of", "soon"),
        ("draft", "x", "--kind", "poem"),
        ("schema", "poem"),
        ("models", "path", "poem"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_why_on_standard_error(
    triage: Triage, arguments: tuple[str, ...]
) -> None:
    ended = triage(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("command", [("run",), ("match",), ("draft", "--kind", "update")])
def test_an_unknown_case_ends_with_3_and_creates_nothing(
    triage: Triage, command: tuple[str, ...]
) -> None:
    ended = triage(*command, "/no/such/case")
    assert (ended.code, ended.out) == (3, "")
    assert "give a folder, a file, an archive" in ended.err
    assert not triage.workspace.exists()


def test_an_empty_folder_and_an_unreadable_one_are_no_case(triage: Triage, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary").mkdir()
    (tmp_path / "binary" / "a.bin").write_bytes(b"\0\1\2\3" * 100)
    assert triage("run", tmp_path / "empty").code == 3
    unreadable = triage("run", tmp_path / "binary")
    assert unreadable.code == 3
    assert "A1.bin unreadable" in unreadable.err


def test_a_wrong_record_is_named_by_its_line_before_a_model_is_loaded(
    triage: Triage, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl.gz"
    bad.write_bytes(gzip.compress(b"{oops, password=hunter2\n"))
    for ended in (triage("redact", "--jsonl", bad), triage("index", "add", bad, "--kind", "kb")):
        assert ended.code == 3
        assert "bad.jsonl.gz line 1 is not JSON" in ended.err
        assert "hunter2" not in ended.err


def test_without_the_name_model_everything_is_refused_and_nothing_is_left(
    triage: Triage, tmp_path: Path
) -> None:
    case = tmp_path / "case.txt"
    case.write_text("mail ada.lovelace@example.com\n")
    record = tmp_path / "r.jsonl"
    record.write_text('{"id": "1", "text": "mail ada.lovelace@example.com"}\n')
    for arguments in (("run", case), ("redact", case), ("index", "add", record, "--kind", "kb")):
        ended = triage(*arguments)
        assert (ended.code, ended.out) == (5, "")
        assert "triage models fetch" in ended.err
    assert not triage.workspace.exists()


def test_a_damaged_database_is_named_without_what_was_asked_of_it(triage: Triage) -> None:
    triage.workspace.mkdir()
    (triage.workspace / "casewright.db").write_bytes(b"not a database" * 100)
    ended = triage("draft", "case-0123", "--kind", "update")
    assert (ended.code, ended.out) == (5, "")
    assert "casewright.db: DatabaseError" in ended.err
    assert "case-0123" not in ended.err


def test_a_workspace_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    house = House(Settings(workspace=tmp_path / "file" / "inside", keys=tmp_path / "keys"))
    with pytest.raises(FolderUnusable, match="inside: Not a directory"):
        _ = house.keyring


def test_looking_at_an_index_that_is_not_there_creates_nothing(triage: Triage) -> None:
    assert triage("lists", "add", "allow", "Aurora").code == 0
    assert '"cases":0,"kb":0' in triage("index", "stats", "--json").out
    assert "X-1 is not in the index" in triage("index", "remove", "X-1").out
    assert not (triage.workspace / "index").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("ledger", "show"),
        ("ledger", "verify"),
        ("lists", "show"),
        ("lists", "remove", "Aurora"),
        ("index", "stats"),
        ("index", "remove", "X-1"),
        ("reveal", "case-0", "PERSON_1", "--reason", "legal"),
        ("forget", "case-0"),
    ],
)
def test_a_folder_that_is_no_workspace_is_not_an_empty_one(
    triage: Triage, arguments: tuple[str, ...]
) -> None:
    ended = triage(*arguments)
    assert (ended.code, ended.out) == (3, "")
    assert f"{triage.workspace} is no workspace" in ended.err
    assert "Give --workspace" in ended.err
    assert not triage.workspace.exists()


def test_a_file_is_not_served_as_a_workspace(triage: Triage, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = triage("serve", "--workspace", tmp_path / "file")
    assert (ended.code, ended.out) == (3, "")
    assert "file: Not a directory" in ended.err


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_a_file_without_a_record_is_an_input_error(
    triage: Triage, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "none.jsonl"
    file.write_bytes(content)
    for arguments in (
        ("redact", "--jsonl", file),
        ("index", "add", file, "--kind", "kb"),
        ("eval", "redaction", file),
    ):
        ended = triage(*arguments)
        assert (ended.code, ended.out) == (3, "")
        assert "none.jsonl holds no" in ended.err
        assert "give" in ended.err
    assert not triage.workspace.exists()


@pytest.mark.parametrize("command", [("run",), ("match",), ("draft", "--kind", "rca")])
def test_an_empty_file_is_no_case(triage: Triage, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "empty.log").write_text("")
    ended = triage(*command, tmp_path / "empty.log")
    assert (ended.code, ended.out) == (3, "")
    assert "is empty. Give a folder or file that holds text" in ended.err
    assert not triage.workspace.exists()


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "A1.log").write_text("2026-01-02 ERROR disk full\n")
    (tmp_path / "link").symlink_to(folder)
    return folder


@pytest.mark.parametrize(
    ("read", "out"),
    [
        ("incoming", "incoming"),
        ("incoming", "incoming/copies/of-today"),
        ("incoming", "link/copies"),
        ("link", "incoming"),
        ("incoming/A1.log", "incoming"),
    ],
)
def test_copies_are_not_written_into_what_is_read(
    triage: Triage, tmp_path: Path, incoming: Path, read: str, out: str
) -> None:
    ended = triage("redact", tmp_path / read, "--out", tmp_path / out)
    assert (ended.code, ended.out) == (2, "")
    assert "Give --out a folder elsewhere" in ended.err
    assert [path.name for path in incoming.iterdir()] == ["A1.log"]


@pytest.mark.parametrize("command", [("run",), ("draft", "--kind", "rca"), ("outgoing",)])
def test_a_workspace_is_not_made_inside_the_case(
    triage: Triage, incoming: Path, command: tuple[str, ...]
) -> None:
    ended = triage(*command, incoming, "--workspace", incoming / "workspace")
    assert (ended.code, ended.out) == (2, "")
    assert "Give --workspace a folder elsewhere" in ended.err
    assert not (incoming / "workspace").exists()


def _printing_to(out: int, *arguments: str) -> tuple[int, str]:
    program = "from ui.cli import main; main()"
    command = [sys.executable, "-c", program, *arguments]
    ended = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("arguments", [("schema", "run"), ("schema",), ("policy", "show")])
def test_a_command_that_nobody_reads_ends_quietly_like_other_tools(
    arguments: tuple[str, ...],
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert _printing_to(writer, *arguments) == (141, "")
    finally:
        os.close(writer)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("arguments", [("schema",), ("policy", "show")])
def test_an_output_that_cannot_be_written_is_told(arguments: tuple[str, ...]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        code, told = _printing_to(full, *arguments)
    finally:
        os.close(full)
    assert code == 3
    assert told.startswith("triage: the output cannot be written: ")


def test_a_model_is_found_and_names_are_listed_as_json(triage: Triage) -> None:
    assert "run" in json.loads(triage("schema", "--json").out)
    assert triage("models", "path", "all-minilm-l6-v2", "--json").code == 5


def test_no_language_model_is_loaded_before_it_is_asked() -> None:
    program = """
import sys
from assistant import LiteLlmModel, LocalModel
from pathlib import Path
LiteLlmModel("openai/any", None)
LiteLlmModel.embedded(LocalModel(Path("any.gguf"), 1), None)
print(*sys.modules)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not {"litellm", "openai", "xllamacpp"} & set(ended.stdout.split())


def test_the_doctor_creates_nothing_and_says_what_is_missing_and_what_would_leave(
    triage: Triage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = triage("doctor")
    assert ended.code == 5
    assert "triage models fetch spacy-en-core-web-md" in ended.out
    assert "leaves this machine: nothing" in ended.out
    monkeypatch.setenv("CASEWRIGHT_API_BASE", "https://models.example.com")
    away = triage("doctor", "--model", "openai/x").out
    assert "redacted prompts go to openai/x at https://models.example.com" in away
    assert not triage.workspace.exists()
