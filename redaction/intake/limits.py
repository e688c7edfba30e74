"""Bounds what intake may read; counts bytes and entries as they come, never what headers claim."""

from dataclasses import dataclass
from typing import BinaryIO, Final

_CHUNK: Final = 1 << 16
_RATIO_FLOOR: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one case may cost: bytes as read after decompression, files, and archive nesting.

    `ratio` is decompressed bytes per byte of archive, checked once more than 1 MiB came out.
    """

    artifact_bytes: int = 64 << 20
    total_bytes: int = 512 << 20
    entries: int = 10_000
    ratio: int = 200
    depth: int = 3


class Refused(Exception):
    """A file that is not read; the message is the reason shown, free of content and names."""


class EntriesSpent(Exception):
    """The case holds more files than the limit."""


class Budget:
    """What is left of the limits while one case is read."""

    def __init__(self, limits: Limits) -> None:
        """Start with everything unspent."""
        self.limits = limits
        self._entries = 0
        self._total = 0

    @property
    def entries_left(self) -> int:
        """Return how many more files may be taken."""
        return self.limits.entries - self._entries

    def enter(self) -> None:
        """Count one file.

        Raises:
            EntriesSpent: the limit was reached before it.
        """
        if self._entries >= self.limits.entries:
            raise EntriesSpent
        self._entries += 1

    def read(self, stream: BinaryIO, pressure: "Pressure | None" = None) -> bytes:
        """Read a stream to its end within the limits.

        Raises:
            Refused: one of the byte limits or the compression ratio was passed.
        """
        parts: list[bytes] = []
        size = 0
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            self._total += len(chunk)
            if size > self.limits.artifact_bytes:
                raise Refused(f"larger than {self.limits.artifact_bytes} bytes")
            if self._total > self.limits.total_bytes:
                raise Refused(f"the case is larger than {self.limits.total_bytes} bytes in total")
            if pressure is not None:
                pressure.add(len(chunk))
            parts.append(chunk)
        return b"".join(parts)


class Pressure:
    """How much came out of one archive, measured against the bytes the archive really has."""

    def __init__(self, archive_bytes: int, ratio: int) -> None:
        """Allow `ratio` bytes out per byte in, and at least 1 MiB."""
        self._allowed = max(archive_bytes * ratio, _RATIO_FLOOR)
        self._out = 0
        self._ratio = ratio

    def add(self, size: int) -> None:
        """Count bytes that came out.

        Raises:
            Refused: the archive unpacks to more than it may.
        """
        self._out += size
        if self._out > self._allowed:
            raise Refused(f"unpacks to more than {self._ratio} times its size")
