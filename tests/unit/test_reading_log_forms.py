"""Logs of many products, each in the form that it writes: time, level, writer, what belongs."""

from datetime import UTC, datetime
from typing import Final

import pytest

from redaction import Artifact, Event, read_structure
from redaction.intake.media import media_type
from redaction.reading.artifacts import Structure
from tests.making import redacted


def structure(text: str) -> Structure:
    """Read a text as intake would: its content alone says what it is."""
    artifact = Artifact("A1", redacted("a"), media_type(text), redacted(text), ())
    return read_structure((artifact,))


def events(text: str) -> tuple[Event, ...]:
    return tuple(sorted(structure(text).events, key=lambda event: event.anchor.line))


def at(second: int, microsecond: int = 0) -> datetime:
    return datetime(2026, 3, 10, 9, 20, second, microsecond, UTC)


CRASHES: Final = {
    "Go": (
        "panic: runtime error: index out of range [5] with length 3\n\n"
        "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:9 +0x1d\nexit status 2\n",
        "fatal",
    ),
    "Go in a dump of routines": (
        "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\n"
        "main.main()\n\t/src/main.go:9 +0x1d\n\ngoroutine 6 [select]:\n"
        "net/http.(*Server).Serve(0xc0000)\n\t/go/server.go:3 +0x1\n"
        "created by main.main in goroutine 1\n\t/src/main.go:5 +0x2\n",
        "fatal",
    ),
    "Rust": (
        "thread 'main' panicked at src/main.rs:4:5:\nindex out of bounds: the len is 3\n"
        "stack backtrace:\n   0: rust_begin_unwind\n             at /rustc/panicking.rs:5\n"
        "note: run with `RUST_BACKTRACE=full` for more\n",
        "fatal",
    ),
    "Python, one error while handling another": (
        'Traceback (most recent call last):\n  File "/app/pay.py", line 1, in pay\n    pool.get()\n'
        "queue.Empty\n\nDuring handling of the above exception, another exception occurred:\n\n"
        'Traceback (most recent call last):\n  File "/app/pay.py", line 4, in pay\n    raise X\n'
        "shop.PoolError: no connection\n",
        "error",
    ),
    "Java": (
        "java.lang.IllegalStateException: Pool exhausted\n\tat shop.Pool.get(Pool.java:17)\n"
        "Caused by: java.io.IOException: closed\n\t... 2 more\n",
        "error",
    ),
    ".NET with inner exceptions": (
        "System.InvalidOperationException: Could not charge\n"
        " ---> System.TimeoutException: timed out\n   at Shop.Pay.Charge() in /src/Pay.cs:line 4\n"
        "   --- End of inner exception stack trace ---\n   at Shop.Api.Post() in /src/Api.cs\n",
        "error",
    ),
    "Node": (
        "Error: timeout exceeded\n    at Timeout._onTimeout (/app/pool.js:45:11)\n"
        "    at listOnTimeout (node:internal/timers:569:17) {\n  code: 'ETIMEDOUT'\n}\n\n"
        "Node.js v20.11.0\n",
        "",
    ),
}


@pytest.mark.parametrize("form", CRASHES)
def test_a_stack_trace_alone_is_one_event_that_knows_no_time(form: str) -> None:
    text, level = CRASHES[form]
    (event,) = events(text)
    assert (event.utc, event.anchor.line) == (None, 1)
    assert event.lines == text.rstrip("\n").count("\n") + 1
    assert event.level == (level or event.level)


def test_prose_around_a_stack_trace_tells_no_events() -> None:
    trace = CRASHES["Java"][0]
    (event,) = events(f"Hello,\nthis is what we see since the update:\n\n{trace}\n\nRegards\n")
    assert (event.level, event.exception) == ("error", "java.lang.IllegalStateException")
    assert "Regards" not in event.text


@pytest.mark.parametrize("form", ["Go", "Rust"])
def test_a_crash_below_a_record_counts_more_than_the_record(form: str) -> None:
    crash = CRASHES[form][0]
    first, second = events(
        f"2026-03-10T09:20:31Z INFO listening on :8080\n{crash}2026-03-10T09:20:32Z INFO up\n"
    )
    assert (first.utc, first.level) == (at(31), "fatal")
    assert first.template.startswith(("panic: runtime error", "thread * panicked"))
    assert (second.utc, second.level, second.template) == (at(32), "info", "up")


def test_routines_below_a_panic_belong_to_it() -> None:
    text = (
        "2026/03/10 09:20:31 http: panic serving <IP_1>:5111: nil pointer dereference\n"
        "goroutine 34 [running]:\nnet/http.(*conn).serve.func1()\n\t/go/server.go:1 +0xbe\n"
        "panic({0x6b2e20?, 0x8c3f10?})\n\t/go/panic.go:884 +0x213\n\ngoroutine 1 [IO wait]:\n"
        "internal/poll.runtime_pollWait(0x7f0, 0x72)\n\t/go/netpoll.go:343 +0x85\n"
        "2026/03/10 09:20:32 recovered\n"
    )
    first, second = events(text)
    assert (first.level, first.lines, second.template) == ("error", 10, "recovered")


