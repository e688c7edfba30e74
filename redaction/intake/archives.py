"""Opens zip files in memory: each member as bytes, or the reason why it is not read."""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO, Final

from redaction.intake.limits import Budget, Pressure
from redaction.intake.reasons import Reason, Refused

ZIP_MAGICS: Final = (b"PK\x03\x04", b"PK\x05\x06")

# What the zip reader of the standard library raises on damaged or hostile bytes.
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    ValueError,
    IndexError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END_OF_DIRECTORY: Final = b"PK\x05\x06"
_ZIP64_LOCATOR: Final = b"PK\x06\x07"
_DIRECTORY_BYTES_PER_ENTRY: Final = 256
_LOCAL_HEADER: Final = 30


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive: its name there, and how to read it or why it is not read."""

    name: str
    content: Callable[[], bytes] | Refused


def size_of(stream: BinaryIO) -> int:
    """Return a seekable stream's real size in bytes and rewind it."""
    size = stream.seek(0, SEEK_END)
    stream.seek(0)
    return size


def opened_zip(stream: BinaryIO, budget: Budget) -> zipfile.ZipFile:
    """Open a zip of no more entries than may still be read.

    Raises:
        Refused: it cannot be read, or holds too many files.
    """
    try:
        _check_directory_size(stream, budget)
        archive = zipfile.ZipFile(stream)
    except BROKEN:
        raise Refused(Reason.ZIP) from None
    if len(archive.infolist()) > budget.entries_left:
        raise Refused(Reason.ARCHIVE_ENTRIES, budget.limits.entries)
    return archive


def zip_members(stream: BinaryIO, archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member]:
    """Yield the files of a zip in their order; each counts as an entry.

    Raises:
        EntriesSpent: the case holds more files than the limit.
    """
    pressure = Pressure(size_of(stream), budget.limits.ratio)
    overlapping = _overlapping(archive)
    for info in archive.infolist():
        # Not `is_dir`, which breaks on an empty name.
        if info.filename.endswith("/"):
            continue
        budget.enter()
        if reason := _objection(info):
            yield Member(info.filename, Refused(reason))
        elif info.header_offset in overlapping:
            yield Member(info.filename, Refused(Reason.OVERLAPPING))
        else:
            yield Member(info.filename, _reading(archive, info, budget, pressure))


def name_objection(name: str) -> Reason | None:
    """Return why a member of that name is not opened; no member is ever written to disk."""
    name = name.replace("\\", "/")
    if not name or name.startswith("/") or name[1:2] == ":" or "\0" in name:
        return Reason.MALFORMED_NAME
    return Reason.LEAVES_FOLDER if ".." in name.split("/") else None


def member_content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, pressure: Pressure
) -> bytes:
    """Read one member.

    Raises:
        Refused: a limit was passed, or it is damaged or encrypted.
    """
    try:
        with archive.open(info) as member:
            return budget.read(member, pressure)
    except BROKEN:
        raise Refused(Reason.ZIP_MEMBER) from None


def _reading(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, pressure: Pressure
) -> Callable[[], bytes]:
    return lambda: member_content(archive, info, budget, pressure)


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
        raise Refused(Reason.ARCHIVE_ENTRIES, budget.limits.entries)


def _zip64_directory(stream: BinaryIO, locator: bytes) -> int:
    stream.seek(int.from_bytes(locator[8:16], "little"))
    record = stream.read(56)
    stream.seek(0)
    return int.from_bytes(record[40:48], "little")


def _overlapping(archive: zipfile.ZipFile) -> set[int]:
    """Return the offsets of entries that share bytes: one kernel of data unpacked many times."""
    places = sorted(
        (info.header_offset, info.header_offset + _LOCAL_HEADER + info.compress_size)
        for info in archive.infolist()
    )
    found: set[int] = set()
    reached, owner = None, -1
    for start, end in places:
        if reached is not None and start < reached:
            found |= {start, owner}
        if reached is None or end > reached:
            reached, owner = end, start
    return found


def _objection(info: zipfile.ZipInfo) -> Reason | None:
    """Return why a member is not opened, or nothing."""
    if objection := name_objection(info.orig_filename):
        return objection
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return Reason.LINK_IN_ARCHIVE
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return Reason.DEVICE
    if info.flag_bits & 0x1:
        return Reason.ENCRYPTED
    return None if info.compress_type in _METHODS else Reason.METHOD
