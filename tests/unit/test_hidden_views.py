# ruff: noqa: E501, RUF001 - inputs are easier to check on one line, lookalikes are the point
"""What keys decide in each format, and what is found although it is spelled so as not to be."""

import base64
import json
import tomllib

import pytest
import yaml

from redaction import Keyring, RawArtifact, RawCase, RawText, Redactor, policy_named
from redaction.detection.passes import Source, redact_documents
from redaction.detection.splicing import Clean
from redaction.detection.views.hidden import normalised, plain_view
from redaction.detection.views.structure import Form, form_of
from tests.fake_detection import ListedNames

MAIL = "jane.roe@corp.example"


def shown(text: str, form: Form, *names: str) -> Clean:
    [result] = redact_documents(
        [[Source(text, form)]], ListedNames(*names), policy_named("default")
    )
    [clean] = result.texts
    assert clean is not None
    return clean


def clean(text: str, form: Form, *names: str) -> str:
    return shown(text, form, *names).text


def test_text_that_hides_nothing_is_its_own_view() -> None:
    text = "2026-03-17 09:04:12 ERROR connection to db refused after 30 s\n" * 3
    assert normalised(text) is text
    assert plain_view(text).fragments == ()


def test_spans_of_a_hidden_value_are_exact_in_the_original() -> None:
    text = "to j\u200bane.roe&#64;corp\u00ad.example, from ｊane.roe%40corp.example."
    spans = shown(text, "text").spans
    assert [text[span.start : span.end] for span in spans] == [
        "j\u200bane.roe&#64;corp\u00ad.example",
        "ｊane.roe%40corp.example",
    ]


def test_a_hidden_spelling_has_the_placeholder_of_the_plain_one() -> None:
    text = f"{MAIL} is j\u200bane.roe@corp.example is jane.roe\\u0040corp.example"
    one, two, three = clean(text, "text").split(" is ")
    assert one == two == three


def test_a_value_known_from_one_artifact_is_found_in_hidden_spellings_of_another() -> None:
    ticket = '{"author": "Torgrim Fjeldheim"}'
    log = "GET /find?who=Torgrim%20Fjeldheim\nТorgrim Fјeldheim\nTorgrim\u00a0Fjeld\u00adheim\n"
    parts = [
        RawArtifact("A1.json", RawText("a"), "application/json", RawText(ticket)),
        RawArtifact("A2.log", RawText("b"), "text/x-log", RawText(log)),
    ]
    raw = RawCase(RawText("case"), tuple(parts), ())
    case = Redactor(ListedNames(), policy_named("default"), Keyring(b"k" * 32)).redact_case(raw)
    text = case.case.artifacts[1].text
    assert text == "GET /find?who=<PERSON_1>\n<PERSON_1>\n<PERSON_1>\n"


def test_a_token_of_base64_is_replaced_whole_when_something_is_in_it() -> None:
    secret = base64.b64encode(b"login of " + MAIL.encode()).decode()
    assert clean(f"X-Debug {secret}, done", "text").endswith(">, done")
    harmless = base64.b64encode(b"nothing to see in here").decode()
    assert "nothing" in normalised(f"X-Debug {harmless}")


def test_a_name_in_combining_marks_is_the_composed_name() -> None:
    decomposed = "Jo\u0308rg Wra\u030ange"
    assert clean(f"called {decomposed} today", "text", "Jörg Wrånge") == "called <PERSON_1> today"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a plain word at the end of a long enough line of prose, jane@corp.example\nthen", "then"),
        ("password=Gr4nit-71 at the end of a line of more than forty characters Gr4nit-71\nuser", "user"),
    ],
)  # fmt: skip
def test_what_is_whole_on_its_line_does_not_swallow_the_next(text: str, left: str) -> None:
    assert clean(text, "text").endswith(f">\n{left}")


