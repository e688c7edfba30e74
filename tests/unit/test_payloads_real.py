"""Real exports of trackers, where they are there: each is known and tells what its raw data has."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

import pytest

from redaction import Artifact, read_structure
from redaction.intake.hypertext import text_of_html
from redaction.intake.media import media_type
from redaction.reading.artifacts import Structure
from redaction.reading.payloads import payload_of
from tests.making import redacted

Row: TypeAlias = Mapping[str, Any]

_ROOT: Final = Path(__file__).parents[3] / "shared" / "data" / "exports"
_SYSTEMS: Final = {
    "jira": "Jira",
    "servicenow": "ServiceNow",
    "github": "GitHub",
    "bugzilla": "Bugzilla",
    "zendesk": "Zendesk",
}
_FILES: Final = [path for name in _SYSTEMS for path in sorted((_ROOT / name).glob("*.*"))]

pytestmark = pytest.mark.skipif(not _FILES, reason="no exports beside this checkout")


def artifact(path: Path) -> Artifact:
    text = path.read_text("utf-8")
    kind = media_type(text)
    text = text_of_html(text) if kind == "text/html" else text
    return Artifact("A1", redacted(path.name), kind, redacted(text), ())


def structure(path: Path) -> Structure:
    return read_structure((artifact(path),))


def loaded(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def files(system: str, pattern: str) -> list[Path]:
    return sorted((_ROOT / system).glob(pattern))


def named(found: Structure, *names: str) -> list[str]:
    return [each.name for each in found.fields if each.name in names]


def every(found: Structure, name: str, key: str) -> int:
    """Count a field of the first ticket and of those that stand beside it."""
    beside = [
        each for each in found.fields if each.name == "other" and each.key.endswith(f".{key}")
    ]
    return len(named(found, name)) + len(beside)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_real_payload_is_known_by_its_system(path: Path) -> None:
    payload = payload_of(artifact(path))
    assert payload is not None
    assert payload.system == _SYSTEMS[path.parent.name]


@pytest.mark.parametrize("path", files("jira", "*.json"), ids=lambda path: path.name)
def test_a_real_jira_issue_tells_all_that_it_holds(path: Path) -> None:
    issue = loaded(path)["fields"]
    found = structure(path)
    assert found.title == issue["summary"]
    said = [issue["description"], *(each["body"] for each in issue["comment"]["comments"])]
    assert len(found.messages) == len([text for text in said if text and text.strip()])
    assert all(message.utc and message.author for message in found.messages)
    authors = [comment["author"] for comment in issue["comment"]["comments"]]
    people = [issue["reporter"], issue["assignee"], *authors]
    assert len(found.participants) == len({each["displayName"] for each in people if each})
    assert len(found.links) == sum(len(issue[key]) for key in ("issuelinks", "attachment"))
    present = [each for each in ("status", "priority", "created", "updated", "resolution") if
               issue.get(each)]  # fmt: skip
    assert sorted(named(found, *present)) == sorted(present)
    assert ("resolved" in named(found, "resolved")) is bool(issue["resolutiondate"])


@pytest.mark.parametrize("path", files("jira", "*.csv"), ids=lambda path: path.name)
def test_every_row_of_a_real_jira_table_is_a_ticket(path: Path) -> None:
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines(keepends=True)))
    found = structure(path)
    columns = {"Summary": "title", "Status": "status", "Priority": "priority", "Created": "created",
               "Resolved": "resolved", "Resolution": "resolution",
               "Description": "description"}  # fmt: skip
    for column, name in columns.items():
        filled = [row for row in rows if row[column].strip()]
        assert every(found, name, column) == len(filled)
    assert [link.kind for link in found.links].count("related") == len(rows) - 1
    assert len(found.messages) == len([row for row in rows if row["Description"].strip()])
    assert all(message.utc for message in found.messages)


def records(path: Path) -> Iterator[Row]:
    result = loaded(path)["result"]
    yield from result if isinstance(result, list) else [result]


def value(record: Row, key: str) -> str:
    """Return what a record shows, whichever of three ways it was asked for."""
    held: Any = record.get(key)
    three = cast(Row, held) if isinstance(held, dict) else {"value": held}
    return str(three.get("display_value") or three.get("value") or "").strip()


@pytest.mark.parametrize(
    "path",
    [path for path in files("servicenow", "*.json") if not path.name.startswith("knowledge")],
    ids=lambda path: path.name,
)
def test_a_real_servicenow_record_tells_its_state_in_words_and_its_people(path: Path) -> None:
    [record] = records(path)
    found = structure(path)
    assert found.title == value(record, "short_description")
    entries: list[Any] = record.get("entries", [])
    assert len(found.messages) == len(entries) + bool(value(record, "description"))
    assert all(message.utc for message in found.messages)
    shown = {str(each.name): str(each.value) for each in reversed(found.fields)}
    assert ("status" in shown) is bool(value(record, "state"))
    assert shown.get("status", "New")[0].isalpha()
    assert ("priority" in shown) is bool(value(record, "priority"))
    assert shown.get("priority", "1 - x")[1:4] == " - "
    assert "created" in shown
    keys = ("caller_id", "assigned_to", "opened_by", "requested_by", "closed_by", "contact")
    people = {value(record, key) for key in keys} | {each["name"] for each in entries}
    assert len(found.participants) == len(people - {""})


@pytest.mark.parametrize("path", files("servicenow", "change*.json"), ids=lambda path: path.name)
def test_a_real_servicenow_change_is_timed_in_utc_and_not_in_the_zone_of_who_asked(
    path: Path,
) -> None:
    [record] = records(path)
    stored = [record[key]["value"] for key in ("work_start", "work_end")]
    assert [each.utc.strftime("%Y-%m-%d %H:%M:%S") for each in structure(path).events if each.utc
            ] == stored  # fmt: skip


@pytest.mark.parametrize("path", files("servicenow", "knowledge*.json"), ids=lambda path: path.name)
def test_a_real_servicenow_article_is_one(path: Path) -> None:
    result = loaded(path)["result"]
    expected = result.get("articles", [result])
    found = structure(path)
    assert len(found.articles) == len(expected)
    assert all(each.id and each.title and each.text for each in found.articles)
    assert not any("<" in each.text for each in found.articles)
    assert not found.fields


@pytest.mark.parametrize("path", files("github", "*.json"), ids=lambda path: path.name)
def test_a_real_github_webhook_tells_its_issue_and_what_happened(path: Path) -> None:
    raw = loaded(path)
    found = structure(path)
    assert found.title == raw["issue"]["title"]
    assert len(found.messages) == bool(raw["issue"]["body"]) + ("comment" in raw)
    assert all(message.utc for message in found.messages)
    moved = raw["action"] in ("opened", "closed", "reopened", "labeled", "unlabeled")
    assert len(found.history) == moved
    assert {"status", "created", "updated", "id"} <= set(
        named(found, "status", "created", "updated", "id")
    )
    assert {each.role for each in found.participants} == {"engineer"}  # the owner writes


@pytest.mark.parametrize("path", files("bugzilla", "*.html"), ids=lambda path: path.name)
def test_a_real_bugzilla_page_tells_every_comment(path: Path) -> None:
    page = path.read_text("utf-8")
    found = structure(path)
    assert len(found.messages) == page.count('class="bz_comment_text"')
    assert all(message.utc and message.author for message in found.messages)
    assert len(found.participants) == len(
        {line.split('class="fn">')[1].split("<")[0] for line in page.splitlines() if
         'class="fn">' in line}
    )  # fmt: skip
    wanted = ("title", "status", "resolution", "severity", "priority", "product", "component")
    assert sorted(set(named(found, *wanted))) == sorted(wanted)
    assert len(named(found, "created", "updated")) == 2


@pytest.mark.parametrize("path", files("zendesk", "*.json"), ids=lambda path: path.name)
def test_a_real_zendesk_payload_tells_its_tickets_comments_and_changes(path: Path) -> None:
    raw = loaded(path)
    body = raw["body"] if "_request" in raw else raw
    tickets = [*body.get("tickets", []), *filter(None, [body.get("ticket")])]
    tickets += [raw] if "raw_subject" in raw else []
    audits = [*body.get("audits", []), *filter(None, [body.get("audit")])]
    audits += [raw] if "events" in raw else []
    events = [event for audit in audits for event in audit["events"]]
    found = structure(path)
    subjects = [event for event in events if event.get("field_name") == "subject"]
    assert every(found, "title", "subject") == len(tickets) + len(subjects)
    assert every(found, "status", "status") == len(tickets)
    comments = [event for event in events if event["type"] == "Comment"]
    comments += [raw] if raw.get("type") == "Comment" else []
    described = [ticket for ticket in tickets if ticket["description"]]
    assert len(found.messages) == len(comments) + len(described)
    assert all(message.utc and message.author for message in found.messages)
    tracked = ("status", "priority", "assignee_id", "group_id")
    assert len(found.history) == len([e for e in events if e.get("field_name") in tracked and e.get(
        "value") is not None])  # fmt: skip
    assert len(found.articles) == ("section_id" in raw)
