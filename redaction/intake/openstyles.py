"""Says which styles of an OpenDocument file hide what they are used for."""

from collections.abc import Mapping
from typing import Final

from redaction.intake.officexml import Package

_WHITE: Final = ("#ffffff", "#fff")
_NO_GROUND: Final = ("", "transparent", *_WHITE)


class OpenStyles:
    """The names of the styles that hide: not displayed, or white without a ground of its own."""

    def __init__(self, package: Package) -> None:
        """Read the styles that a file shares, then those that it made by itself."""
        self._style = ""
        self._white: set[str] = set()
        self._grounded: set[str] = set()
        self._off: set[str] = set()
        for part in ("styles.xml", "content.xml"):
            package.parse(part, self)
        self.unseen = frozenset(self._off | (self._white - self._grounded))

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Look at a style and at what it sets."""
        if name == "style":
            self._style = attributes.get("name", "")
        elif name.endswith("-properties") and self._style:
            if attributes.get("display") in ("none", "false"):
                self._off.add(self._style)
            if attributes.get("color", "").lower() in _WHITE:
                self._white.add(self._style)
            if attributes.get("background-color", "").lower() not in _NO_GROUND:
                self._grounded.add(self._style)

    def end(self, name: str) -> None:
        """A style ends."""
        if name == "style":
            self._style = ""

    def text(self, data: str) -> None:
        """Do nothing."""
