"""A copy of a large file appears whole or not at all, also where the program is told to end."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# A detector that never comes to an end, in a process of its own.
ENDLESS = """
import signal, sys, threading
from pathlib import Path
from redaction import large_text
from ui.large import redact_large
from ui.settings import Settings
from ui.wiring import House

# Whoever runs the tests in the background may have them ignore some of these.
for each in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(each, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)

class Endless:
    def patterns(self, text, without=frozenset()):
        print("begun", flush=True)
        threading.Event().wait(60)

    def names(self, texts):
        raise AssertionError

folder = Path(sys.argv[1])
House._detector = Endless()
house = House(Settings(workspace=folder / "ws", keys=folder / "keys"))
list(redact_large(house, large_text(folder / "app.log", 0), folder / "out"))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_nothing_stays_of_a_copy_when_the_program_is_told_to_end(
    tmp_path: Path, number: signal.Signals
) -> None:
    line = "2026-03-04 10:00:00 INFO assigned to Torgrim Fjeldheim\n"
    (tmp_path / "app.log").write_text(line * 100)
    out = tmp_path / "out"
    out.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == b"begun\n"
            begun = list(out.iterdir())
            running.send_signal(number)
            code = running.wait(30)
        finally:
            running.kill()
    assert [each.suffix for each in begun] == [".partial"]
    assert list(out.iterdir()) == []
    assert code == -number