def test_a_token_wrapped_over_lines_goes_as_one() -> None:
    token = "AKIA" + "Q7XM2PLDNE5RTW3B"
    text = f"the key in the request that failed last night was this: {token[:8]}\n{token[8:]} ok"
    assert clean(text, "text").endswith(": <CLOUD_KEY_1> ok")


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("SECRET_KEY=VHJvbWJvbmUgb2YgYnJhc3MgODI0Nzk3MTIzNDU2Nzg5MDE=", "ERROR OrderService failed"),
        ("secret = VHJvbWJvbmUgb2YgYnJhc3MgODI=", "timeout = 30"),
        ("PASSWORD=", "MODE=fast"),
        ("connecting with the token of the week Fl0teFl0t7eXkQm82Zw", "exit-code 137 OOMKilled"),
        ("client_secret=q7Rw2Zk9-mT4vB8sLh3Nd-R6yJc5gF-99", "503 Service Unavailable"),
    ],
)  # fmt: skip
def test_a_line_that_says_something_of_its_own_is_not_joined(text: str, second: str) -> None:
    assert clean(f"{text}\n{second}\n", "text").endswith(f"\n{second}\n")


def test_a_quoted_mail_wraps_a_value() -> None:
    text = "> the address that we wrote to is jane.roe@corp\n> .example since May"
    assert clean(text, "text").endswith("@<DOMAIN_1> since May")


def test_json_in_a_log_line_is_read_by_its_keys_and_stays_json() -> None:
    payload = '{"assignee": {"displayName": "al beck"}, "account_id": 90817264}'
    text = f"2026-03-17 09:04:12 INFO got {payload} in 5ms"
    result = clean(text, "text")
    loaded = json.loads(result.partition("got ")[2].removesuffix(" in 5ms"))
    assert "beck" not in result
    assert loaded["account_id"] == "<ACCOUNT_1>"


def test_json_inside_a_json_string_is_read_by_its_keys() -> None:
    inner = json.dumps({"password": "hunter22x", "mail": MAIL})
    loaded = json.loads(clean(json.dumps({"body": inner}), "json"))
    assert "hunter22x" not in loaded["body"]
    assert MAIL not in loaded["body"]


def test_a_har_file_keeps_the_names_of_headers_and_cookies() -> None:
    request = {
        "headers": [
            {"name": "Authorization", "value": "Bearer Zk3nQ8xv71LmPq0dRt5w"},
            {"name": "Cookie", "value": "sid=9f8a7b6c5d4e; theme=midnight-blue"},
            {"name": "Accept", "value": "text/html"},
        ],
        "cookies": [{"name": "sid", "value": "9f8a7b6c5d4e"}],
        "queryString": [{"value": "Tr0mb0ne-9", "name": "password"}],
    }
    text = clean(json.dumps({"log": {"entries": [{"request": request}]}}), "json")
    loaded = json.loads(text)["log"]["entries"][0]["request"]
    assert not any(gone in text for gone in ("Zk3nQ8", "9f8a7b6c", "midnight", "Tr0mb0ne"))
    assert loaded["headers"][1]["value"].startswith("sid=<")
    assert "; theme=<" in loaded["headers"][1]["value"]
    assert loaded["headers"][2]["value"] == "text/html"


def test_a_cookie_header_in_text_keeps_its_names_and_attributes() -> None:
    text = "Set-Cookie: SESSION=abcdef0123456789; Path=/; HttpOnly; Max-Age=3600"
    result = clean(text, "text")
    assert result.startswith("Set-Cookie: SESSION=<")
    assert result.endswith(">; Path=/; HttpOnly; Max-Age=3600")


def test_neighbours_say_what_a_value_is() -> None:
    rows = [
        {"name": "torgrim fjeldheim", "email": MAIL},
        {"name": "Checkout", "status": "down"},
        {"field": "assignee", "fromString": "Al Beck", "toString": "Bo Lund"},
        {"type": "user_reference", "summary": "Ann Teak"},
        {"type": "service_reference", "summary": "Order Desk"},
    ]
    loaded = json.loads(clean(json.dumps(rows), "json"))
    assert loaded[0]["name"] == "<PERSON_1>"
    assert loaded[1] == rows[1]
    assert loaded[2] == {"field": "assignee", "fromString": "<PERSON_2>", "toString": "<PERSON_3>"}
    assert loaded[3]["summary"] == "<PERSON_4>"
    assert loaded[4] == rows[4]


