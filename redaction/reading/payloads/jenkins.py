"""Jenkins: a build as its JSON API answers it; console logs are read as logs."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Link
from redaction.reading.jsontree import Node
from redaction.reading.payloads.payload import Document, Payload, Told, has
from redaction.reading.people import person_of

_FAILED: Final = ("FAILURE", "UNSTABLE", "ABORTED")


def _recognises(document: Document) -> bool:
    return any(
        has(top, "fullDisplayName", "number", "timestamp") and "result" in top.members()
        for top in document.records()
    )


def _read(document: Document) -> Iterator[Told]:
    for build in document.records():
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
