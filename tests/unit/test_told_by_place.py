# ruff: noqa: E501 - inputs are easier to check on one line
"""Values that only their place tells: hosts, cells of aligned tables, fields of messages."""

import pytest

from redaction.detection import Finding
from redaction.detection.language.abroad import is_abroad, names_abroad
from redaction.detection.language.things import is_code
from tests.fake_detection import shown as clean


@pytest.mark.parametrize(
    "line",
    [
        ";sso.int.fjordfrakt.example.\tIN\tA",
        "sso.fjordfrakt.example.\t300\tIN\tCNAME\tlb-07.fjordfrakt.example.",
        "; <<>> DiG 9.18.1 <<>> sso.fjordfrakt.example",
        "Name:\twiki.fjordfrakt.example\nAddress: 172.19.4.80",
        "    server app01.prod.fjordfrakt.example:8443 max_fails=3;",
        "    server_name portal.fjordfrakt.example www2.fjordfrakt.example shop.fjordfrakt.example;",
        "location / { proxy_pass http://legacy.fjordfrakt.example:8080; }",
        "Host jumpy-7\n  HostName bastion2.fjordfrakt.example\n  User ubuntu",
        "10.5.0.7 ora7.fjordfrakt.example ora-ulm-7",
        "wrk1.k8s.fjordfrakt.example    NotReady   <none>   311d",
        "Connected to api.fjordfrakt.example (203.0.113.77) port 443",
        "kafka3.fjordfrakt.example/10.6.0.13:9092 could not be reached",
        "lookup db.fjordfrakt.example on 10.0.0.2:53: no such host",
        "java.net.UnknownHostException: db.fjordfrakt.example",
        "$ pg_dump -h pgmain.fjordfrakt.example orders",
        "$ nslookup pgmain.fjordfrakt.example",
        "ok: [web1.fjordfrakt.example]",
        "web1.fjordfrakt.example : ok=12 changed=3 unreachable=0",
        "jroe pts/0 2026-03-17 09:04 (wks-114.fjordfrakt.example)",
        "subject=C = IE, CN = portal.fjordfrakt.example",
        "X509v3 Subject Alternative Name: DNS:portal.fjordfrakt.example, DNS:*.api.fjordfrakt.example",
        "HTTP/portal.fjordfrakt.example@FJORD",
        'up{instance="ordapp-04.fjordfrakt.example:9090"} 0',
        "      DB_HOST:      ordersdb.fjordfrakt.example",
        "sqlplus x/y@//ora7.fjordfrakt.example:1521/ORCL",
    ],
)
def test_a_full_name_of_a_machine_goes_where_its_place_tells(line: str) -> None:
    assert "fjordfrakt" not in clean(line)
    assert "<HOST_1>" in clean(line)


@pytest.mark.parametrize(
    "line",
    [
        "    server_name localhost;",
        "Connected to github.com (203.0.113.4) port 443",
        "lookup api.github.com on 10.0.0.2:53: no such host",
        "issuer=C = US, O = Let's Encrypt, CN = R3",
        "Connection to org.acme.Client failed",
        "host: app.conf",
        "nginx.conf [emerg] bind() to 0.0.0.0:443 failed",
        "$ ssh -i key.pem main.go",
    ],
)
def test_public_names_files_and_classes_stay_in_the_place_of_a_host(line: str) -> None:
    shown = clean(line)
    for word in ("localhost", "github.com", "api.github.com", "R3", "org.acme.Client"):
        assert (word in shown) == (word in line)
    for word in ("app.conf", "nginx.conf", "emerg", "main.go"):
        assert (word in shown) == (word in line)


def test_a_directory_keeps_its_units_and_loses_whose_it_is() -> None:
    shown = clean("OU=Claims,OU=Users,DC=fjordfrakt,DC=example")
    assert shown == "OU=Claims,OU=Users,DC=<DOMAIN_1>,DC=example"


def test_names_in_capitals_go_from_the_column_that_is_theirs() -> None:
    text = (
        "User         Region   Status     Last seen\n"
        "FJELDHEIMT   CICS1    ACTIVE     2026-03-17\n"
        "OKONKWOJ     CICS2    SUSPENDED  2026-03-16\n"
    )
    assert clean(text) == (
        "User         Region   Status     Last seen\n"
        "<USER_1>   CICS1    ACTIVE     2026-03-17\n"
        "<USER_2>     CICS2    SUSPENDED  2026-03-16\n"
    )


def test_the_node_of_a_pod_goes_and_the_row_below_stays() -> None:
    text = (
        "NAME        READY   STATUS    RESTARTS   AGE   IP            NODE\n"
        "orders-0    0/1     Pending   14         52m   10.244.3.17   ip-10-3-4-19.eu-west-1.compute.internal\n"
        "billing-0   1/1     Running   0          52m   10.244.5.9    ulm-wrk-1\n"
    )
    shown = clean(text)
    assert "ulm-wrk" not in shown
    assert "compute.internal" not in shown
    assert "\nbilling-0   1/1     Running" in shown


@pytest.mark.parametrize(
    "text",
    [
        "NAME          TYPE     DATA   AGE\ndb-password   Opaque   1      3d",
        "password      email",
        "User  Action",
        "Name:      orders\nNode:      <none>\n",
        "SERVICE    STATUS    HOST\norders     UP        localhost\n",
    ],
)
def test_tables_of_things_stay(text: str) -> None:
    assert clean(text) == text


