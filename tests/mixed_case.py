"""A case as a customer's escalation brings it: a dozen files of eleven systems, all invented."""

import json
from typing import Final

_ZENDESK: Final[dict[str, object]] = {
    "ticket": {
        "id": 88412,
        "subject": "Label printing stops after the update",
        "raw_subject": "Label printing stops after the update",
        "description": "No labels since nine.",
        "status": "open",
        "priority": "urgent",
        "created_at": "2026-05-04T09:20:00Z",
        "updated_at": "2026-05-04T10:30:00Z",
        "requester_id": 50111,
        "assignee_id": 50222,
        "organization_id": 60111,
        "via": {"channel": "web"},
        "comments": [
            {
                "id": 1,
                "type": "Comment",
                "author_id": 50111,
                "body": "No labels since nine.\nChrome 122 on Windows 11.\nTenant tier: Enterprise",
                "public": True,
                "created_at": "2026-05-04T09:20:00Z",
                "attachments": [{"id": 7, "file_name": "labels.log"}],
            },
            {
                "id": 2,
                "type": "Comment",
                "author_id": 50222,
                "body": "We look at the print service.",
                "public": True,
                "created_at": "2026-05-04T09:31:00Z",
                "attachments": [],
            },
            {
                "id": 3,
                "type": "Comment",
                "author_id": 50333,
                "body": "Print workers restart in a loop.",
                "public": False,
                "created_at": "2026-05-04T09:40:00Z",
                "attachments": [],
            },
        ],
    },
    "users": [
        {"id": 50111, "name": "Jadwiga Wrzosek", "email": "jadwiga@larkfield.example",
         "role": "end-user", "organization_id": 60111, "ticket_restriction": "requested"},
        {"id": 50222, "name": "Torgrim Fjeldheim", "email": "torgrim@brightdesk.example",
         "role": "agent", "organization_id": None, "ticket_restriction": None},
    ],
    "organizations": [
        {"id": 60111, "name": "Larkfield", "shared_tickets": True, "organization_fields": {}}
    ],
}  # fmt: skip
_CHANGE: Final = {
    "result": [
        {
            "number": "CHG0030410",
            "sys_id": "",
            "sys_class_name": "change_request",
            "short_description": "Update the print service to 8.4.1",
            "description": "Roll out 8.4.1.",
            "state": "-1",
            "opened_at": "2026-05-03 08:00:00",
            "work_start": "2026-05-04 08:50:00",
            "cmdb_ci": {"display_value": "print-service", "value": "x", "link": "x"},
            "requested_by": {"display_value": "Torgrim Fjeldheim", "value": "x", "link": "x"},
        }
    ]
}
_JIRA: Final = {
    "key": "PRN-771",
    "fields": {
        "summary": "Print worker crashes on empty queue",
        "issuetype": {"name": "Bug"},
        "project": {"name": "Print", "projectTypeKey": "software"},
        "status": {"name": "In Progress"},
        "created": "2026-05-04T09:55:00.000+0000",
        "environment": "print-prod-2",
        "reporter": {"displayName": "Torgrim Fjeldheim",
                     "emailAddress": "torgrim@brightdesk.example"},
        "assignee": {"displayName": "Maribel Quill", "emailAddress": "maribel@brightdesk.example"},
        "description": "The worker ends.",
    },
}  # fmt: skip
_USERS: Final = [
    {"id": "U07QUILL42", "team_id": "T01", "name": "mquill", "real_name": "Maribel Quill",
     "profile": {"real_name": "Maribel Quill", "email": "maribel@brightdesk.example"}},
    {"id": "U07FJELD42", "team_id": "T01", "name": "tfjeldheim", "real_name": "Torgrim Fjeldheim",
     "profile": {"real_name": "Torgrim Fjeldheim", "email": "torgrim@brightdesk.example"}},
]  # fmt: skip
_CHANNEL: Final = [
    {"type": "message", "ts": "1777888800.000100", "user": "U07FJELD42",
     "text": "<@U07QUILL42> can you look at the print workers?"},
    {"type": "message", "ts": "1777888860.000100", "user": "U07QUILL42", "text": "Looking."},
    {"type": "message", "subtype": "bot_message", "bot_id": "B07DEPLOY1", "username": "deploy",
     "ts": "1777888920.000100", "text": "print-service 8.4.1 is live"},
]  # fmt: skip
_ALERT: Final = {
    "receiver": "oncall",
    "status": "firing",
    "groupKey": "{}:{alertname=PrintWorkerDown}",
    "commonLabels": {"alertname": "PrintWorkerDown"},
    "commonAnnotations": {"summary": "Print workers are down"},
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "PrintWorkerDown", "severity": "critical",
                       "service": "print-service", "region": "eu-north-1", "cluster": place,
                       "version": "8.4.1"},
            "annotations": {},
            "startsAt": "2026-05-04T09:02:00Z",
            "endsAt": "0001-01-01T00:00:00Z",
        }
        for place in ("print-prod-1", "print-prod-2")
    ],
}  # fmt: skip
_INCIDENT: Final = {
    "incident": {
        "id": "Q1X",
        "type": "incident",
        "incident_number": 4711,
        "title": "Print workers are down",
        "status": "acknowledged",
        "urgency": "high",
        "created_at": "2026-05-04T09:03:00Z",
        "service": {"summary": "print-service", "type": "service_reference"},
    }
}
_ISSUE: Final = {
    "number": 91,
    "title": "Worker ends when the queue is empty",
    "state": "open",
    "body": "It ends.",
    "created_at": "2026-05-02T11:00:00Z",
    "user": {"login": "mquill"},
    "author_association": "MEMBER",
}
_HAR: Final = {
    "log": {
        "version": "1.2",
        "entries": [
            {
                "startedDateTime": "2026-05-04T09:18:00Z",
                "request": {
                    "method": "GET",
                    "url": "https://print.larkfield.example/labels",
                    "headers": [
                        {
                            "name": "User-Agent",
                            "value": "Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 "
                            "Firefox/124.0",
                        }
                    ],
                },
                "response": {"status": 503},
            }
        ],
    }
}
_LOG: Final = "".join(
    f"2026-05-04 09:{minute:02}:00,118 ERROR print.Worker - queue {minute} is empty, worker ends\n"
    for minute in range(10)
)
_MAIL: Final = (
    "From: Jadwiga Wrzosek <jadwiga@larkfield.example>\n"
    "To: support@brightdesk.example\n"
    "Date: Mon, 04 May 2026 11:45:00 +0000\n"
    "Subject: Label printing\n\n"
    "Still no labels in the warehouse.\n"
)
_CURL: Final = "curl -X POST https://print.larkfield.example/labels -d '{}'\n"
_METRICS: Final = "time,queue_depth\n2026-05-04T09:00:00Z,4\n2026-05-04T09:05:00Z,90\n"
_CHAT: Final = (
    "Monday, 2026-05-04\n"
    "[09:50] Jadwiga Wrzosek: Trucks are waiting.\n"
    "[09:52] Torgrim Fjeldheim: We see it.\nMore within the hour.\n"
)

