"""Turns a case and its matches into drafts: templates, phrasing, checks."""
