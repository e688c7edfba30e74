"""A workspace's lists: denied values go, allowed ones stay, secrets only when listed whole."""

from dataclasses import replace

import pytest

from redaction import (
    Keyring,
    Lists,
    RawArtifact,
    RawCase,
    RawText,
    Redaction,
    Redactor,
    policy_named,
)
from tests.fake_detection import ListedNames

KEY = Keyring(b"k" * 32)


def redact(
    text: str, deny: dict[str, str] | None = None, allow: frozenset[str] = frozenset()
) -> Redaction:
    policy = replace(policy_named("default"), lists=Lists(deny or {}, allow))
    artifact = RawArtifact("A1.txt", RawText("a.txt"), "text/plain", RawText(text))
    redactor = Redactor(ListedNames("Redis", "Ottoline Marsk"), policy, KEY)
    return redactor.redact_case(RawCase(RawText("case"), (artifact,), ()))


def clean(text: str, deny: dict[str, str] | None = None, *allow: str) -> str:
    return str(redact(text, deny, frozenset(allow)).case.artifacts[0].text)


@pytest.mark.parametrize("text", ["the falcon is slow", "FALCON down", "see (falcon)"])
def test_a_denied_value_goes_though_it_is_an_ordinary_word(text: str) -> None:
    shown = clean(text, {"Falcon": "PRODUCT_NAME"})
    assert "falcon" not in shown.lower()
    assert "<PRODUCT_NAME_1>" in shown


def test_a_denied_value_inside_a_longer_word_stays() -> None:
    assert clean("falconry", {"falcon": "PRODUCT_NAME"}) == "falconry"


def test_a_denied_value_of_a_kind_that_the_policy_keeps_goes_too() -> None:
    assert "Springfield" not in clean("office in Springfield", {"Springfield": "LOCATION"})


def test_a_denied_value_says_who_found_it_and_is_in_the_vault() -> None:
    redaction = redact("the falcon is slow", {"falcon": "PRODUCT_NAME"})
    [span] = redaction.case.artifacts[0].spans
    assert span.detector == "list:deny"
    value = redaction.vault.value(span.placeholder)
    assert value is not None
    assert value.reveal() == "falcon"


@pytest.mark.parametrize("listed", ["jane.roe@corp.example", "Jane.Roe@CORP.example"])
def test_an_allowed_value_stays_whole(listed: str) -> None:
    text = "mail jane.roe@corp.example bounced"
    assert clean(text, None, listed) == text


def test_an_allowed_name_stays_and_others_go() -> None:
    shown = clean("Redis told Ottoline Marsk", None, "redis")
    assert shown == "Redis told <PERSON_1>"


def test_what_is_denied_and_allowed_goes() -> None:
    assert "falcon" not in clean("the falcon", {"falcon": "PRODUCT_NAME"}, "falcon")


def test_an_allowed_part_does_not_open_a_secret_and_the_whole_secret_does() -> None:
    text = "password=Tr0mb0ne-grinder"
    assert "Tr0mb0ne" not in clean(text, None, "Tr0mb0ne")
    assert clean(text, None, "Tr0mb0ne-grinder") == text
