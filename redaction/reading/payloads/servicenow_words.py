"""Says in words what ServiceNow's Table API answers as numbers, table by table."""

import re
from collections.abc import Mapping
from typing import Final

from redaction.reading.jsontree import Node

_TASK: Final = {
    **{"-5": "Pending", "1": "Open", "2": "Work in Progress", "3": "Closed Complete"},
    **{"4": "Closed Incomplete", "7": "Closed Skipped"},
}
_STATES: Final[dict[str, Mapping[str, str]]] = {
    "incident": {
        **{"1": "New", "2": "In Progress", "3": "On Hold", "6": "Resolved", "7": "Closed"},
        "8": "Canceled",
    },
    "problem": {
        **{"101": "New", "102": "Assess", "103": "Root Cause Analysis", "104": "Fix in Progress"},
        **{"106": "Resolved", "107": "Closed"},
        # The states of a problem before Problem Management of 2018.
        **{"1": "Open", "2": "Known Error", "3": "Pending Change", "4": "Closed/Resolved"},
    },
    "change_request": {
        **{"-5": "New", "-4": "Assess", "-3": "Authorize", "-2": "Scheduled", "-1": "Implement"},
        **{"0": "Review", "3": "Closed", "4": "Canceled"},
    },
    "sn_customerservice_case": {
        **{"1": "New", "10": "Open", "18": "Awaiting Info", "6": "Resolved", "3": "Closed"},
        "7": "Cancelled",
    },
    "task": _TASK,
}
_THREE: Final = {"1": "1 - High", "2": "2 - Medium", "3": "3 - Low"}
_LEVELS: Final[dict[str, Mapping[str, str]]] = {
    "priority": {
        **{"1": "1 - Critical", "2": "2 - High", "3": "3 - Moderate", "4": "4 - Low"},
        "5": "5 - Planning",
    },
    **{key: _THREE for key in ("impact", "urgency", "severity")},
}
# Tables by what their class is shown as, how their numbers begin, and a column only they have.
_CLASSES: Final = {
    **{"change request": "change_request", "case": "sn_customerservice_case"},
    "knowledge": "kb_knowledge",
}
_PREFIXES: Final = {
    **{"INC": "incident", "PRB": "problem", "CHG": "change_request", "KB": "kb_knowledge"},
    "CS": "sn_customerservice_case",
}
_COLUMNS: Final = (
    *(("incident_state", "incident"), ("caller_id", "incident"), ("problem_state", "problem")),
    *(
        ("known_error", "problem"),
        ("backout_plan", "change_request"),
        ("cab_date", "change_request"),
    ),
    *(("major_case_state", "sn_customerservice_case"), ("wiki", "kb_knowledge")),
    ("kb_knowledge_base", "kb_knowledge"),
)


def stored(node: Node) -> str:
    """Return what the database holds: of a reference or choice the value, else the text."""
    return _number(node.at("value").scalar() if node.members() else node.scalar())


def shown(node: Node) -> str:
    """Return what people see: the display value, else what is stored."""
    return node.at("display_value").scalar() or stored(node)


def table_of(record: Node) -> str:
    """Return the table that a record is of; empty when nothing tells."""
    stated = (stored(record.at("sys_class_name")) or stored(record.at("table"))).lower()
    if stated:
        return _CLASSES.get(stated, stated.replace(" ", "_"))
    letters = re.match(r"[A-Z]+(?=\d)", stored(record.at("number")))
    if letters and letters[0] in _PREFIXES:
        return _PREFIXES[letters[0]]
    return next((table for key, table in _COLUMNS if key in record.members()), "")


def in_words(table: str, key: str, node: Node) -> str:
    """Return a column's value as text: the number of a state or level becomes its words."""
    return named(table, key, shown(node))


def named(table: str, key: str, number: str) -> str:
    """Return the words of a state's or level's number in a table; other text stays as it is."""
    if key in ("state", "incident_state", "problem_state"):
        return _STATES.get(table or "incident", _TASK).get(number, number)
    return _LEVELS.get(key, {}).get(number, number)


def _number(text: str) -> str:
    whole = text.removesuffix(".0")
    return whole if whole.isdecimal() else text
