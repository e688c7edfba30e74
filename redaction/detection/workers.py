"""Runs work in other processes over pipes; one that dies or takes too long lets nothing pass."""

import os
import pickle
import resource
import select
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from redaction.detection.closed import Closed
from redaction.errors import DetectorFailed, RedactionError

_HEAD = struct.Struct(">I")
# One thread each: there are as many processes as cores.
_SINGLE = ("env", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1")


class Worker:
    """One process that takes requests from a pipe and answers them in turn.

    It ends by itself when this process is gone.
    """

    def __init__(self, module: str, arguments: Sequence[str] = (), timeout: float = 300.0) -> None:
        """Start `main()` of a module with arguments; `timeout` is in seconds for one request."""
        paths = [path or str(Path.cwd()) for path in sys.path]
        program = f"import sys; sys.path[:] = {paths!r}; import {module}; {module}.main()"
        self.timeout = timeout
        self._process = subprocess.Popen(
            [*_SINGLE, sys.executable, "-W", "ignore", "-c", program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a library prints when it breaks may hold content.
            stderr=subprocess.DEVNULL,
        )
        self.answers = cast(IO[bytes], self._process.stdout)
        self._sending = threading.Thread()

    def ask(self, request: object) -> None:
        """Send a request; it need not be taken before this returns. The next answer comes first."""
        content = _packed(request)
        self._sending = threading.Thread(target=self._send, args=(content,), daemon=True)
        self._sending.start()

    def _send(self, content: bytes) -> None:
        stream = cast(IO[bytes], self._process.stdin)
        # One that is gone gives no answer either: that tells.
        with suppress(OSError, ValueError):
            stream.write(content)
            stream.flush()

    def has_answered(self) -> bool:
        """Tell whether an answer has begun to arrive."""
        return bool(select.select([self.answers], [], [], 0)[0])

    def answer(self) -> object:
        """Wait for the answer to the earliest request.

        Raises:
            DetectorFailed: the worker died, took too long, or says that it failed.
        """
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        watch = threading.Timer(self.timeout, stop)
        watch.start()
        try:
            body = _receive(self.answers)
        finally:
            watch.cancel()
        if body is None:
            why = "took too long" if late.is_set() else "died"
            raise DetectorFailed(f"a worker {why}: nothing was let through.")
        if isinstance(body, RedactionError):
            raise body
        return body

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        if self._sending.ident is not None:
            self._sending.join()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                cast(IO[bytes], stream).close()
            except OSError:
                continue


def serve(handle: Callable[[object], object], memory: int) -> None:
    """Answer requests from standard input until it closes, within `memory` bytes of address space.

    Only the kind of an error is told, never its message: it may hold content.
    """
    source, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while (request := _receive(source)) is not None:
        answer: object = None
        with Closed("detection") as closed:
            answer = handle(request)
        answers.write(_packed(answer if closed.error is None else closed.error))
        answers.flush()


def _packed(body: object) -> bytes:
    content = pickle.dumps(body)
    return _HEAD.pack(len(content)) + content


def _receive(stream: IO[bytes]) -> object | None:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    size: int = _HEAD.unpack(head)[0]
    content = stream.read(size)
    return None if len(content) < size else pickle.loads(content)
