# ruff: noqa: E501 - a case is easier to check on one line
"""Secrets in the settings of devices and stores, in tables of keys and on command lines.

The values are invented; nothing here opens anything.
"""

import pytest

from redaction.detection.passes import Source, redact_documents
from tests.fake_detection import ListedNames
from tests.unit.test_secrets import POLICY, hand

FAKE = "Tr0mb8ne"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("snmp-server community {} RO", " RO"),
        ("tacacs-server key {}", "tacacs-server key "),
        ("radius-server key 7 {}", "key 7 "),
        ("enable secret {}", "enable secret "),
        ("router1(config)#enable secret {}", "router1(config)#"),
        ("enable secret 9 $9${}Xy4dUvKk", "secret 9 "),
        ("username ops secret {}", "secret "),
        ("username ops privilege 15 password 7 {}", "privilege 15 password 7 "),
        ("crypto isakmp key {} address 203.0.113.9", "crypto isakmp key "),
        ("ntp authentication-key 1 md5 {}", "ntp authentication-key 1 md5 "),
        (" neighbor 10.1.1.1 password {}", " password "),
        (" pre-shared-key local {}", " pre-shared-key local "),
        ('secret "$9${}XyKd"; ## SECRET-DATA', "## SECRET-DATA"),
        ('pre-shared-key ascii-text "{}";', '";'),
        ("set security ike policy p pre-shared-key ascii-text {}", "set security ike policy p "),
        (" wpa-psk ascii 0 {}", " wpa-psk ascii 0 "),
        ('set security ike policy p pre-shared-key ascii-text "{}"', 'ascii-text "'),
        ("line vty 0 4\n login local\n password {}", " login local\n password "),
        ("psk = {}", "psk = "),
        ("#0 db.php(12): PDO->__construct('mysql:host=db', 'app', '{}')", "PDO->__construct('mysql:host=db'"),
        ("logging into the registry with password fl0te{}9", "with password "),
        ('\tpsk="{} of brass"', "\tpsk="),
        ("PresharedKey = {}Xx==", "PresharedKey = "),
        ("    Key Content            : {}", "Key Content            : "),
        ("password    {}", "password    "),
        ("db_pass     {}", "db_pass     "),
        ("requirepass {}", "requirepass "),
        ("masterauth {}", "masterauth "),
        ("CONFIG SET requirepass {}", "CONFIG SET requirepass "),
        ('1700000000.1 "AUTH" "{}"', '"AUTH" "'),
        ('"HSET" "user:9" "db_password" "{}"', '"HSET" "user:9"'),
        ("keytool -list -keystore a.jks -storepass {}", "-storepass "),
        ("keytool -list -keystore a.jks -keypass {} -v", " -v"),
        ("htpasswd -b /etc/htpasswd jane {}", "htpasswd -b /etc/htpasswd "),
        ("echo {} | sudo -S systemctl restart x", " | sudo -S systemctl restart x"),
        ("net user jane {} /add", " /add"),
        ("snmpwalk -v2c -c {} router1", "snmpwalk -v2c -c "),
        ("snmpget -v3 -u ops -l authPriv -A {} router1", "-l authPriv -A "),
        ("snmpget -v3 -u ops -l authPriv -X {} router1", "-l authPriv -X "),
        ("smbclient //srv/share -U jane%{}", "smbclient //srv/share -U "),
        ('["redis-server","--requirepass","{}"]', '["redis-server","--requirepass","'),
        ("$db = new PDO('mysql:host=db;dbname=x', 'app', '{}');", "');"),
        ("openssl pkcs12 -in a.p12 -passin pass:{} -nodes", "-passin pass:"),
        ("Login incorrect (mschap: x): [jane/{}] (from client ap port 0)", "] (from client ap port 0)"),
        ("AUTH PLAIN AGphbmUA{}=", "AUTH PLAIN "),
        ('{{"type": "random_password", "instances": [{{"attributes": {{"result": "{}"}}}}]}}', '"result": "'),
        ("GET /cb?code=4%2F0A{}KxQmLwZpVtBsRdyJcgFhN&scope=a", "&scope=a"),
    ],
)  # fmt: skip
def test_a_secret_that_a_device_or_a_command_takes_is_dropped(text: str, kept: str) -> None:
    clean = hand(text.format(FAKE))
    assert FAKE not in clean.text
    assert kept in clean.text
    assert "drop" in {span.action for span in clean.spans}


