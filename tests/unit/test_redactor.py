"""What an analyst relies on when a case is redacted; names come from a list, patterns are real."""

import json

import pytest
import yaml

from redaction import (
    DetectorFailed,
    Keyring,
    RawArtifact,
    RawCase,
    RawQuarantined,
    RawText,
    Redaction,
    Redactor,
    policy_named,
)
from tests.fake_detection import BrokenDetector, ListedNames

KEY = Keyring(b"k" * 32)
MEDIA = {
    "log": "text/x-log",
    "txt": "text/plain",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "csv": "text/csv",
    "yaml": "application/yaml",
    "eml": "message/rfc822",
    "xml": "application/xml",
}


def raw_case(**texts: str) -> RawCase:
    artifacts = tuple(
        RawArtifact(f"A{n}.{kind}", RawText(f"file.{kind}"), MEDIA[kind], RawText(text))
        for n, (kind, text) in enumerate(texts.items(), 1)
    )
    return RawCase(RawText("case"), artifacts, ())


def redact(*names: str, **texts: str) -> Redaction:
    detector = ListedNames(*names)
    return Redactor(detector, policy_named("default"), KEY).redact_case(raw_case(**texts))


def clean(text: str, kind: str = "log", *names: str) -> str:
    return str(redact(*names, **{kind: text}).case.artifacts[0].text)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("aws AKIAQ7XM2PLDNE5RTW3B used", "AKIAQ7XM2PLDNE5RTW3B"),
        ("export DB_PASSWORD='s3 cr,et!'", "s3 cr,et!"),
        ("Authorization: Bearer Zk3nQ8xv71LmPq0dRt5w", "Zk3nQ8xv71LmPq0dRt5w"),
        ("Authorization: Basic ZGVtbzpub3QtcmVhbC0x", "ZGVtbzpub3QtcmVhbC0x"),
        ("Cookie: sid=9f8a7b6c5d; theme=dark", "9f8a7b6c5d"),
        ("jdbc:postgresql://db.internal/x?user=svc&password=Tr0mb0ne", "Tr0mb0ne"),
        ("postgres://svc:p@ss:w0rd@db.internal:5432/x", "p@ss:w0rd"),
        ("GET /cb?access_token=ab12cd34ef56&x=1", "ab12cd34ef56"),
        ("the password is Gr4nit-71", "Gr4nit-71"),
        ("AnyDesk ok, password Klinker-4471", "Klinker-4471"),
        ('{\\"api_key\\": \\"q1w2e3r4t5y6\\"}', "q1w2e3r4t5y6"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0x.c2lnbmF0dXJl", "eyJzdWIiOiJkZW1vIn0x"),
        ("card 4111 1111 1111 1111 declined", "4111 1111 1111 1111"),
        ("licence X7K2P-99QMA-T4ZLD-8WR3C active", "X7K2P-99QMA-T4ZLD-8WR3C"),
        ("found token pX92kQvT7sLm04ZaYw81Bd in cache", "pX92kQvT7sLm04ZaYw81Bd"),
    ],
)  # fmt: skip
def test_a_secret_is_gone_and_the_vault_has_no_copy(text: str, secret: str) -> None:
    redaction = redact(log=text)
    assert secret not in redaction.case.artifacts[0].text
    assert secret.encode() not in redaction.vault.plain()
    assert any(span.action == "drop" for span in redaction.case.artifacts[0].spans)


def test_a_random_string_that_nothing_calls_a_secret_is_a_pseudonym() -> None:
    redaction = redact(log="object pX92kQvT7sLm04ZaYw81Bd in cache")
    assert redaction.case.artifacts[0].text == "object <OPAQUE_ID_1> in cache"
    assert [span.action for span in redaction.case.artifacts[0].spans] == ["pseudonymise"]


@pytest.mark.parametrize(
    "text",
    [
        "password: ${DB_PASSWORD}",
        'curl -u "${APP_USER}:${APP_PASS}" -H "Authorization: Bearer $API_KEY"',
        "token = ACCESS_TOKEN",
        "apiKey: insert_key_here",
        "loading box.ico-7a388b69018576d24b59331fd60aab0c1e.png",
        "o.s.b.f.s.DefaultListableBeanFactory and xoxb-my-bot-token",
    ],
)
def test_references_names_and_file_names_are_no_secrets(text: str) -> None:
    assert not [span for span in redact(log=text).case.artifacts[0].spans if span.action == "drop"]


def test_an_internal_dashboard_is_a_host() -> None:
    text = "see https://grafana.ops.larks.internal/d/checkout"
    assert clean(text) == "see https://<HOST_1>/d/checkout"


