import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from assistant.drafting.answer import read_answer
from assistant.drafting.prompts import rewriting, schema_for
from assistant.drafting.sentences import claim
from assistant.errors import ModelUnavailable
from assistant.model.litellm_door import LiteLlmModel
from assistant.model.local_model import LocalModel, threads_for
from redaction import EgressRefused
from tests.making import redacted
from tests.models_by_hand import OpenGate

ROOT = Path(__file__).parents[2]
NOTES = [claim("cause", "hypothesis", redacted("Suspected, not confirmed: low disk."), ("E1",))]


@pytest.fixture(scope="module")
def gguf(models: Mapping[str, Path]) -> Path:
    return models["qwen2.5-coder-1.5b-instruct-q4_k_m"]


@pytest.fixture(scope="module")
def local(gguf: Path) -> Iterator[LocalModel]:
    model = LocalModel(gguf, threads=1)
    yield model
    model.close()


def test_threads_follow_the_load() -> None:
    assert threads_for(cores=2, load=0.1) == 2
    assert threads_for(cores=2, load=1.2) == 1
    assert threads_for(cores=2, load=9.0) == 1
    assert threads_for(cores=64, load=3.0) == 4


def test_a_missing_file_is_unavailable_and_named() -> None:
    model = LocalModel(Path("no-such.gguf"), 1)
    with pytest.raises(ModelUnavailable, match=r"no-such\.gguf: no such file"):
        model.complete([], None, 10, 10)


def test_a_file_that_is_no_model_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "bad.gguf"
    path.write_bytes(b"not a model")
    with pytest.raises(ModelUnavailable, match=r"bad\.gguf: cannot be loaded"):
        LocalModel(path, 1).complete([{"role": "user", "content": "x"}], None, 10, 10)


@pytest.mark.slow
def test_the_embedded_model_answers_the_schema_through_the_gate(local: LocalModel) -> None:
    gate = OpenGate()
    door = LiteLlmModel.embedded(local, gate)
    prompt = rewriting(NOTES)
    answer = door.complete(prompt, schema_for(NOTES))
    (sentence,) = read_answer(answer.text, 1)
    assert sentence
    assert gate.seen == [prompt.system, prompt.user, answer.text]
    assert door.name == "embedded/qwen2.5-coder-1.5b-instruct-q4_k_m"
    assert 100 < answer.prompt_tokens < 600
    assert 0 < answer.output_tokens < 100


@pytest.mark.slow
def test_a_refused_prompt_never_reaches_the_embedded_model(local: LocalModel) -> None:
    door = LiteLlmModel.embedded(local, OpenGate(refuse="low disk"))
    with pytest.raises(EgressRefused):
        door.complete(rewriting(NOTES), schema_for(NOTES))


@pytest.mark.slow
def test_the_embedded_model_says_itself_why_it_is_unavailable(local: LocalModel) -> None:
    door = LiteLlmModel.embedded(local, OpenGate(), timeout=0.001)
    with pytest.raises(ModelUnavailable, match="took over"):
        door.complete(rewriting(NOTES), schema_for(NOTES))


@pytest.mark.slow
def test_nothing_is_printed_no_port_is_opened_and_the_process_ends(gguf: Path) -> None:
    script = f"""
        from pathlib import Path
        from assistant.model.local_model import LocalModel
        model = LocalModel(Path({str(gguf)!r}), 1)
        answer = model.complete([{{"role": "user", "content": "Say yes."}}], None, 4, 60)
        assert answer.text and answer.output_tokens
        inodes = {{row.split()[9] for row in Path("/proc/net/tcp").read_text().splitlines()[1:]
                  if row.split()[3] == "0A"}}
        mine = {{str(link.readlink()) for link in Path("/proc/self/fd").iterdir()
                if link.is_symlink()}}
        assert not [inode for inode in inodes if f"socket:[{{inode}}]" in mine]
    """
    outcome = _start(script).communicate(timeout=120)
    assert outcome == ("", "")


@pytest.mark.slow
def test_ctrl_c_stops_a_long_answer(gguf: Path) -> None:
    process = _start(f"""
        import signal
        from pathlib import Path
        from assistant.model.local_model import LocalModel
        signal.signal(signal.SIGINT, signal.default_int_handler)
        model = LocalModel(Path({str(gguf)!r}), 1)
        model.complete([{{"role": "user", "content": "Say yes."}}], None, 4, 60)
        print("ready", flush=True)
        model.complete([{{"role": "user", "content": "Tell a long story."}}], None, 3000, 600)
    """)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert "KeyboardInterrupt" in error
    assert process.returncode != 0


def _start(script: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(script)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)
