"""Exports of trackers and knowledge bases as records for the index."""

import json
from pathlib import Path

import pytest

from redaction import (
    Keyring,
    RawArtifact,
    RawCase,
    RawText,
    RedactedRecord,
    Redactor,
    holds_records,
    policy_named,
)
from tests.fake_detection import ListedNames

ROOT = Path(__file__).parent.parent / "payloads"


def records(name: str, text: str, media_type: str = "application/json") -> list[RedactedRecord]:
    artifact = RawArtifact("A1.json", RawText(name), media_type, RawText(text))
    redactor = Redactor(ListedNames("Maribel Quill"), policy_named("default"), Keyring(b"k" * 32))
    return list(redactor.redact_export(RawCase(RawText("export"), (artifact,), ())))


def test_a_help_centre_article_becomes_a_record_with_numberless_tags() -> None:
    body = "<p>Ask Maribel Quill.</p>"
    article = {"id": 360001, "title": "Exports stay at 0 %", "section_id": 1, "draft": False,
               "body": body, "updated_at": "2026-02-01T08:00:00Z"}  # fmt: skip
    [record] = records("article.json", json.dumps({"article": article}))
    assert record.id == "360001"
    assert dict(record.fields) == {
        "title": "Exports stay at 0 %",
        "text": "Ask <PERSON>.",
        "updated": "2026-02-01T08:00:00+00:00",
    }


def test_each_ticket_of_an_export_becomes_a_record() -> None:
    tickets = [
        {"id": number, "subject": f"Export {number}", "raw_subject": "x", "status": "open",
         "description": "It is stuck.", "requester_id": 5, "created_at": "2026-05-04T07:15:00Z"}
        for number in (1, 2)
    ]  # fmt: skip
    found = records("tickets.json", json.dumps({"tickets": tickets, "end_time": 1}))
    assert [(each.id, str(each.fields["title"])) for each in found] == [
        ("1", "Export 1"),
        ("2", "Export 2"),
    ]
    assert found[0].fields["messages.0.text"] == "It is stuck."


def test_a_page_is_one_article_under_a_reference_that_stays_the_same() -> None:
    page = "# Exports stay at 0 %\n\nRestart the consumer, says Maribel Quill.\n"
    [record] = records("runbook.md", page, "text/plain")
    assert record.fields["title"] == "Exports stay at 0 %"
    assert "Maribel" not in record.fields["text"]
    assert record.id.startswith("ref-")
    assert [each.id for each in records("runbook.md", page + "More.\n", "text/plain")] == [
        record.id
    ]


def test_records_are_told_from_exports(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "1", "title": "a", "text": "b"}\n', "utf-8")
    assert holds_records(file)
    assert holds_records(tmp_path)
    export = tmp_path / "export"
    export.mkdir()
    (export / "page.md").write_text("# a\n", "utf-8")
    assert not holds_records(export)
    assert not holds_records(ROOT / "zendesk" / "audits.json")
    assert not holds_records(ROOT / "zendesk" / "article.json")


@pytest.mark.parametrize("system", ["bugzilla", "github", "gitlab", "jira", "servicenow"])
def test_no_payload_of_a_tracker_is_taken_for_records(system: str) -> None:
    payloads = sorted((ROOT / system).glob("*.json"))
    assert payloads
    assert [path.name for path in payloads if holds_records(path)] == []


def test_each_row_of_a_jira_table_becomes_a_record_with_what_was_said() -> None:
    table = (ROOT / "jira" / "export.csv").read_text("utf-8")
    found = records("export.csv", table, "text/csv")
    assert [str(each.fields["title"]) for each in found] == [
        "Import stops at file 40",
        "Export is empty",
    ]
    assert found[0].fields["messages.1.text"] == "Looking, please wait."
    assert found[1].fields["resolution"] == "Fixed"
