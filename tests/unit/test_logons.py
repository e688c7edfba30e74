"""Windows domains, Kerberos realms, keys in addresses and what a login hands to and fro."""

import pytest

from redaction.detection.views.structure import Form
from tests.fake_detection import shown


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (r"logon failed for NORTHMERE\tfjeld now", r"logon failed for <DOMAIN_1>\<USER_1> now"),
        (r"NORTHMERE\svc_ledger9 is locked", r"<DOMAIN_1>\<USER_1> is locked"),
        (r"runas /user:NORTHMERE\tfjeld cmd", r"runas /user:<DOMAIN_1>\<USER_1> cmd"),
        (r"logon NORTHMERE\ULMFS17$ refused", r"logon <DOMAIN_1>\<HOST_1>$ refused"),
        ("Account Domain:\t\tNORTHMERE\n", "Account Domain:\t\t<DOMAIN_1>\n"),
        ("USERDOMAIN=NORTHMERE", "USERDOMAIN=<DOMAIN_1>"),
        ("trust with domain NORTHMERE failed", "trust with domain <DOMAIN_1> failed"),
        ('no KDC for realm "NORTHMERE.EXAMPLE"', 'no KDC for realm "<DOMAIN_1>"'),
        ("default_realm = NORTHMERE.EXAMPLE\n", "default_realm = <DOMAIN_1>\n"),
        ("sssd[be[NORTHMERE.EXAMPLE]]: offline", "sssd[be[<DOMAIN_1>]]: offline"),
    ],
)
def test_who_logs_on_goes_and_the_domain_with_them(text: str, clean: str) -> None:
    assert shown(text) == clean


def test_a_login_is_the_same_person_with_its_domain_and_without() -> None:
    text = '{"user": "NORTHMERE\\\\tfjeld", "login": "tfjeld"}'
    assert shown(text, "json") == '{"user": "<DOMAIN_1>\\\\<USER_1>", "login": "<USER_1>"}'


@pytest.mark.parametrize(
    "text",
    [
        r"reg query HKLM\Software and C:\Temp\cache and src\main",
        r"matches \d+\w then SELECT\nFROM orders and ERROR\tfailed",
        r"BUILTIN\Administrators and NT AUTHORITY\SYSTEM and IIS APPPOOL\DefaultAppPool",
        "Account Domain: WORKGROUP\nAccount Domain: NT AUTHORITY\n",
        'WWW-Authenticate: Basic realm="Restricted"',
        r"loaded PCI\VEN_8086 and ROOT\CIMV2",
    ],
)
def test_paths_registries_escapes_and_accounts_of_every_windows_stay(text: str) -> None:
    assert shown(text) == text


# Told by their place: they need not look drawn, and these plainly are not.
@pytest.mark.parametrize("key", ["0123456789abcdef" * 2, "aaaabbbbccccdddd" * 2])
def test_the_key_of_a_sentry_address_is_a_key_and_no_mail_address(key: str) -> None:
    text = f"SENTRY_DSN=https://{key}@o12.ingest.sentry.example/42"
    assert shown(text) == "SENTRY_DSN=https://<API_KEY_1>@<HOST_1>/42"
    assert "<SECRET_1>@" in shown(f"https://{key}:{key[::-1]}@o12.ingest.sentry.example/42")


def test_what_openid_connect_hands_to_and_fro_is_a_token() -> None:
    text = "#state=xyzAbC12dE&session_state=3f1a2b4c-1111-4222-8333-abcdefabcdef"
    assert shown(text) == "#state=<TOKEN_1>&session_state=<TOKEN_2>"
    keyed = '{"session_state": "3f1a2b4c-1111-4222-8333-abcdefabcdef"}'
    assert shown(keyed, "json") == '{"session_state": "<TOKEN_1>"}'


def test_the_state_of_a_thing_stays() -> None:
    text = "GET /list?state=in-progress2&x=1 then /a?state=2026-02-11 and session_state=active"
    assert shown(text) == text


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize(
    "text",
    [
        '<td><input type="password" name="password"> HTTP 502</td>',
        '<form><input name="password"/>HTTP 502</form>',
        '<p><property name="db.password"/>HTTP 502</p>',
    ],
)
def test_what_stands_beside_a_field_for_a_password_is_none(text: str, form: Form) -> None:
    assert shown(text, form) == text


def test_what_an_element_for_a_password_holds_is_one() -> None:
    text = '<property name="db.password">Gr4nit-71xy</property>'
    assert shown(text) == '<property name="db.password"><PASSWORD_1></property>'
