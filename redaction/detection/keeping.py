"""Writes a value's replacement: its placeholder, and around it the part that diagnosis needs."""

import re
from ipaddress import ip_address
from typing import Final

from redaction.detection.patterns.ordinary import words_of

# What a machine is for, as people name machines: it says nothing about whose machine it is.
ROLE_WORDS: Final = words_of(
    "admin api app auth backend backup bastion broker build cache cdn ci cluster consumer cron"
    " data db dc dns edge elastic es etcd exchange file files fs frontend ftp"
    " gateway git gw haproxy hv imap ingress jenkins jump kafka kube lb ldap log logs"
    " mail master memcached metrics mongo mq mx mysql nas nat nexus nginx node ns ntp oracle pg"
    " postgres print prod producer prometheus proxy queue rabbitmq redis registry relay replica"
    " router search server sftp slave smtp solr sql srv stage staging standby static storage"
    " switch test vault vpn vm web webserver win worker ws www zk zookeeper"
)
# Free mail providers: such a domain tells nothing about the person.
PROVIDERS: Final = words_of(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com aol.com"
    " icloud.com me.com gmx.de gmx.net web.de t-online.de mail.com mail.ru qq.com 163.com 126.com"
    " protonmail.com proton.me fastmail.com users.noreply.github.com"
)
_JOINT = re.compile(r"%40|@")
_MAC_VENDOR = re.compile(
    r"[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}\1[0-9A-Fa-f]{2}\1|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{2}"
)
_COUNTRY = re.compile(r"[A-Za-z]{2}(?=[ ]?\d)")
_POD = re.compile(
    r"(?P<workload>[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*?-)?"
    r"(?:[a-z0-9]{8,10}-)?[a-z0-9]{5}(?P<ordinal>-\d{1,4})?"
)
_ARN = re.compile(
    r"(?P<head>arn:[\w-]{1,20}:[\w-]{1,40}:[\w-]{0,30}:)(?P<account>\d{12}|aws)?(?P<colon>:?)"
    r"(?P<type>(?<!:s3:::)[a-z][A-Za-z-]{1,40}[:/](?=.))?(?P<rest>.*)",
    re.DOTALL,
)
_WORD = re.compile(r"[A-Za-z]+")


def shown(kind: str, value: str, placeholder: str, owner: str = "") -> str:
    """Return what stands in the place of `value`.

    `owner` is what is shown of the value's owner: of a mail address the domain, of a cloud
    resource the account.
    """
    match kind:
        case "EMAIL" if owner and (joint := _last_joint(value)):
            return f"{placeholder}{joint[0]}{owner}"
        case "MAC" if vendor := _MAC_VENDOR.match(value):
            return f"{vendor[0]}{placeholder}"
        case "IBAN" if country := _COUNTRY.match(value):
            return f"{country[0].upper()}{placeholder}"
        case "HOST":
            role = role_of(value)
            return f"{role}-{placeholder}" if role else placeholder
        case "POD" if pod := _POD.fullmatch(value):
            return f"{pod['workload'] or ''}{placeholder}{pod['ordinal'] or ''}"
        case "ARN" if arn := _ARN.fullmatch(value):
            return f"{arn['head']}{owner}{arn['colon']}{arn['type'] or ''}{placeholder}"
        case _:
            return placeholder


def owner_of(kind: str, value: str) -> tuple[str, str] | None:
    """Return what a value belongs to, as `(kind, value)`: a domain, an account."""
    if kind == "EMAIL" and (joint := _last_joint(value)):
        return "DOMAIN", value[joint.end() :]
    if kind == "ARN" and (arn := _ARN.fullmatch(value)) and arn["account"]:
        return "ACCOUNT", arn["account"]
    return None


def is_public(kind: str, value: str) -> bool:
    """Tell an owner that says nothing: a free mail provider, the cloud's own account."""
    return value.lower() in PROVIDERS if kind == "DOMAIN" else value == "aws"


def role_of(host: str) -> str:
    """Return the role words in a host's first label: `prod-db` of `acme-prod-db01.x.internal`."""
    words = _WORD.findall(host.strip("\\").partition(".")[0].lower())
    return "-".join([word for word in words if word in ROLE_WORDS][:3])


def subnet_of(address: str) -> str:
    """Return the network of an address: /24 of IPv4, /64 of IPv6; other text is its own."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    bits = 8 if known.version == 4 else 64
    return f"{known.version}:{int(known) >> bits}"


def _last_joint(value: str) -> re.Match[str] | None:
    joints = list(_JOINT.finditer(value))
    return joints[-1] if joints and 0 < joints[-1].start() < joints[-1].end() < len(value) else None
