"""Whatever breaks or survives: nothing unredacted passes, and no error carries content."""

import json
import time
import traceback
from io import BytesIO
from pathlib import Path

import pytest

from redaction import (
    CaseStore,
    DetectorFailed,
    Keyring,
    RawArtifact,
    RawCase,
    RawText,
    Redaction,
    Redactor,
    policy_named,
    read_raw,
)
from redaction.detection.literals import Literal, Literals
from tests.fake_detection import Blind, BrokenDetector, ListedNames
from ui.database import open_database

KEY = Keyring(b"k" * 32)
POLICY = policy_named("default")


def case_of(text: str, media_type: str = "text/plain") -> RawCase:
    artifact = RawArtifact("A1.txt", RawText("a.txt"), media_type, RawText(text))
    return RawCase(RawText("case"), (artifact,), ())


def redact(text: str) -> Redaction:
    return Redactor(ListedNames(), POLICY, KEY).redact_case(case_of(text))


# Each look sees only the innermost of these: what holds it is a secret when that one is gone.
GLUED = "{AQAAAB" * 5 + "x9Kq2Lm4Zt" + "}" * 5


def test_what_a_detector_missed_is_found_by_the_second_look() -> None:
    redactor = Redactor(Blind(), POLICY, KEY)
    [artifact] = redactor.redact_case(case_of("key AKIAQ7XM2PLDNE5RTW3B ok")).case.artifacts
    assert artifact.text == "key <CLOUD_KEY_1> ok"
    assert [span.detector for span in artifact.spans] == ["verify"]


def test_an_artifact_with_a_secret_that_survives_is_quarantined_and_the_rest_stays() -> None:
    good = RawArtifact("A1.txt", RawText("a.txt"), "text/plain", RawText("all fine"))
    bad = RawArtifact("A2.txt", RawText("b.txt"), "text/plain", RawText(f"see {GLUED}"))
    raw = RawCase(RawText("case"), (good, bad), ())
    redaction = Redactor(Blind(), POLICY, KEY).redact_case(raw)
    case = redaction.case
    assert [artifact.id for artifact in case.artifacts] == ["A1.txt"]
    assert [(each.id, each.name) for each in case.quarantined] == [("A2.txt", "b.txt")]
    assert "could not be verified" in case.quarantined[0].reason
    assert "AIza" not in f"{case}{redaction.vault.plain()!r}"


def test_a_broken_detector_leaves_nothing_in_the_traceback() -> None:
    redactor = Redactor(BrokenDetector(), POLICY, KEY)
    raw = case_of("Gr4nit-71 belongs to Torgrim")
    with pytest.raises(DetectorFailed) as caught:
        redactor.redact_case(raw)
    told = "".join(traceback.format_exception(caught.value))
    assert "Gr4nit" not in told
    assert "Torgrim" not in told
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "\x00", "x", "{", "[]", "null", '"', "<", "\ufeff{}", "a\r\nb", "\ud800"],
)
@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "text/csv", "text/yaml"])
def test_small_and_odd_texts_come_through_unchanged(text: str, media_type: str) -> None:
    case = Redactor(ListedNames(), POLICY, KEY).redact_case(case_of(text, media_type)).case
    assert [artifact.text for artifact in case.artifacts] == [text]


def test_what_is_piped_in_is_redacted_like_a_file() -> None:
    raw = read_raw(BytesIO(b"mail jane.roe@example.com"))
    [artifact] = Redactor(ListedNames(), POLICY, KEY).redact_case(raw).case.artifacts
    assert artifact.text == "mail <EMAIL_1>@<DOMAIN_1>"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("order 4711 took 12 ms, " * 450_000, 0, id="10 MB in one line"),
        pytest.param("a." * 500_000, 0, id="1 MB of a.a.a."),
        pytest.param(f"{'x' * 1_000_000} jane.roe@example.com", 1, id="1 MB in one word"),
        pytest.param(json.dumps({"a": "b " * 500_000}), 0, id="1 MB in one JSON string"),
    ],
)
def test_a_huge_line_takes_seconds(text: str, found: int) -> None:
    started = time.process_time()
    [artifact] = redact(text).case.artifacts
    assert time.process_time() - started < 60
    assert len(artifact.spans) == found


def test_thousands_of_values_with_one_first_word_are_looked_up_at_once() -> None:
    values = [f"cs-{number:06}x" for number in range(5_000)]
    table = Literals(Literal(value, "SESSION") for value in values)
    started = time.process_time()
    found = list(table.find(" ".join(values)))
    assert time.process_time() - started < 2
    assert len(found) == len(values)


def test_a_broken_detector_leaves_nothing_under_a_workspace(tmp_path: Path) -> None:
    store = CaseStore(open_database(tmp_path), KEY)
    with pytest.raises(DetectorFailed):
        store.save(Redactor(BrokenDetector(), POLICY, KEY).redact_case(case_of("Gr4nit-71")))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"Gr4nit" in path.read_bytes()]
