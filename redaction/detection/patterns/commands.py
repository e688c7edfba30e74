# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of passwords that stand on the command line of a program that takes them its own way."""

import re
from typing import Final

from redaction.detection.patterns.rules import Rule
from redaction.detection.patterns.sentences import is_password

COMMANDS: Final[tuple[Rule, ...]] = (
    Rule(
        "PASSWORD", "password-flag",
        re.compile(r"(?i)(?<![\w-])--?(?!(?:by|com|tres|encom|over|under|sur)pass)[a-z][a-z0-9.-]{0,30}?(?:pass|passwd|password|passphrase|pwd)[\"']?(?:[ \t]{1,3}|=|,[ ]?)[\"']?(?P<PASSWORD>[^\s\"'$%<({-][^\s\"',\]]{2,300})"),
        ("pass", "pwd"), 0.9, accept=lambda value: is_password(value) and "/" not in value[:1] and not (value.isdigit() and len(value) < 4),
    ),
    Rule("PASSWORD", "openssl-password", re.compile(r"-pass(?:in|out)?[ ]{1,2}[\"']?pass:(?P<PASSWORD>[^\s\"'$%]{2,200})"), ("pass:",), 0.95, accept=is_password),
    Rule("PASSWORD", "htpasswd", re.compile(r"\bhtpasswd[ ]{1,3}(?:-[a-zA-Z]{1,6}[ ]{1,3}){0,4}?-[a-zA-Z]{0,5}b[a-zA-Z]{0,5}[ ]{1,3}(?:-[a-zA-Z]{1,6}[ ]{1,3}){0,4}(?:[^\s-][^\s]{0,200}[ ]{1,3})?[\"']?(?P<USER>[^\s\"':/-]{1,64})[\"']?[ ]{1,3}[\"']?(?P<PASSWORD>[^\s\"'$%{(<|;][^\s\"']{1,100})"), ("htpasswd",), 0.9, accept=is_password),
    Rule("PASSWORD", "piped-password", re.compile(r"\b(?:echo|printf)[ ]{1,3}(?:-\w{1,3}[ ]{1,3}){0,2}(?:(?P<open>[\"'])(?:%s(?:\\n)?(?P=open)[ ]{1,3})?)?(?P<PASSWORD>[^\s\"'$%`|][^\s\"'|]{1,100}?)(?:\\n)?[\"']?[ ]{0,3}\|[ ]{0,3}(?:sudo[ ][^\n|]{0,40}?-\w{0,6}S|[^\n|]{0,60}--password-stdin|cryptsetup\b|passwd[ ]--stdin|(?:sudo[ ])?chpasswd)"), ("echo ", "printf "), 0.9, accept=lambda value: is_password(value.rpartition(":")[2])),
    Rule("PASSWORD", "net-user", re.compile(r"(?i)\bnet(?:\.exe)?[ ]{1,3}user[ ]{1,3}[\"']?(?P<USER>[^\s\"'/*]{1,64})[\"']?[ ]{1,3}(?=[^\n]{0,200}?[ ]/(?:add|domain|active|times|comment|fullname)\b|\S{0,100}\d)[\"']?(?P<PASSWORD>[^\s\"'/*$%<][^\s\"']{2,100})"), ("net",), 0.9, accept=is_password),
    Rule("PASSWORD", "snmp-community", re.compile(r"\bsnmp(?:walk|get|getnext|bulkwalk|bulkget|set|table|trap|inform|status|df)\b[^\n|;]{0,200}?[ ]-c[ ]{0,2}[\"']?(?P<PASSWORD>[^\s\"'$-][^\s\"']{1,64})"), ("snmp",), 0.9),
    Rule("PASSWORD", "snmp-password", re.compile(r"\bsnmp(?:walk|get|getnext|bulkwalk|bulkget|set|table|trap|inform|status|df)\b(?=[^\n|;]{0,200}[ ]-[AX][ ])[^\n|;]{0,200}?[ ]-A[ ]{0,2}[\"']?(?P<PASSWORD>[^\s\"'$-][^\s\"']{1,64})"), ("snmp",), 0.9),
    Rule("PASSWORD", "snmp-privacy", re.compile(r"\bsnmp(?:walk|get|getnext|bulkwalk|bulkget|set|table|trap|inform|status|df)\b[^\n|;]{0,260}?[ ]-X[ ]{0,2}[\"']?(?P<PASSWORD>[^\s\"'$-][^\s\"']{1,64})"), ("snmp",), 0.9),
    Rule("PASSWORD", "samba-login", re.compile(r"(?:\b(?:smbclient|rpcclient|smbmap|smbget|net|winexe|mount\.cifs|smbcacls|nmblookup)\b[^\n|;]{0,200}?)[ ](?:-U|--user)[ =]{0,2}[\"']?(?P<USER>[^\s\"'%$]{1,80})%(?P<PASSWORD>[^\s\"']{2,100})"), ("-u", "--user"), 0.9, accept=is_password),
    Rule("PASSWORD", "pdo-login", re.compile(r"(?i)(?:new[ ]PDO|PDO->__construct|mysqli(?:_connect)?|DriverManager\.getConnection|pg_connect|oci_connect)[ ]?\([ ]?[\"'][^\"'\n]{1,200}[\"'],[ ]?[\"'](?P<USER>[^\"'\n$]{1,64})[\"'],[ ]?[\"'](?P<PASSWORD>[^\"'\n$]{2,200})[\"']"), ("pdo", "mysqli", "getconnection", "connect"), 0.9, accept=is_password),
)  # fmt: skip
