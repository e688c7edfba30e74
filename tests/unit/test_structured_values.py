# ruff: noqa: E501 - inputs are easier to check on one line
"""What headings, keys and names of a format decide, and that the format holds afterwards."""

import csv
import io
import json
import tomllib
from xml.etree import ElementTree

import pytest
import yaml

from redaction import Keyring, RawArtifact, RawCase, RawText, Redactor, policy_named
from redaction.detection.passes import Source, redact_documents
from redaction.detection.views.structure import Form
from redaction.intake.hypertext import text_of_html
from tests.fake_detection import ListedNames


def clean(text: str, form: Form, *names: str) -> str:
    [result] = redact_documents(
        [[Source(text, form)]], ListedNames(*names), policy_named("default")
    )
    [shown] = result.texts
    assert shown is not None
    return shown.text


def rows(text: str, mark: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=mark))


# Tables as CSV


@pytest.mark.parametrize(
    "heading",
    ["Full name", "Assignee", "Contact", "Vorname", "Nachname", "Prénom", "Ansprechpartner", "Reporter", "Cognome", "Voornaam", "Etternavn", "Apellidos", "Created by", "Customer contact", "CONTACT NAME"],
)  # fmt: skip
def test_a_heading_types_its_column_even_where_the_value_looks_like_words(heading: str) -> None:
    shown = rows(clean(f"Id,{heading},Note\n1,Will Rose,the rose\n", "csv"))
    assert shown == [["Id", heading, "Note"], ["1", "<PERSON_1>", "the rose"]]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_headings_in_german_type_every_cell(mark: str) -> None:
    lines = [
        ["Name", "Straße", "PLZ", "Ort", "Telefon", "E-Mail", "Geburtsdatum", "Kunde"],
        ["Will Rose", "Gartenweg 5", "80331", "München", "0171/2345678", "w.rose@corp.example", "1.3.1984", "Brightwater"],
    ]  # fmt: skip
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(lines)
    head, row = rows(clean("\ufeff" + out.getvalue(), "csv"), mark)
    assert [cell.lstrip("\ufeff") for cell in head] == lines[0]
    assert len(row) == len(head)
    assert row[3] == "München"
    assert all(cell.startswith("<") for at, cell in enumerate(row) if at != 3)


@pytest.mark.parametrize(
    "table",
    [
        "Name,Status,Namespace\ncheckout,Running,payments\nGrace,Running,payments\n",
        "Name,Version\nredis,7.2\nmongo,7.0\n",
        "Name,Status\nOrder Service,up\nPayment Gateway,down\n",
        "Host,Name,Contact mail\nweb,checkout,\nweb,order-api,\n",
    ],
)
def test_names_of_services_are_no_persons(table: str) -> None:
    assert clean(table, "csv") == table


@pytest.mark.parametrize(
    "table",
    [
        "Name,Status\nWill Rose,active\nMay West,away\n",
        "Nom;Service\nWill Rose;ventes\n",
        "Name,Department\nwill rose,Sales\n",
        "Name,E-Mail\nOttoline Marsk,\n",
    ],
)
def test_names_of_people_are_persons_whatever_stands_beside_them(table: str) -> None:
    assert "<PERSON_1>" in clean(table, "csv")
    assert not any(word in clean(table, "csv").lower() for word in ("rose", "west", "marsk"))


def test_a_long_row_of_headings_stays_as_it_is() -> None:
    head = (
        "First Name,Last Name,Street,City,State,Zip,Country,Lat,Long,Phone,Apartment,Blocker count"
    )
    text = f"{head}\nWill,Rose,12 Garden Lane,Springfield,IL,62704,USA,39.78171,-89.65011,2175550101,4b,2\n"
    shown = clean(text, "csv", "Street")
    assert shown.splitlines()[0] == head
    cells = rows(shown)[1]
    assert [cells[at] for at in (3, 4, 6, 11)] == ["Springfield", "IL", "USA", "2"]
    assert all(cells[at].startswith("<") for at in (0, 1, 2, 5, 7, 8, 9))


