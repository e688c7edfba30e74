"""Takes the first line of a record apart: level, component and the message proper."""

import re
from typing import Final

from redaction.case import Level
from redaction.reading.levels import LEVEL_WORDS, level_of, level_of_priority
from redaction.reading.records.found import Head
from redaction.reading.times.shapes import IN_COLUMN
from redaction.reading.timestamps import Stamp
from redaction.reading.wording import any_of

_HEAD: Final = 400
_SEARCHED: Final = 200
_INNER: Final = 64
_MOST_WORDS: Final = 8
_MOST_KNOWN: Final = 10_000
_TITLED: Final = (
    rf"{any_of('Trace Debug Info Warning Warn Error Fatal Critical Normal')}(?=\s{{2,}}|:| \[)"
    r"|(?<=\t)(?:Normal|Warning)(?=\t)"
)
# A level stands behind a space or a sign; at the very start of a line `_LEVEL_FIRST` finds it. That
# the pattern starts with one set of characters is what makes the search fast.
_LEVEL: Final = re.compile(
    r"[\s\[\](){}<>|,:;\"'*#]"
    rf"(?:{LEVEL_WORDS}(?![\w./-])|{_TITLED}|(?<=[\[<:])(?i:{LEVEL_WORDS})(?=\s*[\]>]))"
)
_LEVEL_FIRST: Final = re.compile(
    rf"{LEVEL_WORDS}(?![\w./-])|{_TITLED}|(?:trce|dbug|info|warn|fail|crit)(?=: )"
)
_NAME: Final = r"[A-Za-z_$][\w$./-]{0,120}+(?:::[\w$./-]{1,80}+){0,8}+"
_GROUPS: Final = (
    r"(?:(?:\[[^\[\]\n]*+(?:\[[^\]\n]*+\][^\[\]\n]*+)*+\]|\([^)\n]{0,80}+\)|\d++|-{2,3})"
    r"[\s:|-]*+)*+"
)
_AFTER_LEVEL: Final = re.compile(
    rf"[\])>:\s|-]*+{_GROUPS}(?:(?P<logger>{_NAME})"
    r"(?:: |:$|\s*+(?:\[[^\]\n]*+\]\s*+)*+(?:: |:$|-++ |\| )|\t|\s{3,})\s*+"
    # As OpenStack writes it: a dotted name and what was asked, in brackets.
    r"|(?P<dotted>[A-Za-z_]\w*+(?:\.\w++)++)\s++(?:\[[^\]\n]*+\]\s++)++)?"
)
_BASIC: Final = re.compile(rf"(?P<level>{LEVEL_WORDS}):(?P<logger>[\w.]+):(?=\S)")
_LOOKS_NAMED: Final = re.compile(r"[a-z]+$|.*[./$_:-]|.*[a-z0-9][A-Z]|[A-Z]{2,}$")
_WHOLE_NAME: Final = re.compile(_NAME)
_BRACKETED: Final = re.compile(r"\[[^\]\n]{0,120}\]")
_SYSLOG: Final = re.compile(
    r"\s*(?P<host>\S+) (?P<program>[A-Za-z_][\w./-]*)(?:\([^)]*\))?(?:\[\d+\])?:\s(?P<message>.*)",
    re.DOTALL,
)
_RFC5424: Final = re.compile(
    r"\s*\S+ (?P<program>\S+) \S+ \S+ (?:-|(?:\[(?:[^\]\\]|\\.)*\])+)\s?(?P<message>.*)", re.DOTALL
)
_PRIORITY: Final = re.compile(r"<(\d{1,3})>(1 )?")
_MESSAGE_LEVEL: Final = re.compile(
    r"(?i)(?P<word>error|warning|warn|fatal|critical|info|debug|panic): "
)
_CRASHES: Final = ("fatal error: ", "Unhandled exception", "Exception in thread ")
_PERHAPS_LEVEL: Final = re.compile(r"[A-Z\[](?:[A-Z]{2}|(?<=\[)[a-z])")