def test_a_record_of_psql_tells_its_values_line_by_line() -> None:
    text = "-[ RECORD 1 ]-+--------\ncustomer_id   | C-88412\nsurname       | Thorvald\nstatus        | OVERDUE\n"
    shown = clean(text)
    assert "88412" not in shown
    assert "Thorvald" not in shown
    assert "| OVERDUE\n" in shown


def test_a_key_may_stand_far_from_its_value() -> None:
    shown = clean('      ~ password             = "Tern-plover-41"\n      port = 5432\n')
    assert shown == '      ~ password             = "<PASSWORD_1>"\n      port = 5432\n'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("NAD+BY+5412345000013::9++FJORD HANDEL AS+STORGATA 7+OSLO++0184+NO'", "NAD+BY+5412345000013::9++<ORGANIZATION_1>+<ADDRESS_1>+OSLO++<ADDRESS_2>+NO'"),
        ("CTA+OC+:GRETA STORM'", "CTA+OC+:<PERSON_1>'"),
        ("COM++49 89 5550 1234:TE'", "COM+<PHONE_1>:TE'"),
        ("PV1|1|I|WARD3^12^B||||80012^STORM^GRETA^^^DR", "PV1|1|I|WARD3^12^B||||80012^<PERSON_1>"),
        ("NK1|1|STORM^OLAF|SPO", "NK1|1|<PERSON_1>|SPO"),
        (":59:/4711\nTORGRIM FJELDHEIM\n:70:INVOICE", ":59:/4711\n<PERSON_1>\n:70:INVOICE"),
    ],
)  # fmt: skip
def test_fields_of_messages_go_by_their_place(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Geburtsdatum der Versicherten: 22.04.1971", "1971"),
        ("PESEL 71042212345", "71042212345"),
        ("(codice fiscale FRRLVC71D62H501X)", "FRRLVC"),
        ("Numéro de client : C-882-114", "882-114"),
        ("Passordet ble satt til Fjord-2026-tind i går", "Fjord"),
        ("Das Passwort wurde auf Winter!2026 gesetzt", "Winter"),
        ("user thornburym, pw autumn22. pls call", "autumn22"),
        ("login ok tenant=fjordfrakt took=3ms", "fjordfrakt"),
        ('<input type="hidden" name="csrf_token" value="Zk19qP0x7Lm2">', "Zk19"),
        ("jroe:$6$rounds=5000$abcdabcd$fakefakefakefakefakefake:19800:0:99999:7:::", "jroe"),
        ("VALUES (1018, '12 Harbour Lane', 'CLOSED')", "Harbour"),
    ],
)
def test_values_that_a_word_or_their_quotes_tell_go(text: str, gone: str) -> None:
    assert gone not in clean(text)


def test_the_figures_behind_a_hash_stay() -> None:
    line = "jroe:$6$rounds=5000$abcdabcd$fakefakefakefakefakefake:19800:0:99999:7:::"
    assert clean(line).endswith(":19800:0:99999:7:::")


def test_the_claims_of_a_token_tell_its_subject_and_its_nonce() -> None:
    said = '{"iss": "i", "sub": "248289761001", "nonce": "k3Jx92Lq", "exp": 1773738252}'
    shown = clean(said, "json")
    assert "248289761001" not in shown
    assert "k3Jx92Lq" not in shown
    assert "1773738252" in shown


def test_a_program_with_a_version_is_nobody() -> None:
    text = '{"log": {"creator": {"name": "Firefox", "version": "123.0"}}}'
    assert clean(text, "json") == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Brukeren vår Torvald Fjellheim får ikke logget inn på portalen.", "Torvald Fjellheim"),
        ("Son collègue Tybalt Lescorne ne peut pas ouvrir le portail.", "Tybalt Lescorne"),
        ("Пользователь Иван Петренков не может войти.", "Иван Петренков"),
    ],
)
def test_unknown_names_are_found_where_nouns_have_no_capital(text: str, name: str) -> None:
    assert [text[found.start : found.end] for found in names_abroad(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The Block Manager of Orders Backend did not start, los angeles is fine.",
        "In Los Angeles, La Jolla and Del Mar the portal is slow.",
        "Der Fehler Meldung Dienst ist nicht erreichbar und wird neu gestartet.",
    ],
)
def test_english_and_german_are_not_read_as_abroad(text: str) -> None:
    assert not is_abroad(text)
    assert list(names_abroad(text)) == []


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("DATE", "8.2.2", "fixed in 8.2.2 today"),
        ("COMPANY", "invalid_token", "error invalid_token"),
        ("LOCATION", "ORA-12170", "Timeout ORA-12170"),
        ("LOCATION", "Europe", "TZ: Europe/Oslo"),
        ("LOCATION", "NullPointerException", "got NullPointerException"),
    ],
)
def test_codes_and_versions_are_no_firm_place_or_date(kind: str, value: str, text: str) -> None:
    start = text.index(value)
    assert is_code(Finding(start, start + len(value), kind, "model:x", 0.8, False), text)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("DATE", "12 February 2026", "met on 12 February 2026 in Munich"),
        ("LOCATION", "Munich", "met in Munich"),
        ("COMPANY", "Fjord Frakt AS", "at Fjord Frakt AS today"),
    ],
)
def test_firms_places_and_dates_of_prose_are_no_codes(kind: str, value: str, text: str) -> None:
    start = text.index(value)
    assert not is_code(Finding(start, start + len(value), kind, "model:x", 0.8, False), text)
