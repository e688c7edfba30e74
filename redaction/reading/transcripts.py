"""Reads chats that somebody copied as text: `[09:20] Name: what they said`, and what follows."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Anchor
from redaction.reading.conversation import Said
from redaction.reading.people import Person, ids_in, role_in_name
from redaction.reading.timestamps import Clock
from redaction.text import PLACEHOLDER, RedactedText

_TURN: Final = re.compile(
    r"^\s{0,4}[\[(](?P<time>(?:[\d./-]{6,10}[T,]? ?)?\d{1,2}:\d\d(?::\d\d)?Z?(?: ?[AaPp][Mm])?"
    r"(?: ?(?:UTC|[A-Z]{3,4}))?)[\])]\s{1,4}"
    r"(?P<name>[^\s:\[\]][^:\[\]\n]{0,60}): (?P<text>\S.*)$"
)
_DAY: Final = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")
_PERSON: Final = re.compile("PERSON|USER|EMAIL|HANDLE|LOGIN|NAME")
_LEAST: Final = 2
_LONGEST_DAY: Final = len("Wednesday, 2026-05-06")
_SAMPLE: Final = 200


def is_transcript(text: str) -> bool:
    """Tell a copied chat: turns of people, and no line before another turn that is a log's."""
    lines = [line for line in text[:20_000].split("\n")[:_SAMPLE] if line.strip()]
    turns = [turn for line in lines if (turn := _TURN.match(line))]
    people = sum(_is_somebody(turn["name"]) for turn in turns)
    return len(turns) >= _LEAST and len(turns) * 2 >= len(lines) and people * 2 > len(turns)


def _is_somebody(name: str) -> bool:
    named = any(_PERSON.search(match[1]) for match in PLACEHOLDER.finditer(name))
    return named or role_in_name(name) is not None


def read_transcript(artifact: str, text: RedactedText, clock: Clock) -> Iterator[Said]:
    """Yield the turns of a chat; a time without a day is of the day that stands before it."""
    day = ""
    open_turn: tuple[Person, str, int] | None = None
    body: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        turn = _TURN.match(line)
        if turn is None:
            stated = _DAY.search(line)
            if stated and (
                open_turn is None or len(line.strip().strip("-=# ")) <= len("Tuesday, 2026-03-17")
            ):
                day = stated[1]
            elif open_turn:
                body.append(line)
            continue
        if open_turn:
            yield _said(artifact, open_turn, body, clock)
        name = turn["name"].strip()
        when = turn["time"]
        full = when if _DAY.search(when) or not day else f"{day} {when}"
        open_turn, body = (
            (Person(name, ids_in(name), role_in_name(name)), full, number),
            [turn["text"]],
        )
    if open_turn:
        yield _said(artifact, open_turn, body, clock)


def _said(artifact: str, turn: tuple[Person, str, int], body: list[str], clock: Clock) -> Said:
    person, when, line = turn
    stamp = clock.whole(when)
    utc = stamp.utc if stamp else None
    return Said(person, "other", utc, "\n".join(body).strip(), Anchor(artifact, line), 1)
