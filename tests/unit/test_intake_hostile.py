"""No file can crash intake, cost its neighbours, write anything or speak through a reason."""

import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache, reduce
from pathlib import Path

import pytest

from redaction import CannotRead, Limits, RawCase, read_raw
from redaction.intake import reasons
from redaction.intake.reader import BOOT, FileReader, NotRead, Spare
from redaction.intake.reasons import Reason
from tests.hostile_files import CROWDS, FAMILIES, Hostile
from tests.making_files import a_workbook, sheet_rows, tarred

LIMITS = Limits(artifact_bytes=4 << 20, entries=2000, seconds=20, memory_bytes=1 << 30, pictures=9)
GOOD = "2026-03-17 09:41:12,123 ERROR [main] com.example.Orders - boom\n"
FIGURES = ((r"\{\}\ bytes", r"\d+ (?:bytes|MiB)"), (r"\{\}", r"\d+"))
KNOWN = re.compile(
    "|".join(
        reduce(lambda text, pair: text.replace(*pair), FIGURES, re.escape(reason.value))
        for reason in Reason
    )
)


def files_below(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def read_beside_good_files(folder: Path, hostile: dict[str, Hostile]) -> RawCase:
    """Read hostile files, each with a good one before and behind it; nothing may be written."""
    for name, file in hostile.items():
        (folder / "case" / name).mkdir(parents=True)
        (folder / "case" / name / "a.log").write_text(GOOD)
        (folder / "case" / name / "m").write_bytes(file.make())
        (folder / "case" / name / "z.log").write_text(GOOD)
    before = files_below(folder)
    case = read_raw(folder / "case", LIMITS)
    assert files_below(folder) == before
    return case


@cache
def family(name: str) -> RawCase:
    with tempfile.TemporaryDirectory() as folder:
        return read_beside_good_files(Path(folder), FAMILIES[name])


def check(case: RawCase, name: str, hostile: Hostile) -> None:
    texts = [(a.name.reveal(), a.text.reveal()) for a in case.artifacts]
    refused = [(q.name.reveal(), q.reason) for q in case.quarantined]
    assert (f"{name}/a.log", GOOD) in texts
    assert (f"{name}/z.log", GOOD) in texts
    text = "\n".join(text for place, text in texts if f"{place}/".startswith(f"{name}/m/"))
    told = [reason for place, reason in refused if f"{place}/".startswith(f"{name}/m/")]
    assert text or told
    assert bool(told) >= bool(hostile.reason.strip("|") and not hostile.reason.endswith("|"))
    for reason in told:
        assert KNOWN.fullmatch(reason)
        assert hostile.reason, f"was to be read, not refused: {reason}"
        assert re.search(hostile.reason, reason)
    assert re.search(hostile.text, text, re.DOTALL) if hostile.text else not text
    assert "root:" not in text
    for place, _ in (*texts, *refused):
        assert re.fullmatch(r"[^\x00-\x1f\x7f-\x9f\u202a-\u202e]{1,1100}", place)


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, files in FAMILIES.items() for name in files]
)
def test_a_hostile_file_is_refused_or_harmless_and_its_neighbours_are_read(
    kind: str, name: str
) -> None:
    check(family(kind), name, FAMILIES[kind][name])


@pytest.mark.parametrize("name", CROWDS)
def test_an_archive_of_too_many_files_leaves_the_rest_of_the_case_its_share(
    name: str, tmp_path: Path
) -> None:
    check(read_beside_good_files(tmp_path, {name: CROWDS[name]}), name, CROWDS[name])


def test_there_are_more_than_a_hundred_hostile_files() -> None:
    assert sum(map(len, (*FAMILIES.values(), CROWDS))) > 100


def reasons_of(path: Path, limits: Limits) -> dict[str, str]:
    return {each.name.reveal(): each.reason for each in read_raw(path, limits).quarantined}


