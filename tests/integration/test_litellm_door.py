import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from assistant.drafting.prompts import schema_for
from assistant.drafting.writing import template_claims, write_draft
from assistant.errors import ModelAnswerInvalid, ModelUnavailable
from assistant.model import Prompt
from assistant.model.litellm_door import LiteLlmModel
from redaction import EgressRefused, is_redacted
from tests.cases_by_hand import checkout
from tests.making import redacted
from tests.models_by_hand import OpenGate, notes

PROMPT = Prompt(redacted("system words"), redacted("[[[\ns1: secretive note\n]]]"))
SCHEMA = schema_for(template_claims("update", checkout())[:1])
ROOT = Path(__file__).parents[2]
ONE_CALL = """
import os, sys, time
from assistant.model import Prompt
from assistant.model.litellm_door import LiteLlmModel
from tests.making import redacted
from tests.models_by_hand import OpenGate

model = LiteLlmModel("openai/any-model", OpenGate(), 10, sys.argv[1], "no-key")
model.complete(Prompt(redacted("system words"), redacted("secretive note")), {"type": "object"})
time.sleep(0.5)  # its log is written by a thread
print(os.environ.get("OPENAI_API_BASE"))
"""
GOOD = '{"s1": "A good sentence."}'


@dataclass
class Endpoint:
    """An OpenAI-compatible endpoint on the loopback: `answer` makes (status, content)."""

    answer: Callable[[dict[str, Any]], tuple[int, str]] = lambda _: (200, GOOD)
    delay: float = 0.0
    requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    base: str = ""
    changed: dict[str, Any] = field(default_factory=dict[str, Any])
    """Parts of a good answer to put others in place of."""

    def respond(self, body: dict[str, Any]) -> tuple[int, bytes]:
        self.requests.append(body)
        time.sleep(self.delay)
        status, content = self.answer(body)
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": content},
        }
        usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        ok = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
        failed = {"error": {"message": f"it broke on {body['messages'][1]['content']}"}}
        whole = (
            {**ok, "choices": [choice], "usage": usage, **self.changed} if status == 200 else failed
        )
        return status, json.dumps(whole).encode()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            status, payload = endpoint.respond(json.loads(self.rfile.read(length)))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            try:
                self.wfile.write(payload)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    endpoint.base = f"http://127.0.0.1:{server.server_address[1]}/v1"
    yield endpoint
    server.shutdown()
    server.server_close()
    thread.join()


def door(endpoint: Endpoint, gate: OpenGate | None = None, timeout: float = 10) -> LiteLlmModel:
    return LiteLlmModel(
        "openai/any-model", gate or OpenGate(), timeout, endpoint.base, "no-key", retries=1
    )


def test_an_answer_comes_back_gated_with_its_tokens(endpoint: Endpoint) -> None:
    gate = OpenGate()
    answer = door(endpoint, gate).complete(PROMPT, SCHEMA)
    assert answer.text == GOOD
    assert is_redacted(answer.text)
    assert (answer.prompt_tokens, answer.output_tokens) == (11, 7)
    assert answer.seconds > 0
    assert gate.seen == [PROMPT.system, PROMPT.user, GOOD]


def test_the_endpoint_gets_both_messages_and_the_schema(endpoint: Endpoint) -> None:
    door(endpoint).complete(PROMPT, SCHEMA)
    (request,) = endpoint.requests
    assert [message["content"] for message in request["messages"]] == [PROMPT.system, PROMPT.user]
    assert request["response_format"]["json_schema"]["schema"]["required"] == ["s1"]


def test_a_refused_prompt_never_leaves(endpoint: Endpoint) -> None:
    with pytest.raises(EgressRefused):
        door(endpoint, OpenGate(refuse="secretive")).complete(PROMPT, SCHEMA)
    assert endpoint.requests == []


def test_an_answer_that_the_gate_refuses_is_invalid_and_names_kinds_only(
    endpoint: Endpoint,
) -> None:
    with pytest.raises(ModelAnswerInvalid, match="refused its answer: SECRET") as caught:
        door(endpoint, OpenGate(refuse="good sentence")).complete(PROMPT, SCHEMA)
    assert "good sentence" not in str(caught.value)


@pytest.mark.parametrize("content", ["not json", '{"s2": "x"}', '{"s1": 3}', ""])
def test_an_answer_that_breaks_the_schema_is_invalid(endpoint: Endpoint, content: str) -> None:
    endpoint.answer = lambda _: (200, content)
    with pytest.raises(ModelAnswerInvalid):
        door(endpoint).complete(PROMPT, SCHEMA)


