"""Opens zip and gzip files in memory: each member as bytes, or the reason why it is not read."""

import gzip
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO, Final, cast

from redaction.intake.limits import Budget, EntriesSpent, Pressure, Refused

ZIP_MAGICS: Final = (b"PK\x03\x04", b"PK\x05\x06")
GZIP_MAGIC: Final = b"\x1f\x8b"

# What the zip and gzip readers of the standard library raise on damaged or hostile bytes.
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    ValueError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END_OF_DIRECTORY: Final = b"PK\x05\x06"
_ZIP64_LOCATOR: Final = b"PK\x06\x07"
_DIRECTORY_BYTES_PER_ENTRY: Final = 256


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive: its name there, and its bytes or the reason why there are none."""

    name: str
    content: bytes | Refused


def size_of(stream: BinaryIO) -> int:
    """Return a seekable stream's real size in bytes and rewind it."""
    size = stream.seek(0, SEEK_END)
    stream.seek(0)
    return size


def gzip_content(stream: BinaryIO, budget: Budget) -> bytes:
    """Decompress a gzip stream within the limits.

    Raises:
        Refused: a limit was passed, or the stream is damaged or ends early.
    """
    pressure = Pressure(size_of(stream), budget.limits.ratio)
    try:
        with gzip.GzipFile(fileobj=stream) as unpacked:
            return budget.read(cast(BinaryIO, unpacked), pressure)
    except _BROKEN:
        raise Refused("damaged: the gzip stream is broken or ends early") from None


def zip_members(stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """Yield the files of a zip in their order; each counts as an entry.

    Raises:
        Refused: the archive as a whole cannot be read.
        EntriesSpent: the case holds more files than the limit.
    """
    pressure = Pressure(size_of(stream), budget.limits.ratio)
    with _opened(stream, budget) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" in names:
            raise Refused("unreadable: an office document")
        for info in archive.infolist():
            # Not `is_dir`, which breaks on an empty name.
            if info.filename.endswith("/"):
                continue
            budget.enter()
            yield Member(info.filename, _content(archive, info, budget, pressure))


def _opened(stream: BinaryIO, budget: Budget) -> zipfile.ZipFile:
    try:
        _check_directory_size(stream, budget)
        return zipfile.ZipFile(stream)
    except _BROKEN:
        raise Refused("damaged: not a readable zip archive") from None


def _check_directory_size(stream: BinaryIO, budget: Budget) -> None:
    """Refuse before zipfile builds a million entries: it loads the whole directory at once."""
    size = size_of(stream)
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(tail) < end + 22:
        raise zipfile.BadZipFile
    directory = int.from_bytes(tail[end + 12 : end + 16], "little")
    if tail[max(0, end - 20) : end].startswith(_ZIP64_LOCATOR):
        directory = max(directory, _zip64_directory(stream, tail[end - 20 : end]))
    if directory > (budget.entries_left + 1) * _DIRECTORY_BYTES_PER_ENTRY + 65_536:
        raise EntriesSpent


def _zip64_directory(stream: BinaryIO, locator: bytes) -> int:
    stream.seek(int.from_bytes(locator[8:16], "little"))
    record = stream.read(56)
    stream.seek(0)
    return int.from_bytes(record[40:48], "little")


def _content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, pressure: Pressure
) -> bytes | Refused:
    if reason := _objection(info):
        return Refused(reason)
    try:
        with archive.open(info) as member:
            return budget.read(cast(BinaryIO, member), pressure)
    except Refused as refused:
        return refused
    except _BROKEN:
        return Refused("damaged: the archive member cannot be unpacked")


def _objection(info: zipfile.ZipInfo) -> str:
    """Return why a member is not opened, or nothing; no member is ever written to disk."""
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":" or "\0" in name:
        return "refused: absolute or malformed name in an archive"
    if ".." in name.split("/"):
        return "refused: the name in the archive leaves its folder"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "refused: a symbolic link in an archive"
    if info.flag_bits & 0x1:
        return "unreadable: encrypted; ask for the file without a password"
    if info.compress_type not in _METHODS:
        return "unreadable: compression method not supported"
    return ""
