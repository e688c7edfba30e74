"""What log lines become: events with level, component, template and anchor."""

from datetime import UTC, datetime

import pytest

from redaction import Artifact, Event, read_structure
from tests.making import redacted


def at(second: int) -> datetime:
    return datetime(2026, 3, 17, 9, 41, second, tzinfo=UTC)


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


FORMS: dict[str, tuple[str, str, str, str]] = {
    "logfmt": (
        'ts=2026-03-17T09:41:12Z lvl=warn msg="pool 91% full" service=api',
        *("warning", "api", "pool *% full"),
    ),
    "JSON within a head": (
        '2026-03-17T09:41:12Z host app[7]: {"level":"error","msg":"down 3"}',
        *("error", "app", "down *"),
    ),
    "logger in brackets behind a dotted name": (
        "a.log.2026-03-16_13:53:08 2026-03-17 09:41:12.008 25 INFO shop.wsgi [req-7] GET 3",
        *("info", "shop.wsgi", "GET *"),
    ),
    "threads in nested brackets": (
        "2026-03-17 09:41:12,747 - WARN  [Peer[id=1]/0:0:0:0:Election@774] - timed out: 3200",
        *("warning", "", "timed out: *"),
    ),
    "Python's basic form": ("ERROR:shop.api:bad 3", "error", "shop.api", "bad *"),
    "zap": ("2026-03-17T09:41:12Z\tERROR\tshop.api\tbad 3", "error", "shop.api", "bad *"),
    "Rust": ("2026-03-17T09:41:12Z  INFO shop::api: up 3", "info", "shop::api", "up *"),
    "Serilog": ("2026-03-17 09:41:12.123 +01:00 [ERR] bad 3", "error", "", "bad *"),
    "console of .NET": ("fail: Shop.Orders[5]", "error", "", "Shop.Orders[*]"),
    "Ruby": (
        "E, [2026-03-17T09:41:12.123456 #77] ERROR -- worker: bad 3",
        *("error", "worker", "bad *"),
    ),
    "nginx, errors": (
        "2026/03/17 09:41:12 [crit] 7#0: *12 connect() failed (110)",
        *("fatal", "", "connect() failed (*)"),
    ),
    "HAProxy": (
        "Mar 17 09:41:12 lb haproxy[1]: 192.0.2.7:1234 [17/Mar/2026:09:41:12.123] front back/s1 "
        '0/0/1/2/3 503 213 - - ---- 1/1/0/0/0 0/0 "GET /pay/12?x=1 HTTP/1.1"',
        *("error", "back/s1", "GET /pay/* -> HTTP 503"),
    ),
    "load balancer": (
        "https 2026-03-17T09:41:12.123456Z app/lb/50dc 192.0.2.7:1234 198.51.100.1:80 0.001 0.002 "
        '0.000 502 502 34 366 "GET https://shop.example:443/pay/12?x=1 HTTP/1.1" "agent"',
        *("error", "", "GET /pay/* -> HTTP 502"),
    ),
    "syslog with priority": (
        "<11>Mar 17 09:41:12 web1 su[7]: not allowed 3",
        *("error", "su", "not allowed *"),
    ),
    "RFC 5424": (
        '<165>1 2026-03-17T09:41:12.003Z web1 billing 7 ID47 [a@1 b="c"][d e="f"] sent 3',
        *("info", "billing", "sent *"),
    ),
    "a program's own head within syslog": (
        "Mar 17 09:41:12 web1 shop[8]: ERROR [main] c.e.Pool - exhausted 3",
        *("error", "Pool", "exhausted *"),
    ),
    "Kubernetes": (
        "W0317 09:41:12.123456       7 pod.go:81] retry 3",
        *("warning", "", "retry *"),
    ),
    "PostgreSQL, CSV": (
        '2026-03-17 09:41:12 UTC,"app","db",77,"192.0.2.7:5432",65f6,1,"SELECT",'
        '2026-03-17 09:40:00 UTC,3/12,0,ERROR,57014,"canceling ""slow"" statement",,,',
        *("error", "", "canceling * statement (SQLSTATE 57014)"),
    ),
    "MySQL, errors": (
        "2026-03-17T09:41:12.123456Z 0 [ERROR] [MY-010119] [InnoDB] Aborting 3",
        *("error", "InnoDB", "MY-010119 Aborting *"),
    ),
    "MySQL 5": ("260317  9:41:12 [Warning] slow 3", "warning", "", "slow *"),
    "Redis": ("1:M 17 Mar 2026 09:41:12.123 # memory 3", "warning", "", "memory *"),
    "garbage collector": (
        "[2026-03-17T09:41:12.123+0100][3.2s][info][gc,heap] GC(3) 24M->4M(256M)",
        *("info", "gc,heap", "GC(*) *M->*M(*M)"),
    ),
    "piped": ("20260317-22:15:29:606|Steps|302|counted 3", "other", "Steps", "counted *"),
    "supercomputer": (
        "- 1773740472 2026.03.17 n228 Mar 17 09:41:12 n228/n228 crond(pam)[29]: closed 3",
        *("other", "crond", "closed *"),
    ),
    "unknown": ("a line of no known form, 3", "other", "", "a line of no known form, *"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_line_of_each_form_tells_level_component_and_template(form: str) -> None:
    line, level, component, template = FORMS[form]
    (event,) = events(line)
    assert (event.level, event.component, event.template) == (level, component, template)


TRACES = {
    "Java": (
        "2026-03-17 09:41:12,001 ERROR [a] c.e.Orders - failed",
        "com.example.OrderException: no",
        "\tat com.example.Orders.place(Orders.java:81)",
        "\tSuppressed: java.io.IOException: closed",
        "\t\tat com.example.Orders.close(Orders.java:9)",
        "Caused by: java.sql.SQLException: gone",
        "\t... 12 common frames omitted",
    ),
    "Python": (
        "2026-03-17 09:41:12,001 ERROR shop failed",
        "Traceback (most recent call last):",
        '  File "a.py", line 1, in work',
        "    save()",
        "ValueError: bad",
        "",
        "During handling of the above exception, another exception occurred:",
        "",
        "Traceback (most recent call last):",
        '  File "a.py", line 3, in main',
        "KeyError: 'x'",
    ),
    ".NET": (
        "2026-03-17 09:41:12.001 [ERR] failed",
        "System.InvalidOperationException: no",
        " ---> System.IO.IOException: closed",
        "   at Shop.Orders.Close() in /src/Orders.cs:line 3",
        "   --- End of inner exception stack trace ---",
        "   at Shop.Orders.Place()",
    ),
    "Go": (
        "panic: runtime error: index out of range [5] with length 3",
        "",
        "goroutine 1 [running]:",
        "main.work(0x1, 0x2)",
        "\t/app/main.go:12 +0x1d",
        "created by main.main",
        "\t/app/main.go:3 +0x1",
        "exit status 2",
    ),
    "Node": (
        "2026-03-17T09:41:12.123Z error: failed",
        "Error: connect refused",
        "    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1494:16) {",
        "  errno: -111,",
        "}",
    ),
    "Ruby": (
        "E, [2026-03-17T09:41:12.123456 #77] ERROR -- : NoMethodError: undefined",
        "app/models/order.rb:12:in `place'",
        "from bin/shop.rb:3:in `<main>'",
    ),
    "below syslog's own head": (
        "Mar 17 09:41:12 web1 shop[8]: ERROR failed",
        "Mar 17 09:41:12 web1 shop[8]: com.example.OrderException: no",
        "Mar 17 09:41:12 web1 shop[8]: \tat com.example.Orders.place(Orders.java:81)",
        "Mar 17 09:41:12 web1 shop[8]: Caused by: java.io.IOException: closed",
    ),
    "in a container's log": (
        "2026-03-17T09:41:12.1Z stdout F 2026-03-17 10:41:12,123 ERROR [main] c.e.Foo - failed",
        "2026-03-17T09:41:12.2Z stdout F java.lang.IllegalStateException: no",
        "2026-03-17T09:41:12.3Z stdout F \tat com.example.A.b(A.java:1)",
        "2026-03-17T09:41:12.4Z stderr F Caused by: java.io.IOException: closed",
    ),
    "behind the time of kubectl": (
        "2026-03-17T09:41:12.123456789Z ERROR failed",
        "2026-03-17T09:41:12.123456790Z Traceback (most recent call last):",
        '2026-03-17T09:41:12.123456791Z   File "a.py", line 1, in work',
        "2026-03-17T09:41:12.123456792Z ValueError: bad",
    ),
    "in Docker's JSON": (
        '{"log":"ERROR failed\\n","stream":"stderr","time":"2026-03-17T09:41:12.1Z"}',
        '{"log":"\\tat a.b.C(D.java:1)\\n","stream":"stderr","time":"2026-03-17T09:41:12.2Z"}',
    ),
    "PostgreSQL behind the service's name": (
        "db-1  | 2026-03-17 09:41:12 UTC [7] ERROR:  deadlock detected",
        "db-1  | 2026-03-17 09:41:12 UTC [7] DETAIL:  Process 7 waits",
        "db-1  | \tProcess 8 waits",
        "db-1  | 2026-03-17 09:41:12 UTC [7] STATEMENT:  select 1",
    ),
    "java.util.logging": (
        "Mar 17, 2026 9:41:12 AM com.example.Main run",
        "SEVERE: failed",
        "java.io.IOException: closed",
        "\tat a.b.C(D.java:1)",
    ),
}


@pytest.mark.parametrize("form", TRACES)
def test_lines_of_a_trace_make_one_event_and_the_next_record_another(form: str) -> None:
    lines = [line for line in TRACES[form] if line]
    kept = TRACES[form]
    after = "2026/03/17 09:41:13 again" if lines[0].startswith("panic") else lines[0]
    found = events("\n".join((*kept, after)))
    first, second = sorted(found, key=lambda event: event.anchor.line)
    assert (first.lines, second.lines) == (len(kept), 1)
    assert first.level in ("error", "fatal")
    assert second.anchor.line == len(kept) + 1


def test_a_carrier_lends_its_time_where_the_line_has_no_sure_one() -> None:
    text = (
        "2026-03-17T09:41:12.123456789Z E0317 10:41:12.000000       1 pod.go:81] sync failed\n"
        "2026-03-17T09:41:13.123456789Z plain words\n"
        '2026-03-17T09:41:14.123456789Z {"level":"warn","msg":"x","ts":"2026-03-17T09:41:15Z"}\n'
    )
    assert [(event.utc, event.zone, event.level) for event in events(text)] == [
        (datetime(2026, 3, 17, 9, 41, 12, 123456, UTC), "explicit", "error"),
        (datetime(2026, 3, 17, 9, 41, 13, 123456, UTC), "explicit", "other"),
        (at(15), "explicit", "warning"),
    ]


def test_parts_of_a_line_that_a_container_runtime_cut_are_joined() -> None:
    text = (
        '2026-03-17T09:41:12Z stdout P {"level":"error",\n'
        '2026-03-17T09:41:12Z stdout F "msg":"joined 3"}\n'
        "2026-03-17T09:41:13Z stdout F INFO next\n"
    )
    first, second = events(text)
    assert (first.level, first.template, first.anchor.line) == ("error", "joined *", 1)
    assert (second.level, second.anchor.line) == ("info", 3)


def test_fields_of_a_web_server_are_found_by_their_names() -> None:
    text = (
        "#Software: x\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query sc-status\n"
        "2026-03-17 09:41:12 192.0.2.7 GET /pay/3 - 500\n"
    )
    (event,) = events(text)
    assert (event.template, event.zone, event.level) == ("GET /pay/* -> HTTP 500", "file", "error")


def test_slow_queries_are_blocks_with_their_statement() -> None:
    text = (
        "/usr/sbin/mysqld, Version: 8\nTime                 Id Command    Argument\n"
        "# Time: 2026-03-17T09:41:12Z\n# User@Host: app[app] @  [192.0.2.7]  Id: 7\n"
        "# Query_time: 12.5  Lock_time: 0.0 Rows_sent: 1\nSET timestamp=1773740472;\n"
        "SELECT *\nFROM orders;\n"
        "# User@Host: app[app] @  [192.0.2.7]  Id: 7\n# Query_time: 2.5  Lock_time: 0.0\n"
        "SET timestamp=1773740473;\nSELECT 1;\n"
    )
    first, second = events(text)
    assert first.text == "slow query (12.5 s): SELECT *\nFROM orders;"
    assert (first.utc, first.lines, first.anchor.line) == (at(12), 6, 3)
    assert (second.utc, second.anchor.line) == (at(13), 9)


def test_events_of_windows_are_read_as_text_table_and_xml() -> None:
    text = (
        "Event[0]:\n  Log Name: Application\n  Source: Shop\n  Date: 2026-03-17T09:41:12.000\n"
        "  Event ID: 1000\n  Level: Error\n  Description:\nFaulting module 3\n\n"
        "Event[1]:\n  Log Name: System\n  Source: Shop\n  Date: 2026-03-17T09:41:13.000\n"
        "  Event ID: 7036\n  Level: Information\n  Description:\nstopped\n"
    )
    table = (
        "Level,Date and Time,Source,Event ID,Task Category\n"
        'Error,3/17/2026 9:41:12 AM,Shop,1000,None,"Faulting\nmodule 3"\n'
        "Information,3/17/2026 9:41:13 AM,Shop,7036,None,stopped\n"
    )
    xml = '<?xml version="1.0"?>\n<Events>' + "".join(
        f'<Event>\n<System><Provider Name="Shop"/><EventID>{number}</EventID>'
        f'<Level>{level}</Level><TimeCreated SystemTime="2026-03-17T09:41:{second}Z"/></System>'
        f"<EventData><Data>{said}</Data></EventData></Event>"
        for number, level, second, said in ((1000, 2, 12, "Faulting"), (7036, 4, 13, "stopped"))
    )
    forms = (("text/x-log", text), ("text/csv", table), ("application/xml", f"{xml}</Events>"))
    for media_type, content in forms:
        first, second = events(content, media_type)
        assert (first.utc, first.level, first.component) == (at(12), "error", "Shop"), media_type
        assert first.text.startswith("event ID 1000: Faulting")
        assert (second.utc, second.level) == (at(13), "info")
        assert second.text == "event ID 7036: stopped"


def test_a_journal_is_read_in_its_short_and_its_json_form() -> None:
    record = (
        '{"__REALTIME_TIMESTAMP":"1773740472000000","PRIORITY":"3","SYSLOG_IDENTIFIER":"shop",'
        '"MESSAGE":"down 3"}'
    )
    for text in (record, "2026-03-17T09:41:12+0000 web1 shop[7]: error: down 3"):
        (event,) = events(text)
        assert (event.utc, event.level, event.component) == (at(12), "error", "shop")


def test_the_zone_of_the_case_places_the_times_of_a_log() -> None:
    text = redacted("2026-03-17 10:41:12,001 ERROR x\n")
    artifact = Artifact("A1.log", redacted("a.log"), "text/x-log", text, ())
    (event,) = read_structure((artifact,), "Europe/Oslo").events
    assert (event.utc, event.zone) == (at(12).replace(microsecond=1000), "case")
    with pytest.raises(ValueError, match="Europe/Oslo"):
        read_structure((artifact,), "Middle-earth/Shire")


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
