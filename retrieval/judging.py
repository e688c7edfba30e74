"""Turns rows that a search brought up into candidates: scored, judged, one for each document."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from retrieval.features import Candidate, labels
from retrieval.lifecycle import NOTHING_TOLD, Told, lift, standing, validity
from retrieval.query import Query
from retrieval.rows import Row
from retrieval.versions import applicability

# A passage that fits says less than a whole document that does.
_PASSAGE: Final = 0.9
# Products, components and versions repeat from row to row and from query to query.
_labels: Final = lru_cache(maxsize=20_000)(labels)
_applicability: Final = lru_cache(maxsize=20_000)(applicability)


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads rows for one query; `told` is what analysts said of documents, by key."""

    query: Query
    now: datetime
    told: Mapping[str, Told]

    def candidate(self, row: Row, scores: Sequence[float], cosine: float) -> Candidate:
        """Read what ranking needs; `scores` are those of title, words and signatures."""
        title, words, signature = scores
        said = self.told.get(row["parent"], NOTHING_TOLD)
        stands = standing(
            row["kind"], row["status"], row["superseded_by"], row["review_by"], said, self.now
        )
        affected = ", ".join(filter(None, (row["version"], row["applies_to"])))
        applies = _applicability(affected, row["fixed_version"], self.query.version)
        products, ours = _labels(row["product"]), _labels(self.query.product)
        # An article's advice holds for its versions; what a past case taught holds for others too.
        if row["kind"] == "case" or (products and ours and not products & ours):
            applies = "unknown"
        return Candidate(
            key=row["parent"],
            title_score=title,
            words_score=words,
            signature_score=signature,
            cosine=cosine * _PASSAGE if row["part"] else cosine,
            dated=row["dated"],
            products=products,
            components=_labels(row["component"]),
            versions=_labels(row["version"]),
            signatures=frozenset(row["signatures"].split()),
            kind=row["kind"],
            same_tenant=bool(self.query.tenant) and row["tenant"] == self.query.tenant,
            validity=validity(stands, applies),
            lift=lift(said),
        )


def grouped(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Make one candidate of a document and its passages: the best of each score counts."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for each in found:
        groups[each.key].append(each)
    return tuple(map(_best, groups.values()))


def _best(group: Sequence[Candidate]) -> Candidate:
    if len(group) == 1:
        return group[0]
    return replace(
        group[0],
        title_score=max(each.title_score for each in group),
        words_score=max(each.words_score for each in group),
        signature_score=max(each.signature_score for each in group),
        cosine=max(each.cosine for each in group),
        signatures=frozenset[str]().union(*(each.signatures for each in group)),
    )
