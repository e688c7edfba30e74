# ruff: noqa: E501 - spellings are easier to check on one line
"""Looking only where something may be hidden shows what looking everywhere shows."""

from collections.abc import Iterable
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from redaction.detection.views.alignment import Decoded
from redaction.detection.views.encodings import quoted_printable, written
from redaction.detection.views.hidden import plain_view
from redaction.detection.views.telltales import broken, escaped, quoted
from redaction.detection.views.wrapping import rejoined

PIECES = (
    "%41", "%4", "&#65;", "&amp;", "\\u0041", "\\n", "\\", "+", "?a=b+c", "&x=y+z", "=3D", "=\n", "=\r\n",
    "=40a.b.com", "Quoted-Printable", "=?utf-8?B?SmFuZQ==?=", "\n> ", "\n  | ", "\n", "\r\n", "\\\n", "\\\r\n",
    " ", "x" * 38, "y" * 59, "a-b", "10.20.", "2026-03-14 09:12:33 ", "INFO ", "name@", "Jane", "Roe", "\n\n",
    "\t", ":", "'", "key=", "z" * 130, "é", "\u00a0",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=40).map("".join)


def meanings(found: Iterable[Decoded], shift: int = 0) -> list[tuple[str, int, int]]:
    return [
        (each.text, start + shift, end + shift)
        for each in found
        for start, end in ([each.alignment.span(0, len(each.text))] if each.text else [])
    ]


@settings(deadline=None, max_examples=400)
@given(TEXTS)
def test_the_lines_named_hold_all_that_is_written_otherwise(text: str) -> None:
    named = [meanings(written(text[start:end]), start) for start, end in escaped(text)]
    assert sorted(chain.from_iterable(named)) == sorted(meanings(written(text)))
    if not quoted(text):
        assert meanings(quoted_printable(text)) == []


@settings(deadline=None, max_examples=400)
@given(TEXTS)
def test_the_lines_named_hold_every_broken_token(text: str) -> None:
    named = [
        meanings(rejoined(text[max(0, start - 1) : end]), max(0, start - 1))
        for start, end in broken(text)
    ]
    assert list(chain.from_iterable(named)) == meanings(rejoined(text))


def test_a_text_that_hides_nothing_is_returned_as_it_is() -> None:
    text = "2026-03-14 09:12:33 INFO <USER_1> logged in\n" * 50
    assert plain_view(text).text is text
