"""A detector for tests: the real patterns, and names from a list in place of a model."""

import re
from collections.abc import Sequence

from redaction import Finding, policy_named
from redaction.detection.passes import Source, redact_documents
from redaction.detection.patterns.recognizers import find_patterns
from redaction.detection.splicing import Clean
from redaction.detection.views.structure import Form


class ListedNames:
    """Implements `Detector`; finds the given names wherever they stand."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
        return find_patterns(text, without)

    def names(self, texts: Sequence[str]) -> list[list[Finding]]:
        return [
            [
                Finding(match.start(), match.end(), "PERSON", "model:list", 0.85, False)
                for name in self._names
                for match in re.finditer(re.escape(name), text)
            ]
            for text in texts
        ]


class NamesOnly(ListedNames):
    """Implements `Detector`; knows names, and no pattern: secrets are left to the second look."""

    def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
        del text, without
        return []


class BrokenDetector:
    """Implements `Detector`; breaks with the text in its error, as a careless library would."""

    def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
        raise RuntimeError(text)

    def names(self, texts: Sequence[str]) -> list[list[Finding]]:
        raise RuntimeError(*texts)


class Blind:
    """Implements `Detector`; finds nothing, so that all depends on the second look."""

    def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
        del text
        return []

    def names(self, texts: Sequence[str]) -> list[list[Finding]]:
        return [[] for _ in texts]


def cleaned(text: str, form: Form = "text") -> Clean:
    """Redact one text by patterns and places alone: no model, no listed names."""
    [result] = redact_documents([[Source(text, form)]], ListedNames(), policy_named("default"))
    [clean] = result.texts
    assert clean is not None
    return clean


def shown(text: str, form: Form = "text") -> str:
    """Return what is left of a text when it was `cleaned`."""
    return cleaned(text, form).text