class Heads:
    """Reads the heads of one file's lines, and remembers what it judged of their parts."""

    def __init__(self) -> None:
        """Start without any known part."""
        self._befores: dict[str, str | None] = {}
        self._names_before: dict[str, str | None] = {}
        self._loggers: dict[str, str | None] = {}
        self._levels: dict[str, Level] = {}
        self._writers: dict[str, str | None] = {}
        self._names: dict[str, str | None] = {}
        self._programs: dict[str, str | None] = {}

    def read(self, line: str, stamp: Stamp | None) -> Head:
        """Read a line whose time, if any, stands at `stamp`."""
        if stamp is None:
            return self._without_time(line)
        if line[0] == "<":  # the number of a priority may say the level
            return self._timed(line, stamp)._replace(by_form=False)
        return self._timed(line, stamp)

    def _timed(self, line: str, stamp: Stamp) -> Head:
        daemon = stamp.shape == "syslog" or line[0] == "<"
        if daemon and (head := self._syslog(line, stamp)) is not None:
            return head
        if (head := self._levelled(line, stamp.end)) is not None:
            return head
        if stamp.start and (before := _level_in(line, 0, stamp.start)) is not None:
            return self._after_level(line, before, stamp.end, self._before(line[: before[0]]) or "")
        if stamp.shape == "iso" and (syslog := _SYSLOG.match(line, stamp.end)) is not None:
            return self._said_by(syslog["program"], syslog["message"])
        if stamp.shape == IN_COLUMN:
            return Head("other", "", line, by_form=True)
        return self._said_by("", line[stamp.end :].lstrip(" ]),:;|-\"'>\t"))

    def _without_time(self, line: str) -> Head:
        if (basic := _BASIC.match(line)) is not None:
            level = level_of(basic["level"])
            return Head(level, self._logger(basic["logger"]) or "", line[basic.end() :])
        head = self._levelled(line, 0)
        return self._said_by("", line.lstrip(" ]),:;|-\"'>\t")) if head is None else head

    def _levelled(self, line: str, start: int, searched: int = _SEARCHED) -> Head | None:
        """Read a head that names its level, as most do."""
        level = _level_in(line, start, start + searched)
        if level is None or (before := self._before(line[start : level[0]])) is None:
            return None
        return self._after_level(line, level, level[1], before)

    def _after_level(self, line: str, place: tuple[int, int], begin: int, before: str) -> Head:
        """Read what stands behind a level from `begin` on; `before` is the logger before it."""
        first, past = place
        # Writers repeat themselves: what stands up to the first colon was mostly read before.
        end = line.find(": ", begin, begin + _HEAD) + 2
        written = line[past:end]
        component = self._writers.get(written) if end > 1 else None
        if component is None:
            component, found = self._writer(line, past, begin)
            if end == found and component:
                _kept(self._writers, written, component)
            end = found
        level = self._level(line[first:past])
        return Head(level, component or before, line[end:].lstrip(), by_form=True)

    def _writer(self, line: str, level_end: int, begin: int) -> tuple[str, int]:
        """Return the logger behind a level, if there is one, and where the message begins."""
        after = _AFTER_LEVEL.match(line, begin, begin + _HEAD)
        if after is None:
            return "", begin
        logger = after["logger"] or after["dotted"]
        if logger is None:
            return "", after.end()
        known = self._logger(logger)
        if known is None or line.startswith(": ", level_end):
            return "", after.start("logger") if after["logger"] else after.start("dotted")
        return known, after.end()

    def _syslog(self, line: str, stamp: Stamp) -> Head | None:
        """Read what a syslog daemon wrote; the program's own head stands behind it."""
        if line[0] == "<" and (priority := _PRIORITY.match(line)) is not None:
            found = (_RFC5424 if priority[2] else _SYSLOG).match(line, stamp.end)
            if found is None:
                return None
            head = self._said_by(found["program"], found["message"])
            level = level_of_priority(priority[1]) if head.level == "other" else head.level
            return head._replace(level=level)
        end = line.find(": ", stamp.end, stamp.end + _SEARCHED) + 2
        written = line[stamp.end : end]
        program = self._programs.get(written) if end > 1 else None
        if program is None:
            found = _SYSLOG.match(line, stamp.end)
            if found is None:
                return None
            program = found["program"]
            if found.start("message") != end:
                return self._said_by(program, found["message"])
            _kept(self._programs, written, program)
        return self._said_by(program, line[end:])

    def _said_by(self, component: str, message: str) -> Head:
        if message.find(": ", 0, 10) > 0 and (stated := _MESSAGE_LEVEL.match(message)) is not None:
            level = level_of(stated["word"])
            return Head(level, self._logger_of(component), message, by_form=True)
        if message.startswith(_CRASHES):
            return Head("fatal", self._logger_of(component), message, by_form=True)
        if component and _PERHAPS_LEVEL.search(message, 0, _INNER) is not None:
            own = self._levelled(message, 0, _INNER)
            if own is not None:
                return own._replace(component=own.component or self._logger_of(component))
        return Head("other", self._logger_of(component), message, by_form=True)

    def _logger_of(self, program: str) -> str:
        """Return the short name of what is known to be a program."""
        if not program:
            return ""
        known = self._names.get(program)
        return _kept(self._names, program, short_name(program)) or "" if known is None else known

    def _level(self, word: str) -> Level:
        level = self._levels.get(word)
        if level is None:
            level = self._levels[word] = level_of(word)
        return level

    def _logger(self, name: str) -> str | None:
        """Return the short name of a logger; None for a word that is none."""
        if name in self._loggers:
            return self._loggers[name]
        known = short_name(name) if _is_logger(name) else None
        return _kept(self._loggers, name, known)

    def _before(self, before: str) -> str | None:
        """Return the logger before the level, or nothing; None where no header ends so.

        A short text without a sentence's colon is a header; its last name is the logger's, as
        Python's logging writes it.
        """
        if before == " ":
            return ""
        if "[" in before:
            if before in self._befores:
                return self._befores[before]
            return _kept(self._befores, before, self._within_brackets(before))
        return None if ": " in before else self._last_name(before)

    def _within_brackets(self, before: str) -> str | None:
        bare = _BRACKETED.sub(" ", before)
        if ": " in bare:
            return None
        bracket = re.search(r"\[([a-z_]+):?$", before)
        return bracket[1] if bracket else self._last_name(bare)

    def _last_name(self, before: str) -> str | None:
        words = before.replace("|", " ").replace(":", " ").split()
        if len(words) > _MOST_WORDS:
            return None
        for word in reversed(words):
            if word not in self._names_before:
                named = _WHOLE_NAME.fullmatch(word) is not None and _is_logger(word)
                _kept(self._names_before, word, short_name(word) if named else "")
            if name := self._names_before[word]:
                return name
        return ""


