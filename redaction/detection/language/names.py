# ruff: noqa: E501 - a pattern is easier to check on one line
"""Asks the rules and the name model for people, and judges what the model says."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from redaction.detection import Detector, Finding
from redaction.detection.language.abroad import is_abroad, names_abroad
from redaction.detection.language.namevalues import GIVEN_ONLY
from redaction.detection.language.people import SUFFIX, find_people, prepare_people
from redaction.detection.language.prose import (
    KINDS,
    find_prose,
    firms_signing,
    jobs_under_names,
    names_somebody,
    with_alias,
)
from redaction.detection.language.things import is_code, is_thing
from redaction.detection.language.units import Seen, units_of
from redaction.detection.language.words import (
    LETTER,
    PARTICLES,
    UPPER,
    common_words,
    is_common,
    is_function,
    is_known,
    places,
    technical_words,
)
from redaction.detection.patterns.ordinary import NAME_WORDS, is_role
from redaction.detection.patterns.protected import Protected

_CAPITALISED = re.compile(
    rf"(?<![\w.@/\\$#~=-])(?P<word>[{UPPER}]{LETTER}+(?:['\u2019-]{LETTER}+)*)(?![\w@\\(=/])(?!\.[A-Za-z])(?=(?P<next>[ ][{UPPER}])?)"
)
_WORD = re.compile(rf"{LETTER}{{3,}}")
_HAN = re.compile("[\u4e00-\u9fff]{2}")
# Of so many units the lines are remembered; of a few it is not worth the while.
_AT_ONCE, _FEW = 1_000, 40
_TOKEN = re.compile(
    rf"[{UPPER}](?:{LETTER}|['\u2019-](?={LETTER})){{1,24}}|[{UPPER}]\.?|[{UPPER}]\.-?[{UPPER}]\.?"
)
_PATH_RUN = re.compile(
    rf"(?<!{LETTER})[{UPPER}][^\W\d_]+(?:[ _.+-][{UPPER}][^\W\d_]+)+(?!{LETTER})"
)
_NAME_CONTEXT = re.compile(
    r"(?i)(?:\b(?:by|from|user|owner|author|for|with|contact|operator|engineer|name|assignee|customer)[ :=\"']{1,3})$"
)
_NEIGHBOUR = re.compile(rf"[ ](?:[{UPPER}]{LETTER}+|[{UPPER}]\.)(?:['\u2019-]{LETTER}+)*")
_BEFORE = re.compile(
    rf"(?<![\w.@/\\$#~=-])(?:[{UPPER}]{LETTER}+|[{UPPER}]\.)(?:['\u2019-]{LETTER}+)*[ ]$"
)

Wanted = Callable[[str], bool]
"""Tells whether a kind is replaced at all: what is kept anyway is not looked for."""


def _everything(_: str) -> bool:
    return True


def find_names(
    detector: Detector, texts: Sequence[str], wanted: Wanted = _everything
) -> list[list[Finding]]:
    """Find people, and in prose what else is wanted, in texts whose pattern findings are zeros.

    Each distinct line template or sentence is looked at once; the model reads those alone that
    hold a capitalised word which is no ordinary English.
    """
    units = [list(units_of(text)) for text in texts]
    unique = list(dict.fromkeys(unit.seen for per in units for unit in per))
    strict = any(wanted(kind) for kind in KINDS)
    people: dict[Seen, list[Finding]] = {seen: [] for seen in unique}
    hinted = [seen for seen in unique if _hints(seen.text)]
    for at in range(0, len(hinted), _AT_ONCE):
        some = hinted[at : at + _AT_ONCE]
        if len(some) > _FEW:
            prepare_people([seen.text for seen in some])
        people.update({seen: find_people(seen.text, seen.log) for seen in some})
    asked = [seen for seen in unique if _needs_model(seen, people[seen], strict)]
    told = dict(zip(asked, detector.names([seen.text for seen in asked]), strict=True))
    accepted = {
        seen: _judged(seen, people[seen], told.get(seen, ()), wanted, strict) for seen in unique
    }
    return [
        [
            *(_moved(found, unit.start) for unit in per for found in accepted[unit.seen]),
            *(jobs_under_names(text) if wanted("TITLE") else ()),
            *(firms_signing(text) if wanted("ORGANIZATION") else ()),
        ]
        for text, per in zip(texts, units, strict=True)
    ]


def names_in_path(path: str) -> list[Finding]:
    """Find names in a file's path, where a model fails: capitalised words that are no jargon."""
    found: list[Finding] = []
    for run in _PATH_RUN.finditer(path):
        words = re.findall(r"[^\W\d_]+", run[0])
        if not any(word.lower() in technical_words() for word in words):
            found.append(Finding(run.start(), run.end(), "PERSON", "path", 0.6, False))
    return found


