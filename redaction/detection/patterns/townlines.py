# ruff: noqa: E501 - a pattern is easier to check on one line
"""The shapes of streets that no word tells: above a postcode and its town, or as one country writes them."""

import re
from typing import Final

from redaction.detection.language.words import is_common, is_known, places
from redaction.detection.patterns.ordinary import NAME_WORDS
from redaction.detection.patterns.rules import Rule

_WORD: Final = r"[^\W\d_][\w'\u2019./-]{0,30}"
_HOUSE: Final = r"\d{1,4}(?:[ ]?[a-zA-Z]\b)?(?:[-/]\d{1,4})?"
_STREET: Final = (
    rf"(?:(?=[A-Z\u00c0-\u017d]|ul\.|al\.|os\.|n\u00e1m)(?:{_WORD}[ ]){{0,4}}{_WORD},?[ ]{_HOUSE}(?:[ ]m\.[ ]?\d{{1,3}}|,?[ ]\d{{1,2}}[\u00ba\u00b0oa](?:[ ]?[A-Z]\b)?)?"
    rf"|\d{{1,4}}(?:[ ]?(?:bis|ter|quater|[a-dA-D]))?,?[ ](?:{_WORD}[ ]){{0,5}}{_WORD})"
)
_TOWN: Final = r"(?:(?:[A-Z]{1,2}-)?\d{4,5}|\d\d-\d{3}|\d{3}[ ]\d\d)[ ](?P<town>[A-Z\u00c0-\u017d][^\W\d_]{1,30}(?:[ -](?:[a-z]{1,4}[ ])?[A-Z\u00c0-\u017d(][^\W\d_]{0,30}\)?){0,4})"
_OPENERS: Final = r"rue|avenue|av\.|boulevard|bd|chemin|impasse|place|all[\u00e9e]e|quai|cours|route|square|passage"
_SMALL: Final = r"[a-z\u00e4\u00f6\u00fc\u00df]{3,24}"
_OPENED: Final = re.compile(
    r"(?i:c/|calle |via |rue |ul\.|al\.|os\.)|\d+[^a-z]{0,3}(?:bis|ter)?,? (?i:rue|avenue|place)\b"
)
_TOWN_IN: Final = re.compile(_TOWN)


def _in_a_town(value: str) -> bool:
    """Tell a street above its town from counted things: `Fetched 12`, `29200 Records`."""
    said = list(_TOWN_IN.finditer(value))[-1:]
    if not said:
        return False
    street = re.findall(r"[^\W\d_]{2,}", value[: said[0].start()])
    town = said[0]["town"].split()
    return (_OPENED.match(value) is not None or any(map(_is_own, street))) and (
        town[0] in places() or is_known(town[0]) or any(map(_is_own, town))
    )


def _is_own(word: str) -> bool:
    """Tell what may be the name of a street or a town from ordinary words."""
    return not is_common(word) or word.lower() in NAME_WORDS


def _is_way(value: str) -> bool:
    """Tell the street `gartenweg` from the ways of speech."""
    return not re.match(
        r"(?i:um|aus|rück|lösungs|mittel|daten|arbeits|speicher|steck)(?:weg|platz)", value
    )


TOWN_LINES: Final[tuple[Rule, ...]] = (
    Rule(
        "ADDRESS", "street-and-town",
        re.compile(rf"^[ \t>]{{0,8}}(?:[^\n:]{{1,40}}:[ ]{{1,4}})?(?P<ADDRESS>{_STREET}(?:,[ ]|[ ]-[ ]|,?[ \t]{{0,4}}\r?\n[ \t>]{{0,8}}){_TOWN.replace('?P<town>', '?:')})(?=[ \t]{{0,4}}(?:[,.;]|\r?$))", re.MULTILINE),
        (), 0.85, accept=_in_a_town,
    ),
    Rule("ADDRESS", "street-french", re.compile(rf"(?<![\w.,/-])\d{{1,4}}(?:[ ]?(?:bis|ter|quater|[A-D]))?,[ ](?i:{_OPENERS})(?:[ ](?:(?:d|l)['\u2019](?=\w)|d[eu]s?\b|la\b|les?\b|et\b|[A-Z\u00c0-\u017d][\w'\u2019-]{{0,30}})){{1,8}}"), (), 0.85),
    Rule("ADDRESS", "street-spanish", re.compile(r"(?<![\w/])C/[ ]?(?:(?:de|del|la|las|los|el)[ ]){0,3}[A-Z\u00c0-\u017d][\w'\u2019-]{1,30}(?:[ ](?:de|del|la|los|[A-Z\u00c0-\u017d][\w'\u2019-]{1,30})){0,5},?[ ](?:n[\u00ba\u00b0o.]{1,2}[ ]?)?\d{1,4}(?:,?[ ]\d{1,2}[\u00ba\u00b0oa](?:[ ]?[A-Z])?)?(?!\w)"), ("c/",), 0.85),
    Rule("ADDRESS", "street-small", re.compile(rf"(?<![\w./-])[A-Z\u00c4\u00d6\u00dc]?{_SMALL}(?:stra(?:\u00df|ss)e|str\.|gasse|weg)[ ]\d{{1,3}}(?:[ ]?[a-d])?(?![\w.,:/-]\d|\w|[ ]?(?:von|of|%))"), ("stra", "str.", "gasse", "weg"), 0.8, soft=True, accept=_is_way),
    # A value of its own, in quotes or between the marks of a table: `'12 Harbour Lane'`.
    Rule("ADDRESS", "street-of-value", re.compile(r"(?:['\"|;]|(?:location|addr)[:=])(?P<ADDRESS>\d{1,5}[A-Za-z]? (?:[A-Z][a-z'\u2019]{1,20} ){1,3}(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Court|Square|Terrace|Crescent|Boulevard|Blvd)\.?)(?=['\"|;,\r\n]|$)", re.IGNORECASE), ("street", "st", "road", "rd", "lane", "ln", "ave", "dr", "court", "square", "terrace", "crescent", "boulevard", "blvd"), 0.85),
    # `[city=Granville, street=Am Berg 7]`: how a log writes an object.
    Rule("ADDRESS", "street-of-object", re.compile(r"(?i:(?<![a-z])(?:street|strasse|stra\u00dfe|address(?:_?line)?_?\d?|adresse|anschrift)[\"']?[=:][ ]?[\"']?)(?P<ADDRESS>[A-Z\u00c0-\u017d][^\d\n,;\[\](){}\"'=:/@]{2,40}[ ]\d{1,4}(?:[ ]?[a-z])?)(?=[,;\])}\"']|[ \t]{0,4}$)", re.MULTILINE), ("street", "stra", "addres", "adresse", "anschrift"), 0.85),
    Rule("ADDRESS", "street-lived-in", re.compile(rf"(?i:\b(?:wohn\w{{1,5}}|adresse|anschrift|lebt|zieht|umgezogen))[ :,]{{1,3}}(?:[a-z]{{2,8}}[ ]){{0,3}}(?P<ADDRESS>{_SMALL}(?:platz|allee|ring|damm|ufer|hof)[ ]\d{{1,3}}(?:[ ]?[a-d])?)(?!\w)"), ("wohn", "adresse", "anschrift", "lebt", "zieht", "umgezogen"), 0.8),
)  # fmt: skip
