"""The passes over one document: detect, propagate, splice, look again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from redaction.detection import Detector, Finding
from redaction.detection.identities import Identities, Placeholders, values_of
from redaction.detection.keynames import kind_at
from redaction.detection.literals import Literals
from redaction.detection.names import find_names, names_in_path
from redaction.detection.ordinary import travels
from redaction.detection.recognizers import find_secrets
from redaction.detection.splicing import Clean, blanked, settle, splice
from redaction.detection.structure import Form, View, view_of
from redaction.detection.values import sensitive_part
from redaction.errors import DetectorFailed
from redaction.policy import Policy

_SEPARATORS = str.maketrans("_-.+/\\", "      ")


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """A text to redact: its form and the key it stands under; `path` when it names a file."""

    text: str
    form: Form
    key: str = ""
    path: bool = False
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The clean texts of one document, as its sources; None where a secret survived."""

    texts: tuple[Clean | None, ...]
    identities: Identities
    placeholders: Placeholders


class Closed:
    """Fails closed: whatever breaks inside becomes one error that carries no content."""

    def __init__(self, doing: str) -> None:
        """Say what is being done, for the error."""
        self._doing = doing
        self.error: DetectorFailed | None = None

    def __enter__(self) -> "Closed":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> bool:
        if kind is None or not issubclass(kind, Exception):
            return False
        self.error = DetectorFailed(
            f"{self._doing} failed ({kind.__name__}): nothing was let through."
        )
        return True


def redact_documents(
    documents: Sequence[Sequence[Source]], detector: Detector, policy: Policy
) -> list[Result]:
    """Redact documents, each with identities and numbers of its own; the model sees one batch.

    Raises:
        DetectorFailed: a detector broke; no text passes, and the error names no content.
    """
    results: list[Result] = []
    with Closed("detection") as closed:
        views = [[_view(source) for source in sources] for sources in documents]
        found = _detect(documents, views, detector, policy)
        for sources, seen, findings in zip(documents, views, found, strict=True):
            results.append(_Document(sources, seen, policy).finish(findings))
    if closed.error is not None:
        raise closed.error
    return results


def _view(source: Source) -> View:
    view = view_of(source.text, source.form)
    kind = kind_at((source.key,)) if source.key else None
    part = sensitive_part(kind, source.text, structured=True) if kind else None
    if part is None:
        return view
    keyed = Finding(part.start, part.end, part.kind, "key:field", 1.0, part.firm)
    return View(view.text, view.pieces, (*view.keyed, keyed))


def _detect(
    documents: Sequence[Sequence[Source]],
    views: Sequence[Sequence[View]],
    detector: Detector,
    policy: Policy,
) -> list[list[tuple[Finding, ...]]]:
    shaped = [
        [
            (*view.keyed, *detector.patterns(view.text), *_path_names(source))
            for source, view in zip(sources, seen, strict=True)
        ]
        for sources, seen in zip(documents, views, strict=True)
    ]
    texts = [
        _spoken(source, blanked(view.text, settle(findings, policy), "0"))
        for sources, seen, per in zip(documents, views, shaped, strict=True)
        for source, view, findings in zip(sources, seen, per, strict=True)
    ]
    names = iter(find_names(detector, texts))
    return [[settle((*findings, *next(names)), policy) for findings in per] for per in shaped]


def _path_names(source: Source) -> list[Finding]:
    return names_in_path(source.text) if source.path else []


def _spoken(source: Source, text: str) -> str:
    """Show the model the words of a file's name apart; every place stays where it is."""
    return text.translate(_SEPARATORS) if source.path else text


class _Document:
    """One document between detection and its clean texts."""

    def __init__(self, sources: Sequence[Source], views: Sequence[View], policy: Policy) -> None:
        self._sources = sources
        self._views = views
        self._policy = policy

    def finish(self, found: Sequence[tuple[Finding, ...]]) -> Result:
        promote = _Promotion(self._views, found)
        values = [
            value
            for view, findings in zip(self._views, found, strict=True)
            for value in values_of(findings, view.text, promote)
        ]
        identities = Identities(values, self._policy)
        placeholders = Placeholders(identities)
        table = Literals(identities.literals)
        texts = [
            self._clean(source, view, findings, table, placeholders)
            for source, view, findings in zip(self._sources, self._views, found, strict=True)
        ]
        return Result(tuple(texts), identities, placeholders)

    def _clean(
        self,
        source: Source,
        view: View,
        found: Sequence[Finding],
        table: Literals,
        placeholders: Placeholders,
    ) -> Clean | None:
        findings = settle((*found, *_known(table, view.text, found)), self._policy)
        for _ in range(2):
            missed = list(self._second_look(view, findings, table))
            if not missed:
                break
            findings = settle((*findings, *missed), self._policy)
        else:
            left = self._second_look(view, findings, table)
            if any(self._policy.is_secret(finding.type) for finding in left):
                return None
        return splice(source.text, view, findings, self._policy, placeholders.name, source.markup)

    def _second_look(
        self, view: View, findings: Sequence[Finding], table: Literals
    ) -> Iterator[Finding]:
        """Scan the text as it would leave; report what shows, in offsets of the view."""
        shown, kept = _shown(view.text, findings)
        hits = [*find_secrets(shown), *_known(table, shown)]
        for hit in hits:
            if self._policy.action(hit.type) is None:
                continue
            for start, origin, length in kept:
                first, last = max(hit.start, start), min(hit.end, start + length)
                if first < last and any(c.isalnum() for c in shown[first:last]):
                    at = origin + first - start
                    yield replace(hit, start=at, end=at + last - first, detector="verify")


def _known(table: Literals, text: str, found: Sequence[Finding] = ()) -> Iterator[Finding]:
    told = {(finding.start, finding.end): finding.detector for finding in found}
    for start, end, literal in table.find(text):
        yield Finding(start, end, literal.key, told.get((start, end), "case"), 0.7, True)


def _shown(text: str, findings: Sequence[Finding]) -> tuple[str, list[tuple[int, int, int]]]:
    """Return the text with placeholders, and its kept stretches as (start, origin, length)."""
    parts: list[str] = []
    kept: list[tuple[int, int, int]] = []
    at, size = 0, 0
    for finding in findings:
        kept.append((size, at, finding.start - at))
        parts += (text[at : finding.start], f"<{finding.type}_0>")
        size += finding.start - at + len(parts[-1])
        at = finding.end
    kept.append((size, at, len(text) - at))
    parts.append(text[at:])
    return "".join(parts), kept


class _Promotion:
    """Decides whether a single word that the model takes for a name is replaced everywhere.

    `Redis` is written `redis` somewhere in the same case, `Torgrim` is not.
    """

    def __init__(self, views: Sequence[View], found: Sequence[Sequence[Finding]]) -> None:
        self._views = views
        self._found = found
        self._words: frozenset[str] | None = None
        self._known: dict[str, bool] = {}

    def __call__(self, name: str) -> bool:
        if not travels(name):
            return False
        if name not in self._known:
            self._known[name] = name.lower() not in self._lower_words()
        return self._known[name]

    def _lower_words(self) -> frozenset[str]:
        if self._words is None:
            words: set[str] = set()
            for view, findings in zip(self._views, self._found, strict=True):
                people = [f for f in findings if f.type in ("EMAIL", "USER", "PERSON")]
                rest = blanked(view.text, people, " ")
                words.update(re.findall(r"(?<![^\W_])[a-zß-öø-ÿ]{3,24}(?![^\W_])", rest))
            self._words = frozenset(words)
        return self._words
