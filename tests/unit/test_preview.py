"""What a person sees of a redaction before anything is stored."""

from redaction import (
    Change,
    Keyring,
    RawArtifact,
    RawCase,
    RawText,
    Redactor,
    changes,
    policy_named,
)
from tests.fake_detection import ListedNames


def preview(log: str) -> list[Change]:
    artifact = RawArtifact("A1.log", RawText("app.log"), "text/x-log", RawText(log))
    raw = RawCase(RawText("case"), (artifact,), ())
    redactor = Redactor(ListedNames("Torgrim Vik"), policy_named("default"), Keyring(b"k" * 32))
    return list(changes(raw, redactor.redact_case(raw).case))


def test_a_changed_line_is_shown_before_and_after_with_its_number_and_reasons() -> None:
    [change] = preview(log="nothing here\nTorgrim Vik called from 10.1.2.3\nnothing there\n")
    assert change.anchor.line == 2
    assert change.before == "Torgrim Vik called from 10.1.2.3"
    assert change.after.startswith("<PERSON_1> called from <IP_")
    assert [span.type for span in change.spans] == ["PERSON", "IP"]
    assert all(span.detector for span in change.spans)


def test_lines_that_stay_are_not_shown() -> None:
    assert preview(log="2026-03-14 09:00:00 INFO ready\n") == []


def test_every_changed_line_of_a_file_is_found() -> None:
    text = "".join(f"{'Torgrim Vik' if n % 3 == 0 else 'ok'} {n:05}\n" for n in range(30))
    found = preview(log=text)
    assert [change.anchor.line for change in found] == [n + 1 for n in range(0, 30, 3)]
    assert [change.before for change in found] == text.splitlines()[::3]


def test_the_raw_line_is_not_in_the_representation() -> None:
    [change] = preview(log="Torgrim Vik\n")
    assert "Torgrim" not in repr(change)
