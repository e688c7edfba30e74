"""Takes off what a carrier of logs (Kubernetes, Docker, a runner) puts before every line."""

import re
from collections.abc import Callable, Iterator, Sequence
from json import JSONDecodeError, loads
from typing import Final, NamedTuple, TypeAlias, cast

from redaction.reading.timestamps import Clock, Stamp

_SAMPLE: Final = 50


class Carried(NamedTuple):
    """A line without what its carrier put before it, and the carrier's time, if it has one."""

    line: str
    stamp: Stamp | None
    raw_time: str
    partial: bool = False


TakeOff: TypeAlias = Callable[[str, Clock], Carried | None]

_ISO: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
_RUNTIME: Final = re.compile(
    rf"(?P<time>{_ISO}\S{{1,20}}) std(?:out|err) (?P<tag>[FP])(?::\S+)? ?(?P<line>.*)"
)
# Seven or more digits behind the second: kubectl and docker with --timestamps, GitHub's runner.
_TIMED: Final = re.compile(rf"(?P<time>{_ISO}\.\d{{7,9}}(?:Z|[+-]\d\d:?\d\d))(?: (?P<line>.*))?$")
_NAMED: Final = re.compile(
    r"(?:[\w.-]{1,80} +\| ?|\[(?:pod|deployment)/[^\]\n]{1,200}\] )(?P<line>.*)"
)


def _runtime(line: str, clock: Clock) -> Carried | None:
    match = _RUNTIME.match(line)
    if match is None:
        return None
    return Carried(match["line"], clock.whole(match["time"]), match["time"], match["tag"] == "P")


def _timed(line: str, clock: Clock) -> Carried | None:
    match = _TIMED.match(line)
    if match is None:
        return None
    return Carried(match["line"] or "", clock.whole(match["time"]), match["time"])


def _named(line: str, _: Clock) -> Carried | None:
    match = _NAMED.match(line)
    return None if match is None else Carried(match["line"], None, "")


def _json_file(line: str, clock: Clock) -> Carried | None:
    """Read what Docker's json-file driver writes: `{"log": …, "stream": …, "time": …}`."""
    if not line.startswith("{") or '"log"' not in line or '"stream"' not in line:
        return None
    try:
        record = loads(line)
    except (JSONDecodeError, RecursionError):
        return None
    values = cast(dict[str, object], record)
    said, time = values.get("log"), values.get("time")
    if not isinstance(said, str) or not isinstance(time, str):
        return None
    whole = said.endswith("\n")
    return Carried(said.rstrip("\n"), clock.whole(time), time, partial=not whole)


_CARRIERS: Final[tuple[TakeOff, ...]] = (_runtime, _timed, _json_file, _named)


def carrier_of(lines: Sequence[str], clock: Clock) -> TakeOff | None:
    """Return what takes off the carrier of a file's lines; None for a file without one."""
    sample = [line for line in lines[: 4 * _SAMPLE] if line and not line.isspace()][:_SAMPLE]
    for carrier in _CARRIERS:
        found = [each for line in sample if (each := carrier(line, clock)) is not None]
        if found and len(found) >= 0.8 * len(sample):
            return carrier
    return None


def carried(
    lines: Sequence[str], carrier: TakeOff, clock: Clock
) -> Iterator[tuple[int, int, Carried]]:
    """Yield first and last line number and the line inside; parts of one line are joined."""
    parts: list[Carried] = []
    first = 1
    for number, line in enumerate(lines, 1):
        each = carrier(line, clock) or Carried(line, None, "")
        first = first if parts else number
        parts.append(each)
        if not each.partial:
            yield first, number, parts[0]._replace(line="".join(part.line for part in parts))
            parts = []
    if parts:
        joined = "".join(part.line for part in parts)
        yield first, len(lines), parts[0]._replace(line=joined)
