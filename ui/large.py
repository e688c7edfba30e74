"""Redacts a file too large to hold into a copy that appears whole or not at all."""

import hashlib
import os
import secrets
import signal
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Final

from redaction import (
    CannotRead,
    LargeText,
    Limits,
    NotVerified,
    Progress,
    RedactedPart,
    compose,
    is_one_document,
)
from ui.contract import (
    RedactAnswer,
)
from ui.wiring import House

LARGE: Final = 16 << 20
"""Bytes from which a file of lines is not held in memory."""

SHOWN: Final = "standard output"
"""What the ledger calls a text that is printed."""

Bar = Callable[[str], AbstractContextManager[Progress]]

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
_ENDING: Final = (signal.SIGTERM, signal.SIGHUP)

_HELD: Final = Limits().artifact_bytes


def refuse_document(path: Path) -> None:
    """Stand before the reading of a file that is no text of lines.

    Raises:
        CannotRead: it is one JSON or XML document, and too large to be held.
    """
    if is_one_document(path, _HELD):
        raise CannotRead(
            f"the file is one JSON or XML document of more than {_HELD >> 20} MB, which has to be"
            " read as a whole: split it into smaller documents, or write it with one record a line"
            " (JSON Lines or CSV), which is redacted at any size."
        )


@contextmanager
def no_bar(_: str) -> Generator[Progress]:
    """Show no progress."""
    yield lambda done, total: None


def redact_large(
    house: House, text: LargeText, out: Path | None, bar: Bar = no_bar
) -> Iterator[RedactAnswer]:
    """Redact a large file: into `out` as one copy, else as answers with a part of the text each.

    The ledger has it first: that a copy is begun and, with its hash, before it appears; of a text
    that is shown, each part.
    """
    with bar("Redacting") as progress:
        parts = house.passing_redactor.redact_large(text, progress)
        name = f"A1.{text.extension}"
        try:
            if out is None:
                yield from _answered(house, parts, name, text.media_type)
            else:
                house.ledger.append("export", subject="redacted copy begun", size=text.size)
                yield _written(house, parts, out / name, text.media_type)
        except NotVerified as error:
            shown = compose("(name withheld)")
            yield RedactAnswer(name, shown, None, None, None, None, str(error))


def _answered(
    house: House, parts: Iterator[RedactedPart], name: str, kind: str
) -> Iterator[RedactAnswer]:
    shown = compose("(large file)")
    for part in parts:
        if not part.is_name:
            house.ledger.append("export", subject=SHOWN, text=part.text)
            yield RedactAnswer(
                name, shown, kind, part.text, None, None, None, part.replaced, part.second_look
            )


def _written(house: House, parts: Iterator[RedactedPart], target: Path, kind: str) -> RedactAnswer:
    replaced: Counter[str] = Counter()
    second_look = size = 0
    digest = hashlib.sha256()
    shown = compose("(name withheld)")
    with _appearing(target) as copy:
        for part in parts:
            if part.is_name:
                shown = part.text
                continue
            content = part.text.encode("utf-8", "replace")
            copy.write(content)
            digest.update(content)
            size += len(part.text)
            replaced.update(part.replaced)
            second_look += part.second_look
        house.ledger.append(
            "export", subject="redacted copy", text=f"sha256:{digest.hexdigest()}", size=size
        )
    counts = dict(sorted(replaced.items(), key=lambda item: (-item[1], item[0])))
    return RedactAnswer(
        target.name, shown, kind, None, str(target), None, None, counts, second_look
    )


@contextmanager
def _appearing(target: Path) -> Generator[IO[bytes]]:
    """Write beside the target and move into place; whatever goes wrong, nothing stays."""
    part = target.with_name(f".{secrets.token_hex(8)}.partial")
    with _removed_when_ended(part):
        try:
            with os.fdopen(os.open(part, _NEW, 0o600), "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.chmod(0o666 & ~_umask())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _removed_when_ended(part: Path) -> Generator[None]:
    """Remove a file also where the process is told to end, which by itself unwinds nothing."""

    def end(number: int, _: FrameType | None) -> None:
        part.unlink(missing_ok=True)
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    heard: list[signal.Signals] = []
    try:
        # Only the main thread may listen, and who has other plans for a signal keeps them.
        if threading.current_thread() is threading.main_thread():
            for number in _ENDING:
                if signal.getsignal(number) is signal.SIG_DFL:
                    heard.append(number)
                    signal.signal(number, end)
        yield
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