def test_a_first_row_of_data_is_redacted() -> None:
    text = "Ottoline Marsk,jane.roe@corp.example,active\nTorgrim Fjeldheim,t@corp.example,away\n"
    shown = clean(text, "csv", "Ottoline Marsk", "Torgrim Fjeldheim")
    assert not any(gone in shown for gone in ("Ottoline", "roe", "Torgrim"))


def test_a_person_who_is_a_heading_goes_too() -> None:
    text = "Date,Torgrim Fjeldheim,Order count\n2026-01-02,8,7\nasked,Torgrim Fjeldheim,no\n"
    head, *_ = rows(clean(text, "csv", "Torgrim Fjeldheim"))
    assert head == ["Date", "<PERSON_1>", "Order count"]


def test_an_export_of_a_tracker_keeps_its_many_columns_and_long_cells() -> None:
    head = [
        "Summary",
        "Issue key",
        "Priority",
        "Assignee",
        "Reporter",
        *(["Comment"] * 60),
        *(["Watchers"] * 50),
    ]
    body = ['It "fails"\nbadly,\n; ask al', "AB-1", "Blocker", "albeck", "Will Rose"]
    body += ["01/Jan/24 9:02 AM;wrose;hello;\n- one\n- two"] * 60 + ["mwest"] * 50
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, body])
    shown = rows(clean(out.getvalue(), "csv", "Blocker"))
    assert shown[0] == head
    assert [len(row) for row in shown] == [len(head)] * 2
    assert shown[1][0] == body[0]
    assert shown[1][2] == "Blocker"
    text = json.dumps(shown)
    assert not any(gone in text for gone in ("wrose", "mwest", "albeck", "Will Rose"))


def test_a_column_of_fields_tells_what_stands_beside_it() -> None:
    text = "Field,Old value,New value\nassignee,Will Rose,May West\nstatus,Open,Closed\n"
    assert clean(text, "csv").splitlines()[1:] == [
        "assignee,<PERSON_1>,<PERSON_2>",
        "status,Open,Closed",
    ]


# Tables of a page, and in a text


def test_the_headings_of_an_html_table_are_keys() -> None:
    page = (
        "<html><table>\n<tr>\n <th>Name</th>\n <th>Password</th><th>Room</th></tr>\n"
        "<tr><td>Will <b>Rose</b></td>\n<td>hunter22x</td><td>4</td></tr>"
        "<tr><td></td><td>Gr4nit-71</td><td>5</td></tr></table></html>"
    )
    lines = [line for line in clean(text_of_html(page), "text").splitlines() if line]
    assert lines == ["Name\tPassword\tRoom", "<PERSON_1>\t<PASSWORD_1>\t4", "-\t<PASSWORD_2>\t5"]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><th>Contact</th><td>will rose</td></tr><tr><th>Password:</th><td>hunter22x</td></tr></table>",
        "<table><tr><td>Contact</td><td>will rose</td></tr><tr><td>Password</td><td>hunter22x</td></tr></table>",
        "<dl>\n<dt>Contact</dt>\n<dd>will rose</dd>\n<dt>Password</dt><dd>hunter22x</dd></dl>",
    ],
)
def test_a_first_column_and_the_terms_of_a_list_are_keys(page: str) -> None:
    shown = clean(text_of_html(f"<html><p>Hello</p>{page}</html>"), "text")
    assert "Contact\t<PERSON_1>" in shown
    assert "<PASSWORD_1>" in shown
    assert "hunter22x" not in shown


def test_a_row_that_holds_blocks_of_lines_is_read_line_by_line() -> None:
    page = "<html><table><tr><td><p>one</p><pre>two\nthree</pre></td></tr></table></html>"
    assert text_of_html(page).splitlines() == ["one", "", "two", "three"]


