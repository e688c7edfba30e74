"""Maps every tracker's status words and numbers to the closed statuses of a case."""

import re
from typing import Final

from redaction.case import Status

_WORDS: Final[dict[str, Status]] = {
    **dict.fromkeys(("new", "triggered", "firing", "created", "submitted", "reported"), "new"),
    **dict.fromkeys(("unconfirmed", "alerting", "alarm", "draft"), "new"),
    **dict.fromkeys(("open", "opened", "reopened", "active", "accepted", "assigned"), "open"),
    **dict.fromkeys(("acknowledged", "investigating", "identified", "inprogress"), "open"),
    **dict.fromkeys(("workinprogress", "todo", "backlog", "confirmed", "indevelopment"), "open"),
    **dict.fromkeys(("inreview", "rootcauseanalysis", "fixinprogress", "escalated"), "open"),
    **dict.fromkeys(("assess", "authorize", "scheduled", "implement", "review"), "open"),
    **dict.fromkeys(("knownerror", "selectedfordevelopment", "underreview", "started"), "open"),
    **dict.fromkeys(("pendingchange", "waitingforapproval", "awaitingapproval"), "pending"),
    **dict.fromkeys(("closedresolved", "withdrawn", "declined", "notplanned"), "closed"),
    **dict.fromkeys(("pending", "monitoring", "waiting", "waitingforcustomer"), "pending"),
    **dict.fromkeys(("waitingforsupport", "awaitinginfo", "needinfo", "needsinfo"), "pending"),
    **dict.fromkeys(("awaitinguserinfo", "snoozed", "update"), "pending"),
    **dict.fromkeys(("hold", "onhold", "suspended", "blocked", "paused"), "on_hold"),
    **dict.fromkeys(("resolved", "solved", "fixed", "done", "completed", "complete"), "resolved"),
    **dict.fromkeys(("ok", "normal", "verified", "implemented", "operational"), "resolved"),
    **dict.fromkeys(("closed", "cancelled", "canceled", "wontfix", "wontdo"), "closed"),
    **dict.fromkeys(("closecomplete", "closedcomplete", "closedincomplete", "deleted"), "closed"),
    **dict.fromkeys(("closedskipped", "duplicate", "rejected", "archived", "postmortem"), "closed"),
}


def status_of(word: str) -> Status:
    """Return the status that a tracker's word means, else `other`."""
    return _WORDS.get(re.sub(r"[^a-z]", "", word.lower()), "other")
