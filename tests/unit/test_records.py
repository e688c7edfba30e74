"""A log is cut where its records start, and records that differ in their times are twins."""

import pytest

from redaction.detection.records import Condensed, Cutter, lines_of, masked

KEY_LINES = (
    "-----BEGIN " + "PRIVATE KEY-----",
    "2026-03-14 09:12:33 no record",
    "-----END KEY-----",
)


def blocks(text: str, lined: bool = False) -> list[str]:
    return list(Cutter(lined).blocks(lines_of(text)))


@pytest.mark.parametrize("text", ["", "a", "a\n", "\n\n", "a\nb", "2026-03-14 09:12:33 x\n y\n\nz"])
def test_joined_blocks_are_the_text(text: str) -> None:
    assert "".join(blocks(text)) == text
    assert "".join(lines_of(text)) == text


def test_what_continues_a_record_stays_with_it() -> None:
    first = "2026-03-14 09:12:33 ERROR failed:\n  SELECT 1\nsecond line\n"
    second = "2026-03-14 09:12:34 INFO ok\n"
    assert blocks(first + second) == [first, second]


def test_a_private_key_is_never_cut_even_where_a_record_seems_to_start() -> None:
    text = "2026-03-14 09:12:33 wrote\n" + "\n".join(KEY_LINES) + "\n2026-03-14 09:12:34 next\n"
    assert blocks(text) == [text[: text.rindex("2026")], "2026-03-14 09:12:34 next\n"]


def test_prose_without_a_record_is_one_block_until_it_is_long() -> None:
    assert len(blocks("one line of prose\n" * 100)) == 1
    assert len(blocks("one line of prose\n" * 10_000)) > 1


def test_in_a_log_of_unknown_shape_every_line_that_is_not_indented_starts_a_record() -> None:
    assert blocks("node-1 up\n  more\nnode-2 up\n", lined=True) == [
        "node-1 up\n  more\n",
        "node-2 up\n",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026-03-14 09:12:33,123 x", "2025-11-02 23:59:59,999 x"),
        ("[Sat Mar 14 09:12:33 2026] x", "[Sat Mar 14 10:00:00 2026] x"),
        ("Mar 14 09:12:33 host x", "Mar 12 00:00:01 host x"),
        ('1 - - [14/Mar/2026:09:12:33 +0100] "GET', '1 - - [15/Mar/2026:00:00:00 +0100] "GET'),
        ("081109 203615 148 x", "081110 010203 148 x"),
        ("2026-03-14T09:12:33Z x", "2026-04-14T09:12:30Z x"),
    ],
)
def test_records_that_differ_in_their_times_are_twins(one: str, other: str) -> None:
    assert masked(one) == masked(other)
    assert len(masked(one)) == len(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10.0.0.1 up", "10.0.0.2 up"),
        ("mac 00:11:22:33:44:55", "mac 00:11:22:33:44:56"),
        ("order 1773479553", "order 1773479554"),
        ('born="1980-03-02 00:00:00"', 'born="1981-03-02 00:00:00"'),
        ("fe80::12:34:56 up", "fe80::12:34:57 up"),
        ("took 12 ms", "took 13 ms"),
    ],
)
def test_records_that_differ_in_anything_else_are_not(one: str, other: str) -> None:
    assert masked(one) != masked(other)


def test_distinct_blocks_stand_once_in_the_order_of_the_first() -> None:
    text = "2026-03-14 09:12:33 a\n2026-03-14 09:12:34 b\n2026-03-14 09:12:35 a\n"
    assert Condensed(blocks(text)).text == "2026-03-14 09:12:33 a\n2026-03-14 09:12:34 b\n"
