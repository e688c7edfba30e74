"""What the product does for a person: each job once, for command line and app alike."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TypeGuard, TypeVar

from assistant import Dossier, DraftKind, compute_facts
from evals import Scorer, rca_scorers, score_draft, update_scorers
from redaction import (
    NOWHERE,
    Artifact,
    CannotRead,
    EgressRefused,
    Gate,
    Origin,
    RawCase,
    RawRecord,
    RawText,
    RedactedCase,
    read_raw,
    read_records,
)
from retrieval import DocumentKind, Match, case_query, document
from ui.contract import (
    DraftAnswer,
    IndexAnswer,
    IndexStatsAnswer,
    ModelAnswer,
    RecordAnswer,
    RedactAnswer,
    RemoveAnswer,
    RunAnswer,
    draft_answer,
    match_answer,
    redaction_summary,
)
from ui.errors import FolderUnusable, UnknownCase
from ui.report import write_report
from ui.wiring import EMBEDDING_MODEL, House
from ui.writer import Writer, choose_writer, write

Item = TypeVar("Item")
Source = str | BinaryIO
Step = Callable[[str], AbstractContextManager[object]]
SCORERS: Mapping[DraftKind, Callable[[Gate], tuple[Scorer, ...]]] = {
    "update": update_scorers,
    "rca": rca_scorers,
}
NO_INDEX = "No precedents: the index is empty. Run: triage index add FILE.jsonl --kind case"
SIMILAR_CASES = 5
SIMILAR_ARTICLES = 3


def silent(_: str) -> AbstractContextManager[object]:
    """Show no progress."""
    return nullcontext()


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case in hand, with the gate that knows its literals."""

    case: RedactedCase
    gate: Gate


@dataclass(frozen=True, slots=True)
class Precedents:
    """The matches of a case, and why there are none."""

    matches: tuple[Match, ...]
    notes: tuple[str, ...]


def open_case(house: House, source: Source, step: Step = silent) -> OpenCase:
    """Read, redact and store a folder, file, archive or stream, or load a stored case by its id.

    What comes from the same path again replaces the case that it became before; unchanged, under
    the same policy and rules, it is that case.

    Raises:
        UnknownCase: the argument is neither a path nor the id of a stored case.
        RedactionError: it could not be read or redacted; nothing unredacted was kept.
    """
    if _is_case_id(source):
        return _stored_case(house, source)
    with step("Reading artifacts"):
        raw = _read(source)
    with step("Redacting"):
        redactor = house.redactor  # before anything is created: without its models, refuse
        origin = _origin(house, source, raw)
        known = house.cases.find(origin.source) if origin != NOWHERE else None
        case_id, before = known or (None, NOWHERE)
        if case_id is not None and before == origin:
            return _stored_case(house, case_id)
        redaction = redactor.redact_case(raw, case_id)
        house.cases.save(redaction, origin)
        if case_id is not None:
            house.forget_drafts(case_id)
    return OpenCase(redaction.case, house.gate.for_case(redaction.vault))


def find_matches(house: House, opened: OpenCase) -> Precedents:
    """Find the most similar past cases and articles, best first; the case's gate looks first."""
    if not house.has_index:
        return Precedents((), (NO_INDEX,))
    query, index = case_query(opened.case), house.index
    try:
        found = (
            *index.match(query, SIMILAR_CASES, kind="case", gate=opened.gate),
            *index.match(query, SIMILAR_ARTICLES, kind="kb", gate=opened.gate),
        )
    except EgressRefused as error:
        return Precedents((), (f"No precedents: {error}",))
    return Precedents(tuple(sorted(found, key=lambda match: -match.score)), ())


def match_source(
    house: House,
    source: Source,
    count: int,
    kind: DocumentKind | None = None,
    as_of: datetime | None = None,
    step: Step = silent,
) -> tuple[Match, ...]:
    """Match a file, folder, stream or stored case; what is new is redacted first, not stored."""
    if _is_case_id(source):
        case = _stored_case(house, source).case
    else:
        with step("Redacting"):
            case = house.passing_redactor.redact_case(_read(source)).case
    if not house.has_index:
        return ()
    with step("Matching"):
        return house.index.match(case_query(case), count, kind=kind, as_of=as_of)


def open_dossier(house: House, opened: OpenCase, matches: tuple[Match, ...]) -> Dossier:
    """Compute the facts of a case and store them with its matches.

    Drafts of other facts are removed: their citations would point elsewhere.
    """
    case = opened.case
    dossier = Dossier(case, compute_facts(case, matches), matches)
    before = house.drafts.dossier(case)
    if before is not None and before.facts != dossier.facts:
        house.forget_drafts(case.id)
    house.drafts.save_dossier(dossier)
    return dossier


def draft_case(
    house: House, kind: DraftKind, dossier: Dossier, opened: OpenCase, writer: Writer
) -> DraftAnswer:
    """Write, score and store one draft."""
    draft, notes = write(kind, dossier, opened.gate, writer)
    scorecard = score_draft(draft, dossier, SCORERS[kind](opened.gate))
    house.drafts.save_draft(dossier.case.id, draft)
    house.scorecards.append(dossier.case.id, kind, scorecard, datetime.now(UTC))
    return draft_answer(draft, dossier.facts, scorecard, notes)


