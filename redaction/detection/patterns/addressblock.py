# ruff: noqa: E501 - a pattern is easier to check on one line
"""Reads one address from a given place: the street, then units, towns, states and postcodes."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from redaction.detection.patterns.ordinary import words_of
from redaction.detection.patterns.streets import (
    ALONE,
    BEFORE_NAME,
    BOX,
    COMPOUND,
    FORCES,
    PLAIN_AFTER,
    STOP,
    STREET_AFTER,
    UNIT,
)

LONGEST: Final = 400
# Words and numbers of a street with its house number, at most.
LONGEST_HEAD: Final = 9
_ENOUGH: Final = 3
_ENOUGH_IN_LOWER_CASE: Final = 4

# Canadian, British, Dutch and prefixed codes: letters and digits in two groups.
_CODE = (
    r"[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b|[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}\b|[A-Z]{1,2}-\d{4,5}\b"
    r"|\d{4}[ ][A-Z]{2}(?=[ ]{0,2}(?:,|\n|$|[A-Z][a-z]))"
)
_TOKEN = re.compile(
    rf"(?P<code>{_CODE})|(?P<number>(?:[Nn][or]\.?[ ]?|#)?\d{{1,6}}[A-Za-z]?(?:[-/]\d{{1,5}}[A-Za-z]?)?(?![\w@:=]|[.-]\w)"
    rf"(?:\.(?=\s*$|[ ]?(?:[,\n]|(?i:{UNIT}|st|street)\b)))?)"
    r"|(?P<word>\d{1,3}(?:st|nd|rd|th|e|er|ste|de)\b|\(?[^\W\d_](?:[\w'\u2019./()&-]|[^\x00-\xa0\u2000-\u206f]){0,40})"
    r"|(?P<line>\r?\n(?:[ \t>]*\r?\n)?(?:[ \t]*>)*)|(?P<comma>,)|(?P<end>.)",
    re.DOTALL,
)
# `Trinidad and Tobago`, `Kingdom of the Netherlands 37521`
_OF_A_COUNTRY = re.compile(
    r"[ ](?:(?:the[ ])?[^\W\d_]+(?:[ ][^\W\d_]+)?[ ]\d{4,6}\b"
    r"|(?i:barbuda|herzegovina|tobago|nevis|principe|futuna|miquelon|the grenadines)\b)"
)
_POSTCODE = re.compile(rf"\d{{3,6}}(?:-\d{{3,4}})?|\d{{2}}-\d{{3}}|{_CODE}")
UNIT_WORD = re.compile(rf"(?i:{UNIT})\.?")
_AFTER_WORD = re.compile(rf"(?i:{STREET_AFTER}|{PLAIN_AFTER})\.?")
_STREET_WORD = re.compile(
    rf"(?i:{STREET_AFTER}|{BEFORE_NAME}|{ALONE})\.?|[^\W\d_][\w'\u2019-]{{1,30}}(?i:{COMPOUND})"
)
_ABBREVIATED = words_of("st ave av rd blvd ln dr ct sq pl apt ste fl no nr ul os al pl u str bd avda c jl p.o rkp krt")  # fmt: skip


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        return self.text.strip("().").lower()


def end_of_address(text: str, at: int, cue: int) -> int:
    """Return where the address that starts at `at` ends, 0 when there is none.

    `cue` says how much the words before it tell of an address: 0, 1 or 2.
    """
    return _Reader(_tokens(text, at), cue).read()


def _tokens(text: str, at: int) -> Iterator[_Token]:
    housed = True
    count = 0
    for match in _TOKEN.finditer(text, at, min(len(text), at + LONGEST)):
        kind = str(match.lastgroup).replace("code", "number")
        if kind == "end" and match[0] in " \t":
            continue
        end = match.end()
        value = match[0]
        if kind == "number" and value.endswith("."):
            end -= not text[end : end + 1].strip(" \n")
            value = value[:-1]
        if kind == "word" and value.endswith("."):
            ends = value[:-1].lower() not in _ABBREVIATED and len(value) > 2 and not housed
            last = not text[end : end + 1].strip() and not re.match(r"[ ]\w", text[end : end + 2])
            if ends or last:
                value, end = value[:-1], end - 1
                yield _Token("word", value, match.start(), end)
                if ends:
                    yield _Token("end", ".", end, end + 1)
                    break
                housed = False
                count += 1
                continue
        if kind == "word" and _stops(text, match):
            kind = "end"
        yield _Token(kind, value, match.start(), end)
        housed = kind == "number"
        count += 1
        if kind == "end" or count > 48:
            break


def _stops(text: str, word: re.Match[str]) -> bool:
    bare = word[0].lower().strip("().")
    if bare not in STOP or (word[0].isupper() and len(word[0]) > 1):
        return False
    return bare not in ("and", "the") or _OF_A_COUNTRY.match(text, word.end()) is None


class _Reader:
    """Reads an address token by token: the street first, then what may follow it."""

    def __init__(self, tokens: Iterator[_Token], cue: int) -> None:
        self._coming = tokens
        self._tokens: list[_Token] = []
        self._at = 0
        self._score = cue
        self._cue = cue
        self._housed = False

    def read(self) -> int:
        """Return the end of the address, 0 when the tokens are none."""
        head = self._segment()
        end = self._head(head)
        # A street's word by itself, in small letters, is no street.
        if not end or (not self._cue and len(head) == 1 and head[0].text.islower()):
            return 0
        end = self._tail(end)
        spoken = [token.text for token in head if token.kind == "word"]
        lower = not any(word[:1].isupper() for word in spoken)
        return end if self._score >= (_ENOUGH_IN_LOWER_CASE if lower else _ENOUGH) else 0

    def _has(self, at: int) -> bool:
        """Tell whether there is a token at a place; tokens are read as far as they are needed."""
        while at >= len(self._tokens):
            token = next(self._coming, None)
            if token is None:
                return False
            self._tokens.append(token)
        return True

    def _segment(self) -> list[_Token]:
        """Take words and numbers up to a comma, a new line, a unit or the end."""
        taken: list[_Token] = []
        while len(taken) <= LONGEST_HEAD and self._has(self._at):
            token = self._tokens[self._at]
            if token.kind not in ("word", "number") or (taken and self._is_unit(self._at)):
                break
            taken.append(token)
            self._at += 1
        return taken

    def _is_unit(self, at: int) -> bool:
        token = self._tokens[at]
        if token.kind != "word" or UNIT_WORD.fullmatch(token.text) is None:
            return False
        if not self._has(at + 1):
            return False
        following = self._tokens[at + 1]
        return following.kind == "number" or len(following.text) == 1

    def _head(self, head: list[_Token]) -> int:
        kinds = "".join(token.kind[0] for token in head)
        spoken = [token for token in head if token.kind == "word"]
        if len(head) > LONGEST_HEAD or not any(len(token.bare) > 2 for token in spoken):
            return 0
        whole = " ".join(token.text for token in head)
        box = re.search(rf"(?i:{BOX})[ ]?\d|\b(?i:{FORCES}|(?:PSC|CMR)[ ]\d{{2,5}})\b", whole)
        if box:
            self._score += 3
        elif _names_street(spoken):
            self._score += 2
            self._housed = "n" in kinds
        elif "n" in kinds and _AFTER_WORD.fullmatch(spoken[-1].text) and len(spoken) > 1:
            self._score += 1
        if re.fullmatch(r"n+w{1,5}nw?", kinds) or re.fullmatch(r"nn+w{1,5}", kinds):
            self._score += 2
        elif re.fullmatch(r"nw{1,5}|w{1,5}nw?", kinds) or (
            "n" in kinds and any(token.text[:1].isupper() for token in spoken)
        ):
            self._score += 1
        elif "n" not in kinds and not box:
            self._score += 1 if len(spoken) >= 3 and _bare_street(spoken) else -2
        return head[-1].end

    def _tail(self, end: int) -> int:
        """Take units, towns, states and postcodes as long as they make sense together."""
        pending = last = 0
        units = False
        for _ in range(9):
            if not self._has(self._at):
                break
            broken = self._separator()
            if broken is None:
                break
            unit = self._has(self._at) and self._is_unit(self._at)
            if unit:
                self._score += 2
                self._at += 2
                end, pending, units = self._tokens[self._at - 1].end, 0, True
                continue
            segment = self._segment()
            if not segment or len(segment) > 7:
                break
            if self._housed and segment[0].kind == "number" and _names_street(segment):
                # The next address of a list.
                break
            blank = broken.count("\n") > 1
            if _has_postcode(segment):
                self._score += 2
                end, pending = segment[-1].end, 0
            elif blank or (segment[-1].kind == "number" and len(segment[-1].text) > 2):
                break
            elif "\n" in broken:
                pending, last = pending + 1, segment[-1].end
                small = segment[0].text[:1].islower() and self._has(self._at)
                if small or len(segment) > 4:
                    units = False
            elif not pending:
                capital = segment[0].text.strip("(")[:1].isupper()
                if capital or self._score >= _ENOUGH_IN_LOWER_CASE:
                    self._score += 1 if broken == "," and capital else 0
                    end = segment[-1].end
        # Town and country may close the block without any postcode.
        return last if pending in (1, 2) and units and self._closed() else end

    def _closed(self) -> bool:
        if not self._has(self._at):
            return True
        token = self._tokens[self._at]
        return token.kind == "end" or token.text.count("\n") > 1

    def _separator(self) -> str | None:
        """Take commas and new lines; None when something else follows."""
        taken = ""
        while self._has(self._at) and self._tokens[self._at].kind in ("comma", "line"):
            taken += self._tokens[self._at].text
            self._at += 1
        ended = self._has(self._at) and self._tokens[self._at].kind == "end"
        return None if ended else taken


def _names_street(tokens: list[_Token]) -> bool:
    return any(token.kind == "word" and _STREET_WORD.fullmatch(token.text) for token in tokens)


def _bare_street(spoken: list[_Token]) -> bool:
    return spoken[-1].bare in ("street", "road", "avenue", "boulevard", "lane") and all(
        token.text[:1].isupper() for token in spoken
    )


def _has_postcode(segment: list[_Token]) -> bool:
    """Tell a line such as `Norway 0990`, `75011 Granville` or `123 45 Granville`."""
    first, last = segment[0], segment[-1]
    if first.kind == "number" and last.kind == "word":
        digits = "".join(token.text for token in segment[:2] if token.kind == "number")
        return re.fullmatch(rf"\d{{4,6}}|{_CODE}", digits) is not None and last.text[:1].isalpha()
    return last.kind == "number" and _POSTCODE.fullmatch(last.text) is not None
