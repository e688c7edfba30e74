"""Names what the case is about: components and versions, each with its evidence."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from assistant.facts import Component, Version
from assistant.facts.changes import Change
from assistant.facts.evidence import Book, Place, Quote
from assistant.facts.observations import Observations
from assistant.facts.statements import Statement
from redaction import Field, RedactedText, compose

_SHOWN: Final = 8
_SHOWN_STATED: Final = 3
_SERVICE: Final = re.compile(
    r"(?<![\w./@:-])[a-z][a-z0-9]+(?:-[a-z0-9]+)*-(?:api|db|service|svc|gateway|proxy|worker|server"
    r"|queue|cache|web|ui|backend|frontend|connector|scheduler|agent|database|broker)(?![\w/-]|\.\w)"
)
_VERSION_SAID: Final = re.compile(
    r"\b(?:version|release|build|v)[ :=]*v?(\d+(?:\.\d+)+(?:[-+][0-9A-Za-z.]+)?)", re.IGNORECASE
)


def components(seen: Observations, book: Book) -> tuple[Component, ...]:
    """Return the components that are named, each once, the ticket's own first.

    To be named is not to be affected: only the first stands for what the case is about.
    """
    found: dict[str, tuple[RedactedText, Place]] = {}
    for name, place in (
        *_from_fields(seen.case.fields),
        *_from_changes(seen.changes),
        *_from_people(seen.said),
    ):
        found.setdefault(name.lower(), (name, place))
    return tuple(Component(name, book.cite(place)) for name, place in found.values())[:_SHOWN]


def versions(seen: Observations, book: Book) -> tuple[Version, ...]:
    """Return the versions that ticket, changes and people name, each once, in order of mention."""
    found: dict[str, Version] = {}
    for version in (
        *_version_fields(seen.case.fields, seen.component, book),
        *_version_changes(seen.changes, book),
        *tuple(_version_statements(seen.said, book))[:_SHOWN_STATED],
    ):
        known = found.get(version.version)
        if known is None or (version.component and not known.component):
            found[version.version] = version
    return tuple(found.values())[:_SHOWN]


def _from_fields(fields: Iterable[Field]) -> Iterator[tuple[RedactedText, Place]]:
    for field in fields:
        if field.name == "component" and field.value.strip():
            yield field.value, Quote(field.anchor, field.value)


def _from_changes(changes: Iterable[Change]) -> Iterator[tuple[RedactedText, Place]]:
    for change in changes:
        if change.component and change.kind in ("deployment", "rollback"):
            yield change.component, change.places[0]


def _from_people(said: Iterable[Statement]) -> Iterator[tuple[RedactedText, Place]]:
    for statement in said:
        for found in _SERVICE.finditer(statement.text):
            yield statement.text[slice(*found.span())], statement.quote


def _version_fields(
    fields: Iterable[Field], component: RedactedText, book: Book
) -> Iterator[Version]:
    for field in fields:
        value = field.value.strip()
        if field.name == "version" and value and any(sign.isdigit() for sign in value):
            yield Version(component, value, book.cite(Quote(field.anchor, field.value)))


def _version_changes(changes: Iterable[Change], book: Book) -> Iterator[Version]:
    for change in changes:
        if change.version:
            yield Version(change.component, change.version, book.cite(change.places[0]))


def _version_statements(said: Iterable[Statement], book: Book) -> Iterator[Version]:
    for statement in said:
        if statement.role == "bot":
            continue
        for found in _VERSION_SAID.finditer(statement.text):
            version = statement.text[slice(*found.span(1))]
            yield Version(compose(""), version, book.cite(statement.quote))