def _hints(text: str) -> bool:
    """Tell by common words alone whether a name may stand here: most sentences hold no other word."""
    common = common_words()
    for word in _WORD.findall(text):
        lowered = word.lower()
        if (
            lowered in common or (lowered[-1] == "s" and lowered[:-1] in common)
        ) and lowered not in GIVEN_ONLY:
            continue
        if word.islower() or word.isupper() or word[1:].islower() or _humped(word):
            return True
    return not text.isascii() and _HAN.search(text) is not None


def _needs_model(seen: Seen, people: Sequence[Finding], strict: bool) -> bool:
    """Tell whether a capitalised word is left that is no ordinary English and no person yet."""
    for match in _CAPITALISED.finditer(seen.text):
        word = match["word"]
        lowered = word.lower()
        if lowered in NAME_WORDS and not match["next"]:
            continue
        if (word.isupper() or (_code(word) and not _humped(word))) and not strict:
            continue
        if is_common(word) and not is_known(word):
            continue
        start = match.start()
        if strict or not any(each.start <= start < each.end for each in people):
            return True
    return strict and not seen.log and len(seen.text) < 300 and seen.text.islower()


def _moved(found: Finding, by: int) -> Finding:
    return replace(found, start=found.start + by, end=found.end + by)


def _judged(
    unit: Seen, known: Sequence[Finding], told: Iterable[Finding], wanted: Wanted, strict: bool
) -> list[Finding]:
    protected = Protected(unit.text)
    people = list(known)
    others: list[Finding] = []
    people = [_suffixed(found, unit.text) for found in people]
    for found in told:
        if found.type == "PERSON":
            people.extend(_people_in(found, unit, protected))
        elif not unit.log and strict and wanted(found.type):
            others.extend(_others_in(found, unit))
    if strict and not unit.log:
        others.extend(find_prose(unit.text, wanted))
    others = [found for found in others if not is_code(found, unit.text)]
    if not unit.log:
        people.extend(names_abroad(unit.text))
        people.extend(_known_alone(unit.text, [*people, *others]))
    named = [found for found in _merged(people) if not is_thing(found, unit.text)]
    return [*named, *_joined(others, unit.text)]


