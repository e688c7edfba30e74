"""Tells whether a model's sentence still says what the template's sentence says."""

import re
from typing import Final

from assistant.draft import Claim
from assistant.drafting.sentences import LONGEST, count_words, placeholders

_FIGURE: Final = re.compile(r"\d+(?:[.,:/-]\d+)*")
_NAME: Final = re.compile(r"[A-Za-z]+(?:[-_.:/][A-Za-z0-9]+)+|\b[A-Z][a-z]+[A-Z]\w*")
_WORD: Final = re.compile(r"[a-z][a-z'’]{3,}")  # noqa: RUF001
_NEGATION: Final = re.compile(
    r"\b(?:no|not|never|none|without|cannot|un(?:known|confirmed))\b|n['’]t\b"  # noqa: RUF001
)
_SUSPECTED: Final = re.compile(
    r"\bsuspect|\bnot (?:yet )?(?:been )?(?:confirmed|known|established)|\bunconfirmed|\bpossibl"
)
_PLANNED: Final = re.compile(r"\b(?:will|plan\w*|propos\w*|next|due|intend\w*|scheduled|to be)\b")
_ATTRIBUTED: Final = re.compile(r"\b(?:reports?|reported|engineering|customer|support)\b")
_FREE: Final = re.compile(
    r"(?:"
    r"about|accor|affec|after|also|altho|appro|been|befor|began|being|betwe|both|"
    r"broug|cause|compl|condu|curre|durin|ended|exper|follo|from|given|going|have|"
    r"havin|imple|incid|inclu|into|issue|made|momen|occur|ongoi|over|perfo|place|"
    r"plann|prese|remai|repor|resul|showe|since|some|start|statu|still|suspe|team|"
    r"that|their|then|there|these|they|this|time|took|under|until|upon|were|what|"
    r"when|where|which|while|with|withi|work|would"
    r")"
)
"""The first five letters of words that add nothing of their own."""
_LOADED: Final = re.compile(
    r"\b(?:caus\w+|due to|because|result\w* (?:in|of|from)|led to|resolv\w+|fixed|confirmed"
    r"|restored|guarantee\w*|promis\w+|fault|mistake|blame\w*|fail(?:ed|ure) to|root)\b"
)


def is_faithful(sentence: str, template: Claim) -> bool:
    """Compare a sentence with the one it rewrites: same figures, names, polarity and certainty.

    New words are few, none of them states a cause, an end or a fault. It is a strict filter, not
    a proof: what it lets through is still shown as not checked.
    """
    new, old = sentence.lower(), template.text.lower()
    return (
        0 < count_words(sentence) <= LONGEST
        and sentence.rstrip().endswith((".", "?", "”"))
        and placeholders(sentence) == placeholders(template.text)
        and sorted(set(_FIGURE.findall(new))) == sorted(set(_FIGURE.findall(old)))
        and _names_of(template.text) <= _names_of(sentence)
        and bool(_NEGATION.search(new)) == bool(_NEGATION.search(old))
        and set(_LOADED.findall(new)) <= set(_LOADED.findall(old))
        and _keeps_label(new, old, template)
        and _keeps_words(new, old)
    )


def _names_of(text: str) -> set[str]:
    return set(_NAME.findall(text))


def _keeps_label(new: str, old: str, template: Claim) -> bool:
    if template.status == "hypothesis" and not _SUSPECTED.search(new):
        return False
    if template.status == "plan" and not _PLANNED.search(new):
        return False
    return set(_ATTRIBUTED.findall(old)) <= set(_ATTRIBUTED.findall(new))


def _keeps_words(new: str, old: str) -> bool:
    """Nothing that carries meaning is lost, not even a `peak` or an `estimated`; little is new."""
    before, after = _stems(old), _stems(new)
    return not _missing(before, after) and len(_missing(after, before)) <= max(2, len(before) // 5)


def _missing(stems: set[str], there: set[str]) -> set[str]:
    known = {stem[:4] for stem in there}
    return {stem for stem in stems if stem[:4] not in known and not _FREE.fullmatch(stem)}


def _stems(text: str) -> set[str]:
    return {word[:5] for word in _WORD.findall(text)}
