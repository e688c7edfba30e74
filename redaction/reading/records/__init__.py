"""Knows the forms of log records: carriers, headers, blocks, what belongs to the line above."""