def test_a_time_on_a_line_of_its_own_heads_what_stands_below() -> None:
    first, second = events(
        "2026-03-10T09:20:31.123456+00:00\nErrors in file /u01/shop_ora_812.trc:\n"
        "ORA-04031: unable to allocate 4096 bytes of shared memory\n"
        "2026-03-10T09:20:32.000000+00:00\nThread 1 advanced to log sequence 120\n"
    )
    assert (first.utc, first.level) == (at(31, 123456), "error")
    assert first.template == "ORA-04031: unable to allocate * bytes of shared memory"
    assert (second.utc, second.level, second.anchor.line) == (at(32), "other", 4)
    (dump,) = events(
        '2026-03-10 09:20:31\nFull thread dump OpenJDK 64-Bit Server VM:\n\n"main" #1 prio=5\n'
        "   java.lang.Thread.State: RUNNABLE\n\tat shop.Pool.get(Pool.java:17)\n"
    )
    assert (dump.utc, dump.lines) == (at(31), 6)


@pytest.mark.parametrize(
    ("line", "raw_time", "level"),
    [
        ("[12.345s][warning][gc,alloc] worker-3: Retried", "12.345s", "warning"),
        ("15.400: [Full GC (Ergonomics) 10728K->10000K(316928K), 0.05 secs]", "15.400", "other"),
        ("[ 8123.456789] oom_reaper: reaped process 812 (java)", "8123.456789", "other"),
    ],
)
def test_time_since_a_start_is_told_as_written_and_is_no_day(
    line: str, raw_time: str, level: str
) -> None:
    first, _ = events(f"{line}\n{line}\n")
    assert (first.raw_time, first.utc, first.zone) == (raw_time, None, "none")
    assert first.level == level


def test_the_year_of_a_syslog_line_may_stand_in_the_line() -> None:
    (event,) = events(
        "Mar 10 09:20:31 lb1 haproxy[1]: <IP_1>:3 [10/Mar/2026:09:20:30.655] in shop/<NOSRV> "
        '0/-1/-1/-1/0 503 212 - - SC-- 1/1/0/0/0 0/0 "POST /pay HTTP/1.1"\n'
    )
    assert (event.utc, event.zone, event.level) == (at(31), "assumed", "error")
    assert (event.template, event.component) == ("POST /pay -> HTTP 503", "shop/<NOSRV>")


def test_directives_of_a_table_of_requests_are_no_events() -> None:
    (event,) = events(
        "#Software: Microsoft Internet Information Services 10.0\n#Date: 2026-03-10 09:20:00\n"
        "#Fields: date time cs-method cs-uri-stem sc-status\n2026-03-10 09:20:31 GET /pay 503\n"
    )
    assert (event.utc, event.zone, event.template) == (at(31), "file", "GET /pay -> HTTP 503")


LINES: Final = {
    "MongoDB before 4.4": (
        "2026-03-10T09:20:31.000+0000 E STORAGE  [thread1] No space left",
        *("error", "STORAGE", "No space left"),
    ),
    "Squid": (
        "1773134431.000    145 <IP_1> TCP_MISS/503 1130 GET http://shop.example/pay - DIRECT/- -",
        *("error", "", "GET /pay -> HTTP 503"),
    ),
    "MongoDB": (
        '{"t":{"$date":"2026-03-10T09:20:31.000+00:00"},"s":"E","c":"STORAGE","id":1,'
        '"ctx":"t","msg":"WiredTiger error","attr":{"message":"No space left"}}',
        *("error", "STORAGE", "WiredTiger error: No space left"),
    ),
    "PostgreSQL as JSON": (
        '{"timestamp":"2026-03-10 09:20:31.000 UTC","error_severity":"ERROR",'
        '"state_code":"23505","message":"duplicate key"}',
        *("error", "", "duplicate key (SQLSTATE 23505)"),
    ),
    "log4j2 as JSON": (
        '{"instant":{"epochSecond":1773134431,"nanoOfSecond":0},"level":"ERROR",'
        '"loggerName":"shop.Pool","message":"empty"}',
        *("error", "Pool", "empty"),
    ),
    "Rust's tracing as JSON": (
        '{"timestamp":"2026-03-10T09:20:31Z","level":"ERROR","fields":{"message":"empty"},'
        '"target":"shop::pool"}',
        *("error", "shop::pool", "empty"),
    ),
    "the common schema of Elastic, nested": (
        '{"@timestamp":"2026-03-10T09:20:31Z","log":{"level":"error","logger":"shop.Pool"},'
        '"message":"empty"}',
        *("error", "Pool", "empty"),
    ),
    "Splunk's collector": (
        '{"time":1773134431,"source":"shop","event":{"message":"empty","severity":"ERROR"}}',
        *("error", "shop", "empty"),
    ),
    "the journal, a message of bytes": (
        '{"__REALTIME_TIMESTAMP":"1773134431000000","PRIORITY":"3","SYSLOG_IDENTIFIER":"shop",'
        '"MESSAGE":[101,109,112,116,121]}',
        *("error", "shop", "empty"),
    ),
    "JSON of a program inside JSON": (
        '{"@timestamp":"2026-03-10T09:20:31Z","message":"{\\"ts\\":\\"2026-03-10T09:20:30Z\\",'
        '\\"level\\":\\"error\\",\\"logger\\":\\"shop.Pool\\",\\"msg\\":\\"empty\\"}"}',
        *("error", "Pool", "empty"),
    ),
    "a line of a program inside JSON": (
        '{"@timestamp":"2026-03-10T09:20:31Z","message":"2026-03-10 09:20:30,1 ERROR [main] '
        'shop.Pool - empty"}',
        *("error", "Pool", "empty"),
    ),
}


