"""Computes impact: what was measured from onset to recovery, and what people state."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, LiteralString

from assistant.facts import Impact
from assistant.facts.access_log import AccessLog, Request
from assistant.facts.course import Course
from assistant.facts.evidence import Book, Place, clip
from assistant.facts.metrics import failed_requests, in_milliseconds, latency_rise, waiting_rise
from assistant.facts.number_words import clock, counted, lasting, milliseconds, percent
from assistant.facts.people import Cast, without_names
from assistant.facts.statements import Statement, is_future, is_question
from assistant.facts.wording import unended
from redaction import RedactedText, Role, Sample, compose

PEAK: Final = "of requests failed at the peak"
TOTAL: Final = "requests failed"
_SHOWN_STATED: Final = 3
_PERCENT: Final = re.compile(
    r"(?<![\w.])(?P<figure>\d{1,3}(?:[.,]\d+)?) ?(?:%|percent\b|per cent\b)"
    r"(?! (?:sure|certain|confident))"
)
_COUNT: Final = re.compile(
    r"(?<![\w.#-])(?P<figure>\d{1,3}(?:,\d{3})+|\d{1,7}) (?P<of>(?:[\w-]+ ){0,2}?(?:users?"
    r"|customers?|tenants?|shoppers?|orders?|requests?|accounts?|stores?|sites?|devices?|transactions?"
    r"|employees|people|agents?|members?|messages|records|files|payments?|checkouts?))\b",
    re.IGNORECASE,
)
_HARM: Final = re.compile(
    r"\b(?:fail\w*|error\w*|affected|impacted|down|lost|losing|unable|cannot|can.?t|blocked|missing"
    r"|timed? ?out|timeouts?|crash\w*|5\d\d|broken|reject\w*|stuck|reserv\w+"
    r"|not (?:arriv|work|sync)\w*)\b",
    re.IGNORECASE,
)
# A threshold, and a share of something that does no harm.
_LIMIT: Final = re.compile(r"\b(?:more than|at least|over|threshold|policy)\b[^.;]{0,12}\d", re.I)
_UNHARMED: Final = re.compile(
    r"\b(?:not affected|unaffected|successfully|without any|no (?:users?|customers?|impact)|cpu"
    r"|memory|disk|progress|back (?:at|to)|usual|unchanged|without errors|baseline|normal)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """An impact figure; `share` in 0..1 if it is a share of failing requests, who states it."""

    figure: RedactedText
    what: RedactedText
    places: tuple[Place, ...]
    share: float | None
    role: Role | None


def measured(course: Course, samples: Sequence[Sample], log: AccessLog) -> tuple[Figure, ...]:
    """Compute what metrics and access logs show between onset and recovery."""
    return (
        *_duration(course),
        *_peak(course),
        *_failed(course, samples),
        *_failed_in_log(course, log),
        *_latency(course),
        *_waiting(course),
    )


def stated(said: Iterable[Statement], cast: Cast) -> tuple[Figure, ...]:
    """Return the figures that people state, attributed to the role that states them.

    The same figure counts once, for who states it first; of many, the customer's come first, then
    the latest.
    """
    figures: dict[str, Figure] = {}
    for statement in said:
        if statement.role == "bot" or is_question(statement.text) or is_future(statement.text):
            continue
        figure = _figure(statement, cast)
        if figure is not None:
            figures.setdefault(figure.figure, figure)
    customers = [one for one in figures.values() if one.role == "customer"]
    others = [one for one in figures.values() if one.role != "customer"]
    return (*customers[:_SHOWN_STATED], *others[-_SHOWN_STATED:])


def impact(figures: Iterable[Figure], book: Book) -> tuple[Impact, ...]:
    """Return figures as facts with their citations."""
    return tuple(Impact(one.figure, one.what, book.cite(*one.places)) for one in figures)


def _duration(course: Course) -> Iterator[Figure]:
    if course.onset is None or course.recovery is None or course.recovery <= course.onset:
        return
    yield Figure(
        lasting(_minutes(course)),
        compose(
            "passed from the onset at {start} to the recovery at {end}",
            start=clock(course.onset),
            end=clock(course.recovery),
        ),
        (*course.onset_places, *course.recovery_places),
        None,
        None,
    )


def _minutes(course: Course) -> timedelta:
    """Return the duration between the minutes that are shown, so that a reader can add up."""
    if course.onset is None or course.recovery is None:
        return timedelta()
    start = course.onset.replace(second=0, microsecond=0)
    end = course.recovery.replace(second=0, microsecond=0)
    exact = course.recovery - course.onset
    return end - start if exact >= timedelta(minutes=2) else exact


def _peak(course: Course) -> Iterator[Figure]:
    rate = course.error_rate
    if rate is None:
        return
    what = compose(
        "{peak}, measured at {time} (metric {metric}, {usual} before the onset)",
        peak=PEAK,
        time=clock(rate.top.utc),
        metric=rate.metric,
        usual=percent(rate.usual),
    )
    yield Figure(percent(rate.top.value), what, (rate.top.anchor,), rate.top.value, None)


def _failed(course: Course, samples: Sequence[Sample]) -> Iterator[Figure]:
    counts = failed_requests(samples, course)
    if counts is None:
        return
    places = counts.first, counts.last
    share = counts.failed / counts.requests
    yield Figure(
        counted(counts.failed),
        compose(
            "{total} {window} ({share} of {requests}, the sum of the metrics table)",
            total=TOTAL,
            window=_window(course),
            share=percent(share),
            requests=counted(counts.requests),
        ),
        places,
        share,
        None,
    )


def _failed_in_log(course: Course, log: AccessLog) -> Iterator[Figure]:
    if course.onset is None:
        return
    inside = log.between(course.onset, course.recovery)
    failed = [request for request in inside if request.failed]
    if len(failed) < 2:
        return
    share = len(failed) / len(inside)
    yield Figure(
        percent(share),
        compose(
            "of the requests in the access log were answered with HTTP 5xx {window} "
            "({failed} of {all} logged requests{worst})",
            window=_window(course),
            failed=counted(len(failed)),
            all=counted(len(inside)),
            worst=_worst_route(failed),
        ),
        (failed[0].anchor, failed[-1].anchor),
        share,
        None,
    )


def _worst_route(failed: Sequence[Request]) -> RedactedText:
    counts: dict[str, int] = {}
    for request in failed:
        counts[request.route] = counts.get(request.route, 0) + 1
    worst = max(failed, key=lambda request: counts[request.route]).route
    return compose(", most on {route}", route=worst)


def _window(course: Course) -> RedactedText:
    if course.onset is None:
        return compose("over the whole period")
    start = clock(course.onset)
    if course.recovery is None:
        return compose("since {start}", start=start)
    return compose("from {start} to {end}", start=start, end=clock(course.recovery))


def _latency(course: Course) -> Iterator[Figure]:
    rise = latency_rise(course)
    top = in_milliseconds(rise.metric, rise.top.value) if rise is not None else None
    usual = in_milliseconds(rise.metric, rise.usual) if rise is not None else None
    if rise is None or top is None or usual is None:
        return
    what = compose(
        "was the peak latency, measured at {time} (metric {metric}, {usual} before the onset)",
        time=clock(rise.top.utc),
        metric=rise.metric,
        usual=milliseconds(usual),
    )
    yield Figure(milliseconds(top), what, (rise.top.anchor,), None, None)


def _waiting(course: Course) -> Iterator[Figure]:
    rise = waiting_rise(course)
    if rise is None:
        return
    what = compose(
        "was the peak of metric {metric}, measured at {time} ({usual:,.0f} before the onset)",
        metric=rise.metric,
        time=clock(rise.top.utc),
        usual=rise.usual,
    )
    yield Figure(counted(round(rise.top.value)), what, (rise.top.anchor,), None, None)


def _figure(statement: Statement, cast: Cast) -> Figure | None:
    """Return the largest share of a sentence about harm, else its first count."""
    text = statement.text
    if not _HARM.search(text) or _UNHARMED.search(text):
        return None
    shares = [_number(found["figure"]) / 100 for found in _PERCENT.finditer(text)]
    share = max((one for one in shares if 0 < one <= 1), default=None)
    if share is not None:
        return None if _LIMIT.search(text) else _stated(statement, percent(share), share, cast)
    count = next((one for one in _COUNT.finditer(text) if not _is_model(text, one)), None)
    if count is None or _number(count["figure"].replace(",", "")) < 2:
        return None
    return _stated(statement, text[slice(*count.span())], None, cast)


def _is_model(text: str, count: re.Match[str]) -> bool:
    """Tell whether a number belongs to the name before it: `my Lumia 930 device`."""
    before = text[: count.start()].split()
    return len(before) > 1 and any(sign.isupper() for sign in before[-1])


def _number(figure: str) -> float:
    return float(figure.replace(",", "."))


def _stated(statement: Statement, figure: RedactedText, share: float | None, cast: Cast) -> Figure:
    what = compose(
        "{reporter}: “{text}”",
        reporter=_reporter(statement.role),
        text=clip(unended(without_names(statement.text, cast)), 180),
    )
    return Figure(figure, what, (statement.quote,), share, statement.role)


def _reporter(role: Role) -> LiteralString:
    match role:
        case "customer":
            return "reported by the customer"
        case "analyst":
            return "reported by a support analyst"
        case "engineer":
            return "reported by an engineer"
        case _:
            return "reported by a participant"