def run_case(
    house: House, source: Source, kinds: Sequence[DraftKind], step: Step = silent
) -> RunAnswer:
    """Do the main job: redact, match, compute facts, draft, score, report, and store it all."""
    opened = open_case(house, source, step)
    with step("Matching past cases and articles"):
        precedents = find_matches(house, opened)
    with step("Computing facts"):
        dossier = open_dossier(house, opened, precedents.matches)
    with step("Loading the language model"):
        writer = choose_writer(house, opened.gate)
    drafts: list[DraftAnswer] = []
    for kind in kinds:
        with step(f"Drafting and scoring: {kind}"):
            drafts.append(draft_case(house, kind, dossier, opened, writer))
    reports = house.reports
    answer = RunAnswer(
        case_id=opened.case.id,
        title=opened.case.title,
        redaction=redaction_summary(opened.case),
        matches=tuple(match_answer(match) for match in dossier.matches),
        facts=dossier.facts,
        drafts=tuple(drafts),
        report=str(reports / f"{opened.case.id}.html"),
        report_markdown=str(reports / f"{opened.case.id}.md"),
        notes=tuple(dict.fromkeys((*precedents.notes, *_notes(drafts)))),
    )
    write_report(reports, opened.case, answer)
    return answer


def _notes(drafts: Sequence[DraftAnswer]) -> Iterator[str]:
    return chain.from_iterable(draft.notes for draft in drafts)


def draft_source(house: House, source: Source, kind: DraftKind, step: Step = silent) -> DraftAnswer:
    """Write, score and store one draft of a case."""
    opened = open_case(house, source, step)
    with step("Matching past cases and articles"):
        precedents = find_matches(house, opened)
    with step("Computing facts"):
        dossier = open_dossier(house, opened, precedents.matches)
    with step(f"Drafting and scoring: {kind}"):
        return draft_case(house, kind, dossier, opened, choose_writer(house, opened.gate))


def redact_source(
    house: House, source: Source, out: Path | None, step: Step = silent
) -> Iterator[RedactAnswer]:
    """Redact without storing a case; with `out`, write the copies there under their ids."""
    with step("Reading artifacts"):
        raw = _read(source)
    with step("Redacting"):
        case = house.passing_redactor.redact_case(raw).case
    if out is not None:
        _make_folder(out)
    for artifact in case.artifacts:
        yield _redacted(artifact, out)
    for item in case.quarantined:
        yield RedactAnswer(item.id, item.name, None, None, None, None, item.reason)


def redact_records(house: House, path: Path) -> Iterator[RecordAnswer]:
    """Redact records `{id, text}`, each a document of its own, in a stream."""
    documents = _begun((record.id, _text(record)) for record in read_records(path))
    for record in house.passing_redactor.redact_documents(documents):
        yield RecordAnswer(record.id, record.text, record.spans)


def index_records(
    house: House, path: Path, kind: DocumentKind, progress: Callable[[int], None]
) -> IndexAnswer:
    """Redact the records of a file or folder and put them into the index.

    `progress` is called with the number of documents done so far.
    """
    records = _begun(read_records(path))
    documents = (document(record, kind) for record in house.redactor.redact_records(records))
    outcome = house.index.add(documents, progress)
    return IndexAnswer(outcome.added, outcome.unchanged, outcome.refused)


def index_stats(house: House) -> IndexStatsAnswer:
    """Count what is in the index; looking creates nothing."""
    if not house.has_index:
        return IndexStatsAnswer(0, 0, EMBEDDING_MODEL, 0, None)
    stats = house.index.stats()
    counts = stats.counts
    return IndexStatsAnswer(counts["case"], counts["kb"], stats.model, stats.size, stats.updated)


def index_remove(house: House, document_id: str) -> RemoveAnswer:
    """Remove a document from the index, of either kind."""
    return RemoveAnswer(document_id, house.index.remove(document_id) if house.has_index else 0)


def list_models(house: House) -> tuple[ModelAnswer, ...]:
    """Show the manifest and what of it is here."""
    store = house.models
    return tuple(
        ModelAnswer(
            model.name, model.version, model.licence, model.hub, model.size, store.status(model)
        )
        for model in store.models
    )


def _begun(items: Iterable[Item]) -> Iterator[Item]:
    """Read the first item now: a wrong path is told before any model is loaded."""
    rest = iter(items)
    first = tuple(islice(rest, 1))
    return chain(first, rest)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnusable(folder, str(error.strerror)) from None


def _is_case_id(source: Source) -> TypeGuard[str]:
    try:
        return isinstance(source, str) and not Path(source).exists()
    except OSError:  # longer than any path
        return True


def _read(source: Source) -> RawCase:
    return read_raw(Path(source) if isinstance(source, str) else source)


def _origin(house: House, source: Source, raw: RawCase) -> Origin:
    """Refer to a path and its content by keyed hashes; a stream has no origin."""
    if isinstance(source, str):
        path = house.keyring.entity_ref("source", str(Path(source).resolve()))
        return Origin(path, house.redactor.content_ref(raw))
    return NOWHERE


def _text(record: RawRecord) -> RawText:
    if "text" not in record.fields:
        raise CannotRead(f"record {record.id} has no text: records are {{id, text}}")
    return record.fields["text"]


def _redacted(artifact: Artifact, out: Path | None) -> RedactAnswer:
    if out is None:
        return RedactAnswer(
            artifact.id,
            artifact.name,
            artifact.media_type,
            artifact.text,
            None,
            artifact.spans,
            None,
        )
    target = out / artifact.id
    target.write_text(artifact.text, "utf-8", newline="")
    return RedactAnswer(
        artifact.id, artifact.name, artifact.media_type, None, str(target), None, None
    )


def _stored_case(house: House, case_id: str) -> OpenCase:
    if not house.has_cases:
        raise UnknownCase
    try:
        case, vault = house.cases.load(case_id), house.cases.vault(case_id)
    except KeyError:
        raise UnknownCase from None
    return OpenCase(case, house.gate.for_case(vault))
