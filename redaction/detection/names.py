# ruff: noqa: E501 - a pattern is easier to check on one line
"""Prepares text for a name model and judges its answers: unique line templates, prose in blocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from redaction.detection import Detector, Finding
from redaction.detection.ordinary import NAME_WORDS, is_role, words_of
from redaction.detection.protected import LOG_LINE, Protected

_UNIT_LIMIT = 1500
_CAPITALISED = re.compile(r"(?<![\w.])[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'\u2019-]{1,}")
_DIGITS = re.compile(r"\d|(?<![A-Za-z0-9])(?=[a-fA-F]*\d)[0-9a-fA-F]{6,}(?![A-Za-z0-9])")
_FRAME = re.compile(r"[ \t]*(?:at [\w$.<>/@-]+\(|\.\.\. \d+)")
_TOKEN = re.compile(
    r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{1,20}(?:['\u2019-][A-Za-zÀ-ÿ][a-zß-öø-ÿ]{1,20}|[A-Z][a-zß-öø-ÿ]{2,15})?|[A-Z]\.?|O['\u2019][A-Z][a-z]+"
)
_PATH_RUN = re.compile(
    r"(?<![^\W\d_])[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[ _.+-][A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)+(?![^\W\d_])"
)
_PARTICLES = words_of("van von de der den da di del della la le bin ibn al el dos du ter y e")
_NAME_CONTEXT = re.compile(
    r"(?i)(?:\b(?:by|from|user|owner|author|for|with|contact|operator|engineer|name|assignee|customer)[ :=\"']{1,3})$"
)
_TECHNICAL = words_of(
    "access account action active adapter address admin agent alert amazon android angular "
    "ansible apache api app apple application archive array async attempt audit aws azure "
    "backend backup bad base batch beta block body boot boolean broker browser buffer bug "
    "build bundle bus byte cache call cannot cart cassandra certificate channel check "
    "checkout chrome class cleanup client clock cloud cluster code command commit common "
    "component config configuration connection connector console consumer container content "
    "context controller cookie core could count crash create critical cron current cursor "
    "daemon data database date debug default delete deploy deployment destination detail "
    "device digest directory disk dispatch dns docker document domain done download driver "
    "dropped dump duration edge elastic email empty enabled end endpoint engine entry env "
    "environment error event exception exec executor exit expected expired export factory "
    "failed failure fatal fetch field file filter firefox firewall flag flush folder found "
    "frame framework frontend function gateway get git github gitlab global google gradle "
    "grafana graph group handle handler hash header health heap helm hibernate hikari host "
    "hot http https id image import inbound index info init input insert install instance "
    "internal internet invalid invoice ios issue item java javascript jenkins jetty jira job "
    "join json jvm kafka kernel key kibana kubernetes lambda last latency layer leader level "
    "library limit linux list listener load local lock log logger login loop mac mail main "
    "manager map master maven memory merge message method metric microsoft migration missing "
    "mode model module mongo monitor mount mysql name network new nginx node none note notice "
    "null number object offset ok online open operation oracle order orders os outbound "
    "output package page parse parser partition path payload payment payments pending "
    "performance permission ping pipeline pixel platform plugin pod policy pool port post "
    "postgres prepare priority process processor producer product profile prometheus promise "
    "property protocol provider proxy pull push put python query queue quota rabbit rack "
    "react read reason receive redis region register registry release remote replica "
    "replication report repository request reset resolver resource response restart result "
    "retry role rollback route router row ruby rule runner runtime safari salesforce save "
    "scan scheduler schema script search secret section secure security segment select send "
    "sentry server service session set severity shard shared shell shutdown signal simulator "
    "size slack slave snapshot socket solution source spark spring sql ssl stack start "
    "started state statement static status step stop storage store stream string studio "
    "submit subscription success suite support sync system table tag target task tcp team "
    "template tenant terraform test thread ticket time timeout timer tls token tomcat topic "
    "total trace traffic transaction trigger true type ubuntu udp undefined unexpected unit "
    "unknown update upload upstream uri url usage user utf uuid valid validation value "
    "variable version view visual volume wait warning watcher web webhook webkit websphere "
    "widget wifi windows worker workflow write xamarin xcode xml yaml yarn zero zone "
    "zookeeper zuul actual additional after also basic before best bridge cheers description "
    "dear false first hello hi however inc jan feb mar apr jun jul aug sep oct nov dec monday "
    "tuesday wednesday thursday friday saturday sunday january february march april june july "
    "august september october november december kind regards llc ltd gmbh corp company please "
    "regression repro reproduce screenshot second sev steps subject summary thanks third "
    "title today tomorrow unable unfortunately verify workaround yesterday mono gtk nunit "
    "nuget uikit cocoa intellij eclipse netbeans hadoop hdfs mapreduce titanium jdbc jndi "
    "hello world lorem ipsum"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of text given to the model once for all its twins."""

    start: int
    text: str
    log: bool


