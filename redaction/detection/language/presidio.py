# pyright: basic
"""The door to Presidio and spaCy: our patterns as its recognizers, its model engine from a path."""

import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from redaction.detection import Finding
from redaction.detection.patterns.recognizers import find_patterns
from redaction.errors import DetectorFailed

_BATCH = 128
_KINDS = {
    "PERSON": "PERSON",
    "ORG": "COMPANY",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "NORP": "NATIONALITY",
    "DATE": "DATE",
}
_ENTITIES = sorted(set(_KINDS.values()))
_IGNORED = [
    "CARDINAL", "EVENT", "LANGUAGE", "LAW", "MONEY", "ORDINAL", "PERCENT", "PRODUCT", "QUANTITY",
    "TIME", "WORK_OF_ART",
]  # fmt: skip


class PresidioDetector:
    """Finds patterns through a Presidio recognizer and names through spaCy, on Presidio's terms.

    The model is loaded from `model_path`, a folder; nothing is ever downloaded.
    """

    def __init__(self, model_path: Path) -> None:
        """Load the model: about a second.

        Raises:
            DetectorFailed: the folder holds no model that this spaCy can load.
        """
        _stay_offline()
        with _absent("torch", "transformers"):
            from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
            from presidio_analyzer.predefined_recognizers import SpacyRecognizer

        logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
        registry = RecognizerRegistry(
            recognizers=[_pattern_recognizer(), SpacyRecognizer(supported_entities=_ENTITIES)],
            supported_languages=["en"],
        )
        self._engine = _engine_from(model_path)
        self._analyzer = AnalyzerEngine(
            registry=registry, nlp_engine=self._engine, supported_languages=["en"]
        )
        self._patterns, self._names = registry.recognizers

    def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
        """Run our recognizer directly: the analyzer removes duplicates in quadratic time."""
        if without:
            return find_patterns(text, without)
        results = self._patterns.analyze(text, [], None)  # pyright: ignore[reportArgumentType]
        return [_finding(result) for result in results]

    def names(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Let the model read the texts in batches; a text has at most a million characters."""
        answers: list[list[Finding]] = []
        batches = self._engine.process_batch(list(texts), "en", batch_size=_BATCH)
        for _, artifacts in batches:  # pyright: ignore[reportAssignmentType]
            results = self._names.analyze("", _ENTITIES, artifacts)
            answers.append([_finding(result) for result in results])
        return answers


@contextmanager
def _absent(*names: str) -> Iterator[None]:
    """Let Presidio and spaCy import as if optional libraries were not installed.

    Both take torch and transformers when they can, for engines that are not used here, and spend
    ten seconds on it. `None` in `sys.modules` is how Python spells "not installed".
    """
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # pyright: ignore[reportArgumentType]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def _engine_from(path: Path):  # noqa: ANN202 - the type is defined inside, after the heavy import
    import spacy
    from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine

    class PathEngine(SpacyNlpEngine):
        """Presidio's engine, loading from a folder and running the entity component only."""

        def load(self) -> None:
            with warnings.catch_warnings():
                # The model says 3.7; with 3.8 it finds the same entities.
                warnings.filterwarnings("ignore", message=r"\[W095\]")
                self.nlp = {"en": spacy.load(path, exclude=_UNUSED)}

        def _doc_to_nlp_artifact(self, doc, language: str) -> NlpArtifacts:  # noqa: ANN001
            # Presidio also gathers lemmas and keywords, in as much time as the model takes.
            scores = self._get_scores_for_entities(doc)
            entities, scores = self._get_updated_entities(self._get_entities(doc), scores)
            return NlpArtifacts(entities, doc, [], [], self, language, scores)

    engine = PathEngine(
        models=[{"lang_code": "en", "model_name": str(path)}],
        ner_model_configuration=NerModelConfiguration(
            model_to_presidio_entity_mapping=_KINDS, labels_to_ignore=_IGNORED
        ),
    )
    if not (path / "meta.json").is_file():
        raise DetectorFailed("the name model is missing. Run: triage models fetch")
    engine.load()
    return engine


# Words are known by their hashes: the table of all their spellings costs 125 MB and is not read.
_UNUSED = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter", "strings"]


def _pattern_recognizer():  # noqa: ANN202 - as above
    from presidio_analyzer import EntityRecognizer, RecognizerResult

    class SupportPatterns(EntityRecognizer):
        """Everything with a shape of its own, as Presidio results."""

        def load(self) -> None:
            pass

        def analyze(self, text: str, entities: list[str], nlp_artifacts: object = None) -> list:
            return [
                RecognizerResult(
                    found.type,
                    found.start,
                    found.end,
                    found.score,
                    recognition_metadata={"detector": found.detector, "firm": found.firm},
                )
                for found in find_patterns(text)
                if not entities or found.type in entities
            ]

    return SupportPatterns(supported_entities=["SUPPORT_PATTERN"], name="SupportPatterns")


def _finding(result) -> Finding:  # noqa: ANN001 - as above
    told = result.recognition_metadata or {}
    return Finding(
        result.start,
        result.end,
        result.entity_type,
        told.get("detector", "model:spacy"),
        result.score,
        told.get("firm", False),
    )


def plain_presidio(model_path: Path) -> Callable[[str], list[Finding]]:
    """Return Presidio as it comes: its own recognizers, the model at `model_path`, no threshold.

    It is what our redaction is compared with, and nothing else.

    Raises:
        DetectorFailed: the folder holds no model.
    """
    if not (model_path / "meta.json").is_file():
        raise DetectorFailed("the name model is missing. Run: triage models fetch")
    _stay_offline()
    with _absent("torch", "transformers"):
        import spacy
        from presidio_analyzer import AnalyzerEngine
        from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class WholeEngine(SpacyNlpEngine):
        """Presidio's engine, loading every component from a folder."""

        def load(self) -> None:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message=r"\[W095\]")
                self.nlp = {"en": spacy.load(model_path)}

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    engine = WholeEngine(models=[{"lang_code": "en", "model_name": str(model_path)}])
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])

    def find(text: str) -> list[Finding]:
        pieces = range(0, len(text), _LARGEST)
        return [
            Finding(
                at + result.start, at + result.end, result.entity_type, "presidio", result.score
            )
            for at in pieces
            for result in analyzer.analyze(text[at : at + _LARGEST], language="en")
        ]

    return find


_LARGEST = 900_000
"""Characters; spaCy refuses a text of over a million."""


def _stay_offline() -> None:
    """Tell the mail recognizer's library, before its import, to fetch no list of suffixes."""
    os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""