@pytest.mark.parametrize(
    "text",
    [
        "enable secret scanning",
        "enable password authentication",
        "secret manager",
        "crypto key generate rsa",
        "user failed for key abc-123",
        "the password policy2 failed; key v1.2",
        "NAME          TYPE     DATA   AGE\ndb-password   Opaque   1      3d",
        "password      email",
        " password | character varying(255) | not null",
        "db_password   varchar(64)",
        "client_secret    optional",
        "run --bypass cache1 --password-file /run/x.txt",
        "openssl enc -p -in a.bin",
        "existingSecret: orders-secret",
        "net user command failed",
    ],
)
def test_what_is_no_value_stays(text: str) -> None:
    assert hand(text).text == text


@pytest.mark.parametrize("arrow", ["->", "=>", "→"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_value_that_a_secret_was_changed_to_goes_too(arrow: str, quote: str) -> None:
    text = f"~ master_password = {quote}{FAKE}{quote} {arrow} {quote}Fl0te!9{quote}"
    clean = hand(text)
    assert [span.action for span in clean.spans] == ["drop", "drop"]
    assert clean.text == f"~ master_password = {quote}<PASSWORD_1>{quote} {arrow} {quote}<PASSWORD_2>{quote}"  # fmt: skip


def test_a_mail_server_asks_for_login_and_password_in_base64() -> None:
    text = "334 VXNlcm5hbWU6\nC: amFuZQ==\n334 UGFzc3dvcmQ6\nC: VHIwbWI4bmU=\n235 OK"
    assert hand(text).text == (
        "334 VXNlcm5hbWU6\nC: <USER_1>\n334 UGFzc3dvcmQ6\nC: <PASSWORD_1>\n235 OK"
    )


def test_a_flag_that_begins_like_a_short_one_is_read_whole() -> None:
    text = f"openssl pkcs12 -passin pass:{FAKE} -out x"
    assert hand(text).text == "openssl pkcs12 -passin pass:<PASSWORD_1> -out x"


def test_a_passphrase_in_a_column_is_dropped_whole() -> None:
    assert hand("passphrase  brass hat tree boat").text == "passphrase  <PASSWORD_1>"


@pytest.mark.parametrize("text", ["cvc: 447", '"cvc": "447"', "cvv=4471"])
def test_the_code_of_a_card_is_dropped_as_part_of_the_card(text: str) -> None:
    assert [(span.type, span.action) for span in hand(text).spans] == [("CREDIT_CARD", "drop")]


def test_the_number_of_a_driving_licence_is_no_licence_key() -> None:
    assert hand("Driving licence: ROEXX704127R99TR").text == "Driving licence: <NATIONAL_ID_1>"


def test_a_password_that_terraform_drew_is_dropped_from_its_state() -> None:
    text = f'{{"type":"random_password","attributes":{{"result":"{FAKE}Xx"}}}}'
    [clean] = redact_documents([[Source(text, "json")]], ListedNames(), POLICY)[0].texts
    assert clean is not None
    assert FAKE not in clean.text


def test_the_account_of_a_device_is_replaced_with_its_secret() -> None:
    text = f"username jroe privilege 15 secret {FAKE}"
    assert hand(text).text == "username <USER_1> privilege 15 secret <PASSWORD_1>"


@pytest.mark.parametrize(
    "text", ["api_key     {}X78", "token_accessor       {}X78ab", 'Digest realm="x", nonce="{}X78"']
)
def test_what_may_be_a_key_in_a_column_or_a_header_is_sealed(text: str) -> None:
    clean = hand(text.format(FAKE))
    assert FAKE not in clean.text
    assert [span.type for span in clean.spans] == ["OPAQUE_ID"]


def test_a_saml_message_loses_its_number_and_keeps_what_it_reports() -> None:
    text = '<samlp:Response ID="{}" Version="2.0"><samlp:StatusMessage>denied</samlp:StatusMessage>'
    assert hand(text.format("_f00d1234")).text == text.format("<SAML_1>")
