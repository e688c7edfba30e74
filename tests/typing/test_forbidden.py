"""Runs pyright on snippets whose marked lines must be errors, and only those."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
SNIPPETS = sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith("test_"))


@pytest.mark.slow
@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda path: path.stem)
def test_pyright_refuses_exactly_the_marked_lines(snippet: Path, tmp_path: Path) -> None:
    root = FOLDER.parents[1]
    # A folder of its own: the project's configuration leaves these snippets out.
    (tmp_path / snippet.name).write_text(snippet.read_text())
    config = {"extraPaths": [str(root)], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config))
    command = [sys.executable, "-m", "pyright", "--outputjson", "-p", str(tmp_path)]
    command += ["--pythonpath", sys.executable]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    found = json.loads(answer.stdout)["generalDiagnostics"]
    lines = {row["range"]["start"]["line"] + 1 for row in found if row["severity"] == "error"}
    text = snippet.read_text().splitlines()
    marked = {n for n, line in enumerate(text, 1) if re.search(r"# error$", line)}
    assert marked
    assert lines == marked
