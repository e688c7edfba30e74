# ruff: noqa: E501 - a case is easier to check on one line
"""Where secrets stand in files, commands, headers and links, and what stays around them.

The values are invented and put together at run time, so that no scanner takes this file for a leak.
"""

import pytest

from redaction.detection.passes import Source, redact_documents
from redaction.detection.splicing import Clean
from redaction.detection.views.structure import Form
from tests.fake_detection import ListedNames
from tests.unit.test_secrets import HEX, POLICY, drawn, hand

KEY_ID = "AK" + "IA" + "Q3ZK7WXN2MTB5RDH"
MANIFEST = """\
apiVersion: v1
kind: Secret
metadata:
  name: db-cred
data:
  pw: aHVudGVy
  ca.crt: Zm9v
stringData:
  conf: blue-kite
  long: |
    first-line
    second-line
"""
AS_JSON = (
    '{"data":{"pw":"aHVudGVy","ca.crt":"Zm9v"},"stringData":{"conf":"blue-kite",'
    '"long":"first-line"},"kind":"Secret","metadata":{"name":"db-cred"}}'
)


def formed(text: str, form: Form) -> Clean:
    clean = redact_documents([[Source(text, form)]], ListedNames(), POLICY)[0].texts[0]
    assert clean is not None
    return clean


@pytest.mark.parametrize(
    ("text", "form"),
    [(MANIFEST, "yaml"), (f"see:\n{MANIFEST}there", "text"), (AS_JSON, "json"), (AS_JSON, "text")],
)
def test_every_value_of_a_kubernetes_secret_is_dropped(text: str, form: Form) -> None:
    clean = formed(text, form)
    for value in ("aHVudGVy", "Zm9v", "blue-kite", "first-line"):
        assert value not in clean.text
    for kept in ("Secret", "metadata", "db-cred", "ca.crt", "conf"):
        assert kept in clean.text
    assert {span.action for span in clean.spans} == {"drop"}


def test_the_data_of_another_manifest_stays() -> None:
    text = "kind: ConfigMap\ndata:\n  mode: fast\n---\nkind: Secret\ndata:\n  pw: Zm9v\n"
    for form in ("yaml", "text"):
        clean = formed(text, form)
        assert "mode: fast" in clean.text
        assert "Zm9v" not in clean.text


@pytest.mark.parametrize(
    ("text", "gone", "kept"),
    [
        # connection strings
        ("Driver={{SQL 17}};Uid=app;Pwd={{{}}};Encrypt=yes", "p@ss;w0rd", "Encrypt=yes"),
        ("jdbc:sqlserver://db1:1433;user=app;password={{{}}};encrypt=true", "p@ss;w0rd", "encrypt=true"),
        ("jdbc:mysql://db1/x?user=app&password={}&useSSL=true", "R4bbit!82", "useSSL=true"),
        ('Server=db1;User Id=app;Password="{}";Timeout=5', "p;ss w0rd", "Timeout=5"),
        ("https://jane:{}@host.example/", "pw%263", "https://"),
        # settings in markup
        ('see <property name="db.pw" value="{}"/> there', "R4bbit-82", "db.pw"),
        ('see <property name="db.pw">{}</property> there', "R4bbit-82", "</property>"),
        ('see <property name="db.password">{}</property> there', "rabbit", "</property>"),
        # commands
        ("net use Z: \\\\srv1\\data /user:DOM\\roe {}", "Rabbit82", "net use Z:"),
        ("net use \\\\srv1\\data {} /user:DOM\\roe", "Rabbit82", "/user:"),
        ("deploy --apikey={} now", drawn(20), "--apikey="),
        ('command: ["mysql","-u","maja","-p{}"]', "R4bbit82", '"-p'),
        ('["login","--password","{}"]', "rabbit82", "--password"),
        ("args:\n  - --db-password\n  - {}\n  - -v\n", "rabbit82", "  - -v\n"),
        ("mysql -h db -u roe -p{} orders", "Rabbit82", "orders"),
        # keys
        ("X-Api-Key: {}", "7f3a9c2e", "X-Api-Key: "),
        ("aws_secret_access_key = {}", "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY", "access_key"),
        ("id {} there", "AK" + "IAIOSFODNN7" + "EXAMPLE", "there"),
        ('private_key_base64 = "{}"', drawn(29), "base64"),
        ('coinbox_key: "{}"', drawn(32), "coinbox_key"),
        ('variable "db_api_token" {{ default = "{}" }}', drawn(20), "default"),
        ("password: ENC({})", drawn(16), "password: "),
        # headers
        ("Authorization: Negotiate {}", "YIIKfQYGKwYBBQUCoIIKcTCCCm2gMDAuBgkqhkiC9xIBAgI", "Negotiate"),
        ("Authorization: Gadget {}", "7f3a9c2eaa", "Authorization: Gadget "),
        ("Authorization: GenieKey {}", "7f3a9c2e-1b52-4c2f-8d33-44a95b5c66d6", "GenieKey"),
        ('Authorization: Digest realm="x", uri="/a", response="{}"', HEX * 2, 'realm="x", uri="/a"'),
        # forms and papers
        ("RelayState=x&SAMLResponse={}&Submit=1", "PHNhbWxwOlJlc3BvbnNlIHhtbG5zPg%3D%3D", "&Submit=1"),
        ('form-data; name="SAMLResponse"\r\n\r\n{}\r\n--x--', "PHNhbWxwOlJlc3BvbnNlIHhtbG5zPg==", "--x--"),
        ("passport {} expired", "C01X00T47", "expired"),
        ("License Key: {}", "ABCD-1234-EF56-7890", "License Key: "),
    ],
)  # fmt: skip
def test_a_secret_is_dropped_and_what_stands_around_it_stays(
    text: str, gone: str, kept: str
) -> None:
    clean = hand(text.format(gone))
    assert gone not in clean.text
    assert kept in clean.text
    assert "drop" in {span.action for span in clean.spans}
    assert not [span for span in clean.spans if span.type == "OPAQUE_ID"]


