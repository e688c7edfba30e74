"""Redacted documents in, matches out."""

from retrieval.documents import document
from retrieval.embedding import Embedder
from retrieval.errors import (
    EmbedderUnavailable,
    IndexBroken,
    NotServing,
    RankerBroken,
    RetrievalError,
    TooFewExamples,
    Unfinished,
)
from retrieval.groups import DuplicateLink, Links, MarkedLinks
from retrieval.index import Index, erase_documents
from retrieval.learning import Example, LearnedRanker, compare, dump, load, train
from retrieval.lifecycle import Standing, Told, Verdict, is_stale, standing
from retrieval.match import Document, DocumentKind, Match
from retrieval.minilm import MiniLmEmbedder
from retrieval.query import Query, case_query, document_query, text_query
from retrieval.ranking import Ranker, Weights, rank
from retrieval.report import (
    Added,
    Finding,
    IndexStats,
    Reembedded,
    Refusal,
    search_fingerprint,
)
from retrieval.store import Decision, DecisionStore, RankerStore, TrainedRanker

__all__ = [
    "Added",
    "Decision",
    "DecisionStore",
    "Document",
    "DocumentKind",
    "DuplicateLink",
    "Embedder",
    "EmbedderUnavailable",
    "Example",
    "Finding",
    "Index",
    "IndexBroken",
    "IndexStats",
    "LearnedRanker",
    "Links",
    "MarkedLinks",
    "Match",
    "MiniLmEmbedder",
    "NotServing",
    "Query",
    "Ranker",
    "RankerBroken",
    "RankerStore",
    "Reembedded",
    "Refusal",
    "RetrievalError",
    "Standing",
    "Told",
    "TooFewExamples",
    "TrainedRanker",
    "Unfinished",
    "Verdict",
    "Weights",
    "case_query",
    "compare",
    "document",
    "document_query",
    "dump",
    "erase_documents",
    "is_stale",
    "load",
    "rank",
    "search_fingerprint",
    "standing",
    "text_query",
    "train",
]