@pytest.mark.parametrize(
    "page",
    [
        '<div class="row"><div class="field-label">Contact:</div> <div class="v">will rose</div></div>',
        '<span class="label">Contact</span><b>will rose</b>',
        "<label>Contact</label> <span>will rose</span>",
        "<table><tr><td><p>Contact</p></td><td><div>will rose</div></td></tr></table>",
    ],
)
def test_a_label_is_the_key_of_what_stands_next_to_it(page: str) -> None:
    shown = clean(text_of_html(f"<html>{page}</html>"), "text")
    assert "<PERSON_1>" in shown
    assert "rose" not in shown


@pytest.mark.parametrize("form", ["html", "xml"])
def test_the_tables_of_a_document_that_stays_markup_are_read_too(form: Form) -> None:
    text = (
        "<html><body><table><tr><th>Name</th><th>Password</th></tr>\n<tr><td>will rose</td><td>hunter22x</td></tr>"
        "</table><dl><dt>Contact</dt><dd>May <i>West</i></dd></dl><table><tr><th>Status</th><td>Open</td></tr></table></body></html>"
    )
    shown = clean(text, form)
    before, after = ElementTree.fromstring(text), ElementTree.fromstring(shown)
    assert [each.tag for each in after.iter()] == [each.tag for each in before.iter()]
    assert not any(gone in shown for gone in ("rose", "hunter22x", "May", "West"))
    assert "<td>Open</td>" in shown


@pytest.mark.parametrize(
    "table",
    ["| Name | Mail |\n|------|------|\n| Will Rose | |\n| May West | |", "||Assignee||Status||\n|will rose|open|", "NAME\tPHONE\nWill Rose\t01712345678\n"],
)  # fmt: skip
def test_the_headings_of_a_table_in_a_text_are_keys(table: str) -> None:
    shown = clean(f"See below:\n\n{table}\n\nThanks", "text")
    assert "<PERSON_1>" in shown
    assert "rose" not in shown.lower()
    assert shown.startswith("See below:\n\n" + table.partition("\n")[0])


def test_a_table_of_things_stays() -> None:
    text = "NAME\tSTATUS\tAGE\norder-api\tRunning\t4d\nledger\tPending\t2d\n"
    assert clean(text, "text") == text


# JSON


def test_a_birth_in_parts_goes_and_the_document_holds() -> None:
    birth = {"year": 1984, "month": "March", "day": 1}
    shown = json.loads(clean(json.dumps({"birth": birth, "created": birth}), "json"))
    assert all(str(part).startswith("<BIRTHDATE_") for part in shown["birth"].values())
    assert shown["created"] == birth


@pytest.mark.parametrize("key", ["phone", "mobile", "tel", "msisdn", "Handy"])
@pytest.mark.parametrize("number", [4111111111111111, 15550102030, 491712345678])
def test_a_number_under_a_key_of_phones_is_a_phone(key: str, number: int) -> None:
    assert json.loads(clean(json.dumps({key: number}), "json")) == {key: "<PHONE_1>"}


@pytest.mark.parametrize(
    "key", ["hostname", "host_name", "serverName", "node-name", "Computer name"]
)
def test_the_name_of_a_machine_may_look_like_any_word(key: str) -> None:
    assert json.loads(clean(json.dumps({key: "titan"}), "json")) == {key: "<HOST_1>"}
    kept = {key: "localhost", "server": "nginx"}
    assert json.loads(clean(json.dumps(kept), "json")) == kept


