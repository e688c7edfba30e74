# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of secrets in what network devices, stores and mail servers are told on one line."""

import re
from typing import Final

from redaction.detection.patterns.rules import Rule
from redaction.detection.patterns.sentences import is_password, told
from redaction.detection.patterns.states import says_nothing

# What a line of a router or switch begins with when it sets up who may talk to it: words of its own,
# and words that begin sentences too.
_BEGIN: Final = r"(?m:^[ \t]{0,12}(?:[\w.-]{1,40}(?:\([\w-]{1,30}\))?[#>][ ]?)?(?:no[ ]|set[ ]|add[ ]|configure[ ])?"
_VERBS: Final = r"(?:snmp-server|tacacs-server|tacacs|radius-server|radius|enable|username|crypto|ntp|pre-shared-key|key-string|neighbor|isakmp|tunnel-group|wpa-psk|wpa-passphrase|local-user|dot11|encapsulation|bgp|ospf|vrrp|standby)"
_WEAK_VERBS: Final = r"(?:snmp|authorization|user|server|secret|password|key|authentication|area|ip|ppp|ike|system|security|login|aaa|community|line|wireless|super|admin|root-authentication|encrypted-password|access|services|protocols|interfaces)"
# What may follow the value; anything else is a sentence.
_AFTER: Final = r"(?=\"?;?(?:[ \t]{0,20}(?:\r|\n|$|[;#}!])|[ ](?i:ro|rw|address|hostname|privilege|role|group|view|no-xauth|timeout|auth-port|acct-port|port|level|ipv6|priv|auth|v3|version|service-type|\d)))"
_WORD: Final = r"(?:secret|key|password|passphrase|community|psk|md5|pre-shared-key|wpa-psk|key-string|encrypted-password|authentication-key|auth|priv|sha)"
# Names, numbers and addresses, no punctuation.
_BETWEEN: Final = r"(?:[\w./:*@%$-]{1,64}[ ]{1,3}){0,8}?"
_HOW: Final = r"(?:(?:\d{1,2}|ascii-text|hexadecimal|hexkey|local|remote|ascii|hex|encrypted|cipher|irreversible-cipher|simple|plaintext|plain-text|read-only|read-write|auth|priv|aes(?:[ ]\d{3})?|des|md5|sha)[ ]{1,3}){0,2}"
# What stands there instead of a value.
_NOT_ONE: Final = re.compile(
    r"(?i)(?:\d{1,3}|authentication|encryption|chain|identity|address|zeroize|generate|rsa|ro|rw|group|host|local|radius|tacacs\+?|default|server|is|was|has|and|or|the|for|of|to|in|not|with|from|on|at"
    r"|must|should|can|will|may|policy|protection|management|exchange|manager|timeout|field|set|view|cannot|could|does|did|needs?|are|file|retry|expired|reset|change[ds]?|config-key|recovery|[:=].*|.*[:=])"
)


def _is_set(value: str) -> bool:
    bare = value.strip("\"'.,;")
    if bare.isalpha() and bare.endswith(("ing", "tion", "ment", "ions")):
        return False
    return len(bare) >= 3 and _NOT_ONE.fullmatch(bare) is None and not says_nothing(bare) and is_password(bare)  # fmt: skip


def _is_told(value: str) -> bool:
    """Tell a value in a column from the heading or the count of a table."""
    return told(value) and is_password(value) and value[0] != "-"


_SECRET_COLUMN: Final = (
    r"[\w.-]{0,40}?(?:password|passwd|pass(?:phrase|code)?|pwd|secret|passwort|kennwort)"
)

