"""Masks what varies in a log message, so that messages of one statement look the same."""

import re
from typing import Final

_LONGEST: Final = 1000

# Alternatives in order: what is kept whole, then placeholders, then what is masked.
_VARYING: Final = re.compile(
    r"""
    (?P<kept>
        \b(?:SQLSTATE|SQLCODE|HTTP(?:/\d(?:\.\d)?"?)?|[Ss]tatus(?:\ code)?|[Ee]rrno|exit\ code)
            [\ :=\[(]{0,2}-?[0-9A-Z]{1,5}\b
      | \b(?:ORA|TNS|MY|KB|CVE|SQL|PLS|ERR|HHH|JVM|CVE-\d{4})-\d{3,6}\b
      | \b[A-Z][A-Za-z]*\d+[A-Za-z]*(?:Exception|Error)\b
      | \bv\d\b
    )
  | <(?P<tag>[A-Z_]+)_\d+(?:\.\d+)?>
  | (?P<masked>
        "[^"\n]{0,200}"
      | (?<!\w)'[^'\n]{1,200}'(?!\w)
      | \b0x[0-9a-fA-F]+\b
      | \b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b
      | \b(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{7,}\b
      | (?<=[-_])(?=[a-z0-9]*\d)[a-z0-9]{5,}\b
      | (?<![A-Za-z0-9])[-+]?\d+(?:[.,:]\d+)*
      | (?<=[A-Za-z])\d+(?![A-Za-z\d])
    )
    """,
    re.VERBOSE,
)


def template_of(message: str) -> str:
    """Return a message with numbers, ids and quoted values as `*` and placeholders numberless.

    Words, exception classes and codes (`SQLSTATE 57014`, `ORA-01555`, `HTTP 503`) stay.
    """
    return _VARYING.sub(_mask, message[:_LONGEST].split("\n", 1)[0]).strip()


def _mask(match: "re.Match[str]") -> str:
    if match.lastgroup == "kept":
        return match[0]
    return f"<{match['tag']}>" if match["tag"] else "*"
