"""Chooses who words the drafts, and says why where the templates do."""

from dataclasses import dataclass, field

from assistant import (
    Completion,
    Dossier,
    Draft,
    DraftKind,
    LanguageModel,
    Prompt,
    Schema,
    write_draft,
)
from assistant import ModelError as LanguageModelError
from evals import claim_checks
from redaction import EgressRefused, Gate
from ui.models import ModelError
from ui.wiring import House


@dataclass(frozen=True, slots=True)
class Writer:
    """The model that phrases, or None for templates alone, and why so."""

    model: LanguageModel | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WatchedModel:
    """A model whose failures are kept: drafting goes on without it, and a person is told."""

    model: LanguageModel
    failures: list[str] = field(default_factory=list[str])

    @property
    def name(self) -> str:
        """The model's own name."""
        return self.model.name

    def complete(self, prompt: Prompt, schema: Schema) -> Completion:
        """Ask the model.

        Raises:
            LanguageModelError: as the model does.
            EgressRefused: the gate refused the prompt.
        """
        try:
            return self.model.complete(prompt, schema)
        except (LanguageModelError, EgressRefused) as error:
            self.failures.append(str(error))
            raise


def choose_writer(house: House, gate: Gate, case_id: str) -> Writer:
    """Build the configured model; without the embedded one the templates write alone."""
    try:
        return Writer(house.language_model(gate, case_id))
    except ModelError as error:
        return Writer(None, (f"Templates only: {error}",))


def write(
    kind: DraftKind, dossier: Dossier, gate: Gate, writer: Writer
) -> tuple[Draft, tuple[str, ...]]:
    """Write a draft, from templates alone when the model fails; the notes say why."""
    checks = claim_checks(gate)
    if writer.model is None:
        return write_draft(kind, dossier, None, checks), writer.notes
    model = WatchedModel(writer.model)
    try:
        draft = write_draft(kind, dossier, model, checks)
    except EgressRefused:
        draft = write_draft(kind, dossier, None, checks)
    if draft.model == model.name or not model.failures:
        return draft, writer.notes
    return draft, (*writer.notes, f"Templates only ({kind}): {model.failures[-1]}")