@pytest.mark.parametrize(
    ("payload", "kept"),
    [
        ({"real_name": "al beck", "profile": {"real_name_normalized": "al beck", "skype": "albeck7", "avatar_hash": "g6e7071ea93d"}, "id": "U0BMYT2FL"}, ""),
        ({"assignee": {"displayName": "al beck", "key": "albeck", "accountId": "557058:0b1c", "active": True}}, ""),
        ({"caller_id": {"display_value": "al beck", "value": "62826bf03710200044e0bfc8bcbe5df1"}, "state": "New"}, "New"),
        ({"from": {"user": {"displayName": "al beck", "id": "8ea0e38b", "userPrincipalName": "albeck@corp.example"}}}, ""),
        ({"requester": {"name": "al beck", "email": "albeck@corp.example"}, "subject": "It fails"}, "It fails"),
        ({"requested_by": {"display_value": "al beck", "link": "x"}, "number": {"display_value": "CHG0000024"}}, "CHG0000024"),
        ({"user": {"login": "albeck", "avatar_url": "https://avatars1.example.com/u/21031067?v=4", "id": 21031067}}, "avatars1"),
    ],
)  # fmt: skip
def test_the_people_of_an_export_go_by_their_keys(payload: dict[str, object], kept: str) -> None:
    shown = clean(json.dumps(payload), "json")
    json.loads(shown)
    assert kept in shown
    for gone in ("beck", "21031067", "U0BMYT2FL", "g6e7071ea93d", "557058", "62826bf0", "8ea0e38b"):
        assert gone not in shown


def test_a_choice_of_a_form_is_no_person() -> None:
    fields = {"priority": {"name": "Blocker"}, "status": "May", "resolution": "Will Rose"}
    shown = json.loads(clean(json.dumps(fields), "json", "Blocker", "May"))
    assert shown["priority"] == {"name": "Blocker"}
    assert shown["status"] == "May"


def test_a_person_who_is_known_goes_from_a_choice_too() -> None:
    fields = {"assignee": "Ottoline Marsk", "status": "Ottoline Marsk"}
    assert "Ottoline" not in clean(json.dumps(fields), "json")


def test_keys_of_a_format_are_nobody() -> None:
    text = json.dumps({"@timestamp": "2026-01-02T10:00:00Z", "@version": "1"})
    assert clean(text, "json") == text


# YAML, XML and TOML


def test_a_name_over_two_lines_of_yaml_is_found_as_one() -> None:
    text = (
        "plain: found by Ottoline\n  Marsk at\n  night\nsingle: 'it''s Ottoline\n  Marsk'\n"
        'double: "Ottoline \\\n  Marsk"\nfolded: >\n  asked Ottoline\n  Marsk\n\n  again\nauthor: Al\n  Beck\n'
    )
    shown = clean(text, "yaml", "Ottoline Marsk")
    assert yaml.safe_load(shown) == {
        "plain": "found by <PERSON_1> at night",
        "single": "it's <PERSON_1>",
        "double": "<PERSON_1>",
        "folded": "asked <PERSON_1>\nagain\n",
        "author": "<PERSON_2>",
    }


def test_a_value_behind_an_anchor_or_a_tag_keeps_them() -> None:
    text = (
        "author: &lead \"Ottoline Marsk\"\nowner: *lead\nemail: !!str &m 'jane.roe@corp.example'\n"
    )
    shown = clean(text, "yaml")
    assert shown.startswith('author: &lead "<PERSON_1>"\nowner: *lead\nemail: !!str &m \'<')
    assert yaml.safe_load(shown)["owner"] == "<PERSON_1>"


def test_names_of_elements_attributes_and_anchors_that_are_people_go_and_the_format_holds() -> None:
    text = (
        "<root><author>Torgrim Fjeldheim</author><user>tfjeldheim</user><Fjeldheim login='tfjeldheim'>"
        "<x fjeldheim='1' tfjeldheim='2'/></Fjeldheim><fjeldheim/></root>"
    )
    shown = clean(text, "xml")
    loaded = ElementTree.fromstring(shown)
    assert "fjeldheim" not in shown.lower()
    assert [each.tag for each in loaded] == ["author", "user", "PERSON_1", "PERSON_1-2"]
    assert len(loaded[2][0].attrib) == 2


