# ruff: noqa: E501 - a pattern is easier to check on one line
r"""The shapes of Windows domains and Kerberos realms, and of who logs on in them: `NORTHMERE\jroe`."""

import re
from typing import Final

from redaction.detection.language.words import is_common
from redaction.detection.patterns.machines import is_label, is_label_of_domain
from redaction.detection.patterns.ordinary import is_role, words_of
from redaction.detection.patterns.rules import Rule

# What every Windows has, the roots of its registry, its device trees and folders, and levels of logs.
_EVERYBODYS: Final = words_of(
    "hklm hkcu hku hkcr hkcc hkey nt builtin authority service apppool windows winnt system workgroup"
    " mshome microsoft pci usb usbstor acpi hid root swd scsi ide display monitor hdaudio bth storage"
    " localhost none null unknown trace debug info notice warn warning error severe fatal critical"
    " realm realms domain kdc krb sql sqlserver sys local"
)
_LABEL: Final = (
    rf"(?!(?:{'|'.join(sorted(word.upper() for word in _EVERYBODYS))})\\)[A-Z][A-Z0-9-]{{2,14}}"
)
_USER: Final = r"[A-Za-z][\w.-]{1,40}(?<![.-])"
_AFTER: Final = r"(?![\w\\/(*&+?\[{<$-])"
_BEFORE: Final = r"(?<![\w\\/.$%&-])"
# With the word before it the part before the backslash is a domain, however it is written.
_TOLD: Final = r"(?i:\b(?:user(?:[ _-]?name)?|account(?:[ _-]?name)?|log[io]n|principal|identity|caller|owner|security[ ]id|run[ _-]?as)\b\\?[\"']?[ \t]{0,2}[:=]?[ \t]{0,24}\\?[\"'\[(]?)"
_REALM: Final = r"[A-Z][A-Z0-9-]{1,30}(?:\.[A-Z0-9-]{1,30}){1,5}(?<=[A-Z])"
_ESCAPES: Final = frozenset("abfnrtuvxsdwDSW")


def is_nt_domain(label: str) -> bool:
    """Tell the name of somebody's Windows domain from those that every machine has, and words."""
    lowered = label.lower()
    if not is_label(label) or lowered in _EVERYBODYS or not label.isupper():
        return False
    return is_label_of_domain(label) and not is_common(lowered) and not is_role(label)


def is_realm(name: str) -> bool:
    """Tell a Kerberos realm, which is a domain in capitals, or a Windows domain."""
    if "." not in name:
        return is_nt_domain(name)
    return re.fullmatch(_REALM, name) is not None


def _login(value: str) -> bool:
    return not is_role(value) and value.lower() not in _EVERYBODYS


def _login_alone(value: str) -> bool:
    r"""Tell a login from a word of a path and from what follows an escape, as in `FAILED\nretry`."""
    if not _login(value) or is_common(value.lower()) or value.isupper():
        return False
    rest = re.match(r"[A-Za-z]*", value[1:])
    escaped = value[0] in _ESCAPES and (
        value[1].isupper() or "." in value or (rest is not None and is_common(rest[0].lower()))
    )
    return not escaped


def login_in(account: str) -> int:
    r"""Return where the login starts in `NORTHMERE\jroe`, 0 where no domain stands before it."""
    domain, backslash, login = account.partition("\\")
    login = login.removeprefix("\\")
    if not backslash or not login or not is_nt_domain(domain) or not re.fullmatch(_USER, login):
        return 0
    return len(account) - len(login)


NT_DOMAINS: Final[tuple[Rule, ...]] = (
    Rule("USER", "nt-account", re.compile(rf"{_TOLD}[A-Za-z][\w.-]{{1,30}}\\{{1,2}}(?P<USER>{_USER}){_AFTER}"), ("\\",), 0.85, accept=_login),
    Rule("USER", "nt-login", re.compile(rf"{_BEFORE}{_LABEL}\\{{1,2}}(?P<USER>{_USER}){_AFTER}"), ("\\",), 0.8, soft=True, accept=_login_alone),
    Rule("DOMAIN", "nt-domain", re.compile(rf"{_BEFORE}(?P<DOMAIN>{_LABEL})(?=\\{{1,2}}{_USER}\$?(?![\w\\/(*&+?\[{{<-]))"), ("\\",), 0.8, soft=True, accept=is_nt_domain),
    # The account of a machine ends in a dollar sign.
    Rule("HOST", "nt-machine", re.compile(rf"{_BEFORE}{_LABEL}\\{{1,2}}(?P<HOST>{_LABEL})(?=\$(?!\w))"), ("\\",), 0.8, accept=is_label),
    Rule("DOMAIN", "kerberos-realm", re.compile(rf"(?i:\brealms?\b[\"']?[ \t]{{0,2}}[:=]?[ \t]{{0,8}}[\"'\[(]?|\bkrbtgt/|\bbe\[)(?P<DOMAIN>{_REALM})(?![\w.-]{{0,40}}\w)"), ("realm", "krbtgt/", "be["), 0.85),
    Rule("DOMAIN", "named-domain", re.compile(r"(?i:\b(?:domain|workgroup)(?:[ ]name)?[ ]{0,2}[:=]?[ ]{1,2}[\"'`]?)(?P<DOMAIN>[A-Z][A-Z0-9-]{4,14})(?![\w.@/(-])"), ("domain", "workgroup"), 0.75, soft=True, accept=is_nt_domain),
)  # fmt: skip
