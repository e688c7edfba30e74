"""Hands files to a reader process and takes back their texts; a reader that dies costs one file."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final, Self

from redaction.intake.limits import Limits
from redaction.intake.media import EXTENSIONS, delimiter_of, lined_type
from redaction.intake.names import readable_name
from redaction.intake.pictures import Eyes
from redaction.intake.reasons import Reason, Refused
from redaction.intake.tables import harmless_table
from redaction.intake.wire import Frame, WireBroken, receive, send
from redaction.intake.worker import OUT_OF_MEMORY
from redaction.text import RawText

# The reader sees this package's intake and nothing that its other modules would load.
BOOT: Final = (
    "import sys, types; root = types.ModuleType('redaction'); root.__path__ = [sys.argv[1]]; "
    "sys.modules['redaction'] = root; sys.path += sys.argv[4:]; "
    "from redaction.intake.worker import main; main()"
)
PACKAGE: Final = str(Path(__file__).parents[1])
_ATTEMPTS: Final = 8
_GRACE: Final = 5
# A text may be longer than the file that it was read from, but not without end.
_FRAME_BYTES: Final = 4
_RESULT_BYTES: Final = 8192
_LEAST_BYTES: Final = 64
_MOST_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A text that was read; `name` is its path, archives included."""

    name: RawText
    media_type: str
    text: RawText


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file that was not read; the reason holds nothing of its content or name."""

    name: RawText
    reason: str


@dataclass(slots=True)
class Spare:
    """What one file may still cost; after it was read, what it did cost."""

    entries: int
    total_bytes: int
    entered: int = 0
    spent: int = 0


class _Died(Exception):
    """The reader ended, hung, or said what it must not say."""

    def __init__(self, reason: Reason, *numbers: int) -> None:
        self.refused = Refused(reason, *numbers)


def libraries() -> list[str]:
    """Return the folders in which installed packages are, and this one wherever it really is."""
    installed = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    return [*installed, str(Path(__file__).resolve().parent)]


class FileReader:
    """A reader process for the files of one case; it starts with the first and ends with `with`."""

    def __init__(self, limits: Limits, program: str = BOOT) -> None:
        """Hold the limits and the reader's program; nothing is started yet."""
        self._limits = limits
        self._program = program
        self._left = limits.total_bytes * _FRAME_BYTES + limits.entries * _RESULT_BYTES
        self._eyes = Eyes(limits)
        self._ends = time.monotonic() + limits.case_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, descriptor: int, name: str, spare: Spare) -> Iterator[Found | NotRead]:
        """Yield what is in an open file, in reading order; `spare` tells afterwards what it cost.

        What kills a reader is passed over by the next one, which opens the same archive again.
        """
        fatal: list[int] = []
        told = 0
        for _ in range(_ATTEMPTS):
            at, opened = -1, ""
            try:
                wire = self._ask(descriptor, name, spare, fatal)
                while True:
                    match self._answer(wire):
                        case Frame("begun", (said,)):
                            at, opened = at + 1, readable_name(said.decode("utf-8", "replace"))
                        case Frame("done", (entered, spent)):
                            spare.entered, spare.spent = _figure(entered), _figure(spent)
                            return
                        case Frame("text" | "refused") as frame if at < told or not opened:
                            opened = ""
                        case frame:
                            result, told, opened = _result(opened, frame), at + 1, ""
                            yield result
            except _Died as died:
                self._end()
                size = min(os.fstat(descriptor).st_size, self._limits.artifact_bytes)
                spare.spent = max(spare.spent, size)
                if at < told or not opened:
                    crashed = died.refused.reason is Reason.CRASHED
                    reason = Reason.REST.shown() if crashed else str(died.refused)
                    yield NotRead(RawText(name), reason)
                    return
                yield NotRead(RawText(opened), str(died.refused))
                if died.refused.reason is Reason.CASE_TIME:
                    return
                fatal.append(at)
                told = at + 1
        yield NotRead(RawText(name), Reason.REST.shown())

    def _ask(self, descriptor: int, name: str, spare: Spare, fatal: list[int]) -> socket.socket:
        wire = self._wire or self._start()
        os.lseek(descriptor, 0, os.SEEK_SET)
        numbers = (spare.entries, spare.total_bytes)
        try:
            socket.send_fds(wire, [b"f"], [descriptor])
            send(
                wire,
                "file",
                name.encode("utf-8", "replace"),
                *(str(number).encode() for number in numbers),
                " ".join(map(str, fatal)).encode(),
            )
        except OSError:
            raise _Died(Reason.CRASHED) from None
        return wire

    def _answer(self, wire: socket.socket) -> Frame:
        """Wait for the reader's next word, and read pictures for it meanwhile.

        Raises:
            _Died: there is no next word.
        """
        most = self._limits.artifact_bytes * _FRAME_BYTES + (1 << 20)
        while True:
            patience = time.monotonic() + self._limits.seconds
            try:
                frame = receive(wire, most, min(patience, self._ends))
                self._left -= sum(map(len, frame.fields)) + _LEAST_BYTES
                if self._left < 0:
                    raise _Died(Reason.CRASHED)
                if frame.kind != "picture":
                    return frame
                self._show(wire, *frame.fields)
            except TimeoutError:
                if time.monotonic() >= self._ends:
                    raise _Died(Reason.CASE_TIME, self._limits.case_seconds) from None
                raise _Died(Reason.TIME, self._limits.seconds) from None
            except (WireBroken, OSError, TypeError):
                raise _Died(*self._cause()) from None

    def _show(self, wire: socket.socket, image: bytes) -> None:
        wire.settimeout(_GRACE)
        try:
            send(wire, "read", self._eyes.text_of(image).encode("utf-8", "replace"))
        except Refused as refused:
            numbers = " ".join(map(str, refused.numbers)).encode()
            send(wire, "refused", refused.reason.name.encode(), numbers)

    def _cause(self) -> tuple[Reason, *tuple[int, ...]]:
        """Return why the reader ended."""
        assert self._process is not None
        try:
            code = self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            return (Reason.CRASHED,)
        if code == OUT_OF_MEMORY:
            return (Reason.MEMORY,)
        return (Reason.TIME, self._limits.seconds) if code == -signal.SIGXCPU else (Reason.CRASHED,)

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        start = [sys.executable, "-I", "-S", "-B", "-c", self._program]
        limits = ",".join(map(str, astuple(self._limits)))
        with theirs, _uninterrupted():
            self._process = subprocess.Popen(
                [*start, PACKAGE, str(theirs.fileno()), limits, *libraries()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                cwd="/",
                env={},
            )
            self._wire = ours
        return ours

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._wire is not None:
            self._wire.close()
        self._process = self._wire = None


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Hold an interrupt back until a process that was started is known: else nobody ends it.

    The process inherits the mask: the interrupt is for the one that started it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(name: str, frame: Frame) -> Found | NotRead:
    """Turn a frame into what it tells; the reader is not believed more than it can know.

    Raises:
        _Died: the frame is none of those that a sound reader sends.
    """
    try:
        match frame:
            case Frame("text", (b"", text)):
                return _lined(name, text.decode("utf-8"))
            case Frame("text", (kind, text)) if kind.decode() in EXTENSIONS:
                return Found(RawText(name), kind.decode(), RawText(text.decode("utf-8")))
            case Frame("refused", (reason, numbers)):
                told = Reason[reason.decode()].shown(*map(_figure, numbers.split()))
                return NotRead(RawText(name), told)
            case _:
                raise _Died(Reason.CRASHED)
    except (ValueError, KeyError, IndexError):
        raise _Died(Reason.CRASHED) from None


def _figure(said: bytes) -> int:
    """Read a number of the reader's.

    Raises:
        _Died: it is none.
    """
    if not said.isdigit() or len(said) > _MOST_DIGITS:
        raise _Died(Reason.CRASHED)
    return int(said)


def _lined(name: str, text: str) -> Found:
    """Decide here what kind of lines these are: the clock for log lines takes long to load."""
    kind = lined_type(text)
    if kind == "text/csv":
        text = harmless_table(text, delimiter_of(text.partition("\n")[0]))
    return Found(RawText(name), kind, RawText(text))
