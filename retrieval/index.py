"""Keeps documents with their vectors and finds those that match a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import reduce
from itertools import islice
from typing import TYPE_CHECKING, Final

from redaction import Gate, RedactedText, Seal
from retrieval.admission import admit
from retrieval.bm25 import FieldTerms
from retrieval.conditions import where_of
from retrieval.embedding import Embedder
from retrieval.errors import Unfinished
from retrieval.features import Candidate
from retrieval.groups import Links, missing_members, with_groups
from retrieval.hits import Hit
from retrieval.judging import Judge, grouped
from retrieval.lance import Database, Documents, plain
from retrieval.lifecycle import NOTHING_TOLD, Told, Usage
from retrieval.locking import one_writer
from retrieval.match import Document, DocumentKind, Match
from retrieval.query import Query, query_text
from retrieval.ranking import Ranked, Ranker, Weights, rank
from retrieval.reasons import reasons, recurs, told_terms
from retrieval.report import Added, IndexStats, Reembedded, rules
from retrieval.rows import Written, open_document, rows, word_terms
from retrieval.serving import Serving
from retrieval.terms import terms

if TYPE_CHECKING:
    from retrieval.embedding import Vectors
    from retrieval.rows import Row

_BATCH: Final = 512
_CANDIDATES: Final = 150
_WORDS_ASKED: Final = 32
_KINDS: Final[tuple[DocumentKind, ...]] = ("case", "kb")


class Index:
    """Documents in a folder or object store, one table for each embedding model.

    Everything that is embedded or stored passes the gate first. Readers may run while one writer
    adds or removes.
    """

    def __init__(
        self,
        uri: str,
        embedder: Embedder,
        gate: Gate,
        seal: Seal,
        ranker: Ranker | None = None,
        leaving: Callable[[Sequence[RedactedText]], None] | None = None,
        usage: Usage | None = None,
        links: Links | None = None,
    ) -> None:
        """Open the index at `uri`, a folder that is created or an object-store address.

        `leaving` is told the texts of each batch that passed the gate, before they are embedded.
        `usage` knows what analysts said of documents, `links` which of them are duplicates.
        """
        self._database = Database(uri)
        self._serving = Serving(self._database)
        self._uri = uri
        self._embedder = embedder
        self._gate = gate
        self._seal = seal
        self._ranker = ranker or Weights()
        self._leaving = leaving
        self._usage = usage
        self._links = links

    def add(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> Added:
        """Write documents, replacing those of the same kind and id; unchanged ones cost nothing.

        A document that the gate refuses is reported and left out; the others are added.
        `progress` is called with the number of documents seen so far.

        Raises:
            TypeError: a document holds text that the redactor did not make.
            EmbedderUnavailable: the model is missing or does not load.
            IndexBroken: the index holds a foreign table.
            NotServing: the index was switched to another model.
        """
        with one_writer(self._uri):
            self._serving.require(self._embedder.name)
            table = self._open() or self._create()
            total = self._fill(table, documents, progress)
            if total.added and table.wants_tidying():
                table.tidy()
        return total

    def known(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Return which of these keys (`kind/id`) are documents of the index, in their order."""
        table = self._open()
        held = table.known(keys) if table else {}
        return tuple(key for key in keys if key in held)

    def sources(self, kind: DocumentKind) -> frozenset[str]:
        """Return the fingerprints of the raw records that need not be redacted or added again."""
        table = self._open()
        return table.sources(kind, rules()) if table else frozenset()

    def remove(self, document_id: str) -> int:
        """Erase the documents of this id, whatever their kind and model, from the disk too.

        Returns how many were erased. A reader that is in the middle of a search may fail once.

        Raises:
            IndexBroken: the index holds a foreign table.
        """
        with one_writer(self._uri):
            return self._database.erase(document_id)

    def tidy(self, *, drop_old: bool = False) -> tuple[str, ...]:
        """Merge small pieces and bring every index up to date; searches go on meanwhile.

        `drop_old` removes the tables of models that no longer serve. Returns the models removed.
        """
        with one_writer(self._uri):
            if table := self._open():
                table.tidy()
            return self._serving.drop_others(self._embedder.name) if drop_old else ()

    def documents(self) -> Iterator[Document]:
        """Return every document, in no order.

        Raises:
            SealBroken: a document was changed in the store.
        """
        if table := self._open():
            yield from self._documents(table)

    def stats(self) -> IndexStats:
        """Count what the index holds for the current model.

        Raises:
            IndexBroken: the index holds a foreign table.
        """
        table = self._open()
        if table is None:
            return IndexStats(self._embedder.name, {kind: 0 for kind in _KINDS}, 0, None)
        counts: dict[DocumentKind, int] = {
            kind: table.count(f"kind = '{kind}' AND part = 0") for kind in _KINDS
        }
        return IndexStats(self._embedder.name, counts, *table.size())

    def match(
        self,
        query: Query,
        k: int = 10,
        kind: DocumentKind | None = None,
        as_of: datetime | None = None,
        gate: Gate | None = None,
    ) -> tuple[Match, ...]:
        """Return the `k` best matches, the best first; none when the index is empty (see `stats`).

        `as_of` leaves out documents that are not known to have been created before it. `gate` is
        that of the query's case, which knows its values. Another tenant's own documents are never
        looked at.

        Raises:
            EgressRefused: the gate found something in the query.
            EmbedderUnavailable: the model is missing or does not load.
            IndexBroken: the index holds a foreign table.
            Unfinished: the model's table is still being filled.
            SealBroken: a matched document was changed in the store.
        """
        table = self._searched(query, gate)
        if table is None:
            return ()
        candidates = self._found(table, query, kind, as_of)
        ranked = rank(query, query.time or as_of, candidates, self._ranker)[:k]
        sealed = table.sealed([place.candidate.key for place in ranked])
        rarity = self._rarity(table, query)
        told = self._told(sealed)
        return tuple(
            self._matched(query, place, sealed[place.candidate.key], rarity, told)
            for place in ranked
            if place.candidate.key in sealed
        )

    def candidates(
        self,
        query: Query,
        kind: DocumentKind | None = None,
        as_of: datetime | None = None,
        gate: Gate | None = None,
    ) -> tuple[Candidate, ...]:
        """Return what words or meaning bring up for a query, in no order; see `match`."""
        table = self._searched(query, gate)
        return self._found(table, query, kind, as_of) if table else ()

    def _searched(self, query: Query, gate: Gate | None) -> Documents | None:
        """Return the table to search once the gate let the query through, None for no search."""
        text = query_text(query)
        (gate or self._gate).check(text)
        table = self._open()
        if table is None or not text.strip():
            return None
        self._serving.require_filled(self._embedder.name)
        return table

    def _found(
        self, table: Documents, query: Query, kind: DocumentKind | None, as_of: datetime | None
    ) -> tuple[Candidate, ...]:
        vector = self._embedder.embed([query_text(query)])[0]
        held = table.terms()
        weighed = _weighed(query, held)
        where = where_of(kind, as_of, query.tenant)
        now = as_of or datetime.now(UTC)
        groups: Mapping[str, str] = self._links.groups(now) if self._links else {}
        hits = table.search(_asked(weighed), vector, where, _CANDIDATES)
        missing = missing_members((hit.row["parent"] for hit in hits), groups)
        hits += table.among(missing, vector, where)
        told = self._told({hit.row["parent"] for hit in hits})
        candidates = grouped(_scored(Judge(query, now, told), hits, weighed, held))
        return with_groups(candidates, groups)

    def reembed(self, progress: Callable[[int], None] | None = None) -> Reembedded:
        """Fill this model's table from the documents of the model that serves, then switch.

        An interrupted run goes on where it stopped. Until the switch the other model serves, and
        its table stays until `tidy(drop_old=True)`.

        Raises:
            EmbedderUnavailable: the model is missing or does not load.
            Unfinished: the new table does not hold what the old one holds; nothing was switched.
            SealBroken: a document was changed in the store.
        """
        model = plain(self._embedder.name)
        with one_writer(self._uri):
            old = self._serving.model(model)
            if old is None or old == model:
                return Reembedded(old or model, model, 0, 0, ())
            source = self._database.named(old)
            table = self._open() or self._create()
            self._serving.fill(model)
            total = self._fill(table, self._documents(source), progress)
            gone = table.keys() - source.keys()
            table.delete(sorted(gone))
            self._verify(source, table, len(total.refused))
            table.tidy()
            self._serving.switch(model)
        return Reembedded(old, model, total.added, total.unchanged, total.refused)

    def _documents(self, source: Documents) -> Iterator[Document]:
        for batch in source.batches(_BATCH):
            for row in batch:
                yield open_document(row, self._seal)

    def _verify(self, source: Documents, table: Documents, refused: int) -> None:
        rows_kept = table.count("part = 0")
        if rows_kept != source.count("part = 0") - refused or len(table.keys()) != rows_kept:
            raise Unfinished(self._embedder.name)

    def _fill(
        self,
        table: Documents,
        documents: Iterable[Document],
        progress: Callable[[int], None] | None,
    ) -> Added:
        reports: list[Added] = []
        for batch in _batches(documents):
            reports.append(self._write(table, batch))
            if progress:
                progress(_BATCH * (len(reports) - 1) + len(batch))
        return reduce(Added.plus, reports, Added(0, 0, ()))

    def _write(self, table: Documents, batch: Sequence[Document]) -> Added:
        known = table.known([f"{each.kind}/{each.id}" for each in batch])
        admission = admit(batch, {name: each.hash for name, each in known.items()}, self._gate)
        written = [
            row
            for document in admission.passed.values()
            for row in rows(document, self._seal, self._embedder.name, rules())
        ]
        if written:
            changed = [each.row["embedded"] for each in written if each.row["parent"] in known]
            vectors = self._embedded(written, table.vectors(sorted(set(changed))))
            table.upsert([each.row for each in written], vectors)
        return admission.report

    def _embedded(self, written: Sequence[Written], vectors: Mapping[str, Vectors]) -> Vectors:
        """Embed what was not embedded before; a vector is kept as long as its text."""
        import numpy as np

        fresh = {w.row["embedded"]: w.text for w in written if w.row["embedded"] not in vectors}
        if fresh:
            if self._leaving:
                self._leaving(list(fresh.values()))
            vectors = dict(vectors) | dict(
                zip(fresh, self._embedder.embed(list(fresh.values())), strict=True)
            )
        return np.stack([vectors[each.row["embedded"]] for each in written])

    def _matched(
        self,
        query: Query,
        place: Ranked,
        sealed: Row,
        rarity: Mapping[str, float],
        told: Mapping[str, Told],
    ) -> Match:
        document = open_document(sealed, self._seal)
        said = told.get(place.candidate.key, NOTHING_TOLD)
        why = reasons(query, document, place.candidate.cosine, rarity, said)
        return Match(document, place.score, why, recurs(query, document))

    def _rarity(self, table: Documents, query: Query) -> Mapping[str, float]:
        held = table.terms()["words_terms"]
        folded = {term: terms(term) for term in told_terms(query)}
        weights = held.rarity([each for cut in folded.values() for each in cut])
        return {
            term: max((weights[each] for each in cut), default=0.0) for term, cut in folded.items()
        }

    def _told(self, keys: Iterable[str]) -> Mapping[str, Told]:
        return self._usage.told(sorted(keys)) if self._usage else {}

    def _open(self) -> Documents | None:
        return self._database.documents(self._embedder.name, self._embedder.dimensions)

    def _create(self) -> Documents:
        return self._database.create(self._embedder.name, self._embedder.dimensions)


