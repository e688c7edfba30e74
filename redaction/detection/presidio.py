# pyright: basic
"""The door to Presidio and spaCy: our patterns as its recognizers, its model engine from a path."""

import logging
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from redaction.detection import Finding
from redaction.detection.recognizers import find_patterns
from redaction.errors import DetectorFailed

_BATCH = 64
_IGNORED = [
    "CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP", "ORDINAL",
    "ORG", "PERCENT", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART",
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
        with _absent("torch", "transformers"):
            from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
            from presidio_analyzer.predefined_recognizers import SpacyRecognizer

        logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
        registry = RecognizerRegistry(
            recognizers=[_pattern_recognizer(), SpacyRecognizer(supported_entities=["PERSON"])],
            supported_languages=["en"],
        )
        self._engine = _engine_from(model_path)
        self._analyzer = AnalyzerEngine(
            registry=registry, nlp_engine=self._engine, supported_languages=["en"]
        )
        self._patterns, self._names = registry.recognizers

    def patterns(self, text: str) -> list[Finding]:
        """Run our recognizer directly: the analyzer removes duplicates in quadratic time."""
        results = self._patterns.analyze(text, [], None)  # pyright: ignore[reportArgumentType]
        return [_finding(result) for result in results]

    def names(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Let the model read the texts in batches; a text has at most a million characters."""
        answers: list[list[Finding]] = []
        batches = self._engine.process_batch(list(texts), "en", batch_size=_BATCH)
        for _, artifacts in batches:  # pyright: ignore[reportAssignmentType]
            results = self._names.analyze("", ["PERSON"], artifacts)
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
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    class PathEngine(SpacyNlpEngine):
        """Presidio's engine, loading from a folder and running the entity component only."""

        def load(self) -> None:
            with warnings.catch_warnings():
                # The model says 3.7; with 3.8 it finds the same entities.
                warnings.filterwarnings("ignore", message=r"\[W095\]")
                self.nlp = {"en": spacy.load(path, exclude=_UNUSED)}

    engine = PathEngine(
        models=[{"lang_code": "en", "model_name": str(path)}],
        ner_model_configuration=NerModelConfiguration(
            model_to_presidio_entity_mapping={"PERSON": "PERSON"}, labels_to_ignore=_IGNORED
        ),
    )
    if not (path / "meta.json").is_file():
        raise DetectorFailed("the name model is missing. Run: triage models fetch")
    engine.load()
    return engine


_UNUSED = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]


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
