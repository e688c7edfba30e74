"""Decodes what is written in another alphabet: percent, entities, escapes, base64, hexadecimal."""

import base64
import binascii
import quopri
import re
import string
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import Final

from redaction.detection.patterns.runs import Runs, bytes_of
from redaction.detection.views.alignment import Alignment, Decoded, decoded

Change = tuple[int, int, str]
"""Where something is written otherwise, and what it means."""

# `%DB_PASS%` is a variable of Windows.
_PERCENT: Final = r"(?!%[A-Za-z]\w{0,60}%(?![0-9A-Fa-f]{2}))(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
_WRITTEN: Final = re.compile(
    _PERCENT + r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|\\{1,8}(?:(?:u(?P<pair>[dD][89abAB][0-9a-fA-F]{2}\\{1,8}u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|u\{(?P<braced>[0-9a-fA-F]{1,6})\}|u(?P<four>[0-9a-fA-F]{4})|x(?P<two>[0-9a-fA-F]{2})"
    r"|U00(?P<six>[0-9a-fA-F]{6}))|(?P<sign>[\"'/nrt]))"
)
# What any of these starts with: a single class is found ten times as fast as the choice above.
_STARTS: Final = ("%", "&", "\\")
_START: Final = re.compile(
    r"[%&\\](?:(?<=%)(?=[0-9A-Fa-f]{2})|(?<=&)(?=[#A-Za-z])|(?<=\\)(?=[\\uxU\"'/nrt]))"
)
_QUOTED_START: Final = re.compile("=")
_QUOTED_SIGN: Final = re.compile(r"=(?:3D|\r?\n|40|2E|C|E)")
_QUOTED: Final = re.compile(r"(?P<percent>(?:=[0-9A-F]{2})+)|(?P<soft>(?<!\?)=[ \t]*\r?\n)")
# `timeout=40` is no quoted-printable; a soft break, an escaped `=` or a letter of two bytes is.
# Each alone, behind a literal that it holds: a choice of them is ten times as slow to search for.
_IS_QUOTED: Final = (
    ("=3D", re.compile("=3D")),
    ("-", re.compile(r"-(?<=(?i:quoted)-)(?i:printable)")),
    ("=C", re.compile("=C[2-9A-F]=[89AB][0-9A-F]")),
    ("=40", re.compile(r"=40(?<=\w=40)[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2}")),
)
_SOFT: Final = re.compile(r"=(?<=[^\s?]=)\r?\n(?=\S)")
# The padding of base64 and a setting without a value end a line, and nothing goes on behind them.
_ENDED_LINE: Final = re.compile(
    r"(?:(?<![A-Za-z0-9+/_-])(?:(?=[A-Za-z+/_-]{0,30}[0-9])[A-Za-z0-9+/_-]{15,400}|(?:[A-Za-z0-9+/_-]{4}){3,100}[A-Za-z0-9+/_-]{3})"
    r"|^[ \t]*(?:export )?[\w.-]{1,50})$"
)
# Quoted-printable writes `=` as `=3D`: what is a setting behind a break tells that there was none.
# A name with an underscore is a setting's, even where two letters behind `=` could be a number.
_SETTING: Final = re.compile(
    r"[A-Za-z_][\w.-]{0,60}[ \t]{0,20}=(?![0-9A-F]{2}|[ \t]*\r?\n)|[A-Za-z0-9]{1,40}_\w{1,40}=\S"
)
# Where programs break the lines of quoted-printable.
_SOFT_COLUMN: Final = range(73, 78)
_ENCODED_WORD: Final = re.compile(
    r"=\?(?P<charset>[\w-]{2,40})(?:\*[\w-]{0,20})?\?(?P<how>[bBqQ])\?(?P<inside>[!->@-~]{0,200})\?="
)
_QUERY: Final = re.compile(
    r"(?<=[?&])[\w.\[\]-]{1,60}=[^\s&\"'<>\#+]{1,200}+\+[^\s&\"'<>\#]{1,400}"
)
_IN_QUERY: Final = re.compile(_PERCENT + r"|(?P<plus>\+)")
_SIGNS: Final = {"n": "\n", "r": "\r", "t": "\t"}
_NEAR: Final = 120
_FAR: Final = 4000

# Eight letters that begin printable ASCII in base64: this leaves few of the words of a log to try.
_FIRST, _SECOND, _THIRD, _ANY = (
    "[I-Za-f]", "[AQgwC-HS-Xi-ny-z0-3]", "[ABEFIJMNQRUVYZcdghklopstwx014589]", "[A-Za-z0-9+/_-]",
)  # fmt: skip
_WIDE: Final = f"[AQgw][AB]{_ANY}A[C-H]"  # the same for UTF-16
_BASE64: Final = re.compile(
    rf"{_FIRST}(?<![A-Za-z0-9+_-]{_FIRST})(?={_SECOND}{_THIRD}{_ANY}{_FIRST}{_SECOND}{_THIRD}|{_WIDE}){_ANY}{{13,}}+={{0,2}}"
    rf"(?:(?<={_ANY}{{60}})(?:\r?\n[A-Za-z0-9+/]{{4,100}}={{0,2}})+)?"
)
_STANDARD: Final = str.maketrans("-_", "+/", "\r\n")
_HEX: Final = re.compile(
    r"[2-7](?<![0-9A-Za-wyz][2-7])[0-9A-Fa-f](?:[2-7][0-9A-Fa-f]){9,}+(?![0-9A-Za-z])"
)
_LETTERS: Final = Runs(string.ascii_letters + string.digits + "+/_-", 14)
_DIGITS: Final = Runs(string.hexdigits, 20)


def written(text: str) -> Iterator[Decoded]:
    """Yield each passage that holds percent-encoding, entities or escapes, decoded once."""
    if any(start in text for start in _STARTS):
        yield from _passages(text, _START, _WRITTEN)
    if "+" in text:
        for match in _QUERY.finditer(text):
            changes = _changes(_IN_QUERY.finditer(text, *match.span()))
            yield decoded(text, match.start(), match.end(), changes)


def quoted_printable(text: str) -> Iterator[Decoded]:
    """Yield each passage that holds quoted-printable letters or soft line breaks."""
    if "=?" in text:
        for start, end, said in encoded_words(text, 0, len(text)):
            yield decoded(
                text, _opening(text, start, 0), _closing(text, end), [(start, end, said.text)]
            )
    if _QUOTED_SIGN.search(text) is None:
        return
    if any(literal in text and told.search(text) for literal, told in _IS_QUOTED):
        yield from _passages(text, _QUOTED_START, _QUOTED, _goes_on)
    elif any(map(_goes_on_untold, _SOFT.finditer(text))):
        yield from _passages(text, _QUOTED_START, _QUOTED, _goes_on_untold)


def _goes_on(match: re.Match[str]) -> bool:
    """Tell a letter or a soft break from the end of a value that is padded or empty."""
    if match[0][-1] != "\n":
        return True
    text, end = match.string, match.start()
    line = text.rfind("\n", 0, end) + 1
    if text[end - 1 : end] == "=" or _SETTING.match(text, match.end()):
        return False
    return end + 1 - line in _SOFT_COLUMN or _ENDED_LINE.search(text[line:end]) is None


def _goes_on_untold(match: re.Match[str]) -> bool:
    """Tell the same where nothing else in the text is quoted-printable: padding ends a line.

    Quoted-printable would have written the padding as `=3D`, which is such a sign itself.
    """
    text, end = match.string, match.start()
    line = text.rfind("\n", 0, end) + 1
    return _goes_on(match) and (match[0][-1] != "\n" or _ENDED_LINE.search(text[line:end]) is None)


def encoded_words(text: str, start: int, end: int) -> Iterator[tuple[int, int, Decoded]]:
    """Yield each run of encoded words in a header, as in `=?utf-8?B?SmFuZQ==?=`, decoded."""
    run: list[Change] = []
    for match in _ENCODED_WORD.finditer(text, start, end):
        said = _from_word(match)
        if said is None:
            continue
        if run and text[run[-1][1] : match.start()].strip():
            yield run[0][0], run[-1][1], decoded(text, run[0][0], run[-1][1], run)
            run = []
        if run:
            run.append((run[-1][1], match.start(), ""))
        run.append((*match.span(), said))
    if run:
        yield run[0][0], run[-1][1], decoded(text, run[0][0], run[-1][1], run)


def _from_word(match: re.Match[str]) -> str | None:
    inside = match["inside"]
    try:
        if match["how"] in "bB":
            content = base64.b64decode(inside + "=" * (-len(inside) % 4))
        else:
            content = quopri.decodestring(inside, header=True)
        return content.decode(match["charset"])
    except (binascii.Error, ValueError, LookupError):
        return None


def packed(text: str) -> Iterator[Decoded]:
    """Yield what base64 and hexadecimal tokens say; any part of it stands for the whole token."""
    data = bytes_of(text)
    done = 0
    for start, end in _LETTERS.find(data):
        if done <= start and end - start < _FAR and not _may_be_base64(text[start:end]):
            continue
        # A match may go on over line ends, and is looked for in the run that it begins in.
        found = _BASE64.search(text, max(start, done), end) if done < end else None
        while found is not None:
            match = _BASE64.match(text, found.start()) or found
            yield from _unpacked(match[0], match.start())
            done = match.end()
            found = _BASE64.search(text, done, end) if done < end else None
    for start, end in _DIGITS.find(data):
        for match in _HEX.finditer(text, start, end + 1):
            said = _printable(bytes.fromhex(match[0]))
            if said is not None:
                yield _whole(said, match.start(), match.end())


@lru_cache(maxsize=8192)
def _may_be_base64(run: str) -> bool:
    """Tell whether a token begins in a whole run: paths and names of classes come often."""
    return _BASE64.search(run) is not None


def _unpacked(token: str, at: int) -> Iterator[Decoded]:
    said = _from_base64(token)
    if said is not None:
        yield _whole(said, at, at + len(token))
        return
    # A slash is a letter of base64 and the end of a path's segment.
    start = 0
    for part in token.split("/"):
        said = _from_base64(part) if len(part) >= 16 and part != token else None
        if said is not None:
            yield _whole(said, at + start, at + start + len(part))
        start += len(part) + 1


def _from_base64(token: str) -> str | None:
    letters = token.translate(_STANDARD).rstrip("=")
    if len(letters) < 14 or len(letters) % 4 == 1:
        return None
    try:
        content = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return _printable(content)


def _printable(content: bytes) -> str | None:
    encoding = "utf-16-le" if b"\0" in content[:4] else "utf-8"
    try:
        said = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    shown = said.translate({9: " ", 10: " ", 13: " "})
    return said if shown.isprintable() and not shown.isspace() else None


def _whole(said: str, start: int, end: int) -> Decoded:
    return Decoded(said, Alignment(start, [(0, len(said), start, end)]))


def _passages(
    text: str,
    start: re.Pattern[str],
    pattern: re.Pattern[str],
    counts: Callable[[re.Match[str]], bool] = bool,
) -> Iterator[Decoded]:
    """Decode around each group of matches: near ones share a passage, which ends at line ends."""
    group: list[re.Match[str]] = []
    floor = last = 0
    for at in start.finditer(text):
        match = pattern.match(text, at.start()) if at.start() >= last else None
        if match is None or not counts(match):
            continue
        if group and (match.start() - last > _NEAR or text.find("\n", last, match.start()) >= 0):
            yield _passage(text, group, floor)
            floor, group = last, []
        group.append(match)
        last = match.end()
    if group:
        yield _passage(text, group, floor)


def _passage(text: str, group: list[re.Match[str]], floor: int) -> Decoded:
    start, end = _opening(text, group[0].start(), floor), _closing(text, group[-1].end())
    return decoded(text, start, end, _changes(group))


def _opening(text: str, at: int, floor: int) -> int:
    """Go back from `at` to where its line or, farther away, its word begins."""
    line = text.rfind("\n", max(floor, at - _FAR), at) + 1 or max(floor, at - _FAR)
    if at - line <= _NEAR:
        return line
    gap = text.rfind(" ", line, at - _NEAR)
    return gap + 1 if gap >= 0 else line


def _closing(text: str, at: int) -> int:
    line = text.find("\n", at, at + _FAR)
    line = min(len(text), at + _FAR) if line < 0 else line
    if line - at <= _NEAR:
        return line
    gap = text.find(" ", at + _NEAR, line)
    return gap if gap >= 0 else line


def _changes(matches: Iterable[re.Match[str]]) -> Iterator[Change]:
    for match in matches:
        start, end = match.span()
        if match.lastgroup == "percent":
            yield from _bytes(match[0], start)
        elif match.lastgroup == "entity":
            meaning = unescape(match[0])
            if meaning != match[0]:
                yield start, end, meaning
        elif match.lastgroup == "sign":
            yield start, end, _SIGNS.get(match["sign"], match["sign"])
        elif match.lastgroup in ("braced", "four", "two", "six"):
            yield start, end, _character(int(match[match.lastgroup], 16))
        elif match.lastgroup == "pair":
            yield start, end, _paired(match["pair"])
        else:
            yield start, end, " " if match.lastgroup == "plus" else ""


def _bytes(run: str, at: int) -> Iterator[Change]:
    """Decode `%C3%BC` or `=C3=BC`, letter by letter: each keeps its own place."""
    content = bytes(int(run[index + 1 : index + 3], 16) for index in range(0, len(run), 3))
    try:
        letters = content.decode("utf-8")
        sizes = [len(letter.encode()) * 3 for letter in letters]
    except UnicodeDecodeError:
        letters, sizes = content.decode("latin-1"), [3] * len(content)
    for letter, size in zip(letters, sizes, strict=True):
        yield at, at + size, letter
        at += size


def _character(code: int) -> str:
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def _paired(pair: str) -> str:
    high, low = int(pair[:4], 16), int(pair[-4:], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
