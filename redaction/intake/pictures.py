"""Reads the text of an image with the Tesseract program, where it is installed."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Final

from redaction.intake.limits import Limits
from redaction.intake.reasons import Reason, Refused

_PLACES: Final = "/usr/bin:/usr/local/bin:/bin"
_MOST_CHARACTERS: Final = 1 << 20
_GRACE: Final = 5
_PACKAGE: Final = str(Path(__file__).parents[1])
# Takes its own rights away first, and then becomes the program.
_BOOT: Final = (
    "import os, sys, types; root = types.ModuleType('redaction'); root.__path__ = [sys.argv[1]]; "
    "sys.modules['redaction'] = root; from redaction.intake import sandbox; "
    "sandbox.limit_processor(int(sys.argv[2])); sandbox.confine(int(sys.argv[3]), programs=True); "
    "os.execve(sys.argv[4], sys.argv[4:], {'OMP_THREAD_LIMIT': '1', 'LC_ALL': 'C.UTF-8'})"
)


class Eyes:
    """Reads the images of one case, up to a number of them."""

    def __init__(self, limits: Limits) -> None:
        """Hold the limits; the program is looked for when the first image comes."""
        self._limits = limits
        self._seen = 0

    def text_of(self, image: bytes) -> str:
        """Return the text in an image.

        Raises:
            Refused: the program is not installed, fails or finds nothing; or too many images came.
        """
        program = shutil.which("tesseract", path=_PLACES)
        if program is None:
            raise Refused(Reason.NO_OCR)
        if self._seen >= self._limits.pictures:
            raise Refused(Reason.OCR_SPENT, self._limits.pictures)
        self._seen += 1
        text = self._run(program, image)
        if not text.strip():
            raise Refused(Reason.OCR_EMPTY)
        return text.replace("\f", "").strip() + "\n"

    def _run(self, program: str, image: bytes) -> str:
        numbers = [str(self._limits.seconds), str(self._limits.memory_bytes)]
        start = [sys.executable, "-I", "-S", "-B", "-c", _BOOT]
        # The image is handed over in memory: nothing raw is written to a disk.
        descriptor = os.memfd_create("image")
        with os.fdopen(descriptor, "r+b") as memory:
            memory.write(image)
            memory.seek(0)
            process = subprocess.Popen(
                [*start, _PACKAGE, *numbers, program, "stdin", "stdout", "-l", "eng"],
                stdin=memory,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={},
            )
        end = Timer(self._limits.seconds, process.kill)
        end.start()
        with process, suppress(subprocess.TimeoutExpired):
            try:
                assert process.stdout is not None
                content = process.stdout.read(_MOST_CHARACTERS)
                if process.wait(_GRACE) == 0:
                    return content.decode("utf-8", "replace")
            finally:
                end.cancel()
                process.kill()
        raise Refused(Reason.OCR_FAILED)
