"""What the first pass takes for a secret, for an official number, for an id, and what it leaves.

The values are invented and put together at run time, so that no scanner takes this file for a leak.
"""

import base64
import json

import pytest

from redaction import policy_named
from redaction.detection.passes import Source, redact_documents
from redaction.detection.splicing import Clean
from tests.fake_detection import ListedNames

POLICY = policy_named("default")


def hand(text: str) -> Clean:
    clean = redact_documents([[Source(text, "text")]], ListedNames(), POLICY)[0].texts[0]
    assert clean is not None
    return clean


def drawn(size: int, alphabet: str = "k7Qw2ZpX9mT4vB8sLh3NdR6yJc5gF") -> str:
    """Draw letters and digits as a machine does, the same each time."""
    state, out = 20_011, ""
    while len(out) < size:
        state = state * 48_271 % 2_147_483_647
        out += alphabet[state % len(alphabet)]
    return out


HEX = "a3f90c7e15b2d846"
RANDOM = drawn(40)
WORD = "Gr4nit" + "-Kette"


def jwt() -> str:
    parts = ({"alg": "HS256"}, {"sub": "jane.roe"})
    coded = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts
    ]
    return ".".join((*coded, RANDOM))


DROPPED = [
    # vendors
    ("AK" + "IA" + "Q3ZK7WXN2MTB5RDH", "{}", "CLOUD_KEY"),
    ("gh" + "p_" + drawn(36), "pushed with {} today", "API_KEY"),
    ("gl" + "pat-" + drawn(20), "{}", "API_KEY"),
    ("xo" + "xb-" + "48120973315-48120973316-" + drawn(24), "bot {}", "API_KEY"),
    ("sk" + "_live_" + drawn(24), "{}", "API_KEY"),
    ("S" + "G." + drawn(22) + "." + drawn(43), "{}", "API_KEY"),
    ("AGE-SECRET" + "-KEY-1" + drawn(58).upper(), "{}", "PRIVATE_KEY"),
    ("do" + "p_v1_" + HEX * 4, "{}", "CLOUD_KEY"),
    (jwt(), "seen {} there", "JWT"),
    # key and value
    (RANDOM, "api_key={}", "API_KEY"),
    (RANDOM, "dbsecret: '{}'", "SECRET"),
    (HEX * 2, 'accessToken: "{}",', "TOKEN"),
    (WORD, "DB_PASSWORD={}", "PASSWORD"),
    (WORD, 'if password == "{}":', "PASSWORD"),
    (WORD, "password2: {}", "PASSWORD"),
    (RANDOM, 'Header.Set("x-api-key", "{}")', "TOKEN"),
    (WORD, '<add key="MailPassword" value="{}"/>', "PASSWORD"),
    (RANDOM, "//packages.example/:_authToken={}", "TOKEN"),
    # addresses and connection strings
    (WORD, "postgres://app:{}@db.example/orders", "PASSWORD"),
    (WORD, "Server=db1;Database=x;User Id=roe;Password={};Timeout=5", "PASSWORD"),
    (WORD, "jdbc:oracle:thin:roe/{}@//db:1521/x", "PASSWORD"),
    # commands and files
    (WORD, "psexec \\\\srv1 -u roe -p {} cmd", "PASSWORD"),
    (WORD, "sshpass -p {} ssh app@db", "PASSWORD"),
    (WORD, "curl -u roe:{} https://api.example", "PASSWORD"),
    (WORD, "Login-App -ClientSecret '{}'", "PASSWORD"),
    (WORD, "machine ftp.example login roe password {}", "PASSWORD"),
    (WORD, "db.example:5432:orders:roe:{}", "PASSWORD"),
    ("$6$" + drawn(8) + "$" + drawn(86), "roe:{}:19000", "PASSWORD"),
    ("$2b$12$" + drawn(53), "hash {}", "PASSWORD"),
    (WORD, "ALTER USER roe IDENTIFIED BY '{}'", "PASSWORD"),
    (WORD, 'new NetworkCredential("roe", "{}")', "PASSWORD"),
    # schemes, webhooks, signatures, assertions
    (RANDOM, "Authorization: Bearer {}", "TOKEN"),
    (base64.b64encode(b"roe:" + WORD.encode()).decode(), "Authorization: Basic {}", "TOKEN"),
    ("https://hooks.sl" + "ack.com/services/T0/B0/" + drawn(24), "posted to {}", "TOKEN"),
    (HEX * 4, "GET https://b.example/o?X-Amz-Date=1&X-Amz-Signature={}", "SIGNATURE"),
    ("q1" + drawn(40) + "%3D", "https://a.example/c?se=2026&sig={}&sp=r", "SIGNATURE"),
    (base64.b64encode(b"<samlp:Response ID='a1b2c3d4e5'>").decode(), "SAMLResponse={}", "SAML"),
    ("theme=dark; sid=" + drawn(24), "Cookie: {}", "COOKIE"),
    # prose
    ("hunter2!", "the password is {}", "PASSWORD"),
    (WORD, "the password for user 'roe' is '{}'.", "PASSWORD"),
    (WORD + "9", "la contraseña es {}", "PASSWORD"),
    (WORD + "9", "비밀번호: {}", "PASSWORD"),
    ("X7K2P-99QMA-T4ZLD-8WR3C", "licence {} active", "LICENCE_KEY"),
    # official numbers
    ("219-09-9123", "{}", "NATIONAL_ID"),
    ("AB 12 34 56 C", "insurance {}", "NATIONAL_ID"),
    ("RSSMRA85T10A562S", "cf {}", "NATIONAL_ID"),
    ("12345678Z", "cliente {}", "NATIONAL_ID"),
    ("529.982.247-25", "{}", "NATIONAL_ID"),
    ("2341 2341 2346", "{}", "NATIONAL_ID"),
    ("811218-9876", "{}", "NATIONAL_ID"),
    ("131052-308T", "{}", "NATIONAL_ID"),
    ("180126955222776", "{}", "NATIONAL_ID"),
    ("86095742719", "Steuer-ID: {}", "NATIONAL_ID"),
    ("D1234567", "driver's license no. {}", "NATIONAL_ID"),
    ("X1234567", "passport number {}", "PASSPORT"),
    ("P<UTOROE<<JANE<" + "<" * 29, "{}", "PASSPORT"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text", "kind"), DROPPED)
def test_a_secret_is_dropped_whole_under_its_kind(value: str, text: str, kind: str) -> None:
    clean = hand(text.format(value) if "{}" in text else text)
    covered = [span for span in clean.spans if span.type == kind and span.action == "drop"]
    assert value not in clean.text
    assert covered


def pem(line_end: str) -> str:
    body = line_end.join(drawn(64) for _ in range(4))
    head, foot = "-----BEGIN RSA PRIV" + "ATE KEY-----", "-----END RSA PRIV" + "ATE KEY-----"
    return f"{head}{line_end}{body}{line_end}{foot}"


@pytest.mark.parametrize("line_end", ["\n", "\\n", "\r\n"])
def test_a_private_key_goes_with_all_its_lines(line_end: str) -> None:
    clean = hand(f"found\n{pem(line_end)}\nthere")
    assert drawn(64)[:20] not in clean.text
    assert {span.type for span in clean.spans} == {"PRIVATE_KEY"}


def test_what_an_assertion_says_is_dropped_and_how_it_says_it_stays() -> None:
    told = (
        '<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="{}">'
        '<saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:entity">{}</saml2:NameID>'
        '<saml2:AttributeStatement><saml2:Attribute Name="department"><saml2:AttributeValue>\n {}\n'
        "</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement>"
    )
    values = ("_a1", "jroe", "Brass & Co, hall 7")
    for end in ("</saml2:Assertion>", ""):
        clean = hand(f"got {told.format(*values)}{end} back")
        assert clean.text == f"got {told.format('<SAML_1>', '<SAML_2>', '<SAML_3>')}{end} back"
        assert {span.action for span in clean.spans} == {"drop"}


@pytest.mark.parametrize(
    "text",
    [
        f"deploy {drawn(32)} finished",
        f"etag {HEX * 2}",
        f"sort_key = {drawn(24)}",
        f"publicKey: {drawn(32)}",
        f"csrf_token={drawn(32)}",
        "key AI" + "za" + drawn(35),
        "token = abcdefghijklmnop1234567890",
    ],
)
def test_what_only_may_be_a_secret_is_sealed_and_not_dropped(text: str) -> None:
    clean = hand(text)
    assert clean.spans
    assert {span.action for span in clean.spans} == {"pseudonymise"}


@pytest.mark.parametrize(
    "text",
    [
        "api_key=YOUR_API_KEY",
        "password: ${DB_PASSWORD}",
        "password=<password>",
        "PASSWORD=os.environ['PASSWORD']",
        "secret: xxxxxxxxxxxxxxxx",
        "token: expired",
        "password is incorrect",
        "curl -u username:password https://api.example",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "max_tokens=4096",
        "tests pass: 1204, fail: 3",
        "order 000-12-3456 and 219-00-9123",
    ],
)
def test_placeholders_references_and_near_misses_are_no_secrets(text: str) -> None:
    assert not [span for span in hand(text).spans if span.action == "drop"]
