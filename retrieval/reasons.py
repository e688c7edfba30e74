"""Says why a document matches, in short phrases that an analyst understands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from redaction import RedactedText, compose, join
from retrieval.match import Document
from retrieval.query import Query
from retrieval.ranking import is_retired, labels
from retrieval.signatures import find_signatures

# A word: no tag (`<PERSON>`), no bare number, at least three characters.
_WORD = re.compile(r"(?<![<\w])[A-Za-z][\w-]+\w(?![\w>])")
_COMPARED_CHARACTERS: Final = 4_000
_SHOWN: Final = 3
_SIMILAR: Final = 0.35
_STOP_TEXT: Final = """
    about after again all also and any are because been before being both but can cannot could
    did does doing don each even few for from further get gets getting got had has have having
    here how however into its just like made make more most much not now off once one only other
    our out over own same see seems should since some still such than that the their them then
    there these they this those through time too try trying under until use used using very via
    was were what when where whether which while who why will with within without would you your
    case customer error errors happens issue problem report reported reports ticket http https
    www com org today yesterday went going nothing something everything every between side fine
    second seconds minute minutes hour hours day days week weeks two three four five six ten
    next wait waiting changed happened hello regards please thanks
"""
_STOP_WORDS: Final = frozenset(_STOP_TEXT.split())


def reasons(
    query: Query, document: Document, cosine: float, rarity: Mapping[str, float]
) -> tuple[RedactedText, ...]:
    """Return why `document` matches and what speaks against it; what weighs most comes first.

    `rarity` weighs shared terms, those of `told_terms`; `cosine` is the similarity of the vectors.
    """
    return (
        *_warnings(document),
        *_shared_signatures(query, document),
        *_shared_labels(query, document),
        *_shared_terms(query, document, rarity),
        *_wording(cosine),
        *_differences(query, document),
    )


def told_terms(query: Query) -> frozenset[str]:
    """Return the terms of a query that a reason may name."""
    return frozenset(term for text in (query.title, query.text) for term, _ in _terms(text))


def _terms(text: str) -> Iterator[tuple[str, slice]]:
    for word in _WORD.finditer(text[:_COMPARED_CHARACTERS]):
        folded = word.group().casefold()
        if folded not in _STOP_WORDS:
            yield folded, slice(*word.span())


def _warnings(document: Document) -> Iterator[RedactedText]:
    if document.superseded_by:
        yield compose("superseded by {id}", id=document.superseded_by)
    elif is_retired(document.kind, document.status, document.superseded_by):
        yield compose("marked as {status}", status=document.status.strip())


def _shared_signatures(query: Query, document: Document) -> Iterator[RedactedText]:
    found = frozenset(find_signatures(join("\n", (document.title, document.text))))
    shared = [signature for signature in query.signatures if signature in found][:_SHOWN]
    if shared:
        yield compose("shares error signature {names}", names=join(", ", shared))


def _shared_labels(query: Query, document: Document) -> Iterator[RedactedText]:
    if labels(query.component) & labels(document.component):
        yield compose("same component {name}", name=document.component)
    elif labels(query.product) & labels(document.product):
        yield compose("same product {name}", name=document.product)


def _shared_terms(
    query: Query, document: Document, rarity: Mapping[str, float]
) -> Iterator[RedactedText]:
    wanted = told_terms(query) - {signature.casefold() for signature in query.signatures}
    ours = _first_places((document.title, document.text))
    titles = {term for text in (query.title, document.title) for term, _ in _terms(text)}

    def weight(term: str) -> float:
        return rarity.get(term, 0.0) * (2 if term in titles else 1)

    shared = sorted(wanted & ours.keys(), key=lambda term: (-weight(term), term))
    if shared:
        yield compose("shared terms: {terms}", terms=join(", ", (ours[t] for t in shared[:5])))


def _first_places(texts: Iterable[RedactedText]) -> dict[str, RedactedText]:
    places: dict[str, RedactedText] = {}
    for text in texts:
        for term, place in _terms(text):
            places.setdefault(term, text[place])
    return places


def _wording(cosine: float) -> Iterator[RedactedText]:
    if cosine >= _SIMILAR:
        yield compose("similar wording ({cosine:.2f})", cosine=cosine)


def _differences(query: Query, document: Document) -> Iterator[RedactedText]:
    products = labels(query.product), labels(document.product)
    components = labels(query.component), labels(document.component)
    if all(products) and not products[0] & products[1]:
        yield compose("differs: other product ({name})", name=document.product)
    elif all(components) and not components[0] & components[1]:
        yield compose("differs: other component ({name})", name=document.component)
