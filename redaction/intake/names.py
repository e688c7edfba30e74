"""Makes the names of files fit to be shown, whatever bytes they are."""

import re
from typing import Final

_LONGEST: Final = 1000
# Control characters move a terminal's cursor; direction marks make a name read as another.
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def readable_name(name: str) -> str:
    """Return a name as valid text: what is not UTF-8 or has no shape shows as replacement marks."""
    valid = name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return _UNSEEN.sub("\ufffd", valid)[:_LONGEST]


def last_part(name: str) -> str:
    """Return the file's own name, without the folders that a sender wrote before it."""
    return readable_name(re.split(r"[/\\]", name)[-1])
