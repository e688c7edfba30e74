"""Chooses among overlapping findings and puts placeholders where they stand, and nowhere else."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from redaction.case import Span
from redaction.detection import Finding
from redaction.detection.structure import View
from redaction.policy import Policy

_CERTAIN = 0.7


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
    for finding in sorted(findings, key=rank):
        if policy.action(finding.type) is None or finding.length <= 0:
            continue
        for start, end in chosen.gaps(finding.start, finding.end):
            whole = (start, end) == (finding.start, finding.end)
            if whole or (policy.is_secret(finding.type) and end - start >= 4):
                chosen.add(replace(finding, start=start, end=end))
    return tuple(chosen.findings)


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
    """A text with placeholders and the spans that were replaced, in order."""

    text: str
    spans: tuple[Span, ...]


Name = Callable[[str, str], str]
"""Names the placeholder of a value of a kind: `(kind, value) -> "<PERSON_1>"`."""


def splice(
    original: str, view: View, findings: Sequence[Finding], policy: Policy, name: Name, markup: bool
) -> Clean:
    """Replace each finding in the original; a JSON number becomes a string, markup is escaped."""
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for finding in findings:
        action = policy.action(finding.type)
        if action is None:
            continue
        for first, last, start, end, style in view.places(finding.start, finding.end):
            if start < at:
                continue
            placeholder = name(finding.type, view.text[first:last])
            shown = f"&lt;{placeholder[1:-1]}&gt;" if markup else placeholder
            parts += (original[at:start], f'"{shown}"' if style == "number" else shown)
            kind = placeholder[1:-1].rpartition("_")[0] or placeholder[1:-1]
            spans.append(
                Span(start, end, kind, action, placeholder, finding.detector, finding.score)
            )
            at = end
    parts.append(original[at:])
    return Clean("".join(parts), tuple(spans))


def blanked(text: str, findings: Sequence[Finding], fill: str) -> str:
    """Replace findings by as many `fill` characters, so that offsets stay the same."""
    parts: list[str] = []
    at = 0
    for finding in findings:
        parts += (text[at : finding.start], fill * (finding.end - max(at, finding.start)))
        at = max(at, finding.end)
    parts.append(text[at:])
    return "".join(parts)
