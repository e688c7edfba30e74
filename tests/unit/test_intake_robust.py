"""What real folders do to intake: huge dumps, joined streams, kinds that hold no text."""

import bz2
import gzip
import io
import lzma
import re
import struct
from pathlib import Path

import pytest

from redaction import RawCase
from redaction.intake.limits import Limits
from redaction.intake.sources import read_raw

LINE = b"2026-03-17T09:00:00Z ERROR boom %d\n"
SKIPPED = b"\x50\x2a\x4d\x18" + struct.pack("<I", 4) + b"skip"


def texts(case: RawCase) -> dict[str, str]:
    return {each.name.reveal(): each.text.reveal() for each in case.artifacts}


def reasons(case: RawCase) -> dict[str, str]:
    return {each.name.reveal(): each.reason for each in case.quarantined}


def zstd(content: bytes) -> bytes:
    zstd = pytest.importorskip("backports.zstd")
    return bytes(zstd.compress(content))


def test_files_too_large_to_read_leave_the_others_their_share(tmp_path: Path) -> None:
    for number in range(12):
        with (tmp_path / f"core.{number}").open("wb") as dump:
            dump.truncate(5 << 20)
    with (tmp_path / "z.dmp").open("wb") as sparse:
        sparse.truncate(10 << 30)
    (tmp_path / "app.log").write_bytes(LINE % 1)
    (tmp_path / "old.gz").write_bytes(gzip.compress(b"".join(LINE % n for n in range(20_000))))
    (tmp_path / "y.log").write_bytes(LINE % 2)
    case = read_raw(tmp_path, Limits(artifact_bytes=4 << 20, total_bytes=16 << 20))
    assert set(texts(case)) == {"app.log", "old.gz/old", "y.log"}
    assert set(reasons(case).values()) == {"larger than 4 MiB; cut out the hours around the onset"}


def test_a_large_dump_is_named_by_its_kind_and_not_by_its_size(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(LINE % 1)
    (tmp_path / "b.hprof").write_bytes(b"JAVA PROFILE 1.0.2\0" + bytes(5000))
    told = reasons(read_raw(tmp_path, Limits(artifact_bytes=1000)))
    assert told["b.hprof"].startswith("unreadable: a heap dump; ask for a thread dump")


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("x.gz", gzip.compress(LINE % 1) + gzip.compress(LINE % 2)),
        ("x.gz", gzip.compress(LINE % 1) + bytes(512) + gzip.compress(LINE % 2) + bytes(99)),
        ("x.bz2", bz2.compress(LINE % 1) + bz2.compress(LINE % 2)),
        ("x.xz", lzma.compress(LINE % 1) + bytes(8) + lzma.compress(LINE % 2)),
    ],
)
def test_streams_in_a_row_are_one_file_also_with_zeros_between_them(
    name: str, packed: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(packed)
    assert texts(read_raw(tmp_path)) == {f"{name}/x": (LINE % 1 + LINE % 2).decode()}


def test_frames_that_zstd_passes_over_end_nothing() -> None:
    packed = SKIPPED + zstd(LINE % 1) + SKIPPED + zstd(LINE % 2)
    assert texts(read_raw(io.BytesIO(packed))) == {"stdin/stdin": (LINE % 1 + LINE % 2).decode()}


@pytest.mark.parametrize("short", range(1, 12))
def test_a_stream_that_begins_at_the_border_of_a_read_is_not_lost(short: int) -> None:
    """Files are read 64 KiB at a time: the next stream's first byte may be the last of them."""
    first = gzip.compress(b"a\n", mtime=0)
    filled = bytearray(b"\x1f\x8b\x08\x08" + bytes(6))
    filled += b"n" * ((1 << 16) - short - len(first) - 1) + b"\0" + first[10:]
    packed = bytes(filled)[:10] + bytes(filled)[10:] + gzip.compress(LINE % 2)
    assert texts(read_raw(io.BytesIO(packed)))["stdin/stdin"].endswith((LINE % 2).decode())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"ElfFile\0" + bytes(500), "Windows event log; ask for its export"),
        (b"\xd4\xc3\xb2\xa1\2\0\4\0" + bytes(50), "network capture; ask for its summary"),
        (b"\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a" + bytes(50), "network capture; ask for"),
        (b"MDMP\x93\xa7" + bytes(50), "crash dump; ask for its stack traces"),
        (b"PAR1" + bytes(50), "columns .*; ask for the rows as CSV"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC, AVIF.; ask for PNG or JPEG"),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp42", "sound or film; ask for"),
        (b"\xfe\xed\xfe\xed\0\0\0\2", "store of keys; ask for what it lists"),
        (b"\0\0\0\1Bud1" + bytes(50), "holds no evidence"),
        (b"\x04\x22\x4d\x18" + bytes(50), "archive of a kind that is not read; ask for zip"),
    ],
)
def test_a_kind_that_is_not_read_is_named_with_what_to_ask_for(
    content: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / "a.log").write_bytes(LINE % 1)
    (tmp_path / "b").write_bytes(content)
    case = read_raw(tmp_path)
    assert list(texts(case)) == ["a.log"]

    assert re.search(told, reasons(case)["b"])


@pytest.mark.parametrize(
    "start", [b"\n\r\r\nplain words\n", b"070701 10:00:00 started\n", b"Obj 1\n"]
)
def test_text_that_begins_like_another_kind_is_read(start: bytes) -> None:
    assert texts(read_raw(io.BytesIO(start)))["stdin"].split() == start.decode().split()
