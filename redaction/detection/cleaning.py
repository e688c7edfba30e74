"""Gathers what was found in a document, then cleans its texts with all of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from redaction.detection import Finding
from redaction.detection.identities import (
    Earlier,
    Identities,
    Placeholders,
    Value,
    values_of,
    widened,
)
from redaction.detection.leaving import meant, read_as, written
from redaction.detection.listed import Listed
from redaction.detection.literals import Literals
from redaction.detection.patterns.ordinary import travels
from redaction.detection.patterns.recognizers import find_patterns, find_secrets
from redaction.detection.splicing import Clean, blanked, settle, splice
from redaction.detection.verifying import verify
from redaction.detection.views.structure import View
from redaction.detection.views.views import Place
from redaction.policy import Policy

_LOWER_WORD = re.compile(r"(?<![^\W_])[a-zß-öø-ÿ]{3,24}(?![^\W_])")
_TAG = re.compile(r"<[A-Z][A-Z_]*_0>")
_AROUND: Final = 300
# Whether a name is one was judged with the words that stood around it.
_GUESSES: Final = frozenset({"PERSON", "ORGANIZATION", "TAG"})
_SURE: Final = 0.5
_WORDS_KEPT: Final = 1_000_000
_MOST_LOOKS: Final = 24


class Gathered:
    """The values found so far in the texts of one document, and its lower-case words."""

    def __init__(self, policy: Policy, known: Earlier | None = None) -> None:
        """Start with nothing found, or with what an earlier redaction of the case knew."""
        self._policy = policy
        self._known = known
        self._values: dict[Value, None] = dict.fromkeys(known.values() if known else ())
        self._doubtful: set[str] = set()
        self._words: set[str] = set()

    def add(self, view: View, findings: Sequence[Finding]) -> None:
        """Take what was found in one text; the text itself is not kept."""
        self._values |= dict.fromkeys(values_of(findings, view.text, self._doubt))
        if len(self._words) < _WORDS_KEPT:
            people = [f for f in findings if f.type in ("EMAIL", "USER", "PERSON")]
            self._words.update(_LOWER_WORD.findall(blanked(view.text, people, " ")))

    def _doubt(self, name: str) -> bool:
        """Put off whether a lone name of the model counts everywhere."""
        self._doubtful.add(name)
        return False

    def cleaner(self) -> "Cleaner":
        """Decide who is who, and return what cleans the texts.

        `Redis` is written `redis` somewhere in the same case, `Torgrim` is not.
        """
        firm = {
            name for name in self._doubtful if travels(name) and name.lower() not in self._words
        }
        values = [replace(value, firm=value.firm or value.text in firm) for value in self._values]
        return Cleaner(Identities(values, self._policy), self._policy, self._known)

    def secrets(self) -> Iterator[tuple[str, str]]:
        """Yield kind and text of each secret that was found."""
        for value in self._values:
            if self._policy.is_secret(value.kind):
                yield value.kind, value.text


class Cleaner:
    """Replaces in a text what was found in it and everything known of its document."""

    def __init__(
        self, identities: Identities, policy: Policy, known: Earlier | None = None
    ) -> None:
        """Start numbering placeholders at 1, or go on after what is known."""
        self.identities = identities
        self.placeholders = Placeholders(identities, known)
        self._table = Literals(identities.literals)
        self._policy = policy
        self._listed = Listed(policy)

    def clean(
        self, text: str, view: View, found: Sequence[Finding], markup: bool = False
    ) -> Clean | None:
        """Replace what was found and what is known; return None when a secret survives that."""
        findings = self.settled(text, view, found, markup)
        return None if findings is None else self.spliced(text, view, findings, markup)

    def settled(
        self, text: str, view: View, found: Sequence[Finding], markup: bool = False
    ) -> tuple[Finding, ...] | None:
        """Return what is to be replaced: what was found, what is known and what still showed.

        Return None when a secret survives a second look at what is about to leave.
        """
        findings, left = self._looked(text, view, found, markup)
        return None if left else findings

    def insist(
        self, text: str, view: View, found: Sequence[Finding], markup: bool = False
    ) -> tuple[Clean, list[Place]] | None:
        """Look on until no secret survives; tell also the places where one had.

        Return None when there is no end to it.
        """
        findings, left = self._looked(text, view, found, markup)
        unsure: list[Place] = []
        for _ in range(_MOST_LOOKS):
            if not left:
                return self.spliced(text, view, findings, markup), unsure
            unsure += [place for hit in left for place in view.places(hit.start, hit.end)]
            findings = settle((*findings, *left), self._policy)
            left = self._surviving(text, view, findings, markup)
        return None

    def _looked(
        self, text: str, view: View, found: Sequence[Finding], markup: bool
    ) -> tuple[tuple[Finding, ...], list[Finding]]:
        """Return what is to be replaced, and the secrets that survive two more looks."""
        known = self._listed.standing(self._known(view.text, found), view.text)
        findings = settle((*found, *known), self._policy)
        for _ in range(2):
            missed = list(self._second_look(text, view, findings, markup))
            if not missed:
                return findings, []
            findings = settle((*findings, *missed), self._policy)
        return findings, self._surviving(text, view, findings, markup)

    def _surviving(
        self, text: str, view: View, findings: Sequence[Finding], markup: bool
    ) -> list[Finding]:
        left = self._second_look(text, view, findings, markup)
        return [finding for finding in left if self._policy.is_secret(finding.type)]

    def spliced(
        self, text: str, view: View, findings: Sequence[Finding], markup: bool = False
    ) -> Clean:
        """Replace what is settled; placeholders are numbered in the order of the calls."""
        return splice(text, view, findings, self._policy, self.placeholders.name, markup)

    def _second_look(
        self, text: str, view: View, findings: Sequence[Finding], markup: bool
    ) -> Iterator[Finding]:
        """Scan the text as it would leave; report what shows, in offsets of the view."""
        shown = meant(view, findings)
        for hit in self._hits(shown.text):
            for start, end in shown.places(hit.start, hit.end):
                yield replace(hit, start=start, end=end, detector=_told_by(hit))
        as_written = written(text, view, findings, self._policy, markup)
        if as_written is None:
            return
        for hit in self._hits(as_written.text):
            # What stands beside a key is told by the format, not by how it is written.
            if len(view.pieces) > 1 and not hit.detector.startswith("pattern:"):
                continue
            for place in as_written.places(hit.start, hit.end):
                for start, end in read_as(view, *place):
                    yield replace(hit, start=start, end=end, detector="verify:written")

    def _hits(self, text: str) -> list[Finding]:
        known = (*self._known(text), *self._listed.denied(text))
        found = (*find_secrets(text), *verify(text), *_freed(text), *known)
        standing = self._listed.standing(found, text)
        return [hit for hit in standing if self._policy.action(hit.type) is not None]

    def _known(self, text: str, found: Sequence[Finding] = ()) -> Iterator[Finding]:
        told = {(finding.start, finding.end): finding.detector for finding in found}
        for start, end, literal in self._table.find(text):
            begin, kind = widened(text, start, literal.key)
            yield Finding(begin, end, kind, told.get((begin, end), "case"), 0.7, True)


def _told_by(hit: Finding) -> str:
    return hit.detector if hit.detector.startswith("verify:") else "verify"


def _freed(text: str) -> Iterator[Finding]:
    """Find what was part of a longer word until a placeholder took the rest of the word."""
    done = 0
    for glue in _TAG.finditer(text):
        before, after = (
            text[max(0, glue.start() - 1) : glue.start()],
            text[glue.end() : glue.end() + 1],
        )
        if glue.start() < done or not (before.isalnum() or after.isalnum()):
            continue
        start = max(done, text.rfind("\n", 0, glue.start()) + 1, glue.start() - _AROUND)
        done = text.find("\n", glue.end(), glue.end() + _AROUND)
        done = min(len(text), glue.end() + _AROUND) if done < 0 else done
        for finding in find_patterns(text[start:done]):
            if finding.score >= _SURE and finding.type not in _GUESSES:
                yield replace(finding, start=start + finding.start, end=start + finding.end)
