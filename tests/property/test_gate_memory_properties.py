# ruff: noqa: E501, RUF001 - fragments are easier to read on one line
"""What was read before changes nothing: a gate that remembers lines refuses what a fresh one does."""

import re
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from redaction.detection.patterns.keynames import kind_of_key
from redaction.detection.patterns.keyspots import KEY, is_replaced, key_spot, telling_keys
from redaction.detection.patterns.linememory import LineMemory
from redaction.detection.patterns.recognizers import RULES
from redaction.detection.patterns.scanner import Scanner

PATTERNS = [rule.pattern for rule in RULES]
RUNS = [n for n, rule in enumerate(RULES) if rule.name in ("random-token", "opaque-token")]
REMEMBERS = Scanner(PATTERNS, worth=0, runs=RUNS, spots=[key_spot()])
KEYS = (
    "password", "user id", "license Key", "customer code", "x-api-key", "userID", "dbpassword", "sid",
    "Cookie", "name", "foo", "key_hex", "token2", "a.b.secret", "order", "sort_key", "ſecret", "tenant ",
    "oauth2", "oauth3", "s3 key", "s5 key", "address 1", "address 8", "cvv2", "cvv4", "s3_key", "s4_key",
)  # fmt: skip
JOINTS = (": ", "=", ":", " = ", "::", ":=", "=>", '":"', "' : ", "]=", "?=", "  ", "://", "==")
VALUES = (
    "<USER_1>", '"<TOKEN_2>"', "<SECRET>", "hunter2-fake", "10.9.8.7", "fe80::1:2", "/users/jane1", "-",
    "jane.roe@larks.example", "09:04:12", "at 12 Long Street", "+47 912 34 567", "é", "ſ", "İ",
    "<USER_7>", "hunter5-fake", "90.9.8.7", "999.9.8.7", "at 95 Long Street", "+07 912 34 567", "59:64:72",
    "123-45-6789", "000-45-6789", "4111 1111 1111 1111", "4111 1111 1112 1111", "0047 912 34 567", "9947 912 34 567",
)  # fmt: skip
LINES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(KEYS), st.sampled_from(JOINTS), st.sampled_from(VALUES)).map(
            "".join
        ),
        st.text(alphabet="aZ1 .:=-_/@<>\"'ſé", max_size=8),
    ),
    max_size=4,
).map(" ".join)
TEXTS = st.lists(st.lists(LINES, max_size=6).map("\n".join), min_size=1, max_size=4)


def all_found(text: str) -> None:
    hits = REMEMBERS.scan(text)
    for number, pattern in enumerate(PATTERNS):
        spans = [match.span() for match in hits.matches(number)]
        assert spans == [match.span() for match in pattern.finditer(text)], pattern.pattern[:80]
    assert keys(telling_keys(hits, 0), text) == keys(KEY.finditer(text), text)
    hits.settle()


def keys(matches: Iterable[re.Match[str]], text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in matches:
        kind = kind_of_key(match["key"])
        if kind is not None and not is_replaced(kind, text, match.end()):
            found.append(match.span())
    return found


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_lines_that_were_read_before_are_found_alike_in_every_place(texts: list[str]) -> None:
    # Alone, then between others, at the end, and again.
    for text in (*texts, "\n".join(texts), "first\n" + "\n".join(reversed(texts)), *texts):
        all_found(text)
        all_found(f"\n{text}\nlast\n")


def test_lines_that_differ_in_their_digits_are_read_by_their_own() -> None:
    for one, other in (("oauth3", "oauth2"), ("10.9.8.999", "10.9.8.7"), ("3:", "secret=9: ")):
        for _ in range(2):
            for line in (one, other, one):
                for rest in ("=fake-value-7", ": fake pass 5", ""):
                    all_found(f"first\nat {line}{rest}\nlast\n")


def test_the_memory_of_lines_does_not_grow_without_bound() -> None:
    memory = LineMemory(frozenset({1}), first_spot=9)
    for number in range(12_000):
        memory.remember(b"line %d" % number, [(1, 0, 3)])
    known = sum(memory.hits(b"line %d" % number, False) is not None for number in range(12_000))
    assert 0 < known <= 5_000
    memory.remember(b"x" * 5_000, [])
    assert memory.hits(b"x" * 5_000, between=False) is None


def test_only_what_came_to_nothing_between_other_lines_is_left_out() -> None:
    memory = LineMemory(frozenset({1}), first_spot=9)
    memory.remember(b"line", [(1, 0, 3), (2, 0, 3), (9, 4, 4), (9, 6, 6)])
    memory.leave_out([(100, b"line")], {1, 2}, {104})
    assert memory.hits(b"line", between=True) == ((2, 0, 3), (9, 6, 6))
    assert memory.hits(b"line", between=False) == ((1, 0, 3), (2, 0, 3), (9, 4, 4), (9, 6, 6))
