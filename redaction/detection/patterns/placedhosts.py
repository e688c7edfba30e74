# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of machines' full names that their place tells: beside an address, behind an option."""

import re
from typing import Final

from redaction.detection.patterns.machines import is_label, is_label_of_domain, is_somebodys
from redaction.detection.patterns.rules import Rule

_FULL: Final = r"[A-Za-z0-9](?:[\w-]{0,62}\.){1,6}[A-Za-z]{2,24}"
_HOST: Final = rf"(?P<HOST>{_FULL})"
_IP: Final = r"(?:\d{1,3}\.){3}\d{1,3}"
_LABEL: Final = r"[A-Za-z][\w-]{1,62}"
_START: Final = r"(?:^[ \t>;]{0,16}|[{;][ \t]{1,4})"
_ENDS: Final = r"(?![\w@-]|\.\w)"
_ASKS: Final = (
    r"nslookup|dig|ping6?|traceroute6?|tracert|tracepath|mtr|telnet|nc|ncat|ssh|sftp|scp|host|whois"
    r"|test-netconnection|resolve-dnsname|enter-pssession|s_client -connect"
)
_SAID: Final = (
    r"resolve (?:host(?:name)?|address)(?: for)?:?|ENOTFOUND|EAI_AGAIN|UnknownHostException:|UnknownHostError:|lookup|getaddrinfo(?: for| failed for)?"
    r"|(?:failed|unable|cannot|could not|trying|refused) to (?:connect|reach)(?: to)?|connect(?:ed|ing|ion)? (?:refused )?to(?: host| server| node)?|connect from|no route to(?: host)?|no such host:?"
    r"|name =|canonical name =|domain name pointer|is an alias for|mail is handled by \d{1,4}|certificate for|not match(?: host| target host)?(?: name)?|hostname mismatch:?|logged in to"
)


def _placed(name: str, pattern: str, hints: tuple[str, ...], score: float = 0.85) -> Rule:
    return Rule("HOST", name, re.compile(pattern, re.MULTILINE), hints, score, accept=is_somebodys)


