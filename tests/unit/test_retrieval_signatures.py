import time

import pytest

from redaction import is_redacted
from retrieval.signatures import find_frames, find_signatures, is_frame
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


def test_the_functions_of_a_stack_trace_follow_its_exception() -> None:
    trace = """java.io.IOError: gone
        at com.example.pool.Connection.open(Connection.java:12)
        at com.example.pool.Pool$1.run(Pool.java:3)
        at com.example.pool.Connection.open(Connection.java:12)"""
    assert find_signatures(redacted(trace)) == ("IOError", "Connection.open", "Pool$1.run")


@pytest.mark.parametrize(
    ("line", "frame"),
    [
        ("  at Shop.Cart:Add (System.Int32 n) [0x00012]", "Cart:Add"),
        ("  at (wrapper managed-to-native) Shop.Native:Open (int)", "Native:Open"),
        ("    at async Orders.load (/srv/orders.js:4:2)", "Orders.load"),
        ('  File "/srv/shop/pool.py", line 7, in open_connection', "open_connection"),
    ],
)
def test_a_frame_of_another_language_names_its_function(line: str, frame: str) -> None:
    assert find_frames(redacted(line)) == (frame,)


@pytest.mark.parametrize("line", ["at noon (or later)", "we met at v1.2 (beta)", "at home [sic]"])
def test_prose_with_a_bracket_is_no_frame(line: str) -> None:
    assert find_frames(redacted(line)) == ()


def test_the_innermost_frames_are_kept_and_stay_redacted() -> None:
    trace = "\n".join(f"  at shop.Deep.step{number}(Deep.java:1)" for number in range(20))
    found = find_frames(redacted(trace), 3)
    assert found == ("Deep.step0", "Deep.step1", "Deep.step2")
    assert all(map(is_redacted, found))


def test_a_frame_is_told_from_a_class() -> None:
    assert is_frame("Connection.open")
    assert not is_frame("PoolTimeoutException")


@pytest.mark.parametrize(
    "unit",
    ["a.", " at a.b", 'File "', "\n at a.b(", "at (wrapper", "Aa", "A_", "0x", "-1", "Exception"],
)
def test_hostile_text_is_scanned_in_linear_time(unit: str) -> None:
    started = time.process_time()
    find_signatures(redacted(unit * 200_000))
    assert time.process_time() - started < 5
