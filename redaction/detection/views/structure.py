"""Shows a text the way its format means it: decoded values, the keys above them, exact offsets."""

import heapq
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from redaction.detection.patterns.keynames import kind_at
from redaction.detection.views.aligned import aligned_cells
from redaction.detection.views.building import Builder
from redaction.detection.views.hidden import revealed
from redaction.detection.views.jsonvalues import json_documents, json_inside
from redaction.detection.views.keyedlines import csv_cells, mail_scalars, setting_lines
from redaction.detection.views.markup import markup_scalars
from redaction.detection.views.rows import expanded_cells, ruled_cells, table_cells
from redaction.detection.views.scalars import Scalar
from redaction.detection.views.statements import statement_values
from redaction.detection.views.tomlvalues import toml_scalars
from redaction.detection.views.views import View
from redaction.detection.views.yamlvalues import yaml_scalars

__all__ = ["Form", "View", "form_of", "view_of"]

Form: TypeAlias = Literal["text", "json", "yaml", "toml", "csv", "settings", "mail", "xml", "html"]


def form_of(media_type: str, name: str) -> Form:
    """Tell the form of a text from its media type, else from the end of its name.

    A page that was taken in as `text/html` is text: its markup is gone.
    """
    by_type: dict[str, Form] = {
        "json": "json", "yaml": "yaml", "csv": "csv", "tab-separated": "csv", "rfc822": "mail",
        "html": "text", "xml": "xml",
    }  # fmt: skip
    for part, form in by_type.items():
        if part in media_type.lower():
            return _sharper(form, name)
    suffix = name.lower().rpartition(".")[2]
    return _BY_SUFFIX.get(suffix, "text")


_BY_SUFFIX: dict[str, Form] = {
    "json": "json", "jsonl": "json", "ndjson": "json", "har": "json", "yaml": "yaml",
    "yml": "yaml", "csv": "csv", "tsv": "csv", "eml": "mail", "env": "settings",
    "ini": "settings", "properties": "settings", "conf": "settings", "cfg": "settings",
    "toml": "toml", "xml": "xml", "atom": "xml", "rss": "xml", "svg": "xml", "wsdl": "xml",
    "html": "html", "htm": "html",
}  # fmt: skip


def _sharper(form: Form, name: str) -> Form:
    """A settings file may look like YAML; its name knows better."""
    named = _BY_SUFFIX.get(name.lower().rpartition(".")[2], "text")
    return named if form == "yaml" and named in ("settings", "toml") else form


def view_of(text: str, form: Form, columns: Sequence[str] = ()) -> View:
    """Build the view of a text; text that is not what its form says is read as plain text.

    `columns` are the keys of a table's columns, when they are known.
    """
    builder = Builder(text)
    documents = json_documents(text) if form == "json" or text[:1] in ("{", "[") else None
    if documents is not None:
        _apart(builder, documents, "\n\n")
        return revealed(builder)
    match form:
        case "csv":
            _within(builder, csv_cells(text, columns), len(text), keyed_apart=True)
        case "yaml" if (scalars := yaml_scalars(text)) is not None:
            _within(builder, scalars, len(text))
        case "toml" if (scalars := toml_scalars(text)) is not None:
            _within(builder, scalars, len(text))
        case "xml" | "html" if (scalars := markup_scalars(text, form == "html")) is not None:
            _markup(builder, scalars)
        case "yaml" | "toml" | "settings":
            _along(builder, setting_lines(text), len(text))
        case "mail":
            _along(builder, mail_scalars(text), len(text))
        case _:
            inside = heapq.merge(
                json_inside(text),
                table_cells(text),
                ruled_cells(text),
                expanded_cells(text),
                aligned_cells(text),
                statement_values(text),
                key=_start,
            )
            _along(builder, inside, len(text))
    return revealed(builder)


def _start(scalar: Scalar) -> int:
    return scalar.start


def _apart(builder: Builder, scalars: Iterable[Scalar], separator: str) -> None:
    """Show values and keys alone."""
    for scalar in scalars:
        builder.scalar(scalar)
        builder.apart(separator)


def _within(
    builder: Builder, scalars: Iterable[Scalar], size: int, keyed_apart: bool = False
) -> None:
    """Show the text as it stands; what lies between values and keys belongs to the format.

    With `keyed_apart`, no value goes on in one whose key tells what it is.
    """
    at = 0
    names: dict[str, list[int]] = {}
    for scalar in scalars:
        if scalar.style == "name":
            names.setdefault(builder.source[scalar.start : scalar.end], []).append(scalar.start)
        elif scalar.start >= at:
            builder.structure(at, scalar.start)
            apart = "\n\n" if keyed_apart and kind_at(scalar.path) else ""
            builder.apart(apart)
            builder.scalar(scalar)
            builder.apart(apart)
            at = scalar.end
    builder.structure(at, size)
    builder.names(names)


def _along(builder: Builder, scalars: Iterable[Scalar], size: int) -> None:
    """Show the text as it stands, all of it, with what the keys in it decide."""
    at = 0
    for scalar in scalars:
        if scalar.start < at or scalar.start >= scalar.end:
            continue
        if scalar.path or scalar.style == "number":
            builder.piece(at, scalar.start)
            builder.scalar(scalar)
            at = scalar.end
    builder.piece(at, size)


def _markup(builder: Builder, scalars: Iterable[tuple[Scalar, bool]]) -> None:
    """Show texts and attributes; a word goes on over the tags that only style it."""
    names: dict[str, list[int]] = {}
    for scalar, joined in scalars:
        if scalar.style == "name":
            names.setdefault(builder.source[scalar.start : scalar.end], []).append(scalar.start)
            continue
        if not joined:
            builder.apart("\n\n")
        builder.scalar(scalar)
    builder.names(names)
