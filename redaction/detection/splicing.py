"""Chooses among overlapping findings and puts placeholders where they stand, and nowhere else."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from redaction.case import Span
from redaction.detection import Finding
from redaction.detection.views.views import Place, Style, View
from redaction.policy import Policy
from redaction.text import PLACEHOLDER

_CERTAIN = 0.7
_TOLD = 0.9
# What words tell of a number before its check digit or the last word before it does.
_BETTER_TOLD = {"CREDIT_CARD": ("PHONE", "ACCOUNT"), "LICENCE_KEY": ("NATIONAL_ID",)}


def settle(findings: Iterable[Finding], policy: Policy) -> tuple[Finding, ...]:
    """Choose findings that do not overlap: secrets first, then the longer, then the surer.

    What a winner leaves of a losing secret is kept as a finding of its own. The result is in text
    order and depends on the set of findings only.
    """

    def rank(finding: Finding) -> tuple[int, int, float, int, str, str]:
        certain = finding.score >= _CERTAIN
        secret = policy.is_secret(finding.type) or finding.type == "TAG"
        group = 0 if secret and certain else 1 if certain else 2
        return group, -finding.length, -finding.score, finding.start, finding.type, finding.detector

    chosen = _Disjoint()
    ranked = sorted(findings, key=rank)
    # A long phone number may have a card's check digit: what the words before it say counts.
    told = {(f.start, f.end, f.type) for f in ranked if f.score >= _TOLD}
    for finding in ranked:
        if policy.action(finding.type) is None or finding.length <= 0:
            continue
        place = finding.start, finding.end
        if any((*place, better) in told for better in _BETTER_TOLD.get(finding.type, ())):
            continue
        for start, end in chosen.gaps(finding.start, finding.end):
            whole = (start, end) == (finding.start, finding.end)
            sealed = policy.is_secret(finding.type) or finding.type == "OPAQUE_ID"
            if whole or (sealed and end - start >= 4):
                chosen.add(replace(finding, start=start, end=end))
            elif end - start >= 4 and _runs_into_secret(finding, start, end, chosen, policy):
                chosen.add(replace(finding, start=start, end=end, firm=False))
    return tuple(chosen.findings)


def _runs_into_secret(
    finding: Finding, start: int, end: int, chosen: "_Disjoint", policy: Policy
) -> bool:
    """Tell the rest of a person under a key whose value a secret has run into."""
    if finding.type not in ("PERSON", "USER") or not finding.detector.startswith("key:"):
        return False
    return any(
        policy.is_secret(winner.type) and (winner.start == end or winner.end == start)
        for winner in chosen.findings
    )


class _Disjoint:
    """Findings in order, none touching another's characters."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._starts: list[int] = []

    def gaps(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the stretches of `start..end` that nothing covers yet."""
        free: list[tuple[int, int]] = []
        index = bisect_left(self._starts, start)
        at = max(start, self.findings[index - 1].end) if index else start
        while at < end:
            stop = self._starts[index] if index < len(self._starts) else end
            if at < min(stop, end):
                free.append((at, min(stop, end)))
            if index >= len(self.findings):
                break
            at = max(at, self.findings[index].end)
            index += 1
        return free

    def add(self, finding: Finding) -> None:
        """Take a finding that fits a gap."""
        index = bisect_left(self._starts, finding.start)
        self._starts.insert(index, finding.start)
        self.findings.insert(index, finding)


@dataclass(frozen=True, slots=True)
class Clean:
    """A text with placeholders, the spans that were replaced, in order, and what stands there."""

    text: str
    spans: tuple[Span, ...]
    shown: tuple[str, ...] = ()


Name = Callable[[str, str], str]
"""Names the placeholder of a value of a kind: `(kind, value) -> "<PERSON_1>"`."""


def splice(
    original: str, view: View, findings: Sequence[Finding], policy: Policy, name: Name, markup: bool
) -> Clean:
    """Replace each finding in the original; a JSON number becomes a string, markup is escaped."""
    parts: list[str] = []
    spans: list[Span] = []
    put: list[str] = []
    names = _Names()
    at = 0
    for finding, place in _apart(original, view, findings, policy):
        action = policy.action(finding.type)
        if action is None:
            continue
        placeholder = name(finding.type, view.text[place.first : place.last])
        kind = _kind(placeholder, finding.type)
        if place.style == "name":
            placeholder = names.of(placeholder, original[place.start : place.end])
            put.append(placeholder)
        else:
            put.append(_written(placeholder, place.style, markup))
        parts += (original[at : place.start], put[-1])
        spans.append(
            Span(
                place.start,
                place.end,
                kind,
                action,
                placeholder,
                finding.detector,
                finding.score,
            )
        )
        at = place.end
    parts.append(original[at:])
    return Clean("".join(parts), tuple(spans), tuple(put))


class _Names:
    """Writes placeholders as the names of elements, attributes and anchors: bare words.

    Two spellings of one value stay two names, since no format takes the same name twice.
    """

    def __init__(self) -> None:
        self._spellings: dict[str, list[str]] = {}

    def of(self, placeholder: str, spelling: str) -> str:
        """Return the name that stands for a spelling."""
        known = self._spellings.setdefault(placeholder, [])
        if spelling not in known:
            known.append(spelling)
        number = known.index(spelling)
        return _NO_NAME.sub("_", placeholder.strip("<>")) + (f"-{number + 1}" if number else "")


def _written(placeholder: str, style: Style, markup: bool) -> str:
    match style:
        case "number":
            return f'"{placeholder}"'
        case "markup":
            return escape(placeholder, quote=False)
        case "plain" if markup:
            return escape(placeholder, quote=False)
        case _:
            return placeholder


_NO_NAME = re.compile(r"[^A-Za-z0-9_-]+")
_LINE_ENDS = ("\n", "\r", "\\", "=")


def _is_long(finding: Finding) -> bool:
    return finding.length >= 32


_Mark = tuple[Finding, Place]


def _apart(
    original: str, view: View, findings: Sequence[Finding], policy: Policy
) -> Iterator[_Mark]:
    """Yield what to replace, in order of the original."""
    marks = [
        (finding, place)
        for finding in findings
        if policy.action(finding.type) is not None
        for place in view.places(finding.start, finding.end)
    ]
    # What stands in many places, such as the name of an element, is found behind all others.
    marks.sort(key=lambda mark: mark[1].start)
    # Two values may be read out of one place, such as an encoded word of a mail header.
    crossed = any(after.start < before.end for (_, before), (_, after) in pairwise(marks))
    return _settled(original, marks, policy) if view.fragments or crossed else iter(marks)


def _settled(original: str, marks: list[_Mark], policy: Policy) -> Iterator[_Mark]:
    """Settle what was found as it stands and again as it is meant.

    The surer reading names what stands for all that they cover together.
    """
    marks.sort(key=lambda mark: (mark[1].start, -mark[1].end))
    cluster: list[_Mark] = []
    end = 0
    for mark in marks:
        if cluster and mark[1].start >= end:
            yield from _merged(original, cluster, policy)
            cluster = []
        end = max(end, mark[1].end) if cluster else mark[1].end
        cluster.append(mark)
    yield from _merged(original, cluster, policy)


def _merged(original: str, cluster: list[_Mark], policy: Policy) -> Iterator[_Mark]:
    if len(cluster) < 2:
        yield from cluster
        return

    def rank(mark: _Mark) -> tuple[bool, bool, int, int]:
        finding, place = mark
        secret = policy.is_secret(finding.type)
        return not secret, place.loose, place.start - place.end, place.start

    rest = sorted((mark for mark in cluster if not _cut(original, mark, cluster)), key=rank)
    found, place = rest.pop(0)
    start, end = place.start, place.end
    while touching := [mark for mark in rest if mark[1].start < end and start < mark[1].end]:
        rest = [mark for mark in rest if mark not in touching]
        for other, at in touching:
            # Lines were joined on a guess: what ends where its line ends was whole without it.
            if not at.loose or original[end : end + 1] not in _LINE_ENDS or _is_long(other):
                start, end = min(start, at.start), max(end, at.end)
                if at.loose and not policy.is_secret(found.type):
                    found, place = other, at
    yield from _settled(original, [mark for mark in rest if mark[1].end <= start], policy)
    yield found, replace(place, start=start, end=end)
    yield from _settled(original, [mark for mark in rest if mark[1].start >= end], policy)


def _cut(original: str, mark: _Mark, cluster: list[_Mark]) -> bool:
    r"""Tell a finding that starts inside an escape, as `njane` does in `\njane`."""
    finding, place = mark
    before = original[place.start - 1 : place.start]
    return before in ("\\", "%", "=") and any(
        other.type == finding.type
        and place.start < at.start <= place.start + 6
        and at.end == place.end
        for other, at in cluster
    )


def _kind(shown: str, found: str) -> str:
    """Return the kind that a replacement names: as found, unless the case knows it as another."""
    kinds = [match[1] for match in PLACEHOLDER.finditer(shown)]
    return found if found in kinds or not kinds else kinds[0]


def blanked(text: str, findings: Sequence[Finding], fill: str) -> str:
    """Replace findings by as many `fill` characters, so that offsets stay the same."""
    parts: list[str] = []
    at = 0
    for finding in findings:
        parts += (text[at : finding.start], fill * (finding.end - max(at, finding.start)))
        at = max(at, finding.end)
    parts.append(text[at:])
    return "".join(parts)