PLACED_HOSTS: Final[tuple[Rule, ...]] = (
    _placed("host-of-netrc", rf"\bmachine[ \t]{{1,4}}{_HOST}(?=\s{{1,9}}(?:login|account|password)\b)", ("machine",), 0.9),
    _placed("host-of-pgpass", rf"^{_HOST}(?=:(?:\d{{2,5}}|\*):[^:\s]{{1,64}}:[^:\s]{{1,64}}:\S)", (":",), 0.9),
    _placed("host-of-cluster", rf"^[ \t]{{0,12}}-?[ ]?server:[ ]{{1,4}}[\"']?https://{_HOST}(?=(?::\d{{2,5}})?/?[\"']?[ \t]{{0,4}}$)", ("server:",), 0.9),
    # `mx1.acme.example[10.0.0.7]`, `gw.acme.example (10.0.0.1)`, `kafka3.acme.example/10.6.0.13`.
    _placed("host-and-address", rf"(?<![\w@/:.-]){_HOST}(?=\.?(?:[ ]?[(\[]|[/:]){_IP}(?![\w.]))", ("(", "[", "/", ":")),
    _placed("host-and-address", rf"\[{_HOST}(?=\][ ]?[(/]?{_IP}(?![\w.]))", ("[",)),
    # `10.5.0.7  ora7.acme.example ora7`: a line of a hosts file, columns of a table.
    _placed("address-and-host", rf"(?<![\w.]){_IP}[ \t]{{1,24}}{_HOST}(?=[ \t\r\n]|$)", (".",)),
    Rule("HOST", "host-alias", re.compile(rf"^{_IP}[ \t]{{1,24}}(?:{_FULL}[ \t]{{1,24}}){{0,2}}(?P<HOST>{_LABEL})(?=[ \t]{{0,8}}(?:#|\r?$))", re.MULTILINE), (".",), 0.8, accept=is_label),
    # Directives of web servers, proxies and of ssh.
    _placed("host-of-directive", rf"{_START}(?:server_name|server|server[ \t][\w-]{{1,40}}|proxy_pass|hostname|HostName|ServerName|ServerAlias|upstream)[ \t]{{1,12}}(?:https?://)?{_HOST}(?=[:;/\s]|$)", ("server", "proxy", "hostname", "upstream")),
    _placed("host-of-directive", rf"{_START}(?:server_name|ServerAlias)[ \t]{{1,12}}[\w.*-]{{1,120}}[ \t]{{1,4}}{_HOST}(?=[;\s]|$)", ("server_name", "serveralias")),
    _placed("host-of-directive", rf"{_START}(?:server_name|ServerAlias)[ \t]{{1,12}}(?:[\w.*-]{{1,120}}[ \t]{{1,4}}){{2}}{_HOST}(?=[;\s]|$)", ("server_name", "serveralias")),
    Rule("HOST", "host-of-ssh", re.compile(rf"^Host[ \t]{{1,4}}(?P<HOST>{_LABEL})(?=[ \t]{{0,4}}\r?\n[ \t]{{1,8}}(?i:hostname|user|port|identityfile|proxyjump)\b)", re.MULTILINE), ("host",), 0.85, accept=is_label),
    # What resolvers ask and answer.
    _placed("host-of-record", rf"^;?{_HOST}(?=\.?[ \t]{{1,40}}(?:\d{{1,9}}[ \t]{{1,16}})?IN[ \t])", ("in",)),
    _placed("host-of-record", rf"[ \t]IN[ \t]{{1,16}}(?:CNAME|NS|PTR|MX|SRV|SOA)[ \t]{{1,16}}(?:\d{{1,5}}[ \t]{{1,4}}){{0,3}}{_HOST}", ("in",)),
    _placed("host-asked", rf"<<>>[ ](?:[@+-]\S{{1,60}}[ ]){{0,4}}{_HOST}", ("<<>>",)),
    _placed("host-answered", rf"^{_HOST}(?=[ ](?:has (?:IPv6 )?address|is an alias for|mail is handled by)[ ]|:[ ](?:NXDOMAIN|SERVFAIL)\b|[ \t]{{1,8}}(?:canonical )?name =)", ("address", "alias", "mail", "name =", "nxdomain", "servfail")),
    _placed("host-answered", rf"^Name:[ \t]{{1,12}}{_HOST}(?=\r?\n(?:Address(?:es)?):)", ("name:",)),
    _placed("host-in-command", rf"(?:^|[ \t;|&(#$>])(?i:{_ASKS})[ \t]{{1,4}}(?:-{{1,2}}[\w-]{{1,16}}[ \t=](?:\d{{1,6}}[ \t])?){{0,4}}{_HOST}{_ENDS}", ("nslookup", "dig", "ping", "trace", "mtr", "telnet", "nc", "ssh", "sftp", "scp", "host", "whois", "test-net", "resolve-dns", "enter-ps", "s_client")),
    _placed("host-of-option", rf"[ \t](?:-h|-S|--host(?:name)?|--server|--bootstrap-servers?|--target|--connect|--proxy)(?:[ \t]{{1,2}}|=)[\"']?(?:https?://)?{_HOST}{_ENDS}", ("-h", "-s", "--host", "--server", "--boot", "--target", "--connect", "--proxy")),
    _placed("host-of-fault", rf"(?i:\b(?:{_SAID}))[ ]{{1,2}}[\"'`<\[(]?{_HOST}{_ENDS}", ("host", "resolve", "enotfound", "eai_again", "lookup", "getaddrinfo", "connect", "reach", "route", "name", "alias", "mail", "certificate", "match", "logged")),
    # Runs of Ansible, lists of nodes, who is logged in from where, which machine a service runs on.
    _placed("host-of-play", rf"^(?:ok|changed|fatal|failed|skipping|unreachable|rescued|included):[ ]\[{_HOST}", (": [",)),
    _placed("host-of-play", rf"^{_HOST}(?=[ ]{{1,60}}:[ ]ok=\d)", ("ok=",)),
    Rule("HOST", "node-listed", re.compile(rf"^(?P<HOST>{_FULL}|{_LABEL})(?=[ \t]{{1,60}}(?:Not)?Ready(?:,SchedulingDisabled)?[ \t])", re.MULTILINE), ("ready",), 0.85, accept=lambda value: is_label(value) or is_somebodys(value)),
    _placed("host-logged-in-from", rf"\d\d:\d\d[ ]\({_HOST}(?=\))", ("(",)),
    Rule("HOST", "host-and-process", re.compile(rf"\bon[ ](?P<HOST>{_FULL}|{_LABEL})[ ]with[ ]PID[ ]\d", re.MULTILINE), ("with pid",), 0.85, accept=lambda value: is_label(value) or is_somebodys(value)),
    # Behind who logs in there, in certificates and tickets, as the label of a metric.
    _placed("host-behind-login", rf"(?<=\w)@//{_HOST}{_ENDS}", ("@//",)),
    _placed("host-behind-login", rf"://[^\s/@\"'<>]{{1,200}}@{_HOST}{_ENDS}", ("@",)),
    _placed("host-of-certificate", rf"(?:\bCN[ ]?=[ ]?|\bDNS(?: Name)?[:=])(?:\*\.)?{_HOST}{_ENDS}", ("cn", "dns")),
    _placed("host-of-ticket", rf"(?<![\w/.])(?:HTTP|host|cifs|ldap|nfs|MSSQLSvc|TERMSRV|imap|smtp|postgres|oracle)/{_HOST}(?=[@:\s]|$)", ("/",)),
    # The names of a directory: `OU=Users,DC=acme,DC=example`.
    Rule("DOMAIN", "directory-domain", re.compile(r"(?i:\bDC)=(?P<DOMAIN>[A-Za-z0-9][A-Za-z0-9-]{1,62})(?=,[ ]?(?i:DC)=)"), ("dc=",), 0.85, accept=is_label_of_domain),
    _placed("host-of-metric", rf"\b(?:instance|exported_instance|nodename|node|hostname|kubernetes_node)=\"{_HOST}(?=[:\"])", ("=\"",)),
)  # fmt: skip
