"""The errors of retrieval; they name tables, models and ids, never content.

RetrievalError
├── IndexBroken          the index folder holds a table that is not ours or cannot be read
├── RankerBroken         a saved ranker is not ours, was changed, or fits another version
├── TooFewExamples       there is too little to learn a ranking from
├── NotServing           the index was switched to another embedding model
├── Unfinished           the table of a model is not filled yet
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


class RankerBroken(RetrievalError):
    """A saved ranker is not ours, was changed, or fits another version."""

    def __init__(self, problem: str) -> None:
        """Say what is wrong with it."""
        super().__init__(f"learned ranker: {problem}. Run `triage adapt` again.")


class TooFewExamples(RetrievalError):
    """There is too little to learn a ranking from."""

    def __init__(self, found: int, needed: int) -> None:
        """Say how many searches with a right answer there are, and how many it takes."""
        super().__init__(
            f"{found} searches have a known right answer among what was found, and a learned "
            f"ranking needs {needed}. Decide more matches or add reports with duplicate links."
        )


class NotServing(RetrievalError):
    """The index was switched to another embedding model."""

    def __init__(self, model: str, serving: str) -> None:
        """Name the model that was used and the one that serves."""
        super().__init__(
            f"the index serves {serving}, not {model}. Use that model, or switch the index over: "
            "`triage index reembed`."
        )


class Unfinished(RetrievalError):
    """The table of a model is not filled yet."""

    def __init__(self, model: str) -> None:
        """Name the model."""
        super().__init__(
            f"the index is not filled for {model} yet: run `triage index reembed`, it goes on "
            "where it stopped."
        )
