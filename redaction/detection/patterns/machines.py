# ruff: noqa: E501 - a word list is easier to read as text
"""Tells the names and addresses of somebody's machines from those that every machine has."""

import ipaddress
import re
from typing import Final

from redaction.detection.keeping import ROLE_WORDS
from redaction.detection.patterns.ordinary import words_of

# What everybody reaches: forges, vendors, directories of certificates and of names.
_PUBLIC: Final = words_of(
    "github.com githubusercontent.com github.io gitlab.com bitbucket.org quay.io gcr.io k8s.io"
    " kubernetes.io python.org gradle.org apache.org googleapis.com google.com gstatic.com"
    " amazonaws.com microsoft.com windowsupdate.com windows.com windows.net azure.com office.com"
    " office365.com outlook.com live.com microsoftonline.com visualstudio.com apple.com icloud.com"
    " ubuntu.com centos.org fedoraproject.org redhat.com suse.com oracle.com mysql.com"
    " postgresql.org letsencrypt.org digicert.com globalsign.com sectigo.com cloudflare.com"
    " cloudflare-dns.com akamai.net fastly.net sentry.io datadoghq.com newrelic.com slack.com"
    " zoom.us atlassian.com mozilla.org firefox.com nodejs.org golang.org ntp.org root-servers.net"
    " gmail.com facebook.com twitter.com linkedin.com youtube.com wikipedia.org stackoverflow.com"
    " hashicorp.com jenkins.io grafana.com elastic.co mongodb.com redis.io nginx.org nginx.com"
    " spring.io jetbrains.com w3.org xmlsoap.org jboss.org eclipse.org springframework.org"
)
# Registries and mirrors of packages keep one name under several of these endings.
_REGISTRIES: Final = words_of(
    "npmjs yarnpkg pypi pythonhosted rubygems crates nuget packagist maven docker debian unpkg jsdelivr"
)
_REGISTRY_ENDINGS: Final = ("com", "io", "net", "org")
# What ends files, classes and calls that have dots too.
_NO_TLD: Final = words_of(
    "conf cfg ini yaml yml json toml xml log txt csv py pyc js ts jsx tsx go java class kt rb php pl sh"
    " bat ps1 exe dll so jar war ear zip gz tgz bz2 xz tar html htm css png jpg jpeg gif svg ico"
    " pdf doc docx xls xlsx service socket timer sock pid lock tmp bak sql db sqlite c h cc cpp hpp"
    " rs cs vb md rst properties key pem crt cer p12 jks dat bin old gradle lua swift scala"
)
_PACKAGES: Final = ("com.", "org.", "net.", "io.", "java.", "javax.", "sun.", "kotlin.", "scala.")


def is_somebodys(name: str) -> bool:
    """Tell the full name of somebody's machine from a public one, a file and a class."""
    lowered = name.lower()
    labels = lowered.split(".")
    if len(labels) < 2 or not labels[-1].isalpha():
        return False
    if lowered.startswith(("localhost", "www.", *_PACKAGES)) or labels[-1] in _NO_TLD:
        return False
    if labels[:2] == ["kubernetes", "default"] or labels[-2].isdigit():
        return False
    if labels[-2] in _REGISTRIES and labels[-1] in _REGISTRY_ENDINGS:
        return False
    return ".".join(labels[-2:]) not in _PUBLIC


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


def is_label_of_domain(label: str) -> bool:
    """Tell the part of a domain that names its owner from what all domains are made of."""
    return label.lower() not in _COMMON_LABELS and not ROLE_WORDS.issuperset({label.lower()})


_COMMON_LABELS: Final = words_of(
    "com net org edu gov co ac local internal intranet intra corp lan int ad domain company example"
)
