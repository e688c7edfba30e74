"""Maps every expected error class to the exit code that it ends a command with."""

from typing import Final

from assistant import AssistantError
from redaction import CannotRead, RedactionError
from retrieval import RetrievalError
from ui.models import ModelError

EXIT_INPUT: Final = 3
EXIT_REFUSED: Final = 4
EXIT_MISSING: Final = 5


class UnknownCase(Exception):
    """Neither a path that exists nor the id of a stored case."""


EXPECTED: Final = (UnknownCase, RedactionError, RetrievalError, AssistantError, ModelError)
"""Everything that ends a command with a sentence instead of a traceback."""


def exit_code(error: BaseException) -> int:
    """Return 3 for input that cannot be read, 5 for a missing model or store, else 4."""
    match error:
        case CannotRead() | UnknownCase():
            return EXIT_INPUT
        case ModelError() | RetrievalError() | AssistantError():
            return EXIT_MISSING
        case _:
            return EXIT_REFUSED
