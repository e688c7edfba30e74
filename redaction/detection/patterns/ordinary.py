"""Word lists: names that are also ordinary words, accounts that are roles, values that say nothing.

They decide only how far a literal travels; what stands under a telling key is replaced anyway.
"""

import re
from functools import lru_cache
from typing import Final

# Names come again and again; of how many of them a process remembers the answer.
_REMEMBERED: Final = 1 << 13


def words_of(text: str) -> frozenset[str]:
    """Read a word list written as running text."""
    return frozenset(text.split())


# First and last names that are ordinary words too: they travel in a name-like context only.
NAME_WORDS: Final = words_of(
    "abby angel april art august aurora autumn bailey baker banks barn bear berg best bill "
    "bird bishop black blue bond boss bow bright brook brooks brown buck bush butler buy "
    "carter case cash chance chase chip christian church clay cliff cole colt cook cooper "
    "crystal dale daisy dawn day dean diamond dick don drew duke earl east eve faith fields "
    "finn fish fisher ford forest fox frank free french friend gale gates gene ginger glass "
    "golden good grace grant gray green guy hall hand happy hardy harmony harry hart heart "
    "heath hill holly hope house hunter iris ivy jack jade jean jewel job jordan joy june "
    "justice kelly key king knight lake lance lane law lee leaf lily little long love lucky "
    "march mark marks marsh mason max may mercy miles miller mine misty monday moon moore my "
    "north oak olive page paige park parks patience paul peace pearl penny pepper person "
    "pierce pike pilot pine poe pole pool pope porter post power price pride prince quick "
    "rain ray read reed rich ring river rivers rob robin rock rocky root rose ruby rush sage "
    "sailor sandy savage scott sharp shelly shepherd short sky small smart smith snow south "
    "speed star stark stephen sterling stone storm street strong sue summer sunny swan swift "
    "taylor temple terry tony trace trinity turner tyler van victor violet wade walker wall "
    "ward waters wave way weaver webb wells west white wild will willow wind winter wise wolf "
    "wood woods worth wright york young"
)

# Logins and authors that are roles of a system, not people.
ROLES: Final = words_of(
    "invalid illegal sshd systemd dbus polkitd chrony ntp rpc ftp news uucp games lp bin operator "
    "system root admin administrator superuser sysadmin sa nobody none null nil unknown "
    "anonymous guest default daemon service services bot app application api web www www-data "
    "mysql postgres postgresql oracle mongo mongodb redis kafka nginx apache tomcat jenkins "
    "git github gitlab support helpdesk team engineering operations ops sre oncall on-call "
    "customer agent user users test tester dev developer prod production staging local "
    "localhost public shared all everyone here channel noreply no-reply donotreply info sales "
    "billing security webmaster postmaster hostmaster abuse contact hello ubuntu ec2-user "
    "centos debian vagrant docker runner node automation monitoring alerting alerts pagerduty "
    "opsgenie alertmanager datadog statuspage grafana prometheus sentry "
    "zendesk jira slack slackbot deploybot github-actions "
    "dependabot true false yes no n/a na - id name email password client server internal "
    "external end-user enduser requester assignee reporter unassigned scheduler worker cron "
    "spark hadoop hdfs yarn hive status ether sip sips"
)
ROLE_PARTS: Final = words_of(
    "bot team support service services desk system automation automated notification "
    "notifications alert alerts ops operations engineering monitoring pipeline ci cd deploy "
    "security status helpdesk group admin administrator account department platform server "
    "api oncall sre noc"
)

# Values that hold nothing: absent, masked, or a reference to something else.
_EMPTY = re.compile(
    r"(?:null|none|nil|true|false|yes|no|n/a|na|undefined|unset|empty|missing|required|optional|unknown"
    r"|default|string|str|int|bool|type|expired|invalid|incorrect|wrong|failed|failure|denied|rejected"
    r"|reset|changed|rotated|revoked|valid|ok|error|not|the|was|is|and|for|from|has|must|please"
    r"|redacted"
    r"|masked|hidden|removed|omitted|filtered|secret|password|authentication|authorization|required\.?"
    r"|[*x#.•_-]{2,}|X{3,}|\.{2,}|\[[A-Za-z _-]*\]?|\([A-Za-z _-]*\)?|%[A-Z_]+%|\$\{?[\w.:-]+\}?|\$\([\w .:-]+\)|\{\{?[^{}]{0,80}\}?\}"  # noqa: E501
    r"|%\(?\w*\)?[sd]?|<[^<>]{0,60}>|&lt;.{0,60}&gt;|@\w+@|env[.:]\w+|process\.env\.\w+|os\.environ\S*"
    r"|\$[A-Z_][A-Z0-9_]*|ref\+.*|!(?:Ref|Sub|GetAtt).*)",
    re.IGNORECASE,
)


def is_empty(value: str) -> bool:
    """Tell whether a value holds nothing: absent, masked, a status word, or a reference."""
    stripped = value.strip().strip("\"'`")
    return not stripped or (len(stripped) <= 200 and _EMPTY.fullmatch(stripped) is not None)


@lru_cache(_REMEMBERED)
def is_role(name: str) -> bool:
    """Tell whether a login or author names a role or a program, not a person."""
    lowered = name.strip().lower()
    parts = re.split(r"[\s_.\-/]+", lowered)
    return lowered in ROLES or any(part in ROLE_PARTS for part in parts)


_SEPARATORS = re.compile(r"[\W_]")


def travels(literal: str) -> bool:
    """Tell whether a literal may be replaced wherever it stands, without any context.

    Short words, ordinary words and short numbers may not: `42`, `Will` or `Grace` stand for too
    many other things.
    """
    core = _SEPARATORS.sub("", literal)
    if core.isdigit():
        return len(core) >= (6 if core == literal else 4)
    lowered = literal.lower()
    return len(core) >= 4 and lowered not in NAME_WORDS and lowered not in ROLES
