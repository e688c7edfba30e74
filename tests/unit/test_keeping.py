"""What stays visible around a placeholder, because diagnosis needs it."""

import pytest

from redaction import Keyring, OutboundGate, RawText, Redactor, policy_named
from redaction.detection.identities import Identities, Placeholders, Value
from tests.fake_detection import ListedNames

KEY = Keyring(b"k" * 32)
POLICY = policy_named("default")


def clean(text: str) -> str:
    [document] = Redactor(ListedNames(), POLICY, KEY).redact_documents([("1", RawText(text))])
    return str(document.text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("from jane@acme.example", "from <EMAIL_1>@<DOMAIN_1>"),
        ("jane@acme.example bo@acme.example", "<EMAIL_1>@<DOMAIN_1> <EMAIL_2>@<DOMAIN_1>"),
        ("from jane@gmail.com", "from <EMAIL_1>@gmail.com"),
        ("?mail=jane%40acme.example", "?mail=<EMAIL_1>%40<DOMAIN_1>"),
        ("10.1.2.3 10.1.2.9 10.1.3.3", "<IP_1.1> <IP_1.2> <IP_2.1>"),
        ("2001:db8::1 2001:db8::2 2001:db8:0:1::1", "<IP_1.1> <IP_1.2> <IP_2.1>"),
        ("2001:db8::1 2001:0db8:0:0::1", "<IP_1.1> <IP_1.1>"),
        ("mac 00:1A:2B:3C:4D:5E", "mac 00:1A:2B:<MAC_1>"),
        ("00:1A:2B:3C:4D:5E 001a.2b3c.4d5e", "00:1A:2B:<MAC_1> 001a.2b<MAC_1>"),
        ("pay DE89370400440532013000", "pay DE<IBAN_1>"),
        ("pay de89 3704 0044 0532 0130 00", "pay DE<IBAN_1>"),
        ("db01.corp.acme.internal down", "db-<HOST_1> down"),
        ("acme-prod-db01.acme.internal and db02.acme.lan", "prod-db-<HOST_1> and db-<HOST_2>"),
        ("db01.acme.internal then db01", "db-<HOST_1> then db-<HOST_1>"),
        ("pod shop-api-7d9f8b6c5d-x2k4q, redis-0", "pod shop-api-<POD_1>, redis-0"),
        ("arn:aws:s3:::acme-bucket/key", "arn:aws:s3:::<ARN_1>"),
        (
            "arn:aws:lambda:eu-west-1:123456789012:function:mailer",
            "arn:aws:lambda:eu-west-1:<ACCOUNT_1>:function:<ARN_1>",
        ),
        (
            "arn:aws:iam::aws:policy/ReadOnlyAccess stays",
            "arn:aws:iam::aws:policy/ReadOnlyAccess stays",
        ),
        (
            "jane@acme.example: api.acme.example fails",
            "<EMAIL_1>@<DOMAIN_1>: api-<HOST_1> fails",
        ),
        (r"copy \\FILESRV01\share\x", r"copy \\<HOST_1>\share\x"),
        ("Server=tcp:sqlx7.acme.example,1433;", "Server=tcp:<HOST_1>,1433;"),
        ("lat=59.9139 lon=10.7522", "lat=<GPS_1> lon=<GPS_2>"),
        ("at 59.913868, 10.752245 now", "at <GPS_1> now"),
        ("DOB: 1980-03-12, born on 12 March 1980", "DOB: <BIRTHDATE_1>, born on <BIRTHDATE_2>"),
    ],
)  # fmt: skip
def test_the_part_that_diagnosis_needs_stays(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1 ::1 0.0.0.0 255.255.255.0",
        "lat=12.31 ms p99 lat 3.5",
        "redis://cache:6379 host=localhost node=worker-3",
        "grep '\\\\d+\\\\w' and \\n\\tfoo",
        "SQL0911N APP-0001 ORA-00942 Windows Phone 8.1.14219.341",
        "ratio 0.123456, 0.654321e3",
    ],
)
def test_what_only_looks_like_an_identifier_stays(text: str) -> None:
    assert clean(text) == text


def test_nothing_more_is_found_in_what_was_redacted_and_the_gate_lets_it_pass() -> None:
    text = (
        "jane@acme.example bo@gmail.com 10.1.2.3 00:1A:2B:3C:4D:5E DE89370400440532013000"
        " db01.acme.internal arn:aws:lambda:eu-west-1:123456789012:function:mailer"
        " shop-api-7d9f8b6c5d-x2k4q lat=59.9139 +47 555 01 294"
    )
    shown = clean(text)
    OutboundGate(ListedNames(), POLICY).admit(shown)
    [again] = Redactor(ListedNames(), POLICY, KEY).redact_documents([("1", RawText(shown))])
    assert {span.type for span in again.spans} <= {"TAG"}


def test_every_placeholder_leads_back_to_its_value() -> None:
    found = Placeholders(Identities([Value("EMAIL", "jane@acme.example", True)], POLICY))
    assert found.name("EMAIL", "jane@acme.example") == "<EMAIL_1>@<DOMAIN_1>"
    assert found.first_seen == {
        "<EMAIL_1>": ("EMAIL", "jane@acme.example"),
        "<DOMAIN_1>": ("DOMAIN", "acme.example"),
    }
