"""Unpacks gzip, bzip2, xz and zstd streams piece by piece; what trails the stream is left out."""

import bz2
import lzma
import re
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from redaction.intake.limits import Budget, Pressure, Readable
from redaction.intake.reasons import Reason, Refused

_CHUNK: Final = 1 << 16
# Decompressors ask for what a stream's header says; no real log needs more.
_XZ_MEMORY: Final = 256 << 20
_ZSTD_WINDOW: Final = 27
_LONGEST_MAGIC: Final = 6


class _Unpacker(Protocol):
    """What the decompressors of the standard library have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """zlib's decompressor, told like the others."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _xz() -> _Unpacker:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY)


class _Zstd:
    """The zstd decompressor of the standard library, or before 3.14 its backport."""

    def __init__(self) -> None:
        try:
            if sys.version_info >= (3, 14):
                from compression import zstd
            else:
                from backports import zstd  # pyright: ignore[reportMissingTypeStubs]
        except ImportError:
            raise Refused(Reason.NO_ZSTD) from None
        options = {int(zstd.DecompressionParameter.window_log_max): _ZSTD_WINDOW}
        self._inner = zstd.ZstdDecompressor(options=options)
        self._broken = zstd.ZstdError

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return self._inner.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        try:
            return self._inner.decompress(data, max_length)
        except self._broken:
            raise ValueError from None


@dataclass(frozen=True, slots=True)
class Compression:
    """A way to compress one file: how it begins, how its files are called, what damage is."""

    magic: re.Pattern[bytes]
    suffixes: tuple[str, ...]
    unpacker: Callable[[], _Unpacker]
    damaged: Reason


# A zstd file may begin with a frame that holds no data, and have some between the others.
_ZSTD_MAGIC: Final = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")
COMPRESSIONS: Final = (
    Compression(re.compile(rb"\x1f\x8b"), (".gz", ".tgz"), _Gzip, Reason.GZIP),
    Compression(re.compile(rb"BZh"), (".bz2", ".tbz2"), bz2.BZ2Decompressor, Reason.BZIP2),
    Compression(re.compile(rb"\xfd7zXZ\0"), (".xz", ".txz"), _xz, Reason.XZ),
    Compression(_ZSTD_MAGIC, (".zst", ".tzst"), _Zstd, Reason.ZSTD),
)


class Unpacked:
    """The bytes that come out of a compressed stream, read forward only."""

    def __init__(
        self, stream: Readable, compression: Compression, budget: Budget, size: int
    ) -> None:
        """Unpack `stream`, whose compressed size in bytes is known."""
        self._stream = stream
        self._compression = compression
        self._pressure = Pressure(size, budget.limits.ratio)
        self._unpacker = compression.unpacker()
        self._ended = False
        self.ahead = b""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, none at the end.

        Raises:
            Refused: the ratio was passed, or the stream is damaged or ends early.
        """
        most = size if size > 0 else _CHUNK
        if self.ahead:
            out, self.ahead = self.ahead[:most], self.ahead[most:]
            return out
        try:
            out = self._more(most)
        except (zlib.error, lzma.LZMAError, EOFError, ValueError, OSError):
            raise Refused(self._compression.damaged) from None
        self._pressure.add(len(out))
        return out

    def peek(self, size: int) -> bytes:
        """Return the next bytes without taking them."""
        while len(self.ahead) < size:
            kept, self.ahead = self.ahead, b""
            more = self.read(size - len(kept))
            self.ahead = kept + more
            if not more:
                break
        return self.ahead[:size]

    def _more(self, most: int) -> bytes:
        while not self._ended:
            if self._unpacker.eof:
                # Several streams in a row are one file; anything else behind it is garbage.
                data = self._next_stream(self._unpacker.unused_data)
                if not data:
                    self._ended = True
                    break
                self._unpacker = self._compression.unpacker()
            elif self._unpacker.needs_input:
                data = self._stream.read(_CHUNK)
                if not data:
                    raise EOFError
            else:
                data = b""
            if out := self._unpacker.decompress(data, most):
                return out
        return b""

    def _next_stream(self, rest: bytes) -> bytes:
        """Return how the next stream begins, after zeros that fill up a block; else nothing."""
        while len(rest := rest.lstrip(b"\0")) < _LONGEST_MAGIC:
            more = self._stream.read(_CHUNK)
            if not more:
                break
            rest += more
        return rest if self._compression.magic.match(rest) else b""
