# ruff: noqa: E501, RUF001 - letters that fold into others are the point
"""Known values are found alike, word by word or in one pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redaction.detection import literals
from redaction.detection.literals import Literal, Literals

WORDS = ("Will", "will", "Jane Roe", "roe", "db7", "db7.larks", ".larks", "Åse", "åSE", "İzmir", "Kay", "K", "a",
         "10.9.8.7", "x_y", "Roe, Jane", "ſa", "ΣΑΣ", "名前", "\x00b", "-71", "Gr4nit-71")  # fmt: skip
PIECES = (
    *WORDS,
    "KAY",
    "σας",
    " ",
    "-",
    "_",
    ".",
    ", ",
    "\n",
    "Hi ",
    " wrote",
    "izmir",
    "JANE ROE",
    "é",
    "s",
)
TABLES = st.lists(
    st.builds(Literal, st.sampled_from(WORDS), st.just("PERSON"), st.booleans(), st.booleans()),
    min_size=1, max_size=8,
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join)


@settings(deadline=None, max_examples=400)
@given(TABLES, TEXTS)
def test_one_pass_finds_the_literals_that_a_look_at_each_word_finds(
    table: list[Literal], text: str
) -> None:
    slow, fast = Literals(table), Literals(table)
    padding = "\n" + "." * literals._WORTH_COMPILING  # pyright: ignore[reportPrivateUsage]
    assert list(fast.find(text + padding)) == [
        (start, end, literal) for start, end, literal in slow.find(text + "\n.")
    ]


@pytest.mark.parametrize("after", [0, literals._WORTH_COMPILING])  # pyright: ignore[reportPrivateUsage]
def test_a_name_with_a_dotted_capital_i_is_found(after: int) -> None:
    text = "by İpek Åsen, twice" + "." * after
    [(start, end, _)] = Literals([Literal("İpek Åsen", "PERSON")]).find(text)
    assert (start, end) == (3, 12)


def test_a_table_too_large_to_compile_finds_what_a_small_one_finds() -> None:
    named = [Literal(f"Ottoline Marsk{n}", "PERSON") for n in range(9_000)]
    text = "".join(f"by Ottoline Marsk{n}, ottoline\n" for n in range(0, 9_000, 9))
    few = Literals(named[::9])
    assert len(text) > literals._WORTH_COMPILING  # pyright: ignore[reportPrivateUsage]
    assert list(Literals(named).find(text)) == list(few.find(text))
