# pyright: basic
"""The door to LanceDB: one table of documents for each model, and what keeps it fast."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from retrieval.bm25 import FieldTerms, TermCounter
from retrieval.conditions import quoted, within
from retrieval.errors import IndexBroken
from retrieval.hits import Hit, hits_of, matrix
from retrieval.lance_tables import (
    FIELDS,
    counts_schema,
    index_again,
    index_columns,
    index_words,
    no_terms,
    schema,
    terms_of,
)
from retrieval.rows import Row

if TYPE_CHECKING:
    from lancedb import DBConnection
    from lancedb.query import LanceQueryBuilder
    from lancedb.table import Table

    from retrieval.embedding import Vectors

DOCUMENTS: Final = "documents-"
_TERMS: Final = "terms-"
_SWITCHES: Final = "switches"
_FOUND: Final = ("parent", "ranked", "vector")
_SEALED: Final = ("key", "id", "kind", "body", "mac")
_EF: Final = 400
_LOST: Final = 0.05
_SMALL_PIECES: Final = 20
_WAITING_ROWS: Final = 256
# A reader of an older version is done long before; only erasure does not wait for readers.
_KEEP_VERSIONS: Final = timedelta(hours=1)
_ERASE_VERSIONS: Final = timedelta(milliseconds=1)
_INDEX_CACHE: Final = 1 << 30
_METADATA_CACHE: Final = 128 << 20


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of a document: digests of its content and of what was embedded."""

    hash: str
    embedded: str


@dataclass
class Database:
    """The tables at a place: a folder, or an object store whose address is handed over as it is."""

    uri: str
    counted: dict[str, tuple[int, Mapping[str, FieldTerms]]] = field(default_factory=dict)
    """Counts of terms by table and the version that they were read at."""

    @cached_property
    def threads(self) -> ThreadPoolExecutor:
        """What runs the full-text search of a query beside that of its vector."""
        return ThreadPoolExecutor(4, thread_name_prefix="search")

    @cached_property
    def connection(self) -> DBConnection:
        """The connection, with bounds on what is kept in memory."""
        os.environ.setdefault("LANCE_LOG", "error")
        import lancedb

        session = lancedb.Session(
            index_cache_size_bytes=_INDEX_CACHE, metadata_cache_size_bytes=_METADATA_CACHE
        )
        return lancedb.connect(self.uri, session=session)

    def models(self) -> list[str]:
        """Return the names under which documents are kept."""
        return [name.removeprefix(DOCUMENTS) for name in self.names() if _ours(name)]

    def documents(self, model: str, dimensions: int) -> Documents | None:
        """Open the table of a model, None when there is none.

        Raises:
            IndexBroken: the table has other columns, or cannot be read.
        """
        name = DOCUMENTS + plain(model)
        with guarded(name):
            table = self.opened(name)
            if table is None:
                return None
            ours = table.schema.equals(schema(dimensions))
        if not ours:
            raise IndexBroken(name, "it has other columns than this version writes")
        return Documents(self, name, table)

    def named(self, model: str) -> Documents:
        """Open the table of another model, to read its documents."""
        name = DOCUMENTS + model
        with guarded(name):
            return Documents(self, name, self.connection.open_table(name))

    def create(self, model: str, dimensions: int) -> Documents:
        """Make the table of a model."""
        name = DOCUMENTS + plain(model)
        with guarded(name):
            table = self.connection.create_table(name, schema=schema(dimensions))
            index_words(table)
        return Documents(self, name, table)

    def drop(self, model: str) -> None:
        """Remove the table of a model and its counts."""
        with guarded(DOCUMENTS + model):
            for prefix in (DOCUMENTS, _TERMS):
                if prefix + model in self.names():
                    self.connection.drop_table(prefix + model)

    def erase(self, document_id: str) -> int:
        """Erase the documents of an id from every table, from the disk too."""
        removed = 0
        with guarded(f"{DOCUMENTS}*"):
            for model in self.models():
                name = DOCUMENTS + model
                documents = Documents(self, name, self.connection.open_table(name))
                removed += documents.erase(document_id)
        return removed

    def switches(self) -> list[Mapping[str, str]]:
        """Return which model began to be filled or to serve, the earliest first."""
        with guarded(_SWITCHES):
            table = self.opened(_SWITCHES)
            rows = table.search().to_arrow().to_pylist() if table else []
        return sorted(rows, key=lambda row: row["place"])

    def switch(self, model: str, state: str) -> None:
        """Note that a model is `filling` or `serving`; a reader sees it wholly or not at all."""
        import pyarrow as pa

        row = {"place": len(self.switches()), "model": model, "state": state}
        columns = pa.schema([("place", pa.int64()), ("model", pa.string()), ("state", pa.string())])
        rows = pa.Table.from_pylist([row], schema=columns)
        with guarded(_SWITCHES):
            if _SWITCHES in self.names():
                self.connection.open_table(_SWITCHES).add(rows)
            else:
                self.connection.create_table(_SWITCHES, rows)

    def opened(self, name: str) -> Table | None:
        """Open a table, None when there is none: cheaper than to look for its name first."""
        try:
            return self.connection.open_table(name)
        except ValueError:
            if name in self.names():
                raise
            return None

    def names(self) -> list[str]:
        """Return the names of all tables."""
        names: list[str] = []
        page = self.connection.list_tables()
        names += page.tables
        while page.page_token:
            page = self.connection.list_tables(page_token=page.page_token)
            names += page.tables
        return names


