"""The real model through Presidio: names in prose and logs, and what it must not break."""

import gzip
import json
import logging
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from redaction import (
    DetectorFailed,
    Keyring,
    PresidioDetector,
    RawText,
    Redactor,
    policy_named,
    read_raw,
)

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
MODEL = "spacy-en-core-web-md"


@pytest.fixture(scope="module")
def detector(models: Mapping[str, Path]) -> PresidioDetector:
    return PresidioDetector(models[MODEL])


@pytest.fixture(scope="module")
def redactor(detector: PresidioDetector) -> Redactor:
    return Redactor(detector, policy_named("default"), Keyring(b"k" * 32))


def clean(redactor: Redactor, text: str) -> str:
    [document] = redactor.redact_documents([("1", RawText(text))])
    return document.text


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DetectorFailed, match="models fetch"):
        PresidioDetector(tmp_path)


def test_libraries_that_only_other_engines_need_are_not_loaded(models: Mapping[str, Path]) -> None:
    program = (
        "import sys, pathlib; from redaction import PresidioDetector;"
        "PresidioDetector(pathlib.Path(sys.argv[1]));"
        "assert not {'torch', 'transformers'} & sys.modules.keys()"
    )
    path = str(models[MODEL])
    subprocess.run([sys.executable, "-W", "ignore", "-c", program, path], check=True, cwd=ROOT)


def test_names_in_prose_are_found_without_any_key(redactor: Redactor) -> None:
    text = clean(redactor, "Yesterday Margaret Thornbury asked Daniel Okafor to restart the node.")
    assert text == "Yesterday <PERSON_1> asked <PERSON_2> to restart the node."


def test_log_lines_keep_their_diagnostics(redactor: Redactor) -> None:
    line = (
        "2026-03-17 09:04:12,345 ERROR [http-8080-exec-3] com.acme.shop.OrderService - "
        "Connection Pool exhausted: HikariPool-1 java.sql.SQLException after 5002ms, HTTP 503"
    )
    assert clean(redactor, line) == line


def test_the_commonest_event_of_a_cluster_names_nobody(redactor: Redactor) -> None:
    line = "Warning  BackOff  3m (x12 over 20m)  kubelet  Back-off restarting failed container"
    assert clean(redactor, line) == line


def test_findings_come_from_presidio_results(detector: PresidioDetector) -> None:
    [names] = detector.names(["Margaret Thornbury called."])
    assert [(f.type, f.start, f.end) for f in names] == [("PERSON", 0, 18)]
    assert "EMAIL" in [f.type for f in detector.patterns("x@corp.internal")]


def test_text_over_a_million_characters_is_cut_for_the_model(redactor: Redactor) -> None:
    text = "Margaret Thornbury said no. " * 40_000
    assert len(text) > 1_000_000
    assert "Thornbury" not in clean(redactor, text)


@pytest.mark.parametrize("name", ["checkout-5xx", "sync-escalation"])
def test_every_planted_value_of_the_sample_is_gone(
    redactor: Redactor, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    manifest = json.loads((EXAMPLES / "manifest.json").read_text())
    with caplog.at_level(logging.DEBUG):
        case = redactor.redact_case(read_raw(EXAMPLES / "cases" / name)).case
    shown = "\n".join([case.title, *(f"{a.name}\n{a.text}" for a in case.artifacts)])
    planted = [row["value"] for row in manifest["cases"][name]["planted"]]
    assert planted
    assert [value for value in planted if value.lower() in (shown + caplog.text).lower()] == []


CODE = re.compile(
    r"\b(?:HTTP(?:/\d\.\d)? \d{3}|E[A-Z]{3,12}|0x[0-9a-fA-F]{4,8}"
    r"|[a-z.]*[A-Z]\w+(?:Exception|Error))\b"
)


def test_times_levels_and_codes_of_real_logs_are_untouched(
    redactor: Redactor, shared_data: Path
) -> None:
    with gzip.open(shared_data / "logs" / "loghub_2k.jsonl.gz", "rt") as stream:
        rows = [json.loads(line) for line in stream][::11]
    shown = clean(redactor, "\n".join(row["raw"] for row in rows)).split("\n")
    assert len(shown) == len(rows)
    kept = ("Date", "Time", "Timestamp", "Month", "Level")
    altered = [
        number
        for number, (line, row) in enumerate(zip(shown, rows, strict=True))
        if not all(value in line for key, value in row["header"].items() if key in kept)
        or CODE.findall(line) != CODE.findall(row["raw"])
    ]
    assert altered == []


def test_a_strict_policy_replaces_places_firms_and_dates_of_prose(
    detector: PresidioDetector,
) -> None:
    strict = Redactor(detector, policy_named("strict"), Keyring(b"k" * 32))
    text = clean(strict, "On 3 July 2021 Jane Fjeldheim left Vornholt GmbH in Oslo, Norway.")
    for value in ("3 July 2021", "Jane", "Fjeldheim", "Vornholt", "Oslo", "Norway"):
        assert value not in text


def test_places_and_firms_of_prose_stay_by_default(redactor: Redactor) -> None:
    text = clean(redactor, "We moved the service from Oslo to Norway last year.")
    assert text == "We moved the service from Oslo to Norway last year."