def short_name(logger: str) -> str:
    """Return a logger's or service's short name: `PaymentService`, `auth.token`, `checkout-api`."""
    name = logger.strip()
    if name.count(".") and not re.search(r"[\s/:]|\.\d", name):
        parts = [part for part in name.split("$", 1)[0].split(".") if part]
        name = ".".join(parts[-1:] if parts and parts[-1][0].isupper() else parts[-2:]) or name
    return name[:80]


def starts_with_level(line: str) -> bool:
    """Tell whether a line starts with a level, bare or in brackets: a record of its own."""
    return _FIRST_WORD.match(line) is not None


_FIRST_WORD: Final = re.compile(
    rf"[\[<(]?(?:{LEVEL_WORDS})\b[\]>):]?(?=[\s:|-])|(?:trce|dbug|info|warn|fail|crit): "
)


def _level_in(line: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the first level word stands between two places."""
    if start == 0 and (first := _LEVEL_FIRST.match(line)) is not None:
        return first.span()
    found = _LEVEL.search(line, start, end)
    return None if found is None else (found.start() + 1, found.end())


def _kept(known: dict[str, str | None], key: str, value: str | None) -> str | None:
    if len(known) > _MOST_KNOWN:
        known.clear()
    known[key] = value
    return value


def _is_logger(name: str) -> bool:
    return _LOOKS_NAMED.match(name) is not None and not name.endswith(("Exception", "Error"))
