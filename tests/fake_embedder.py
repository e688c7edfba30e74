"""An embedder without a model: words that two texts share bring their vectors together."""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from redaction import RedactedText

_WORD = re.compile(r"\w+")


class WordEmbedder:
    """Hashes the words of a text into a unit vector."""

    def __init__(self, name: str = "words-1", dimensions: int = 256) -> None:
        self._name = name
        self._dimensions = dimensions
        self.embedded: list[RedactedText] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def embed(self, texts: Sequence[RedactedText], /) -> NDArray[np.float32]:
        self.embedded += texts
        vectors = np.full((len(texts), self._dimensions), 1e-3, np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for word in _WORD.findall(text.lower()):
                vector[crc32(word.encode()) % self._dimensions] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
