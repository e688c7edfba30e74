import pytest

from assistant import AssistantError, ModelUnavailable
from redaction import CannotRead, EgressRefused, KeyUnavailable, UnknownPolicy
from retrieval import RetrievalError
from ui.errors import EXPECTED, UnknownCase, exit_code
from ui.models import ModelMissing, UnknownModel


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnknownPolicy("p"), 2),
        (UnknownModel("m"), 2),
        (CannotRead("c"), 3),
        (UnknownCase(), 3),
        (EgressRefused((("PERSON", 0, 3),)), 4),
        (KeyUnavailable("k"), 4),
        (ModelMissing("m"), 5),
        (ModelUnavailable("m"), 5),
        (AssistantError("a"), 5),
        (RetrievalError("r"), 5),
    ],
)
def test_an_expected_error_ends_with_the_code_of_its_class(error: Exception, code: int) -> None:
    assert isinstance(error, EXPECTED)
    assert exit_code(error) == code