def test_what_a_tracker_writes_beside_a_name_does_not_hide_it() -> None:
    text = '[{"author": "Ann Teak [ACME]"}, {"author": "(inactive) Bo Lund"}, {"note": "Ann Teak"}]'
    shown = clean(text, "json")
    assert shown == (
        '[{"author": "<PERSON_1> [ACME]"}, {"author": "(inactive) <PERSON_2>"},'
        ' {"note": "<PERSON_1>"}]'
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It broke again,\nThank you!\n\nTorgrim Aske.", "Torgrim"),
        ("Torgrim, could you attach the log?", "Torgrim"),
        ("no idea.\nThanks -torgaske", "torgaske"),
        ("log at https://gist.github.com/torgaske/0a1b2c3d4e5f60718293", "torgaske"),
    ],
)
def test_names_are_found_by_their_place(text: str, name: str) -> None:
    assert name not in clean(text, "txt")


def test_a_multi_line_private_key_is_one_placeholder() -> None:
    body = "\n".join(["MIIEowIBAAKCAQEAx7" + "Q9zk4TnV" * 5] * 4)
    text = f"key:\n-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----\nafter"
    assert clean(text, "txt") == "key:\n<PRIVATE_KEY_1>\nafter"


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("mail to jane.roe@corp.internal bounced", "jane.roe@corp.internal"),
        ("from 10.20.30.40:443", "10.20.30.40"),
        ("from 2001:db8::12:9 port 1", "2001:db8::12:9"),
        ("at C:\\Users\\jroe\\app.log", "jroe"),
        ("open /home/jroe/.ssh", "jroe"),
        ("Accepted password for jroe from 192.0.2.7", "jroe"),
        ("call +49 151 23456789 today", "23456789"),
        ("node ip-10-2-3-4.ec2.internal ready", "ip-10-2-3-4"),
        ("peer aa:bb:cc:dd:ee:01 seen", "aa:bb:cc:dd:ee:01"),
        ("id 123e4567-e89b-42d3-a456-426614174000 ok", "123e4567"),
        ("customer_id=C-448213 failed", "C-448213"),
        ("pay DE89370400440532013000 now", "DE89370400440532013000"),
        ("pod shop-api-7d9f8b6c5d-x2k4q restarted", "7d9f8b6c5d-x2k4q"),
        ("lives at 12 Market Street, Springfield", "12 Market Street"),
    ],
)
def test_an_identifier_is_a_pseudonym(text: str, personal: str) -> None:
    redaction = redact(txt=text)
    artifact = redaction.case.artifacts[0]
    assert personal not in artifact.text
    assert {span.action for span in artifact.spans} == {"pseudonymise"}


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-17 09:04:12,345 ERROR [http-8080-exec-3] c.a.OrderService - HTTP 503 in 5002ms",
        "[17/Mar/2026:10:04:12 +0100] \"GET /v2/orders HTTP/1.1\" 503 1834 5.001",
        "Mar 17 09:04:12 gateway kernel: out of memory",
        "1773738252 1773738252123 1773738252.123 epoch values",
        "\tat com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:162)",
        "Caused by: java.sql.SQLTransientConnectionException: timed out after 30000ms",
        '  File "/srv/app/worker.py", line 42, in run_once',
        "chart checkout-api-4.18.1, version 4.18.1.2, Chrome/120.0.6099.71, v2.0.0-rc.1",
        "listening on 127.0.0.1:8080 and 0.0.0.0:9090 and [::1]:53",
        "SQLState: 08006, ORA-12541, error 0x80070005, exit 137",
        "blk_-1608999687919862906 size 67108864",
        "max_tokens=4096 token_count=12 password_expired=false session timeout 30 min",
        "List<String> Map<K_1, V> std::vector::at retry in 1.5 s, 12 %",
        "[http-nio-8080-exec-194] [pool-3-thread-12] [main-EventThread] [scheduling-1] [cs-cart]",
        "checkout-api-4.18.1 us-east-1 eu-central-1 cs-cart pre-production order-service-4.18.jar",
        "cs-subscription user-background payment-gateway2 user-service42 user-oauth2client",
        "order-20260314.csv checkout-20260317T091500.log order-export-2026.csv cs-cart.zip",
        "order=asc sort_order=10000 order: 3 payment=card payment=2528.50",
        "order=2026-03-17T09:00:00 request_timeout_ms=30000 nanosleep(flags=1, req=0x7f7f9b04dd80)",
        "request=GET request=/v2/orders/12 request: 5002ms request=HTTP/1.1",
        "transaction=read-committed session=non-interactive template=order-receipt-de",
        "bytes_per_request=12345 pending_transaction=18340",
        "payment-intent-succeeded request-id-filter",
        "by this pull request: https://git.example/shop/pull/555 and pull request: #4521",
        "at c.l.checkout.order.OrderService.place(OrderService.java:120) checkout.orders.v3-5",
    ],
)  # fmt: skip
def test_what_an_engineer_needs_stays_verbatim(line: str) -> None:
    assert clean(line) == line


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("order=ord-3104417480 placed", "order=<ORDER_1> placed"),
        ("order=1104417480 orderId: A-10423", "order=<ORDER_1> orderId: <ORDER_2>"),
        ("cart=cart-7fk29dkq2m basket=bsk_9f8e7d6c5b", "cart=<ORDER_1> basket=<ORDER_2>"),
        ("payment_id=PAY-1AB23456CD invoice=INV-00451", "payment_id=<ORDER_1> invoice=<ORDER_2>"),
        ("session=cs-jaw6a32nw0yc open", "session=<SESSION_1> open"),
        ("session=cs-hsyxcrqrdtpv cs-hsyxcrqrdtpv", "session=<SESSION_1> <SESSION_1>"),
        ("session=cs-aeroletanoda open", "session=<SESSION_1> open"),
        ("PATCH /v2/checkout/sessions/cs-aeroletanoda", "PATCH /v2/checkout/sessions/<SESSION_1>"),
        ("retry of cs-jbthsenegbcd, ord-3104417480.", "retry of <SESSION_1>, <ORDER_1>."),
        ("[exec-9] [req-6723bfd960a2] c.l.Order", "[exec-9] [<REQUEST_1>] c.l.Order"),
        ("[req-6723bfd960a2-1] [wrk-9f2c7d41b08e]", "[<REQUEST_1>-1] [<OPAQUE_ID_1>]"),
        ("request=9f8e7d6c5b4a corr-7f6e5d4c", "request=<REQUEST_1> <REQUEST_2>"),
        ('request_id="20260314-7f3a9c"', 'request_id="<REQUEST_1>"'),
        ('sid="20471234"', 'sid="<SESSION_1>"'),
        ('"rid": "84712d"', '"rid": "<REQUEST_1>"'),
        ("correlation=9f8e7d6c5b4a", "correlation=<REQUEST_1>"),
        ("user=usr-48213377 acc-0012345678", "user=<USER_1> <ACCOUNT_1>"),
        ("shopper=shp-1178311 txn-88213377", "shopper=<USER_1> <TRACE_1>"),
        ("lookup /orders/ord-3104417480/items", "lookup /orders/<ORDER_1>/items"),
    ],
)  # fmt: skip
def test_an_id_that_a_system_issued_is_a_pseudonym(line: str, shown: str) -> None:
    assert clean(line) == shown


