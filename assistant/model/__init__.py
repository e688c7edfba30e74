"""What a language model is to the rest of the house: a prompt in, gated text out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from redaction import RedactedText

Schema: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: our instructions and the case's data, both redacted."""

    system: RedactedText
    user: RedactedText

    def messages(self) -> list[dict[str, str]]:
        """Return the messages as every model receives them: nothing else of a case is sent."""
        return [
            {"role": "system", "content": str(self.system)},
            {"role": "user", "content": str(self.user)},
        ]


@dataclass(frozen=True, slots=True)
class Completion:
    """A model's answer after the gate, what it cost in tokens, and how long it took in seconds."""

    text: RedactedText
    prompt_tokens: int
    output_tokens: int
    seconds: float


class LanguageModel(Protocol):
    """A model that answers one prompt with JSON for one schema."""

    @property
    def name(self) -> str:
        """The name that a draft is signed with."""
        ...

    def complete(self, prompt: Prompt, schema: Schema) -> Completion:
        """Answer `prompt` with JSON that follows `schema`.

        Raises:
            ModelUnavailable: no answer was to be had.
            ModelAnswerInvalid: the answer does not follow the schema, or the gate refused it.
            EgressRefused: the gate refused to let the prompt out; nothing was sent.
        """
        ...
