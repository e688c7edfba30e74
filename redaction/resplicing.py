"""Redacts what is already redacted, artifacts and names, of values that became known since."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from redaction.case import Artifact, Span
from redaction.detection import Finding
from redaction.detection.literals import Literals
from redaction.detection.splicing import settle, splice
from redaction.detection.views.structure import form_of, view_of
from redaction.policy import Policy
from redaction.text import PLACEHOLDER, RedactedText, mint


def redact_further(
    artifact: Artifact,
    find: Callable[[str], Iterable[Finding]],
    name: Callable[[str, str], str],
    policy: Policy,
) -> Artifact:
    """Replace what `find` sees in a redacted artifact; `name` gives what stands in its place."""
    view = view_of(artifact.text, form_of(artifact.media_type, artifact.name))
    found = settle(find(view.text), policy)
    if not found:
        return artifact
    markup = "xml" in artifact.media_type
    clean = splice(artifact.text, view, found, policy, name, markup)
    spans = sorted((*artifact.spans, *_moved(artifact, clean.spans)), key=lambda span: span.start)
    return replace(artifact, text=mint(clean.text), spans=tuple(spans))


def name_redacted_further(
    text: RedactedText,
    find: Callable[[str], Iterable[Finding]],
    name: Callable[[str, str], str],
    policy: Policy,
) -> RedactedText:
    """Replace what `find` sees in the redacted name of a file."""
    view = view_of(text, "text")
    return mint(splice(text, view, settle(find(view.text), policy), policy, name, False).text)


def outside_placeholders(table: Literals, text: str, detector: str) -> Iterator[Finding]:
    """Find the values of a table where no placeholder stands already."""
    tags = [match.span() for match in PLACEHOLDER.finditer(text)]
    starts = [start for start, _ in tags]
    for start, end, literal in table.find(text):
        before = bisect_right(starts, start) - 1
        if before < 0 or tags[before][1] <= start:
            yield Finding(start, end, literal.key, detector, 1.0)


def _moved(artifact: Artifact, spans: Sequence[Span]) -> Iterator[Span]:
    """Give spans of the redacted text the offsets of the original."""
    placed = list(artifact.placed())
    ends = [each.end for each in placed]
    for span in spans:
        before = bisect_right(ends, span.start) - 1
        shift = placed[before].span.end - placed[before].end if before >= 0 else 0
        yield replace(span, start=span.start + shift, end=span.end + shift)