class Documents:
    """The table of one model. Keys are unique as long as one process writes at a time."""

    def __init__(self, database: Database, name: str, table: Table) -> None:
        """Hold an open table."""
        self.name = name
        self._database = database
        self._table = table

    def count(self, where: str | None = None) -> int:
        """Count rows; a document's own row has `part = 0`."""
        with guarded(self.name):
            return self._table.count_rows(where)

    def size(self) -> tuple[int, datetime]:
        """Return the bytes of the current version and the time of the last write."""
        with guarded(self.name):
            written = self._table.list_versions()[-1]["timestamp"].astimezone(UTC)
            # Declared as an object, delivered as a mapping.
            stats: Any = self._table.stats()
            return stats["total_bytes"], written

    def known(self, keys: Sequence[str]) -> dict[str, Known]:
        """Return what is stored under these keys."""
        rows = self._rows(("key", "hash", "embedded"), f"part = 0 AND {within('key', keys)}")
        return {row["key"]: Known(row["hash"], row["embedded"]) for row in rows}

    def sources(self, kind: str, rules: str) -> frozenset[str]:
        """Return the fingerprints of the raw records from which documents of a kind were made."""
        where = f"part = 0 AND source != '' AND kind = {quoted(kind)} AND rules = {quoted(rules)}"
        return frozenset(row["source"] for row in self._rows(("source",), where))

    def vectors(self, embedded: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of texts that were embedded before, by the texts' digests."""
        if not embedded:
            return {}
        with guarded(self.name):
            search = self._table.search().where(within("embedded", embedded))
            rows = search.select(["embedded", "vector"]).to_arrow()
            return dict(zip(rows["embedded"].to_pylist(), matrix(rows["vector"]), strict=True))

    def sealed(self, keys: Sequence[str]) -> dict[str, Row]:
        """Return the sealed documents of these keys."""
        return {row["key"]: row for row in self._rows(_SEALED, within("key", keys))}

    def keys(self) -> frozenset[str]:
        """Return the keys of all documents."""
        return frozenset(row["key"] for row in self._rows(("key",), "part = 0"))

    def delete(self, keys: Sequence[str]) -> None:
        """Delete documents with their passages; their bytes stay until an older version goes."""
        if keys:
            with guarded(self.name):
                self._table.delete(within("parent", keys))

    def batches(self, size: int) -> Iterator[list[Row]]:
        """Yield all sealed documents, as they were when this began."""
        with guarded(self.name):
            keys = sorted(self.keys())
            for start in range(0, len(keys), size):
                yield list(self.sealed(keys[start : start + size]).values())

    def upsert(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Write rows, replacing those of the same key and dropping passages that are no more."""
        import pyarrow as pa

        data = [{**row, "vector": vector} for row, vector in zip(rows, vectors, strict=True)]
        parents = sorted({str(row["parent"]) for row in rows})
        with guarded(self.name):
            merge = self._table.merge_insert("key").when_matched_update_all()
            merge = merge.when_not_matched_insert_all()
            if self.known(parents):
                merge.when_not_matched_by_source_delete(within("parent", parents))
            merge.execute(pa.Table.from_pylist(data, schema=self._table.schema))

    def search(self, terms: Sequence[str], vector: Vectors, where: str, limit: int) -> list[Hit]:
        """Return rows near `vector`, and rows that hold `terms`, at most `limit` by either search.

        Whatever `where` leaves out is not looked at by any of the two.
        """
        with guarded(self.name):
            holding = self._database.threads.submit(self._holding, terms, where, limit)
            places = dict.fromkeys((*self._near(vector, where, limit), *holding.result()))
            if not places:
                return []
            taken = self._table.take_row_ids(list(places)).select(list(_FOUND)).to_arrow()
        return hits_of(taken, vector)

    def among(self, keys: Sequence[str], vector: Vectors, where: str) -> list[Hit]:
        """Return the documents of these keys that `where` allows."""
        if not keys:
            return []
        with guarded(self.name):
            search = self._table.search().where(f"({where}) AND {within('key', keys)}")
            return hits_of(search.select(list(_FOUND)).to_arrow(), vector)

    def terms(self) -> Mapping[str, FieldTerms]:
        """Return how many documents held each term of each field at the last tidying."""
        with guarded(self.name):
            name = self._counts_name
            table = self._database.opened(name)
            if table is None:
                return {name: no_terms() for name in FIELDS}
            read = self._database.counted.get(name)
            if read is None or read[0] != table.version:
                rows = table.search().to_arrow().to_pylist()
                read = table.version, {row["field"]: terms_of(row) for row in rows}
                self._database.counted[name] = read
        return read[1]

    def wants_tidying(self) -> bool:
        """Tell whether so much was written since the last tidying that searches get slower."""
        with guarded(self.name):
            rows = self._table.count_rows()
            # Declared as an object, delivered as a mapping.
            stats: Any = self._table.stats()
            told = [self._table.index_stats(index.name) for index in self._table.list_indices()]
            waiting = max((each.num_unindexed_rows for each in told if each), default=rows)
        pieces = stats["fragment_stats"]["num_small_fragments"]
        return pieces >= _SMALL_PIECES or waiting >= max(_WAITING_ROWS, _LOST * rows)

    def tidy(self) -> None:
        """Merge small pieces, bring the indexes up to date, drop what no reader can still see."""
        with guarded(self.name):
            self._table.optimize(cleanup_older_than=_KEEP_VERSIONS)
            index_columns(self._table)
            self._count_terms()

    def erase(self, document_id: str) -> int:
        """Erase the documents of an id from the disk too; returns how many there were."""
        where = f"id = {quoted(document_id)}"
        with guarded(self.name):
            found = self._table.count_rows(f"{where} AND part = 0")
            if self._table.count_rows(where):
                self._table.delete(where)
                # A full-text index keeps the words of deleted rows until it is built anew.
                index_again(self._table)
                self._count_terms()
                self._table.optimize(cleanup_older_than=_ERASE_VERSIONS)
        return found

    @property
    def _counts_name(self) -> str:
        return _TERMS + self.name.removeprefix(DOCUMENTS)

    def _rows(self, columns: Sequence[str], where: str) -> list[dict[str, Any]]:
        with guarded(self.name):
            search = self._table.search().where(where).select(list(columns))
            return search.to_arrow().to_pylist()

    def _near(self, vector: Vectors, where: str, limit: int) -> list[int]:
        near: Any = self._table.search(vector, vector_column_name="vector", query_type="vector")
        return self._places(near.distance_type("cosine").ef(_EF), where, limit, "_distance")

    def _holding(self, terms: Sequence[str], where: str, limit: int) -> list[int]:
        if not terms:
            return []
        from lancedb.query import MatchQuery

        # The library's defaults are invisible to the type checker.
        asked = MatchQuery(" ".join(terms), "searched")  # pyright: ignore[reportCallIssue]
        search: Any = self._table.search(asked, query_type="fts")
        return self._places(search, where, limit, "_score")

    def _places(self, search: LanceQueryBuilder, where: str, limit: int, scored: str) -> list[int]:
        search.where(where, prefilter=True).select([scored]).with_row_id(True).limit(limit)
        return search.to_arrow()["_rowid"].to_pylist()

    def _count_terms(self) -> None:
        import pyarrow as pa

        counters = {name: TermCounter() for name in FIELDS}
        batches = self._table.search().where("part = 0").select(["ranked"]).to_batches(8_192)
        for batch in batches:
            ranked = [json.loads(each) for each in batch["ranked"].to_pylist()]
            for name, counter in counters.items():
                counter.count(each[name] for each in ranked)
        rows: list[dict[str, Any]] = []
        for name, counter in counters.items():
            counted = counter.result()
            sizes = {"documents": counted.documents, "tokens": counted.tokens}
            terms = {"hashes": counted.hashes, "counts": counted.counts}
            rows.append({"field": name, **sizes, **terms})
        data = pa.Table.from_pylist(rows, schema=counts_schema())
        known = self._counts_name in self._database.names()
        mode = "overwrite" if known else "create"
        self._database.connection.create_table(self._counts_name, data, mode=mode)


def plain(model: str) -> str:
    """Return a model's name as a table may be called."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", model)


@contextmanager
def guarded(table: str) -> Generator[None]:
    """Tell of the library's failures without its messages: they may quote what was stored."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        problem = f"it cannot be read or written ({type(error).__name__})"
        raise IndexBroken(table, problem) from None


def _ours(name: str) -> bool:
    return name.startswith(DOCUMENTS)
