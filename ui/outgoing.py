"""Lists what drafting a case would send, byte for byte, without sending it."""

from dataclasses import dataclass, field

from assistant import (
    Completion,
    Dossier,
    DraftKind,
    ModelUnavailable,
    Prompt,
    Schema,
    write_draft,
)
from evals import claim_checks
from redaction import EgressRefused, Gate
from ui.contract_privacy import (
    OutgoingAnswer,
)
from ui.settings import Settings

_PROVIDER = "the provider's default endpoint"
_KINDS: tuple[DraftKind, ...] = ("update", "rca")


@dataclass(frozen=True, slots=True)
class _Listener:
    """A model that keeps what it is asked, and answers nothing."""

    name: str
    prompts: list[Prompt] = field(default_factory=list[Prompt])

    def complete(self, prompt: Prompt, schema: Schema) -> Completion:
        """Keep the prompt.

        Raises:
            ModelUnavailable: always; the templates write the draft.
        """
        del schema
        self.prompts.append(prompt)
        raise ModelUnavailable("only listening")


def outgoing(dossier: Dossier, gate: Gate, settings: Settings) -> tuple[OutgoingAnswer, ...]:
    """Return the messages that both drafts of a case would send to the configured model.

    Refused ones are listed with the reason: the gate would hold them back.
    """
    where = recipient(settings)
    if settings.model == "none":
        return ()
    answers: list[OutgoingAnswer] = []
    for kind in _KINDS:
        listener = _Listener(settings.model)
        write_draft(kind, dossier, listener, claim_checks(gate))
        for prompt in listener.prompts:
            refused = _refusal(prompt, gate)
            for each in prompt.messages():
                told = each["role"], each["content"], refused
                answers.append(OutgoingAnswer(kind, where, is_local(settings), *told))
    return tuple(answers)


def is_local(settings: Settings) -> bool:
    """Tell whether the configured model runs on this machine, in this process."""
    return settings.model in ("none", "embedded") or settings.model.endswith(".gguf")


def recipient(settings: Settings) -> str:
    """Name who receives the prompts."""
    if is_local(settings):
        return f"{settings.model}, in this process"
    return f"{settings.model} at {settings.api_base or _PROVIDER}"


def _refusal(prompt: Prompt, gate: Gate) -> str | None:
    try:
        gate.check(prompt.system)
        gate.check(prompt.user)
    except EgressRefused as error:
        return str(error)
    return None
