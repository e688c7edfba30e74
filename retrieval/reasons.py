"""Says why a document matches, in short phrases that an analyst understands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from redaction import RedactedText, compose, join
from retrieval.features import labels
from retrieval.lifecycle import NOTHING_TOLD, Told, standing
from retrieval.match import Document
from retrieval.query import Query
from retrieval.signatures import find_signatures, is_frame
from retrieval.versions import Applicability, applicability

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
    query: Query,
    document: Document,
    cosine: float,
    rarity: Mapping[str, float],
    told: Told = NOTHING_TOLD,
    now: datetime | None = None,
) -> tuple[RedactedText, ...]:
    """Return why `document` matches and what speaks against it; what weighs most comes first.

    `rarity` weighs shared terms, those of `told_terms`; `cosine` is the similarity of the vectors;
    `told` is what analysts said of the document, `now` (default: today) when it is judged.
    """
    return (
        *_warnings(document, told, now or datetime.now(UTC)),
        *_versions(query, document),
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


def recurs(query: Query, document: Document) -> bool:
    """Tell whether the same error shows on a version that should hold the document's fix."""
    found = find_signatures(join("\n", (document.title, document.text)))
    shared = any(each in found and not is_frame(each) for each in query.signatures)
    return shared and applies(query, document) == "fixed"


def applies(query: Query, document: Document) -> Applicability:
    """Say whether a document concerns the version of the query; of another product nobody knows."""
    ours, theirs = labels(query.product), labels(document.product)
    if ours and theirs and not ours & theirs:
        return "unknown"
    affected = ", ".join(filter(None, (document.version, document.applies_to)))
    return applicability(affected, document.fixed_version, query.version)


def _warnings(document: Document, told: Told, now: datetime) -> Iterator[RedactedText]:
    stands = standing(
        document.kind, document.status, document.superseded_by, document.review_by, told, now
    )
    match stands:
        case "superseded":
            yield compose("superseded by {id}", id=document.superseded_by)
        case "retired":
            yield compose("marked as {status}", status=document.status.strip())
        case "contradicted":
            yield compose("contradicted by {cases} of our cases", cases=told.contradicts)
        case "expired" if document.review_by:
            day = compose("{day:%Y-%m-%d}", day=document.review_by)
            yield compose("should have been reviewed by {day}", day=day)
        case _:
            pass
    if told.resolved:
        yield compose("resolved {cases} of our cases", cases=told.resolved)


def _versions(query: Query, document: Document) -> Iterator[RedactedText]:
    ours, fixed, seen = query.version, document.fixed_version, document.version
    match applies(query, document):
        case "applies" if fixed:
            yield compose(
                "fixed in {fixed}, this case is on {ours}: applies", fixed=fixed, ours=ours
            )
        case "applies":
            seen = seen or document.applies_to
            yield compose("affects {seen}, this case is on {ours}: applies", seen=seen, ours=ours)
        case "fixed" if recurs(query, document):
            yield compose(
                "fixed in {fixed}, yet this case on {ours} shows the same error",
                fixed=fixed,
                ours=ours,
            )
        case "fixed":
            yield compose(
                "fixed in {fixed}, this case is on {ours}: should not apply", fixed=fixed, ours=ours
            )
        case "unaffected":
            seen = seen or document.applies_to
            yield compose("affects {seen}, this case is on {ours}: not it", seen=seen, ours=ours)
        case _:
            pass


def _shared_signatures(query: Query, document: Document) -> Iterator[RedactedText]:
    found = frozenset(find_signatures(join("\n", (document.title, document.text))))
    shared = [signature for signature in query.signatures if signature in found]
    classes = [signature for signature in shared if not is_frame(signature)][:_SHOWN]
    frames = [signature for signature in shared if is_frame(signature)][:_SHOWN]
    if classes:
        yield compose("shares error signature {names}", names=join(", ", classes))
    if frames:
        yield compose("shares stack frame {names}", names=join(", ", frames))


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
