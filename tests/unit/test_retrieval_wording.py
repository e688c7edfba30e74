import time

import pytest

from redaction import is_redacted
from retrieval.wording import wording
from tests.making import redacted


def kept(text: str) -> list[str]:
    return [line.strip() for line in wording(redacted(text)).splitlines()]


@pytest.mark.parametrize(
    "heading",
    [
        *("Steps to reproduce:", "h2. Steps To Reproduce", "## Expected behaviour", "*Actual:*"),
        *("1. Description of the problem:", "ADDITIONAL INFORMATION:", "How often does it happen?"),
        *("{code:java}", "```json", "----------", "=== Operating System ===", "-- "),
    ],
)
def test_a_template_or_mark_alone_on_a_line_is_left_out(heading: str) -> None:
    assert kept(f"The cart is empty\n{heading}") == ["The cart is empty"]


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Actual result: the cart is empty", "the cart is empty"),
        ("h3. Summary: the cart is empty", "the cart is empty"),
        ("{noformat}the cart is empty{noformat}", "the cart is empty"),
    ],
)
def test_what_follows_a_heading_stays(line: str, rest: str) -> None:
    assert kept(line) == [rest]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Hi all,",
            "Hello <PERSON>,",
            "Thanks in advance!",
            "Best regards,",
            "Sent from my phone",
        ),
        *("> it worked yesterday", "On <DATE>, <PERSON> wrote:", "----- Original Message -----"),
    ],
)
def test_courtesies_and_quoted_mail_are_left_out(line: str) -> None:
    assert kept(f"{line}\nThe cart is empty") == ["The cart is empty"]


def test_nothing_below_the_mark_of_a_signature_is_kept() -> None:
    assert kept("The cart is empty\n-- \nJane Roe\nShop Inc") == ["The cart is empty"]


def test_a_dump_of_the_environment_is_left_out() -> None:
    text = """The cart is empty
=== Shop Server ===
Version: 4.2.1 (build 7)
Runtime:
    Python 3.11.4
Package manager 1.2.3

Build: 77

It began on Monday"""
    assert kept(text) == ["The cart is empty", "It began on Monday"]


def test_frames_and_quiet_log_lines_are_left_out_and_the_error_stays() -> None:
    text = """2026-03-01 12:00:00 INFO heartbeat
2026-03-01 12:00:01 ERROR pool exhausted
java.io.IOError: gone
  at shop.Pool.open(Pool.java:3)
  File "/srv/pool.py", line 3, in open"""
    assert kept(text) == ["2026-03-01 12:00:01 ERROR pool exhausted", "java.io.IOError: gone"]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Notes vanish after saving",
            "The version of the cart is wrong",
            "Reproducible crash on exit",
        ),
        *("a > b is true", "Thanks page shows an error: cart is empty", "Problem with the cart"),
    ],
)
def test_a_sentence_that_begins_like_a_template_stays_whole(line: str) -> None:
    assert kept(line) == [line]


def test_as_much_is_kept_as_asked_for_and_it_stays_redacted() -> None:
    text = wording(redacted("cart is empty\n" * 100), 30)
    assert text == "cart is empty\ncart is empty\nca"
    assert is_redacted(text)


def test_nothing_to_keep_is_an_empty_text() -> None:
    assert wording(redacted("\n  \nHello,\n")) == ""


@pytest.mark.parametrize("unit", ["a ", "# ", "steps to ", "{code", "at a", "=", "1. ", "a 1.1 ("])
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    started = time.process_time()
    wording(redacted(unit * 200_000))
    wording(redacted((unit * 50 + "\n") * 2_000))
    assert time.process_time() - started < 5
