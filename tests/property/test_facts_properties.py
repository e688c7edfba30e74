"""Whatever a case holds, its facts cite what is there and hold redacted text only."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Citations, Facts, compute_facts
from redaction import Level, Role, is_redacted
from tests.cases_to_analyse import CaseBuilder

WORDS = (
    *(
        "rolled back",
        "deployed orders 2.4.0 to 2.3.9",
        "root cause confirmed:",
        "suspect",
        "ruled out",
    ),
    *("the pool", "restarted", "we", "will", "not", "38 % failed", "since 09:04 UTC", "resolved"),
    *("next update at 10:30 UTC", "flag x 1 % -> 2 %", "Caused by:", "monitoring", "[FIRING]"),
    *("connection refused", "<PERSON_1>", "<HOST_12>", "?", ".", ":", "(", "\n"),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
TIMES = st.none() | st.integers(0, 90)
ROLES: st.SearchStrategy[Role] = st.sampled_from(
    ("customer", "analyst", "engineer", "bot", "other")
)
LEVELS: st.SearchStrategy[Level] = st.sampled_from(("info", "warning", "error", "fatal", "other"))
SAID = st.lists(st.tuples(ROLES, TEXTS, TIMES), max_size=8)
LOGGED = st.lists(st.tuples(TEXTS, TIMES, LEVELS), max_size=12)
VALUES = st.lists(st.floats(0, 1) | st.just(0.0), max_size=20)
STATUSES = st.sampled_from(("open", "closed", "REOPENED", "", "pending"))


@settings(max_examples=60, deadline=None)
@given(said=SAID, logged=LOGGED, values=VALUES, status=STATUSES, note=TEXTS)
def test_facts_cite_what_is_there_and_hold_redacted_text_only(
    said: list[tuple[Role, str, int | None]],
    logged: list[tuple[str, int | None, Level]],
    values: list[float],
    status: str,
    note: str,
) -> None:
    case = CaseBuilder()
    case.has("status", status)
    for role, text, at in said:
        case.says(role, text, at)
    for text, at, level in logged:
        case.logs(text, at, level)
    case.measures("error_rate", values)
    case.line("A9.txt", note)

    facts = compute_facts(case.case(), ())

    assert cited(facts) == {one.id for one in facts.evidence}
    assert all(is_redacted(text) for text in redacted_strings(facts))
    assert [row.utc for row in facts.timeline] == sorted(row.utc for row in facts.timeline)
    assert not any(re.search(r"<[A-Z_]+(?:_\d*)?$", one.text) for one in facts.evidence)
    if facts.cause.status == "confirmed":
        assert any(role == "engineer" and "root" in text for role, text, _ in said)


def cited(facts: Facts) -> set[str]:
    names = ("evidence", "evidence_for", "evidence_against", "state_evidence")
    found = [
        value
        for owner, name, value in walk(facts)
        if name in names and not (owner is facts and name == "evidence")
    ]
    return {key for keys in found if isinstance(keys, tuple) for key in cast(Citations, keys)}


def redacted_strings(facts: Facts) -> Iterator[str]:
    shown = ("text", "statement", "template", "figure", "what", "name", "version", "next_test")
    for _, name, value in walk(facts):
        if name in shown and isinstance(value, str):
            yield value


def walk(value: object) -> Iterator[tuple[object, str, object]]:
    if isinstance(value, tuple):
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            yield from walk(item)  # pyright: ignore[reportUnknownArgumentType]
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            content = getattr(value, field.name)
            yield value, field.name, content
            yield from walk(content)