DEVICES: Final[tuple[Rule, ...]] = (
    Rule(
        "PASSWORD", "device-setting",
        re.compile(rf"{_BEGIN}{_VERBS}[ ]{{1,3}}{_BETWEEN}{_WORD}[ ]{{1,3}}{_HOW}\"?(?P<PASSWORD>[^\s\";]{{3,200}}){_AFTER})"),
        ("secret", "key", "password", "passphrase", "community", "psk", "md5"), 0.9, accept=_is_set,
    ),
    Rule(
        "PASSWORD", "device-setting-mixed",
        re.compile(rf"{_BEGIN}(?:(?<=set ){_WEAK_VERBS}[ ]{{1,3}}{_BETWEEN}{_WORD}[ ]{{1,3}}|{_WEAK_VERBS}[ ]{{1,3}}{_BETWEEN}{_WORD}[ ]{{1,3}}(?:\d|ascii|hex|cipher|local|simple|encrypted|plain)[\w-]{{0,12}}[ ]{{1,3}}){_HOW}\"?(?P<PASSWORD>[^\s\";]{{3,200}}){_AFTER})"),
        ("secret", "key", "password", "passphrase", "community", "psk", "md5"), 0.9, accept=lambda value: _is_set(value) and _is_told(value),
    ),
    Rule(
        "PASSWORD", "device-setting-bare",
        re.compile(rf"(?im:^[ \t]{{0,12}}(?:pre-shared-key|wpa-psk|key-string|secret|encrypted-password|(?:password|key)(?=[ ]{{1,3}}[05-9][ ]))[ ]{{1,3}}{_HOW}\"?(?P<PASSWORD>[^\s\";]{{3,200}})(?=\"?;?[ \t\r]{{0,20}}(?:$|[ ](?:ro|rw)\b|;|#)))"),
        ("secret", "key", "psk", "community", "password"), 0.9, accept=_is_set,
    ),
    Rule(
        "PASSWORD", "device-user",
        re.compile(rf"{_BEGIN}username[ ]{{1,3}}(?P<USER>[^\s\"]{{2,64}})[ ]{{1,3}}{_BETWEEN}(?:secret|password)[ ]{{1,3}}{_HOW}(?P<PASSWORD>[^\s\"]{{3,200}}){_AFTER})"),
        ("username ",), 0.9, accept=_is_set,
    ),
    Rule(
        "PASSWORD", "device-line",
        re.compile(r"(?m:^line[ ](?:vty|con|console|aux|tty)\b[^\n]{0,40}\n(?:[ \t]{1,20}[^\n]{0,120}\n){0,6}?[ \t]{1,4}password[ ](?:\d[ ])?(?P<PASSWORD>[^\s]{3,100})(?=[ \t\r]{0,20}$))"),
        ("line ",), 0.9, accept=_is_set,
    ),
    Rule(
        "PASSWORD", "device-text-key",
        re.compile(r"(?<![\w-])(?:pre-shared-key|authentication-key|key|secret|password)[ ](?:ascii-text|hexadecimal)[ ]{1,3}\"?(?P<PASSWORD>[^\s\";]{3,200})"),
        ("ascii-text", "hexadecimal"), 0.9, accept=_is_set,
    ),
    Rule(
        "OPAQUE_ID", "key-column",
        re.compile(r"(?im:^[ \t|]{0,12}[\w.-]{0,40}?(?:api[_-]?key|access[_-]?key|secret[_-]?key|token|accessor|client[_-]?id)(?:[ ]{2,60}|\t{1,8})(?P<OPAQUE_ID>[\w.~+/=-]{8,400})(?=[ \t|]{0,20}\r?$))"),
        ("key", "token", "accessor", "client"), 0.75, accept=lambda value: told(value) and any(c.isdigit() for c in value),
    ),
    Rule(
        "PASSWORD", "device-hash",
        re.compile(r"(?<![\w$])(?P<PASSWORD>\$(?:1|5|6|8|9|14|2[abxy])\$(?:[A-Za-z0-9./$=,+*@_-]|:(?!\d{3,6}:\d{1,5}:)){8,400})"),
        ("$",), accept=lambda value: len(set(value)) >= 6,
    ),
    Rule(
        "PASSWORD", "wireless-key",
        re.compile(r"(?i)(?<![\w-])key[ ]content[ \t]{0,20}[:=][ \t]{0,4}\"?(?P<PASSWORD>[^\s\"]{6,128})"),
        ("key content",), 0.9, accept=lambda value: is_password(value) and not says_nothing(value),
    ),
    Rule(
        "PASSWORD", "secret-column",
        re.compile(rf"(?im:^[ \t|]{{0,12}}{_SECRET_COLUMN}(?:[ ]{{2,60}}|\t{{1,8}})(?P<PASSWORD>[^\s|]{{4,200}})(?=[ \t|]{{0,20}}\r?$))"),
        ("pass", "pwd", "secret", "kennwort"), 0.85, accept=_is_told,
    ),
    Rule(
        "PASSWORD", "phrase-column",
        re.compile(r"(?im:^[ \t]{0,12}[\w.-]{0,40}?(?:passphrase|seed_phrase|mnemonic)(?:[ ]{2,60}|\t{1,8})(?P<PASSWORD>[a-z]{1,12}(?:[ ][a-z]{1,12}){1,24})(?=[ \t]{0,20}\r?$))"),
        ("phrase", "mnemonic"), 0.85,
    ),
    Rule(
        "PASSWORD", "store-password",
        re.compile(r"(?i)(?<![\w-])(?:--)?(?:requirepass|masterauth)[\"']?[ \t,]{1,8}[\"']?(?P<PASSWORD>[^\s\"',\]]{3,200})"),
        ("requirepass", "masterauth"), 0.9, accept=is_password,
    ),
    Rule(
        "PASSWORD", "store-command",
        re.compile(r"\"(?i:auth)\"[ ](?:\"(?P<USER>[^\"\n]{1,64})\"[ ])?\"(?P<PASSWORD>[^\"\n]{2,200})\""),
        ("auth\" \"",), 0.9,
    ),
    Rule(
        "PASSWORD", "store-value",
        re.compile(r"\"(?i:[\w.:-]{0,40}(?:password|passwd|passphrase|pwd|secret)|pin)\"[ ]\"(?P<PASSWORD>[^\"\n]{3,200})\""),
        ("pass", "pwd", "secret", "pin"), 0.9, accept=is_password,
    ),
    Rule(
        "PASSWORD", "mail-login",
        re.compile(r"334[ ](?:VXNlcm5hbWU6|dXNlcm5hbWU6|VXNlciBOYW1lAA==)[^\n]{0,8}\n(?:[^\n]{0,80}?[ :>])?(?P<USER>[A-Za-z0-9+/]{2,400}={0,2})[ \t]{0,20}\r?\n"),
        ("334 ",), 0.95,
    ),
    Rule(
        "PASSWORD", "mail-password",
        re.compile(r"334[ ](?:UGFzc3dvcmQ6|cGFzc3dvcmQ6|UGFzc3dvcmQA)[^\n]{0,8}\n(?:[^\n]{0,80}?[ :>])?(?P<PASSWORD>[A-Za-z0-9+/]{2,400}={0,2})(?=[ \t]{0,20}(?:\r|\n|$))"),
        ("334 ",), 0.95,
    ),
    Rule(
        "PASSWORD", "mail-plain",
        re.compile(r"(?i:\bAUTH[ ](?:PLAIN|LOGIN|XOAUTH2))[ ](?P<PASSWORD>[A-Za-z0-9+/]{8,2000}={0,2})(?=[ \t]{0,20}(?:\r|\n|$|[\"']))"),
        ("auth ",), 0.95, accept=lambda value: any(c.isdigit() or c == "=" for c in value) and not value.isupper(),
    ),
    Rule(
        "PASSWORD", "radius-login",
        re.compile(r"(?i)\blogin[ ](?:ok|incorrect|failed)[^\[\n]{0,160}\[(?P<USER>[^\]/\s\[]{1,80})/(?P<PASSWORD>[^\]<\n]{2,128})\]"),
        ("login ",), 0.9,
    ),
)  # fmt: skip
