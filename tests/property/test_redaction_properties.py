"""What holds for every input: formats stay valid, planted values go, time is bounded."""

import json
import time
from itertools import pairwise
from random import Random
from typing import TypeAlias

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from redaction import Finding, Keyring, RawText, Redactor, policy_named
from redaction.detection.passes import Source, redact_documents
from redaction.detection.patterns.recognizers import find_patterns
from redaction.detection.splicing import settle
from redaction.detection.views.jsonvalues import json_documents
from redaction.detection.views.structure import Form
from redaction.text import PLACEHOLDER
from tests.fake_detection import ListedNames

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"
PLANTED = ("jane.roe@corp.example", "10.20.30.40", "AKIAQ7XM2PLDNE5RTW3B", "Ottoline Marsk")
DETECTOR = ListedNames("Ottoline Marsk")
POLICY = policy_named("default")
QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

words = st.text(st.characters(codec="utf-8", exclude_characters="<>"), max_size=20)
leaves = st.one_of(
    words,
    st.sampled_from(PLANTED),
    st.builds("{} {} {}".format, words, st.sampled_from(PLANTED), words),
    st.integers(-(10**6), 10**6),
    st.booleans(),
    st.none(),
)
keys = st.sampled_from(["a", "note", "items", "Ratio", "Zeta", "x-y", "ä"])
documents = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


def clean(text: str, form: Form) -> str:
    [result] = redact_documents([[Source(text, form)]], DETECTOR, POLICY)
    [shown] = result.texts
    assert shown is not None
    return shown.text


def shape(value: Json) -> object:
    match value:
        case dict():
            return {key: shape(kid) for key, kid in value.items()}
        case list():
            return [shape(kid) for kid in value]
        case _:
            return "leaf"


@QUICK
@given(documents, st.booleans())
def test_json_keeps_its_structure_and_loses_what_was_planted(value: Json, ascii_only: bool) -> None:
    text = json.dumps({"root": value}, ensure_ascii=ascii_only)
    shown = clean(text, "json")
    loaded = json.loads(shown)
    assert shape(loaded) == shape({"root": value})
    assert not any(planted in json.dumps(loaded, ensure_ascii=False) for planted in PLANTED)


@QUICK
@given(documents)
def test_json_offsets_point_at_the_decoded_value(value: Json) -> None:
    text = json.dumps({"root": value})
    for scalar in json_documents(text) or ():
        raw = text[scalar.start : scalar.end]
        meant = raw if scalar.style == "number" else json.loads(f'"{raw}"')
        assert meant == scalar.value


@QUICK
@given(st.dictionaries(keys, st.sampled_from((*PLANTED, "plain", "x y")), min_size=1))
def test_yaml_still_parses(value: dict[str, str]) -> None:
    loaded = yaml.safe_load(clean(yaml.safe_dump(value, allow_unicode=True), "yaml"))
    assert list(loaded) == sorted(value)
    assert not any(planted in str(loaded) for planted in PLANTED)


@QUICK
@given(st.lists(st.tuples(st.sampled_from(PLANTED), words), min_size=1, max_size=5))
@example([("Ottoline Marsk", "0")])  # "Mars" is no month: the name was taken for a date
def test_spans_rebuild_the_clean_text_from_the_original(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{value} {word}\n" for value, word in parts)
    redactor = Redactor(DETECTOR, POLICY, Keyring(b"k" * 32))
    [document] = redactor.redact_documents([("1", RawText(text))])
    rebuilt, at = "", 0
    for span in document.spans:
        rebuilt += text[at : span.start] + span.placeholder
        at = span.end
    assert rebuilt + text[at:] == document.text
    assert not any(planted in document.text for planted in PLANTED)
    assert all(PLACEHOLDER.search(span.placeholder) for span in document.spans)


def finding(start: int, size: int, kind: str, score: float) -> Finding:
    return Finding(start, start + size, kind, "x", score)


findings = st.builds(
    finding,
    st.integers(0, 40),
    st.integers(1, 12),
    st.sampled_from(["PASSWORD", "PERSON", "EMAIL", "TOKEN", "LOCATION"]),
    st.sampled_from([0.5, 0.8, 0.95]),
)


@given(st.lists(findings, max_size=12), st.randoms())
def test_settled_findings_never_overlap_and_order_does_not_matter(
    found: list[Finding], random: Random
) -> None:
    settled = settle(found, POLICY)
    assert all(a.end <= b.start for a, b in pairwise(settled))
    shuffled = list(found)
    random.shuffle(shuffled)
    assert settle(shuffled, POLICY) == settled
    covered = {at for finding in settled for at in range(finding.start, finding.end)}
    secrets = [f for f in found if f.type == "PASSWORD" and f.length >= 4]
    assert all(any(at in covered for at in range(f.start, f.end)) for f in secrets)


@pytest.mark.parametrize(
    "unit",
    ["a.", "a", "a1-", "1.", "a:", " ", "a=", "+1 ", "x@", '"a":', "4111 ", "Ab ", "a/", "eyJ",
     "-----BEGIN PRIVATE KEY-----\n", "password is ", "<password>", "arn:aws:", "\tat a.b.c("],
)  # fmt: skip
def test_a_hostile_line_costs_time_in_proportion_to_its_length(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        find_patterns(text)
        return time.process_time() - started

    # Four times the text may take four times as long; quadratic patterns take sixteen times.
    # The least of three: another program may take the machine in between.
    large = min(seconds(160_000) for _ in range(3))
    assert large < 9 * max(min(seconds(40_000) for _ in range(3)), 0.05)
