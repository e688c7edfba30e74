"""What tickets, mails, chats and tables become: fields, messages with roles, samples."""

import json
from datetime import UTC, datetime

from redaction import Artifact, read_structure
from redaction.reading.artifacts import Structure
from tests.making import redacted


def artifact(number: int, media_type: str, text: str) -> Artifact:
    return Artifact(f"A{number}", redacted("x"), media_type, redacted(text), ())


def from_json(*documents: object) -> Structure:
    return read_structure(
        tuple(
            artifact(number, "application/json", json.dumps(document, indent=1))
            for number, document in enumerate(documents, 1)
        )
    )


TICKET = {
    "ticket": {
        "subject": "Checkout fails",
        "description": "It fails.",
        "status": "open",
        "severity": "Sev1",
        "created_at": "2026-03-17T09:12:07Z",
        "requester": {"name": "<PERSON_1>", "email": "<EMAIL_1>", "role": "end-user"},
        "assignee": {"name": "<PERSON_2>"},
        "organization": {"name": "<ORGANIZATION_1>", "tier": "platinum"},
        "custom_fields": [
            {"key": "version", "title": "Version", "value": "4.18.1"},
            {"id": 7, "value": None},
        ],
        "comments": [
            {"author": {"name": "<PERSON_3>", "role": "engineer"}, "body": "It is\nthe pool.",
             "created_at": "2026-03-17T09:31:22Z"},
            {"author": {"name": "<PERSON_1>"}, "body": "It fails.",
             "created_at": "2026-03-17T09:12:07Z"},
        ],
    }
}  # fmt: skip


def test_a_ticket_gives_fields_with_the_line_they_stand_on() -> None:
    structure = from_json(TICKET)
    lines = json.dumps(TICKET, indent=1).splitlines()
    fields = {field.name: field for field in structure.fields if field.name != "other"}
    assert {name: str(field.value) for name, field in fields.items()} == {
        "title": "Checkout fails",
        "description": "It fails.",
        "status": "open",
        "severity": "Sev1",
        "created": "2026-03-17T09:12:07Z",
        "tier": "platinum",
        "version": "4.18.1",
    }
    assert fields["version"].key == "custom_fields.version"
    for field in fields.values():
        assert str(field.value) in lines[field.anchor.line - 1]
    assert structure.title == "Checkout fails"


def test_messages_are_in_time_order_with_roles_and_the_description_only_once() -> None:
    messages = from_json(TICKET).messages
    assert [(m.role, m.author, m.text) for m in messages] == [
        ("customer", "<PERSON_1>", "It fails."),
        ("engineer", "<PERSON_3>", "It is\nthe pool."),
    ]


def test_a_mail_and_a_chat_take_roles_from_the_ticket() -> None:
    mail = (
        'From: "<PERSON_2>" <<EMAIL_9>>\nDate: Tue, 17 Mar 2026 10:34:02 +0100\nSubject: RE: x\n\n'
        "We look into it.\n\nOn Tue <PERSON_1> wrote:\n> It fails.\n"
    )
    chat = [
        {"user": "U1", "user_profile": {"real_name": "<PERSON_1>"}, "ts": "1773740531.000200",
         "text": "still down"},
        {"user": "U2", "user_profile": {"real_name": "<PERSON_5>", "title": "SRE"},
         "ts": "1773740532.0", "text": "looking"},
        {"user": "U3", "user_profile": {"real_name": "<PERSON_6>", "title": "Support Engineer"},
         "ts": "1773740533.0", "text": "me too"},
        {"subtype": "bot_message", "bot_id": "B1", "username": "deploy", "ts": "1773740534.0",
         "text": "Started"},
        {"user": "U2", "ts": "1773740535.0", "text": "found it"},
        {"user": "U4", "subtype": "channel_join", "ts": "1773740536.0", "text": "joined"},
    ]  # fmt: skip
    structure = read_structure(
        (
            artifact(1, "message/rfc822", mail),
            artifact(2, "application/json", json.dumps(chat)),
            artifact(3, "application/json", json.dumps(TICKET)),
        )
    )
    said = {str(m.text): (m.role, m.author) for m in structure.messages}
    assert said["We look into it."] == ("analyst", "<PERSON_2>")
    assert said["still down"] == ("customer", "<PERSON_1>")
    assert said["looking"] == ("engineer", "<PERSON_5>")
    assert said["me too"] == ("analyst", "<PERSON_6>")
    assert said["Started"] == ("bot", "deploy")
    assert said["found it"] == ("engineer", "<PERSON_5>")
    assert "joined" not in said


