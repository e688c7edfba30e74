"""A quarantined artifact comes back redacted; the lines that cannot be verified are withheld."""

import json

import pytest

from redaction import (
    Detector,
    Finding,
    Keyring,
    RawArtifact,
    RawCase,
    RawText,
    Redaction,
    Redactor,
    policy_named,
    shows_anything,
    withheld_lines,
)
from tests.fake_detection import NamesOnly

KEY = Keyring(b"k" * 32)
POLICY = policy_named("default")
NAME = "Torgrim Fjeldheim"
# Each look sees only the innermost of these: what holds it is a secret when that one is gone.
GLUED = "{AQAAAB" * 5 + "x9Kq2Lm4Zt" + "}" * 5
BEFORE = "2026-05-04 09:00:00 INFO login of Torgrim Fjeldheim from 10.4.0.7"
AFTER = "2026-05-04 09:05:00 ERROR export failed: PoolTimeoutException, retry by Torgrim Fjeldheim"
LOG = f"{BEFORE}\n2026-05-04 09:01:00 WARN token {GLUED} refused\n{AFTER}\n"


def raw(*files: tuple[str, str, str]) -> RawCase:
    artifacts = (
        RawArtifact(f"A{number}.{name.rsplit('.', 1)[1]}", RawText(name), kind, RawText(text))
        for number, (name, kind, text) in enumerate(files, 1)
    )
    return RawCase(RawText("export-case"), tuple(artifacts), ())


LOGGED = ("app.log", "text/x-log", LOG)
NOTE = ("note.txt", "text/plain", "Torgrim Fjeldheim called.\n")


def released(case: RawCase, artifact: str, detector: Detector | None = None) -> Redaction:
    redactor = Redactor(detector or NamesOnly(NAME), POLICY, KEY)
    before = redactor.redact_case(case)
    assert artifact in [each.id for each in before.case.quarantined]
    return redactor.redact_again(case, before, release=artifact)


def text(redaction: Redaction, artifact: str) -> str:
    [found] = [str(each.text) for each in redaction.case.artifacts if each.id == artifact]
    return found


def test_only_the_line_that_cannot_be_verified_is_withheld() -> None:
    again = released(raw(LOGGED, NOTE), "A1.log")
    assert text(again, "A1.log").splitlines() == [
        BEFORE.replace(NAME, "<PERSON_1>"),
        "[withheld]",
        AFTER.replace(NAME, "<PERSON_1>"),
    ]
    assert text(again, "A2.txt") == "<PERSON_1> called.\n"
    assert again.case.quarantined == ()
    artifact = again.case.artifacts[0]
    assert withheld_lines(artifact) == (2,)
    assert shows_anything(artifact)
    assert "x9Kq2Lm4Zt" not in f"{again.case}{again.vault.plain()!r}"


def test_events_are_read_from_what_came_back() -> None:
    again = released(raw(LOGGED, NOTE), "A1.log")
    events = [(event.anchor.line, event.exception) for event in again.case.events]
    assert (3, "PoolTimeoutException") in events


def test_spans_of_what_came_back_fit_its_original() -> None:
    again = released(raw(LOGGED, NOTE), "A1.log")
    [log, _] = again.case.artifacts
    for placed in log.placed():
        assert log.text[placed.start : placed.end] == placed.span.placeholder
    [withheld] = [span for span in log.spans if span.type == "WITHHELD"]
    assert LOG[withheld.start : withheld.end] == LOG.splitlines()[1]


def test_what_was_released_stays_so_when_the_case_comes_in_again_or_grows() -> None:
    redactor = Redactor(NamesOnly(NAME), POLICY, KEY)
    case = raw(LOGGED, NOTE)
    once = redactor.redact_again(case, redactor.redact_case(case), release="A1.log")
    grown = raw(("app.log", "text/x-log", LOG + AFTER + "\n"), NOTE)
    again = redactor.redact_again(grown, once)
    assert again.case.quarantined == ()
    assert text(again, "A1.log").startswith(text(once, "A1.log"))
    assert redactor.redact_again(case, once).case == once.case


def test_an_artifact_is_not_released_with_another_one() -> None:
    second = ("other.log", "text/x-log", LOG.replace("09:0", "10:0"))
    again = released(raw(LOGGED, second, NOTE), "A1.log")
    assert [each.id for each in again.case.quarantined] == ["A2.log"]


def test_what_the_gate_finds_in_the_rest_is_withheld_as_well() -> None:
    class Late(NamesOnly):
        """Finds a word only once the secret beside it is gone, as a gate may."""

        def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
            at = text.find("PoolTimeoutException") if "[withheld]" in text else -1
            return [Finding(at, at + 20, "API_KEY", "pattern:late", 0.9)] if at >= 0 else []

    again = released(raw(LOGGED, NOTE), "A1.log", Late(NAME))
    assert text(again, "A1.log").splitlines()[1:] == ["[withheld]", "[withheld]"]
    assert withheld_lines(again.case.artifacts[0]) == (2, 3)


@pytest.mark.parametrize("indent", [None, 1])
def test_in_json_only_the_string_is_withheld_and_the_document_stays_one(
    indent: int | None,
) -> None:
    ticket = {"title": "Export stuck", "comments": [f"see {GLUED} now", "still stuck"]}
    again = released(
        raw(("t.json", "application/json", json.dumps(ticket, indent=indent)), NOTE), "A1.json"
    )
    shown = json.loads(text(again, "A1.json"))
    assert shown == {"title": "Export stuck", "comments": ["[withheld]", "still stuck"]}
    assert again.case.title == "Export stuck"


def test_a_secret_over_several_lines_takes_every_one_of_them() -> None:
    broken = GLUED.replace("x9Kq2Lm4Zt", "x9Kq2Lm4Zt\nnext")
    again = released(raw(("a.txt", "text/plain", f"first\n{broken} and\nlast\n"), NOTE), "A1.txt")
    shown = text(again, "A1.txt")
    assert shown.startswith("first\n")
    assert shown.endswith("\nlast\n")
    assert "AQAAAB" not in shown


def test_a_long_log_in_which_each_record_stands_once_is_released_line_by_line() -> None:
    lines = [f"2026-05-04 09:{n // 60 % 60:02}:{n % 60:02} INFO step {n} done" for n in range(600)]
    lines[100] += f" {GLUED}"
    log = ("app.log", "text/x-log", "\n".join(lines) + "\n")
    again = released(raw(log, NOTE), "A1.log")
    assert withheld_lines(again.case.artifacts[0]) == (101,)
    assert text(again, "A1.log").splitlines()[101:] == lines[101:]


def test_of_a_text_that_is_one_secret_nothing_is_left() -> None:
    again = released(raw(("a.txt", "text/plain", f"see {GLUED}"), NOTE), "A1.txt")
    assert not shows_anything(again.case.artifacts[0])
