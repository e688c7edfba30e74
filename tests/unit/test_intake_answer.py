"""What the answer of intake says of files, of those not read, and of how the tickets went on."""

from dataclasses import replace

from assistant import completeness, default_checklist
from redaction import Anchor, Artifact, Quarantined, StatusChange
from redaction.reading.jsontree import Node
from redaction.reading.payloads.servicenow_words import shown
from tests.cases_by_hand import checkout
from tests.making import redacted
from ui.contract_intake import IntakeAnswer, intake_answer, taken_in


def answer() -> IntakeAnswer:
    at, text = Anchor("A2.json", 7), redacted
    case = replace(
        checkout().case,
        artifacts=(
            Artifact("A1.json", text("old.json"), "application/json", text("{}"), (), "A2.json"),
            Artifact("A2.json", text("jira.json"), "application/json", text("{\n}"), ()),
            Artifact("A3.txt", text("a.docx"), "text/plain", text("a\n[hidden text] b\n"), ()),
        ),
        quarantined=(Quarantined("A4.bin", text("x"), "unreadable: a rar archive; ask for zip"),),
        history=(
            StatusChange(None, "status", "open", text("New"), text("Open"), text("<PERSON_1>"), at),
        ),
    )
    return intake_answer(case, completeness(case, default_checklist()), ())


def test_a_change_of_a_ticket_says_which_artifact_told_it_and_who_made_it() -> None:
    [change] = answer().history
    assert (change.source, change.at, change.by) == (
        "jira.json",
        Anchor("A2.json", 7),
        "<PERSON_1>",
    )


def test_what_was_not_read_comes_with_what_to_do_about_it() -> None:
    [item] = answer().redaction.quarantined
    assert item.reason == "unreadable: a rar archive; ask for zip"
    assert item.remedy == "ask for zip"


def test_what_came_in_is_counted_by_kind_without_earlier_versions() -> None:
    told = answer()
    assert taken_in(told).startswith("1 JSON file, 1 text, ")
    assert [each.hidden for each in told.redaction.artifacts] == [0, 0, 1]
    assert [each.lines for each in told.redaction.artifacts] == [1, 2, 2]


def test_a_version_at_the_end_of_a_title_is_no_number() -> None:
    assert shown(Node("Deploy checkout-api 4.2.0", 1)) == "Deploy checkout-api 4.2.0"
    assert shown(Node("7.0", 1)) == "7"
