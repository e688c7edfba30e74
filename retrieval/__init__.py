"""Redacted documents in, matches out."""

from retrieval.match import Document, DocumentKind, Match

__all__ = ["Document", "DocumentKind", "Match"]
