"""Reads payloads by the system that made them: one small file a system, the first that fits."""

from collections.abc import Iterator
from typing import Final

from redaction.case import Artifact
from redaction.reading.payloads import (
    alertmanager,
    aws,
    azure,
    bugzilla,
    confluence,
    datadog,
    elasticsearch,
    gcp,
    github,
    gitlab,
    grafana_oncall,
    jenkins,
    jira,
    kafka,
    kubernetes,
    newrelic,
    notion,
    opentelemetry,
    opsgenie,
    pagerduty,
    postman,
    prometheus,
    redis,
    servicenow,
    slack,
    splunk,
    statuspage,
    teams,
    zendesk,
)
from redaction.reading.payloads.payload import (
    Document,
    Payload,
    Subject,
    Told,
    document_of,
    glimpse_of,
)
from redaction.reading.timestamps import Clock

PAYLOADS: Final[tuple[Payload, ...]] = (
    alertmanager.PAYLOAD,
    aws.PAYLOAD,
    azure.PAYLOAD,
    bugzilla.PAYLOAD,
    confluence.PAYLOAD,
    datadog.PAYLOAD,
    elasticsearch.PAYLOAD,
    gcp.PAYLOAD,
    github.PAYLOAD,
    gitlab.PAYLOAD,
    grafana_oncall.PAYLOAD,
    jenkins.PAYLOAD,
    jira.PAYLOAD,
    kafka.PAYLOAD,
    kubernetes.PAYLOAD,
    newrelic.PAYLOAD,
    notion.PAYLOAD,
    opentelemetry.PAYLOAD,
    opsgenie.PAYLOAD,
    pagerduty.PAYLOAD,
    postman.PAYLOAD,
    prometheus.PAYLOAD,
    redis.PAYLOAD,
    servicenow.PAYLOAD,
    slack.PAYLOAD,
    splunk.PAYLOAD,
    statuspage.PAYLOAD,
    teams.PAYLOAD,
    zendesk.PAYLOAD,
)
"""Every system that is known. To add one: a module with a `PAYLOAD`, a line here, a golden test."""

__all__ = ["PAYLOADS", "Document", "Payload", "Subject", "Told", "payload_of", "read_payload"]


def payload_of(artifact: Artifact) -> Payload | None:
    """Return the system that an artifact comes from, by its content; None when nobody knows it."""
    glimpse = glimpse_of(artifact, Clock())
    return next((each for each in PAYLOADS if each.recognises(glimpse)), None)


def read_payload(artifact: Artifact, clock: Clock) -> tuple[Payload, Iterator[Told]] | None:
    """Read an artifact as the payload that it is; None when no system's reader knows it."""
    payload = payload_of(artifact)
    return None if payload is None else (payload, payload.read(document_of(artifact, clock)))
