"""What the product does for a person: each job once, for command line and app alike."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

from assistant import Dossier, DraftKind, compute_facts
from evals import Scorer, rca_scorers, score_draft, update_scorers
from redaction import (
    Artifact,
    CannotRead,
    EgressRefused,
    Gate,
    RawRecord,
    RawText,
    changes,
    large_text,
    read_records,
    record_shown,
    tenant_of,
)
from retrieval import Decision, DocumentKind, Match, case_query, search_fingerprint
from ui.contract import (
    DraftAnswer,
    ModelAnswer,
    RecordAnswer,
    RedactAnswer,
    RunAnswer,
    draft_answer,
    match_answer,
    to_json,
)
from ui.contract_intake import redaction_summary, second_looks
from ui.contract_privacy import (
    ChangeAnswer,
    OutgoingAnswer,
)
from ui.errors import FolderUnusable, keep_apart, keep_whole
from ui.exporting import gated
from ui.large import LARGE, SHOWN, Bar, no_bar, redact_large, refuse_document
from ui.opening import (
    OpenCase,
    Source,
    Step,
    begun,
    is_case_id,
    open_case,
    read_case,
    read_source,
    silent,
    stored_case,
)
from ui.outgoing import outgoing
from ui.report import write_report
from ui.wiring import EMBEDDING_MODEL, House
from ui.writer import Writer, choose_writer, write

SCORERS: Mapping[DraftKind, Callable[[Gate], tuple[Scorer, ...]]] = {
    "update": update_scorers,
    "rca": rca_scorers,
}
NO_INDEX = "No precedents: the index is empty. Run: triage index add FILE.jsonl --kind case"
SIMILAR_CASES = 5
SIMILAR_ARTICLES = 3
RECORDS_AT_ONCE = 64
"""Redacted records that are printed under one entry of the ledger."""


@dataclass(frozen=True, slots=True)
class Precedents:
    """The matches of a case, why there are none, and the fingerprint of the search."""

    matches: tuple[Match, ...]
    notes: tuple[str, ...]
    searched: str = ""


def find_matches(house: House, opened: OpenCase) -> Precedents:
    """Find the most similar past cases and articles, best first; the case's gate looks first.

    When neither query nor index, model or code has changed, they are the stored ones.
    """
    if not house.has_index:
        return Precedents((), (NO_INDEX,))
    tenant = tenant_of(house.cases.entities(opened.case.id))
    query = replace(case_query(opened.case), tenant=tenant)
    asked = (house.embedding_model, SIMILAR_CASES, SIMILAR_ARTICLES, tenant, *house.judgements())
    searched = search_fingerprint(query, house.index_folder, asked)
    known = house.drafts.matches(opened.case.id, searched)
    if known is not None:
        return Precedents(known, (), searched)
    index = house.index
    gate = house.recorded(opened.gate, "embedding", EMBEDDING_MODEL, opened.case.id)
    try:
        found = (
            *index.match(query, SIMILAR_CASES, kind="case", gate=gate),
            *index.match(query, SIMILAR_ARTICLES, kind="kb", gate=gate),
        )
    except EgressRefused as error:
        return Precedents((), (f"No precedents: {error}",))
    for match in found:
        if match.recurs:  # somebody should look at the document again
            key = f"{match.document.kind}/{match.document.id}"
            now = datetime.now(UTC)
            house.decisions.note(Decision(opened.case.id, key, "recurs", now))
    return Precedents(tuple(sorted(found, key=lambda match: -match.score)), (), searched)


def match_source(
    house: House,
    source: Source,
    count: int,
    kind: DocumentKind | None = None,
    as_of: datetime | None = None,
    step: Step = silent,
) -> tuple[Match, ...]:
    """Match a file, folder, stream or stored case; what is new is redacted first, not stored."""
    if is_case_id(source):
        opened = stored_case(house, source)
        tenant = tenant_of(house.cases.entities(opened.case.id))
    else:
        raw = read_case(source)
        tenant = house.redactor.tenant(raw)
        with step("Redacting"):
            redaction = house.passing_redactor.redact_case(raw)
            opened = OpenCase(redaction.case, house.gate.for_case(redaction.vault))
    if not house.has_index:
        return ()
    with step("Matching"):
        gate = house.recorded(opened.gate, "embedding", EMBEDDING_MODEL, opened.case.id)
        query = replace(case_query(opened.case), tenant=tenant)
        return house.index.match(query, count, kind=kind, as_of=as_of, gate=gate)


def open_dossier(
    house: House, opened: OpenCase, matches: tuple[Match, ...], searched: str = ""
) -> Dossier:
    """Compute the facts of a case and store them with its matches and the search they come from.

    Drafts of other facts are removed: their citations would point elsewhere.
    """
    case = opened.case
    dossier = Dossier(case, compute_facts(case, matches), matches)
    before = house.drafts.dossier(case)
    if before is not None and before.facts != dossier.facts:
        house.forget_drafts(case.id)
    house.drafts.save_dossier(dossier, searched)
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
    house: House,
    source: Source,
    kinds: Sequence[DraftKind],
    step: Step = silent,
    *,
    keep_raw: bool = False,
) -> RunAnswer:
    """Do the main job: redact, match, compute facts, draft, score, report, and store it all."""
    opened = open_case(house, source, step, keep_raw=keep_raw)
    with step("Matching past cases and articles"):
        precedents = find_matches(house, opened)
    with step("Computing facts"):
        dossier = open_dossier(house, opened, precedents.matches, precedents.searched)
    with step("Loading the language model"):
        writer = choose_writer(house, opened.gate, opened.case.id)
    drafts: list[DraftAnswer] = []
    for kind in kinds:
        with step(f"Drafting and scoring: {kind}"):
            drafts.append(draft_case(house, kind, dossier, opened, writer))
    reports = house.reports
    answer = RunAnswer(
        case_id=opened.case.id,
        title=opened.case.title,
        redaction=redaction_summary(opened.case, house.cases.kept(opened.case.id)),
        matches=tuple(match_answer(match) for match in dossier.matches),
        facts=dossier.facts,
        drafts=tuple(drafts),
        report=str(reports / f"{opened.case.id}.html"),
        report_markdown=str(reports / f"{opened.case.id}.md"),
        notes=tuple(dict.fromkeys((*precedents.notes, *_notes(drafts)))),
    )
    answer = gated(answer, opened.gate)
    report = to_json("run", answer)  # everything that the files are rendered from
    house.ledger.append("export", case=opened.case.id, subject="report", text=report)
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
        dossier = open_dossier(house, opened, precedents.matches, precedents.searched)
    with step(f"Drafting and scoring: {kind}"):
        writer = choose_writer(house, opened.gate, opened.case.id)
        return draft_case(house, kind, dossier, opened, writer)


def redact_source(
    house: House,
    source: Source,
    out: Path | None,
    step: Step = silent,
    bar: Bar = no_bar,
    *,
    force: bool = False,
) -> Iterator[RedactAnswer]:
    """Redact without storing a case; with `out`, write the copies there under their ids.

    A large file of lines is never held: without `out` its answers come as they are made.

    Raises:
        OutNotEmpty: `out` holds something already, and writing there was not asked for by `force`.
    """
    if out is not None and isinstance(source, str):
        keep_apart("--out", out, Path(source))
    if out is not None and not force:
        keep_whole(out)
    policy = house.policy.fingerprint
    for answer in _redacting(house, source, out, step, bar):
        yield replace(answer, policy=policy)


def _redacting(
    house: House, source: Source, out: Path | None, step: Step, bar: Bar
) -> Iterator[RedactAnswer]:
    large = large_text(Path(source), LARGE) if isinstance(source, str) else None
    if large is not None:
        if out is not None:
            _make_folder(out)
        yield from redact_large(house, large, out, bar)
        return
    if isinstance(source, str):
        refuse_document(Path(source))
    with step("Reading artifacts"):
        raw = read_source(source)
    with step("Redacting"):
        redaction = house.passing_redactor.redact_case(raw)
    if out is not None:
        _make_folder(out)
    gate = house.gate.for_case(redaction.vault)
    for artifact in redaction.case.artifacts:
        copy = replace(artifact, text=gate.redacted(artifact.text))
        subject = SHOWN if out is None else "redacted copy"
        house.ledger.append("export", subject=subject, text=copy.text)
        yield _redacted(copy, out)
    for item in redaction.case.quarantined:
        yield RedactAnswer(item.id, item.name, None, None, None, None, item.reason)


def diff_source(house: House, source: Source, step: Step = silent) -> Iterator[ChangeAnswer]:
    """Redact without storing anything, and show what changed and who asked for it.

    The lines as they were are raw text: the ledger has them, as a keyed hash, before they show.
    """
    with step("Reading artifacts"):
        raw = read_source(source)
    with step("Redacting"):
        case = house.passing_redactor.redact_case(raw).case
    changed = list(changes(raw, case))
    if changed:
        record_shown(changed, house.ledger)
    for change in changed:
        at = change.anchor
        yield ChangeAnswer(at.artifact, at.line, change.before, change.after, change.spans)


def outgoing_of(house: House, source: Source, step: Step = silent) -> tuple[OutgoingAnswer, ...]:
    """List what drafting a case would send to the configured model, without sending it."""
    opened = open_case(house, source, step)
    with step("Matching past cases and articles"):
        precedents = find_matches(house, opened)
    with step("Computing facts"):
        dossier = open_dossier(house, opened, precedents.matches, precedents.searched)
    return outgoing(dossier, opened.gate, house.settings)


def redact_records(house: House, path: Path) -> Iterator[RecordAnswer]:
    """Redact records `{id, text}`, each a document of its own, in a stream."""
    records = read_records(path)
    documents = begun(path, ((record.id, _text(record)) for record in records))
    redacted = house.passing_redactor.redact_documents(documents)
    while batch := list(islice(redacted, RECORDS_AT_ONCE)):
        texts = [record.text for record in batch]
        house.ledger.append(
            "export", subject=SHOWN, text="\0".join(texts), size=sum(map(len, texts))
        )
        for record in batch:
            yield RecordAnswer(record.id, record.text, record.spans, house.policy.fingerprint)


def list_models(house: House) -> tuple[ModelAnswer, ...]:
    """Show the manifest and what of it is here."""
    store = house.models
    return tuple(
        ModelAnswer(
            model.name, model.version, model.licence, model.hub, model.size, store.status(model)
        )
        for model in store.models
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnusable(folder, str(error.strerror)) from None


def _text(record: RawRecord) -> RawText:
    if "text" not in record.fields:
        raise CannotRead(f"record {record.id} has no text: records are {{id, text}}")
    return record.fields["text"]


def _redacted(artifact: Artifact, out: Path | None) -> RedactAnswer:
    told = artifact.id, artifact.name, artifact.media_type
    replaced = dict(Counter(span.type for span in artifact.spans).most_common())
    late = second_looks(artifact.spans)
    if out is None:
        return RedactAnswer(*told, artifact.text, None, artifact.spans, None, replaced, late)
    target = out / artifact.id
    target.write_text(artifact.text, "utf-8", newline="")
    return RedactAnswer(*told, None, str(target), None, None, replaced, late)