def test_an_id_under_the_key_of_its_parent_is_a_pseudonym() -> None:
    text = '{"order": {"id": "A-10423"}, "session": {"id": "k7vqm2"}, "step": {"id": "step-10423"}}'
    shown = json.loads(clean(text, "json"))
    assert shown == {
        "order": {"id": "<ORDER_1>"},
        "session": {"id": "<SESSION_1>"},
        "step": {"id": "step-10423"},
    }


def test_an_issued_id_has_one_placeholder_in_all_artifacts() -> None:
    case = redact(
        log="[req-6723bfd960a2] order=ord-3104417480",
        json='{"rid": "req-6723bfd960a2", "path": "/orders/ord-3104417480"}',
        txt="Order ord-3104417480 fails, see req-6723bfd960a2",
    ).case
    assert [artifact.text for artifact in case.artifacts] == [
        "[<REQUEST_1>] order=<ORDER_1>",
        '{"rid": "<REQUEST_1>", "path": "/orders/<ORDER_1>"}',
        "Order <ORDER_1> fails, see <REQUEST_1>",
    ]


def test_one_value_is_one_placeholder_in_the_whole_case_and_in_names() -> None:
    raw = RawCase(
        RawText("for jane roe"),
        (
            RawArtifact("A1.json", RawText("t"), MEDIA["json"], RawText('{"author": "Jane Roe"}')),
            RawArtifact("A2.log", RawText("jane_roe.log"), MEDIA["log"], RawText("JANE ROE wrote")),
        ),
        (RawQuarantined("A3.bin", RawText("Jane Roe.bin"), "unreadable"),),
    )  # fmt: skip
    case = Redactor(ListedNames(), policy_named("default"), KEY).redact_case(raw).case
    assert case.artifacts[0].text == '{"author": "<PERSON_1>"}'
    assert case.artifacts[1].text == "<PERSON_1> wrote"
    assert case.artifacts[1].name == "<PERSON_1>.log"
    assert case.quarantined[0].name == "<PERSON_1>.bin"


def test_first_name_and_login_of_a_person_are_that_person() -> None:
    redaction = redact(
        json='{"author": "Torgrim Haldorsen"}', txt="Torgrim asked; login thaldorsen"
    )
    assert redaction.case.artifacts[1].text == "<PERSON_1> asked; login <PERSON_1>"


