"""The main job as commands of their own, with every way out of the machine closed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
TRIAGE = Path(sys.executable).parent / "triage"
CLOSED = [sys.executable, "tests/closed_network.py"]


@pytest.fixture(scope="module")
def closed() -> str:
    """How far this machine lets a process close its network: what the closed script then says."""
    asked = "from tests.closed_network import isolate; raise SystemExit(not isolate())"
    allowed = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False).returncode == 0
    return "network closed: " + ("namespace and audit hook" if allowed else "audit hook only")


def _triage(folder: Path, closed: str, *arguments: str) -> dict[str, Any]:
    settings = {"CASEWRIGHT_KEYS": str(folder / "keys"), "CASEWRIGHT_MODEL": "embedded"}
    ended = subprocess.run(
        [*CLOSED, str(TRIAGE), *arguments, "--workspace", str(folder / "workspace"), "--json"],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.splitlines()[0] == closed
    assert "tried to leave" not in ended.stderr
    return json.loads(ended.stdout)


def test_the_main_job_runs_without_a_network_and_runs_again_on_the_same_case(
    tmp_path: Path, models: object, closed: str
) -> None:
    for kind, file in (("kb", "kb.jsonl"), ("case", "cases.jsonl")):
        added = _triage(
            tmp_path, closed, "index", "add", f"examples/knowledge/{file}", "--kind", kind
        )
        assert added["added"] > 0
    run = (tmp_path, closed, "run", "examples/cases/checkout-5xx")
    first, again = _triage(*run), _triage(*run, "--model", "none")
    assert first["case_id"] == again["case_id"]
    assert {match["kind"] for match in first["matches"]} == {"case", "kb"}
    assert first["matches"] == again["matches"]
    assert Path(first["report"]).read_text().startswith("<!doctype html>")
    assert Path(first["report_markdown"]).stat().st_size > 1000
    assert [draft["kind"] for draft in first["drafts"]] == ["update", "rca"]
    for draft in (*first["drafts"], *again["drafts"]):
        card = draft["scorecard"]
        failed = [score for score in card["scores"] if not score["passed"]]
        assert (card["gate"] == "pass") == (not failed)
        assert all(score["reason"] for score in failed)
