"""Reads requests from the logs of web servers, proxies and load balancers."""

import re
from collections.abc import Iterable
from typing import Final

from redaction.reading.levels import level_of_status
from redaction.reading.records.found import Head
from redaction.reading.timestamps import Stamp

_ACCESS: Final = re.compile(
    r'\]?\s*"(?P<method>[A-Z]{3,10}) (?P<path>[^\s"]+)(?:\s[^"]*)?" (?P<status>\d{3})\b'
)
# Amazon's load balancer: client, target, three durations, two statuses, two sizes, the request.
_BALANCER: Final = re.compile(
    r"\s+\S+ \S+ \S+ [-\d.]+ [-\d.]+ [-\d.]+ (?P<status>\d{3}) \S+ \d+ \d+ "
    r'"(?P<method>[A-Z]{3,10}) (?P<path>[^\s"]+)'
)
_HAPROXY: Final = re.compile(
    r"[^\n]{0,120}?\[[^\]\n]{10,40}\] \S+ (?P<server>\S+) [-+\d/]+ (?P<status>\d{3}) [^\n]{0,200}?"
    r'"(?P<method>[A-Z]{3,10}) (?P<path>[^\s"]+)'
)
_SQUID: Final = re.compile(
    r"\s+\d+ \S+ [A-Z_]{3,40}/(?P<status>\d{3}) \d+ (?P<method>[A-Z]{3,10}) (?P<path>\S+) "
)
_ORIGIN: Final = re.compile(r"https?://[^/\s]*")
_FIELDS: Final = re.compile(r"#Fields:\s*(.+)")


def read_access(line: str, stamp: Stamp) -> Head | None:
    """Read the common and combined forms of Apache, nginx and others."""
    match = _ACCESS.match(line, stamp.end)
    return None if match is None else request_head(match["method"], match["path"], match["status"])


def read_balancer(line: str, stamp: Stamp) -> Head | None:
    """Read what a load balancer of Amazon writes."""
    match = _BALANCER.match(line, stamp.end)
    return None if match is None else request_head(match["method"], match["path"], match["status"])


def read_haproxy(line: str, stamp: Stamp) -> Head | None:
    """Read HAProxy's form for HTTP; the backend and server are the component."""
    match = _HAPROXY.match(line, stamp.end)
    if match is None:
        return None
    head = request_head(match["method"], match["path"], match["status"])
    return head._replace(component=match["server"])


def read_squid(line: str, stamp: Stamp) -> Head | None:
    """Read Squid's own form: duration, client, result and status, size, method and address."""
    match = _SQUID.match(line, stamp.end)
    return None if match is None else request_head(match["method"], match["path"], match["status"])


def request_head(method: str, path: str, status: str) -> Head:
    """Word a request as every reader of requests does: `POST /orders -> HTTP 503`."""
    bare = _ORIGIN.sub("", path.split("?", 1)[0], count=1) or "/"
    return Head(level_of_status(status), "", f"{method} {bare} -> HTTP {status}")


class TableOfRequests:
    """Reads the lines of a W3C extended log (IIS, CloudFront) by the names of its fields."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take the names from the first `#Fields:` line."""
        found = next((match for line in lines if (match := _FIELDS.match(line))), None)
        self._places = {name: at for at, name in enumerate(found[1].split())} if found else {}
        self.known = {"cs-method", "cs-uri-stem", "sc-status"} <= self._places.keys()

    def read(self, line: str, stamp: Stamp) -> Head | None:
        """Read one line; None when it does not have the fields that were named."""
        values = line.split()
        if stamp.start or len(values) != len(self._places):
            return None
        method, path, status = (
            values[self._places[name]] for name in ("cs-method", "cs-uri-stem", "sc-status")
        )
        return request_head(method, path, status) if status.isdecimal() else None
