"""Lines that differ in digits alone are read once, and yet as if each were read by itself."""

import gzip
import json
import random
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.case import Event
from redaction.reading.logs import read_log
from redaction.reading.records.forms import Forms
from redaction.reading.templates import Masks, template_of
from redaction.reading.timestamps import file_context
from redaction.text import RedactedText, mint
from tests.making import redacted

NEAR = datetime(2026, 3, 1, tzinfo=UTC)
TIMES = st.sampled_from(
    ["2026-03-17 09:41:12,345", "Mar 17 09:41:12", "[Tue Mar 17 09:41:12 2026]", "260317 094112 12",
     "26/03/17 09:41:12", "03-17 09:41:12.345  17  21", "1773740531", "- 1773740531 2026.03.17 n1",
     "E0317 09:41:12.345678      12 a.go:17]", "<34>1 2026-03-17T09:41:12Z", "13/14/2026 09:41:12",
     "42:M 17 Mar 2026 09:41:12.345", "[1773740531]", "{", "3/4/2026 9:41:12 AM", "ab"]
)  # fmt: skip
HEADS = st.sampled_from(
    [" host1 sshd[812]: ", " INFO [main-1] a.b.Orders: ", " ERROR a1.b2.Job7: ", " W Tag3: ", " ",
     " [error] 12#9: *4 ", " * ", " node-2 RAS KERNEL FATAL ", " [Warning] [MY-010055] [Server] ",
     ", Info                  CBS    ", " web1 app1 17 ID4 - ", " level=warn n=1 msg=", " DEBUG7 ",
     ' "GET /orders/7 HTTP/1.1" 503 12', ' - - "GET /a HTTP/1.0" 200 7 ', " (main.c:17) panic: "]
)  # fmt: skip
WORDS = st.sampled_from(
    ["order 17", "0x7f0", "8x0", "HTTP 503", "x_9", "v2", "User7Exception", "failed", "'quoted 1'",
     "blk_-1608", "10.0.0.7:22", "<PERSON_1>", "é", "٣", '{"a": 1}', "}", "error: 3", "{", "n7=8",
     "java.io.IOException: 5", "goroutine 7 [", "status 404", "deadbeef12", "status=503", "="]
)  # fmt: skip


def _line(time: str, head: str, words: list[str]) -> str:
    return time + head + " ".join(words)


LINES = st.builds(_line, TIMES, HEADS, st.lists(WORDS, max_size=5))


class _Unforming(Forms):
    """Learns no form, so that every line is read by itself."""

    def learn(self, line: str, form: object) -> None:
        """Forget it."""


class _Unmasking(Masks):
    """Masks every message by itself."""

    def template(self, message: str) -> RedactedText:
        """Return what no other message has a say in."""
        return mint(template_of(message))


def of(text: str) -> list[Event]:
    log = redacted(text)
    return read_log("A1.log", log, file_context(log, NEAR))


def one_by_one(text: str) -> list[Event]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("redaction.reading.logs.Forms", _Unforming)
        patched.setattr("redaction.reading.logs.Masks", _Unmasking)
        return of(text)


def with_other_digits(line: str, seed: int) -> str:
    draw = random.Random(seed)
    return re.sub(r"\d", lambda digit: draw.choice("0123456789" + digit[0] * 10), line)


@given(st.lists(st.tuples(LINES, st.lists(st.integers(0, 99), max_size=3)), max_size=6))
def test_lines_that_differ_in_digits_are_read_as_each_by_itself(
    written: list[tuple[str, list[int]]],
) -> None:
    lines = [
        line
        for first, seeds in written
        for line in (first, *(with_other_digits(first, seed) for seed in seeds))
    ]
    text = "\n".join(lines)
    assert of(text) == one_by_one(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-03-17 09:41:12 ERROR worker7: failed", "2026-03-17 09:41:13 ERROR worker8: failed"),
        ("Mar 17 09:41:12 n1 job7[12]: failed", "Mar 17 09:41:12 n1 job8[12]: failed"),
        ("2026-03-17 09:41:12 a Order7Exception x", "2026-03-17 09:41:12 a Order8Exception x"),
        ("<35>Mar 17 09:41:12 n1 job: failed", "<38>Mar 17 09:41:12 n1 job: failed"),
        (
            '10.0.0.7 - - [17/Mar/2026:09:41:12 +0000] "GET /a HTTP/1.1" 503 12',
            '10.0.0.7 - - [17/Mar/2026:09:41:12 +0000] "GET /a HTTP/1.1" 203 12',
        ),
        ("2026-03-17 09:41:12 INFO a: flag 8x0", "2026-03-17 09:41:12 INFO a: flag 0x0"),
        ("13/03/2026 09:41:12 INFO a: b", "23/13/2026 09:41:12 INFO a: b"),
    ],
)
def test_a_digit_that_says_something_is_read_on_every_line(first: str, second: str) -> None:
    for text in (f"{first}\n{second}", f"{second}\n{first}\n{second}"):
        assert of(text) == one_by_one(text)


@given(LINES, st.text(alphabet="0123456789x \"'[]:=-_.abcdefE", max_size=30), st.integers(0, 99))
def test_messages_of_any_signs_are_read_as_each_by_itself(line: str, more: str, seed: int) -> None:
    first = line + more
    text = "\n".join((first, with_other_digits(first, seed), with_other_digits(first, seed + 1)))
    assert of(text) == one_by_one(text)


def test_the_lines_of_real_systems_are_read_as_each_by_itself(shared_data: Path) -> None:
    path = shared_data / "logs" / "loghub_2k.jsonl.gz"
    if not path.is_file():
        pytest.skip("no real logs beside the checkout")
    systems: dict[str, list[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            systems.setdefault(row["system"], []).append(row["raw"])
    for written in systems.values():
        lines = written[::8]
        others = [with_other_digits(line, at) for at, line in enumerate(lines)]
        text = "\n".join((*lines, *others))
        assert of(text) == one_by_one(text)
