"""The passes over one document: detect, propagate, splice, look again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from redaction.detection import Detector, Finding
from redaction.detection.cleaning import Cleaner, Gathered
from redaction.detection.closed import Closed
from redaction.detection.identities import Earlier, Identities, Placeholders
from redaction.detection.language.names import find_names, names_in_path
from redaction.detection.listed import Listed
from redaction.detection.patterns.keynames import kind_at
from redaction.detection.patterns.values import sensitive_part
from redaction.detection.records import EVERY, Condensed, Cutter, is_log, lines_of
from redaction.detection.splicing import Clean, blanked, settle
from redaction.detection.views.structure import Form, View, view_of
from redaction.detection.withholding import withhold
from redaction.policy import Policy

_SEPARATORS = str.maketrans("_-.+/\\", "      ")
__all__ = [
    "Closed",
    "Known",
    "Portion",
    "Reading",
    "Result",
    "Source",
    "Unsettled",
    "detect",
    "look",
    "redact_documents",
    "timed",
]

_WORTH_CONDENSING: Final = 8 << 10


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """A text to redact: its form and the key it stands under; `path` when it names a file.

    `columns` are the keys of a table's columns, when more than this text decided them. A `released`
    text comes without the lines in which a secret survives; any other one does not come at all.
    """

    text: str
    form: Form
    key: str = ""
    path: bool = False
    markup: bool = False
    columns: tuple[str, ...] = ()
    released: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The clean texts of one document, as its sources; None where a secret survived."""

    texts: tuple[Clean | None, ...]
    identities: Identities
    placeholders: Placeholders


class Reading:
    """A source being read: its view, in which a log stands with each kind of record once."""

    def __init__(self, source: Source, condensed: Condensed | None = None) -> None:
        """Build the view: of the distinct records when `condensed` is given."""
        self.source = source
        self.condensed = condensed
        self.text = source.text if condensed is None else condensed.text
        self.view = _view(source, self.text)
        self.found: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Portion:
    """Distinct records of a text too large to hold, and how to look at them.

    `front` stands before them: the headings of a table, of `columns` that are known.
    """

    blocks: Sequence[str]
    form: Form
    policy: Policy
    front: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """Who is who in one document: what a portion of it is settled with."""

    identities: Identities
    policy: Policy


@dataclass(frozen=True, slots=True, repr=False)
class Unsettled:
    """What was found in a portion, to be settled with all that is known."""

    text: str
    view: View
    found: tuple[Finding, ...]


def look(portion: Portion, detector: Detector) -> Reading:
    """Find what is to be replaced in a portion."""
    source = Source("", portion.form, columns=portion.columns)
    reading = Reading(source, Condensed(portion.blocks, EVERY, portion.front))
    detect([reading], detector, portion.policy)
    return reading


def redact_documents(
    documents: Sequence[Sequence[Source]],
    detector: Detector,
    policy: Policy,
    known: Earlier | None = None,
) -> list[Result]:
    """Redact documents, each with identities and numbers of its own; the model sees one batch.

    `known` is what an earlier redaction of the same document named: its placeholders go on.

    Raises:
        DetectorFailed: a detector broke; no text passes, and the error names no content.
    """
    results: list[Result] = []
    with Closed("detection") as closed:
        readings = [[_reading(source) for source in sources] for sources in documents]
        detect([each for document in readings for each in document], detector, policy)
        results.extend(_finished(document, detector, policy, known) for document in readings)
    if closed.error is not None:
        raise closed.error
    return results


def detect(readings: Sequence[Reading], detector: Detector, policy: Policy) -> None:
    """Find what is to be replaced in each reading; the model sees one batch."""
    listed = Listed(policy)
    shaped = [_shaped(reading, detector, listed) for reading in readings]
    spoken = [
        _spoken(reading, blanked(reading.view.text, _but_people(settle(findings, policy)), "0"))
        for reading, findings in zip(readings, shaped, strict=True)
    ]
    names = find_names(detector, spoken, lambda kind: policy.action(kind) is not None)
    for reading, findings, people in zip(readings, shaped, names, strict=True):
        named = listed.standing(people, reading.view.text)
        reading.found = settle(reading.view.said((*findings, *named)), policy)


