"""Knows by which keys structured logs name time, level, message and the rest of a record."""

from functools import lru_cache
from typing import Final, NamedTuple

# In order of preference; capitals do not matter.
_TIMES: Final = (
    *("@timestamp", "timestamp", "time", "ts", "datetime", "date", "eventtime", "_time", "@t", "t"),
    *("created_at", "createdat", "asctime", "timeunixnano", "start_time", "startsat", "timemillis"),
    *("timegenerated", "timecreated", "date and time", "systemtime", "isotimestamp", "time_local"),
    *("__realtime_timestamp", "_source_realtime_timestamp"),
)
_LEVELS: Final = (
    *("level", "severity", "lvl", "log.level", "loglevel", "log_level", "levelname", "level_name"),
    *("severitytext", "severity_text", "severitylevel", "leveldisplayname", "entrytype", "@l"),
    *("priority", "error_severity"),
)
_MESSAGES: Final = (
    *("message", "msg", "@m", "short_message", "event", "log", "body", "text", "_raw", "@mt"),
    *("renderedmessage", "description", "@message", "textpayload", "resultdescription"),
)
_COMPONENTS: Final = (
    *("component", "service", "service.name", "app", "application", "logger", "logger_name"),
    *("loggername", "sourcecontext", "name", "module", "source", "container", "category"),
    *("syslog_identifier", "_systemd_unit", "_comm", "providername", "channel", "target"),
    *("approlename", "@logstream"),
)
_TRACES: Final = (
    *("exception", "stack_trace", "stacktrace", "stack", "exc_info", "error", "err"),
    *("error.stack_trace", "traceback", "cause", "thrown", "@x", "detail"),
)
_STATUSES: Final = (
    *("status", "status_code", "http_status", "statuscode", "response_code", "http.status_code"),
)
_PATHS: Final = ("path", "uri", "url", "request_uri", "requestpath", "route", "http.target")
_METHODS: Final = ("method", "http_method", "request_method", "verb")
_REQUESTS: Final = ("request",)


class Keys(NamedTuple):
    """The keys of one kind of record by what they mean, the preferred ones first."""

    times: tuple[str, ...]
    levels: tuple[str, ...]
    messages: tuple[str, ...]
    components: tuple[str, ...]
    traces: tuple[str, ...]
    statuses: tuple[str, ...]
    paths: tuple[str, ...]
    methods: tuple[str, ...]
    requests: tuple[str, ...]


@lru_cache(maxsize=1000)
def keys_of(names: tuple[str, ...]) -> Keys:
    """Sort the names of a record's members by what they mean; those of no meaning are left out."""
    own: dict[str, str] = {}
    for name in names:
        own.setdefault(name.lower(), name)
    tables = (
        *(_TIMES, _LEVELS, _MESSAGES, _COMPONENTS, _TRACES, _STATUSES, _PATHS, _METHODS),
        _REQUESTS,
    )
    return Keys(*(tuple(own[key] for key in table if key in own) for table in tables))
