# ruff: noqa: E501 - lines as they stand in files
"""A value never takes the line behind it along."""

import base64

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.test_secrets import hand

SECRETS = st.one_of(
    st.binary(min_size=20, max_size=60).map(lambda data: base64.b64encode(data).decode()),
    st.binary(min_size=20, max_size=60).map(lambda data: base64.urlsafe_b64encode(data).decode()),
    st.binary(min_size=16, max_size=32).map(bytes.hex),
    st.from_regex(r"[a-z]{3,8}[.!_-][A-Z0-9]{6,20}-[0-9]{2}", fullmatch=True),
)
# What a line says before its secret; most are wide enough to be taken for a broken one.
LEADS = (
    "SECRET_KEY=", "client_secret=", "secret = ", "PrivateKey = ", "Unseal Key 1: ", "token            ",
    "Authorization: Bearer ", "//packages.kunde.example/:_authToken=", "api_key: ", "  password: ",
    "web01.corp.example ansible_host=10.1.2.3 ansible_become_pass=", "export DB_PASSWORD=", "PASSWORD=",
    "2026-03-14 09:12:33 INFO started with token ", "> SESSION_KEY=",
)  # fmt: skip
# Padding that ends where quoted-printable breaks its lines.
AT_THE_EDGE = st.tuples(st.integers(73, 77), st.sampled_from((35, 38, 41, 44))).map(
    lambda sized: (
        "x" * (sized[0] - 2 - 4 * -(-sized[1] // 3))
        + ": "
        + base64.b64encode(bytes((7 * n * n + sized[0]) % 256 for n in range(sized[1]))).decode()
    )
)
ALONE = (
    "ERROR OrderService failed with HTTP 503", "503 Service Unavailable", "timeout = 30", "LOG_LEVEL: debug",
    "Address = 10.8.0.2/32", "Content-Type: application/json", "Initial Root Token: none", "email=nobody",
    "token_accessor       none", "//npm.pkg.example/:username=nobody", "web02.corp.example ansible_port=22",
    "[INFO] ready", "10.1.2.3 - - GET /health", "", "mode=fast", "> timeout = 30", "> LOG_LEVEL: debug",
    "Then it stopped.",
)  # fmt: skip
LINES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(LEADS), SECRETS).map("".join),
        st.tuples(st.sampled_from(LEADS), st.just("")).map("".join),
        AT_THE_EDGE,
        st.sampled_from(ALONE),
    ),
    min_size=2,
    max_size=8,
)


@settings(deadline=None, max_examples=120)
@given(LINES)
def test_lines_that_stand_alone_stay_as_many_as_they_are(lines: list[str]) -> None:
    text = "\n".join(lines)
    clean = hand(text)
    assert clean.text.count("\n") == text.count("\n")
    for line, said in zip(lines, clean.text.split("\n"), strict=True):
        if line in ALONE[:2]:
            assert said == line