def _known_alone(text: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """Find a known name by itself: rather a place is taken for a person than a person is left."""
    for match in _CAPITALISED.finditer(text):
        start, end = match.span("word")
        taken = any(each.start < end and start < each.end for each in found)
        word = match["word"]
        listed = word in places() or is_common(word) or is_role(word) or len(word) < 4
        if not taken and is_known(word) and not listed and not _code(word):
            yield Finding(start, end, "PERSON", "name:alone", 0.6, False)


def _others_in(found: Finding, unit: Seen) -> Iterator[Finding]:
    start, end = _trimmed(unit.text, found.start, found.end)
    value = unit.text[start:end]
    if not re.search(rf"{LETTER}{{2}}", value) and found.type != "DATE":
        return
    if found.type == "DATE" and not re.search(
        r"\d{4}|(?i:day|month|year|week|summer|winter|spring|autumn)|\d+(?:st|nd|rd|th)|[A-Z][a-z]{2,}",
        value,
    ):
        return
    if found.type in ("COMPANY", "LOCATION") and all(
        is_common(w) and w.lower() in technical_words() for w in value.split()
    ):
        return
    if found.type == "COMPANY" and (not names_somebody(value) or re.search(r"[\n/\\]", value)):
        return
    article = re.match(r"(?i:the) ", value)
    if article and found.type != "DATE":
        start += article.end()
        value = unit.text[start:end]
    if found.type == "COMPANY":
        end = with_alias(unit.text, end)
    if found.type == "ADDRESS" and not re.search(r"\d", value):
        yield replace(found, start=start, end=end, type="LOCATION", firm=False)
        return
    state = unit.text[max(0, start - 14) : start + 12]
    if found.type == "LOCATION" and re.search(r"(?:State|Government) of", state):
        return
    if found.type == "NATIONALITY" and re.match(
        r" (?:Government|Republic|[a-z]* ?authorities)", unit.text[end:]
    ):
        return
    # A word that is ordinary English too must not travel through the case as a name does.
    stays = found.type == "DATE" or (" " not in value and is_common(value))
    source = "ner:spacy" if stays else found.detector
    yield replace(found, start=start, end=end, firm=False, detector=source)


_LINKS = {"DATE": {" and ", " to ", " "}, "LOCATION": {", ", " "}, "COMPANY": {" "}}


def _joined(found: list[Finding], text: str) -> list[Finding]:
    """Join what one thing was found as: `two years and one month`, `Penrith, England`."""
    joined: list[Finding] = []
    last: dict[str, int] = {}
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        index = last.get(each.type)
        before = joined[index] if index is not None else None
        if before is not None and index is not None:
            if each.end <= before.end:
                continue
            links = _LINKS.get(each.type, ())
            if each.start < before.end or text[before.end : each.start] in links:
                joined[index] = replace(before, end=each.end, score=max(before.score, each.score))
                continue
        last[each.type] = len(joined)
        joined.append(each)
    return joined


def _merged(people: list[Finding]) -> list[Finding]:
    """Join findings that overlap: two detectors may each see one half of a name."""
    merged: list[Finding] = []
    logins = [found for found in people if found.type != "PERSON"]
    people = [found for found in people if found.type == "PERSON"]
    for found in sorted(people, key=lambda found: (found.start, -found.end)):
        last = merged[-1] if merged else None
        if last is None or found.start >= last.end:
            merged.append(found)
        elif found.end > last.end:
            score = max(last.score, found.score)
            merged[-1] = replace(last, end=found.end, score=score, firm=True)
        elif found.firm and not last.firm and (found.start, found.end) == (last.start, last.end):
            merged[-1] = replace(last, firm=True, score=max(last.score, found.score))
    return [*merged, *logins]


def _people_in(found: Finding, unit: Seen, protected: Protected) -> list[Finding]:
    """Judge what the model says: trimmed, one line each, built like a name, not technical."""
    names: list[Finding] = []
    at = found.start
    for line in re.split(r"[\n,;:]", unit.text[found.start : found.end]):
        start, end = _trimmed(unit.text, at, at + len(line))
        at += len(line) + 1
        start, end = _without_words(unit.text, start, end)
        name = unit.text[start:end]
        if not name or protected.touches(start, end) or not _is_name(name, unit, start, end):
            continue
        if not unit.log:
            start, end = _whole(unit.text, start, end)
        firm = " " in unit.text[start:end] or unit.log
        named = replace(found, start=start, end=end, firm=firm)
        names.append(_suffixed(named, unit.text))
    return names


def _suffixed(found: Finding, text: str) -> Finding:
    """Take in `Jr.` or `MD` after a name of two words or more."""
    suffix = SUFFIX.match(text, found.end)
    if suffix is None or " " not in text[found.start : found.end]:
        return found
    return replace(found, end=suffix.end())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    value = text[start:end]
    for ending in ("'s", "\u2019s"):
        value = value.removesuffix(ending)
    left = len(value) - len(value.lstrip(" \t\n\"'“(<[*_-"))
    return start + left, start + len(value.rstrip(" \t\n\"'”)>].,!?*_-"))


def _without_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Take ordinary words off the ends of what the model calls a name: `Hi Torgrim`, `Jane Thanks`."""
    while (space := text.find(" ", start, end)) > 0 and _ordinary(text[start:space]):
        start = space + 1
    while (space := text.rfind(" ", start, end)) > 0 and is_function(text[space + 1 : end]):
        end = space
    return start, end


def _ordinary(word: str) -> bool:
    return len(word) > 2 and is_common(word) and not is_known(word)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in a neighbouring initial or known name that the model left out."""
    while (after := _NEIGHBOUR.match(text, end)) and _joins(after[0].strip()):
        end = after.end()
    while (before := _BEFORE.search(text, max(0, start - 30), start)) and (
        _joins(before[0].strip()) or (before.start() > 0 and _uncommon(before[0].strip()))
    ):
        start = before.start()
    return start, end


def _joins(word: str) -> bool:
    return (len(word.rstrip(".")) == 1 and word.endswith(".")) or is_known(word)


def _uncommon(word: str) -> bool:
    return len(word) > 2 and not is_common(word) and not _code(word)


def _is_name(name: str, unit: Seen, start: int, end: int) -> bool:
    parts = name.split()
    words = [part for part in parts if part not in PARTICLES]
    if not 1 <= len(words) <= 5 or parts[-1] in PARTICLES:
        return False
    told = any(is_known(word) for word in words)
    if not all(_TOKEN.fullmatch(word) for word in words) and not (told and name.islower()):
        return False
    if any(word.lower().strip(".") in technical_words() for word in words) or is_role(name):
        return False
    neighbours = unit.text[max(0, start - 1) : start] + unit.text[end : end + 1]
    if (
        any(c in "_/\\=.$@#<>{}" for c in neighbours.replace(". ", ""))
        and "." not in neighbours[1:]
    ):
        return False
    if len(words) == 1 and (
        len(name) < 3 or name.lower() in NAME_WORDS or is_common(name) or _code(name)
    ):
        return False
    around = unit.text[start - 1 : start] + unit.text[end : end + 1]
    if len(words) == 1 and around == "()" and not told:
        return False
    if not told and _of_another_tongue(words, unit.text):
        return False
    if name.islower() and is_abroad(unit.text):
        return False
    if unit.log:
        context = _NAME_CONTEXT.search(unit.text[max(0, start - 20) : start]) is not None
        return context or (
            len(words) == 2
            and all(len(word) >= 3 for word in words)
            and (_stands_alone(unit.text, start, end) or _ends_value(name, unit.text, end))
        )
    return True


def _of_another_tongue(words: Sequence[str], text: str) -> bool:
    """Tell a noun: German writes all of them with a capital, and an article stands before one."""
    if words[0] in _ARTICLES:
        return True
    return len(words) == 1 and (len(set(_GERMAN.findall(text))) > 1 or is_abroad(text))


_ARTICLES = frozenset(
    "Der Die Das Den Dem Des Ein Eine Einen Mein Meine Ihr Ihre Unser Unsere Le La Les Un Une Mon Ma El Los Las Una Mi Il Lo".split()  # noqa: SIM905 - read as a list
)
_GERMAN = re.compile(
    r"(?i)\b(?:der|das|und|ist|nicht|ich|wir|bitte|mit|für|auf|von|dem|den|ein|eine|einen|wird|wurde|kann|bei|nach|sind|haben|hat|keine?|mein|unser|über)\b"
)


def _ends_value(name: str, text: str, end: int) -> bool:
    """Tell two words that no list knows at the end of a value or a line."""
    return text[end : end + 1] in ("", "\n", '"', "'", ",", ";", "|") and all(
        map(_unheard, name.split())
    )


def _unheard(word: str) -> bool:
    return word.istitle() and not is_common(word) and not is_role(word)


def _humped(word: str) -> bool:
    """Tell whether a word has capitals inside as names do: `McBride`, `DeLuca`, `O'Hara`."""
    return re.match(r"(?:Mc|Mac|De|Di|Le|La|O'|D')[A-Z][a-z]+$", word) is not None


def _code(word: str) -> bool:
    return any(c.isupper() for c in word[1:]) and "-" not in word and not _humped(word)


def _stands_alone(text: str, start: int, end: int) -> bool:
    # In a log `Block Manager` and `Session Id` are capitalised too; a person is not followed by
    # another capitalised word, a colon or a bracket.
    after = text[end : end + 2]
    before = text[max(0, start - 2) : start]
    return not re.match(r"[:=\[(]| [A-Z]", after) and not re.search(
        r"[\])a-zA-Z]: ?$|[:.] $", before
    )
