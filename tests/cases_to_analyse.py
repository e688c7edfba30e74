"""Builds small redacted cases, line by line, for tests of the facts."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from redaction import (
    Anchor,
    Artifact,
    Event,
    Field,
    FieldName,
    Level,
    Message,
    RedactedCase,
    Role,
    Sample,
    Span,
    ZoneSource,
)
from tests.making import redacted

START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def minute(number: float) -> datetime:
    return START + timedelta(minutes=number)


@dataclass
class CaseBuilder:
    """Gathers a case; each artifact holds the lines that its records stand on."""

    lines: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    messages: list[Message] = field(default_factory=list[Message])
    events: list[Event] = field(default_factory=list[Event])
    samples: list[Sample] = field(default_factory=list[Sample])
    fields: list[Field] = field(default_factory=list[Field])
    spans: dict[str, list[Span]] = field(default_factory=dict[str, list[Span]])

    def line(self, artifact: str, text: str) -> Anchor:
        lines = self.lines.setdefault(artifact, [])
        lines.append(text)
        return Anchor(artifact, len(lines))

    def says(self, role: Role, text: str, at: float | None, author: str = "<PERSON_1>") -> None:
        anchor = self.line("A1.json", f'"text": "{text}"')
        utc = None if at is None else minute(at)
        self.messages.append(Message(redacted(author), role, utc, redacted(text), anchor))

    def logs(
        self,
        text: str,
        at: float | None,
        level: Level = "info",
        exception: str = "",
        zone: ZoneSource = "explicit",
        artifact: str = "A2.log",
    ) -> None:
        anchor = self.line(artifact, text.split("\n", 1)[0])
        utc = None if at is None else minute(at)
        masked = re.sub(r"\d+", "*", text.split("\n", 1)[0])
        self.events.append(
            Event(utc, redacted("09:00:00"), zone, level, redacted("orders"), redacted(text),
                  redacted(masked), redacted(exception), 1 + text.count("\n"), anchor)
        )  # fmt: skip

    def measures(self, metric: str, values: list[float], first: float = 0) -> None:
        for number, value in enumerate(values):
            at = minute(first + number)
            anchor = self.line("A3.csv", f"{at:%H:%M},{metric},{value}")
            self.samples.append(Sample(at, redacted(metric), value, anchor))

    def has(self, name: FieldName, value: str, key: str = "") -> None:
        anchor = self.line("A4.json", f'"{key or name}": "{value}"')
        self.fields.append(Field(name, redacted(key or name), redacted(value), anchor))

    def drops(self, artifact: str, placeholder: str) -> None:
        span = Span(0, 5, "API_KEY", "drop", placeholder, "test", 1.0)
        self.spans.setdefault(artifact, []).append(span)

    def case(self) -> RedactedCase:
        artifacts = tuple(
            Artifact(name, redacted(name), _media_type(name), redacted("\n".join(lines)),
                     tuple(self.spans.get(name, ())))
            for name, lines in self.lines.items()
        )  # fmt: skip
        return RedactedCase(
            id="c1",
            title=redacted("A case"),
            policy="policy",
            artifacts=artifacts,
            quarantined=(),
            messages=tuple(self.messages),
            events=tuple(self.events),
            samples=tuple(self.samples),
            fields=tuple(self.fields),
        )


def _media_type(name: str) -> str:
    types = {"json": "application/json", "csv": "text/csv", "yaml": "application/yaml"}
    return types.get(name.rpartition(".")[2], "text/plain")


def outage() -> CaseBuilder:
    """A deployment, an error spike a few minutes later, a rollback, and the recovery."""
    case = CaseBuilder()
    case.has("created", "2026-05-04T09:20:00Z")
    case.has("severity", "SEV-2")
    case.has("component", "orders")
    case.has("status", "open")
    case.says("bot", "Started: deployment of orders 2.4.0", 2)
    case.says("bot", "Deployment complete: orders 2.4.0", 5)
    case.says("bot", "[FIRING] OrdersErrorRateHigh value=30%", 10)
    case.says("customer", "Since a while about 30 % of our orders fail.", 20)
    case.says("bot", "Started: rollback of orders to 2.3.9", 30)
    case.says("bot", "Rollback complete: orders 2.3.9", 33)
    for number in range(50):
        case.logs(
            "order failed\njava.sql.SQLTransientConnectionException: pool is exhausted",
            8 + number * 0.5,
            "error",
            "java.sql.SQLTransientConnectionException",
        )
    case.logs("order placed", 60)
    case.measures("error_rate", [0.002] * 8 + [0.1] + [0.3] * 24 + [0.1] + [0.002] * 10)
    return case
