"""What the fuzzer found, each as the smallest input that showed it."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from redaction import Artifact, OutboundGate, policy_named, read_raw
from redaction.detection.views.structure import Form
from redaction.text import mint
from tests.fake_detection import ListedNames, cleaned, shown


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


@pytest.mark.parametrize("form", ["xml", "html"])
def test_a_mail_address_in_angle_brackets_is_no_element(form: Form) -> None:
    clean = shown("<p>From: <torgrim@fjord.example> to <mailto:jane.roe@corp.example></p>", form)
    assert "&lt;EMAIL_1&gt;@&lt;DOMAIN_1&gt;" in clean
    assert "example" not in clean


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<users><jroe9-2 login='jroe9'>user=jroe9</jroe9-2><jroe9/></users>", "xml"),
        ("first: &jroe9 1\nuser: jroe9\nagain: *jroe9\n", "yaml"),
    ],
)
def test_what_stands_for_a_name_of_the_format_is_where_its_span_says(text: str, form: Form) -> None:
    clean = cleaned(text, form)
    artifact = Artifact("A1.x", mint("a"), f"application/{form}", mint(clean.text), clean.spans)
    placed = [clean.text[each.start : each.end] for each in artifact.placed()]
    assert "USER_1" in placed
    assert {each.strip("<>").replace("&lt;", "").replace("&gt;", "") for each in placed} == {
        "USER_1"
    }


def test_a_placeholder_behind_an_escape_is_replaced() -> None:
    assert "<PERSON_1>" not in shown("\x1b<PERSON_1>", "text")


@pytest.mark.parametrize("key", ["password", "-password", "--password"])
@pytest.mark.parametrize("colour", ["\x1b[1;31m", "\x9b1;31m"])
def test_a_colour_under_a_telling_key_is_no_password_and_what_it_colours_is(
    colour: str, key: str
) -> None:
    gate = OutboundGate(ListedNames(), policy_named("default"))
    alone = shown(f"{key}={colour}", "text")
    assert alone == f"{key}={colour}"
    gate.check(mint(alone))
    coloured = shown(f"{key}={colour}Gr4nit-71xy\x1b[0m", "text")
    assert "Gr4nit" not in coloured
    gate.check(mint(coloured))