def test_a_first_name_that_is_a_word_goes_only_where_a_person_is_named() -> None:
    redaction = redact(
        json='{"author": "Will Haldorsen"}', txt="Hi Will,\nthis will work. Will it?"
    )
    assert redaction.case.artifacts[1].text == "Hi <PERSON_1>,\nthis will work. Will it?"


def test_a_products_name_that_the_model_takes_for_a_person_does_not_spread() -> None:
    redaction = redact("Redis", txt="Redis is down", log="2026-03-17 09:00:00 redis Redis timeout")
    assert redaction.case.artifacts[1].text == "2026-03-17 09:00:00 redis Redis timeout"


def test_a_name_found_once_is_replaced_in_every_artifact() -> None:
    redaction = redact("Ottoline Marsk", txt="Ottoline Marsk called", csv="a,b\n1,ottoline marsk\n")
    assert redaction.case.artifacts[1].text == "a,b\n1,<PERSON_1>\n"


def test_text_that_looks_like_a_placeholder_is_replaced_itself() -> None:
    assert clean("<PERSON_1> and jane.roe@example.com", "txt") == "<TAG_1> and <EMAIL_1>@<DOMAIN_1>"


def test_json_stays_json_and_a_number_becomes_a_string() -> None:
    text = '{"account_id": 90817264, "note": "mail\\njane.roe@example.com\\u0021", "n": 5}'
    loaded = json.loads(clean(text, "json"))
    assert loaded == {"account_id": "<ACCOUNT_1>", "note": "mail\n<EMAIL_1>@<DOMAIN_1>!", "n": 5}


def test_spans_are_offsets_of_the_original() -> None:
    text = '{"a": "\\u00e9 \\" jane.roe@example.com", "account_id": 90817264}'
    artifact = redact(json=text).case.artifacts[0]
    assert [text[s.start : s.end] for s in artifact.spans] == ["jane.roe@example.com", "90817264"]


def test_json_lines_with_a_broken_line_are_still_redacted() -> None:
    text = '{"user": "jroe"}\n{"user": "jroe", \n{"n": 1}'
    assert "jroe" not in clean(text, "jsonl")


def test_yaml_stays_yaml_and_a_named_value_is_decided_by_its_name() -> None:
    text = "env:\n  - name: DB_PASSWORD\n    value: hunter22\n  - name: MODE\n    value: fast\n"
    loaded = yaml.safe_load(clean(text, "yaml"))
    assert loaded == {
        "env": [{"name": "DB_PASSWORD", "value": "<PASSWORD_1>"}, {"name": "MODE", "value": "fast"}]
    }


def test_csv_keeps_its_columns() -> None:
    text = 'time,email,author\n1,"jane.roe@example.com","Roe, Jane"\n2,x@y.example,Al Beck\n'
    lines = clean(text, "csv").splitlines()
    assert lines[1] == '1,"<EMAIL_1>@<DOMAIN_1>","<PERSON_1>"'
    assert all(line.count(",") == 2 for line in lines)


def test_mail_headers_name_people() -> None:
    text = (
        'From: "Roe, Jane" <jane@corp.example>\nTo: Al Beck <al@corp.example>\nSubject: x\n\nbody'
    )
    shown = clean(text, "eml")
    assert "Roe" not in shown
    assert "Beck" not in shown
    assert shown.endswith("\n\nbody")


def test_a_placeholder_in_xml_is_escaped() -> None:
    shown = "<a><m>&lt;EMAIL_1&gt;@&lt;DOMAIN_1&gt;</m></a>"
    assert clean("<a><m>jane.roe@example.com</m></a>", "xml") == shown


def test_roles_and_programs_are_no_people() -> None:
    text = '{"author": "Larkfield Support", "user": "root", "assignee": "Deploy Bot"}'
    assert clean(text, "json") == text


def test_a_broken_detector_lets_nothing_pass_and_names_no_content() -> None:
    redactor = Redactor(BrokenDetector(), policy_named("default"), KEY)
    with pytest.raises(DetectorFailed) as caught:
        redactor.redact_case(raw_case(txt="the secret sentence"))
    error: BaseException | None = caught.value
    while error is not None:
        assert "secret sentence" not in repr(error)
        error = error.__context__ or error.__cause__


def test_documents_are_numbered_each_on_its_own() -> None:
    redactor = Redactor(ListedNames(), policy_named("default"), KEY)
    pairs = [("r1", RawText("a@x.example")), ("r2", RawText("b@x.example"))]
    assert [d.text for d in redactor.redact_documents(pairs)] == [
        "<EMAIL_1>@<DOMAIN_1>",
        "<EMAIL_1>@<DOMAIN_1>",
    ]


def test_redaction_does_not_depend_on_the_run() -> None:
    text = "a@x.example b@y.example 10.0.0.1 10.0.0.2 token=abcd1234efgh"
    assert clean(text, "txt") == clean(text, "txt")
