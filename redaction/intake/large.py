"""Opens a text file too large to hold and reads it line by line, as `decode` reads a small one."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from redaction.intake.decoding import decode, encoding_of
from redaction.intake.media import EXTENSIONS, media_type
from redaction.intake.reasons import Refused

_CHUNK: Final = 1 << 20
_HEAD: Final = 65_536
_LONGEST_LINE: Final = 1 << 20
_LINED: Final = ("text/x-log", "text/plain", "application/x-ndjson")
_GAPS = re.compile(r"[\s,;|&](?=[^\s,;|&]*$)")

Progress = Callable[[int, int], None]
"""Is told the bytes read so far and the bytes of the whole."""


@dataclass(frozen=True, slots=True)
class LargeText:
    """A text file that is read more than once, never whole; what is appended later is not read."""

    path: Path
    size: int
    encoding: str
    media_type: str

    @property
    def extension(self) -> str:
        """How a copy of it is called at its end."""
        return EXTENSIONS[self.media_type]

    def lines(self, progress: Progress) -> Iterator[str]:
        r"""Yield the lines, ends kept and written `\n`; one of a megabyte comes in pieces."""
        with self.path.open("rb", buffering=0) as raw:
            stream = io.BufferedReader(_Bounded(raw, self.size), _CHUNK)
            errors = "replace" if self.encoding == "utf-8" else "strict"
            text = io.TextIOWrapper(stream, self.encoding, errors, newline=None)
            rest = ""
            while chunk := text.read(_CHUNK):
                lines = (rest + chunk).split("\n")
                rest = lines.pop()
                yield from (f"{line}\n" for line in lines)
                while len(rest) > _LONGEST_LINE:
                    gap = _GAPS.search(rest, _LONGEST_LINE - 4096, _LONGEST_LINE)
                    at = gap.end() if gap else _LONGEST_LINE
                    yield rest[:at]
                    rest = rest[at:]
                progress(min(stream.tell(), self.size), self.size)
            if rest:
                yield rest
            progress(self.size, self.size)


class _Bounded(io.RawIOBase):
    """The first bytes of a file."""

    def __init__(self, raw: io.FileIO, size: int) -> None:
        self._raw = raw
        self._left = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]", /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        count = self._raw.readinto(memoryview(buffer)[: self._left]) or 0
        self._left -= count
        self._at += count
        return count

    def tell(self) -> int:
        return self._at


def large_text(path: Path, least: int) -> LargeText | None:
    """Open a file of at least `least` bytes that holds lines: a log, prose or JSON lines.

    Return None for what is smaller, is another kind of file, or is no text at all.
    """
    try:
        size = path.stat().st_size
        if size < least or not path.is_file():
            return None
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            kind = media_type(decode(head.rpartition(b"\n")[0] or head))
            if kind not in _LINED:
                return None
            stream.seek(0)
            return LargeText(path, size, encoding_of(stream), kind)
    except (OSError, Refused):
        return None
