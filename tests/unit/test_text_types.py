"""Attempts to read raw text by accident and to forge redacted text on purpose."""

import copy
import dataclasses
import logging
import pickle
import traceback
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from redaction import (
    Anchor,
    Artifact,
    Keyring,
    RawText,
    RedactedText,
    Seal,
    SealBroken,
    Sealed,
    compose,
    is_redacted,
    join,
    numberless,
)
from tests.making import redacted

SECRET = "hunter2-in-clear"


class Holder(BaseModel):
    text: RedactedText


def test_raw_text_shows_its_length_only() -> None:
    assert repr(RawText(SECRET)) == "RawText(16 characters)"
    assert repr([RawText(SECRET)]) == "[RawText(16 characters)]"
    assert len(RawText(SECRET)) == 16


def test_raw_text_cannot_be_formatted_joined_or_pickled() -> None:
    raw = RawText(SECRET)
    for attempt in (
        lambda: str(raw),
        lambda: f"{raw}",
        lambda: "%s" % raw,  # noqa: UP031
        lambda: format(raw, ">20"),
        lambda: "x" + raw,  # pyright: ignore[reportOperatorIssue, reportUnknownLambdaType]
        lambda: raw + "x",  # pyright: ignore[reportOperatorIssue, reportUnknownLambdaType]
        lambda: "".join([raw]),  # pyright: ignore[reportCallIssue, reportArgumentType, reportUnknownLambdaType]
        lambda: pickle.dumps(raw),
        lambda: copy.deepcopy(raw),
        lambda: copy.copy(raw),
        lambda: vars(raw),
    ):  # fmt: skip
        with pytest.raises(TypeError) as caught:
            attempt()
        assert SECRET not in str(caught.value)


def test_raw_text_cannot_be_subclassed() -> None:
    with pytest.raises(TypeError):
        type("Loud", (RawText,), {})


def test_a_traceback_and_a_log_record_do_not_show_raw_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    raw = RawText(SECRET)
    try:
        raise ValueError(raw)
    except ValueError as error:
        frames = traceback.TracebackException.from_exception(error, capture_locals=True)
        shown = "".join(frames.format())
        assert "raw = RawText(16 characters)" in shown
        assert SECRET not in shown
    with caplog.at_level(logging.INFO):
        logging.getLogger("t").info("%r", raw)
    assert SECRET not in caplog.text


def test_redacted_text_has_no_public_constructor() -> None:
    for attempt in (
        lambda: RedactedText("x"),
        lambda: RedactedText(),
        lambda: RedactedText.__new__(RedactedText, "x"),
        lambda: type("Mine", (RedactedText,), {}),
        lambda: object.__new__(RedactedText),
    ):
        with pytest.raises(TypeError):
            attempt()


def test_a_forged_instance_is_not_redacted_and_is_refused_everywhere() -> None:
    forged = str.__new__(RedactedText, SECRET)
    assert not is_redacted(forged)
    with pytest.raises(ValidationError):
        Holder(text=forged)
    with pytest.raises(ValidationError):
        TypeAdapter(RedactedText).validate_python(forged)
    assert not is_redacted(SECRET)


def test_a_key_of_ones_own_does_not_help() -> None:
    forged = str.__new__(RedactedText, SECRET)
    forged._key = object()  # type: ignore  # noqa: PGH003
    assert not is_redacted(forged)


def test_redacted_text_is_not_made_by_pickle_or_replace() -> None:
    text = redacted("x")
    with pytest.raises(TypeError):
        pickle.dumps(text)
    replace = getattr(text, "__replace__")  # noqa: B009
    with pytest.raises(TypeError):
        replace(x=1)


def test_a_copy_is_the_same_object() -> None:
    text = redacted("x")
    assert copy.copy(text) is text
    assert copy.deepcopy(text) is text


def test_replacing_a_field_of_a_value_with_plain_text_shows_at_the_store() -> None:
    artifact = Artifact("A1.txt", redacted("n"), "text/plain", redacted("t"), ())
    forged = dataclasses.replace(artifact, text=SECRET)  # pyright: ignore[reportArgumentType]
    assert not is_redacted(forged.text)
    with pytest.raises(ValidationError):
        TypeAdapter(Artifact).validate_python(dataclasses.asdict(forged))


def test_pydantic_accepts_minted_instances_only() -> None:
    assert Holder(text=redacted("ok")).text == "ok"
    for attempt in (
        lambda: Holder(text="plain"),  # pyright: ignore[reportArgumentType]
        lambda: Holder.model_validate({"text": "plain"}),
        lambda: Holder.model_validate_json('{"text": "plain"}'),
        lambda: Holder.model_validate({"text": "plain"}, context={"opening": True}),
        lambda: Holder.model_validate_strings({"text": "plain"}),
        lambda: TypeAdapter(RedactedText).validate_json('"plain"'),
    ):
        with pytest.raises(ValidationError):
            attempt()


