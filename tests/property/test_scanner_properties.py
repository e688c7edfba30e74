# ruff: noqa: E501, RUF001 - fragments are easier to read on one line
"""One pass finds exactly what each expression finds by itself."""

import re
import time
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redaction.detection.language.keyedpeople import (
    _BEFORE_NAMES,  # pyright: ignore[reportPrivateUsage]
    _DOES,  # pyright: ignore[reportPrivateUsage]
    _WHOLE,  # pyright: ignore[reportPrivateUsage]
)
from redaction.detection.patterns.identifiers import IDENTIFIERS
from redaction.detection.patterns.protected import _NEEDED  # pyright: ignore[reportPrivateUsage]
from redaction.detection.patterns.reach import reach_of
from redaction.detection.patterns.recognizers import RULES, find_patterns, scanner
from redaction.detection.patterns.scanner import Scanner, scanned
from redaction.detection.patterns.searching import Searches
from redaction.detection.patterns.secrets import SECRETS, Rule
from redaction.detection.patterns.widening import widen

# Fragments that make rules begin, go on and nearly match; nothing here is a real value.
FRAGMENTS = (
    "password", "Password: ", "pässwörd=", "PAſſWORD is ", "toKen ", "api_key", "secret", " is ", "=",
    ": ", "\"", "'", "`", "<", ">", "</", "@", "jane.roe", "Jane Roe", "Torgrim Fjeldheim", "Åse Lund",
    "larks.example", "db7.larks.internal", "10.9.8.7", "fe80::1:2", "::", "127.0.0.1", "http://",
    "postgres://svc:Gr4nit@db:5432/x", "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----",
    "MIIEfakefakefake", "ghp_" + "fake" * 9, "AKIA" + "FAKE" * 4, "eyJ" + "fake" * 5, ".", ".eyJ",
    "a1B2c3D4e5F6g7H8i9J0", "0f" * 16, "-", "_", "/", "\\", "\\n", "\n", "\r\n", "\n\n", " ", "  ", "\t",
    "\u00a0", "\u2028", "\u200b", "\u2019", "٣٤٥", "名前", "é", "ſ", "K", "İ", "ß", "😀", "+47 912 34 567",
    "(555) 010-4477", "4111 1111 1111 1111", "00:1A:2B:3C:4D:5E", "GB82 WEST 1234 5698 7654 32",
    "Hi ", "Thanks,\n", "Best regards\n", "wrote:", "Dear Mr ", "U0A1B2C3D4", "<@U0A1B2C3>", "@",
    "/home/", "/users/", "C:\\Users\\", "user=", "for user ", "Bearer ", "Cookie: ", "token=", "--password ",
    "arn:aws:iam::123456789012:", "12 Long Street", "Hagveien 12", "P.O. Box 41", "2026-03-14T09:12:33Z",
    "at com.acme.Orders.place(Orders.java:12)", "v4.18.1", "x" * 70, "9" * 25, "a." * 20, "req-6f55b563",
)  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6)), min_size=1, max_size=40
).map("".join)
PATTERNS = [rule.pattern for rule in RULES]
COMPILED, ALONE = Scanner(PATTERNS, worth=0), Scanner(PATTERNS, worth=10**9)


def spans(found: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in found]


def agree(engine: Scanner, patterns: list[re.Pattern[str]], text: str) -> None:
    hits = engine.scan(text)
    for number, pattern in enumerate(patterns):
        assert spans(hits.matches(number)) == spans(pattern.finditer(text)), pattern.pattern[:80]


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_one_pass_finds_what_each_expression_finds_alone(text: str) -> None:
    agree(COMPILED, PATTERNS, text)


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_what_is_not_compiled_yet_finds_the_same(text: str) -> None:
    agree(ALONE, PATTERNS, text)


