"""Reads quantities from prose and log lines: digits and words, units, percentages, one in five."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from evals.stated.blanking import blank, without_markers
from evals.stated.clock import moments
from evals.stated.units import MULTIPLIERS, NUMBER_WORD, UNIT, Dimension, unit_sizes, word_value

Hedge: TypeAlias = Literal["exact", "about", "over", "under"]

VERSION: Final = re.compile(
    r"(?<![\w.:/@<-])(?:v(?=\d))?\d+(?:(?:\.\d+){2,}(?:[-+_.]?[A-Za-z][\w.-]*)?"
    r"|\.\d+[-+.]?(?:rc|alpha|beta|snapshot|final|ga|sp|p)[-.]?\d*)(?![\w-])"
    r"|(?<![\w./-])v\d+(?:\.\d+)*(?![\w/])",
    re.IGNORECASE,
)
# "1. First do this", "Sev 1", "step 2": labels, not figures.
_LABEL: Final = re.compile(
    r"^\s*\(?\d{1,2}[.)](?=\s)|\b(?:sev(?:erity)?|prio(?:rity)?|step|phase|section|option|item"
    r"|tier|level)[-\s]\d\b|\b24\s?[/x]\s?7\b|(?<!\w)#\d+",
    re.IGNORECASE | re.MULTILINE,
)
_DIGITS: Final = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+,\d{1,2}(?!\d)|\d+\.\d+|\d+"
_SCALE: Final = r"(?:\s(?P<scale>hundred|thousand|million|billion|dozen)\b|(?P<letter>[kKM])\b)?"
_FIGURE: Final = re.compile(
    rf"(?<![\w.,/\\@#<\u2013—-])(?P<digits>{_DIGITS})(?![\d_]|[.,]\d|[-/]\d+[-/]){_SCALE}(?:{UNIT})?"
)
_RANGE_END: Final = re.compile(
    rf"(?<=[\d%][-\u2013—])(?P<digits>{_DIGITS})(?![\w.]\d){_SCALE}(?:{UNIT})?"
)
_WORDED: Final = re.compile(
    rf"(?<![\w-])(?P<word>{NUMBER_WORD})(?![A-Za-z]){_SCALE}(?:{UNIT})?", re.IGNORECASE
)
_HEDGES: Final[tuple[tuple[Hedge, str], ...]] = (
    ("about", r"about|around|approximately|approx\.?|roughly|circa|some|close\s+to|in\s+the"
              r"\s+region\s+of|on\s+the\s+order\s+of|or\s+so|~|≈|c\."),
    ("over", r"over|more\s+than|above|at\s+least|upwards\s+of|exceed(?:s|ed|ing)|>|>=|well\s+over"
             r"|just\s+over|a\s+little\s+over|greater\s+than|in\s+excess\s+of"),
    ("under", r"under|less\s+than|fewer\s+than|below|nearly|almost|up\s+to|at\s+most|just\s+under"
              r"|not\s+quite|just\s+short\s+of|a\s+little\s+under|<|within"),
)  # fmt: skip
_HEDGE: Final[tuple[tuple[Hedge, re.Pattern[str]], ...]] = tuple(
    (hedge, re.compile(rf"(?:(?<!\w)(?:{words}))\s*$", re.IGNORECASE)) for hedge, words in _HEDGES
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written and what it means.

    `values` are its possible sizes in the base of its dimension (seconds, bytes, ratio of one, or a
    plain count); `step` is the size of its last written digit in that base, `round_step` that of
    its last digit that is not zero; `plain` is the bare number.
    """

    start: int
    end: int
    plain: float
    dimension: Dimension
    values: tuple[float, ...]
    step: float
    round_step: float
    hedge: Hedge = "exact"


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Read every figure of a text, without times, dates, versions, placeholders and labels."""
    bare = without_markers(text)
    bare = blank(bare, [(m.start, m.end) for m in moments(bare)])
    bare = blank(bare, [m.span() for m in (*VERSION.finditer(bare), *_LABEL.finditer(bare))])
    fractions = _fractions(bare)
    bare = blank(bare, [(q.start, q.end) for q in fractions])
    found = [
        _quantity(match, bare) for match in (*_FIGURE.finditer(bare), *_RANGE_END.finditer(bare))
    ]
    found += [q for match in _WORDED.finditer(bare) if (q := _worded(match, bare)) is not None]
    found = _compounds(bare, _ranges(bare, sorted(found, key=lambda q: q.start)))
    return tuple(sorted((*fractions, *found), key=lambda q: q.start))


def _quantity(match: re.Match[str], text: str) -> Quantity:
    written = match["digits"]
    if re.fullmatch(r"\d+,\d{1,2}", written):
        written = written.replace(",", ".")
    written = re.sub(r"[,\u00a0\u202f]", "", written)
    decimals = len(written.partition(".")[2])
    zeros = 0 if decimals else len(written) - len(written.rstrip("0"))
    return _measured(match, text, float(written), 10.0**-decimals, 10.0**zeros)


def _worded(match: re.Match[str], text: str) -> Quantity | None:
    word = match["word"].lower()
    measured = match["unit"] or match["scale"]
    # "a", "one" and "half a" are figures only with a unit: "one hour", not "one of the pods".
    if not measured and (word in {"a", "an", "one"} or word.startswith("half")):
        return None
    return _measured(match, text, word_value(word), 1.0, 1.0)


def _measured(
    match: re.Match[str], text: str, number: float, step: float, round_step: float
) -> Quantity:
    scale = MULTIPLIERS.get((match["scale"] or match["letter"] or "").lower(), None)
    scale = MULTIPLIERS["M"] if match["letter"] == "M" else (scale or 1.0)
    dimension, sizes = unit_sizes(match["unit"], match["glued"])
    plain, size = number * scale, scale * sizes[0]
    round_step = max(step, round_step)
    return Quantity(
        *match.span(), plain, dimension, tuple(plain * each for each in sizes),
        step * size, round_step * size, _hedge(text, match.start(), match.end()),
    )  # fmt: skip


def _hedge(text: str, start: int, end: int) -> Hedge:
    before = text[max(0, start - 24) : start]
    for hedge, words in _HEDGE:
        if words.search(before):
            return hedge
    return "about" if re.match(r"\s*(?:or\s+so|-?ish)\b", text[end : end + 9]) else "exact"


_TO: Final = re.compile(r"\s*(?:[-\u2013—]|to|and|or)\s*")


def _ranges(text: str, ordered: list[Quantity]) -> list[Quantity]:
    """Give the first figure of "5 to 7 minutes" the unit of the second."""
    result = list(ordered)
    for place, (left, right) in enumerate(pairwise(ordered)):
        if left.dimension == "count" != right.dimension and _TO.fullmatch(
            text, left.end, right.start
        ):
            factors = [value / right.plain for value in right.values if right.plain]
            if factors:
                result[place] = Quantity(
                    left.start, left.end, left.plain, right.dimension,
                    tuple(left.plain * factor for factor in factors),
                    left.step * factors[0], left.round_step * factors[0], left.hedge,
                )  # fmt: skip
    return result


_AND: Final = re.compile(r"\s*(?:,|and|,\s*and)?\s*")
_AND_HALF: Final = re.compile(r"\s+and\s+a\s+half\b(?:\s+(?P<unit>minutes|hours|days|million))?")


def _compounds(text: str, ordered: list[Quantity]) -> list[Quantity]:
    """Join "1 h 20 min", "an hour and a half" and "one hundred and eighty-seven"."""
    result: list[Quantity] = []
    for quantity in ordered:
        last = result[-1] if result else None
        if (
            last
            and last.dimension == quantity.dimension == "seconds"
            and last.step > quantity.values[0]
            and _AND.fullmatch(text, last.end, quantity.start)
        ):
            total = last.values[0] + quantity.values[0]
            result[-1] = Quantity(
                last.start, quantity.end, total, "seconds", (total,),
                quantity.step, quantity.step, last.hedge,
            )  # fmt: skip
        elif last and _is_spelled_on(text, last, quantity):
            total = last.plain + quantity.plain
            result[-1] = replace(
                quantity, start=last.start, plain=total, hedge=last.hedge,
                values=tuple(total * value / quantity.plain for value in quantity.values),
            )  # fmt: skip
        elif half := _AND_HALF.match(text, quantity.end):
            result.append(_with_half(quantity, half))
        else:
            result.append(quantity)
    return result


_SPELLED: Final = re.compile(r"\s+(?:and\s+)?")


def _is_spelled_on(text: str, last: Quantity, quantity: Quantity) -> bool:
    """Tell whether "eighty-seven" goes on from "one hundred and"."""
    scale = 1000 if last.plain % 1000 == 0 else 100
    return (
        text[last.start].isalpha()
        and text[quantity.start].isalpha()
        and last.dimension == "count"
        and last.plain >= 100
        and last.plain % 100 == 0
        and 0 < quantity.plain < scale
        and _SPELLED.fullmatch(text, last.end, quantity.start) is not None
    )


def _with_half(quantity: Quantity, half: re.Match[str]) -> Quantity:
    dimension, sizes = unit_sizes(half["unit"], None) if half["unit"] else (None, (1.0,))
    if half["unit"] == "million":
        sizes = (1e6,)
    size = sizes[0] if half["unit"] else quantity.step
    total = (quantity.plain + 0.5) * size if half["unit"] else quantity.values[0] + size / 2
    return Quantity(
        quantity.start, half.end(), quantity.plain + 0.5, dimension or quantity.dimension, (total,),
        size / 2, size / 2, quantity.hedge,
    )  # fmt: skip


_OF: Final = r"(?:\s+(?:of|out\s+of)\s+(?:the\s+|all\s+|every\s+)?|\s?/\s?)"
_SHARE: Final = re.compile(rf"(?<![\w./-])({_DIGITS}){_OF}({_DIGITS})(?![\w/-]|\.\d)")
_ONE_IN: Final = re.compile(
    rf"(?<![\w-])(?P<part>{NUMBER_WORD}|\d{{1,3}})\s+(?:in|out\s+of)\s+(?:every\s+)?"
    rf"(?P<whole>{NUMBER_WORD}|\d{{1,4}})(?![\w%.:/]\d|[A-Za-z])",
    re.IGNORECASE,
)
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_PART_OF: Final = re.compile(
    r"\b(?:(?P<count>a|one|two|three|four|nine)[-\s])?(?P<part>half|third|quarter|fifth|tenth)s?"
    r"(?=\s+(?:of|the)\b(?!\s+(?:an?\s+hour|day|year|time\b)))",
    re.IGNORECASE,
)


def shares(text: str) -> tuple[Quantity, ...]:
    """Read "412 of 2,060" and "3/5" as the ratios that they also are."""
    bare = without_markers(text)
    bare = blank(bare, [(m.start, m.end) for m in moments(bare)])
    pairs = [(m, _number(m[1]), _number(m[2])) for m in _SHARE.finditer(bare)]
    return tuple(_ratio(*m.span(), a / b) for m, a, b in pairs if 0 < a <= b)


def _fractions(text: str) -> list[Quantity]:
    found = [
        _ratio(*match.span(), part / whole)
        for match in _ONE_IN.finditer(text)
        if 0 < (part := _number(match["part"])) < (whole := _number(match["whole"])) <= 1000
    ]
    for match in _PART_OF.finditer(text):
        count = word_value(match["count"]) if match["count"] else 1.0
        if not match["count"] and match["part"].lower() != "half":
            continue
        found.append(_ratio(*match.span(), count / _PARTS[match["part"].lower()]))
    return [replace(q, hedge=_hedge(text, q.start, q.end)) for q in found]


def _ratio(start: int, end: int, ratio: float) -> Quantity:
    # "one in five" is said of 18 to 22 %.
    return Quantity(start, end, ratio, "ratio", (ratio,), 0.2 * ratio, 0.2 * ratio)


def _number(written: str) -> float:
    if written[0].isdigit():
        return float(re.sub(r"[,\u00a0\u202f]", "", written))
    return word_value(written)
