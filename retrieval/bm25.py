"""Scores documents by the terms that they share with a query (BM25), and weighs terms by rarity."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_K1: Final = 1.2
_B: Final = 0.75


@dataclass(frozen=True, slots=True)
class FieldTerms:
    """How many documents hold each term of one field.

    Terms are known by their hashes (sorted), so that these counts spell nothing. A term that is
    not among them is held by at most one document.
    """

    documents: int
    tokens: int
    hashes: Numbers
    counts: Numbers

    def rarity(self, terms: Sequence[str]) -> dict[str, float]:
        """Return how much each distinct term weighs; the fewer documents hold it, the more."""
        import numpy as np

        distinct = list(dict.fromkeys(terms))
        if not len(self.hashes):
            return dict.fromkeys(distinct, _idf(1, max(self.documents, 2)))
        wanted = np.array([term_hash(term) for term in distinct], dtype=np.int64)
        places = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        held = np.where(self.hashes[places] == wanted, self.counts[places], 1)
        return {
            term: _idf(int(count), max(self.documents, int(count)))
            for term, count in zip(distinct, held, strict=True)
        }

    def scores(self, rarity: Mapping[str, float], texts: Iterable[str]) -> list[float]:
        """Score texts of this field, their terms parted by spaces, for the terms in `rarity`."""
        mean = self.tokens / self.documents if self.documents else 0.0
        return [_score(rarity, text.split(" "), mean) for text in texts]


@dataclass(slots=True)
class TermCounter:
    """Counts terms while documents go by."""

    documents: int = 0
    tokens: int = 0
    held: Counter[str] = field(default_factory=Counter[str])

    def count(self, texts: Iterable[str]) -> None:
        """Count texts of one field, their terms parted by spaces; an empty one is no document."""
        for text in texts:
            if text:
                terms = text.split(" ")
                self.documents += 1
                self.tokens += len(terms)
                self.held.update(set(terms))

    def result(self) -> FieldTerms:
        """Return the counts; terms of a single document are left out, they are most of all."""
        import numpy as np

        shared = [(term_hash(term), count) for term, count in self.held.items() if count > 1]
        pairs = np.array(sorted(shared), dtype=np.int64).reshape(-1, 2)
        return FieldTerms(self.documents, self.tokens, pairs[:, 0].copy(), pairs[:, 1].copy())


def term_hash(term: str) -> int:
    """Return 63 bits of a term's digest."""
    digest = hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _idf(holding: int, documents: int) -> float:
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def _score(rarity: Mapping[str, float], terms: Sequence[str], mean: float) -> float:
    shared = [term for term in terms if term in rarity]
    if not shared:
        return 0.0
    length = _K1 * (1 - _B + _B * len(terms) / mean) if mean else _K1
    return sum(
        rarity[term] * count * (_K1 + 1) / (count + length)
        for term, count in Counter(shared).items()
    )
