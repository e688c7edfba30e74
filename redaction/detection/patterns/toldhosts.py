# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of machines' names that a word before them, or their place in a line, tells."""

import re
from typing import Final

from redaction.detection.patterns.machines import is_label
from redaction.detection.patterns.rules import Rule

_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
# A name with a part of its own and a number, `srv-ulm-02`, or one in capitals, `DCULM01`.
_NUMBERED: Final = r"[A-Za-z][A-Za-z0-9]{0,20}(?:-[A-Za-z0-9]{1,20}){0,4}-\d{1,4}"
# The same, with the number at the end of any part: `mail-ulm01`.
_WRITER: Final = r"[A-Za-z][A-Za-z0-9]{0,20}(?:-[A-Za-z0-9]{1,20}){1,5}(?<=\d)"
_NAMED: Final = r"[A-Za-z][A-Za-z0-9]{0,30}(?:-[A-Za-z0-9]{1,30}){1,8}|[A-Z][A-Z0-9]{3,14}\d"
_END: Final = r"(?![\w@/]|[.-]\w)"

TOLD_HOSTS: Final[tuple[Rule, ...]] = (
    Rule(
        "HOST", "named-machine",
        re.compile(rf"(?i:\b(?:(?:computer|machine|host|server|pc|workstation|sys|netbios)[ -]?name|nas-identifier|logon ?server)(?:\.0)?(?:[ ]is)?(?:[ .]{{0,40}}[:=][ \t]{{0,24}}|[ ]{{1,3}})(?:string:[ ])?[\"'`]?\\{{0,2}})(?P<HOST>{_NAMED}){_END}"),
        ("name", "nas-identifier", "server"), 0.8,
    ),
    Rule(
        "HOST", "host-and-name",
        re.compile(rf"(?i:\b(?:hosts?|machine|computer|workstation|laptop|notebook|rechner))(?:[ ]{{0,2}}[:=][ ]{{1,2}}|[ ]\(|[ ])(?P<HOST>{_NUMBERED})(?![\w@/:-]|\.\w)"),
        ("host", "machine", "computer", "workstation", "laptop", "notebook", "rechner"), 0.8, soft=True, accept=is_label,
    ),
    # `Mar 14 09:00:01 srv-ulm-02 sshd[212]: …`: who wrote the line.
    Rule(
        "HOST", "syslog-host",
        re.compile(rf"^(?:<\d{{1,3}}>\d?[ ]?)?(?:{_MONTH}[ ]{{1,2}}\d{{1,2}}[ ]\d\d:\d\d:\d\d|\d{{4}}-\d\d-\d\dT[\d:.]{{8,15}}(?:Z|[+-]\d\d:?\d\d))[ ](?P<HOST>{_WRITER})(?=[ ][\w./()-]{{1,60}}(?:\[\d{{1,9}}\])?:|[ ][\w-]{{1,60}}[ ]\d{{1,9}}[ ])", re.MULTILINE),
        ("-",), 0.85, accept=is_label,
    ),
)  # fmt: skip
