# ruff: noqa: E501
"""What redaction promises for input that nobody would write on purpose.

CASEWRIGHT_EXAMPLES sets how many examples each property runs, CASEWRIGHT_ROUND_TRIPS how many
texts make the round trip; 100000 takes a good quarter of an hour of CPU time.
"""

import base64
import json
import os
from io import BytesIO
from itertools import pairwise
from random import Random
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redaction import (
    PLACEHOLDER,
    CannotRead,
    Gate,
    Keyring,
    Limits,
    OutboundGate,
    RawArtifact,
    RawCase,
    RawText,
    RedactedDocument,
    Redaction,
    Redactor,
    policy_named,
    read_raw,
)
from redaction.detection.passes import Source, redact_documents
from tests.fake_detection import ListedNames

NAME, MAIL, ADDRESS = "Ottoline Marsk", "jane.roe@corp.example", "10.20.30.40"
KEY = "AKIA" + "Q7XM2PLDNE5RTW3B"
PLANTED = (NAME, MAIL, ADDRESS, KEY)
SHAPED = (MAIL, ADDRESS, KEY)
"""Values that their shape gives away; whether a name is one depends on the words around it."""
DETECTOR = ListedNames(NAME)
POLICY = policy_named("default")
REDACTOR = Redactor(DETECTOR, POLICY, Keyring(b"k" * 32))
SMALL = Limits(artifact_bytes=1 << 16, total_bytes=1 << 17, entries=20)
HARD = settings(
    max_examples=int(os.environ.get("CASEWRIGHT_EXAMPLES", "150")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

_AT_ONCE = 50
ROUND_TRIPS = settings(
    HARD, max_examples=int(os.environ.get("CASEWRIGHT_ROUND_TRIPS", "500")) // _AT_ONCE
)

TRICKS = (
    "<PERSON_1>", "<EMAIL_1>@<DOMAIN_1>", "<IP_1.2>", "<TAG_1>", "&lt;PERSON_1&gt;", "<", ">", "<PERSON_",
    "\x1b[1;31m", "\x1b[0m", "\u200b", "\u2060", "\u202e", "\ufeff", "e\u0301", "\U0001f600", "ﬁ",
    "\r\n", "\n", "\n\n", "\t", "\x0b", "\x0c", "\u2028", '"', "'", "\\", '\\"', "\\u0041", "\\n", "{",
    "}", "[", "]", '{"a": ', "%", "%41", "%%", "=", "= ", "==", ": ", "://", "@", ",", ";", "|", "```",
    "-----BEGIN ", "password=", "user: ", "Bearer ", "2026-02-11T08:14:52.118Z ", "at a.b.C(D.java:3)",
    "a.", "1.", "::", "127.0.0.1", "0.0.0.0", "v1.2.3", "jane", "Hi Jane,", "--\n",
    quote(MAIL, safe=""), base64.b64encode(MAIL.encode()).decode(),
)  # fmt: skip
noise = st.lists(
    st.one_of(
        st.sampled_from(TRICKS),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
        st.text("aAbZ09 .-_/", max_size=12),
    ),
    max_size=8,
).map("".join)
# What a name is glued to is another word to the model and to the patterns: values stand apart.
pieces = st.one_of(noise, st.sampled_from(PLANTED).map(" at {} ".format))
texts = st.lists(pieces, max_size=8).map("".join)
glued = st.lists(st.one_of(noise, st.sampled_from(PLANTED)), max_size=8).map("".join)
planted_texts = st.tuples(noise, st.lists(st.sampled_from(PLANTED), min_size=1, max_size=4), noise)


def document(text: str) -> RedactedDocument:
    [redacted] = REDACTOR.redact_documents([("1", RawText(text))])
    return redacted


def withheld(redacted: RedactedDocument) -> bool:
    return redacted.text == "(withheld)" and not redacted.spans


def case_of(*texts: str) -> Redaction:
    artifacts = tuple(
        RawArtifact(f"A{number}.txt", RawText(f"{number}.txt"), "text/plain", RawText(text))
        for number, text in enumerate(texts, 1)
    )
    return REDACTOR.redact_case(RawCase(RawText("case"), artifacts, ()))


@HARD
@given(texts)
def test_offsets_are_exact_and_rebuild_the_text(text: str) -> None:
    redacted = document(text)
    if withheld(redacted):
        return
    rebuilt, at = "", 0
    for span in redacted.spans:
        assert 0 <= span.start < span.end <= len(text)
        rebuilt += text[at : span.start] + span.placeholder
        at = span.end
    assert rebuilt + text[at:] == redacted.text
    assert all(a.end <= b.start for a, b in pairwise(redacted.spans))


@HARD
@given(texts)
def test_a_redacted_text_holds_nothing_more_to_redact(text: str) -> None:
    first = document(text)
    again = document(first.text)
    assert more_than_names(first, again) == []


@HARD
@given(texts)
def test_one_value_has_one_placeholder_and_ours_never_meet_those_of_the_input(text: str) -> None:
    redacted = document(text)
    names: dict[tuple[str, str], str] = {}
    for span in redacted.spans:
        value = (span.type, text[span.start : span.end])
        assert names.setdefault(value, span.placeholder) == span.placeholder
    if withheld(redacted):
        return
    # What looked like a placeholder before cannot be told from ours unless it was replaced.
    untouched = [
        match
        for match in PLACEHOLDER.finditer(text)
        if not any(s.start < match.end() and match.start() < s.end for s in redacted.spans)
    ]
    assert untouched == []


@HARD
@given(planted_texts)
def test_a_planted_value_goes_whatever_stands_around_it(parts: tuple[str, list[str], str]) -> None:
    before, values, after = parts
    redacted = document(f"{before}\nsee {' and '.join(values)}\n{after}")
    assert not [value for value in SHAPED if value in redacted.text and value not in before + after]


@HARD
@given(st.lists(planted_texts, min_size=2, max_size=3))
def test_a_case_names_a_value_alike_in_every_artifact(
    parts: list[tuple[str, list[str], str]],
) -> None:
    raw = [f"{before}\nsee {MAIL} at {ADDRESS}\n{after}" for before, _, after in parts]
    case = case_of(*raw).case
    names = {
        span.placeholder
        for artifact, text in zip(case.artifacts, raw, strict=False)
        for span in artifact.spans
        if text[span.start : span.end] == MAIL and span.type == "EMAIL"
    }
    assert len(case.quarantined) + len(case.artifacts) == len(raw)
    assert len(names) <= 1


def more_than_names(first: RedactedDocument, again: RedactedDocument) -> list[str]:
    """Name what a second look replaced beside placeholders; names are judged in their sentence."""
    return [
        span.type
        for span in again.spans
        if span.type not in ("PERSON", "USER")
        and not PLACEHOLDER.search(first.text[span.start : span.end])
    ]


def composed(random: Random) -> str:
    """Make a text of tricks, planted values and noise; the planted ones stand apart."""
    parts: list[str] = []
    for _ in range(random.randint(1, 10)):
        match random.randrange(4):
            case 0:
                # Not behind a letter of the noise: `V 10.20.30.40` is a version.
                parts.append(f" at {random.choice(PLANTED)} ")
            case 1:
                parts.append(
                    "".join(
                        chr(random.choice((random.randrange(32, 591), 0x4E2D, 0x1F600)))
                        for _ in range(random.randint(1, 6))
                    )
                )
            case _:
                parts.append(random.choice(TRICKS))
    return "".join(parts)


@ROUND_TRIPS
@given(st.integers(0, 2**48))
def test_composed_texts_make_the_round_trip_alone_and_inside_json(seed: int) -> None:
    random = Random(seed)
    raw = [composed(random) for _ in range(_AT_ONCE)]
    first = list(REDACTOR.redact_documents((str(n), RawText(text)) for n, text in enumerate(raw)))
    for text, redacted in zip(raw, first, strict=True):
        if withheld(redacted):
            continue
        rebuilt, at = "", 0
        names: dict[tuple[str, str], str] = {}
        for span in redacted.spans:
            assert at <= span.start < span.end, repr(text)
            rebuilt += text[at : span.start] + span.placeholder
            at = span.end
            value = (span.type, text[span.start : span.end])
            assert names.setdefault(value, span.placeholder) == span.placeholder, repr(text)
        assert rebuilt + text[at:] == redacted.text, repr(text)
        assert not [value for value in SHAPED if f" {value} " in redacted.text], repr(text)
    again = REDACTOR.redact_documents((document.id, RawText(document.text)) for document in first)
    for text, once, twice in zip(raw, first, again, strict=True):
        assert more_than_names(once, twice) == [], repr(text)
    bodies = [[Source(json.dumps({"note": text, "n": [1, None]}), "json")] for text in raw[::5]]
    for [source], result in zip(bodies, redact_documents(bodies, DETECTOR, POLICY), strict=True):
        [clean] = result.texts
        loaded = json.loads(clean.text) if clean else {"note": "", "n": [1, None]}
        assert list(loaded) == ["note", "n"], source.text
        assert loaded["n"] == [1, None], source.text


@HARD
@given(texts | glued)
def test_the_gate_lets_out_what_the_redactor_made(text: str) -> None:
    redaction = case_of(text)
    gate: Gate = OutboundGate(DETECTOR, POLICY).for_case(redaction.vault)
    for artifact in redaction.case.artifacts:
        gate.check(artifact.text)


@HARD
@given(st.binary(max_size=400) | texts.map(str.encode))
def test_any_bytes_become_a_case_or_are_refused(content: bytes) -> None:
    try:
        raw = read_raw(BytesIO(content), SMALL)
    except CannotRead as error:
        assert str(error).isascii()
        return
    case = REDACTOR.redact_case(raw).case
    assert len(case.artifacts) + len(case.quarantined) >= len(raw.artifacts)


@HARD
@given(
    planted_texts,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.binary(max_size=3),
)
def test_a_planted_value_goes_in_every_encoding_or_the_file_is_refused(
    parts: tuple[str, list[str], str], encoding: str, broken: bytes
) -> None:
    before, values, after = parts
    content = f"{before}\nsee {' and '.join(values)}\n{after}".encode(encoding) + broken
    try:
        raw = read_raw(BytesIO(content))
    except CannotRead:
        return
    case = REDACTOR.redact_case(raw).case
    left = [
        value
        for artifact in case.artifacts
        for value in SHAPED
        if value in artifact.text and value not in before + after
    ]
    assert left == []
