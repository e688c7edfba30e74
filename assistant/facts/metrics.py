"""Computes figures from metric tables: failed requests, latency peaks, exhausted resources."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assistant.facts.course import Course, Rise
from redaction import Anchor, RedactedText, Sample

_FAILURES: Final = re.compile(
    r"^(?:.*_)?(?:errors?|failures?|failed|5xx)(?:_(?:total|count))?$", re.I
)
_REQUESTS: Final = re.compile(
    r"^(?:.*_)?(?:requests?|calls|hits|total)(?:_(?:total|count))?$", re.I
)
_LATENCY: Final = re.compile(r"p9[059]|latency|duration|response_?time", re.I)
_MILLIS: Final = re.compile(r"(?:^|_)(?:ms|millis|milliseconds)(?:$|_)", re.I)
_SECONDS: Final = re.compile(r"(?:^|_)(?:s|sec|seconds)(?:$|_)", re.I)
_QUEUE: Final = re.compile(r"pending|waiting|queue|backlog|lag|blocked", re.I)
_RESOURCE: Final = re.compile(r"pool|conn|cpu|mem|heap|disk|thread|fd|queue|kafka|lag", re.I)


@dataclass(frozen=True, slots=True)
class FailedRequests:
    """Failures and requests summed over the samples from onset to recovery."""

    failed: int
    requests: int
    first: Anchor
    last: Anchor


def failed_requests(samples: Iterable[Sample], course: Course) -> FailedRequests | None:
    """Sum the counters of failures and requests of one table; None unless it has both."""
    failures, requests = _counter(samples, _FAILURES), _counter(samples, _REQUESTS)
    inside = [sample for sample in failures if course.covers(_minute(sample.utc, course))]
    artifacts = {sample.anchor.artifact for sample in inside}
    totals = {
        sample.utc: sample.value for sample in requests if sample.anchor.artifact in artifacts
    }
    paired = [sample for sample in inside if sample.utc in totals]
    total = sum(totals[sample.utc] for sample in paired)
    failed = sum(sample.value for sample in paired)
    if not paired or not 0 < failed <= total:
        return None
    return FailedRequests(round(failed), round(total), paired[0].anchor, paired[-1].anchor)


def latency_rise(course: Course) -> Rise | None:
    """Return the latency metric that rose most, if one rose."""
    found = [rise for rise in course.rises if _LATENCY.search(rise.metric)]
    return max(found, key=lambda rise: rise.top.value / (rise.usual or 1), default=None)


def in_milliseconds(metric: RedactedText, value: float) -> float | None:
    """Convert a latency to milliseconds by the unit in its metric's name; None without a unit."""
    if _MILLIS.search(metric):
        return value
    return value * 1000 if _SECONDS.search(metric) else None


def waiting_rise(course: Course) -> Rise | None:
    """Return the queue or pool metric that rose with the errors, if one did."""
    found = [
        rise
        for rise in course.rises
        if _QUEUE.search(rise.metric) and _RESOURCE.search(rise.metric) and _aligned(rise, course)
    ]
    return max(found, key=lambda rise: rise.top.value, default=None)


def _aligned(rise: Rise, course: Course) -> bool:
    if course.onset is None:
        return False
    return abs((rise.onset.utc - course.onset).total_seconds()) <= 600


def _counter(samples: Iterable[Sample], name: re.Pattern[str]) -> Sequence[Sample]:
    return [sample for sample in samples if name.match(sample.metric)]


def _minute(utc: datetime, course: Course) -> datetime:
    """Count the sample of the minute in which the onset falls."""
    if course.onset is not None and utc <= course.onset and (course.onset - utc).seconds < 60:
        return course.onset
    return utc