@settings(deadline=None, max_examples=30)
@given(TEXTS, st.integers(1500, 6000), TEXTS)
def test_a_line_longer_than_a_stretch_is_scanned_alike(left: str, size: int, right: str) -> None:
    filler = "lorem 12 ipsum:dolor/sit. "
    agree(COMPILED, PATTERNS, left + (filler * (size // len(filler) + 1))[:size] + right + left)


SMALL = [
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"(?<!a)b{2,5}(?!c)", 0),
        (r"(?<=\n)ab|^a\.", re.MULTILINE),
        (r"a+$", 0),
        (r"a[^b]{1,3}c", re.DOTALL),
        (r"(?i)s[k-m]i", 0),
        (r"\bab?\b", 0),
        (r"(a|bc)\1", 0),
        (r"(?:ab){1,500}c", 0),
        (r"[^\W\d]\s\d", 0),
        (r"(?>a*)b", 0),
        (r"(?<=a)(?<!ba)c(?=\s*$)", 0),
        (r"[à-ü]b|[^à-ü\n]c", re.IGNORECASE),
        (r"(?:^|\W)a{0,600}b", re.MULTILINE),
    )
]


SMALL_SCANNER, SMALL_ALONE = Scanner(SMALL, worth=0), Scanner(SMALL, worth=10**9)


@settings(deadline=None, max_examples=400)
@given(st.text(alphabet="aabbcckKK sSſ\niİı1٣é\u2028.", max_size=60))
def test_any_expression_is_widened_without_losing_a_match(text: str) -> None:
    agree(SMALL_SCANNER, SMALL, text)
    agree(SMALL_ALONE, SMALL, text)


EMPTY = [re.compile(r"(?<=a)(?=b)"), re.compile(r"(?m:^)(?=c)")]
SEARCHED = [*SMALL, *EMPTY, re.compile(r"(?P<sure>aa)?(?(sure)b|[ck]a)", re.IGNORECASE)]
NAMING = Searches(
    [*(each for _, each in _BEFORE_NAMES), _DOES, *(each for _, each in _WHOLE)], worth=0
)
SEARCHES = [Searches(SEARCHED, worth=0), Searches(SEARCHED, worth=10**9)]


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="aabbcckKK sSſ\niİı1٣é\u2028.", max_size=60))
def test_searching_short_texts_finds_what_each_expression_finds_alone(text: str) -> None:
    for searches in SEARCHES:
        matches = searches.scan(text)
        for number, pattern in enumerate(SEARCHED):
            assert spans(matches(number)) == spans(pattern.finditer(text)), pattern.pattern


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_the_words_around_names_are_searched_for_together_without_loss(text: str) -> None:
    patterns = [*(each for _, each in _BEFORE_NAMES), _DOES, *(each for _, each in _WHOLE)]
    matches = NAMING.scan(text)
    for number, pattern in enumerate(patterns):
        assert spans(matches(number)) == spans(pattern.finditer(text)), pattern.pattern[:80]


@given(st.text())
def test_a_scanned_text_has_one_byte_for_each_character(text: str) -> None:
    assert len(scanned(text)) == len(text)


def test_an_expression_that_matches_nothing_at_all_is_refused_by_number() -> None:
    with pytest.raises(ValueError, match="expression 1 "):
        Scanner([re.compile("a"), re.compile("b*")])


@pytest.mark.parametrize("rule", [*SECRETS, *IDENTIFIERS], ids=lambda rule: rule.name)
def test_every_rule_is_of_bounded_length_and_known_to_the_engine(rule: Rule) -> None:
    reach = reach_of(rule.pattern)
    assert reach.width is not None
    assert reach.sight is not None
    assert widen(reach).expression is not None


def test_what_is_protected_never_crosses_a_line_end() -> None:
    reach = reach_of(_NEEDED)
    assert reach.in_line
    assert reach.sight is not None
    assert reach.sight <= 7


HOSTILE = {
    "dotted": "a.", "equals": "=", "colons": ":", "quotes": '"', "dashes": "-", "keys": "key=", "digits": "12 ",
    "mail": "a@b.", "hex": "0123456789abcdef", "mixed": "a1B2c3", "jwt": "eyJ", "spaces": " ", "tags": "<a:password>",
    "letters": "é", "backslashes": "\\", "begins": "-----BEGIN PRIVATE KEY-----", "greetings": "Hi Jane\n", "passwords": "password ", "told": "password: ",
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    scanner().scan("a" * 200_000)

    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        times: list[float] = []
        for _ in range(3):
            begun = time.process_time()
            find_patterns(text)
            times.append(time.process_time() - begun)
        return min(times)

    # Below a fiftieth of a second the clock and the start of a scan are all that is seen.
    assert cost(80_000) < max(3 * cost(40_000), 0.06)
