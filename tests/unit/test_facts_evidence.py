from datetime import timedelta

import pytest

from assistant import compute_facts
from assistant.drafting.sentences import short
from assistant.facts.evidence import Book, Quote, clip
from assistant.facts.number_words import counted, lasting, milliseconds, percent
from redaction import Anchor, Artifact, RedactedCase, is_redacted, read_structure
from tests.cases_to_analyse import CaseBuilder, outage
from tests.making import redacted


def book_of(text: str) -> tuple[Book, CaseBuilder]:
    case = CaseBuilder()
    case.lines["A1.json"] = text.split("\n")
    return Book(case.case()), case


def test_evidence_is_numbered_in_case_order_and_only_what_is_cited() -> None:
    facts = compute_facts(outage().case(), ())

    places = [(one.artifact, one.line) for one in facts.evidence]
    order = ["A4.json", "A1.json", "A2.log", "A3.csv"]
    assert places == sorted(places, key=lambda place: (order.index(place[0]), place[1]))
    assert [one.id for one in facts.evidence] == [
        f"E{number}" for number in range(1, len(facts.evidence) + 1)
    ]
    assert len(facts.evidence) < 30


def test_one_line_is_cited_once() -> None:
    book, _ = book_of("first\nsecond")

    assert book.cite(Anchor("A1.json", 2), Anchor("A1.json", 2)) == ("A1.json:2:0",)


def test_an_anchor_outside_the_case_is_not_cited() -> None:
    book, _ = book_of("first")

    assert book.cite(Anchor("A1.json", 9), Anchor("A8.log", 1)) == ()


def test_a_quote_in_a_long_line_is_cited_by_its_passage() -> None:
    line = '{"text": "' + "Nothing new. " * 40 + 'We said \\"rolled back\\" at nine."}'
    book, _ = book_of(line)

    [key] = book.cite(Quote(Anchor("A1.json", 1), redacted('We said "rolled back" at nine.')))

    assert key == f"A1.json:1:{line.index('We said')}"


def test_a_quote_below_its_anchor_is_cited_on_its_own_line() -> None:
    book, _ = book_of("From: <PERSON_1>\n\nHello,\nit is down.")

    assert book.cite(Quote(Anchor("A1.json", 1), redacted("it is down."))) == ("A1.json:4:0",)


def test_clipping_never_cuts_a_placeholder() -> None:
    text = redacted("x" * 232 + " <PERSON_123> and more")

    clipped = clip(text, 240)

    assert clipped == "x" * 232 + " …"
    assert is_redacted(clipped)


def test_numbers_are_worded_one_way() -> None:
    assert [percent(0.379), percent(0.38), percent(1.0)] == ["37.9 %", "38 %", "100 %"]
    assert [counted(51776), counted(7)] == ["51,776", "7"]
    assert [milliseconds(850), milliseconds(6998)] == ["850 ms", "7.0 s"]
    assert [lasting(timedelta(seconds=seconds)) for seconds in (1, 45, 60, 2280, 7500)] == [
        "1 second",
        "45 seconds",
        "1 minute",
        "38 minutes",
        "2 hours 5 minutes",
    ]
    assert lasting(timedelta(days=3, hours=4)) == "3 days 4 hours"


def test_an_empty_case_has_facts_that_say_so() -> None:
    case = RedactedCase("c1", redacted(""), "policy", (), (), (), (), (), ())

    facts = compute_facts(case, ())

    assert (facts.state, facts.cause.status, facts.timeline) == ("investigating", "unknown", ())
    assert facts.evidence == ()
    assert facts.open_questions


def test_a_case_of_one_line_without_any_time_has_facts() -> None:
    artifact = Artifact("A1.txt", redacted("note.txt"), "text/plain", redacted("it is slow"), ())
    case = RedactedCase("c1", redacted(""), "policy", (artifact,), (), (), (), (), ())

    assert compute_facts(case, ()).timeline == ()


def test_the_same_case_gives_the_same_facts() -> None:
    assert compute_facts(outage().case(), ()) == compute_facts(outage().case(), ())


def test_evidence_names_the_line_that_an_editor_shows() -> None:
    error = "2026-03-17T09:41:12Z ERROR [main] c.e.Orders - boom"
    text = redacted(f"page\fone\nnext\u2028line\x85 of it\n{error}\n")
    artifact = Artifact("A1.log", redacted("a.log"), "text/x-log", text, ())
    events = read_structure((artifact,)).events
    case = RedactedCase("c1", redacted(""), "policy", (artifact,), (), (), events, (), ())

    facts = compute_facts(case, ())

    assert (3, error) in [(one.line, one.text) for one in facts.evidence]
    assert text.splitlines()[2] == error
    assert len(text.splitlines()) == 3


@pytest.mark.parametrize(
    "text",
    [
        "The error rate was back to normal at 07:35 UTC on 2026-05-04, as the customer saw",
        "The error rate was back to normal since 2026-05-04 07:35 UTC, as the customer saw",
        "The error rate was back to normal on 4 May 2026 at 07:35 UTC, as the customer saw",
        "The error rate was back to normal by 07:35 UTC on May 4, 2026, as the customer saw",
    ],
)
def test_clipping_never_cuts_a_time_or_leaves_the_word_before_it(text: str) -> None:
    whole = redacted(text)
    end = text.index(",", text.index("2026") + 4)
    for width in range(34, end):
        assert clip(whole, width) == "The error rate was back to normal …", width
    assert clip(whole, end + 4).removesuffix(" …") == text[:end]


def test_a_sentence_is_not_cut_inside_a_time() -> None:
    text = "Requests failed and were back to normal at 07:35 UTC on 2026-05-04 for all tenants"
    for words in range(7, 12):
        assert short(redacted(text), words) == "Requests failed and were back to normal …"
    assert short(redacted(text), 12).endswith("2026-05-04 …")
