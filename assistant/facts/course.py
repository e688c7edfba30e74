"""The course of the incident: when it began, how high it rose and when it was over."""

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from assistant.facts.access_log import AccessLog
from assistant.facts.evidence import Place
from assistant.facts.signatures import Group, burst_end, burst_start
from redaction import Anchor, Event, RedactedText, Sample

_SHARE: Final = re.compile(
    r"(?=.*(?:err|fail|5xx|50\d|unavail))(?=.*(?:rate|ratio|share|pct|percent|%))", re.IGNORECASE
)
_PER_TIME: Final = re.compile(r"per_?(?:s|sec|second|min|minute)\b|_(?:rps|qps)\b", re.IGNORECASE)
_HUNDREDTHS: Final = re.compile(r"pct|percent|%", re.IGNORECASE)
_QUIET_AFTER: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Rise:
    """A metric that left its usual range: `usual` is its median before, `top` its highest sample.

    `samples` are all of the metric; `recovery` is the first sample back in the usual range.
    """

    metric: RedactedText
    usual: float
    onset: Sample
    top: Sample
    recovery: Sample | None
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """Onset and recovery with the places that show them; None where nothing shows them.

    `error_rate` is the share of failures (values in 0..1) if the case has such a metric, `rises`
    every metric that rose, `lead` the error signature that dominates since the onset.
    """

    onset: datetime | None
    onset_places: tuple[Place, ...]
    recovery: datetime | None
    recovery_places: tuple[Place, ...]
    error_rate: Rise | None
    rises: tuple[Rise, ...]
    lead: Group | None

    def covers(self, utc: datetime) -> bool:
        """Tell whether a time lies between onset and recovery (exclusive)."""
        started = self.onset is not None and self.onset <= utc
        return started and (self.recovery is None or utc < self.recovery)

    def concerns(self, group: Group) -> bool:
        """Tell whether a signature belongs to the incident: it shows mostly during it."""
        times = group.times
        if self.onset is None or not times:
            return True
        return sum(self.covers(time) for time in times) * 2 > len(times)


def course_of(
    events: Sequence[Event], samples: Sequence[Sample], groups: Sequence[Group], log: AccessLog
) -> Course:
    """Derive the course from the error rate, the dominant error signature and failed requests."""
    rises = tuple(rise for rise in map(rise_of, _series(samples)) if rise is not None)
    shares = [rise for rise in rises if is_share(rise.metric)]
    rate = max(shares, key=lambda rise: rise.top.value, default=None)
    lead = _lead(groups, rate)
    onset, onset_places = _onset(rate, lead, log)
    recovery, recovery_places = _recovery(rate, lead, events)
    return Course(onset, onset_places, recovery, recovery_places, rate, rises, lead)


def is_share(metric: str) -> bool:
    """Tell from its name whether a metric is a share of failures."""
    return _SHARE.match(metric) is not None and _PER_TIME.search(metric) is None


def rise_of(samples: Sequence[Sample]) -> Rise | None:
    """Find the period in which a metric left its usual range; samples of one metric, in time order.

    The usual level is the median of the lower half of the values. A rise is at least threefold; it
    spans the samples above a fifth of the way to the top, around the top, and ends with the first
    sample that is back under the highest one before the onset and not alone.
    """
    if len(samples) < 5:
        return None
    values = [sample.value for sample in samples]
    usual = statistics.median(sorted(values)[: max(2, len(values) // 2)])
    top = max(range(len(values)), key=values.__getitem__)
    height = values[top] - usual
    floor = 0.01 if is_share(samples[0].metric) else 0.0
    if height <= floor or values[top] < 3 * usual:
        return None
    start = _edge(values, top, usual + height / 5)
    usual = statistics.median(values[:start]) if start >= 3 else usual
    ceiling = max((value for value in values[:start]), default=usual + height / 20)
    back = _settled(values, top, min(ceiling * 1.1, usual + height / 5))
    recovery = samples[back] if back is not None else None
    return Rise(samples[0].metric, usual, samples[start], samples[top], recovery, tuple(samples))


def _edge(values: Sequence[float], top: int, level: float) -> int:
    start = top
    while start > 0 and (
        values[start - 1] > level or max(values[max(0, start - 3) : start]) > level
    ):
        start -= 1
    return start


def _settled(values: Sequence[float], top: int, level: float) -> int | None:
    for position in range(top + 1, len(values)):
        following = values[position : position + 3]
        if all(value <= level for value in following) and len(following) > 1:
            return position
    return None


def _series(samples: Iterable[Sample]) -> Iterable[tuple[Sample, ...]]:
    series: dict[tuple[str, str], list[Sample]] = {}
    for sample in samples:
        series.setdefault((sample.anchor.artifact, sample.metric), []).append(sample)
    return tuple(_as_share(members) for members in series.values())


def _as_share(members: Sequence[Sample]) -> tuple[Sample, ...]:
    """Bring percentages to 0..1, so that a share is worded the same whatever the table's unit."""
    metric = members[0].metric
    hundredths = _HUNDREDTHS.search(metric) or max(sample.value for sample in members) > 1
    if not is_share(metric) or not hundredths:
        return tuple(members)
    return tuple(
        Sample(sample.utc, metric, sample.value / 100, sample.anchor) for sample in members
    )


def _lead(groups: Sequence[Group], rate: Rise | None) -> Group | None:
    """Choose the most frequent error that set in with the error rate, else the most frequent."""
    timed = [group for group in groups if group.times]
    if rate is None:
        return timed[0] if timed else None
    near = 5 * _interval(rate)
    starts = ((group, burst_start(group.times)) for group in timed)
    return next((g for g, start in starts if start and abs(start - rate.onset.utc) <= near), None)


def _onset(
    rate: Rise | None, lead: Group | None, log: AccessLog
) -> tuple[datetime | None, tuple[Place, ...]]:
    """The log is exact to the second; the metric decides whether that error is the incident's."""
    seen = burst_start(lead.times) if lead is not None else None
    place = _anchors_at(lead, seen)
    if rate is not None:
        measured = rate.onset.utc
        near = seen is not None and abs(seen - measured) <= 2 * _interval(rate)
        places = (rate.onset.anchor, *(place if near else ()))
        return (seen if near else measured), places
    if seen is not None:
        return seen, place
    failed = [request.utc for request in log.failed]
    first = burst_start(failed)
    return first, tuple(request.anchor for request in log.failed if request.utc == first)[:1]


def _recovery(
    rate: Rise | None, lead: Group | None, events: Sequence[Event]
) -> tuple[datetime | None, tuple[Place, ...]]:
    """Without a metric, an error that stops while its log goes on has ended."""
    if rate is not None:
        back = rate.recovery
        return (back.utc, (back.anchor,)) if back is not None else (None, ())
    last = burst_end(lead.times) if lead is not None and lead.count > 2 else None
    places = _anchors_at(lead, last)
    if last is None or not places:
        return None, ()
    goes_on = any(
        event.utc is not None
        and event.utc - last >= _QUIET_AFTER
        and event.anchor.artifact == places[0].artifact
        for event in events
    )
    return (last, places) if goes_on else (None, ())


def _anchors_at(group: Group | None, utc: datetime | None) -> tuple[Anchor, ...]:
    if group is None or utc is None:
        return ()
    return tuple(seen.anchor for seen in group.occurrences if seen.utc == utc)[:1]


def _interval(rise: Rise) -> timedelta:
    first, second = rise.samples[0], rise.samples[1]
    return max(second.utc - first.utc, timedelta(minutes=1))
