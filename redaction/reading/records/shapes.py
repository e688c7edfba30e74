"""Brings structured records whose members nest or are named oddly into the usual shape."""

from collections.abc import Mapping
from typing import Final, cast

_MOST_BYTES: Final = 100_000
_SUCCESS: Final = "00000"


def as_usual(record: Mapping[str, object]) -> Mapping[str, object]:
    """Return a record as most programs write it; one that is usual already stays as it is."""
    if isinstance(time := record.get("t"), Mapping) and "$date" in time:
        return _of_mongo(record, cast(Mapping[str, object], time))
    if isinstance(instant := record.get("instant"), Mapping):
        return {**record, "timestamp": _of_instant(cast(Mapping[str, object], instant))}
    if isinstance(own := record.get("log"), Mapping) and "message" in record:
        return _of_elastic(record, cast(Mapping[str, object], own))
    if isinstance(event := record.get("event"), Mapping) and "time" in record:
        return {**record, **cast(Mapping[str, object], event), "event": ""}  # Splunk's collector
    if "error_severity" in record:
        return _of_postgres(record)
    if isinstance(said := record.get("MESSAGE"), list):
        return {**record, "MESSAGE": _of_bytes(cast(list[object], said))}
    return record


def _of_mongo(record: Mapping[str, object], time: Mapping[str, object]) -> dict[str, object]:
    """Read `{"t": {"$date"}, "s": "E", "c": "STORAGE", "msg", "attr"}`."""
    said = [record.get("msg")]
    if isinstance(attributes := record.get("attr"), Mapping):
        about = cast(Mapping[str, object], attributes)
        said += [about.get(key) for key in ("ns", "message", "error", "errmsg", "reason")]
        if isinstance(took := about.get("durationMillis"), int):
            said.append(f"took {took} ms")
    return {
        "timestamp": time["$date"],
        "level": record.get("s"),
        "component": "" if record.get("c") == "-" else record.get("c"),
        "message": ": ".join(dict.fromkeys(part for part in said if isinstance(part, str))),
    }


def _of_instant(instant: Mapping[str, object]) -> object:
    """Return seconds and their fraction, which log4j2 writes as two numbers."""
    seconds, nanos = instant.get("epochSecond"), instant.get("nanoOfSecond", 0)
    if not (isinstance(seconds, int) and isinstance(nanos, int) and nanos >= 0):
        return None
    return f"{seconds}.{nanos:09}"


def _of_elastic(record: Mapping[str, object], own: Mapping[str, object]) -> dict[str, object]:
    """Read the common schema of Elastic where it nests: `{"log": {"level", "logger"}}`."""
    error = record.get("error")
    trace = cast(Mapping[str, object], error).get("stack_trace") if _is_object(error) else None
    usual: dict[str, object] = {
        "level": own.get("level"),
        "logger": own.get("logger"),
        "stack_trace": trace,
    }
    named = {key: value for key, value in usual.items() if value and key not in record}
    return {**{key: value for key, value in record.items() if key != "log"}, **named}


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping)


def _of_postgres(record: Mapping[str, object]) -> dict[str, object]:
    state, message = record.get("state_code", _SUCCESS), record.get("message", "")
    told = message if state == _SUCCESS else f"{message} (SQLSTATE {state})"
    return {**record, "message": told}


def _of_bytes(said: list[object]) -> str:
    """Return the text of a message that the journal holds as bytes."""
    found = [each for each in said[:_MOST_BYTES] if isinstance(each, int) and 0 <= each < 256]
    return bytes(found).decode("utf-8", "replace") if len(found) == len(said) else ""
