"""The errors of retrieval; they name tables, models and ids, never content.

RetrievalError
├── IndexBroken          the index folder holds a table that is not ours or cannot be read
└── EmbedderUnavailable  the embedding model is missing or does not load
"""


class RetrievalError(Exception):
    """Base of everything this package raises on purpose."""


class IndexBroken(RetrievalError):
    """The index holds a table that is not ours or cannot be read."""

    def __init__(self, table: str, problem: str) -> None:
        """Name the table and what is wrong with it."""
        super().__init__(
            f"index table {table}: {problem}. "
            "Move the index folder away and add the documents again."
        )


class EmbedderUnavailable(RetrievalError):
    """The embedding model is missing or does not load."""

    def __init__(self, model: str, problem: str) -> None:
        """Name the model and what is wrong with it."""
        super().__init__(f"embedding model {model}: {problem}. Run `triage models fetch`.")
