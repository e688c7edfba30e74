"""Runs the measures of `evals` over labelled files, as a person asked for them."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from evals import Counted, count_text, measure
from redaction import CannotRead, LabelledText, RedactedDocument, found_by, read_labelled
from ui.contract import (
    RedactionEvalAnswer,
)
from ui.wiring import House

_BATCH = 64
_WITHHELD = "(withheld)"


def count_labelled(path: Path, limit: int | None = None) -> int:
    """Read a labelled file to its end, or the first `limit` records, and count them.

    Raises:
        CannotRead: a line is no labelled record, or there is none.
    """
    count = sum(1 for _ in islice(read_labelled(path), limit))
    if not count:
        raise CannotRead(f"{path.name} holds no labelled text: give {{id, text, spans}} on a line.")
    return count


def evaluate_redaction(
    house: House,
    path: Path,
    progress: Callable[[int], None],
    *,
    baseline: bool = False,
    limit: int | None = None,
    recall_only: bool = False,
) -> RedactionEvalAnswer:
    """Redact labelled texts, each a document of its own, and measure what is gone.

    With `baseline`, plain Presidio reads the same texts. `progress` is called with the number of
    texts done so far; texts are read and dropped a batch at a time.

    Raises:
        CannotRead: a line of the file is no labelled record.
        DetectorFailed: a detector broke.
    """
    ours: list[Counted] = []
    theirs: list[Counted] = []
    withheld = 0
    texts = islice(read_labelled(path), limit)
    while batch := list(islice(texts, _BATCH)):
        documents = house.passing_redactor.redact_documents((each.id, each.text) for each in batch)
        for labelled, document in zip(batch, documents, strict=True):
            withheld += _is_withheld(document)
            ours.append(count_text(labelled.labels, _replaced(labelled, document)))
            if baseline:
                found = found_by(house.plain_presidio, labelled)
                theirs.append(count_text(labelled.labels, ((f.start, f.end) for f in found)))
            progress(len(ours))
    measured = measure(ours, recall_only=recall_only)
    beside = {"presidio": measure(theirs, recall_only=recall_only)} if baseline else {}
    policy = house.settings.policy
    return RedactionEvalAnswer(
        str(path), policy, len(ours), withheld, measured.overall, measured.types, beside
    )


def _replaced(labelled: LabelledText, document: RedactedDocument) -> Iterator[tuple[int, int]]:
    if _is_withheld(document):
        yield 0, labelled.length
    for span in document.spans:
        yield span.start, span.end


def _is_withheld(document: RedactedDocument) -> bool:
    return not document.spans and document.text == _WITHHELD
