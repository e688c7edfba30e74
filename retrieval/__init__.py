"""Redacted documents in, matches out."""

from retrieval.documents import document
from retrieval.embedding import Embedder
from retrieval.errors import EmbedderUnavailable, IndexBroken, RetrievalError
from retrieval.index import Index, erase_documents
from retrieval.match import Document, DocumentKind, Match
from retrieval.minilm import MiniLmEmbedder
from retrieval.query import Query, case_query, text_query
from retrieval.ranking import Weights
from retrieval.report import Added, Finding, IndexStats, Refusal, search_fingerprint

__all__ = [
    "Added",
    "Document",
    "DocumentKind",
    "Embedder",
    "EmbedderUnavailable",
    "Finding",
    "Index",
    "IndexBroken",
    "IndexStats",
    "Match",
    "MiniLmEmbedder",
    "Query",
    "Refusal",
    "RetrievalError",
    "Weights",
    "case_query",
    "document",
    "erase_documents",
    "search_fingerprint",
    "text_query",
]
