"""Groups errors into signatures: exception class and masked line, or status and route."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from assistant.facts import Signature
from assistant.facts.access_log import AccessLog
from assistant.facts.evidence import Book, clip
from assistant.facts.wording import first_line
from redaction import Anchor, Event, RedactedText, compose, join

_ERRORS_SHOWN: Final = 5
_REQUESTS_SHOWN: Final = 3
_COMPARED: Final = 200
_PACKAGE: Final = re.compile(r"\b(?:[a-z]\w*\.)+(?=[A-Z])")
_ROOT: Final = re.compile(r"^Caused by: (?P<cause>(?P<name>[\w.$]+)[^\n]*)", re.MULTILINE)
_DETAIL: Final = re.compile(r"[,;]? ?[(\[{]|, request |: nested exception")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One record of a signature."""

    utc: datetime | None
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Group:
    """All records of one signature, in time order; `component` is that of the first."""

    template: RedactedText
    exception: RedactedText
    sample: RedactedText
    component: RedactedText
    occurrences: tuple[Occurrence, ...]

    @property
    def count(self) -> int:
        """Return how many records the case holds."""
        return len(self.occurrences)

    @property
    def times(self) -> tuple[datetime, ...]:
        """Return the known times, ascending."""
        return tuple(sorted(seen.utc for seen in self.occurrences if seen.utc is not None))

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """Return the first and the last record."""
        return self.occurrences[0].anchor, self.occurrences[-1].anchor


def error_groups(events: Iterable[Event]) -> tuple[Group, ...]:
    """Group errors and fatals by exception class, else by masked line, most frequent first."""
    return _grouped(event for event in events if event.level in ("error", "fatal"))


def warning_groups(events: Iterable[Event]) -> tuple[Group, ...]:
    """Group warnings in the same way."""
    return _grouped(event for event in events if event.level == "warning")


def request_groups(log: AccessLog) -> tuple[Group, ...]:
    """Group failed requests by status and route, most frequent first."""
    grouped: dict[tuple[int, str], list[Occurrence]] = {}
    routes: dict[str, RedactedText] = {}
    for request in log.failed:
        routes[request.route] = request.route
        seen = grouped.setdefault((request.status, request.route), [])
        seen.append(Occurrence(request.utc, request.anchor))
    groups = (
        _request_group(status, routes[route], seen) for (status, route), seen in grouped.items()
    )
    return tuple(sorted(groups, key=lambda group: -group.count))


def signatures(
    errors: Sequence[Group], requests: Sequence[Group], book: Book
) -> tuple[Signature, ...]:
    """Return the most frequent signatures as facts, citing their first and last record.

    Requests are counted at the edge and outnumber the errors that explain them, so that each has
    its own share of the rows.
    """
    frequent = sorted(errors, key=lambda group: -group.count)[:_ERRORS_SHOWN]
    ranked = sorted((*frequent, *requests[:_REQUESTS_SHOWN]), key=lambda group: -group.count)
    return tuple(
        Signature(
            template=group.template,
            count=group.count,
            first=group.times[0] if group.times else None,
            last=group.times[-1] if group.times else None,
            evidence=book.cite(*group.anchors),
        )
        for group in ranked
    )


def without_packages(text: RedactedText) -> RedactedText:
    """Shorten `java.sql.SQLException` to `SQLException`, for rows that a person reads."""
    parts: list[RedactedText] = []
    start = 0
    for package in _PACKAGE.finditer(text):
        parts.append(text[start : package.start()])
        start = package.end()
    return join("", (*parts, text[start:]))


def burst_start(times: Sequence[datetime]) -> datetime | None:
    """Return where a signature stops being occasional: the start of its first busy minute.

    A minute is busy with at least a tenth of the busiest minute's records and at least two, unless
    no minute has two. `times` is ascending.
    """
    busy = _busy_minutes(times)
    return next((time for time in times if _minute(time) == busy[0]), None) if busy else None


def burst_end(times: Sequence[datetime]) -> datetime | None:
    """Return the last record of the last busy minute of a signature; `times` is ascending."""
    busy = _busy_minutes(times)
    inside = [time for time in times if busy and _minute(time) == busy[-1]]
    return inside[-1] if inside else None


def _busy_minutes(times: Sequence[datetime]) -> list[datetime]:
    counts: dict[datetime, int] = {}
    for time in times:
        counts[_minute(time)] = counts.get(_minute(time), 0) + 1
    if not counts:
        return []
    peak = max(counts.values())
    least = max(min(2, peak), peak / 10)
    return [minute for minute, count in counts.items() if count >= least]


def _minute(time: datetime) -> datetime:
    return time - timedelta(seconds=time.second, microseconds=time.microsecond)


def _grouped(events: Iterable[Event]) -> tuple[Group, ...]:
    grouped: dict[str, list[Event]] = {}
    for event in events:
        grouped.setdefault(event.exception or event.template, []).append(event)
    groups = (_group(members) for members in grouped.values())
    return tuple(sorted(groups, key=lambda group: -group.count))


def _group(members: Sequence[Event]) -> Group:
    traced = (event for event in members[:50] if _ROOT.search(event.text))
    sample = next(traced, members[0])
    return Group(
        template=_named(sample) if sample.exception else _common(members),
        exception=sample.exception,
        sample=sample.text,
        component=sample.component,
        occurrences=tuple(Occurrence(event.utc, event.anchor) for event in members),
    )


def _common(members: Sequence[Event]) -> RedactedText:
    """Return the words that all lines of a group share, `*` for those that differ."""
    lines = [first_line(event.text).split() for event in members[:_COMPARED]]
    if len(lines) < 2 or len({len(words) for words in lines}) > 1:
        return clip(members[0].template, 160)
    line = first_line(members[0].text)
    parts: list[RedactedText] = []
    start = 0
    for words in zip(*lines, strict=True):
        start = line.find(words[0], start)
        same = len(set(words)) == 1
        parts.append(line[start : start + len(words[0])] if same else compose("*"))
        start += len(words[0])
    common = join(" ", parts)
    detail = common.find(" (")
    # Counters in brackets behind a message differ from record to record and say nothing here.
    return clip(common[:detail] if detail > 20 and "*" in common[detail:] else common, 160)


def _named(event: Event) -> RedactedText:
    """Name an error by its exception with message and by what caused it."""
    start = event.text.find(event.exception)
    raised = _first_words(event.text[start:])
    causes = list(_ROOT.finditer(event.text))
    if not causes:
        return raised
    root = _first_words(event.text[slice(*causes[-1].span("cause"))])
    return compose("{raised}, caused by {root}", raised=raised, root=root)


def _first_words(text: RedactedText) -> RedactedText:
    """Return a message up to its changing details."""
    line = first_line(text)
    end = _DETAIL.search(line)
    return clip(line[: end.start()] if end and end.start() > 10 else line, 140)


def _request_group(status: int, route: RedactedText, seen: Sequence[Occurrence]) -> Group:
    template = compose("HTTP {status} on {route}", status=status, route=route)
    empty = compose("")
    return Group(template, empty, template, empty, tuple(seen))