def test_anchors_and_aliases_stay_pairs() -> None:
    text = "author: Torgrim Fjeldheim\nuser: &tfjeldheim tfjeldheim\nlast: *tfjeldheim\nbase: &fjeldheim\n  a: 1\nb: *fjeldheim\n"
    shown = clean(text, "yaml")
    loaded = yaml.safe_load(shown)
    assert "fjeldheim" not in shown.lower()
    assert loaded["last"] == loaded["user"] == "<PERSON_1>"
    assert loaded["b"] == {"a": 1}


def test_bare_keys_of_toml_that_are_people_go() -> None:
    text = "author = 'Torgrim Fjeldheim'\nuser = 'tfjeldheim'\n[fjeldheim.limits]\ntfjeldheim = 5\nfjeldheim = 6\n"
    shown = clean(text, "toml")
    assert "fjeldheim" not in shown.lower()
    assert sorted(tomllib.loads(shown)["PERSON_1"]["limits"].values()) == [5, 6]


def test_an_element_with_the_name_of_a_person_in_another_artifact_goes() -> None:
    parts = [
        RawArtifact("A1.json", RawText("a"), "application/json", RawText('{"author": "Torgrim Fjeldheim"}')),
        RawArtifact("A2.xml", RawText("b"), "application/xml", RawText("<fjeldheim><n>4</n></fjeldheim>")),
    ]  # fmt: skip
    raw = RawCase(RawText("case"), tuple(parts), ())
    case = Redactor(ListedNames(), policy_named("default"), Keyring(b"k" * 32)).redact_case(raw)
    assert case.case.artifacts[1].text == "<PERSON_1><n>4</n></PERSON_1>"


# Phones


@pytest.mark.parametrize(
    "number",
    ["0171/2345678", "0171 / 23 45 67 8", "(089) 12 34 56 78", "+49 (0) 89 1234567", "+49 (0)89/1234567-89", "0049 89 1234567", "+44 (0)20 7946 0958", "(217) 555-0101 ext. 22", "217-555-0101 x22", "(089) 1234567", "01 23 45 67 89"],
)  # fmt: skip
def test_a_phone_number_goes_whole_without_a_word_that_tells(number: str) -> None:
    assert clean(f"please try {number} today", "text") == "please try <PHONE_1> today"


@pytest.mark.parametrize(
    "cue", ["Tel.:", "Tel.", "Fax", "Mob.", "Telefon:", "Tel (office):", "Tél. :", "Rufnummer"]
)
def test_a_phone_number_behind_its_word_goes_whole(cue: str) -> None:
    assert clean(f"{cue} 089 / 12345-0 please", "text") == f"{cue} <PHONE_1> please"


@pytest.mark.parametrize(
    "text",
    [
        "dump 0049 8912 1234 ff", "steps 01 02 03 04 05 done", "bytes 00 01 23 45 67 89 ab", "ratio 0123/456 of 012/34",
        "build 2024/0012345", "ports 8080/8443", "took 0.123/0.456 at 2024-01-02 03:04:05", "version 1.2.3-0456",
        "part no 0123-4567-8901-2345-678", "job (12) 345 678 done", "on 01/02/2024 12:00 and 03-04-2024", "id 000123/456789",
    ],
)  # fmt: skip
def test_ids_ports_ratios_versions_and_times_are_no_phones(text: str) -> None:
    assert clean(text, "text") == text


def test_two_values_in_one_encoded_word_of_a_mail_leave_the_headers_whole() -> None:
    text = (
        "From: al@corp.example\nSubject: =?utf-8?q?by_Ottoline_Marsk=2C_jane=2Eroe=40corp=2Eexample?=\n"
        'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: base64\nMIME-Version: 1.0\n\nhello\n'
    )
    shown = clean(text, "mail", "Ottoline Marsk")
    assert "Content-Transfer-Encoding: base64\nMIME-Version: 1.0\n\nhello" in shown
    assert "Marsk" not in shown