@pytest.mark.parametrize("slashes", [1, 3])
def test_a_quote_inside_an_escaped_password_does_not_end_it(slashes: int) -> None:
    mark, inner = "\\" * slashes + '"', "\\" * (2 * slashes + 1) + '"'
    text = (
        f"got {{{mark}password{mark}:{mark}Rab{inner}bit82{mark},{mark}mode{mark}:{mark}x{mark}}}"
    )
    clean = hand(text)
    assert "Rab" not in clean.text
    assert "bit82" not in clean.text
    assert f"{mark}mode{mark}:{mark}x{mark}" in clean.text


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        (
            "https://b.example/o?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}%2F20260101%2Feu-west-1"
            "%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=900&X-Amz-Signature={}",
            (KEY_ID, HEX * 4),
        ),
        ("https://b.example/o?AWSAccessKeyId={}&Expires=1770000000&Signature={}%3D", (KEY_ID, drawn(27))),
        (
            "https://a.example/c/f.log?sv=2022-11-02&sp=rl&se=2026-02-01T00:00:00Z&spr=https&sig={}%3D",
            (drawn(43),),
        ),
        (
            "https://d.example/f.log?Expires=1770000000&Signature={}__&Key-Pair-Id=K2",
            (drawn(40),),
        ),
        (
            "https://g.example/b/o?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential={}%2F20260101%2Fauto"
            "%2Fstorage%2Fgoog4_request"
            "&X-Goog-Date=20260101T000000Z&X-Goog-Expires=900&X-Goog-Signature={}",
            ("svc-1%40p-2.iam.example", HEX * 4),
        ),
        (
            "Authorization: AWS4-HMAC-SHA256 Credential={}/20260101/eu-west-1/s3/aws4_request, "
            "SignedHeaders=host;x-amz-date, Signature={}",
            (KEY_ID, HEX * 4),
        ),
    ],
)  # fmt: skip
def test_a_signed_link_keeps_all_but_who_signed_it_and_the_signature(
    text: str, secrets: tuple[str, ...]
) -> None:
    clean = hand(text.format(*secrets))
    for value in secrets:
        assert value not in clean.text
    for part in text.split("?")[-1].split("{}"):
        assert part.removeprefix("%3D").removeprefix("__") in clean.text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('{"api_keys":["7f3a9c2e","9d4b8e1f"],"passwords":["rabbit","hare"]}', "json"),
        ("api_keys:\n  - 7f3a9c2e\n  - 9d4b8e1f\npasswords:\n  - rabbit\n  - hare\n", "yaml"),
        ('{"secrets":["7f3a9c2e","9d4b8e1f"],"passwords":["rabbit","hare"]}', "json"),
    ],
)
def test_a_list_under_a_secrets_key_is_dropped_whole(text: str, form: Form) -> None:
    clean = formed(text, form)
    assert [span.action for span in clean.spans] == ["drop"] * 4


def test_counts_and_names_in_the_plural_of_a_secret_stay() -> None:
    text = '{"max_tokens":4096,"tokens":["the","cat"],"secrets":["db-cred","tls_cert"]}'
    assert formed(text, "json").text == text


@pytest.mark.parametrize(
    "text",
    [
        'args: ["-u", "maja", "-h", "db:3306"]\n',
        'args: ["-u","maja"]\nlater: maja came\n',
        "mysql -u maja -p orders",
        "secretKeyRef:\n  name: db-cred\n  key: password\n",
        "token_endpoint=https://idp.example/token",
        "WWW-Authenticate: Bearer realm='api', error='invalid_token'",
        "Authorization: Bearer $TOKEN",
        "cache_key=orders:1234:abcd domain=org.example.kafka thread_id=8f14e45fceea",
    ],
)
def test_flags_names_and_references_are_no_secrets(text: str) -> None:
    assert not [span for span in hand(text).spans if span.action == "drop"]


@pytest.mark.parametrize(
    "text",
    [
        f"authToken=743b294a-cd03-11ec-9d64-{HEX[:12]}",  # a clock reading, not drawn
        f"api_key={HEX}{HEX.upper()}",  # nobody issues hexadecimal in both cases
        f"api_key={HEX}x{HEX}{HEX}",  # hexadecimal with a slip
        f"api_key={'q7Rw2Z' * 6}",  # the same piece again and again
        f"partition_key={HEX * 2}",
        f"apikey: hv{'s.'}{drawn(36)}",  # begins like a token of a vendor and is none
    ],
)
def test_what_no_issuer_gave_out_is_sealed_and_not_dropped(text: str) -> None:
    assert {span.action for span in hand(text).spans} == {"pseudonymise"}


def test_an_id_that_a_machine_drew_is_sealed_and_another_stays() -> None:
    assert "aB3dE7gH1jK5mN9q" not in hand("pool_id=aB3dE7gH1jK5mN9q").text
    assert hand("pool_id=4f5d8c7b6a59 job_id=build-7").text == "pool_id=4f5d8c7b6a59 job_id=build-7"
