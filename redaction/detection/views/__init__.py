"""Texts as their format and the eye read them, with exact places in the original."""
