"""Runs `triage` in this process, as a person would from a shell."""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from ui.cli import main


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


class Triage:
    """The command, with its workspace and keys in a folder of the test's own."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]
    ) -> None:
        self.workspace = folder / "workspace"
        self._capture = capture
        self._patch = patch
        patch.setenv("CASEWRIGHT_WORKSPACE", str(self.workspace))
        patch.setenv("CASEWRIGHT_KEYS", str(folder / "keys"))
        patch.setenv("CASEWRIGHT_MODEL", "none")
        # `main` installs a hook of its own; what is set here is put back after the test.
        patch.setattr(sys, "excepthook", sys.excepthook)

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Outcome:
        self._patch.setattr(sys, "argv", ["triage", *map(str, arguments)])
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = self._capture.readouterr()
        code = ended.value.code
        return Outcome(code if isinstance(code, int) else 0, printed.out, printed.err)