def erase_documents(uri: str, document_id: str) -> int:
    """Erase the documents of an id as `Index.remove` does, where no model is at hand.

    Raises:
        IndexBroken: the index cannot be read or written.
    """
    with one_writer(uri):
        return Database(uri).erase(document_id)


def _weighed(query: Query, held: Mapping[str, FieldTerms]) -> dict[str, dict[str, float]]:
    """Weigh the terms that each field is scored by."""
    asked = {
        "title_terms": terms(query.title),
        "words_terms": word_terms(query.title, query.text).split(),
        "signatures": list(query.signatures),
    }
    return {column: held[column].rarity(words) for column, words in asked.items()}


def _asked(weighed: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Choose the terms that bring candidates up; scores count all of them.

    Common terms cost most to look up and say least: of a long text the rarest are asked for.
    """
    words = weighed["words_terms"]
    rarest = sorted(words, key=lambda term: -words[term])[:_WORDS_ASKED]
    return [*weighed["signatures"], *rarest]


def _scored(
    judge: Judge,
    hits: Sequence[Hit],
    weighed: Mapping[str, Mapping[str, float]],
    held: Mapping[str, FieldTerms],
) -> list[Candidate]:
    columns = [
        held[field].scores(weights, (hit.row[field] for hit in hits))
        for field, weights in weighed.items()
    ]
    return [
        judge.candidate(hit.row, scores, hit.cosine)
        for hit, scores in zip(hits, zip(*columns, strict=True), strict=True)
    ]


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, _BATCH)):
        yield batch
