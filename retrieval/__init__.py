"""Redacted documents in, matches out."""

from retrieval.documents import document
from retrieval.embedding import Embedder
from retrieval.errors import EmbedderUnavailable, IndexBroken, RetrievalError
from retrieval.index import Index, erase_documents
from retrieval.learning import Example, LearnedRanker, compare, dump, load, train
from retrieval.match import Document, DocumentKind, Match
from retrieval.minilm import MiniLmEmbedder
from retrieval.query import Query, case_query, document_query, text_query
from retrieval.ranking import Ranker, Weights, rank
from retrieval.report import Added, Finding, IndexStats, Refusal, search_fingerprint

__all__ = [
    "Added",
    "Document",
    "DocumentKind",
    "Embedder",
    "EmbedderUnavailable",
    "Example",
    "Finding",
    "Index",
    "IndexBroken",
    "IndexStats",
    "LearnedRanker",
    "Match",
    "MiniLmEmbedder",
    "Query",
    "Ranker",
    "Refusal",
    "RetrievalError",
    "Weights",
    "case_query",
    "compare",
    "document",
    "document_query",
    "dump",
    "erase_documents",
    "load",
    "rank",
    "search_fingerprint",
    "text_query",
    "train",
]