def test_a_name_column_beside_mail_addresses_holds_people() -> None:
    text = 'name;email;note\n"fjeldheim, torgrim";t@corp.example;ok\n'
    assert clean(text, "csv").splitlines()[1].startswith('"<PERSON_1>";')


def test_yaml_keeps_anchors_aliases_and_blocks() -> None:
    text = (
        "base: &jobs {host: 10.20.30.40, author: 'torgrim fjeldheim'} # by jane.roe@corp.example\n"
        'copy: *jobs\nmail: "jane.roe\\x40corp.example"\npassword: |\n  hunter22x\n'
    )
    result = clean(text, "yaml")
    loaded = yaml.safe_load(result)
    assert loaded["copy"] == loaded["base"] == {"host": "<IP_1.1>", "author": "<PERSON_1>"}
    assert loaded["password"].strip() == "<PASSWORD_1>"
    assert "roe" not in result


def test_toml_numbers_become_strings() -> None:
    text = "[service]\naccount_id = 90_817_264\nhosts = ['10.20.30.40']\nwhen = 2026-03-14\n"
    loaded = tomllib.loads(clean(text, "toml"))["service"]
    assert loaded["account_id"] == "<ACCOUNT_1>"
    assert loaded["hosts"] == ["<IP_1.1>"]
    assert str(loaded["when"]) == "2026-03-14"


def test_xml_elements_attributes_and_properties_are_keys() -> None:
    text = (
        "<a><author>torgrim fjeldheim</author><add key='password' value='hunter22x'/>"
        "<property name='assignee'><![CDATA[al beck]]></property><Item_1 ip='10.20.30.40'/></a>"
    )
    result = clean(text, "xml")
    assert result.startswith("<a><author>&lt;PERSON_1&gt;</author>")
    assert "<![CDATA[<PERSON_2>]]>" in result
    assert "hunter22x" not in result
    assert "<Item_1 ip='&lt;IP_1.1&gt;'/>" in result


def test_the_encoded_words_of_a_mail_header_are_read() -> None:
    name = base64.b64encode("Jörg Wrånge".encode()).decode()
    text = f"From: =?utf-8?B?{name}?= <jw@corp.example>\nSubject: =?utf-8?Q?J=C3=B6rg?=\n\nhello"
    result = clean(text, "mail")
    assert name not in result
    assert result.startswith("From: <PERSON_1> <")
    assert "=C3=B6rg" not in result


@pytest.mark.parametrize("form", ["json", "yaml", "toml", "csv", "xml", "html", "mail"])
def test_text_that_is_not_what_it_says_is_still_redacted(form: Form) -> None:
    text = f'{{"a": [ <b & c: - "x\nauthor: Al Beck\npassword=hunter22x, {MAIL}\n'
    result = clean(text, form)
    assert "hunter22x" not in result
    assert MAIL not in result


def test_the_name_of_a_file_tells_settings_from_yaml() -> None:
    assert form_of("application/yaml", "app.properties") == "settings"
    assert form_of("application/yaml", "deploy.yaml") == "yaml"
    assert form_of("text/plain", "pyproject.toml") == "toml"
    assert form_of("application/xml", "feed.xml") == "xml"


@pytest.mark.parametrize(
    "text",
    [
        "LONG_SETTING_NAME=" + "4b" * 20 + "\nLOG_LEVEL=debug\n",
        "the licence key is ABCDE-F2345-GHI6J-K7890-LMN1O\nmaria@corp.example\n",
        "curl with the token 1f3870be274f6c49b3e31a0c6728957f12345678\ncurl again\n",
    ],
)
def test_a_line_that_stands_for_itself_is_not_joined_to_the_one_above(text: str) -> None:
    shown = clean(text, "text").splitlines()
    assert len(shown) == 2
    assert shown[1] in ("LOG_LEVEL=debug", "<EMAIL_1>@<DOMAIN_1>", "curl again")
