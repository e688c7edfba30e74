"""Writes a draft: the template's sentences, each replaced by the model's where that one holds."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.draft import Claim, ClaimCheck, Dossier, Draft, DraftKind
from assistant.drafting.answer import read_answer
from assistant.drafting.faithful import is_faithful
from assistant.drafting.prompts import repairing, rewriting, schema_for
from assistant.drafting.rca import rca_claims, rca_text
from assistant.drafting.sentences import count_words, plain
from assistant.drafting.update import update_claims, update_text
from assistant.errors import ModelAnswerInvalid, ModelError
from assistant.model import Completion, LanguageModel, Prompt, Schema
from redaction import RedactedText

TEMPLATE: Final = "template"
"""The name that signs a draft without a single sentence of a model."""

_PROSE: Final[dict[DraftKind, tuple[str, ...]]] = {
    "update": ("cause",),
    "rca": ("trigger",),
}
_LOG: Final = logging.getLogger(__name__)


def write_draft(
    kind: DraftKind,
    dossier: Dossier,
    model: LanguageModel | None,
    checks: Sequence[ClaimCheck],
) -> Draft:
    """Write a draft of `kind`; without a model, or when it fails, from the templates alone.

    Raises:
        EgressRefused: the gate refused the prompt: the case holds something that must not leave.
    """
    claims = template_claims(kind, dossier)
    if model is not None:
        claims = _rephrased(kind, claims, dossier, model, checks)
    written = model is not None and any(claim.source == "model" for claim in claims)
    text = update_text(claims) if kind == "update" else rca_text(claims)
    return Draft(kind, text, claims, model.name if model and written else TEMPLATE)


def template_claims(kind: DraftKind, dossier: Dossier) -> tuple[Claim, ...]:
    """Return the claims of a draft as the templates word them."""
    return update_claims(dossier) if kind == "update" else rca_claims(dossier)


def _rephrased(
    kind: DraftKind,
    claims: tuple[Claim, ...],
    dossier: Dossier,
    model: LanguageModel,
    checks: Sequence[ClaimCheck],
) -> tuple[Claim, ...]:
    asked = [number for number, claim in enumerate(claims) if _is_prose(kind, claim)]
    if not asked:
        return claims
    try:
        sentences = _ask(model, [claims[number] for number in asked])
    except ModelError as error:
        _LOG.warning("%s keeps its template sentences: %s", kind, error)
        return claims
    chosen = list(claims)
    for number, sentence in zip(asked, sentences, strict=True):
        chosen[number] = _better(claims[number], sentence, dossier, checks)
    return tuple(chosen)


def _is_prose(kind: DraftKind, claim: Claim) -> bool:
    """Ask only for what the model can improve: a note with a colon, not a finished sentence."""
    wordy = ": " in claim.text and count_words(claim.text) > 7
    return wordy and claim.slot in _PROSE[kind] and claim.status != "unknown"


def _ask(model: LanguageModel, claims: Sequence[Claim]) -> tuple[RedactedText | None, ...]:
    prompt, schema = rewriting(claims), schema_for(claims)
    try:
        return read_answer(_complete(model, prompt, schema).text, len(claims))
    except ModelAnswerInvalid as error:
        _LOG.info("asking %s once more: %s", model.name, error)
    return read_answer(_complete(model, repairing(prompt), schema).text, len(claims))


def _complete(model: LanguageModel, prompt: Prompt, schema: Schema) -> Completion:
    answer = model.complete(prompt, schema)
    _LOG.info(
        "%s: %d prompt tokens, %d output tokens, %.1f s",
        model.name,
        answer.prompt_tokens,
        answer.output_tokens,
        answer.seconds,
    )
    return answer


def _better(
    template: Claim,
    sentence: RedactedText | None,
    dossier: Dossier,
    checks: Sequence[ClaimCheck],
) -> Claim:
    """Return the model's sentence as a claim if it passes everything, else the template's."""
    text = plain(sentence) if sentence is not None else None
    if text is None or text == template.text or not is_faithful(text, template):
        return template
    claim = replace(template, text=text, source="model", support="not_checked")
    return template if any(check(claim, dossier) for check in checks) else claim
