"""The main job as a command of its own, with every way out of the machine closed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


def _run(folder: Path) -> dict[str, Any]:
    command = [
        sys.executable,
        "tests/closed_network.py",
        str(Path(sys.executable).parent / "triage"),
    ]
    command += ["run", "examples/cases/checkout-5xx", "--workspace", str(folder / "workspace")]
    settings = {"CASEWRIGHT_KEYS": str(folder / "keys"), "CASEWRIGHT_MODEL": "embedded"}
    ended = subprocess.run(
        [*command, "--json"],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.startswith("network closed")
    assert "tried to leave" not in ended.stderr
    return json.loads(ended.stdout)


def test_the_main_job_runs_without_a_network_and_runs_again_on_the_same_case(
    tmp_path: Path, models: object
) -> None:
    first, again = _run(tmp_path), _run(tmp_path)
    assert first["case_id"] == again["case_id"]
    assert Path(first["report"]).read_text().startswith("<!doctype html>")
    assert Path(first["report_markdown"]).stat().st_size > 1000
    assert [draft["kind"] for draft in first["drafts"]] == ["update", "rca"]
    for draft in (*first["drafts"], *again["drafts"]):
        card = draft["scorecard"]
        failed = [score for score in card["scores"] if not score["passed"]]
        assert (card["gate"] == "pass") == (not failed)
        assert all(score["reason"] for score in failed)
