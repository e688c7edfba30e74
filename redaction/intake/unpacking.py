"""Reads a gzip file forward and unpacked, and no further than its own size allows."""

import gzip
import io
from typing import Final

from redaction.intake.limits import Limits, Pressure

GZIP_MAGIC: Final = b"\x1f\x8b"
_CHUNK: Final = 1 << 20


def unpacked(packed: io.RawIOBase, size: int) -> io.RawIOBase:
    """Return what comes out of a gzip stream of `size` bytes; what it claims to hold counts not.

    Reading raises `Refused` where it unpacks to more than it may, and as `gzip` does where it is
    damaged or ends early.
    """
    return _Unpacked(packed, size)


def unpacks_to(packed: io.RawIOBase, size: int, least: int) -> bool:
    """Tell whether at least `least` bytes come out of a gzip stream of `size` bytes.

    Raises:
        Refused: it unpacks to more than it may.
    """
    if size * Limits().ratio < least:
        return False
    stream = unpacked(packed, size)
    left = least
    while left > 0 and (part := stream.read(_CHUNK)):
        left -= len(part)
    return left <= 0


class _Unpacked(io.RawIOBase):
    def __init__(self, packed: io.RawIOBase, size: int) -> None:
        self._stream = gzip.GzipFile(fileobj=io.BufferedReader(packed, _CHUNK))
        self._size = size
        self._pressure = Pressure(size, Limits().ratio)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Begin again; no other place is asked for."""
        if (offset, whence) != (0, 0):
            raise io.UnsupportedOperation
        self._pressure = Pressure(self._size, Limits().ratio)
        return self._stream.seek(0)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: "memoryview[int]", /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        count = self._stream.readinto(buffer)
        self._pressure.add(count)
        return count
