# pyright: basic
"""The door to sentence-transformers: embeds with a MiniLM model from a local folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from redaction import RedactedText
from retrieval.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from retrieval.embedding import Vectors

_CHARACTERS_PER_TOKEN = 12
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class MiniLmEmbedder:
    """Embeds texts with all-MiniLM-L6-v2 or a model of the same layout.

    The weights are read at the first `embed`, so that an index can be counted, cleaned or found
    unchanged without them.
    """

    def __init__(
        self, path: Path, *, max_tokens: int = 128, threads: int = 2, batch_size: int = 32
    ) -> None:
        """Take the model's folder; texts are cut at `max_tokens` word pieces.

        Raises:
            EmbedderUnavailable: the folder holds no weights.
        """
        weights = path / "model.safetensors"
        if not weights.is_file():
            raise EmbedderUnavailable(path.name, "its weights are missing")
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self._name = f"{path.name}-{digest[:12]}-{max_tokens}"
        self._path = path
        self._max_tokens = max_tokens
        self._threads = threads
        self._batch_size = batch_size

    @property
    def name(self) -> str:
        """Folder name, digest of the weights, and where texts are cut."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return 384

    def embed(self, texts: Sequence[RedactedText], /) -> Vectors:
        """Return one unit vector for each text, in order, shape `(len(texts), 384)`.

        Raises:
            EmbedderUnavailable: the model does not load.
        """
        # The tokenizer reads a text to its end before it cuts: a long one is cut here.
        limit = self._max_tokens * _CHARACTERS_PER_TOKEN
        return self._model.encode(
            [text[:limit] for text in texts],
            batch_size=self._batch_size,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )

    @cached_property
    def _model(self) -> SentenceTransformer:
        os.environ.update(_OFFLINE)
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        torch.set_num_threads(self._threads)
        try:
            model = SentenceTransformer(str(self._path), device="cpu", local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            problem = f"it does not load ({type(error).__name__})"
            raise EmbedderUnavailable(self._path.name, problem) from error
        model.max_seq_length = self._max_tokens
        return model
