# ruff: noqa: E501
"""Keeps of a text what is worth searching: no template, quoted mail, greeting or machine dump."""

import re
from collections.abc import Iterator
from typing import Final

from redaction import RedactedText, join

# Every pattern is tried once at a line's start and reads the line once.
_MARKS: Final = r"[\s#*_=>|+~`\d.)\-]*+(?:h[1-6]\.)?+[\s#*_=\d.)\-]*+"
_HEADING_TEXT: Final = r"""
    (?:(?:the|my)\s+)?(?:
      steps?(?:\s+(?:to|for|of))?(?:\s+repro(?:duc(?:e|ing|tion))?)?(?:\s+the\s+(?:problem|issue|bug))?
    | how\s+to\s+reproduce(?:\s+(?:it|the\s+(?:problem|issue|bug)))? | reproduc(?:tion|ing)(?:\s+steps)?
    | str | repro(?:\s+steps)?
    | (?:actual|expected|observed|current|desired|correct)(?:\s+(?:results?|behaviou?rs?|outcome|output))?
    | (?:what\s+(?:is|was|are)\s+the\s+|what\s+)?(?:expected|actual)\s+(?:result|behaviou?r|outcome)s?
    | what\s+(?:happened|happens(?:\s+instead)?|(?:did|do)\s+you\s+(?:expect|do|see)(?:\s+to\s+(?:happen|see))?)
    | what\s+(?:should\s+have\s+happened|went\s+wrong)
    | how\s+often\s+does\s+(?:this|it)\s+happen | reproducibility | reproducible | frequency
    | (?:detailed\s+|problem\s+|issue\s+|bug\s+|short\s+)?description(?:\s+of\s+(?:the\s+)?(?:problem|issue|bug))?
    | (?:additional|further|other|more)\s+(?:info(?:rmation)?|details?|comments?|notes?|context)
    | (?:test\s+)?environment | system\s+info(?:rmation)? | (?:test\s+)?case | sample | overview | summary
    | (?:build|version)\s+info(?:rmation)? | version(?:s)?(?:\s+info(?:rmation)?)? | regression | workarounds?
    | background | notes? | details? | impact | problem | issue | attachments? | results? | logs?
    | stack\s?trace | prerequisites?|preconditions? | screenshots?
    )
"""
_HEADING: Final = re.compile(
    rf"{_MARKS}(?:{_HEADING_TEXT})(?:\s*\([^)\n]{{0,60}}\))?[*_\s]*(?P<colon>[:?]+|\s-+\s|(?=$))[*_\s:=#]*",
    re.IGNORECASE | re.VERBOSE,
)
_GREETING: Final = re.compile(
    r"\s*(?:hi|hello|hey|dear|good\s+(?:morning|afternoon|evening|day)|greetings)\b[^.?!:]{0,40}[,.!:]*\s*$"
    r"|\s*(?:thanks|thank\s+you|thx|cheers|(?:best|kind|warm|many)?\s*regards|best\s+wishes|sincerely"
    r"|yours\b|sent\s+from\s+my|many\s+thanks|br\b|please\s+advise|any\s+help)[^:]{0,50}$",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(
    r"\s*>(?!=)|\s*(?:on|am|le|el)\b.{4,120}\b(?:wrote|schrieb|a\s+écrit|escribió)\s*:\s*$"
    r"|\s*-{2,}\s*(?:original|forwarded)\s+message\b|\s*\(?in\s+reply\s+to\s+comment\b",
    re.IGNORECASE,
)
_SIGNATURE_MARK: Final = re.compile(r"-- ?$")
_FRAME: Final = re.compile(
    r"\s*(?:at\s+(?:<\S+\s|async\s|\(wrapper|[\w$.<>`/\\+:\[\]-]+\s*[\[(@])"
    r"|File\s+\"[^\"\n]{1,300}\",\s+line\s+\d|\#?\d{1,3}[\s:.)]+(?:0x[0-9a-f]{4,}|[\w.?/+-]+\s+0x)"
    r"|(?:---|\.\.\.)\s|\.\.\.\s*\d+\s+more\b)",
    re.IGNORECASE | re.VERBOSE,
)
_DUMP_HEADING: Final = re.compile(
    r"\s*={2,}[^=\n]{2,60}={2,}\s*$|\s*(?:build\s+information|installed\s+products?)\s*:?\s*$", re.I
)
_DUMP_LINE: Final = re.compile(
    r"""
    \s*(?:
      (?:user[\s-]?agent|build(?:\s?id|\s+date|\s+type|\s+identifier)?|guid|hash|branch|location|runtime|release\s+id|git\s+revision
        |operating\s+system|os(?:\s+version)?|platform|architecture|java\s+sdk|sdk(?:\s+version)?|license|locale|processor
        |affected\s+(?:versions?|platforms?)|product\s+version|package\s+version|api\s+level|device|hardware|browser
        |incident\s+identifier|crashreporter\s+key|date/time|report\s+version|code\s+type|parent\s+process|process|path|identifier)
        \s*[:=]
    | version\s*[:=]\s*v?\d | mozilla/\d | created\s+attachment\s+\d+
    | [\w.+\#()\ -]{2,60}\s+(?:version\s*:?\s*)?v?\d+(?:\.\d+){1,5}\s*(?:\([^)\n]{0,60}\))?\s*$
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_QUIET_LOG: Final = re.compile(
    r"\s*\[?[\dTZ:.,/ +-]{8,40}\]?.{0,40}\b(?:TRACE|DEBUG|INFO|VERBOSE)\b"
)
_MARKUP: Final = re.compile(
    r"\{(?:code|noformat|quote|panel|color)[^}\n]{0,60}\}|```\w{0,20}|\[/?code\]", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W_]{2,}")
_SCANNED_LINES: Final = 2_000
_LINE_CHARACTERS: Final = 2_000
_NOISE_CHARACTERS: Final = 200


def wording(text: RedactedText, limit: int = 500) -> RedactedText:
    """Return the first `limit` characters of what is left of a text, its lines in order."""
    parts: list[RedactedText] = []
    room = limit
    for start, end in telling_spans(text):
        part = text[start:end][:room]
        parts.append(part)
        room -= len(part) + 1
        if room <= 0:
            break
    return join("\n", parts)


def telling_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines' telling parts are; a mail's signature ends the text."""
    place = 0
    dumping = False
    for number, line in enumerate(text.splitlines(keepends=True)):
        if number >= _SCANNED_LINES or _SIGNATURE_MARK.match(line):
            return
        start, place = place, place + len(line)
        head = line.rstrip()[:_LINE_CHARACTERS]
        if _DUMP_HEADING.match(head[:_NOISE_CHARACTERS]):
            dumping = True
            continue
        dumped = not head or head[0].isspace() or _DUMP_LINE.match(head[:_NOISE_CHARACTERS])
        if dumping and dumped:
            continue
        dumping = False
        for first, last in _telling(head):
            yield start + first, start + last


def _telling(line: str) -> Iterator[tuple[int, int]]:
    if not line or _is_noise(line):
        return
    first = heading.end() if (heading := _HEADING.match(line[:_NOISE_CHARACTERS])) else 0
    for gap in _MARKUP.finditer(line, first):
        yield from _worded(line, first, gap.start())
        first = gap.end()
    yield from _worded(line, first, len(line))


def _is_noise(line: str) -> bool:
    noises = (_FRAME, _QUOTED, _GREETING, _DUMP_LINE, _QUIET_LOG)
    return any(noise.match(line[:_NOISE_CHARACTERS]) for noise in noises)


def _worded(line: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    if _WORD.search(line, first, last):
        yield first, last
