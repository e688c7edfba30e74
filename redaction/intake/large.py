"""Opens a text file too large to hold and reads it line by line, as `decode` reads a small one."""

import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from redaction.intake.decoding import decode, encoding_of
from redaction.intake.media import EXTENSIONS, media_type
from redaction.intake.reasons import Refused
from redaction.intake.unpacking import GZIP_MAGIC, unpacked, unpacks_to

_CHUNK: Final = 1 << 20
_HEAD: Final = 65_536
_LONGEST_LINE: Final = 1 << 20
_LINED: Final = ("text/x-log", "text/plain", "application/x-ndjson", "text/csv")
_DOCUMENTS: Final = ("application/json", "application/xml")
_MARKUP = re.compile(r"(?i)<(?:\?xml|!doctype|!--|[a-z_][\w:.-]*(?:\s[^<>]*)?>\s*<[a-z_!/])")
_GAPS = re.compile(r"[\s,;|&](?=[^\s,;|&]*$)")

Progress = Callable[[int, int], None]
"""Is told the bytes read so far and the bytes of the whole."""


@dataclass(frozen=True, slots=True)
class LargeText:
    """A text file that is read more than once, never whole; what is appended later is not read.

    `size` is in bytes as the file has them; `packed` says that they are a gzip stream.
    """

    path: Path
    size: int
    encoding: str
    media_type: str
    packed: bool = False

    @property
    def extension(self) -> str:
        """How a copy of it is called at its end."""
        return EXTENSIONS[self.media_type]

    def lines(self, progress: Progress) -> Iterator[str]:
        r"""Yield the lines, ends kept and written `\n`; one of a megabyte comes in pieces."""
        with self.path.open("rb", buffering=0) as raw:
            bounded = _Bounded(raw, self.size)
            stream = _buffered(bounded, self.size, self.packed)
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
                progress(min(bounded.tell(), self.size), self.size)
            if rest:
                yield rest
            progress(self.size, self.size)


class _Bounded(io.RawIOBase):
    """The first bytes of a file."""

    def __init__(self, raw: io.FileIO, size: int) -> None:
        self._raw = raw
        self._size = self._left = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Begin again; no other place is asked for."""
        if (offset, whence) != (0, 0):
            raise io.UnsupportedOperation
        self._left, self._at = self._size, self._raw.seek(0)
        return 0

    def readinto(self, buffer: "memoryview[int]", /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        count = self._raw.readinto(memoryview(buffer)[: self._left]) or 0
        self._left -= count
        self._at += count
        return count

    def tell(self) -> int:
        return self._at


def large_text(path: Path, least: int) -> LargeText | None:
    """Open a file of at least `least` bytes that holds lines: a log, prose, JSON lines or a table.

    Of a gzip file the bytes count that come out of it. Return None for what is smaller, is another
    kind of file, or is no text at all.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            return None
        with path.open("rb", buffering=0) as raw:
            packed = raw.read(2) == GZIP_MAGIC
            raw.seek(0)
            if size < least and not (packed and unpacks_to(_Bounded(raw, size), size, least)):
                return None
            raw.seek(0)
            kind = _kind(_buffered(_Bounded(raw, size), size, packed).read(_HEAD))
            if kind not in _LINED:
                return None
            raw.seek(0)
            encoding = encoding_of(_buffered(_Bounded(raw, size), size, packed))
            return LargeText(path, size, encoding, kind, packed)
    except (OSError, EOFError, zlib.error, Refused):
        return None


def is_one_document(path: Path, most: int) -> bool:
    """Tell a file of more than `most` bytes that is one JSON or XML document: it has no lines."""
    try:
        if not path.is_file() or path.stat().st_size <= most:
            return False
        with path.open("rb") as stream:
            return _kind(stream.read(_HEAD)) in _DOCUMENTS
    except (OSError, Refused):
        return False


def _buffered(bounded: _Bounded, size: int, packed: bool) -> io.BufferedReader:
    return io.BufferedReader(unpacked(bounded, size) if packed else bounded, _CHUNK)


def _kind(head: bytes) -> str:
    """Tell the media type from a beginning, where a document has no end yet."""
    text = decode(head.rpartition(b"\n")[0] or head)
    kind = media_type(text)
    if kind == "text/x-log":
        return kind
    if text.lstrip()[:1] in ("{", "[") and _begins_json(text):
        return "application/json"
    return "application/xml" if _MARKUP.match(text.lstrip()) else kind


def _begins_json(text: str) -> bool:
    """Tell whether nothing is wrong with a JSON document but that it ends too early."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.pos >= len(text.rstrip()) - 8 or error.msg.startswith("Unterminated")
    except RecursionError:
        return True
    return True
