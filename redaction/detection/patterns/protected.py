# ruff: noqa: E501 - a pattern is easier to check on one line
"""What an engineer needs for diagnosis and no soft finding may touch: times, versions, frames."""

import re
from bisect import bisect_right
from typing import Final

# Whole names only: `Marsk 12` and `Junia 4` are people, not days of March and June.
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
_DAY = r"(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"

_NEEDED = re.compile(
    "|".join(
        (
            # ISO and its cousins, with time, fraction and zone
            r"(?<![\w.])\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T _,-]{1,2}\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,9})?"
            r"(?:[ ]?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\b)?)?",
            # 14/Mar/2026:09:12:33 +0100, Mar 14 09:12:33, Sat Mar 14 09:12:33 2026, 14.03.2026
            rf"\d{{1,2}}[/ -]{_MONTH}[/ -]\d{{2,4}}(?:[: ]\d{{2}}:\d{{2}}(?::\d{{2}})?(?:[ ][+-]\d{{4}})?)?",
            rf"\b(?:{_DAY},?[ ]{{1,2}})?{_MONTH}[ ]{{1,2}}\d{{1,2}}(?:,?[ ]\d{{4}})?"
            r"(?:[ ,]{1,2}\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?(?:[ ]\d{4})?)?",
            r"(?<![\d.:])\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?(?:[ ]?(?:Z|UTC|[AP]M|[ap]m|CET|CEST|[+-]\d{2}:?\d{2}))?(?![\d:])",
            r"(?<![\d.])\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}(?![\d.])",
            # compact stamps and epoch values: 20260314T091233Z, 20260314-09:12:33, 1773479553.123
            r"(?<![\w.])(?:19|20)\d{6}(?:[T_-]?\d{1,2}:?\d{2}(?::?\d{2}){0,2}(?:[.:]\d{1,6})?Z?)?(?![\w])",
            r"(?<![\w.])1[0-9]{9}(?:\.\d{1,9}|\d{3}|\d{6}|\d{9})?(?![\w])",
            r"(?<![\w])\d{6}[ ]\d{6}(?:\.\d+)?(?![\w])",
            # durations, sizes, rates
            r"(?<![\w.])\d+(?:[.,]\d+)*[ ]?(?:ms|us|µs|ns|s|sec|secs|seconds|min|mins|minutes|h|hours|days|d|%|[KMGT]i?B|bytes|B)\b",
            # versions
            r"(?i:(?<![\w.])v\d+(?:\.\d+){0,4}(?:[-+.][\w.]{1,30})?)",
            r"(?i:\b(?:version|release|build|ver)[ :=\"']{1,4}v?\d+(?:\.\d+){1,4}(?:[-+][\w.]{1,30})?)",
            r"(?<![\w.-])\d+\.\d+\.\d+[-+][A-Za-z][\w.]{0,30}",
            # stack frames
            r"(?m:^[ \t]{0,12}at [\w$.<>/@-]{1,300}\([^)\n]{0,200}\))",
            r"File \"[^\"\n]{1,300}\", line \d+(?:, in [\w<>]{1,80})?",
            r"\b[\w$-]{1,80}\.(?:java|kt|scala|py|go|js|ts|cs|cpp|cc|rb|php|rs|m|h|c):\d+",
            # class and module paths, exception names
            r"(?<![\w.@/-])(?:[a-z_$][\w$]{0,60}\.){1,12}[A-Za-z_$][\w$]{0,100}(?![\w@-])",
            r"\b[A-Za-z][\w$]{0,100}(?:Exception|Error|Fault|Failure|Timeout)\b",
            r"(?<!\w)blk_-?\d+",
            # what a version of the code is called
            r"(?i:\b(?:commit(?:ted)?|head|revision|rev|git[ ](?:checkout|show|revert|cherry-pick|reset(?:[ ]--hard)?)|git[ -]sha|cherry[ -]picked from(?: commit)?|reverts commit)"
            r"(?:[ ](?:id|hash|sha|is now at|as|from))?[ :=@\"'(\[]{1,3})[0-9a-f]{7,40}(?![0-9A-Za-z])",
            r"(?m:^(?:tree|parent|object)[ ])[0-9a-f]{40}$",
        )
    )
)  # fmt: skip

LOG_LINE: Final = re.compile(
    rf"""[\ \t]*(?:
      [<\[(]?\d{{4}}[-/.]\d\d[-/.]\d\d[T\ _-]\d\d[:.]\d\d
    | \[?(?:{_DAY}\ )?{_MONTH}\ {{1,2}}\d{{1,2}}\ \d\d:\d\d
    | \d\d-\d\d\ \d\d:\d\d:\d\d | \d\d/\d\d/\d\d\ \d\d:\d\d:\d\d
    | \[?\d\d:\d\d:\d\d | \d{{6}}\ \d{{6}} | -\ \d{{10}} | \[?\d{{2}}/{_MONTH}/\d{{4}}
    | [\d.]{{7,15}}\ \S+\ \S+\ \[ | <\d{{1,3}}> | 20\d{{6}}-\d
    | \[?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE|CRITICAL|NOTICE)\b
    | at\ [\w$.<>/]{{3,}}\( | Caused\ by: | \.\.\.\ \d+\ more | \d{{10,13}}\b | [A-Z]\d{{4}}\ \d\d:\d\d
    )""",
    re.VERBOSE,
)


class Protected:
    """The spans of one text that soft findings must leave alone, looked for a line at a time."""

    def __init__(self, text: str) -> None:
        """Hold the text; memory grows with the number of spans."""
        self._text = text
        self._lines: dict[int, tuple[list[int], list[int]]] = {}
        self._line = (0, -1)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether `start..end` overlaps a protected span."""
        at = start
        while True:
            starts, ends = self._spans(at)
            index = bisect_right(starts, start)
            if index and ends[index - 1] > start:
                return True
            if index < len(starts) and starts[index] < end:
                return True
            at = self._line[1] + 1
            if at >= end:
                return False

    def _spans(self, at: int) -> tuple[list[int], list[int]]:
        line, line_end = self._line
        if not line <= at <= line_end:
            line = self._text.rfind("\n", 0, at) + 1
            line_end = self._text.find("\n", at)
            line_end = len(self._text) if line_end < 0 else line_end
            self._line = line, line_end
        known = self._lines.get(line)
        if known is None:
            # No span crosses a line end; what decides about one looks less than this beyond it.
            spans = [
                match.span()
                for match in _NEEDED.finditer(self._text, line, line_end + 8)
                if match.start() < line_end
            ]
            known = [start for start, _ in spans], [end for _, end in spans]
            self._lines[line] = known
        return known


def is_log_line(text: str, at: int) -> bool:
    """Tell whether the line that holds offset `at` is a record of a log or a stack frame."""
    start = text.rfind("\n", max(0, at - 4000), at) + 1 or max(0, at - 4000)
    return LOG_LINE.match(text, start) is not None