def find_names(detector: Detector, texts: Sequence[str]) -> list[list[Finding]]:
    """Find people in texts whose pattern findings are already blanked with zeros.

    Each distinct line template or paragraph goes to the model once; texts without a capitalised
    word do not go at all.
    """
    units = [list(_units(text)) for text in texts]
    unique = list({unit.text: unit for per_text in units for unit in per_text}.values())
    answers = detector.names([unit.text for unit in unique])
    accepted = {
        unit.text: [found for each in answer for found in _names_in(each, unit)]
        for unit, answer in zip(unique, answers, strict=True)
    }
    return [
        [_moved(found, unit.start) for unit in per_text for found in accepted[unit.text]]
        for per_text in units
    ]


def names_in_path(path: str) -> list[Finding]:
    """Find names in a file's path, where a model fails: capitalised words that are no jargon."""
    found: list[Finding] = []
    for run in _PATH_RUN.finditer(path):
        words = re.findall(r"[^\W\d_]+", run[0])
        if not any(word.lower() in _TECHNICAL for word in words):
            found.append(Finding(run.start(), run.end(), "PERSON", "path", 0.6, False))
    return found


def _units(text: str) -> list[_Unit]:
    masked = _DIGITS.sub(lambda match: "0" * len(match[0]), text)
    units: list[_Unit] = []
    begin = at = 0
    for line in masked.split("\n"):
        end = at + len(line)
        log = LOG_LINE.match(line) is not None
        if log or not line.strip():
            units.extend(_cut(masked[begin:at], begin, False))
            begin = end + 1
        if log and not _FRAME.match(line):
            units.extend(_cut(line, at, True))
        at = end + 1
    units.extend(_cut(masked[begin:], begin, False))
    return units


def _cut(text: str, at: int, log: bool) -> list[_Unit]:
    """Cut a long block at a space near the limit; drop what has no capitalised word."""
    units: list[_Unit] = []
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + _UNIT_LIMIT)
        if end < len(text):
            space = max(text.rfind(" ", begin + 1, end), text.rfind("\n", begin + 1, end))
            end = space if space > begin else end
        part = text[begin:end]
        if _CAPITALISED.search(part):
            units.append(_Unit(at + begin, part, log))
        begin = end
    return units


def _moved(found: Finding, by: int) -> Finding:
    return Finding(
        found.start + by, found.end + by, found.type, found.detector, found.score, found.firm
    )


def _names_in(found: Finding, unit: _Unit) -> list[Finding]:
    """Judge what the model says: trimmed, one line each, built like a name, not technical."""
    protected = Protected(unit.text)
    names: list[Finding] = []
    at = found.start
    for line in re.split(r"[\n,;:]", unit.text[found.start : found.end]):
        start, end = _trimmed(unit.text, at, at + len(line))
        at += len(line) + 1
        name = unit.text[start:end]
        if not name or protected.touches(start, end) or not _is_name(name, unit, start, end):
            continue
        firm = " " in name or unit.log
        names.append(Finding(start, end, found.type, found.detector, found.score, firm))
    return names


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    value = text[start:end]
    for ending in ("'s", "\u2019s"):
        value = value.removesuffix(ending)
    left = len(value) - len(value.lstrip(" \t\"'“(<[*_-"))
    return start + left, start + len(value.rstrip(" \t\"'”)>].,!?*_-"))


def _is_name(name: str, unit: _Unit, start: int, end: int) -> bool:
    parts = name.split()
    words = [part for part in parts if part not in _PARTICLES]
    if not 1 <= len(words) <= 4 or not all(_TOKEN.fullmatch(word) for word in words):
        return False
    if any(word.lower().strip(".") in _TECHNICAL for word in words) or is_role(name):
        return False
    neighbours = unit.text[max(0, start - 1) : start] + unit.text[end : end + 1]
    if (
        any(c in "_/\\=.$@#<>{}" for c in neighbours.replace(". ", ""))
        and "." not in neighbours[1:]
    ):
        return False
    if len(words) == 1 and (len(name) < 3 or name.lower() in NAME_WORDS):
        return False
    if unit.log:
        told = _NAME_CONTEXT.search(unit.text[max(0, start - 20) : start]) is not None
        return told or (
            len(words) == 2
            and all(len(word) >= 3 for word in words)
            and _stands_alone(unit.text, start, end)
        )
    return True


def _stands_alone(text: str, start: int, end: int) -> bool:
    # In a log `Block Manager` and `Session Id` are capitalised too; a person is not followed by
    # another capitalised word, a colon or a bracket.
    after = text[end : end + 2]
    before = text[max(0, start - 2) : start]
    return not re.match(r"[:=\[(]| [A-Z]", after) and not re.search(
        r"[\])a-zA-Z]: ?$|[:.] $", before
    )
