"""What the second set of detectors sees in a text that the first pass left as it was."""

import time

import pytest

from redaction import policy_named
from redaction.detection.passes import Source, redact_documents
from redaction.detection.verifying import verify
from tests.fake_detection import ListedNames
from tests.unit.test_secrets import RANDOM, WORD, drawn, jwt, pem

POLICY = policy_named("default")
SEEN = [
    ("API_KEY", "gh" + "p_" + drawn(36), "pushed with {} today"),
    ("API_KEY", RANDOM, "api_key={} set"),
    ("CLOUD_KEY", "AK" + "IA" + "Q3ZK7WXN2MTB5RDH", "id {}"),
    ("COOKIE", "theme=dark; sid=" + drawn(24), "Cookie: {}"),
    ("JWT", jwt(), "got {} back"),
    ("LICENCE_KEY", "X7K2P-99QMA-T4ZLD-8WR3C", "licence {} active"),
    ("PASSWORD", WORD + "7", "DB_PASSWORD={}"),
    ("PASSWORD", "hunter2", "password is {}"),
    ("PASSWORD", WORD, "postgres://app:{}@db.example/orders"),
    ("PRIVATE_KEY", pem("\n"), "found {} there"),
    ("PRIVATE_KEY", pem("\\n"), '{{"key": "{}"}}'),
    ("SAML", "PHNhbWw" + drawn(120), "SAMLResponse={}"),
    ("SECRET", RANDOM, "client_secret: {}"),
    ("SIGNATURE", drawn(44) + "%3D", "https://a.example/c?se=2026&sig={}"),
    ("TOKEN", RANDOM, "Authorization: Bearer {}"),
    ("CREDIT_CARD", "4111 1111 1111 1111", "card {} declined"),
    ("NATIONAL_ID", "219-09-9123", "his number {} was"),
    ("PASSPORT", "X1234567", "passport: {}"),
    ("IBAN", "DE89 3704 0044 0532 0130 00", "to {} today"),
    ("EMAIL", "jane.roe@corp.lan", "mail <{}> bounced"),
    ("OPAQUE_ID", drawn(44), "saw {} there"),
    ("PASSPORT", "C01X00T47", "her passport {} expired"),
    ("PASSWORD", "Lapin82", "le mot de passe est {}"),
    ("PASSWORD", "Hase82", "das Passwort lautet {}"),
    ("PASSWORD", "Tuzi82", "密码:{}"),
    ("SECRET", "blue-kite", "stringData:\n  conf: {}\n"),
]


@pytest.mark.parametrize(("kind", "value", "text"), SEEN)
def test_what_a_blind_first_pass_left_is_seen(kind: str, value: str, text: str) -> None:
    shown = text.format(value)
    start = shown.index(value)
    hits = [hit for hit in verify(shown) if hit.start <= start and hit.end >= start + len(value)]
    assert kind in {hit.type for hit in hits}
    assert all(hit.detector.startswith("verify:") for hit in hits)


def test_each_kind_that_the_policy_drops_is_seen() -> None:
    dropped = {kind for kind in POLICY.actions if POLICY.is_secret(kind)}
    assert dropped <= {kind for kind, _, _ in SEEN}


@pytest.mark.parametrize(
    "text",
    [
        "password=<PASSWORD_1>",
        "https://<USER_1>:<PASSWORD_2>@db-<HOST_2>/x",
        "Authorization: Bearer <TOKEN_1>",
        "<EMAIL_1>@<DOMAIN_1> wrote from <IP_1.2>, 00:1A:2B:<MAC_1>",
        "paid to DE<IBAN_1>",
        "checkout-<POD_1>-0 in arn:aws:s3:::<ARN_1>",
        "<API_KEY_1> <LICENCE_KEY_2> <PRIVATE_KEY_3>",
        "2026-03-14T09:12:33.123Z ERROR token expired, password incorrect, 1773479553123",
        "password_changed_at: 2026-01-02, password_policy: strict12, passport 2026-01-02",
        "stringData:\n  conf: <SECRET_1>\nkind: Secret",
        "密码是必填项,请在2026年前修改",
        "Received block blk_-1608999687919862906 of size 91178",
        "token: expired; secret: ${SECRET}; api_key=YOUR_API_KEY; password=********",
        "at com.example.security.TokenAuthenticationFilter.doFilter(TokenFilter.java:121)",
        "sha256 of kernel-core-6.8.9-300.fc40.x86_64.rpm did not match",
    ],
)
def test_placeholders_and_what_diagnosis_needs_are_no_hits(text: str) -> None:
    assert verify(text) == []


@pytest.mark.parametrize(("kind", "value", "text"), SEEN)
def test_what_the_first_pass_replaced_is_no_hit(kind: str, value: str, text: str) -> None:
    documents = [[Source(text.format(value), "text")]]
    clean = redact_documents(documents, ListedNames(), POLICY)[0].texts[0]
    assert clean is not None
    assert verify(clean.text) == []


@pytest.mark.parametrize(
    "unit",
    [
        "a.",
        "@",
        "://a:",
        "password=",
        "PRIVATE KEY-----",
        "-----BEGIN ",
        "DE12 ",
        "1 ",
        "eyJ.",
        "key ",
        "密码是",
        "stringData:\n a: b\n",
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        verify(text)
        return time.process_time() - start

    cost(1_000)
    assert cost(160_000) < 40 * max(cost(20_000), 0.02)
