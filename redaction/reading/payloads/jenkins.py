"""Jenkins: a build as its JSON API and its notifications tell it, and the console of a build."""

import re
from collections.abc import Iterator
from typing import Final

from redaction.case import Event, Level, Link
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has
from redaction.reading.people import person_of

_FAILED: Final = ("FAILURE", "UNSTABLE", "ABORTED")


_CONSOLE: Final = re.compile(
    r"^(?:\[[^\]\n]{19,30}\] ?)?(?:\[Pipeline\] |Finished: [A-Z]+\s*$)", re.MULTILINE
)
_STARTED: Final = re.compile(
    r"\A\s*(?:\[[^\]\n]{19,30}\] ?)?(?:Started|Branch indexing|Rebuil\w+|Replayed)\b"
)
_TOLD: Final = re.compile(
    r"(?:\[[^\]\n]{19,30}\] ?)?"
    r"(?:ERROR\b|FATAL\b|Error\b|\[ERROR\]|Build step .* marked|Finished: |\+ "
    r"|.*\b(?:failed|FAILED|\w+Exception|\w+Error)\b)"
)
_BAD: Final = re.compile(r"(?i).*\b(?:error|fatal|failed|failure|\w+exception)\b")


def _is_console(document: Document) -> bool:
    text = document.text
    plain = document.media_type in ("text/plain", "text/x-log")
    ends = (
        _STARTED.match(text[:2000]),
        _CONSOLE.search(text[:20_000]),
        _CONSOLE.search(text[-2000:]),
    )
    return plain and ends[0] is not None and any(ends[1:])


def _is_notice(top: Node) -> bool:
    return has(top, "build.phase", "build.number", "name")


def _recognises(document: Document) -> bool:
    if _is_console(document) or any(_is_notice(top) for top in document.records()):
        return True
    return any(
        has(top, "fullDisplayName", "number", "timestamp") and "result" in top.members()
        for top in document.records()
    )


def _read(document: Document) -> Iterator[Told]:
    if _is_console(document):
        yield Told(events=tuple(_console(document)))
        return
    for top in document.records():
        build = _noticed(top) if _is_notice(top) else top
        name, result = build.at("fullDisplayName"), build.at("result")
        stated = result.scalar() or "building"
        seconds = _seconds(build.at("duration"))
        text = f"build {name.scalar()}: {stated}{seconds}"
        level = "error" if stated in _FAILED else "info"
        people = [(person_of(each.at("fullName")), None) for each in build.at("culprits").items()]
        yield Told(
            fields=tuple(document.field("other", "build", name, f"{name.scalar()}: {stated}")),
            events=tuple(document.event(name, build.at("timestamp"), level, "jenkins", text)),
            people=tuple(people),
            links=tuple(_commits(document, build)),
        )


def _noticed(top: Node) -> Node:
    """Bring what the notification plugin posts into the shape of the API."""
    build = top.at("build")
    name = f"{top.at('name').scalar()} #{build.at('number').scalar()}"
    shape = {"fullDisplayName": Node(name, top.line), "result": build.at("status")}
    return Node({**build.members(), **shape}, build.line)


def _console(document: Document) -> Iterator[Event]:
    """Yield the steps that a console shows, what failed, and how it ended."""
    for line in document.lines():
        text = line.scalar()
        if _TOLD.match(text) is None and document.clock.at_start(text) is None:
            continue
        stamp = document.clock.at_start(text)
        when = Node(text[stamp.start : stamp.end] if stamp else None, line.line)
        said = text[stamp.end :].lstrip("] ") if stamp else text
        if said.strip() and not said.startswith("[Pipeline]"):
            level: Level = "error" if _BAD.match(said) else "info"
            yield from document.event(line, when, level, "jenkins", said)


def _seconds(duration: Node) -> str:
    value = duration.scalar()
    return f" after {int(value) / 1000:g} s" if value.isdecimal() and value != "0" else ""


def _commits(document: Document, build: Node) -> Iterator[Link]:
    for changes in (build.at("changeSet"), *build.at("changeSets").items()):
        for commit in changes.at("items").items():
            if has(commit, "commitId"):
                message = commit.at("msg").scalar()
                when = commit.at("timestamp")
                yield document.link("change", commit.at("commitId"), message, when)


PAYLOAD: Final = Payload("Jenkins", _recognises, _read, "other")
