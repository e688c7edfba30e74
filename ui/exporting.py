"""Passes every text of an answer through the gate of its case before it is written or shown."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from redaction import OutboundGate, is_redacted

Answer = TypeVar("Answer")


def gated(answer: Answer, gate: OutboundGate) -> Answer:
    """Return the answer with typed tags in place of whatever the gate would have refused.

    Raises:
        EgressRefused: something shows in a text even then.
    """
    return cast(Answer, _Passed(gate).of(answer))


class _Passed:
    """Looks at each text once, however often it is repeated."""

    def __init__(self, gate: OutboundGate) -> None:
        self._gate = gate
        self._seen: dict[str, object] = {}

    def of(self, value: Any) -> Any:  # noqa: ANN401
        if is_redacted(value):
            if value not in self._seen:
                self._seen[value] = self._gate.redacted(value)
            return self._seen[value]
        if isinstance(value, tuple):
            return tuple(map(self.of, cast("tuple[object, ...]", value)))
        if isinstance(value, Mapping):
            pairs = cast("Mapping[object, object]", value).items()
            return {self.of(key): self.of(each) for key, each in pairs}
        if is_dataclass(value) and not isinstance(value, type):
            held = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
            changed = {name: self.of(each) for name, each in held.items()}
            if any(changed[name] != each for name, each in held.items()):
                return replace(value, **changed)
        return value
