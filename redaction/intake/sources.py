"""Takes in what an analyst was sent: a folder, file, archive or stream becomes one raw case."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from redaction.errors import CannotRead
from redaction.intake.archives import GZIP_MAGIC, ZIP_MAGICS, Member, gzip_content, zip_members
from redaction.intake.decoding import decode
from redaction.intake.hypertext import text_of_html
from redaction.intake.limits import Budget, EntriesSpent, Limits, Refused
from redaction.intake.mail import read_mail
from redaction.intake.media import EXTENSIONS, media_type
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

    Raises:
        CannotRead: the path does not exist, or nothing in it could be read.
    """
    reading = _Reading(limits or Limits())
    try:
        if not isinstance(source, Path):
            reading.take("stdin", _buffered(source, reading.budget), 0)
        elif source.is_dir():
            reading.take_folder(source)
        else:
            reading.take_file(source, _readable_name(source.name), follow=True)
    except EntriesSpent:
        reason = f"the case holds more than {reading.budget.limits.entries} files: rest not read"
        reading.quarantine("(more files)", reason)
    name = "stdin" if not isinstance(source, Path) else _readable_name(source.resolve().name)
    return reading.case(name)


def _buffered(stream: BinaryIO, budget: Budget) -> bytes:
    try:
        return budget.read(stream)
    except Refused as refused:
        raise CannotRead(f"the input could not be read: {refused}.") from None


class _Reading:
    """One case while it is read: what was found so far, and what may still be spent."""

    def __init__(self, limits: Limits) -> None:
        self.budget = Budget(limits)
        self._artifacts: list[RawArtifact] = []
        self._quarantined: list[RawQuarantined] = []

    def case(self, name: str) -> RawCase:
        """Close the reading."""
        if not self._artifacts:
            shown = [f"{each.id} {each.reason}" for each in self._quarantined[:5]]
            raise CannotRead(_NOTHING.format(reasons=f" ({'; '.join(shown)})" if shown else ""))
        return RawCase(RawText(name), tuple(self._artifacts), tuple(self._quarantined))

    def take_folder(self, root: Path) -> None:
        """Take every file below a folder, sorted by path; links are shown, never followed."""
        for path, name, reason in _walk(root):
            self.budget.enter()
            if reason:
                self.quarantine(name, reason)
            else:
                self.take_file(path, name, follow=False)

    def take_file(self, path: Path, name: str, *, follow: bool) -> None:
        """Take one file of the disk."""
        try:
            stream = _opened(path, follow)
        except OSError as error:
            if follow and isinstance(error, FileNotFoundError):
                raise CannotRead("the path does not exist: give a folder or file.") from None
            self.quarantine(name, "cannot be opened: no permission, or not a regular file")
            return
        with stream:
            self.take(name, stream, 0)

    def take(self, name: str, source: BinaryIO | bytes, depth: int) -> None:
        """Take one file or archive; bytes are already counted, `depth` counts archives around."""
        stream = BytesIO(source) if isinstance(source, bytes) else source
        try:
            head = stream.read(4)
            stream.seek(0)
            if head in ZIP_MAGICS:
                self._take_members(name, zip_members(stream, self._deeper(depth)), depth + 1)
            elif head.startswith(GZIP_MAGIC):
                content = gzip_content(stream, self._deeper(depth))
                inner = name.rsplit("/", 1)[-1].removesuffix(".gz").removesuffix(".GZ")
                self.take(f"{name}/{inner}", content, depth + 1)
            else:
                content = source if isinstance(source, bytes) else self.budget.read(source)
                self._take_content(name, content, depth)
        except Refused as refused:
            self.quarantine(name, str(refused))
        except OSError:
            self.quarantine(name, "cannot be read: the disk or device failed")

    def _deeper(self, depth: int) -> Budget:
        if depth >= self.budget.limits.depth:
            raise Refused(f"nested deeper than {self.budget.limits.depth} archives")
        return self.budget

    def _take_members(self, name: str, members: Iterator[Member], depth: int) -> None:
        for member in members:
            inner = f"{name}/{_readable_name(member.name)}"
            match member.content:
                case Refused() as refused:
                    self.quarantine(inner, str(refused))
                case content:
                    self.take(inner, content, depth)

    def _take_content(self, name: str, content: bytes, depth: int) -> None:
        text = decode(content)
        kind = media_type(text)
        if kind == "message/rfc822":
            self._take_mail(name, content, depth)
        else:
            self._keep(name, kind, text_of_html(text) if kind == "text/html" else text)

    def _take_mail(self, name: str, content: bytes, depth: int) -> None:
        mail = read_mail(content)
        self._keep(name, "message/rfc822", mail.text)
        for attachment in mail.attachments:
            self.budget.enter()
            inner = f"{name}/{attachment.name}"
            if depth >= self.budget.limits.depth:
                self.quarantine(inner, f"nested deeper than {depth} archives and mails")
            else:
                self.take(inner, attachment.content, depth + 1)

    def _keep(self, name: str, kind: str, text: str) -> None:
        artifact = f"{self._next()}.{EXTENSIONS[kind]}"
        self._artifacts.append(RawArtifact(artifact, RawText(name), kind, RawText(text)))

    def quarantine(self, name: str, reason: str) -> None:
        """Record a file that is not read."""
        self._quarantined.append(RawQuarantined(f"{self._next()}.bin", RawText(name), reason))

    def _next(self) -> str:
        return f"A{len(self._artifacts) + len(self._quarantined) + 1}"


def _walk(root: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield (path, relative name, reason not to read it) of a folder's files, sorted."""
    try:
        entries = sorted(os.scandir(root), key=lambda entry: entry.name)
    except OSError:
        raise CannotRead("the folder cannot be opened. Check its permissions.") from None
    waiting = [(entry, _readable_name(entry.name), 0) for entry in reversed(entries)]
    while waiting:
        entry, name, depth = waiting.pop()
        path = Path(entry.path)
        if entry.is_symlink():
            yield path, name, "refused: a symbolic link is not followed"
        elif not entry.is_dir(follow_symlinks=False):
            yield path, name, ""
        elif depth >= _FOLDER_DEPTH:
            yield path, name, f"refused: folders nested deeper than {_FOLDER_DEPTH}"
        else:
            try:
                inner = sorted(os.scandir(path), key=lambda child: child.name, reverse=True)
            except OSError:
                yield path, name, "cannot be opened: no permission for the folder"
                continue
            waiting += [(kid, f"{name}/{_readable_name(kid.name)}", depth + 1) for kid in inner]


def _opened(path: Path, follow: bool) -> BinaryIO:
    """Open a regular file; a pipe must not block and a link swapped in must not be followed."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError
    return os.fdopen(descriptor, "rb")


def _readable_name(name: str) -> str:
    """Make any file name valid text: what is not UTF-8 on disk shows as replacement marks."""
    encoded = name.encode("utf-8", "surrogatepass")
    return encoded.decode("utf-8", "replace").replace("\0", "\ufffd")
