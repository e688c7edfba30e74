"""Measures the search on a tracker's reports whose duplicates are marked, beside other searches."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from evals import Asked, Searched, bm25, compare_searches, fused, measure_search, tfidf
from redaction import CannotRead, LabelledReport, as_they_are, read_reports
from retrieval import (
    Document,
    DuplicateLink,
    Example,
    Index,
    MarkedLinks,
    Ranker,
    Weights,
    document,
    document_query,
    rank,
    train,
)
from ui.contract_retrieval import RetrievalEvalAnswer, RetrievalLoss, SearchFigures, search_figures
from ui.wiring import House

DEPTH: Final = 100
"""How deep a ranking is read: a hit below counts as not found."""
LEARNED: Final = 0.6
MEASURED: Final = 0.7
"""Shares of the reports in time order: learned from up to one, measured from the other on."""

BASELINES: Final = ("tfidf", "bm25", "vectors", "rrf")

MARKED_AFTER: Final = timedelta(days=14)
"""When a duplicate counts as marked, after it was written."""

Bar = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Shows a bar: given a title and a total, it takes the number done."""

Rankings = list[list[int]]
"""For each query the places of what was found, the best first."""


@dataclass(frozen=True, slots=True)
class Task:
    """A query: the place of its report in time order, its group, and the earlier places in it.

    Every report with a smaller place is earlier.
    """

    place: int
    group: str
    relevant: frozenset[int]


@dataclass(frozen=True, slots=True)
class Tracker:
    """The labelled reports of a file, in time order and indexed, and what is to be looked for.

    A report that the gate refused is not among the documents: it finds nothing and is not found.
    """

    index: Index
    documents: Mapping[int, Document]
    size: int
    tasks: tuple[Task, ...]

    def tasks_within(self, first: float, last: float) -> list[Task]:
        """Return the queries between two shares of the reports."""
        return [t for t in self.tasks if first * self.size <= t.place < last * self.size]

    def example(self, task: Task) -> Example | None:
        """Search for a query among the reports before it, None when it is not there itself."""
        asked = self.documents.get(task.place)
        if asked is None:
            return None
        query = document_query(asked)
        found = self.index.candidates(query, as_of=asked.created)
        return Example(query, asked.created, found, frozenset(map(_key, task.relevant)))


def evaluate_retrieval(
    house: House,
    path: Path,
    bar: Bar,
    *,
    adapt: bool = False,
    loss: bool = False,
    limit: int | None = None,
) -> RetrievalEvalAnswer:
    """Search for each marked duplicate among the reports before it, ours and the baselines.

    The index of the redacted reports stays below `runs/`, so that a run that was interrupted, or
    comes again, goes on. With `adapt` a ranker learns from the first part of the reports,
    duplicates count as linked `MARKED_AFTER` they were written, and all searches are measured on
    the last.
    With `loss` the texts are searched unredacted too, in memory.

    Raises:
        CannotRead: a line of the file is no labelled report, or no report has an earlier duplicate.
        TooFewExamples: there are not enough duplicates to learn from.
        DetectorFailed: a detector broke.
    """
    reports = read_tracker(path, limit)
    index = house.evaluation_index(path, limit, marked_links(reports) if adapt else None)
    tracker = open_tracker(house, index, reports, bar)
    trained = train(examples(tracker, 0, LEARNED, bar)) if adapt else None
    tasks = tracker.tasks_within(MEASURED if adapt else 0, 1)
    # A fresh installation knows no links, so the untrained ranker does without them.
    rankers = {"untrained": Weights(group=0.0), **({"adapted": trained} if trained else {})}
    ranked = _ranked(tracker, tasks, rankers, bar)
    searched = {name: _searched(tasks, rankings) for name, rankings in ranked.items()}
    untrained = searched.pop("untrained")
    ours = searched.pop("adapted", untrained)
    vectors = ranked["vectors"]
    for name, rankings in _baselines(tracker, tasks, vectors, bar).items():
        searched[name] = _searched(tasks, rankings)
    return RetrievalEvalAnswer(
        **asdict(search_figures(measure_search(ours))),
        file=str(path),
        policy=house.settings.policy,
        reports=tracker.size,
        baselines={
            name: _beside(ours, searched[name]) for name in ("tfidf", "bm25", "vectors", "rrf")
        },
        untrained=_beside(ours, untrained) if adapt else None,
        loss=_loss(house, reports, tasks, untrained, bar) if loss else None,
    )


def read_tracker(path: Path, limit: int | None = None) -> list[LabelledReport]:
    """Read labelled reports in time order, each with its group and with its place for an id.

    Raises:
        CannotRead: a line of the file is no labelled report.
    """
    reports = sorted(islice(read_reports(path), limit), key=lambda report: report.created)
    groups = _linked(reports)
    return [
        replace(
            report,
            record=replace(report.record, id=_name(place)),
            group=report.group or groups.get(report.record.id, ""),
        )
        for place, report in enumerate(reports)
    ]


def open_tracker(
    house: House, index: Index, reports: Sequence[LabelledReport], bar: Bar
) -> Tracker:
    """Redact labelled reports and index them.

    Raises:
        CannotRead: no report has an earlier one of its group.
        DetectorFailed: a detector broke.
    """
    tasks = tuple(_tasks(reports))
    if not tasks:
        raise CannotRead(
            "no report has an earlier duplicate (`cluster`, or `duplicate_of` with an id of this "
            "file): there is nothing to search for."
        )
    with bar("Redacting and indexing", len(reports)) as done:
        known = index.sources("case")
        done(len(known))
        records = house.redactor.redact_records((each.record for each in reports), known)
        index.add(
            (document(record, "case") for record in records),
            lambda added: done(len(known) + added),
        )
    return Tracker(index, _documents(index), len(reports), tasks)


