"""Takes in what an analyst was sent: a folder, file, archive or stream becomes one raw case."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from redaction.errors import CannotRead
from redaction.intake.limits import Budget, Limits
from redaction.intake.media import EXTENSIONS
from redaction.intake.names import readable_name
from redaction.intake.reader import FileReader, Found, NotRead, Spare
from redaction.intake.reasons import Reason, Refused
from redaction.text import RawText

_FOLDER_DEPTH: Final = 64
_NOTHING: Final = (
    "nothing in it could be read{reasons}. Add at least one log, ticket export, mail or text file."
)


@dataclass(frozen=True, slots=True)
class RawArtifact:
    """A file of the case before redaction; `name` is its path, archives included."""

    id: str
    name: RawText
    media_type: str
    text: RawText


@dataclass(frozen=True, slots=True)
class RawQuarantined:
    """A file that is not read; `reason` holds nothing of its content or name."""

    id: str
    name: RawText
    reason: str


@dataclass(frozen=True, slots=True)
class RawCase:
    """Everything that was taken in, in reading order; ids count over both tuples."""

    name: RawText
    artifacts: tuple[RawArtifact, ...]
    quarantined: tuple[RawQuarantined, ...]


def read_raw(source: Path | BinaryIO, limits: Limits | None = None) -> RawCase:
    """Read a folder, a file, an archive or a byte stream into memory; nothing goes to disk.

    What is read is opened, unpacked and decoded in a process of its own, which has no rights.

    Raises:
        CannotRead: the path does not exist, or nothing in it could be read.
    """
    limits = limits or Limits()
    name = "stdin" if not isinstance(source, Path) else readable_name(source.resolve().name)
    with FileReader(limits) as reader:
        reading = _Reading(limits, reader)
        if not isinstance(source, Path):
            reading.take("stdin", _in_memory(source, limits), reading.left)
        elif source.is_dir():
            reading.take_folder(source)
        else:
            reading.take_file(_File(source, readable_name(source.name), 0), None)
    return reading.case(name)


def _in_memory(stream: BinaryIO, limits: Limits) -> int:
    """Return a descriptor of memory that holds all that a stream gives."""
    try:
        content = Budget(limits).read(stream)
    except Refused as refused:
        raise CannotRead(f"the input could not be read: {refused}.") from None
    descriptor = os.memfd_create("input")
    with os.fdopen(os.dup(descriptor), "wb") as memory:
        memory.write(content)
    return descriptor


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the disk: where it is, what it is called, its size, and why it is not read."""

    path: Path
    name: str
    size: int
    refused: Refused | None = None


class _Reading:
    """One case while it is read: what was found so far, and what may still be spent."""

    def __init__(self, limits: Limits, reader: FileReader) -> None:
        self._limits = limits
        self._reader = reader
        self._artifacts: list[RawArtifact] = []
        self._quarantined: list[RawQuarantined] = []
        self.left = Spare(limits.entries, limits.total_bytes)

    def case(self, name: str) -> RawCase:
        """Close the reading."""
        if not self._artifacts:
            shown = [f"{each.id} {each.reason}" for each in self._quarantined[:5]]
            raise CannotRead(_NOTHING.format(reasons=f" ({'; '.join(shown)})" if shown else ""))
        return RawCase(RawText(name), tuple(self._artifacts), tuple(self._quarantined))

    def take_folder(self, root: Path) -> None:
        """Take every file below a folder, sorted by path; links are shown, never followed.

        An archive may not use up what the files after it need.
        """
        files = list(islice(_walk(root), self._limits.entries + 1))
        rest = files[self._limits.entries :]
        files = files[: self._limits.entries]
        later = _Later(len(files), sum(map(self._needed, files)))
        for file in files:
            later = _Later(later.files - 1, later.total_bytes - self._needed(file))
            self.left.entries -= 1
            if file.refused:
                self.quarantine(file.name, str(file.refused))
            else:
                self.take_file(file, later)
        if rest:
            self.quarantine("(more files)", Reason.ENTRIES.shown(self._limits.entries))

    def _needed(self, file: _File) -> int:
        """Return what to set aside for a file: one that is too large by itself is not read."""
        return file.size if file.size <= self._limits.artifact_bytes else 0

    def take_file(self, file: _File, later: "_Later | None") -> None:
        """Take one file of the disk; `later` is None when it is the whole case."""
        try:
            descriptor = _opened(file.path, follow=later is None)
        except OSError as error:
            if later is None and isinstance(error, FileNotFoundError):
                raise CannotRead("the path does not exist: give a folder or file.") from None
            self.quarantine(file.name, Reason.NOT_REGULAR.shown())
            return
        reserved = later or _Later(0, 0)
        total = min(
            self.left.total_bytes, max(file.size, self.left.total_bytes - reserved.total_bytes)
        )
        self.take(file.name, descriptor, Spare(self.left.entries - reserved.files, total))

    def take(self, name: str, descriptor: int, spare: Spare) -> None:
        """Take what is in an open file, and close it."""
        try:
            for each in self._reader.read(descriptor, name, spare):
                match each:
                    case Found(inner, kind, text):
                        number = self._next()
                        self._artifacts.append(
                            RawArtifact(f"{number}.{EXTENSIONS[kind]}", inner, kind, text)
                        )
                    case NotRead(inner, reason):
                        self._quarantined.append(
                            RawQuarantined(f"{self._next()}.bin", inner, reason)
                        )
        finally:
            os.close(descriptor)
        self.left.entries -= spare.entered
        self.left.total_bytes -= spare.spent

    def quarantine(self, name: str, reason: str) -> None:
        """Record a file that is not read."""
        self._quarantined.append(RawQuarantined(f"{self._next()}.bin", RawText(name), reason))

    def _next(self) -> str:
        return f"A{len(self._artifacts) + len(self._quarantined) + 1}"


@dataclass(frozen=True, slots=True)
class _Later:
    """What the files after this one need at least."""

    files: int
    total_bytes: int


def _walk(root: Path) -> Iterator[_File]:
    """Yield a folder's files, sorted."""
    try:
        entries = sorted(os.scandir(root), key=lambda entry: entry.name)
    except OSError:
        raise CannotRead("the folder cannot be opened. Check its permissions.") from None
    waiting = [(entry, readable_name(entry.name), 0) for entry in reversed(entries)]
    while waiting:
        entry, name, depth = waiting.pop()
        path = Path(entry.path)
        if entry.is_symlink():
            yield _File(path, name, 0, Refused(Reason.LINK))
        elif not entry.is_dir(follow_symlinks=False):
            yield _File(path, name, _size(entry))
        elif depth >= _FOLDER_DEPTH:
            yield _File(path, name, 0, Refused(Reason.DEEP_FOLDER, _FOLDER_DEPTH))
        else:
            try:
                inner = sorted(os.scandir(path), key=lambda child: child.name, reverse=True)
            except OSError:
                yield _File(path, name, 0, Refused(Reason.NO_FOLDER))
                continue
            waiting += [(kid, f"{name}/{readable_name(kid.name)}", depth + 1) for kid in inner]


def _size(entry: "os.DirEntry[str]") -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0


def _opened(path: Path, *, follow: bool) -> int:
    """Open a regular file; a pipe must not block and a link swapped in must not be followed."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError
    return descriptor
