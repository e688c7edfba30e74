"""Writes the conditions of searches: who may see a document, of which kind, before when."""

from collections.abc import Sequence
from datetime import UTC, datetime

from retrieval.rows import month_of


def where_of(kind: str | None, as_of: datetime | None, tenant: str) -> str:
    """Return the condition of a search: who may see a document is always part of it."""
    shared = "visibility = 'shared'"
    parts = [f"({shared} OR tenant = {quoted(tenant)})" if tenant else shared]
    if kind:
        parts.append(f"kind = {quoted(kind)}")
    if as_of:
        moment = as_of.astimezone(UTC).replace(tzinfo=None)
        month = moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        within = f"created >= {_timed(month)} AND created < {_timed(moment)}"
        parts.append(f"(month < {month_of(moment)} OR ({within}))")
    return " AND ".join(parts)


def _timed(moment: datetime) -> str:
    return f"timestamp '{moment.isoformat(' ')}'"


def within(column: str, values: Sequence[str]) -> str:
    """Return the condition that a column has one of these values."""
    return f"{column} IN ({', '.join(map(quoted, values))})" if values else "false"


def quoted(value: str) -> str:
    """Return a text as a value, whatever signs are in it."""
    return "'" + value.replace("'", "''") + "'"
