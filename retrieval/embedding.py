"""What an embedder is: redacted texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from redaction import RedactedText

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors: TypeAlias = NDArray[np.float32]


class Embedder(Protocol):
    """Turns redacted text into vectors; two embedders of one `name` give equal vectors."""

    @property
    def name(self) -> str:
        """Model and revision; an index keeps one table for each."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[RedactedText], /) -> Vectors:
        """Return one row of length 1 (float32) for each text, in order; a long text is cut.

        Raises:
            EmbedderUnavailable: the model is missing or does not load.
        """
        ...
