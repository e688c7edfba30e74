# pyright: basic
"""What the tables of the index look like: their columns, and the indexes on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from retrieval.bm25 import FieldTerms

if TYPE_CHECKING:
    import pyarrow as pa
    from lancedb.table import Table

FIELDS: Final = ("title_terms", "words_terms", "signatures")
"""What is scored, each with counts of its own; `searched` holds all of it for one search."""
_TEXTS: Final = (
    *("key", "parent", "id", "kind", "tenant", "visibility", "searched", "ranked"),
    *("model", "rules", "source", "hash", "embedded", "body", "mac"),
)
# Below this many rows a scan is as fast as an index of vectors, and exact.
_VECTOR_INDEX_ROWS: Final = 10_000
# Columns with an index of their own, and whether few values repeat in them.
_LOOKED_UP: Final[Mapping[str, bool]] = {
    "key": False,
    "parent": False,
    "created": False,
    # Most of a range of time is told by whole months: their rows are known without looking.
    "month": True,
    "kind": True,
    "tenant": True,
    "visibility": True,
}


def schema(dimensions: int) -> pa.Schema:
    """Return the columns of documents."""
    import pyarrow as pa

    return pa.schema(
        [
            *(pa.field(name, pa.string()) for name in _TEXTS),
            pa.field("part", pa.int32()),
            pa.field("month", pa.int32()),
            pa.field("created", pa.timestamp("us", tz="UTC")),
            pa.field("vector", pa.list_(pa.float32(), dimensions)),
        ]
    )


def counts_schema() -> pa.Schema:
    """Return the columns of the counts of terms: one row for each searched column."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("field", pa.string()),
            pa.field("documents", pa.int64()),
            pa.field("tokens", pa.int64()),
            pa.field("hashes", pa.list_(pa.int64())),
            pa.field("counts", pa.list_(pa.int64())),
        ]
    )


def terms_of(row: Mapping[str, Any]) -> FieldTerms:
    """Read the counts of one column."""
    import numpy as np

    hashes = np.array(row["hashes"], dtype=np.int64)
    return FieldTerms(row["documents"], row["tokens"], hashes, np.array(row["counts"], np.int64))


def no_terms() -> FieldTerms:
    """Return what is known before anything was counted."""
    import numpy as np

    nothing = np.zeros(0, dtype=np.int64)
    return FieldTerms(0, 0, nothing, nothing)


def index_words(table: Table) -> None:
    """Make the full-text index, from the start when there is one."""
    from lancedb.index import FTS

    # The column holds terms that were folded and stemmed already.
    config = FTS(
        base_tokenizer="whitespace",
        max_token_length=None,
        lower_case=False,
        stem=False,
        remove_stop_words=False,
        ascii_folding=False,
        with_position=False,
    )
    table.create_index("searched", config=config)


def index_columns(table: Table) -> None:
    """Make the indexes that a table of this size needs and does not have."""
    if table.count_rows() < _VECTOR_INDEX_ROWS:
        return
    indexed = {index.columns[0] for index in table.list_indices()}
    for column in _LOOKED_UP:
        if column not in indexed:
            _index_column(table, column)
    if "vector" not in indexed:
        from lancedb.index import IvfHnswSq

        config = IvfHnswSq(distance_type="cosine", m=16, ef_construction=100)
        table.create_index("vector", config=config)


def index_again(table: Table) -> None:
    """Make the indexes of words and values anew: they keep those of deleted rows until then."""
    index_words(table)
    for index in table.list_indices():
        if index.columns[0] in _LOOKED_UP:
            _index_column(table, index.columns[0])


def _index_column(table: Table, column: str) -> None:
    from lancedb.index import Bitmap, BTree

    table.create_index(column, config=Bitmap() if _LOOKED_UP[column] else BTree())
