"""Closes the network for every test and hands out real data and real models where they are."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from redaction.detection.patterns.recognizers import scanner
from tests import closed_network
from ui.models import ModelError, ModelStore, load_manifest
from ui.settings import Settings

closed_network.close()

_ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def network_stays_closed() -> Iterator[None]:
    """Fail a test that tried to leave the machine, even when a library swallowed the refusal."""
    before = len(closed_network.attempts)
    yield
    assert closed_network.attempts[before:] == []


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout."""
    folder = _ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no real data: ../shared/data is not beside the checkout")
    return folder


@pytest.fixture(scope="session")
def models() -> Mapping[str, Path]:
    """The verified path of every model of the manifest, by name."""
    store = ModelStore(Settings().models, load_manifest())
    try:
        return {model.name: store.path(model.name) for model in store.models}
    except ModelError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must have the models: {error}")
        pytest.skip(str(error))


@pytest.fixture(scope="session", autouse=True)
def compiled_scanner() -> None:
    """Let the scanner compile itself now: tests that compare times must not meet it half-way."""
    scanner().scan("word " * 50_000)
