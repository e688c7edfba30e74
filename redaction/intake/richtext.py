"""Reads the text of RTF, compressed by Outlook or not; objects and pictures are left out."""

import re
from typing import Final

from redaction.intake.hidden import with_hidden
from redaction.intake.reasons import Reason, Refused

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])"
    rb"|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\"
)
_SILENT: Final = frozenset(
    (
        *(b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"objdata"),
        *(b"themedata", b"datastore", b"generator", b"listtable", b"listoverridetable"),
        *(b"rsidtbl", b"latentstyles", b"xmlnstbl", b"filetbl", b"fldinst", b"htmltag"),
    )
)
# Notes and comments are destinations that hold text.
_KEPT: Final = frozenset((b"annotation", b"footnote", b"shptxt", b"header", b"footer"))
_MARKS: Final = {
    **{b"par": "\n", b"line": "\n", b"row": "\n", b"sect": "\n", b"page": "\n", b"cell": "\t"},
    **{
        b"tab": "\t",
        b"emdash": "\u2014",
        b"endash": "\u2013",
        b"bullet": "\u2022",
        b"lquote": "\u2018",
    },
    **{b"rquote": "\u2019", b"ldblquote": "\u201c", b"rdblquote": "\u201d"},
}
_DEEPEST: Final = 2000
_PRELOADED: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


class _State:
    """What holds inside a group: silence, hiding, and the characters that follow a Unicode one."""

    __slots__ = ("fallback", "silent", "unseen")

    def __init__(self, silent: bool, unseen: bool, fallback: int) -> None:
        self.silent = silent
        self.unseen = unseen
        self.fallback = fallback


def text_of_rtf(content: bytes) -> str:
    """Return the text of RTF; what is hidden or deleted is marked.

    Raises:
        Refused: its groups are nested deeper than any real text, or it holds no text.
    """
    encoding = "cp1252"
    stack = [_State(False, False, 1)]
    pieces: list[tuple[bool, str]] = []
    skip = at = 0
    star = False
    while match := _TOKEN.match(content, at):
        at = match.end()
        word, number, hexadecimal, symbol, brace, text = match.groups()
        state = stack[-1]
        said = ""
        if brace == b"{":
            stack.append(_State(state.silent, state.unseen, state.fallback))
            if len(stack) > _DEEPEST:
                raise Refused(Reason.TOO_DEEP)
        elif brace == b"}":
            if len(stack) > 1:
                stack.pop()
            skip = 0
        elif word:
            if word == b"bin":
                at += max(int(number or b"0"), 0)
            elif word == b"ansicpg":
                encoding = _encoding(int(number or b"1252"))
            elif word == b"u" and number:
                said, skip = chr(int(number) % 0x10000), state.fallback
            elif word == b"uc":
                state.fallback = min(max(int(number or b"1"), 0), 8)
            elif word in (b"v", b"deleted"):
                state.unseen = number != b"0"
            elif word in _KEPT:
                state.unseen = state.unseen or word == b"annotation"
            elif word in _SILENT or star:
                state.silent = True
            elif word == b"htmlrtf":
                state.silent = number != b"0"
            said = said or _MARKS.get(word, "")
        elif hexadecimal:
            said, skip = _unless(
                bytes.fromhex(hexadecimal.decode()).decode(encoding, "replace"), skip
            )
        elif symbol:
            said = {b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n"}.get(
                symbol, symbol.decode("latin-1") if symbol in b"\\{}" else ""
            )
        elif text:
            said, skip = _unless(text.decode(encoding, "replace"), skip)
        star = symbol == b"*"
        if said and not state.silent:
            pieces.append((state.unseen, said))
    return _joined(pieces)


def _unless(text: str, skip: int) -> tuple[str, int]:
    """Leave out what stands in for a Unicode character in old programs."""
    return text[skip:], max(skip - len(text), 0)


def _joined(pieces: list[tuple[bool, str]]) -> str:
    joined = with_hidden(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    joined = joined.replace("\0", "\ufffd").strip()
    if not joined:
        raise Refused(Reason.NO_TEXT)
    return joined + "\n"


def _encoding(page: int) -> str:
    try:
        b"a".decode(f"cp{page}")
    except LookupError:
        return "cp1252"
    return f"cp{page}"


def unpacked_rtf(content: bytes, most: int) -> bytes:
    """Unpack the compressed RTF of an Outlook message (MS-OXRTFCP), at most `most` bytes.

    Raises:
        Refused: it is damaged or too large.
    """
    if content[8:12] == b"MELA":
        return content[16:]
    if content[8:12] != b"LZFu":
        raise Refused(Reason.OUTLOOK)
    window = bytearray(_PRELOADED.ljust(4096, b"\0"))
    write, at = len(_PRELOADED), 16
    out = bytearray()
    while at < len(content) and len(out) <= most:
        control, at = content[at], at + 1
        for bit in range(8):
            if control >> bit & 1:
                if at + 2 > len(content):
                    return bytes(out)
                token, at = int.from_bytes(content[at : at + 2], "big"), at + 2
                read = token >> 4
                if read == write % 4096:
                    return bytes(out)
                found = [(read + n) % 4096 for n in range((token & 15) + 2)]
            elif at < len(content):
                window[write % 4096], at = content[at], at + 1
                out.append(window[write % 4096])
                write += 1
                continue
            else:
                return bytes(out)
            for place in found:
                window[write % 4096] = window[place]
                out.append(window[place])
                write += 1
    if len(out) > most:
        raise Refused(Reason.LARGER, most)
    return bytes(out)
