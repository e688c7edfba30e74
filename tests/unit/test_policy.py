"""The table a privacy officer reads."""

import pytest

from redaction import Policy, UnknownPolicy, policy_named


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
