"""The two kinds of text: raw text that is hard to read, and redacted text that is hard to make."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final, LiteralString, Never, Self, SupportsIndex, TypeGuard, final

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


@final
class RawText:
    """Unredacted text. It shows only its length and is read with `reveal()` inside `redaction`."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        """Wrap `value` at the moment it is decoded from bytes."""
        self.__value: Final = value

    def reveal(self) -> str:
        """Return the unredacted text; a test holds the list of callers."""
        return self.__value

    def __len__(self) -> int:
        return len(self.__value)

    def __repr__(self) -> str:
        return f"RawText({len(self.__value)} characters)"

    def __str__(self) -> Never:
        raise TypeError("raw text cannot be formatted: redact it first")

    def __format__(self, spec: str) -> Never:
        raise TypeError("raw text cannot be formatted: redact it first")

    def __reduce_ex__(self, protocol: SupportsIndex) -> Never:
        raise TypeError("raw text cannot be pickled or copied: redact it first")

    def __init_subclass__(cls) -> Never:
        raise TypeError("RawText cannot be subclassed")


class _MintKey:
    """The capability to mint; its one instance never leaves this package."""


_KEY: Final = _MintKey()


@final
class RedactedText(str):
    """Text that has passed the redactor or the gate.

    It is a `str` that only `redaction` can make: every function that stores, embeds or sends text
    asks for this type, so that raw text in its place is a type error. Slices, lines and stripped
    copies stay redacted; anything joined with other text becomes a plain `str` again, unless
    `compose` or `join` put it together.
    """

    __slots__ = ("_key",)
    _key: _MintKey

    def __new__(cls, *_: object, **__: object) -> Never:
        """Refuse: there is no public constructor."""
        raise TypeError("RedactedText is made by the redactor only")

    def __init_subclass__(cls) -> Never:
        raise TypeError("RedactedText cannot be subclassed")

    def __getitem__(self, key: SupportsIndex | slice) -> "RedactedText":
        return mint(str.__getitem__(self, key))

    def splitlines(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, keepends: bool = False
    ) -> list["RedactedText"]:
        """Split into redacted lines at line feeds alone: the one rule by which lines are numbered.

        `str.splitlines` also breaks at form feeds, U+2028 and others, where no editor, `grep` or
        log shipper does: every number cited below one would be wrong.
        """
        lines: list[str] = re.findall(r"[^\n]*\n|[^\n]+", self)
        return [mint(line if keepends else line.removesuffix("\n")) for line in lines]

    def strip(self, chars: str | None = None, /) -> "RedactedText":
        """Strip and stay redacted."""
        return mint(str.strip(self, chars))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __replace__(self, **_: object) -> Never:
        raise TypeError("RedactedText is made by the redactor only")

    def __reduce_ex__(self, protocol: SupportsIndex) -> Never:
        raise TypeError("RedactedText cannot be pickled: store it through its loader")

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Accept instances only; a string is minted only while a `Seal` opens a verified body."""
        return core_schema.json_or_python_schema(
            json_schema=core_schema.with_info_after_validator_function(
                _admit, core_schema.str_schema()
            ),
            python_schema=core_schema.with_info_plain_validator_function(_admit),
            serialization=core_schema.plain_serializer_function_ser_schema(
                _written, return_schema=core_schema.str_schema()
            ),
        )


def is_redacted(value: object) -> TypeGuard[RedactedText]:
    """Tell whether `value` was minted here, not forged through `str.__new__`."""
    return isinstance(value, RedactedText) and getattr(value, "_key", None) is _KEY


def mint(text: str) -> RedactedText:
    """Make redacted text; for the modules of this package that have redacted or verified it."""
    minted = str.__new__(RedactedText, text)
    minted._key = _KEY  # pyright: ignore[reportPrivateUsage]
    return minted


def opening_context() -> object:
    """Return the validation context under which pydantic mints strings; for `Seal` alone."""
    return _KEY


def compose(
    template: LiteralString, /, **values: RedactedText | LiteralString | int | float | datetime
) -> RedactedText:
    """Fill a literal template with redacted text, numbers and times; the result is redacted.

    The template is part of our own source, so the sentence holds nothing that did not pass the
    redactor. `{name}` fields and their format specs work as in `str.format`. That a plain `str`
    among the values is a literal is held by the type checker alone: at run time a literal cannot
    be told from any other string. Forged redacted text and values of other types are refused.

    Raises:
        KeyError: a field of the template has no value.
        TypeError: a value is neither text, number nor time, or is forged; it is named, not shown.
    """
    for name, value in values.items():
        if not _composable(value):
            raise TypeError(f"the value of {name} is not redacted text, a literal, number or time")
    return mint(template.format(**values))


def _composable(value: object) -> bool:
    if isinstance(value, RedactedText):
        return is_redacted(value)
    return isinstance(value, str | int | float | datetime)


def join(separator: LiteralString, parts: Iterable[RedactedText]) -> RedactedText:
    """Join redacted parts with a literal separator.

    Raises:
        TypeError: a part is not redacted, a plain `str` included.
    """
    known = tuple(parts)
    if not all(map(is_redacted, known)):
        raise TypeError("only redacted text can be joined to redacted text")
    return mint(separator.join(known))


PLACEHOLDER: Final = re.compile(r"<([A-Z]+(?:_[A-Z]+)*)_[0-9]+(?:\.[0-9]+)?>")


def numberless(text: RedactedText) -> RedactedText:
    """Turn `<PERSON_1>` into `<PERSON>`: numbers are local to a case, an index is not."""
    return mint(PLACEHOLDER.sub(r"<\1>", text))


def _admit(value: object, info: ValidationInfo) -> RedactedText:
    if is_redacted(value):
        return value
    if isinstance(value, str) and info.context is _KEY:
        return mint(value)
    raise PydanticCustomError("not_redacted", "only redacted text is accepted here")


def _written(value: object) -> RedactedText:
    if is_redacted(value):
        return value
    raise PydanticCustomError("not_redacted", "only redacted text is written here")
