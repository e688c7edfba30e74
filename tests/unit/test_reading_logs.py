"""What log lines become: events with level, component, template and anchor."""

from datetime import UTC, datetime

import pytest

from redaction import Artifact, Event, read_structure
from tests.making import redacted


def events(text: str, media_type: str = "text/x-log") -> tuple[Event, ...]:
    artifact = Artifact("A1.log", redacted("a.log"), media_type, redacted(text), ())
    return read_structure((artifact,)).events


LOGBACK = """\
# times are UTC
2026-03-17 09:41:12,123 INFO  [main] c.e.checkout.PoolConfig - pool size 16 for <HOST_3>
2026-03-17 09:41:13,001 ERROR [http-1] c.e.OrderService - order ord-8812 failed for <PERSON_2>
org.example.TxException: no connection
\tat com.example.OrderService.place(OrderService.java:81)
Caused by: java.sql.SQLTransientConnectionException: timed out after 5000ms
\t... 12 more
2026-03-17 09:41:14,000 WARN  [main] c.e.checkout.PoolConfig - waiting=107
"""


def test_a_stack_trace_belongs_to_the_line_above_it() -> None:
    first, second, third = events(LOGBACK)
    assert (first.level, first.component, first.anchor.line) == ("info", "PoolConfig", 2)
    assert first.template == "pool size * for <HOST>"
    assert (second.exception, second.lines) == ("org.example.TxException", 5)
    assert second.template == "order ord-* failed for <PERSON>"
    assert second.text.splitlines()[3].startswith("Caused by")
    assert (third.anchor.line, third.lines, third.zone) == (8, 1, "file")
    assert second.raw_time == "2026-03-17 09:41:13,001"


@pytest.mark.parametrize(
    ("line", "level", "component", "template"),
    [
        (
            "2026-03-17 09:41:12.123 UTC [77] app@orders ERROR:  canceling statement: 57014",
            "error",
            "",
            "canceling statement: *",
        ),
        (
            "2026-03-17T09:41:12Z  WARN 1 --- [svc] [nio-8] c.e.PaymentService : slow 30 ms",
            "warning",
            "PaymentService",
            "slow * ms",
        ),
        (
            "2026-03-17 09:41:12,001 - payments.api - CRITICAL - down since 'x'",
            "fatal",
            "payments.api",
            "down since *",
        ),
        (
            '192.0.2.7 - - [17/Mar/2026:09:41:12 +0000] "POST /v2/pay/12?a=b HTTP/1.1" 503 0',
            "error",
            "",
            "POST /v2/pay/* -> HTTP 503",
        ),
        ("Mar 17 09:41:12 web1 kernel: Out of memory: 81", "other", "kernel", "Out of memory: *"),
        (
            "[Tue Mar 17 09:41:12 2026] [proxy:error] [pid 7] AH1: refused",
            "error",
            "proxy",
            "AH*: refused",
        ),
        (
            'time="2026-03-17T09:41:12Z" level=warning msg="disk 91% full" service=agent',
            "warning",
            "agent",
            "disk *% full",
        ),
        (
            "2026-03-17T09:41:12Z ERROR [db] com.example.Db - ORA-01555 and SQLSTATE 57014, 0x1F",
            "error",
            "Db",
            "ORA-01555 and SQLSTATE 57014, *",
        ),
        ("E0317 09:41:12.123456       7 pod.go:81] sync failed", "error", "", "sync failed"),
    ],
)
def test_a_line_tells_level_component_and_template(
    line: str, level: str, component: str, template: str
) -> None:
    (event,) = events(line)
    assert (event.level, event.component, event.template) == (level, component, template)


def test_json_lines_are_read_by_their_usual_keys() -> None:
    lines = (
        '{"ts":"2026-03-17T10:41:12+01:00","status":503,"method":"POST","path":"/v2/pay"}\n'
        '{"@timestamp":"2026-03-17T09:41:13Z","level":"INFO","message":"up","service":"api",'
        '"stack_trace":"a.b.BadException: x"}\n'
        '{"time":1773740474,"level":50,"msg":"status as text","status":"<NUMBER_1>"}\n'
        "not json at all\n"
    )
    first, second, third, fourth = events(lines, "application/x-ndjson")
    assert (first.level, first.template) == ("error", "POST /v2/pay -> HTTP 503")
    assert first.utc == datetime(2026, 3, 17, 9, 41, 12, tzinfo=UTC)
    assert (second.component, second.exception) == ("api", "a.b.BadException")
    assert (third.level, third.anchor.line) == ("error", 3)
    assert (fourth.utc, fourth.text, fourth.anchor.line) == (None, "not json at all", 4)


def test_postgres_detail_lines_belong_to_their_error() -> None:
    (event,) = events(
        "2026-03-17 09:41:12.1 UTC [7] ERROR:  deadlock detected\n"
        "2026-03-17 09:41:12.1 UTC [7] DETAIL:  Process 7 waits\n"
    )
    assert (event.lines, event.template) == (2, "deadlock detected")


def test_prose_tells_only_the_lines_that_carry_a_time() -> None:
    text = "Notes from the call\n\n2026-03-17 09:41 customer rebooted\n\nand then nothing\n" * 3
    assert [event.anchor.line for event in events(text, "text/plain")] == [3, 8, 13]


def test_a_log_without_any_time_is_read_line_by_line() -> None:
    found = events("ERROR one 1\nERROR two 2\n")
    assert [(event.level, event.utc, event.template) for event in found] == [
        ("error", None, "one *"),
        ("error", None, "two *"),
    ]


def test_a_log_without_years_takes_the_year_of_the_rest_of_the_case() -> None:
    artifacts = (
        Artifact("A1.log", redacted("s"), "text/x-log", redacted("Mar 17 09:41:12 h p: x\n"), ()),
        Artifact("A2.log", redacted("t"), "text/x-log", redacted("2024-03-16T00:00:00Z y\n"), ()),
    )
    found = read_structure(artifacts).events
    assert [event.anchor.artifact for event in found] == ["A2.log", "A1.log"]
    assert found[1].utc == datetime(2024, 3, 17, 9, 41, 12, tzinfo=UTC)
    assert found[1].zone == "assumed"


ODD = "page\fone\v two\nnext\u2028line\x85 \x1c of\u2029it\n"


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("text/x-log", ODD + "2026-03-17 09:41:12,123 ERROR [main] c.e.Orders - boom\n"),
        ("text/csv", "ts,on,x\n2026-03-17T09:40Z,a\fb\u2028c,1\n2026-03-17T09:41Z,d,2\n"),
        ("application/json", '[{"user": "a\u2028b",\n"ts": "1773740531\x85",\n"text": "boom"}]'),
        ("message/rfc822", "From: a\u2028b\fc\n\nboom\n"),
    ],
)
def test_only_a_line_feed_ends_a_line(media_type: str, text: str) -> None:
    artifact = Artifact("A1.x", redacted("x"), media_type, redacted(text), ())
    structure = read_structure((artifact,))
    found = (*structure.messages, *structure.events, *structure.samples)
    assert max(each.anchor.line for each in found) == 3
