# pyright: basic
"""Runs a GGUF model in this process: the only module that imports the local model runtime."""

import json
import secrets
import shutil
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread
from typing import Any, Protocol

from assistant.errors import ModelUnavailable

_CONTEXT = 4096
_SILENT = -1


@dataclass(slots=True)
class _Answer:
    """What the runtime has streamed so far."""

    parts: list[str] = field(default_factory=list)
    usage: Mapping[str, int] = field(default_factory=dict)
    error: str = ""

    def add(self, chunk: Mapping[str, Any]) -> None:
        self.usage = chunk.get("usage") or self.usage
        for choice in chunk.get("choices", ()):
            self.parts.append(choice["delta"].get("content") or "")


class _Server(Protocol):
    """What is used of the runtime's server."""

    def handle_chat_completions(
        self, body: Mapping[str, object], receive: Callable[[Any], bool], /
    ) -> object: ...


@dataclass(frozen=True, slots=True)
class LocalAnswer:
    """The text of an answer, not gated yet, and its tokens."""

    text: str
    prompt_tokens: int
    output_tokens: int


def threads_for(cores: int, load: float) -> int:
    """Choose threads: every free core up to four; two threads on a busy core are slower than one.

    `load` is the load average of the last minute, `cores` the number of processors.
    """
    return max(1, min(4, cores - round(load)))


class LocalModel:
    """A GGUF model loaded on first use (2 to 6 s) and kept; answers one prompt at a time."""

    def __init__(self, path: Path, threads: int) -> None:
        """Name the model file and how many threads may work; nothing is loaded yet."""
        self.path = path
        self._threads = threads
        self._server: _Server | None = None

    def complete(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, object] | None,
        most_tokens: int,
        timeout: float,
    ) -> LocalAnswer:
        """Answer `messages` (role and content) greedily, with JSON for `schema` if there is one.

        The runtime works in a thread of its own, so that Ctrl-C and the timeout (seconds) stop it.

        Raises:
            ModelUnavailable: the file cannot be loaded, the schema is not understood, or the
                timeout passed.
        """
        server = self._loaded()
        body: dict[str, object] = {
            "messages": [dict(message) for message in messages],
            "temperature": 0,
            "max_tokens": most_tokens,
            "cache_prompt": True,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if schema is not None:
            body["json_schema"] = json.loads(json.dumps(schema))
        answer, stop = _Answer(), Event()
        worker = Thread(target=_run, args=(server, body, answer, stop), daemon=True)
        worker.start()
        try:
            worker.join(timeout)
            late = worker.is_alive()
        finally:
            stop.set()
        if late or answer.error:
            reason = f"took over {timeout:g} s" if late else answer.error
            raise ModelUnavailable(f"local model {self.path.name}: {reason}")
        return LocalAnswer(
            "".join(answer.parts),
            answer.usage.get("prompt_tokens", 0),
            answer.usage.get("completion_tokens", 0),
        )

    def close(self) -> None:
        """Free the model's memory."""
        self._server = None

    def _loaded(self) -> _Server:
        if self._server is None:
            if not self.path.is_file():
                raise ModelUnavailable(f"local model {self.path.name}: no such file")
            folder = mkdtemp(prefix="casewright-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._server = _load(self.path, self._threads, Path(folder))
        return self._server


def _load(path: Path, threads: int, folder: Path) -> _Server:
    import xllamacpp

    params = xllamacpp.CommonParams()  # pyright: ignore[reportAttributeAccessIssue]
    params.model.path = str(path)
    params.n_ctx = _CONTEXT
    params.n_parallel = 1
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.cache_ram_mib = 0
    params.warmup = False
    params.offline = True
    params.verbosity = _SILENT
    # The runtime always listens. A socket file in a private folder with a random key is out of
    # reach for the network and for other users; the default is an open TCP port.
    params.hostnames = [str(folder / "model.sock")]
    params.api_keys = [secrets.token_urlsafe(32)]
    params.cors_origins = ""
    params.ui = False
    params.endpoint_slots = False
    params.endpoint_props = False
    try:
        return xllamacpp.Server(params)  # pyright: ignore[reportAttributeAccessIssue]
    except (RuntimeError, ValueError) as error:
        raise ModelUnavailable(f"local model {path.name}: cannot be loaded") from error


def _run(server: _Server, body: dict[str, object], answer: _Answer, stop: Event) -> None:
    def receive(chunk: Mapping[str, Any] | list[Mapping[str, Any]]) -> bool:
        for part in chunk if isinstance(chunk, list) else [chunk]:
            answer.add(part)
        return stop.is_set()

    try:
        server.handle_chat_completions(body, receive)
    except (RuntimeError, ValueError) as error:
        answer.error = f"the runtime refused the request ({type(error).__name__})"
