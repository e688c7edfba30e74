"""The checklist: what each kind of case must hold, from a table that a team can change."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Final, Literal, TypeAlias, cast, get_args

from assistant.errors import ChecklistInvalid

ItemName: TypeAlias = Literal[
    "onset",
    "impact",
    "logs",
    "reproduction",
    "expected",
    "environment",
    "version",
    "timeline",
    "changes",
    "tried",
    "acceptance",
]
ITEMS: Final[tuple[ItemName, ...]] = get_args(ItemName)
CHECKLIST_FILE: Final = "checklist.toml"
FALLBACK: Final = "other"
_HEAVIEST: Final = 10
_LONGEST_WINDOW: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Item:
    """What a case should hold, in words, and the question that asks for it."""

    what: str
    ask: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case: the words that tell it, and what it needs with the weight of each."""

    words: tuple[str, ...]
    needs: Mapping[ItemName, int]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The table; logs must reach `window_minutes` before and after the onset."""

    window_minutes: int
    items: Mapping[ItemName, Item]
    kinds: Mapping[str, Kind]


def default_checklist() -> Checklist:
    """Return the table that comes with the product."""
    text = (resources.files("assistant") / CHECKLIST_FILE).read_text("utf-8")
    return checklist_from(text, Checklist(1, {}, {}))


def checklist_from(text: str, base: Checklist | None = None) -> Checklist:
    """Read a team's table on top of the product's.

    Raises:
        ChecklistInvalid: the file says what a checklist cannot say; the message says what it can.
    """
    base = base or default_checklist()
    try:
        said = cast(dict[str, object], tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ChecklistInvalid(f"{CHECKLIST_FILE} is not TOML: {error}") from None
    _known("section", said, ("window_minutes", "items", "kinds"))
    items = {_item_name(name): _item(name, row) for name, row in _table(said, "items").items()}
    kinds = {name: _kind(name, row) for name, row in _table(said, "kinds").items()}
    window = said.get("window_minutes", base.window_minutes)
    whole = replace(
        base,
        window_minutes=_number("window_minutes", window, _LONGEST_WINDOW),
        items={**base.items, **items},
        kinds=kinds | {name: kind for name, kind in base.kinds.items() if name not in kinds},
    )
    if FALLBACK not in whole.kinds or set(whole.items) != set(ITEMS):
        raise ChecklistInvalid(f"{CHECKLIST_FILE}: the kind {FALLBACK!r} and every item are needed")
    return whole


def _known(what: str, given: Mapping[str, object], known: tuple[str, ...]) -> None:
    if unknown := sorted(given.keys() - set(known)):
        listed = ", ".join(known)
        raise ChecklistInvalid(
            f"{CHECKLIST_FILE}: unknown {what} {unknown[0]!r}; there is: {listed}"
        )


def _table(said: Mapping[str, object], name: str) -> dict[str, object]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise ChecklistInvalid(f"{CHECKLIST_FILE}: {name} is a table")
    return cast(dict[str, object], table)


def _item_name(name: str) -> ItemName:
    _known("item", {name: None}, ITEMS)
    return cast(ItemName, name)


def _item(name: str, row: object) -> Item:
    cells = _table({name: row}, name)
    _known(f"key of item {name}:", cells, ("what", "ask"))
    what, ask = cells.get("what"), cells.get("ask")
    if not isinstance(what, str) or not isinstance(ask, str) or not what.strip() or not ask.strip():
        raise ChecklistInvalid(f"{CHECKLIST_FILE}: item {name} has a text `what` and a text `ask`")
    return Item(what, ask)


def _kind(name: str, row: object) -> Kind:
    cells = _table({name: row}, name)
    _known(f"key of kind {name}:", cells, ("words", "needs"))
    words = cells.get("words", [])
    if not isinstance(words, list) or not all(
        isinstance(word, str) for word in cast(list[object], words)
    ):
        raise ChecklistInvalid(f"{CHECKLIST_FILE}: the words of kind {name} are a list of texts")
    needs = _table(cells, "needs")
    weights: dict[ItemName, int] = {
        _item_name(item): _number(f"weight of {item} in {name}", weight, _HEAVIEST)
        for item, weight in needs.items()
    }
    if not weights:
        raise ChecklistInvalid(f"{CHECKLIST_FILE}: kind {name} needs at least one item")
    return Kind(tuple(word.lower() for word in cast(list[str], words)), weights)


def _number(what: str, value: object, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise ChecklistInvalid(f"{CHECKLIST_FILE}: the {what} is a whole number from 1 to {most}")
    return value