@pytest.mark.parametrize("form", LINES)
def test_a_record_tells_time_level_writer_and_template(form: str) -> None:
    line, level, component, template = LINES[form]
    first, second = events(f"{line}\n{line}\n")
    assert first.utc == second.utc == at(31)
    assert (first.level, first.component, first.template) == (level, component, template)


def test_the_console_of_net_names_the_category_above_the_message() -> None:
    (event,) = events(
        "fail: Microsoft.AspNetCore.Server.Kestrel[13]\n      Connection 5: unhandled exception\n"
        "      System.TimeoutException: timed out\n         at Shop.Pay.Charge() in /src/Pay.cs\n"
    )
    assert (event.level, event.component) == ("error", "Kestrel")
    assert (event.template, event.exception) == (
        "Connection *: unhandled exception",
        "System.TimeoutException",
    )


BLOCKS: Final = {
    "objects one below the other": (
        '{\n  "ts": "2026-03-10T09:20:31Z",\n  "level": "error",\n  "service": "shop",\n'
        '  "msg": "pool is empty"\n}\n',
        *("error", "shop", "pool is empty"),
    ),
    "slow queries of MySQL": (
        "# Time: 2026-03-10T09:20:31.000000Z\n# User@Host: app[app] @  [<IP_1>]  Id:    12\n"
        "# Query_time: 12.5  Lock_time: 0.1 Rows_sent: 1  Rows_examined: 9\nuse shop;\n"
        "SET timestamp=1773134431;\nSELECT *\nFROM orders;\n",
        *("warning", "", "slow query (12.5 s): SELECT *\nFROM orders;"),
    ),
    "the journal's export": (
        "__CURSOR=s=0011aa\n__REALTIME_TIMESTAMP=1773134431000000\nPRIORITY=3\n"
        "SYSLOG_IDENTIFIER=shop\nMESSAGE=pool is empty\n\n",
        *("error", "shop", "pool is empty"),
    ),
    "PowerShell's list of events": (
        "\nTimeCreated  : 2026-03-10 09:20:31\nProviderName : Service Control Manager\n"
        "Id           : 7031\nLevelDisplayName : Error\nMessage      : The service ended\n"
        "               unexpectedly.\n\n",
        *("error", "Service Control Manager", "event ID 7031: The service ended\nunexpectedly."),
    ),
    "PowerShell's table of events": (
        '#TYPE Selected.EventLogRecord\n"TimeCreated","Id","LevelDisplayName","ProviderName",'
        '"Message"\n"2026-03-10 09:20:31","7031","Error","Service Control Manager","It ended"\n',
        *("error", "Service Control Manager", "event ID 7031: It ended"),
    ),
    "the Event Viewer's table": (
        "Level\tDate and Time\tSource\tEvent ID\tTask Category\n"
        "Error\t2026-03-10 09:20:31\tShop\t17883\tServer\tIt hangs\n",
        *("error", "Shop", "event ID 17883: It hangs"),
    ),
    "Kibana's table": (
        '"@timestamp","log.level",message,"service.name"\n'
        '"Mar 10, 2026 @ 09:20:31.000",ERROR,pool is empty,shop\n',
        *("error", "shop", "pool is empty"),
    ),
    "the table of CloudWatch's queries": (
        "@timestamp,@message,@logStream\n2026-03-10 09:20:31.000,ERROR pool is empty,shop/1\n",
        *("error", "shop/1", "ERROR pool is empty"),
    ),
}


@pytest.mark.parametrize("form", BLOCKS)
def test_a_block_or_row_tells_time_level_writer_and_text(form: str) -> None:
    text, level, component, said = BLOCKS[form]
    (event,) = events(text)
    assert (event.utc, event.level, event.component) == (at(31), level, component)
    assert event.text == said
