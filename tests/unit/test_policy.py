"""The table a privacy officer reads."""

import pytest

from redaction import (
    Policy,
    PolicyInvalid,
    UnknownPolicy,
    described_kinds,
    policy_from,
    policy_named,
)


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownPolicy, match="default"):
        policy_named("defualt")


def test_policies_that_act_alike_share_a_fingerprint() -> None:
    one = Policy("a", {"X": "drop", "Y": "keep"})
    assert one.fingerprint == Policy("b", {"Y": "keep", "X": "drop"}).fingerprint
    assert one.fingerprint != Policy("a", {"X": "drop", "Y": "drop"}).fingerprint


def test_secrets_are_dropped_people_are_pseudonyms_places_stay() -> None:
    policy = policy_named("default")
    assert policy.action("PASSWORD") == "drop"
    assert policy.action("PERSON") == "pseudonymise"
    assert policy.action("LOCATION") is None


def test_a_kind_that_the_table_does_not_know_is_not_let_through() -> None:
    assert policy_named("default").action("SOMETHING_NEW") == "pseudonymise"


def test_a_policy_file_changes_single_actions_of_its_profile() -> None:
    policy = policy_from('profile = "minimal"\n[actions]\nHOST = "drop"\nEMAIL = "keep"\n')
    assert policy.name == "minimal"
    assert (policy.action("HOST"), policy.action("EMAIL")) == ("drop", None)
    assert policy.action("IP") == policy_named("minimal").action("IP")
    assert policy.fingerprint != policy_named("minimal").fingerprint


def test_an_empty_policy_file_is_the_default_and_a_chosen_profile_wins() -> None:
    assert policy_from("").fingerprint == policy_named("default").fingerprint
    said = 'profile = "minimal"\n[actions]\nHOST = "drop"\n'
    strict = policy_from(said, "strict")
    assert (strict.name, strict.action("HOST"), strict.action("AGE")) == (
        *("strict", "drop", "pseudonymise"),
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("profiles = 'x'", "unknown 'profiles'; there is: profile"),
        ("profile = 3", "profile is a name"),
        ("actions = 3", "a table"),
        ("[actions]\nHOSTS = 'keep'", "unknown kind 'HOSTS'; there is: .*HOST"),
        ("[actions]\nHOST = 'erase'", "HOST is one of drop, pseudonymise, keep"),
        ("[actions]\nHOST = ['keep']", "HOST is one of"),
        ("[actions]\nPASSWORD = 'keep'", "PASSWORD is a secret and stays on drop"),
        ("[actions]\nAPI_KEY = 'pseudonymise'", "API_KEY is a secret"),
        ("[actions]\nTAG = 'keep'", "TAG"),
        ("profile = ", "not TOML"),
    ],
)
def test_a_policy_file_that_says_anything_else_is_refused_with_what_is_allowed(
    said: str, told: str
) -> None:
    with pytest.raises(PolicyInvalid, match=told):
        policy_from(said)


def test_an_unknown_profile_in_a_file_is_an_unknown_policy() -> None:
    with pytest.raises(UnknownPolicy, match="default, minimal, strict"):
        policy_from('profile = "lenient"')


def test_every_kind_of_the_table_says_what_it_is() -> None:
    assert described_kinds().keys() == policy_named("default").actions.keys()
    assert all(described_kinds().values())
