"""Bounds what intake may read; counts bytes and entries as they come, never what headers claim."""

from dataclasses import dataclass
from typing import Final, Protocol

from redaction.intake.reasons import Reason, Refused

__all__ = ["Budget", "EntriesSpent", "Limits", "Pressure", "Readable", "Refused"]

_CHUNK: Final = 1 << 16
_RATIO_FLOOR: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one case may cost: bytes as read after decompression, files, nesting, time, memory.

    `ratio` is decompressed bytes per byte of archive, checked once more than 1 MiB came out.
    `seconds` and `memory_bytes` hold for each artifact, `case_seconds` for all of them together;
    `pictures` is how many images have their text read.
    """

    artifact_bytes: int = 64 << 20
    total_bytes: int = 512 << 20
    entries: int = 10_000
    ratio: int = 200
    depth: int = 3
    seconds: int = 60
    case_seconds: int = 900
    memory_bytes: int = 2 << 30
    pictures: int = 100


class EntriesSpent(Exception):
    """The case holds more files than the limit."""


class Readable(Protocol):
    """What gives bytes, at most `size` at a time and none at its end."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""
        ...


class Budget:
    """What is left of the limits while one case, or one file of it, is read."""

    def __init__(
        self, limits: Limits, entries: int | None = None, total_bytes: int | None = None
    ) -> None:
        """Start with everything unspent, or with what is left for this file."""
        self.limits = limits
        self._entries = limits.entries if entries is None else entries
        self._total = limits.total_bytes if total_bytes is None else total_bytes
        self.spent = 0
        self.entered = 0

    @property
    def entries_left(self) -> int:
        """Return how many more files may be taken."""
        return self._entries - self.entered

    def enter(self) -> None:
        """Count one file.

        Raises:
            EntriesSpent: the limit was reached before it.
        """
        if self.entries_left <= 0:
            raise EntriesSpent
        self.entered += 1

    def read(self, stream: Readable, pressure: "Pressure | None" = None) -> bytes:
        """Read a stream to its end within the limits.

        Raises:
            Refused: one of the byte limits or the compression ratio was passed.
        """
        parts: list[bytes] = []
        size = 0
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            self.spent += len(chunk)
            if size > self.limits.artifact_bytes:
                raise Refused(Reason.LARGER, self.limits.artifact_bytes)
            if self.spent > self._total:
                raise Refused(Reason.TOTAL, self.limits.total_bytes)
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
            raise Refused(Reason.RATIO, self._ratio)