FILES: Final[dict[str, str]] = {
    "ticket.json": json.dumps(_ZENDESK, indent=1),
    "change.json": json.dumps(_CHANGE, indent=1),
    "issue.json": json.dumps(_JIRA, indent=1),
    "users.json": json.dumps(_USERS, indent=1),
    "channel.json": json.dumps(_CHANNEL, indent=1),
    "alert.json": json.dumps(_ALERT, indent=1),
    "pager.json": json.dumps(_INCIDENT, indent=1),
    "github.json": json.dumps(_ISSUE, indent=1),
    "browser.har": json.dumps(_HAR, indent=1),
    "labels.log": _LOG,
    "reply.eml": _MAIL,
    "tried.txt": _CURL,
    "metrics.csv": _METRICS,
    "chat.txt": _CHAT,
}
"""The files by name."""

PLACEHOLDERS: Final[dict[str, str]] = {
    "Jadwiga Wrzosek": "<PERSON_1>",
    "Torgrim Fjeldheim": "<PERSON_2>",
    "Maribel Quill": "<PERSON_3>",
    "jadwiga@larkfield.example": "<EMAIL_1>",
    "torgrim@brightdesk.example": "<EMAIL_2>",
    "maribel@brightdesk.example": "<EMAIL_3>",
}
"""What the redactor makes of who takes part."""
