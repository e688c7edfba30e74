from collections.abc import Mapping
from pathlib import Path

from ui.models import load_manifest


def test_the_embedding_model_is_a_complete_sentence_transformers_folder(
    models: Mapping[str, Path],
) -> None:
    folder = models["all-minilm-l6-v2"]
    assert (folder / "modules.json").is_file()
    assert (folder / "1_Pooling/config.json").is_file()


def test_the_drafting_model_is_one_gguf_file_of_the_pinned_size(models: Mapping[str, Path]) -> None:
    path = models["qwen2.5-coder-1.5b-instruct-q4_k_m"]
    with path.open("rb") as file:
        assert file.read(4) == b"GGUF"
    assert path.stat().st_size == 1_117_320_768


def test_every_model_of_the_manifest_is_here_and_verified(models: Mapping[str, Path]) -> None:
    assert set(models) == {model.name for model in load_manifest()}
