# ruff: noqa: E501, RUF001 - letters that fold into others are the point
"""Known values are found alike, word by word or in one pass."""

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


def test_a_name_with_a_dotted_capital_i_is_found() -> None:
    [(start, end, _)] = Literals([Literal("İpek Åsen", "PERSON")]).find("by İpek Åsen, twice")
    assert (start, end) == (3, 12)
