# pyright: basic
"""The door to LanceDB: keeps documents with their vectors and finds those that match a query."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from redaction import Gate, RedactedText, Seal
from retrieval.admission import admit
from retrieval.documents import embedded_text
from retrieval.embedding import Embedder
from retrieval.errors import IndexBroken
from retrieval.locking import one_writer
from retrieval.match import Document, DocumentKind, Match
from retrieval.query import Query, query_text
from retrieval.ranking import Ranked, Weights, rank
from retrieval.reasons import reasons, term_rarity
from retrieval.report import Added, IndexStats
from retrieval.rows import Row, candidate, lexical_text, open_document, row

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from lancedb import DBConnection
    from lancedb.query import FullTextQuery
    from lancedb.table import Table
    from numpy.typing import NDArray

    from retrieval.embedding import Vectors

_PREFIX: Final = "documents-"
_BATCH: Final = 256
_CANDIDATES: Final = 100
_COMPARED: Final = 50
_VECTOR_INDEX_ROWS: Final = 10_000
_EF: Final = 200
# A reader of an older version is done long before; only erasure does not wait for readers.
_KEEP_VERSIONS: Final = timedelta(hours=1)
_ERASE_VERSIONS: Final = timedelta(milliseconds=1)
_KINDS: Final[tuple[DocumentKind, ...]] = ("case", "kb")
_TEXT_COLUMNS: Final = (
    *("key", "id", "kind", "title", "words", "signatures", "product", "component"),
    *("tenant", "hash", "body", "mac"),
)
_RANKED_COLUMNS: Final = (
    *("key", "words", "signatures", "product", "component"),
    *("dated", "retired", "vector"),
)
_SEALED_COLUMNS: Final = ("key", "id", "kind", "body", "mac")


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
        weights: Weights | None = None,
        leaving: Callable[[Sequence[RedactedText]], None] | None = None,
    ) -> None:
        """Open the index at `uri`, a folder that is created or an object-store address.

        `leaving` is told the texts of each batch that passed the gate, before they are embedded.
        """
        os.environ.setdefault("LANCE_LOG", "error")
        import lancedb

        self._db = lancedb.connect(uri)
        self._uri = uri
        self._embedder = embedder
        self._gate = gate
        self._seal = seal
        self._weights = weights or Weights()
        self._leaving = leaving
        self._table_name = _PREFIX + re.sub(r"[^A-Za-z0-9_.-]", "-", embedder.name)

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
        """
        with one_writer(self._uri):
            table = self._table()
            if table is None:
                table = self._create()
            with self._guarded():
                known = _hashes(table)
            reports: list[Added] = []
            for batch in _batches(documents):
                reports.append(self._write(table, batch, known))
                if progress:
                    progress(_BATCH * (len(reports) - 1) + len(batch))
            total = reduce(Added.plus, reports, Added(0, 0, ()))
            if total.added:
                with self._guarded():
                    _tidy(table)
        return total

    def remove(self, document_id: str) -> int:
        """Erase the documents of this id, whatever their kind and model, from the disk too.

        Returns how many were erased. A reader that is in the middle of a search may fail once.

        Raises:
            IndexBroken: the index holds a foreign table.
        """
        with one_writer(self._uri), self._guarded():
            return _remove(self._db, document_id)

    def stats(self) -> IndexStats:
        """Count what the index holds for the current model.

        Raises:
            IndexBroken: the index holds a foreign table.
        """
        table = self._table()
        if table is None:
            return IndexStats(self._embedder.name, {kind: 0 for kind in _KINDS}, 0, None)
        with self._guarded():
            counts: dict[DocumentKind, int] = {
                kind: table.count_rows(f"kind = '{kind}'") for kind in _KINDS
            }
            written = table.list_versions()[-1]["timestamp"].astimezone(UTC)
            # Declared as an object, delivered as a mapping.
            size: Any = table.stats()
        return IndexStats(self._embedder.name, counts, size["total_bytes"], written)

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
        that of the query's case, which knows its values.

        Raises:
            EgressRefused: the gate found something in the query.
            EmbedderUnavailable: the model is missing or does not load.
            IndexBroken: the index holds a foreign table.
            SealBroken: a matched document was changed in the store.
        """
        text = query_text(query)
        (gate or self._gate).check(text)
        table = self._table()
        if table is None or not text.strip():
            return ()
        vector = self._embedder.embed([text])[0]
        with self._guarded():
            found = _search(table, query, vector, _where(kind, as_of))
        candidates = [candidate(hit, hit["lexical"], hit["cosine"]) for hit in found.values()]
        ranked = rank(query, query.time or as_of, candidates, self._weights)
        rarity = term_rarity([found[place.candidate.key]["words"] for place in ranked[:_COMPARED]])
        with self._guarded():
            sealed = _sealed(table, [place.candidate.key for place in ranked[:k]])
        return tuple(
            self._matched(query, place, sealed[place.candidate.key], rarity)
            for place in ranked[:k]
            if place.candidate.key in sealed
        )

    def _matched(
        self, query: Query, place: Ranked, sealed: Row, rarity: Mapping[str, float]
    ) -> Match:
        document = open_document(sealed, self._seal)
        why = reasons(query, document, place.candidate.cosine, rarity)
        return Match(document, place.score, why)

    def _write(self, table: Table, batch: Sequence[Document], known: dict[str, str]) -> Added:
        admission = admit(batch, known, self._gate)
        if documents := list(admission.passed.values()):
            rows = [row(document, self._seal) for document in documents]
            texts = [embedded_text(document) for document in documents]
            if self._leaving:
                self._leaving(texts)
            vectors = self._embedder.embed(texts)
            with self._guarded():
                _upsert(table, rows, vectors)
            known.update((str(written["key"]), str(written["hash"])) for written in rows)
        return admission.report

    def _table(self) -> Table | None:
        with self._guarded():
            if self._table_name not in _names(self._db):
                return None
            table = self._db.open_table(self._table_name)
            ours = table.schema.equals(_schema(self._embedder.dimensions))
        if not ours:
            raise IndexBroken(self._table_name, "it has other columns than this version writes")
        return table

    def _create(self) -> Table:
        with self._guarded():
            schema = _schema(self._embedder.dimensions)
            table = self._db.create_table(self._table_name, schema=schema)
            _index_words(table)
        return table

    def _guarded(self) -> AbstractContextManager[None]:
        return _guarded(self._table_name)


def erase_documents(uri: str, document_id: str) -> int:
    """Erase the documents of an id as `Index.remove` does, where no model is at hand.

    Raises:
        IndexBroken: the index cannot be read or written.
    """
    os.environ.setdefault("LANCE_LOG", "error")
    import lancedb

    with one_writer(uri), _guarded(f"{_PREFIX}*"):
        return _remove(lancedb.connect(uri), document_id)


def _remove(database: DBConnection, document_id: str) -> int:
    where = f"id = {_quoted(document_id)}"
    removed = 0
    for name in _names(database):
        table = database.open_table(name)
        if found := table.count_rows(where):
            table.delete(where)
            _erase(table)
            removed += found
    return removed


def _names(database: DBConnection) -> list[str]:
    return [name for name in database.list_tables().tables if name.startswith(_PREFIX)]


@contextmanager
def _guarded(table: str) -> Generator[None]:
    # The library's own messages may quote what was searched or stored.
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        problem = f"it cannot be read or written ({type(error).__name__})"
        raise IndexBroken(table, problem) from None


def _schema(dimensions: int) -> pa.Schema:
    import pyarrow as pa

    return pa.schema(
        [
            *(pa.field(name, pa.string()) for name in _TEXT_COLUMNS),
            pa.field("created", pa.timestamp("us", tz="UTC")),
            pa.field("dated", pa.timestamp("us", tz="UTC")),
            pa.field("retired", pa.bool_()),
            pa.field("vector", pa.list_(pa.float32(), dimensions)),
        ]
    )


def _index_words(table: Table) -> None:
    from lancedb.index import FTS

    for column in ("title", "words"):
        table.create_index(column, config=FTS(with_position=False))
    exact = FTS(base_tokenizer="whitespace", stem=False, remove_stop_words=False)
    table.create_index("signatures", config=exact)


def _upsert(table: Table, rows: Sequence[dict[str, object]], vectors: Vectors) -> None:
    import pyarrow as pa

    data = [written | {"vector": vector} for written, vector in zip(rows, vectors, strict=True)]
    merge = table.merge_insert("key").when_matched_update_all().when_not_matched_insert_all()
    merge.execute(pa.Table.from_pylist(data, schema=table.schema))


def _tidy(table: Table) -> None:
    table.optimize(cleanup_older_than=_KEEP_VERSIONS)
    indexed = any("vector" in index.columns for index in table.list_indices())
    if not indexed and table.count_rows() >= _VECTOR_INDEX_ROWS:
        from lancedb.index import IvfHnswSq

        table.create_index("vector", config=IvfHnswSq(distance_type="cosine"))


def _erase(table: Table) -> None:
    # A full-text index keeps the words of deleted rows until it is built anew.
    _index_words(table)
    table.optimize(cleanup_older_than=_ERASE_VERSIONS)


def _hashes(table: Table) -> dict[str, str]:
    rows = table.search().select(["key", "hash"]).limit(table.count_rows()).to_arrow()
    return dict(zip(rows["key"].to_pylist(), rows["hash"].to_pylist(), strict=True))


def _search(
    table: Table, query: Query, vector: NDArray[np.float32], where: str | None
) -> dict[str, Any]:
    """Return candidate rows by key, each with its `lexical` score and its `cosine`."""
    near: Any = table.search(vector, vector_column_name="vector", query_type="vector")
    near.distance_type("cosine").ef(_EF)
    worded = table.search(_words(query), query_type="fts")
    hits: dict[str, Any] = {}
    for search, scored in ((near, "_distance"), (worded, "_score")):
        if where:
            search.where(where, prefilter=True)
        rows = search.select([*_RANKED_COLUMNS, scored]).limit(_CANDIDATES).to_arrow()
        cosines = _matrix(rows["vector"]) @ vector
        for hit, cosine in zip(rows.drop_columns(["vector"]).to_pylist(), cosines, strict=True):
            lexical = hit.get("_score", 0.0)
            hits[hit["key"]] = hit | {"lexical": lexical, "cosine": float(cosine)}
    return hits


def _sealed(table: Table, keys: Sequence[str]) -> dict[str, Row]:
    if not keys:
        return {}
    where = f"key IN ({', '.join(map(_quoted, keys))})"
    rows = table.search().where(where).select(list(_SEALED_COLUMNS)).limit(len(keys)).to_arrow()
    return {row["key"]: row for row in rows.to_pylist()}


def _matrix(column: pa.ChunkedArray) -> Vectors:
    import numpy as np

    size = column.type.list_size
    return np.asarray(column.combine_chunks().flatten()).reshape(-1, size)


def _words(query: Query) -> FullTextQuery:
    from lancedb.query import BooleanQuery, MatchQuery, Occur

    clauses = (
        (query.title, "title", 2.0),
        (lexical_text(query.title, query.text), "words", 1.0),
        (" ".join(query.signatures), "signatures", 1.0),
    )
    return BooleanQuery(
        [
            # The library's defaults are invisible to the type checker.
            (Occur.SHOULD, MatchQuery(text, column, boost=boost))  # pyright: ignore[reportCallIssue]
            for text, column, boost in clauses
        ]
    )


def _where(kind: DocumentKind | None, as_of: datetime | None) -> str | None:
    parts = [f"kind = {_quoted(kind)}"] if kind else []
    if as_of:
        moment = as_of.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
        parts.append(f"created < timestamp '{moment}'")
    return " AND ".join(parts) or None


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, _BATCH)):
        yield batch
