import pytest

from tests.making import redacted
from ui.cli import views
from ui.contract import (
    MatchAnswer,
    RedactAnswer,
)

HOSTILE = "\x1b]0;owned\x07\x1b[31m[bold red]x[/bold red] [link=http://e.example]y[/link] :smile:"
SHOWN = "]0;owned[31m[bold red]x[/bold red] [link=http://e.example]y[/link] :smile:"


def _answer(number: int, text: str) -> RedactAnswer:
    name = redacted(f"{HOSTILE}{number}.txt")
    return RedactAnswer(f"A{number}.txt", name, "text/plain", redacted(text), None, (), None)


def test_a_single_artifact_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    views.show_redacted((_answer(1, "a\t<PERSON_1>\n\n  b\n"),))
    assert capsys.readouterr().out == "a\t<PERSON_1>\n\n  b\n"


def test_hostile_text_stays_text(capsys: pytest.CaptureFixture[str]) -> None:
    views.show_redacted((_answer(1, HOSTILE), _answer(2, "a\u202eb\u200bc\rd")))
    assert capsys.readouterr().out.splitlines() == [
        f"== A1.txt {SHOWN}1.txt",
        SHOWN,
        f"== A2.txt {SHOWN}2.txt",
        "abcd",
    ]


def test_a_match_is_never_cut_to_the_width_of_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    why = tuple(redacted(f"reason number {n}") for n in range(20))
    views.show_matches((MatchAnswer("CASE-1", "case", 0.5, redacted("t" * 300), why),))
    title, reasons = capsys.readouterr().out.splitlines()
    assert title == f"0.50  CASE-1  {'t' * 300}"
    assert reasons.endswith("reason number 19")
