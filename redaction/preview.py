"""Shows a person at the keyboard what redaction changed, line by line, and who asked for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from redaction.case import Anchor, Artifact, Placed, RedactedCase, Span
from redaction.intake.sources import RawCase
from redaction.ledger import Ledger
from redaction.text import RedactedText


@dataclass(frozen=True, slots=True)
class Change:
    """Whole lines that redaction changed: as they were, as they are, and the spans replaced there.

    `before` is raw text, for the eyes of the person who holds the files: it is never stored, and
    `repr` leaves it out. The anchor counts lines of the redacted artifact.
    """

    anchor: Anchor
    before: str = field(repr=False)
    after: RedactedText
    spans: tuple[Span, ...]


def changes(raw: RawCase, case: RedactedCase) -> Iterator[Change]:
    """Yield the changed lines of a case that was just redacted from `raw`, in text order."""
    originals = {artifact.id: artifact.text.reveal() for artifact in raw.artifacts}
    for artifact in case.artifacts:
        line, counted = 1, 0
        original = originals[artifact.id]
        for block in _blocks(artifact, original):
            first, last = block[0], block[-1]
            start = original.rfind("\n", 0, first.span.start) + 1
            end = _line_end(original, last.span.end)
            # Around the spans of a block both texts are the same.
            shown = first.start - (first.span.start - start)
            line += artifact.text.count("\n", counted, shown)
            counted = shown
            after = artifact.text[shown : last.end + end - last.span.end]
            spans = tuple(placed.span for placed in block)
            yield Change(Anchor(artifact.id, line), original[start:end], after, spans)


def record_shown(changed: Sequence[Change], ledger: Ledger) -> None:
    """Write into the ledger that lines are about to be shown as they were.

    Raises:
        LedgerBroken: it cannot be recorded; nothing may be shown.
    """
    before = "\0".join(change.before for change in changed)
    ledger.append("reveal", subject="lines before redaction", text=before)


def _blocks(artifact: Artifact, original: str) -> Iterator[list[Placed]]:
    """Group the spans that share lines."""
    block: list[Placed] = []
    for placed in artifact.placed():
        if block and "\n" in original[block[-1].span.end : placed.span.start]:
            yield block
            block = []
        block.append(placed)
    if block:
        yield block


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
