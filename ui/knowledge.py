"""Keeps the knowledge of a workspace: what is indexed, what analysts said of it, what is learnt."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from redaction import RawRecord, holds_records, read_records, tenant_of
from retrieval import (
    Decision,
    Document,
    DocumentKind,
    Example,
    Told,
    TrainedRanker,
    Verdict,
    Weights,
    case_query,
    compare,
    document,
    dump,
    is_stale,
    load,
    standing,
    train,
)
from ui.contract_knowledge import (
    AdaptAnswer,
    DecisionAnswer,
    IndexAnswer,
    IndexStatsAnswer,
    ReembedAnswer,
    RemoveAnswer,
    ReviewAnswer,
    ReviewItem,
    TidyAnswer,
)
from ui.errors import UnknownDocument
from ui.opening import begun, read_source, stored_case
from ui.retrieval_evaluation import (
    LEARNED,
    MEASURED,
    Bar,
    examples,
    marked_links,
    open_tracker,
    read_tracker,
)
from ui.wiring import EMBEDDING_MODEL, House

KINDS: tuple[DocumentKind, ...] = ("kb", "case")


def index_records(
    house: House, path: Path, kind: DocumentKind, progress: Callable[[int], None]
) -> IndexAnswer:
    """Redact records, or the tickets and articles of an export, and put them into the index.

    Records that are there already, redacted under the same policy and rules, cost nothing.
    `progress` is called with the number of documents done so far.
    """
    seen = 0

    def counted(records: Iterable[RawRecord]) -> Iterator[RawRecord]:
        nonlocal seen
        for record in records:
            seen += 1
            yield record

    if not path.exists() or holds_records(path):
        records = begun(path, read_records(path))
        known = house.index.sources(kind)
        redacted = house.redactor.redact_records(counted(records), known)
    else:
        redacted = house.redactor.redact_export(read_source(str(path)))
    outcome = house.index.add((document(record, kind) for record in redacted), progress)
    written = outcome.added + len(outcome.refused)
    unchanged = max(outcome.unchanged, seen - written)
    return IndexAnswer(outcome.added, unchanged, outcome.refused)


def index_stats(house: House) -> IndexStatsAnswer:
    """Count what is in the index; looking creates nothing.

    Raises:
        NoWorkspace: nothing was ever stored there.
    """
    house.require_founded()
    if not house.has_index:
        return IndexStatsAnswer(0, 0, EMBEDDING_MODEL, 0, None)
    stats = house.index.stats()
    counts = stats.counts
    return IndexStatsAnswer(counts["case"], counts["kb"], stats.model, stats.size, stats.updated)


def index_remove(house: House, document_id: str) -> RemoveAnswer:
    """Remove a document from the index, of either kind.

    Raises:
        NoWorkspace: nothing was ever stored there.
    """
    house.require_founded()
    return RemoveAnswer(document_id, house.index.remove(document_id) if house.has_index else 0)


def index_tidy(house: House, *, drop_old: bool = False) -> TidyAnswer:
    """Merge small pieces and bring search indexes up to date; `drop_old` removes other models.

    Raises:
        NoWorkspace: nothing was ever stored there.
    """
    house.require_founded()
    if not house.has_index:
        return TidyAnswer(0, ())
    dropped = house.index.tidy(drop_old=drop_old)
    return TidyAnswer(house.index.stats().size, dropped)


def index_reembed(house: House, progress: Callable[[int], None]) -> ReembedAnswer:
    """Embed every document again with the configured model, then let its vectors serve.

    Raises:
        NoWorkspace: nothing was ever stored there.
    """
    house.require_founded()
    done = house.index.reembed(progress)
    return ReembedAnswer(done.before, done.after, done.written, done.found, done.refused)


def index_review(house: House) -> ReviewAnswer:
    """List the articles that somebody should look at: doubtful ones first, then stale ones.

    Raises:
        NoWorkspace: nothing was ever stored there.
    """
    house.require_founded()
    articles = (
        [each for each in house.index.documents() if each.kind == "kb"] if house.has_index else []
    )
    told = house.decisions.told([f"kb/{each.id}" for each in articles])
    now = datetime.now(UTC)
    items = [_judged(each, told.get(f"kb/{each.id}", Told()), now) for each in articles]
    wanted = [i for i in items if i.standing != "current" or i.stale or i.recurred]
    wanted.sort(key=lambda i: (i.standing == "current", -i.contradicted, -i.recurred, i.id))
    return ReviewAnswer(len(articles), tuple(wanted))


def decide(house: House, case_id: str, document_id: str, verdict: Verdict | None) -> DecisionAnswer:
    """Keep what an analyst says of a document for a case; None withdraws an earlier word.

    Raises:
        UnknownCase: there is no such case.
        UnknownDocument: the index holds no document of this id.
    """
    case = stored_case(house, case_id).case
    kind = _kind_of(house, document_id)
    key = f"{kind}/{document_id}"
    if verdict is None:
        house.decisions.withdraw(case.id, key)
    else:
        house.decisions.decide(Decision(case.id, key, verdict, datetime.now(UTC)))
    return DecisionAnswer(case.id, document_id, kind, verdict)


def adapt(house: House, path: Path | None, bar: Bar) -> AdaptAnswer:
    """Train the ranker on a tracker's duplicates, or on decisions; keep it only if it is better.

    Both rankers are measured on the last of the examples, later than all that was learned from.

    Raises:
        CannotRead: the file holds no labelled duplicates.
        TooFewExamples: there is too little to learn from.
    """
    if path is None:
        taught = _decided(house, bar)
        learned, later = taught[: int(LEARNED * len(taught))], taught[int(MEASURED * len(taught)) :]
    else:
        reports = read_tracker(path)
        index = house.evaluation_index(path, None, marked_links(reports))
        tracker = open_tracker(house, index, reports, bar)
        learned = examples(tracker, 0, LEARNED, bar)
        later = examples(tracker, MEASURED, 1, bar)
    trained = train(learned)
    serving = house.rankers.serving()
    before = load(serving.text.encode()) if serving else Weights()
    result = compare(before, trained, later)
    if result.better:
        figures = {"MAP before": result.old, "MAP": result.new, "queries": result.queries}
        house.rankers.save(TrainedRanker(dump(trained).decode(), figures), datetime.now(UTC))
    return AdaptAnswer(
        "kept" if result.better else "not better",
        len(learned),
        result.queries,
        round(result.old, 4),
        round(result.new, 4),
        round(result.low, 4),
        round(result.high, 4),
    )


def roll_back(house: House) -> AdaptAnswer:
    """Let the ranker before the serving one serve again.

    Raises:
        NoWorkspace: nothing was ever stored there.
    """
    house.require_founded()
    return AdaptAnswer("rolled back" if house.rankers.roll_back() else "nothing to roll back")


def _decided(house: House, bar: Bar) -> list[Example]:
    """Search for each case that an analyst accepted a match of, as on the day of the decision."""
    decisions = house.decisions.decisions()
    cases = list(dict.fromkeys(decision.case_id for decision in decisions))
    found: list[Example] = []
    with bar("Searching for decided cases", len(cases)) as done:
        for number, case_id in enumerate(cases, 1):
            own = [each for each in decisions if each.case_id == case_id]
            right = frozenset(
                each.document for each in own if each.verdict in ("accept", "resolved")
            )
            if right:
                opened = stored_case(house, case_id)
                tenant = tenant_of(house.cases.entities(case_id))
                query = replace(case_query(opened.case), tenant=tenant)
                candidates = house.index.candidates(query, gate=opened.gate)
                found.append(Example(query, query.time, candidates, right))
            done(number)
    return found


def _kind_of(house: House, document_id: str) -> DocumentKind:
    for kind in KINDS:
        if house.has_index and house.index.known([f"{kind}/{document_id}"]):
            return kind
    raise UnknownDocument(document_id)


def _judged(article: Document, told: Told, now: datetime) -> ReviewItem:
    stands = standing(
        article.kind, article.status, article.superseded_by, article.review_by, told, now
    )
    dated = article.updated or article.created
    return ReviewItem(
        article.id,
        article.title,
        stands,
        is_stale(dated, told, now),
        article.review_by,
        dated,
        told.accept,
        told.reject,
        told.resolved,
        told.contradicts,
        told.recurs,
    )
