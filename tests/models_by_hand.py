"""A language model for tests: it answers what it is told to and remembers what it was asked."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.errors import ModelAnswerInvalid, ModelUnavailable
from assistant.model import Completion, Prompt, Schema
from redaction import EgressRefused, RedactedText
from tests.making import redacted

Rewrite = Callable[[str, str], str]
"""Is called with the number of a note and its text; returns the sentence."""


def notes(prompt: Prompt) -> Mapping[str, str]:
    """The numbered notes of a prompt."""
    body = prompt.user.split("[[[", 1)[1].split("]]]", 1)[0]
    rows = (row.split(": ", 1) for row in body.strip().split("\n"))
    return {number: text for number, text in rows}


@dataclass
class Rewriter:
    """Answers valid JSON whose sentences `rewrite` words."""

    rewrite: Rewrite
    name: str = "fake/rewriter"
    asked: list[Prompt] = field(default_factory=list[Prompt])

    def complete(self, prompt: Prompt, schema: Schema) -> Completion:
        self.asked.append(prompt)
        answer = {number: self.rewrite(number, text) for number, text in notes(prompt).items()}
        return Completion(redacted(json.dumps(answer, ensure_ascii=False)), 10, 10, 0.1)


@dataclass
class Scripted:
    """Answers the given texts, one after the other; an exception in their place is raised."""

    answers: list[str | ModelUnavailable | ModelAnswerInvalid]
    name: str = "fake/scripted"
    asked: list[Prompt] = field(default_factory=list[Prompt])

    def complete(self, prompt: Prompt, schema: Schema) -> Completion:
        self.asked.append(prompt)
        answer = self.answers[len(self.asked) - 1]
        if isinstance(answer, Exception):
            raise answer
        return Completion(redacted(answer), 10, 10, 0.1)


@dataclass
class OpenGate:
    """A gate that lets everything pass and remembers it; `refuse` stops texts that hold it."""

    refuse: str = ""
    seen: list[str] = field(default_factory=list[str])

    def check(self, text: RedactedText) -> None:
        self._scan(text)

    def admit(self, text: str) -> RedactedText:
        self._scan(text)
        return redacted(text)

    def _scan(self, text: str) -> None:
        self.seen.append(text)
        start = text.find(self.refuse) if self.refuse else -1
        if start >= 0:
            raise EgressRefused((("SECRET", start, start + len(self.refuse)),))