@pytest.mark.parametrize(
    "changed",
    [
        {"choices": []},
        {"choices": [], "usage": None},
        {"choices": [{"index": 0, "message": {"role": "assistant", "content": None}}]},
    ],
)
def test_an_answer_without_text_is_invalid(endpoint: Endpoint, changed: dict[str, Any]) -> None:
    endpoint.changed = changed
    with pytest.raises(ModelAnswerInvalid, match="openai/any-model"):
        door(endpoint).complete(PROMPT, SCHEMA)
    assert len(endpoint.requests) == 1


def test_an_answer_without_usage_counts_no_tokens(endpoint: Endpoint) -> None:
    endpoint.changed = {"usage": None}
    answer = door(endpoint).complete(PROMPT, SCHEMA)
    assert (answer.text, answer.prompt_tokens, answer.output_tokens) == (GOOD, 0, 0)


def test_nothing_in_the_environment_makes_litellm_print_or_read_a_file(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("OPENAI_API_BASE=http://127.0.0.1:9/v1\n", "utf-8")
    loud = {
        "LITELLM_PRINT_STANDARD_LOGGING_PAYLOAD": "1",
        "LITELLM_LOG": "DEBUG",
        "OPENAI_LOG": "debug",
        "LITELLM_MODE": "DEV",
        "PYTHONPATH": str(ROOT),
    }
    inherited = {name: value for name, value in os.environ.items() if name != "OPENAI_API_BASE"}
    # Run by `-c`, litellm looks for the file in the working folder.
    done = subprocess.run(
        [sys.executable, "-c", ONE_CALL, endpoint.base],
        cwd=tmp_path,
        env={**inherited, **loud},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("None\n", "")
    assert len(endpoint.requests) == 1


def test_a_server_error_is_tried_again_and_told_without_content(endpoint: Endpoint) -> None:
    endpoint.answer = lambda _: (500, "")
    with pytest.raises(ModelUnavailable, match="openai/any-model: InternalServerError") as caught:
        door(endpoint).complete(PROMPT, SCHEMA)
    assert len(endpoint.requests) == 2
    assert "secretive" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_passing_error_is_survived(endpoint: Endpoint) -> None:
    endpoint.answer = lambda _: (503, "") if len(endpoint.requests) == 1 else (200, GOOD)
    assert door(endpoint).complete(PROMPT, SCHEMA).text == GOOD


def test_a_wrong_key_is_not_tried_again(endpoint: Endpoint) -> None:
    endpoint.answer = lambda _: (401, "")
    with pytest.raises(ModelUnavailable, match="AuthenticationError"):
        door(endpoint).complete(PROMPT, SCHEMA)
    assert len(endpoint.requests) == 1


def test_a_slow_endpoint_ends_in_a_timeout(endpoint: Endpoint) -> None:
    endpoint.delay = 1.5
    model = LiteLlmModel("openai/any-model", OpenGate(), 0.3, endpoint.base, "no-key", retries=0)
    with pytest.raises(ModelUnavailable, match="Timeout"):
        model.complete(PROMPT, SCHEMA)


def test_an_endpoint_that_is_not_there_is_unavailable() -> None:
    nobody = "http://127.0.0.1:9/v1"
    model = LiteLlmModel("openai/any-model", OpenGate(), 2, nobody, "no-key", retries=0)
    with pytest.raises(ModelUnavailable):
        model.complete(PROMPT, SCHEMA)


def test_a_whole_draft_is_written_through_an_endpoint(endpoint: Endpoint) -> None:
    def polish(body: dict[str, Any]) -> tuple[int, str]:
        prompt = Prompt(redacted(""), redacted(body["messages"][1]["content"]))
        words = {
            number: text.replace(
                "Suspected, not confirmed: ", "We suspect, but have not confirmed, that "
            )
            for number, text in notes(prompt).items()
        }
        return 200, json.dumps(words)

    endpoint.answer = polish
    draft = write_draft("update", checkout(), door(endpoint), ())
    assert draft.model == "openai/any-model"
    assert [claim.slot for claim in draft.claims if claim.source == "model"] == ["cause"]


def test_a_broken_endpoint_leaves_the_template(endpoint: Endpoint) -> None:
    endpoint.answer = lambda _: (200, "I cannot help with that.")
    draft = write_draft("update", checkout(), door(endpoint), ())
    assert draft.claims == template_claims("update", checkout())
    assert len(endpoint.requests) == 2
