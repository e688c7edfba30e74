# pyright: basic
"""Reads what a search of the table brought up, with the similarity of its vectors to a query's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.rows import Row, ranked_of

if TYPE_CHECKING:
    import pyarrow as pa

    from retrieval.embedding import Vectors


@dataclass(frozen=True, slots=True)
class Hit:
    """Rows that a search brought up, with the similarity of their vectors to the query's."""

    row: Row
    cosine: float


def hits_of(found: pa.Table, vector: Vectors) -> list[Hit]:
    """Read the found rows, in their order."""
    if not found.num_rows:
        return []
    cosines = matrix(found["vector"]) @ vector
    rows = zip(found["parent"].to_pylist(), found["ranked"].to_pylist(), cosines, strict=True)
    return [Hit(ranked_of(parent, ranked), float(cosine)) for parent, ranked, cosine in rows]


def matrix(column: pa.ChunkedArray) -> Vectors:
    """Read a column of vectors, one for each row."""
    import numpy as np

    size = column.type.list_size
    return np.asarray(column.combine_chunks().flatten()).reshape(-1, size)
