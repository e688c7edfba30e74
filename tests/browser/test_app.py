"""Every screen of the app, drawn by Streamlit's own test runner."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from redaction import Anchor, Field, Link, Participant, StatusChange
from tests.browser.workspace_by_hand import LONG, Workspace, make_workspace, poor, rich
from tests.making import redacted
from ui.app.artifact import PAGE, first_line

LOADED = """
import sys
from streamlit.testing.v1 import AppTest
script, *sys.argv = sys.argv[1:]
app = AppTest.from_file(script, default_timeout=60).run()
app.button(key="open-case-1").click().run()
assert not app.exception and not app.error and app.tabs
print(*{name.partition(".")[0] for name in sys.modules})
"""
MODELS = {"lancedb", "litellm", "presidio_analyzer", "sentence_transformers", "spacy", "torch"}
MAIN = Path(__file__).parents[2] / "ui" / "app" / "main.py"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    made = make_workspace(tmp_path)
    monkeypatch.setenv("CASEWRIGHT_KEYS", str(made.keys))
    monkeypatch.setattr(sys, "argv", ["main.py", str(made.folder)])
    return made


def opened() -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    assert not app.exception
    return app


def reviewed(case_id: str) -> AppTest:
    app = opened().button(key=f"open-{case_id}").click().run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """All text of a screen, as it was given to Streamlit."""
    lists = (app.markdown, app.caption, app.info, app.error, app.code)
    return "\n".join(str(element.value) for shown in lists for element in shown)


def tab(app: AppTest, name: str) -> str:
    app.session_state["tab"] = name
    return words(app.run())


@pytest.mark.usefixtures("workspace")
def test_an_empty_workspace_says_how_to_begin() -> None:
    shown = words(opened())
    assert "No case yet" in shown
    assert "triage run CASE" in shown


def test_looking_at_a_workspace_that_is_not_there_creates_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["main.py", str(tmp_path / "none")])
    assert "No case yet" in words(opened())
    assert list(tmp_path.iterdir()) == []


def test_the_list_shows_severity_state_cause_and_gates(workspace: Workspace) -> None:
    workspace.store(rich())
    workspace.store(poor())
    shown = words(opened())
    assert "Checkout returns 503 for most shoppers" in shown
    assert ":red-badge[Sev1 · P1]" in shown
    assert ":gray-badge[Cause unknown]" in shown
    assert ":red-badge[:material/close: Update]" in shown
    assert ":green-badge[:material/check: RCA]" in shown


def test_a_case_without_facts_is_listed_and_says_what_to_run(workspace: Workspace) -> None:
    workspace.store(rich(), facts=False)
    assert "No facts yet" in words(opened())
    assert "Run: triage run CASE" in words(reviewed("case-1"))


def test_the_intake_screen_shows_what_came_in_and_what_to_ask(workspace: Workspace) -> None:
    at, text, dossier = Anchor("A2.log", 7), redacted, rich()
    case = replace(
        dossier.case,
        participants=(Participant(text("<PERSON_1>"), "analyst"),),
        fields=(Field("region", text("region"), text("eu-north-9"), at),),
        history=(StatusChange(None, "status", "open", text("New"), text("Open"), text(""), at),),
        links=(Link("change", text("CHG-7"), text("Raise the pool"), None, at),),
    )
    workspace.store(replace(dossier, case=case), facts=False)
    app = opened().button(key="intake-case-1").click().run()
    assert not app.exception
    assert not app.error
    shown = words(app)
    assert "What came in" in shown
    assert f", {LONG} lines, " in shown
    assert "Not read" in shown
    assert "unreadable\\: binary \\(NUL bytes\\)" in shown
    assert "Ask for a text export" in shown
    assert "Evidence for a case of kind outage" in shown
    assert "when it began" in shown
    assert ":green-badge[analyst] :violet-badge[PERSON\\_1]" in shown
    assert "eu\\-north\\-9" in shown
    assert "Raise the pool" in shown
    assert "status New → **Open**" in shown
    assert "A2\\.log:7" in shown
    assert str(app.code[0].value).startswith("1. ")
    assert dict(app.query_params) == {"case": "case-1"}


def test_a_long_list_is_paged(workspace: Workspace) -> None:
    for number in range(14):
        workspace.store(poor(f"case-{number}"), facts=False)
    keys = [str(button.key) for button in opened().button]
    assert keys == [f"{to}-case-{n}" for n in range(13, 1, -1) for to in ("intake", "open")]


def test_a_review_shows_header_claims_and_the_reason_of_a_failed_gate(
    workspace: Workspace,
) -> None:
    workspace.store(rich())
    app = reviewed("case-1")
    shown = words(app)
    assert "Checkout returns 503 for most shoppers" in shown
    assert "#### Gate failed" in shown
    assert "2 of 3 checks" in shown
    assert "no evidence shows that orders were recovered" in shown
    assert "1 supported" in shown
    assert "1 not supported" in shown
    assert "1 semantics not checked" in shown
    assert "is quarantined" in shown
    assert dict(app.query_params) == {"case": "case-1"}


def test_a_citation_opens_its_artifact_at_its_page(workspace: Workspace) -> None:
    workspace.store(rich())
    app = reviewed("case-1")
    app.button(key="cite-update-0-E7").click().run()
    assert app.selectbox(key="artifact").value == "A2.log"
    assert f"{LONG - PAGE + 1}-{LONG} of {LONG}" in words(app)
    app.button(key="page-first").click().run()
    assert f"1-{PAGE} of {LONG}" in words(app)


def test_every_tab_draws_what_its_name_says(workspace: Workspace) -> None:
    workspace.store(rich())
    app = reviewed("case-1")
    assert "No root cause is established" in tab(app, "RCA outline")
    assert "Deployment of checkout\\-api 4\\.2\\.0" in tab(app, "Timeline")
    assert "Hypotheses" in tab(app, "Facts")
    assert "Nothing similar" in tab(app, "Similar (0)")
    assert not app.exception


def test_a_poor_case_shows_what_is_missing(workspace: Workspace) -> None:
    workspace.store(poor())
    app = reviewed("case-2")
    assert "Cause unknown" in words(app)
    assert "How many users are affected" in tab(app, "Facts")


def test_an_unknown_case_id_is_answered_without_repeating_it(workspace: Workspace) -> None:
    workspace.store(poor())
    app = reviewed("case-2")
    app.query_params["case"] = "<b>case-9</b>"
    shown = words(app.run())
    assert "There is no such case" in shown
    assert "case-9" not in shown
    assert not app.exception


def test_showing_a_stored_case_loads_no_model(workspace: Workspace) -> None:
    workspace.store(rich())
    command = [sys.executable, "-c", LOADED, str(MAIN), "main.py", str(workspace.folder)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(outcome.stdout.split())
    assert {"streamlit", "assistant"} <= loaded
    assert loaded & MODELS == set()


@pytest.mark.parametrize("table", ["redacted_cases", "dossiers", "drafts", "scorecards"])
def test_a_changed_row_is_refused_and_none_of_it_is_shown(workspace: Workspace, table: str) -> None:
    workspace.store(rich())
    workspace.change(f"UPDATE {table} SET body = replace(body, 'e', 'planted')")
    app = reviewed("case-1")
    (error,) = app.error
    assert "changed or written under another key" in str(error.value).replace("\\", "")
    assert "planted" not in words(app)
    assert "Gate" not in words(app)


def test_a_changed_case_does_not_hide_the_others(workspace: Workspace) -> None:
    workspace.store(rich())
    workspace.store(poor())
    workspace.change("UPDATE dossiers SET body = '{}' WHERE case_id = 'case-1'")
    shown = words(opened())
    assert "Changed after it was stored" in shown
    assert "Sev3" in shown


def test_a_changed_name_closes_the_list(workspace: Workspace) -> None:
    workspace.store(rich())
    workspace.change("UPDATE redacted_cases SET name = '\"planted\"'")
    app = opened()
    assert "changed or written under another key" in str(app.error[0].value).replace("\\", "")
    assert "planted" not in words(app)


@pytest.mark.parametrize(
    ("total", "page", "focus", "first"),
    [
        (40, None, None, 1),
        (40, None, 40, 1),
        (1000, None, 100, 1),
        (1000, None, 600, 475),
        (1000, None, 1000, 751),
        (1000, 3, 600, 751),
        (0, None, None, 1),
    ],
)
def test_a_page_holds_the_line_in_focus(
    total: int, page: int | None, focus: int | None, first: int
) -> None:
    assert first_line(total, page, focus) == first


def test_the_redaction_tab_shows_what_was_replaced_by_whom_and_what_a_model_receives(
    redacted_workspace: Workspace,
) -> None:
    del redacted_workspace
    app = reviewed("case-1")
    shown = tab(app, "Redaction")
    assert column(app, "Placeholder") == ["PERSON_1"]
    assert column(app, "Places") == [2]
    assert "2 kept in the encrypted vault" in shown
    assert "Byte for byte" in shown
    assert not app.exception


def test_a_missed_value_is_redacted_in_the_whole_case_at_once(
    redacted_workspace: Workspace,
) -> None:
    del redacted_workspace
    app = reviewed("case-1")
    tab(app, "Redaction")
    app.text_input[0].set_value("Quillfeather")
    submit(app, "Redact everywhere")
    assert not app.exception and not app.error
    assert sorted(column(app, "Placeholder")) == ["PERSON_1", "PERSON_2"]
    assert "Quillfeather" not in words(app)


def test_a_false_alarm_is_put_back_in_the_whole_case(redacted_workspace: Workspace) -> None:
    del redacted_workspace
    app = reviewed("case-1")
    tab(app, "Redaction")
    app.selectbox[-1].set_value("<PERSON_1>")
    submit(app, "Put back everywhere")
    assert not app.exception and not app.error
    assert "Nothing was replaced in this case" in words(app)


def column(app: AppTest, name: str) -> list[Any]:
    """The values of a column of the first table."""
    table: Any = app.dataframe[0].value
    return list(table[name])


def submit(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


@pytest.fixture
def redacted_workspace(workspace: Workspace) -> Workspace:
    """A workspace with a case that was redacted, its vault included."""
    text = "Torgrim Vik reports: Quillfeather is down\nTorgrim Vik again\n"
    workspace.redact("case-1", text, "Torgrim Vik")
    return workspace