def _reading(source: Source) -> Reading:
    plain = source.form == "text" and not (source.key or source.path or source.markup)
    if not plain or len(source.text) < _WORTH_CONDENSING or not is_log(source.text):
        return Reading(source)
    return Reading(source, Condensed(Cutter().blocks(lines_of(source.text))))


def _view(source: Source, text: str) -> View:
    view = view_of(text, source.form, source.columns)
    kind = kind_at((source.key,)) if source.key else None
    part = sensitive_part(kind, view.text[: view.size], structured=True) if kind else None
    if part is None:
        return view
    return view.also([Finding(part.start, part.end, part.kind, "key:field", 1.0, part.firm)])


def _shaped(reading: Reading, detector: Detector, listed: Listed) -> list[Finding]:
    text = reading.view.text
    in_path = names_in_path(text[: reading.view.size]) if reading.source.path else []
    found = (*reading.view.keyed, *detector.patterns(text), *in_path, *listed.denied(text))
    return listed.standing(found, text)


def _but_people(findings: Sequence[Finding]) -> list[Finding]:
    """Leave people in: a pattern may have seen the first half of a name only."""
    return [found for found in findings if found.type not in ("PERSON", "USER")]


def _spoken(reading: Reading, text: str) -> str:
    """Show the model the words of a file's name apart; every place stays where it is."""
    return text.translate(_SEPARATORS) if reading.source.path else text


def _finished(
    document: Sequence[Reading], detector: Detector, policy: Policy, known: Earlier | None
) -> Result:
    """Clean the texts of one document with everything that was found in it."""
    gathered = Gathered(policy, known)
    for reading in document:
        _look_at_twins(reading, detector, policy)
        gathered.add(reading.view, reading.found)
    cleaner = gathered.cleaner()
    texts = tuple(_cleaned(reading, cleaner, detector, policy) for reading in document)
    return Result(texts, cleaner.identities, cleaner.placeholders)


def timed(reading: Reading) -> set[str]:
    """Return the masked text of records in which a time is part of what was found."""
    places = sorted(
        (place.start, place.end)
        for found in reading.found
        for place in reading.view.places(found.start, found.end)
    )
    return reading.condensed.timed(places) if reading.condensed else set()


def _look_at_twins(reading: Reading, detector: Detector, policy: Policy) -> None:
    """Where a time is part of a value, records that differ in it are no twins: read them too."""
    own = timed(reading)
    if reading.condensed is not None and own:
        again = Reading(reading.source, reading.condensed.apart(own))
        detect([again], detector, policy)
        reading.condensed, reading.text = again.condensed, again.text
        reading.view, reading.found = again.view, again.found


def _cleaned(
    reading: Reading, cleaner: Cleaner, detector: Detector, policy: Policy
) -> Clean | None:
    clean = cleaner.clean(reading.text, reading.view, reading.found, reading.source.markup)
    if clean is not None and reading.condensed is not None:
        if reading.condensed.stands(clean):
            return reading.condensed.expand(clean)
        reading = _whole(reading, detector, policy)
        clean = cleaner.clean(reading.text, reading.view, reading.found)
    if clean is None and reading.source.released:
        return _without_unsure(_whole(reading, detector, policy), cleaner)
    return clean


def _whole(reading: Reading, detector: Detector, policy: Policy) -> Reading:
    """Read a text with every record where it stands."""
    if reading.condensed is None:
        return reading
    whole = Reading(reading.source)
    detect([whole], detector, policy)
    return whole


def _without_unsure(whole: Reading, cleaner: Cleaner) -> Clean | None:
    """Clean a text that is released, and withhold the lines that could not be verified."""
    told = cleaner.insist(whole.text, whole.view, whole.found, whole.source.markup)
    if told is None:
        return None
    clean, unsure = told
    places = [(place.start, place.end) for place in unsure]
    return withhold(whole.text, clean, places, json=whole.source.form == "json")