def test_a_reader_that_runs_out_of_memory_costs_one_file_of_an_archive(tmp_path: Path) -> None:
    greedy = b"[" + b"[]," * 3_000_000 + b"[]]"
    members = {"a.log": GOOD.encode(), "greedy.json": greedy, "z.log": GOOD.encode()}
    (tmp_path / "x.tar").write_bytes(tarred(members))
    (tmp_path / "y.log").write_text(GOOD)
    limits = Limits(memory_bytes=200 << 20)
    assert reasons_of(tmp_path, limits) == {"x.tar/greedy.json": Reason.MEMORY.shown()}
    assert len(read_raw(tmp_path, limits).artifacts) == 3


def test_a_reader_that_crashes_costs_one_file_of_an_archive() -> None:
    """No known file breaks a reader: this one is made to break by what begins like a picture."""
    breaks = "import os, redaction.intake.opening as o; o.document_reader = lambda head: "
    breaks += "os.abort() if head.startswith(b'GIF89a') else None; "
    members = {"a.log": GOOD.encode(), "x.gif": b"GIF89a", "y.gif": b"GIF89a", "z.log": b"note"}
    descriptor = os.memfd_create("x.tar")
    os.write(descriptor, tarred(members))
    with FileReader(Limits(), BOOT.replace("main()", breaks + "main()")) as reader:
        told = list(reader.read(descriptor, "x.tar", Spare(100, 1 << 20)))
    os.close(descriptor)
    refused = {each.name.reveal(): each.reason for each in told if isinstance(each, NotRead)}
    crashed = Reason.CRASHED.shown()
    assert refused == {"x.tar/x.gif": crashed, "x.tar/y.gif": crashed}
    assert [each.name.reveal() for each in told if not isinstance(each, NotRead)] == [
        "x.tar/a.log",
        "x.tar/z.log",
    ]


def test_a_file_that_takes_too_long_is_given_up_and_the_rest_is_read(tmp_path: Path) -> None:
    # A wide table of two million cells, each of which is looked at: many seconds on any machine.
    slow = a_workbook({"S": sheet_rows([["x" * 9] * 26] * 9_000)})
    members = {f"{n}.xlsx": slow for n in range(2)}
    (tmp_path / "x.tar").write_bytes(tarred({**members, "z.log": b"note"}))
    case = read_raw(tmp_path, Limits(seconds=1))
    assert {q.reason for q in case.quarantined} <= {Reason.TIME.shown(1)}
    assert case.artifacts[-1].text.reveal() == "note"


def test_a_case_that_takes_too_long_as_a_whole_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(GOOD)
    with pytest.raises(CannotRead, match="the case took more than 0 s to read: rest not read"):
        read_raw(tmp_path, Limits(case_seconds=0))


def test_the_reader_loads_no_library_that_the_file_does_not_need() -> None:
    program = (
        "import sys, types; root = types.ModuleType('redaction'); root.__path__ = [sys.argv[1]]; "
        "sys.modules['redaction'] = root; import redaction.intake.worker; print(*sys.modules)"
    )
    folder = Path(reasons.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(folder)], capture_output=True, check=True
    )
    loaded = set(done.stdout.decode().split())
    assert "redaction.intake.worker" in loaded
    assert not loaded & {"pydantic", "email", "xml.parsers.expat", "pypdfium2"}
    assert not loaded & {"redaction.text", "redaction.reading.timestamps"}


def test_an_interrupt_ends_the_reader_too(tmp_path: Path) -> None:
    slow = a_workbook({"S": sheet_rows([["x" * 9] * 26] * 9_000)})
    (tmp_path / "x.tar").write_bytes(tarred({f"{n}.xlsx": slow for n in range(9)}))
    program = (
        "import pathlib, sys; sys.path.insert(0, sys.argv[2]); from redaction import read_raw; "
        "read_raw(pathlib.Path(sys.argv[1]))"
    )
    root = str(Path(reasons.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path), root], stderr=subprocess.PIPE
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        readers: list[str] = []
        while process.poll() is None and not readers:
            readers = children.read_text().split()
            time.sleep(0.05)
        assert readers, process.communicate()[1]
        process.send_signal(signal.SIGINT)
        assert process.wait(30) != 0
    ends = time.monotonic() + 10
    while (left := [pid for pid in readers if runs(pid)]) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not left


