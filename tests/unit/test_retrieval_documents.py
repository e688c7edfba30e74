from dataclasses import replace
from datetime import UTC, datetime

import pytest

from redaction import RedactedRecord, read_time
from retrieval import Document, document
from retrieval.documents import content_hash
from tests.making import redacted
from tests.making_documents import a_document


def a_record(**fields: str) -> RedactedRecord:
    return RedactedRecord("C-1", {name: redacted(value) for name, value in fields.items()}, "ab12")


def read(fields: dict[str, str]) -> Document:
    return document(a_record(**fields), "case")


@pytest.mark.parametrize("name", ["title", "summary", "subject", "fields.summary"])
def test_a_title_is_found_under_each_of_its_names(name: str) -> None:
    assert read({name: "Checkout fails"}).title == "Checkout fails"


@pytest.mark.parametrize("name", ["description", "body", "text", "messages.0.text"])
def test_a_description_is_found_under_each_of_its_names(name: str) -> None:
    assert read({name: "Since noon"}).text == "Since noon"


def test_every_known_field_of_a_record_is_read() -> None:
    fields = {
        "created_at": "2026-03-01T12:00:00+01:00",
        "updatedAt": "2026-03-02",
        "Product": "Shop",
        "components": "api, web",
        "versions": "4.2",
        "fixVersions": "4.3",
        "status": "closed",
        "resolution": "Fixed",
        "root_cause": "pool size",
        "workaround": "rollback",
        "applies_to": ">=4",
        "superseded_by": "KB-2",
    }
    read_back = read(fields)
    assert read_back.created == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert read_back.updated == datetime(2026, 3, 2, tzinfo=UTC)
    assert (read_back.product, read_back.component) == ("Shop", "api, web")
    assert (read_back.version, read_back.fixed_version) == ("4.2", "4.3")
    assert (read_back.status, read_back.resolution) == ("closed", "Fixed")
    assert (read_back.root_cause, read_back.workaround) == ("pool size", "rollback")
    assert (read_back.applies_to, read_back.superseded_by) == (">=4", "KB-2")
    assert (read_back.id, read_back.kind, read_back.tenant) == ("C-1", "case", "ab12")


def test_absent_and_empty_fields_are_empty() -> None:
    read_back = read({"title": "", "subject": "Checkout"})
    assert read_back.title == "Checkout"
    assert read_back.text == ""
    assert read_back.created is None


def test_tags_lose_their_numbers() -> None:
    assert read({"title": "<PERSON_12> cannot pay"}).title == "<PERSON> cannot pay"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T12:00:00.000+0100", datetime(2026, 3, 1, 11, tzinfo=UTC)),
        ("2026-03-01 12:00:00 UTC", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("1772366400", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("1772366400000", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("٣٣٣٣٣٣٣٣٣٣", None),
        ("", None),
    ],
)
def test_times_are_read_as_utc_or_not_at_all(text: str, time: datetime | None) -> None:
    assert read_time(text) == time


def test_equal_documents_have_equal_hashes_and_any_change_shows() -> None:
    one = a_document("C-1", "Checkout", "fails")
    assert content_hash(one) == content_hash(a_document("C-1", "Checkout", "fails"))
    changes = [
        replace(one, title=redacted("Checkoutf"), text=redacted("ails")),
        replace(one, workaround=redacted("rollback")),
        replace(one, created=datetime(2026, 3, 1, tzinfo=UTC)),
        replace(one, kind="kb"),
        replace(one, tenant="ab"),
    ]
    assert content_hash(one) not in {content_hash(change) for change in changes}
