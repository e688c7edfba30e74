"""Decides which documents enter the index: new or changed, and let through by the gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redaction import EgressRefused, Gate
from retrieval.documents import content_hash
from retrieval.match import Document
from retrieval.report import Added, Finding, Refusal
from retrieval.rows import key, redacted_texts


@dataclass(frozen=True, slots=True)
class Admission:
    """A batch after the gate: `passed` by index key, each key once."""

    passed: Mapping[str, Document]
    report: Added


def admit(documents: Sequence[Document], known: Mapping[str, str], gate: Gate) -> Admission:
    """Sort a batch; `known` holds the content hash of each document in the index by its key.

    Raises:
        TypeError: a document holds text that the redactor did not make.
    """
    passed: dict[str, Document] = {}
    refused: list[Refusal] = []
    for document in documents:
        name = key(document.kind, document.id)
        if known.get(name) == content_hash(document):
            passed.pop(name, None)  # the last of an id counts
            continue
        if findings := _findings(document, gate):
            refused.append(Refusal(document.id, document.kind, findings))
        else:
            passed[name] = document
    unchanged = len(documents) - len(passed) - len(refused)
    return Admission(passed, Added(len(passed), unchanged, tuple(refused)))


def _findings(document: Document, gate: Gate) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for field, text in redacted_texts(document).items():
        try:
            gate.check(text)
        except EgressRefused as refusal:
            found += [Finding(field, *finding) for finding in refusal.findings]
    return tuple(found)
