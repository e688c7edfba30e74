"""Reads logs line by line into events; a stack trace belongs to the line above it."""

import gc
import json
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final, cast

from redaction.case import Anchor, Event
from redaction.reading.jsontree import parse_objects
from redaction.reading.levels import level_of
from redaction.reading.records.blocks import blocks_of
from redaction.reading.records.carriers import carried, carrier_of
from redaction.reading.records.continuing import (
    belongs,
    belongs_though_stamped,
    crash_in,
    is_dump,
    looks_continued,
    opens,
    second_line,
)
from redaction.reading.records.forms import Form, Forms, has_digit
from redaction.reading.records.found import Block, Head
from redaction.reading.records.heads import Heads, short_name
from redaction.reading.records.programs import readers_for
from redaction.reading.structured_logs import exception_in, pairs_in, read_record
from redaction.reading.templates import Masks
from redaction.reading.timestamps import Clock, Context, Stamp
from redaction.text import RedactedText, mint

_SAMPLE: Final = 500
_SPREAD: Final = 300
"""Lines that are looked at to learn what a file is like: its first ones, and some of everywhere."""
_DIRECTIVE: Final = re.compile(r"#(?:Start-|End-)?Date: ")
_NOTHING: Final = mint("")
_PANIC: Final = re.compile(
    r"panic: |fatal error: |goroutine \d+ \[|thread '[^'\n]+' .{0,9}panicked at"
)
# What a database puts into a message instead of a level.
_ORACLE: Final = re.compile(r"ORA-\d{3,5}\b")
_LONGEST_BARE: Final = 400
# The category that .NET's console writes above the message.
_CATEGORY: Final = re.compile(r"([A-Za-z_][\w.]*)\[\d+\]")


def read_log(
    artifact: str, text: RedactedText, context: Context, *, stamped_only: bool = False
) -> list[Event]:
    """Read a log; with `stamped_only`, a line without a time that belongs to none is prose.

    A stack trace is none, whatever it stands in.
    """
    with _uncollected():
        reading = _Reading(artifact, text.split("\n"), Clock(context))
        found = reading.blocks() or reading.objects(text)
        return found or reading.events(stamped_only=stamped_only)


