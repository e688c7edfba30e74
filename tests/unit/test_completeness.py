"""The checklist as a table, and what it finds and misses in a case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant import (
    ChecklistInvalid,
    Completeness,
    checklist_from,
    completeness,
    default_checklist,
)
from redaction import Anchor, Artifact, Event, Field, FieldName, Message, RedactedCase, Role
from tests.cases_by_hand import checkout
from tests.cases_to_analyse import outage
from tests.making import redacted

ONSET = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def case(
    *said: str, title: str = "Exports are stuck", fields: tuple[tuple[FieldName, str], ...] = ()
) -> RedactedCase:
    return RedactedCase(
        id="case-1",
        title=redacted(title),
        policy="p",
        artifacts=(
            Artifact("A1.json", redacted("t"), "application/json", redacted("x\n" * 9), ()),
        ),
        quarantined=(),
        messages=tuple(message(text) for text in said),
        events=(),
        samples=(),
        fields=tuple(
            Field(name, redacted(name), redacted(value), Anchor("A1.json", 2))
            for name, value in fields
        ),
    )


def message(text: str, role: Role = "customer") -> Message:
    return Message(redacted("<PERSON_1>"), role, ONSET, redacted(text), Anchor("A1.json", 1))


def presence(found: Completeness) -> dict[str, str]:
    return {need.name: need.presence for need in found.needs}


def test_a_rich_case_lacks_little_and_a_poor_one_nearly_all() -> None:
    known = replace(outage().case(), title=redacted("Orders answer with 5xx"))
    rich = completeness(known, default_checklist())
    thin = completeness(case("It does not work."), default_checklist())
    assert rich.kind == "outage"
    assert rich.score > 0.6 > 0.2 > thin.score
    assert presence(rich)["changes"] == presence(rich)["impact"] == "present"


def test_what_is_missing_is_asked_for_the_heaviest_first() -> None:
    found = completeness(case("It is slow."), default_checklist())
    weights = [need.weight for need in found.missing]
    assert weights == sorted(weights, reverse=True)
    assert all(need.ask.endswith("?") for need in found.missing)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Steps to reproduce:\n1. Open the export page\n2. Press Start", "present"),
        ("It happens every time we press Start.", "partial"),
        ("Can you reproduce it every time?", "missing"),
        ("We press Start.", "missing"),
    ],
)
def test_steps_count_when_they_are_numbered(said: str, expected: str) -> None:
    found = completeness(case(said, title="Wrong total, a bug"), default_checklist())
    assert found.kind == "defect"
    assert presence(found)["reproduction"] == expected


@pytest.mark.parametrize(
    ("before", "after", "expected", "detail"),
    [
        (30, 30, "present", ""),
        (2, 30, "partial", "before"),
        (2, 3, "partial", "before and after"),
    ],
)
def test_logs_must_surround_the_onset(before: int, after: int, expected: str, detail: str) -> None:
    known = checkout().case
    onset = datetime(2026, 3, 12, 9, 4, tzinfo=UTC)
    places = [onset - timedelta(minutes=before), onset + timedelta(minutes=after)]
    quiet = tuple(event(utc, number) for number, utc in enumerate(places, 1))
    errors = tuple(event(onset + timedelta(seconds=20 * n), 3, "error") for n in range(1, 6))
    changed = replace(known, events=(quiet[0], *errors, quiet[1]))
    need = {n.name: n for n in completeness(changed, default_checklist()).needs}["logs"]
    assert need.presence == expected
    assert detail in need.detail


def event(utc: datetime, line: int, level: str = "info") -> Event:
    text = redacted("PoolTimeoutException: no connection" if level == "error" else "started")
    kind = "error" if level == "error" else "info"
    name = redacted("PoolTimeoutException" if level == "error" else "")
    return Event(utc, redacted(""), "explicit", kind, redacted("checkout-api"), text, text, name, 1,
                 Anchor("A2.log", line))  # fmt: skip


def test_environment_and_version_come_from_fields() -> None:
    known = case(fields=(("product", "Webshop"), ("region", "eu-1"), ("version", "4.2.0")))
    found = presence(completeness(known, default_checklist()))
    assert (found["environment"], found["version"]) == ("present", "present")


def test_a_team_changes_words_weights_and_questions() -> None:
    table = """
    window_minutes = 30
    [items]
    acceptance = { what = "sign-off", ask = "Who signs off {component}?" }
    [kinds.stuck]
    words = ["stuck"]
    needs = { acceptance = 3 }
    """
    found = completeness(case("It is."), checklist_from(table))
    assert found.kind == "stuck"
    assert [(n.what, n.presence, n.ask) for n in found.needs] == [
        ("sign-off", "missing", "Who signs off {component}?")
    ]
    assert found.score == 0


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("kinds = 3", "kinds is a table"),
        ("[kinds.x]\nwords = []\nneeds = { weather = 1 }", "unknown item 'weather'"),
        ("[kinds.x]\nwords = []\nneeds = { onset = 0 }", "from 1 to 10"),
        ("[kinds.x]\nwords = [1]\nneeds = { onset = 1 }", "list of texts"),
        ("[kinds.x]\nwords = []\n", "needs at least one item"),
        ("[items]\nonset = { what = 'x' }", "a text `ask`"),
        ("windows = 3", "unknown section 'windows'"),
        ("= 3", "not TOML"),
    ],
)
def test_a_wrong_table_is_refused_with_what_it_can_say(table: str, says: str) -> None:
    with pytest.raises(ChecklistInvalid, match=says):
        checklist_from(table)