def examples(tracker: Tracker, first: float, last: float, bar: Bar) -> list[Example]:
    """Search for the queries between two shares of the reports, to learn from or to compare on."""
    tasks = tracker.tasks_within(first, last)
    found: list[Example] = []
    with bar("Searching for examples", len(tasks)) as done:
        for number, task in enumerate(tasks, 1):
            if example := tracker.example(task):
                found.append(example)
            done(number)
    return found


def _tasks(reports: Iterable[LabelledReport]) -> Iterator[Task]:
    """Find the queries among reports in time order."""
    groups: dict[str, list[int]] = {}
    for place, report in enumerate(reports):
        if not report.group:
            continue
        earlier = groups.setdefault(report.group, [])
        if earlier and report.is_query:
            yield Task(place, report.group, frozenset(earlier))
        earlier.append(place)


def marked_links(reports: Iterable[LabelledReport]) -> MarkedLinks:
    """Link each report with the one before it in its group, since it may have been known.

    Trackers seldom tell when a duplicate was marked; a fortnight after it was written stands in.
    """
    links: list[DuplicateLink] = []
    latest: dict[str, int] = {}
    for place, report in enumerate(reports):
        if report.group:
            if (earlier := latest.get(report.group)) is not None:
                known = report.created + MARKED_AFTER
                links.append(DuplicateLink(_key(place), _key(earlier), known))
            latest[report.group] = place
    return MarkedLinks(tuple(links))


def _linked(reports: Iterable[LabelledReport]) -> dict[str, str]:
    """Name the group of each report that is linked with another: links are followed both ways."""
    leader: dict[str, str] = {}

    def found(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = name = leader[leader[name]]
        return name

    for report in reports:
        if report.duplicate_of:
            leader[found(report.record.id)] = found(report.duplicate_of)
    return {name: found(name) for name in list(leader)}


def _ranked(
    tracker: Tracker, tasks: Sequence[Task], rankers: Mapping[str, Ranker], bar: Bar
) -> dict[str, Rankings]:
    """Rank what is found for each query by every ranker, and by the vectors alone."""
    ranked: dict[str, Rankings] = {name: [] for name in (*rankers, "vectors")}
    with bar("Searching", len(tasks)) as done:
        for number, task in enumerate(tasks, 1):
            found = tracker.example(task)
            for name, ranker in rankers.items():
                order = rank(found.query, found.time, found.candidates, ranker) if found else ()
                ranked[name].append([_place(each.candidate.key) for each in order[:DEPTH]])
            near = sorted(found.candidates, key=lambda each: -each.cosine) if found else ()
            ranked["vectors"].append([_place(each.key) for each in near[:DEPTH]])
            done(number)
    return ranked


def _baselines(
    tracker: Tracker, tasks: Sequence[Task], vectors: Rankings, bar: Bar
) -> dict[str, Rankings]:
    """Search the same texts with TF-IDF, with BM25, and with BM25 and the vectors fused."""
    told = tracker.documents
    texts = [
        (each.title, each.text) if (each := told.get(place)) else ("", "")
        for place in range(tracker.size)
    ]
    asked = [Asked(task.place, task.place) for task in tasks]
    with bar("Searching with TF-IDF and BM25", 2) as done:
        ranked = {"tfidf": tfidf(texts, asked, DEPTH)}
        done(1)
        ranked["bm25"] = bm25(texts, asked, DEPTH)
        done(2)
    return {**ranked, "vectors": vectors, "rrf": fused(ranked["bm25"], vectors)}


def _loss(
    house: House,
    reports: Sequence[LabelledReport],
    tasks: Sequence[Task],
    after: Sequence[Searched],
    bar: Bar,
) -> RetrievalLoss:
    """Search for the same queries, untrained, in an index of the texts as they are."""
    index = house.memory_index()
    with bar("Indexing unredacted, in memory", len(reports)) as done:
        index.add((document(record, "case") for record in as_they_are(reports)), done)
    tracker = Tracker(index, _documents(index), len(reports), ())
    ranked = _ranked(tracker, tasks, {"untrained": Weights()}, bar)
    before = _searched(tasks, ranked["untrained"])
    kept, low, high = compare_searches(after, before)
    figures = search_figures(measure_search(before))
    return RetrievalLoss(figures, round(1 - kept, 4), round(1 - high, 4), round(1 - low, 4))


def _searched(tasks: Sequence[Task], rankings: Rankings) -> list[Searched]:
    return [
        Searched(
            task.group,
            tuple(rank for rank, place in enumerate(ranking, 1) if place in task.relevant),
            len(task.relevant),
        )
        for task, ranking in zip(tasks, rankings, strict=True)
    ]


def _beside(ours: Sequence[Searched], other: Sequence[Searched]) -> SearchFigures:
    return search_figures(measure_search(other), compare_searches(ours, other))


def _documents(index: Index) -> dict[int, Document]:
    return {_place(f"case/{each.id}"): each for each in index.documents()}


def _name(place: int) -> str:
    return f"report-{place}"


def _key(place: int) -> str:
    return f"case/{_name(place)}"


def _place(key: str) -> int:
    return int(key.rpartition("-")[2])
