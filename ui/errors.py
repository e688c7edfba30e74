"""Maps every expected error class to the exit code that it ends a command with."""

import errno
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from assistant import AssistantError
from redaction import CannotRead, NotInVault, PolicyInvalid, RedactionError, UnknownPolicy
from retrieval import RetrievalError
from ui.models import ModelError, UnknownModel
from ui.settings import SettingInvalid

EXIT_USAGE: Final = 2
EXIT_INPUT: Final = 3
EXIT_REFUSED: Final = 4
EXIT_MISSING: Final = 5
_COPY: Final = re.compile(r"A\d+\.\w+")
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


class UnknownDocument(Exception):
    """The index holds no document of an id."""

    def __init__(self, document_id: str) -> None:
        """Name the id, which a person typed."""
        super().__init__(
            f"the index holds no document {document_id!r}: give an id that `triage match` shows"
        )


class UnknownCase(Exception):
    """Neither a path that exists nor the id of a stored case."""

    def __init__(self) -> None:
        """Say what a person can give instead."""
        super().__init__(
            "what you named is neither a path that exists nor the id of a stored case: give a "
            "folder, a file, an archive, or an id that an earlier run printed"
        )


class NoWorkspace(Exception):
    """A folder to look into is no workspace; its name may be mistyped."""

    def __init__(self, folder: Path) -> None:
        """Name the folder and what a person can give instead."""
        super().__init__(
            f"{folder} is no workspace: nothing was ever stored there. Give --workspace the "
            "folder that an earlier run wrote to."
        )


class FolderUnusable(Exception):
    """A folder of this machine cannot be created, read or written."""

    def __init__(self, folder: Path, problem: str) -> None:
        """Name the folder and what the system says about it."""
        super().__init__(f"{folder}: {problem}. Give a folder that you can write.")


class WritesIntoInput(Exception):
    """What is written would lie inside what is read, or in its place."""

    def __init__(self, option: str, folder: Path) -> None:
        """Name the option that gave the folder."""
        super().__init__(
            f"{folder} holds what is read or lies inside of it: what is written there would be "
            f"read as well, or replace it. Give {option} a folder elsewhere."
        )


class NotQuarantined(Exception):
    """A person asked to release what a case does not hold back."""

    def __init__(self, case_id: str, held: Sequence[str]) -> None:
        """Name the case and what it does hold back; what was asked for is not repeated."""
        told = ", ".join(held) or "nothing"
        super().__init__(
            f"case {case_id} has no quarantined artifact of that id: quarantined is {told}. "
            "What is not quarantined is in the case already."
        )


class NotReleased(Exception):
    """A quarantined artifact that stays where it is."""

    def __init__(self, artifact: str, why: str) -> None:
        """Name the artifact, the reason and what to do instead."""
        super().__init__(f"{artifact} stays quarantined: {why}")


class OutNotEmpty(Exception):
    """A folder for copies that holds something already."""

    def __init__(self, folder: Path) -> None:
        """Name the folder and what a person can do instead."""
        super().__init__(
            f"{folder} is not empty: copies of another input may be there under the same names. "
            "Give --out a new folder, or --force to write there all the same."
        )


def keep_whole(folder: Path) -> None:
    """Refuse to write among what a folder holds already.

    Raises:
        OutNotEmpty: it holds something.
        FolderUnusable: it cannot be looked into.
    """
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise OutNotEmpty(folder)
    except OSError as error:
        raise FolderUnusable(folder, str(error.strerror)) from None


def keep_apart(option: str, folder: Path, source: Path) -> None:
    """Refuse to write into a folder that is read, or copies (`A1.log`) in place of their source.

    Raises:
        WritesIntoInput: the folder, given by `option`, is not apart from the source.
    """
    target, read = folder.resolve(), source.resolve()
    beside = read.parent == target and _COPY.fullmatch(read.name)
    if beside or (read.is_dir() and target.is_relative_to(read)):
        raise WritesIntoInput(option, folder)


class DatabaseBroken(Exception):
    """The workspace's database cannot be used; the message never holds a statement's values."""

    def __init__(self, file: Path, kind: str) -> None:
        """Name the file and the class of the error."""
        super().__init__(
            f"{file}: {kind}. Another program may be writing to it, its disk may be full, or it "
            "is damaged: try again, or give another --workspace."
        )


@contextmanager
def writing_into(folder: Path) -> Generator[None]:
    """Tell what the system refuses to write inside a folder as FolderUnusable.

    Errors about any other place are not its own and pass.
    """
    try:
        yield
    except OSError as error:
        place = error.filename
        inside = isinstance(place, str) and Path(place).is_relative_to(folder)
        # A full disk is noticed while writing, when the system no longer names the file.
        if not inside and error.errno not in _FULL:
            raise
        at = Path(place) if inside else folder
        raise FolderUnusable(at, str(error.strerror)) from None


EXPECTED: Final = (
    SettingInvalid,
    UnknownCase,
    UnknownDocument,
    NoWorkspace,
    FolderUnusable,
    WritesIntoInput,
    OutNotEmpty,
    NotQuarantined,
    NotReleased,
    DatabaseBroken,
    RedactionError,
    RetrievalError,
    AssistantError,
    ModelError,
)
"""Everything that ends a command with a sentence instead of a traceback."""


def exit_code(error: BaseException) -> int:
    """Return the exit code of an error's class, as README lists them."""
    match error:
        case (
            UnknownPolicy()
            | PolicyInvalid()
            | UnknownModel()
            | SettingInvalid()
            | WritesIntoInput()
            | OutNotEmpty()
        ):
            return EXIT_USAGE
        case (
            CannotRead()
            | UnknownCase()
            | UnknownDocument()
            | NoWorkspace()
            | NotInVault()
            | NotQuarantined()
            | FolderUnusable()
        ):
            return EXIT_INPUT
        case ModelError() | RetrievalError() | AssistantError() | DatabaseBroken():
            return EXIT_MISSING
        case _:
            return EXIT_REFUSED
