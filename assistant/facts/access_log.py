"""Reads access-log records: HTTP status and route of each request."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from redaction import Anchor, Event, RedactedText, compose, join

# The reader words every access record like this, whatever its format.
_REQUEST: Final = re.compile(r"(?:[A-Z]{3,10} )?(?P<route>\S+) -> HTTP (?P<status>[1-5]\d\d)$")
_VARIABLE: Final = re.compile(
    r"\d{3,}|<[A-Z_]+_\d+(?:\.\d+)?>|^\d+$|[-_](?=[^/]*\d)[0-9a-z]{8,}|^[0-9a-f-]{16,}$"
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request of an access log; the route has its variable parts masked."""

    utc: datetime
    status: int
    route: RedactedText
    anchor: Anchor

    @property
    def failed(self) -> bool:
        """Tell whether the server failed (5xx)."""
        return self.status >= 500


@dataclass(frozen=True)
class AccessLog:
    """The requests of a case, in time order."""

    requests: tuple[Request, ...]

    @cached_property
    def failed(self) -> tuple[Request, ...]:
        """Return the requests that the server failed."""
        return tuple(request for request in self.requests if request.failed)

    def between(self, start: datetime, end: datetime | None) -> tuple[Request, ...]:
        """Return the requests from `start` up to `end` (exclusive; None: no end)."""
        return tuple(
            request
            for request in self.requests
            if start <= request.utc and (end is None or request.utc < end)
        )

    def without_requests(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Return the events that are not requests."""
        own = {request.anchor for request in self.requests}
        return tuple(event for event in events if event.anchor not in own)


def access_log(events: Iterable[Event]) -> AccessLog:
    """Read the requests among log events; other records are left out."""
    routes: dict[str, RedactedText] = {}
    found = (_request(event, routes) for event in events)
    return AccessLog(tuple(request for request in found if request is not None))


def _request(event: Event, routes: dict[str, RedactedText]) -> Request | None:
    if event.utc is None or "-> HTTP " not in event.text:
        return None
    found = _REQUEST.match(event.text)
    if found is None:
        return None
    path = event.text[slice(*found.span("route"))]
    if path not in routes:
        routes[path] = _masked(path)
    return Request(event.utc, int(found["status"]), routes[path], event.anchor)


def _masked(path: RedactedText) -> RedactedText:
    parts: list[RedactedText] = []
    start = 0
    for position, character in enumerate(f"{path}/"):
        if character == "/":
            part = path[start:position]
            parts.append(compose("{{id}}") if _VARIABLE.search(part) else part)
            start = position + 1
    return join("/", parts)
