from datetime import UTC, datetime

from redaction import Anchor, Event, Field, FieldName, Level, Message, RedactedCase, is_redacted
from retrieval import case_query, text_query
from retrieval.query import query_text
from tests.making import redacted

ANCHOR = Anchor("A1.log", 1)


def a_field(name: FieldName, value: str) -> Field:
    return Field(name, redacted(name), redacted(value), ANCHOR)


def an_event(exception: str, template: str, *, level: Level = "error", text: str = "") -> Event:
    line = redacted(template)
    none = redacted("")
    return Event(
        None,
        none,
        "none",
        level,
        none,
        redacted(text or template),
        line,
        redacted(exception),
        1,
        ANCHOR,
    )


def a_case(
    *fields: Field, events: tuple[Event, ...] = (), messages: tuple[Message, ...] = ()
) -> RedactedCase:
    title = redacted("Checkout fails for <ORGANIZATION_2>")
    return RedactedCase("c1", title, "p1", (), (), messages, events, (), fields)


def test_a_case_is_asked_for_by_title_description_signatures_and_component() -> None:
    query = case_query(
        a_case(
            a_field("description", "503 since noon, says <PERSON_3>"),
            a_field("component", "checkout-api"),
            a_field("product", "Shop"),
            a_field("version", "4.2"),
            a_field("created", "2026-03-01T12:00:00+01:00"),
            events=(an_event("com.example.PoolTimeoutException", "pool exhausted"),) * 2
            + (an_event("IOError", "disk"),),
        )
    )
    assert query.title == "Checkout fails for <ORGANIZATION>"
    assert query.text == "pool exhausted\ndisk\n503 since noon, says <PERSON>"
    assert query.signatures == ("PoolTimeoutException", "IOError")
    assert (query.product, query.component, query.version) == ("Shop", "checkout-api", "4.2")
    assert query.time == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert is_redacted(query_text(query))


def test_without_a_description_the_first_message_describes_the_case() -> None:
    said = datetime(2026, 3, 1, tzinfo=UTC)
    message = Message(redacted("<PERSON_1>"), "customer", said, redacted("It hangs"), ANCHOR)
    query = case_query(a_case(messages=(message,)))
    assert query.text == "It hangs"
    assert query.time == said


def test_an_empty_case_still_makes_a_query() -> None:
    query = case_query(a_case())
    assert query.title
    assert query.signatures == ()
    assert query.time is None


def test_the_first_line_of_a_text_is_its_title() -> None:
    query = text_query(redacted("\n\nCheckout fails\nsince <DATE_1> noon\n"))
    assert (query.title, query.text) == ("Checkout fails", "since <DATE> noon")


def test_a_long_log_is_asked_for_by_its_signatures_and_its_head() -> None:
    noise = "2026-03-01 12:00:00 INFO heartbeat ok\n" * 3_000
    query = text_query(redacted(noise + "caused by PoolTimeoutException\n" + noise))
    assert query.signatures == ("PoolTimeoutException",)
    assert len(query_text(query)) < 4_000


def test_an_empty_text_makes_an_empty_query() -> None:
    assert query_text(text_query(redacted(" \n "))).strip() == ""


def test_the_innermost_cause_of_a_stack_trace_speaks_for_it() -> None:
    trace = (
        "request failed\nOuterException: x\nCaused by: PoolTimeoutException: no connection\n at f"
    )
    query = case_query(a_case(events=(an_event("OuterException", "request failed", text=trace),)))
    assert query.text.startswith("Caused by: PoolTimeoutException: no connection")
    assert set(query.signatures) == {"OuterException", "PoolTimeoutException"}


def test_exceptions_speak_before_errors_and_errors_before_warnings() -> None:
    events = (
        *(an_event("", "slow answer", level="warning"),) * 9,
        *(an_event("", "run failed"),) * 5,
        an_event("IOError", "disk gone"),
    )
    assert case_query(a_case(events=events)).text == "disk gone\nrun failed\nslow answer\n"


def test_lines_that_differ_only_in_numbers_are_asked_for_once() -> None:
    traces = [f"failed {name}\nCaused by: IOError: waited {name} ms" for name in ("1", "22")]
    events = tuple(an_event("IOError", trace[:9], text=trace) for trace in traces)
    assert case_query(a_case(events=events)).text == "Caused by: IOError: waited 1 ms\n"


def test_a_signature_is_embedded_once() -> None:
    said = text_query(redacted("IOError in the pool"))
    assert query_text(said).count("IOError") == 1
    far = text_query(redacted("Pool fails\n" + "word " * 1_000 + "IOError"))
    assert query_text(far).endswith("IOError")


def test_error_classes_and_stack_frames_do_not_crowd_each_other_out() -> None:
    lines = [f"  at shop.Deep.step{number}(Deep.java:1)" for number in range(30)]
    codes = [f"ORA-{number:05}" for number in range(1, 20)]
    text = "\n".join(("It fails", *lines, *codes))
    found = text_query(redacted(text)).signatures
    assert found[:8] == tuple(codes[:8])
    assert found[8:] == tuple(f"Deep.step{number}" for number in range(8))
