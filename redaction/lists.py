"""What a workspace's people have added by hand: values always redacted, values always kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

ListName: TypeAlias = Literal["deny", "allow"]


@dataclass(frozen=True, slots=True)
class Lists:
    """Values to redact wherever they occur, with their kind, and values that are no finding.

    `reference` is a keyed hash (hex) of the content, empty for empty lists: it goes into the
    policy's fingerprint, from which nobody can guess a value. The values themselves are raw text.
    """

    deny: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    allow: frozenset[str] = field(default_factory=frozenset[str], repr=False)
    reference: str = ""


NO_LISTS: Final = Lists()
