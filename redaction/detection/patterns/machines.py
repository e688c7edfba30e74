"""Tells the names and addresses of somebody's machines from those that every machine has."""

import ipaddress
import re

from redaction.detection.keeping import ROLE_WORDS


def is_foreign_address(text: str) -> bool:
    """Tell whether `text` is an IP address that is neither loopback nor unspecified."""
    if ":" in text and "::" not in text and text.count(":") < 6:
        # A time of day; an address without `::` has six colons or seven.
        return False
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or text in _KEPT_ADDRESSES)


_KEPT_ADDRESSES = frozenset({"255.255.255.255", "255.255.255.0", "255.255.0.0", "255.0.0.0"})


def is_machine(label: str) -> bool:
    """Tell the name of one machine, `FILESRV07` or `acme03`: more than a role and a number."""
    shaped = re.fullmatch(r"[A-Z][A-Z0-9-]{2,14}\d|[a-z]{2,20}\d{1,4}", label)
    words = re.findall(r"[a-z]+", label.lower())
    return shaped is not None and not ROLE_WORDS.issuperset(words)


def is_label(text: str) -> bool:
    """Tell one word that may name a machine; `localhost` and roles alone name none."""
    shaped = re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{1,62}", text) is not None
    words = re.findall(r"[a-z]+", text.lower())
    return shaped and not ROLE_WORDS.issuperset(words) and words[0] != "localhost"
