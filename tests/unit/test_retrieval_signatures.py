import time

import pytest

from redaction import is_redacted
from retrieval.signatures import find_signatures
from tests.making import redacted


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("java.sql.SQLTransientConnectionException: pool", "SQLTransientConnectionException"),
        ("raise builtins.TimeoutError", "TimeoutError"),
        ("ORA-00060: deadlock", "ORA-00060"),
        ("connect ECONNREFUSED 192.0.2.7:5432", "ECONNREFUSED"),
        ("rpc error: DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED"),
        ("Last state: OOMKilled", "OOMKilled"),
        ("error CS1061: no definition", "CS1061"),
        ("hr=0x80070005", "0x80070005"),
    ],
)
def test_an_exception_class_or_error_code_is_a_signature(text: str, signature: str) -> None:
    assert find_signatures(redacted(text)) == (signature,)


@pytest.mark.parametrize(
    "text",
    ["see CW-1042 and KB-012", "<TIMEOUT_ERROR>", "EUROPE", "Error", "an error occurred", "v1.2.3"],
)
def test_ids_tags_and_plain_words_are_no_signatures(text: str) -> None:
    assert find_signatures(redacted(text)) == ()


def test_the_most_frequent_signature_comes_first_and_stays_redacted() -> None:
    found = find_signatures(redacted("IOError TimeoutError IOError"))
    assert found == ("IOError", "TimeoutError")
    assert all(is_redacted(signature) for signature in found)


@pytest.mark.parametrize("unit", ["a.", "Aa", "A_", "0x", "-1", "Exception"])
def test_hostile_text_is_scanned_in_linear_time(unit: str) -> None:
    started = time.process_time()
    find_signatures(redacted(unit * 200_000))
    assert time.process_time() - started < 5