@contextmanager
def _uncollected() -> Generator[None]:
    """Hold back the collector of cycles: events have none, and looking for them costs a fifth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Reading:
    """Reads one file and holds what is known of it: its clock, its writers, its messages."""

    def __init__(self, artifact: str, lines: list[str], clock: Clock) -> None:
        self._artifact = artifact
        self._lines = lines
        self._clock = clock
        self._heads = Heads()
        self._forms = Forms()
        self._masks = Masks()
        self._minted: dict[str, RedactedText] = {}
        self._carrier = carrier_of(lines, clock)

    def blocks(self) -> list[Event]:
        """Read a log whose records are blocks; nothing when the file is none."""
        return [self._of_block(block) for block in blocks_of(self._lines, self._clock)]

    def objects(self, text: str) -> list[Event]:
        """Read records that are JSON objects over several lines; nothing when the file is none."""
        if text[:20].strip()[:2].split("\n")[0] != "{":
            return []
        found = (
            read_record(
                cast(dict[str, object], node.plain()),
                Anchor(self._artifact, node.line),
                self._clock,
                masks=self._masks,
            )
            for node in parse_objects(text)
        )
        return [event for event in found if event is not None and event.template]

    def events(self, *, stamped_only: bool) -> list[Event]:
        """Read a log of lines."""
        if self._carrier is None:
            return list(self._plain(stamped_only=stamped_only))
        return list(self._inner())

    def _plain(self, *, stamped_only: bool) -> Iterator[Event]:
        """Read lines as they stand, by far the most usual."""
        at_start, attach = self._clock.at_start, self._learn(self._lines)
        begun, first, above, opened = 0, "", "", False
        first_stamp: Stamp | None = None
        rest: list[str] = []
        last = 0
        for number, line in enumerate(self._lines, 1):
            if not line or line.isspace():
                continue
            stamp = None if line[0] == "{" else at_start(line)
            if begun:
                if stamp is not None:
                    joins = (
                        (":  " in line or "]: " in line)
                        and first_stamp is not None
                        and belongs_though_stamped(line, stamp, first, first_stamp)
                    )
                else:
                    attached = attach and first_stamp is not None
                    joins = (
                        belongs(line, above, attach=attached, opened=opened)
                        or (not rest and second_line(line, first_stamp) is not None)
                        or (len(rest) < _LONGEST_BARE and _is_bare(first, first_stamp))
                    )
                if joins:
                    rest.append(line)
                    last, above = number, line
                    opened = opened or (stamp is None and opens(line))
                    continue
            if stamp is None and stamped_only and not is_dump(line, self._below(number)):
                continue
            if begun:
                event = self._event(begun, last, first, first_stamp, rest)
                if event is not None:
                    yield event
            begun = last = number
            first = above = line
            first_stamp = stamp
            opened = stamp is None and opens(line)
            if rest:
                rest = []
        if begun:
            event = self._event(begun, last, first, first_stamp, rest)
            if event is not None:
                yield event

    def _below(self, number: int) -> str:
        """Return the line below the one of this number."""
        return self._lines[number] if number < len(self._lines) else ""

    def _inner(self) -> Iterator[Event]:
        """Read the lines inside a carrier's, each with its own time or else the carrier's."""
        if self._carrier is None:
            return
        clock = self._clock
        inner = list(carried(self._lines, self._carrier, clock))
        attach = self._learn([each.line for _, _, each in inner])
        begun, last, above, opened = 0, 0, "", False
        current: tuple[str, Stamp | None, Stamp | None, str] = ("", None, None, "")
        rest: list[str] = []
        for number, end, each in inner:
            line = each.line
            if not line or line.isspace():
                continue
            stamp = None if line[0] == "{" else clock.at_start(line)
            if begun and self._joins(line, stamp, current, above, attach=attach, opened=opened):
                rest.append(line)
                last, above, opened = end, line, opened or (stamp is None and opens(line))
                continue
            if begun and (event := self._carried_event(begun, last, current, rest)):
                yield event
            begun, last, above, rest = number, end, line, []
            current = (line, stamp, each.stamp, each.raw_time)
            opened = stamp is None and opens(line)
        if begun and (event := self._carried_event(begun, last, current, rest)):
            yield event

    def _joins(
        self,
        line: str,
        stamp: Stamp | None,
        current: tuple[str, Stamp | None, Stamp | None, str],
        above: str,
        *,
        attach: bool,
        opened: bool,
    ) -> bool:
        """Tell whether a carried line belongs to the record above it."""
        first, first_stamp, _, _ = current
        if stamp is None:
            return belongs(line, above, attach=attach and first_stamp is not None, opened=opened)
        return first_stamp is not None and belongs_though_stamped(line, stamp, first, first_stamp)

    def _carried_event(
        self,
        begun: int,
        last: int,
        current: tuple[str, Stamp | None, Stamp | None, str],
        rest: list[str],
    ) -> Event | None:
        """Make an event of a carried line; the carrier's time counts where the own is unsure."""
        line, stamp, outer, raw_time = current
        event = self._event(begun, last, line, stamp, rest)
        if event is None or outer is None or (event.utc and event.zone == "explicit"):
            return event
        return replace(event, utc=outer.utc, zone=outer.zone, raw_time=mint(raw_time))

    def _learn(self, lines: Sequence[str]) -> bool:
        """Learn who writes the file; tell whether its records have times.

        In such a file a line without a time is a part of the record above it.
        """
        clock = self._clock
        sample = [line for line in lines[:_SAMPLE] if line.strip() and not looks_continued(line)]
        stamped = sum(clock.at_start(line) is not None for line in sample)
        step = max(1, len(lines) // _SPREAD)
        spread = [
            (line, stamp)
            for line in lines[::step]
            if line and line[0] not in " \t{" and (stamp := clock.at_start(line)) is not None
        ]
        self._readers = readers_for(lines, spread)
        return stamped * 2 >= len(sample) > 0

    def _event(
        self, begun: int, last: int, line: str, stamp: Stamp | None, rest: list[str]
    ) -> Event | None:
        anchor = Anchor(self._artifact, begun)
        if stamp is not None and not rest and (form := self._forms.of(line, stamp)) is not None:
            start, end, _, begin, level, component, template, exception = form
            message = line[begin:]
            return Event(
                stamp[2],
                mint(line[start:end]),
                stamp[3],
                level,
                component,
                mint(message),
                self._masks.template(message) if template is None else template,
                exception,
                last - begun + 1,
                anchor,
            )
        structured = line[0] == "{" or ("=" in line and _may_be_pairs(line))
        if structured:
            record = _structured(line)
            if record and (event := read_record(record, anchor, self._clock, line, self._masks)):
                return event
        elif (
            line[0] == "#"
            and self._carrier is None
            and (stamp is None or _DIRECTIVE.match(line) is not None)
        ):
            return None  # a banner or comment
        if rest and _is_bare(line, stamp):
            head, rest = self._heads.read(rest[0], None), rest[1:]
        else:
            head = self._head(line, stamp) if self._readers else self._heads.read(line, stamp)
        level, component, message, by_form = head
        if message[:1] == "{" and message[-1:] == "}" and not rest:
            structured = True
            record = _structured(message)
            if record and (event := read_record(record, anchor, self._clock, message, self._masks)):
                return _told(event, head, stamp, line)
        if rest and level == "other" and (below := second_line(rest[0], stamp)) is not None:
            level, component = level_of(below["level"]), short_name(message.split(" ", 1)[0])
            message, rest, by_form = below["message"], rest[1:], False
        elif rest and (category := _CATEGORY.fullmatch(message)) is not None:
            component = short_name(category[1])
            message, rest = rest[0].strip(), rest[1:]
        message = message or line
        text = "\n".join((message, *rest)) if rest else message
        told = exception_in(text)
        if level == "other":
            if _PANIC.match(text) is not None:
                level = "fatal"
            elif told or "ORA-" in text or message.startswith("http: panic "):
                level = "error"
        summary = message
        if rest and "ORA-" in text and _ORACLE.search(message) is None:
            summary = next((each for each in rest if _ORACLE.match(each)), message)
        if rest and level not in ("error", "fatal") and (crash := crash_in(rest)):
            # The crash counts, not the record that happens to stand above it.
            level, summary = "fatal", crash
        component = self._word(component) if component else _NOTHING
        exception = self._word(told) if told else _NOTHING
        template = self._masks.template(summary)
        if stamp is None:
            utc, zone, raw_time = None, "none", _NOTHING
        else:
            start, end, utc, zone, shape = stamp
            raw_time = mint(line[start:end])
            if by_form and not structured and not rest:
                begin = len(line) - len(message)
                steady = None if has_digit(template) else template
                self._forms.learn(
                    line, Form(start, end, shape, begin, level, component, steady, exception)
                )
        return Event(
            utc,
            raw_time,
            zone,
            level,
            component,
            mint(text),
            template,
            exception,
            last - begun + 1,
            anchor,
        )

    def _head(self, line: str, stamp: Stamp | None) -> Head:
        if stamp is not None:
            for read in self._readers:
                if (head := read(line, stamp)) is not None:
                    return head
        return self._heads.read(line, stamp)

    def _of_block(self, block: Block) -> Event:
        exception = exception_in(block.text)
        return Event(
            utc=block.stamp.utc if block.stamp else None,
            raw_time=mint(block.raw_time),
            zone=block.stamp.zone if block.stamp else "none",
            level="error" if block.head.level == "other" and exception else block.head.level,
            component=self._word(block.head.component),
            text=mint(block.text),
            template=self._masks.template(block.head.message),
            exception=self._word(exception),
            lines=block.last - block.first + 1,
            anchor=Anchor(self._artifact, block.first),
        )

    def _word(self, word: str) -> RedactedText:
        """Mint a word that many records share, once."""
        known = self._minted.get(word)
        if known is None:
            known = self._minted[word] = mint(word)
        return known


def _told(event: Event, head: Head, stamp: Stamp | None, line: str) -> Event:
    """Complete what a JSON record behind a head of its own says by what the head says."""
    if event.utc is None and stamp is not None:
        event = replace(
            event, utc=stamp.utc, zone=stamp.zone, raw_time=mint(line[stamp.start : stamp.end])
        )
    if event.level == "other":
        event = replace(event, level=head.level)
    return event if event.component else replace(event, component=mint(head.component))


def _is_bare(line: str, stamp: Stamp | None) -> bool:
    """Tell a line that holds a time alone, as Oracle and thread dumps write it above a record."""
    return stamp is not None and stamp[1] >= len(line.rstrip(" ]\r")) and stamp[0] < 2


def _may_be_pairs(line: str) -> bool:
    return "level=" in line or "lvl=" in line or "msg=" in line or "severity=" in line


def _structured(line: str) -> dict[str, object]:
    if not line.startswith("{"):
        return pairs_in(line)
    try:
        record: object = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return cast(dict[str, object], record) if isinstance(record, dict) else {}