def test_what_model_construct_makes_is_not_redacted() -> None:
    built = Holder.model_construct(text="plain")
    assert not is_redacted(built.text)


def test_slices_lines_and_stripped_copies_stay_redacted_and_sums_do_not() -> None:
    text = redacted(" a\nb ")
    assert is_redacted(text[1:3])
    assert is_redacted(text[0])
    assert all(is_redacted(line) for line in text.splitlines())
    assert is_redacted(text.strip())
    for mixed in (text + "x", f"{text}x", text.replace("a", "b"), text.upper(), text * 2):
        assert not is_redacted(mixed)


def test_compose_and_join_keep_redacted_text_redacted() -> None:
    sentence = compose("{count} of {what}", count=3, what=redacted("<HOST_1>"))
    assert is_redacted(sentence)
    assert sentence == "3 of <HOST_1>"
    assert is_redacted(join(", ", [redacted("a"), redacted("b")]))


def test_a_plain_or_forged_part_is_not_joined() -> None:
    for part in (SECRET, str.__new__(RedactedText, SECRET)):
        with pytest.raises(TypeError) as caught:
            join("", [redacted("a"), part])  # pyright: ignore[reportArgumentType]
        assert SECRET not in str(caught.value)


def test_forged_text_and_values_of_other_types_are_not_composed() -> None:
    for value in (str.__new__(RedactedText, SECRET), SECRET.encode(), [SECRET], RawText(SECRET)):
        with pytest.raises(TypeError) as caught:
            compose("{a}", a=value)  # pyright: ignore[reportArgumentType]
        assert SECRET not in str(caught.value)


def test_numbers_of_placeholders_are_taken_off() -> None:
    text = numberless(redacted("<PERSON_12> on <HOST_1>, <b> 2"))
    assert text == "<PERSON> on <HOST>, <b> 2"
    assert is_redacted(text)


def test_a_seal_reads_back_what_it_closed_and_nothing_else() -> None:
    seal = Keyring(b"k" * 32).seal
    sealed = seal.close(Anchor("A1.log", 3), Anchor, ("t", "c"))
    assert seal.open(sealed, Anchor, ("t", "c")) == Anchor("A1.log", 3)
    changed = Sealed(sealed.body.replace("3", "4"), sealed.mac)
    for forged, binding in ((changed, ("t", "c")), (sealed, ("t", "other")), (sealed, ("tc",))):
        with pytest.raises(SealBroken):
            seal.open(forged, Anchor, binding)
    with pytest.raises(SealBroken):
        Seal(b"x" * 32).open(sealed, Anchor, ("t", "c"))


@dataclasses.dataclass(frozen=True)
class Note:
    text: RedactedText
    maybe: RedactedText | None = None
    either: RedactedText | int = 0
    inner: Anchor | None = None
    words: Mapping[str, RedactedText] = dataclasses.field(default_factory=dict[str, RedactedText])


@pytest.mark.parametrize(
    "change",
    [
        {"text": SECRET},
        {"text": str.__new__(RedactedText, SECRET)},
        {"text": None},
        {"maybe": SECRET},
        {"either": SECRET},
        {"inner": Holder.model_construct(text=SECRET)},
        {"inner": SECRET},
        {"words": {"k": SECRET}},
        {"words": SECRET},
    ],
)
def test_a_seal_does_not_close_over_text_that_is_not_redacted(change: dict[str, Any]) -> None:
    note = Note(redacted("a"), redacted("b"), redacted("c"), Anchor("A1", 1), {"k": redacted("d")})
    seal = Keyring(b"k" * 32).seal
    assert seal.open(seal.close(note, Note, ("t",)), Note, ("t",)) == note
    with pytest.raises(TypeError) as caught:
        seal.close(dataclasses.replace(note, **change), Note, ("t",))
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


def test_what_pydantic_writes_is_redacted() -> None:
    assert Holder(text=redacted("ok")).model_dump_json() == '{"text":"ok"}'
    assert is_redacted(Holder(text=redacted("ok")).model_dump()["text"])
    assert Holder.model_json_schema(mode="serialization")["properties"]["text"]["type"] == "string"
    with pytest.raises(PydanticSerializationError) as caught:
        Holder.model_construct(text=SECRET).model_dump_json()
    assert SECRET not in str(caught.value)