def runs(pid: str) -> bool:
    """Tell a process that still runs from one that ended and that nobody has asked after yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_reader_can_open_no_file_and_no_connection() -> None:
    program = (
        "import socket, sys, types; root = types.ModuleType('redaction'); "
        "root.__path__ = [sys.argv[1]]; sys.modules['redaction'] = root\n"
        "from redaction.intake.sandbox import confine\n"
        "confine(1 << 30, [sys.argv[1]])\n"
        "def denied(act):\n"
        "    try: act()\n"
        "    except OSError: return True\n"
        "    return False\n"
        "port = int(sys.argv[2])\n"
        "print(denied(lambda: open('/etc/passwd')), denied(lambda: open(sys.argv[3], 'w')),\n"
        "    denied(lambda: socket.create_connection(('127.0.0.1', port), 1)))\n"
    )
    folder = str(Path(reasons.__file__).parents[1])
    with socket.create_server(("127.0.0.1", 0)) as server, tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-I", "-S", "-c", program, folder]
        arguments = [str(server.getsockname()[1]), f"{place}/new"]
        done = subprocess.run([*command, *arguments], capture_output=True, check=True)
    # Landlock of this version forbids all three; an older kernel leaves the resource limits.
    if ctypes.CDLL(None).syscall(444, None, 0, 1) >= 4:
        assert done.stdout.decode().split() == ["True", "True", "True"]


RUBBISH = {
    "rubbish": b"\xff\xff\xff",
    "nothing": b"",
    "half a frame": bytes((1, 1)) + b"\0\0",
    "a text of nothing": bytes((2, 2)) + b"\0\0\0\1\0\0\0\1xy",
    "an unknown kind of text": bytes((1, 1)) + b"\0\0\0\1a" + bytes((2, 2)) + b"\0\0\0\1\0\0\0\1xy",
    "no text": bytes((1, 1)) + b"\0\0\0\1a" + bytes((2, 2)) + b"\0\0\0\0\0\0\0\1\xff",
    "a reason of its own": bytes((1, 1)) + b"\0\0\0\1a" + bytes((3, 2)) + b"\0\0\0\3\0\0\0\0abc",
    "a reason without its number": (
        bytes((1, 1)) + b"\0\0\0\1a" + bytes((3, 2)) + b"\0\0\0\6\0\0\0\0LARGER"
    ),
    "names without end": (bytes((1, 1)) + b"\0\0\0\1a") * 2_000_000,
    "figures below zero": bytes((6, 2)) + b"\0\0\0\2\0\0\0\1-91",
    "figures that are none": bytes((6, 2)) + b"\0\0\0\1\0\0\0\1xy",
}


@pytest.mark.parametrize("said", RUBBISH)
def test_a_reader_that_was_taken_over_is_not_believed(said: str, tmp_path: Path) -> None:
    (tmp_path / "lie").write_bytes(RUBBISH[said])
    program = (
        "import socket, sys; wire = socket.socket(fileno=int(sys.argv[2])); wire.recv(1); "
        f"wire.sendall(open({str(tmp_path / 'lie')!r}, 'rb').read())"
    )
    descriptor = os.memfd_create("file")
    limits = Limits(total_bytes=1 << 20, entries=10, seconds=20)
    with FileReader(limits, program) as reader:
        told = list(reader.read(descriptor, "file", Spare(10, 1 << 20)))
    os.close(descriptor)
    assert told
    for each in told:
        assert isinstance(each, NotRead)
        assert KNOWN.fullmatch(each.reason)
