"""What holds for every value: equal values share a placeholder, different ones never do."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from redaction import policy_named
from redaction.detection.identities import Identities, Placeholders, Value
from redaction.text import PLACEHOLDER

POLICY = policy_named("default")
addresses = st.one_of(
    st.builds(IPv4Address, st.integers(0x0A000000, 0x0A000FFF)),
    st.builds(IPv6Address, st.integers(0x20010DB8 << 96, (0x20010DB8 << 96) + (5 << 64))),
)
labels = st.from_regex(r"[a-z]{1,8}[0-9]{0,3}", fullmatch=True)
mails = st.builds("{}@{}.example".format, labels, labels)
hosts = st.builds("{}.{}.internal".format, labels, labels)
macs = st.from_regex(r"([0-9a-f]{2}:){5}[0-9a-f]{2}", fullmatch=True)
values = st.one_of(
    st.tuples(st.just("IP"), addresses.map(str)),
    st.tuples(st.just("EMAIL"), mails),
    st.tuples(st.just("HOST"), hosts),
    st.tuples(st.just("MAC"), macs),
)


def named(found: list[tuple[str, str]]) -> Placeholders:
    return Placeholders(Identities([Value(kind, text, True) for kind, text in found], POLICY))


def own(shown: str, kind: str) -> str:
    [placeholder] = [m[0] for m in PLACEHOLDER.finditer(shown) if m[1] == kind]
    return placeholder


@given(st.lists(addresses, min_size=2, max_size=12))
def test_two_addresses_share_the_first_number_if_and_only_if_they_share_a_subnet(
    found: list[IPv4Address | IPv6Address],
) -> None:
    placeholders = named([("IP", str(each)) for each in found])
    shown = [re.findall(r"\d+", placeholders.name("IP", str(each))) for each in found]
    nets = [ip_network((each, 24 if each.version == 4 else 64), strict=False) for each in found]
    for at, net in enumerate(nets):
        for other in range(len(nets)):
            assert (net == nets[other]) == (shown[at][0] == shown[other][0])
            assert (found[at] == found[other]) == (shown[at] == shown[other])


@given(st.lists(values, min_size=1, max_size=12))
def test_a_placeholder_stands_for_one_value_and_leads_back_to_it(
    found: list[tuple[str, str]],
) -> None:
    placeholders = named(found)
    by_value = {each: own(placeholders.name(*each), each[0]) for each in found}
    assert len(set(by_value.values())) == len(by_value)
    for (kind, text), placeholder in by_value.items():
        assert placeholders.name(kind, text) == placeholders.name(kind, text)
        assert placeholders.first_seen[placeholder] == (kind, text)


@given(st.lists(mails, min_size=2, max_size=8))
def test_two_mail_addresses_share_a_domain_placeholder_if_and_only_if_they_share_a_domain(
    found: list[str],
) -> None:
    placeholders = named([("EMAIL", each) for each in found])
    domains = {
        each.partition("@")[2]: own(placeholders.name("EMAIL", each), "DOMAIN") for each in found
    }
    assert len(set(domains.values())) == len(domains)
    for each in found:
        assert own(placeholders.name("EMAIL", each), "DOMAIN") == domains[each.partition("@")[2]]
