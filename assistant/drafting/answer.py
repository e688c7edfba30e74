"""Reads a model's JSON answer into sentences that stay redacted text."""

import json
import re
from typing import Final, LiteralString, cast

from assistant.errors import ModelAnswerInvalid
from redaction import RedactedText, compose, join

_MEMBER: Final = re.compile(r'"(?P<key>s[0-9]+)"\s*:\s*"(?P<value>(?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_PLAIN: Final[dict[str, LiteralString]] = {
    '\\"': '"', "\\\\": "\\", "\\/": "/", "\\n": " ", "\\r": " ", "\\t": " ",
    "\\u2013": "–", "\\u2014": "—", "\\u2018": "‘", "\\u2019": "’", "\\u201c": "“",  # noqa: RUF001
    "\\u201d": "”", "\\u2026": "…", "\\u00a0": " ", "\\u003c": "<", "\\u003e": ">",
    "\\u0027": "'", "\\u0026": "&", "\\u202f": " ",
}  # fmt: skip


def read_answer(text: RedactedText, count: int) -> tuple[RedactedText | None, ...]:
    """Return the sentences `s1` … `s<count>`; None for one that cannot be read exactly.

    The sentences are slices of the gated text, so that nothing passes the gate in a disguise: of
    JSON's escapes only punctuation is decoded, a sentence with any other is not used.

    Raises:
        ModelAnswerInvalid: the text is not a JSON object of strings with these keys.
    """
    expected = {f"s{number}" for number in range(1, count + 1)}
    if _keys(text) != expected:
        raise ModelAnswerInvalid(f"the answer is not a JSON object with {count} sentences")
    found = {
        member["key"]: _decoded(text[slice(*member.span("value"))])
        for member in _MEMBER.finditer(text)
    }
    return tuple(found.get(f"s{number}") for number in range(1, count + 1))


def _keys(text: str) -> set[str]:
    try:
        answer: object = json.loads(text)
    except (ValueError, RecursionError):
        return set()
    if not isinstance(answer, dict):
        return set()
    members = cast("dict[str, object]", answer)
    return {key for key, value in members.items() if isinstance(value, str)}


def _decoded(value: RedactedText) -> RedactedText | None:
    parts: list[RedactedText] = []
    start = 0
    for escape in _ESCAPE.finditer(value):
        literal = _PLAIN.get(escape[0].lower() if escape[0][1] == "u" else escape[0])
        if literal is None:
            return None
        parts += [value[start : escape.start()], compose("{literal}", literal=literal)]
        start = escape.end()
    return join("", (*parts, value[start:]))
