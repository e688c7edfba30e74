"""What the fuzzer found, each as the smallest input that showed it."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from redaction import policy_named, read_raw
from redaction.detection.passes import Source, redact_documents
from redaction.detection.views.structure import Form
from tests.fake_detection import ListedNames


def shown(text: str, form: Form) -> str:
    [result] = redact_documents([[Source(text, form)]], ListedNames(), policy_named("default"))
    [clean] = result.texts
    assert clean is not None
    return clean.text


def test_a_sender_whose_name_holds_an_odd_character_is_still_a_person() -> None:
    clean = shown("From: Torgr~m Fjeldheim <torgrim@fjord.example>\n\nhi\n", "mail")
    assert "Torgr~m" not in clean
    assert "Fjeldheim" not in clean


@pytest.mark.parametrize("key", ["user", "author", "assignee", "From"])
def test_a_value_that_is_neither_login_nor_name_comes_to_an_end(key: str) -> None:
    assert "Ro~e" not in shown(f'{{"{key}": "Jane Ro~e"}}', "json")


@pytest.mark.parametrize("after", ["-", "--", "-\n", "_2026.pdf", "-backup.tar", "\x1b[1m--"])
def test_a_mail_address_goes_whatever_joint_follows_it(after: str) -> None:
    assert "jane.roe" not in shown(f"see jane.roe@corp.example{after}", "text")
    assert "jane.roe" not in shown(f"<PERSON_1>jane.roe@corp.example{after}", "text")


def test_a_mail_header_in_an_impossible_encoding_stays_as_it_stands() -> None:
    lines = b"From: a@b.example\nTo: c@d.example\nSubject: =?\x8b\x8bf-7?q?n?=\n\nhi\n"
    [artifact] = read_raw(BytesIO(lines)).artifacts
    assert artifact.media_type == "message/rfc822"


def test_an_archive_member_with_an_empty_name_is_quarantined() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("a", "hi")
        archive.writestr("b.txt", "all fine")
    # zipfile cuts a name at its first NUL: nothing is left of this one.
    raw = read_raw(BytesIO(packed.getvalue().replace(b"ahi", b"\0hi").replace(b"aPK", b"\0PK")))
    assert [artifact.text.reveal() for artifact in raw.artifacts] == ["all fine"]
    assert ["malformed name" in each.reason for each in raw.quarantined] == [True]
