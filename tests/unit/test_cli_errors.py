import errno
from pathlib import Path

import pytest

from assistant import AssistantError, ModelUnavailable
from redaction import CannotRead, EgressRefused, KeyUnavailable, UnknownPolicy
from retrieval import RetrievalError
from retrieval.locking import one_writer
from ui.errors import (
    EXPECTED,
    FolderUnusable,
    NotQuarantined,
    NotReleased,
    NoWorkspace,
    OutNotEmpty,
    UnknownCase,
    WritesIntoInput,
    exit_code,
    writing_into,
)
from ui.models import ModelMissing, UnknownModel
from ui.settings import SettingInvalid


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnknownPolicy("p"), 2),
        (UnknownModel("m"), 2),
        (SettingInvalid((("CASEWRIGHT_X", "is wrong"),)), 2),
        (CannotRead("c"), 3),
        (UnknownCase(), 3),
        (NoWorkspace(Path("w")), 3),
        (WritesIntoInput("--out", Path("o")), 2),
        (OutNotEmpty(Path("o")), 2),
        (NotQuarantined("case-1", ["A1.log"]), 3),
        (NotReleased("A1.log", "why"), 4),
        (FolderUnusable(Path("f"), "full"), 3),
        (EgressRefused((("PERSON", 0, 3),)), 4),
        (KeyUnavailable("k"), 4),
        (ModelMissing("m"), 5),
        (ModelUnavailable("m"), 5),
        (AssistantError("a"), 5),
        (RetrievalError("r"), 5),
    ],
)
def test_an_expected_error_ends_with_the_code_of_its_class(error: Exception, code: int) -> None:
    assert isinstance(error, EXPECTED)
    assert exit_code(error) == code


def test_what_cannot_be_written_inside_a_folder_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "A1.txt").mkdir()
    with (
        pytest.raises(FolderUnusable, match="Is a directory"),
        writing_into(tmp_path),
    ):
        (tmp_path / "A1.txt").write_text("redacted")


def test_a_full_disk_names_the_folder_that_was_written(tmp_path: Path) -> None:
    with pytest.raises(FolderUnusable, match=str(tmp_path)), writing_into(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_trouble_in_another_place_is_not_blamed_on_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writing_into(tmp_path / "here"):
        (tmp_path / "there").read_text()


def test_an_index_folder_that_cannot_be_locked_is_named(tmp_path: Path) -> None:
    (tmp_path / ".writer").mkdir()
    with pytest.raises(RetrievalError, match="cannot be written: Is a directory"):
        one_writer(str(tmp_path)).__enter__()
