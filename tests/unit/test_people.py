"""Names that words around them, or a list of known names, give away; what must stay."""

import time
from collections.abc import Sequence

import pytest

from redaction import Finding
from redaction.detection.language.names import find_names
from redaction.detection.language.people import find_people
from redaction.detection.language.prose import find_prose
from tests.fake_detection import ListedNames


def people(text: str, *, log: bool = False) -> set[str]:
    return {text[found.start : found.end] for found in find_people(text, log)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My name is Zdeněk M. Vrbický but everyone calls me Z", "Zdeněk M. Vrbický"),
        ("follow up with patricia fjeldheim in a week", "patricia fjeldheim"),
        ("Please ask Torgrim to restart it", "Torgrim"),
        ("it was written by David Straw.", "David Straw"),
        ("Dr. Ellen van der Berg is away", "Ellen van der Berg"),
        ("She named him Frank", "Frank"),
    ],
)
def test_an_introduction_gives_a_name_away(text: str, name: str) -> None:
    assert name in people(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("INFO ticket assigned to Roe, Jane (L2)", "Roe, Jane"),
        ("WARN approval by torgrim fjeldheim expired", "torgrim fjeldheim"),
        ("INFO open /srv/share/maria_garcia/contract.pdf", "maria_garcia"),
        ("DEBUG bind cn=priyanka venkataraman,ou=people", "priyanka venkataraman"),
        ('{"operator":"Torgrim Fjeldheim"}', "Torgrim Fjeldheim"),
        ("WARN @wei.zhang please check", "wei.zhang"),
        ("INFO created_by=Mark Page ok", "Mark Page"),
        ("INFO user 'ROE, JANE' signed in", "ROE, JANE"),
        ("CRON[812]: (jroe) CMD (/usr/bin/report)", "jroe"),
        ("10.0.0.4 - jroe [11/Mar/2026:08:01:02 +0000] GET", "jroe"),
        ("WARN requester=torgrim_fjeldheim ok", "torgrim_fjeldheim"),
        ("INFO saved invoice_grace_hill.pdf", "grace_hill"),
        ("INFO owner: Torgrim Fjeldheim, Jane Roe", "Jane Roe"),
        ("torgrim fjeldheim 10:02 can you look?", "torgrim fjeldheim"),
    ],
)
def test_names_in_records_of_logs_are_found(text: str, name: str) -> None:
    assert name in people(text, log=True)


@pytest.mark.parametrize(
    "text",
    [
        "From Block Manager: allocated by Resource Manager",
        "session closed by user root, see module pam_unix",
        "contact Visual Studio support or open Android Studio",
        "started by scheduler for registers ffffffff ffffffff",
        "triggered by Jenkins, user interface, approved by default",
        "connection from worker node lost, waiting for heartbeat",
        "This is Great. I am Using Xcode on Mac OS",
    ],
)
def test_technical_words_are_nobody(text: str) -> None:
    assert people(text) == people(text, log=True) == set()


def test_two_halves_of_a_name_become_one_finding() -> None:
    text = "This is Jane Fjeldheim-Roe speaking"
    [found] = find_names(ListedNames("Fjeldheim-Roe speaking"), [text])
    assert {text[each.start : each.end] for each in found} >= {"Jane Fjeldheim-Roe"}


def test_the_model_is_asked_about_sentences_with_an_unknown_capitalised_word_only() -> None:
    asked: list[str] = []

    class Listening(ListedNames):
        def names(self, texts: Sequence[str]) -> list[list[Finding]]:
            asked.extend(texts)
            return super().names(texts)

    find_names(Listening(), ["The build is green again. Then Torgrimsson left early."], _people)
    assert asked == ["Then Torgrimsson left early."]


def _people(kind: str) -> bool:
    return kind == "PERSON"


def strict(text: str) -> set[tuple[str, str]]:
    return {(f.type, text[f.start : f.end]) for f in find_prose(text, lambda _: True)}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("It began on 3 July 1998 at noon", "DATE", "3 July 1998"),
        ("between 1 May and 4 June 2007 nothing", "DATE", "between 1 May and 4 June 2007"),
        ("We meet on Monday", "DATE", "Monday"),
        ("a 61 years old customer", "AGE", "61 years old"),
        ("Jane, aged 35, called", "AGE", "35"),
        ("Jane Roe, the Packager, said no", "TITLE", "Packager"),
        ("application no. 18000/91 was closed", "REFERENCE", "18000/91"),
        ("I work for Fjeldheim and Sons", "COMPANY", "Fjeldheim and Sons"),
        ("See https://www.fjeldheim.example/ for it", "WEBSITE", "https://www.fjeldheim.example/"),
        ("a Norwegian citizen", "NATIONALITY", "Norwegian"),
        ("moved here from New Zealand", "LOCATION", "New Zealand"),
    ],
)
def test_what_a_strict_policy_replaces_in_prose(text: str, kind: str, value: str) -> None:
    assert (kind, value) in strict(text)


def test_an_institution_without_a_second_word_names_nobody() -> None:
    assert not {kind for kind, _ in strict("the Court upheld it")} & {"COMPANY"}


def test_records_of_logs_get_no_dates_of_prose() -> None:
    line = "node7 2005.06.04 R04 INFO generating core on 2005-06-04"
    [found] = find_names(ListedNames(), [line])
    assert found == []


@pytest.mark.parametrize("unit", ["A ", "Ab ", "0 ", "user ", "a-", "Jane van de ", "no. 1/2, "])
def test_hostile_repetition_costs_bounded_time(unit: str) -> None:
    text = (unit * 1500)[:1500]
    begin = time.process_time()
    find_people(text, True)
    find_prose(text, lambda _: True)
    assert time.process_time() - begin < 2