def test_a_mail_alone_is_the_customers_and_gives_the_title() -> None:
    mail = "From: <EMAIL_1>\nSubject: Down\nDate: Tue, 17 Mar 2026 10:34:02 +0100\n\nHelp\n"
    structure = read_structure((artifact(1, "message/rfc822", mail),))
    (message,) = structure.messages
    assert (structure.title, message.role, message.anchor.line) == ("Down", "customer", 5)
    assert message.utc == datetime(2026, 3, 17, 9, 34, 2, tzinfo=UTC)


def test_jira_service_desk_and_tracker_threads_are_tickets_too() -> None:
    jira = {"key": "AB-1", "fields": {
        "summary": "Broken", "status": {"name": "Closed"}, "components": [{"name": "api"}],
        "reporter": {"displayName": "<PERSON_1>"},
        "description": {"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": "One."}]},
            {"type": "paragraph", "content": [{"type": "text", "text": "Two."}]}]},
        "comment": {"comments": [{"author": {"displayName": "<PERSON_2>"}, "body": "No.",
                                  "created": "2026-03-17T09:00:00.000+0000"}]}}}  # fmt: skip
    servicenow = {"result": {"short_description": "Slow", "state": "2",
        "opened_by": "<PERSON_4>",
        "work_notes": "2026-03-17 09:41:12 - <PERSON_5> (Work notes)\nlooked at it\n"}}  # fmt: skip
    thread = {"title": "Crash", "status": "NEW", "messages": [
        {"author": "<PERSON_7>", "time": "2014-06-10 09:32:09 UTC", "text": "it crashes"},
        {"author": "<PERSON_8>", "time": "2014-06-11 09:32:09 UTC", "text": "no"}]}  # fmt: skip
    said = {m.text: (m.role, m.author) for m in from_json(jira, servicenow, thread).messages}
    assert said == {
        "One.\nTwo.": ("customer", "<PERSON_1>"),
        "No.": ("other", "<PERSON_2>"),
        "looked at it": ("analyst", "<PERSON_5>"),
        "it crashes": ("customer", "<PERSON_7>"),
        "no": ("other", "<PERSON_8>"),
    }


def test_a_metrics_table_becomes_samples_without_ids_and_placeholders() -> None:
    table = (
        "time_utc,host,run_id,cpu,errors\n"
        "2026-03-17 09:00:00,<HOST_1>,1,91.5%,3\n2026-03-17 09:00:00,<HOST_2>,2,7,\n"
        "2026-03-17 09:01:00,<HOST_1>,3,<NUMBER_1>,4\n"
    )
    samples = read_structure((artifact(1, "text/csv", table),)).samples
    found = [(s.metric, s.value, s.anchor.line) for s in samples]
    assert ("errors <HOST_1>", 3.0, 2) in found
    assert ("errors <HOST_1>", 4.0, 4) in found
    assert not any("run_id" in metric for metric, _, _ in found)


def test_json_log_records_and_metric_rows_are_told_apart() -> None:
    structure = from_json(
        [{"timestamp": "2026-03-17T09:00:00Z", "message": "boom 7", "level": "error"}],
        [{"time": "2026-03-17T09:00:00Z", "cpu": 3}, {"time": "2026-03-17T09:01:00Z", "cpu": 4}],
    )
    assert [(e.template, e.anchor.artifact) for e in structure.events] == [("boom *", "A1")]
    assert [(s.metric, s.value) for s in structure.samples] == [("cpu", 3.0), ("cpu", 4.0)]
