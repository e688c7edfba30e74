# pyright: basic
"""Calls every language model through litellm, and everything through the outbound gate."""

import logging
import os
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from types import ModuleType
from typing import Any, Final, cast

from assistant.errors import ModelAnswerInvalid, ModelUnavailable
from assistant.model import Completion, Prompt, Schema
from assistant.model.local_model import LocalAnswer, LocalModel
from redaction import EgressRefused, Gate

EMBEDDED: Final = "embedded"
_MOST_TOKENS: Final = 700


class LiteLlmModel:
    """A model behind litellm: a hosted one, one at an address of its own, or the embedded one."""

    def __init__(
        self,
        model: str,
        gate: Gate,
        timeout: float = 60.0,
        api_base: str | None = None,
        api_key: str | None = None,
        retries: int = 1,
    ) -> None:
        """Name the model as litellm does (`openai/gpt-4o`); `timeout` in seconds for each try.

        The library is imported when the first prompt is sent: an answer that was kept needs none.
        """
        self.name = model
        self._gate = gate
        self._register: Callable[[ModuleType], None] | None = None
        self._retries = retries
        self._options: dict[str, object] = {"model": model, "timeout": timeout}
        if api_base is not None:
            self._options["api_base"] = api_base
        if api_key is not None:
            self._options["api_key"] = api_key

    @classmethod
    def embedded(cls, local: LocalModel, gate: Gate, timeout: float = 120.0) -> "LiteLlmModel":
        """Call a GGUF model in this process, named `embedded/<file>`."""
        door = cls(f"{EMBEDDED}/{local.path.stem}", gate, timeout, retries=0)
        provider = f"{EMBEDDED}-{id(local):x}"
        door._register = lambda litellm: _register(litellm, provider, local)
        door._options["model"] = f"{provider}/{local.path.stem}"
        return door

    def complete(self, prompt: Prompt, schema: Schema) -> Completion:
        """Send one prompt and return its gated answer; JSON is validated against `schema`.

        Raises:
            EgressRefused: the gate found something in the prompt; nothing was sent.
            ModelUnavailable: litellm could not get an answer; the message names model and class.
            ModelAnswerInvalid: the answer is not JSON for the schema, or the gate refused it.
        """
        self._gate.check(prompt.system)
        self._gate.check(prompt.user)
        litellm = self._litellm
        started = time.monotonic()
        answer = self._send(litellm, prompt, schema)
        seconds = time.monotonic() - started
        try:
            admitted = self._gate.admit(answer.text)
        except EgressRefused as error:
            kinds = ", ".join(sorted({kind for kind, _, _ in error.findings}))
            raise ModelAnswerInvalid(f"{self.name}: the gate refused its answer: {kinds}") from None
        return Completion(admitted, answer.prompt_tokens, answer.output_tokens, seconds)

    @cached_property
    def _litellm(self) -> ModuleType:
        litellm = _litellm()
        if self._register:
            self._register(litellm)
        return litellm

    def _send(self, litellm: ModuleType, prompt: Prompt, schema: Schema) -> LocalAnswer:
        for tries_left in range(self._retries, -1, -1):
            try:
                return self._call(litellm, prompt, schema)
            except litellm.JSONSchemaValidationError:
                raise ModelAnswerInvalid(f"{self.name}: the answer breaks the schema") from None
            except _failures(litellm) as error:
                if not tries_left or not _is_passing(error):
                    raise ModelUnavailable(f"{self.name}: {_reason(error)}") from None
        raise AssertionError("unreachable: the last try returns or raises")

    def _call(self, litellm: ModuleType, prompt: Prompt, schema: Schema) -> LocalAnswer:
        response = litellm.completion(
            messages=prompt.messages(),
            response_format=_json_format(schema),
            enable_json_schema_validation=True,
            temperature=0,
            max_tokens=_MOST_TOKENS,
            num_retries=0,
            max_retries=0,
            **self._options,
        )
        content = response.choices[0].message.content if response.choices else None
        usage = getattr(response, "usage", None)
        if not isinstance(content, str) or usage is None:
            raise ModelAnswerInvalid(f"{self.name}: the answer holds no text or no usage")
        return LocalAnswer(content, usage.prompt_tokens, usage.completion_tokens)


def _json_format(schema: Schema) -> dict[str, object]:
    description = {"name": "sentences", "schema": dict(schema), "strict": True}
    return {"type": "json_schema", "json_schema": description}


def _litellm() -> ModuleType:
    """Import litellm without its downloads, its `.env` file, its callbacks and its prints."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    # In its default mode it loads a `.env` file, which could redirect prompts to another address.
    os.environ["LITELLM_MODE"] = "PRODUCTION"
    # Both of these print whole prompts, whoever set them.
    os.environ["LITELLM_PRINT_STANDARD_LOGGING_PAYLOAD"] = ""
    os.environ["OPENAI_LOG"] = ""
    import litellm

    litellm.suppress_debug_info = True
    litellm.set_verbose = False  # pyright: ignore[reportPrivateImportUsage]
    litellm.turn_off_message_logging = True
    litellm.callbacks = []
    litellm.success_callback = []
    litellm.failure_callback = []
    litellm.cache = None
    litellm.drop_params = True
    # Its log quotes prompts and answers.
    logging.getLogger("LiteLLM").setLevel(logging.CRITICAL + 1)
    return cast("ModuleType", litellm)


def _failures(litellm: ModuleType) -> tuple[type[BaseException], ...]:
    return (*litellm.LITELLM_EXCEPTION_TYPES, ModelUnavailable, ValueError, OSError)


def _is_passing(error: BaseException) -> bool:
    """Tell whether trying again can help: rate limits, server errors and lost connections."""
    status = getattr(error, "status_code", None)
    return status in (408, 409, 429) or (isinstance(status, int) and status >= 500)


def _reason(error: BaseException) -> str:
    """Name the class of a failure; its own text may quote content, ours never does."""
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, ModelUnavailable):
            return str(link)
        link = link.__cause__ or link.__context__
    return type(error).__name__


def _register(litellm: ModuleType, provider: str, local: LocalModel) -> None:
    class Embedded(litellm.CustomLLM):
        """The local model as a provider of litellm."""

        def completion(self, *_: Any, **call: Any) -> Any:  # noqa: ANN401
            wanted = call["optional_params"].get("response_format") or {}
            schema: Mapping[str, object] | None = wanted.get("json_schema", {}).get("schema")
            answer = local.complete(
                call["messages"], schema, _MOST_TOKENS, float(call["timeout"] or 120)
            )
            response = call["model_response"]
            response.choices[0].message.content = answer.text
            response.usage = litellm.Usage(
                prompt_tokens=answer.prompt_tokens,
                completion_tokens=answer.output_tokens,
                total_tokens=answer.prompt_tokens + answer.output_tokens,
            )
            return response

    litellm.custom_provider_map.append({"provider": provider, "custom_handler": Embedded()})
    litellm.utils.custom_llm_setup()
