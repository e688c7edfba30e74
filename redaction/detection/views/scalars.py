"""Says which keys stand above each value of a document, from the keys that stand beside it too."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from redaction.detection.patterns.keynames import kind_at, kind_of_key, words
from redaction.detection.patterns.ordinary import words_of
from redaction.detection.views.alignment import Decoded
from redaction.detection.views.views import Style

# What names its neighbour: `{"name": "DB_PASSWORD", "value": "..."}`, `{"field": "assignee", ...}`.
_LABELS: Final = words_of("name key field field_name fieldname fieldid attribute property header")
_LABELLED: Final = words_of(
    "value val values from to fromstring tostring previous_value new_value old_value newvalue "
    "oldvalue previousvalue text"
)
_PERSONAL: Final = words_of(
    "email emails email_address emailaddress mail phone mobile login username user_name real_name "
    "display_name displayname first_name last_name firstname lastname"
)


_ACCOUNT_KEYS: Final = words_of("key accountid account_id uuid guid")
# What one person's record holds: an `id` among them is hers. Of a ticket it is the ticket's.
_OF_ONE_PERSON: Final = words_of(
    "real_name display_name displayname first_name last_name firstname lastname login username"
    " given_name family_name full_name givenname surname avatar_url avatarurl userprincipalname"
    " mailnickname useridentitytype"
)
_OF_A_THING: Final = words_of(
    "subject summary description status severity priority body message version url_path filetype"
    " mimetype permalink"
)
# Beside one of these a `key` or an account's id is the key of a thing.
_VERSIONED: Final = words_of("version summary subject priority severity topic partition offset")
# What a build or a client is set up with has an id of its own, whoever logs in there.
_SET_UP: Final = words_of("server mirror repository proxy plugin execution pluginrepository")
# What a form offers a choice of: `Blocker` there is nobody's name.
_CHOICES: Final = words_of(
    "status state priority severity resolution level loglevel type issuetype kind phase urgency"
    " impact risk approval criticality stage environment"
)
_SAID_OF_CHOICE: Final = words_of("name value label text display_value displayname displayvalue")
# The claims of an identity token: beside one of these `sub` is a user, and a nonce grants.
_CLAIMS: Final = words_of("iss aud exp iat nbf azp auth_time acr amr")
_OF_TOKENS: Final = {"sub": "user_id", "nonce": "nonce_token"}
_CHOICE: Final = re.compile(r"[^\W\d_][\w&()/-]{0,24}(?: [\w&()/-]{1,24}){0,2}")
_CALLED: Final = words_of("summary title label text displaytext")


def is_choice(path: Sequence[str], value: str) -> bool:
    """Tell one of the few words that a form offers, such as the name of a priority."""
    below = len(path) > 1 and path[-1].lower() in _SAID_OF_CHOICE
    parts = words(path[-2] if below else path[-1])
    return parts[-1:] != () and parts[-1] in _CHOICES and _CHOICE.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value or key of a document: where it stands in the original, and what it means.

    `decoded` is None when it means what stands there. `path` are the keys above it, outermost
    first; a key has none: nothing says what it is.
    """

    path: tuple[str, ...]
    start: int
    end: int
    decoded: Decoded | None = None
    style: Style = "plain"

    @property
    def value(self) -> str:
        """What it means; empty when it means what stands there."""
        return self.decoded.text if self.decoded else ""


@dataclass(slots=True)
class Group:
    """What one object, mapping, row or element holds: its keys, its name for them, its type.

    `around` is what the object or mapping stands in.
    """

    keys: set[str] = field(default_factory=set[str])
    label: str = ""
    type: str = ""
    kind: str = ""
    around: "Group | None" = None

    def take(self, key: str, value: str) -> None:
        """Take notice of a value and its key."""
        lowered = key.lower()
        self.keys.add(lowered)
        if lowered in ("type", "objecttype", "kind"):
            self.type = value[:40].lower()
        if lowered == "kind":
            self.kind = value[:40]
        if lowered in _LABELS and not (self.label and kind_of_key(self.label)):
            self.label = value[:80]


def placed(scalars: Iterable[tuple[Scalar, Group | None]]) -> Iterator[Scalar]:
    """Complete the paths of scalars, when the groups they stand in are known whole."""
    for scalar, group in list(scalars):
        if group is None or not scalar.path:
            yield scalar
            continue
        path = _path(scalar.path, group)
        if path == scalar.path:
            yield scalar
        else:
            yield Scalar(path, scalar.start, scalar.end, scalar.decoded, scalar.style)


def _is_manifest_of_secret(group: Group | None) -> bool:
    """Tell a Kubernetes Secret, whose `data` holds nothing but secrets."""
    return group is not None and group.kind == "Secret"


def _path(path: tuple[str, ...], group: Group) -> tuple[str, ...]:
    key = path[-1].lower()
    parent = path[-2].lower() if len(path) > 1 else ""
    if parent == "stringdata" or (parent == "data" and _is_manifest_of_secret(group.around)):
        return (*path[:-1], "string_data")
    if key == "id" and (parent in _SET_UP or path[-3:-1] == ("profiles", "profile")):
        return ("id",)
    if key == "name" and "version" in group.keys and not group.keys & _PERSONAL:
        return (*path[:-2], "program", "name")
    if key in _OF_TOKENS and group.keys & _CLAIMS:
        return (*path[:-1], _OF_TOKENS[key])
    if key in _LABELLED and group.label:
        if parent in ("cookies", "cookie"):
            return (*path, "cookie")
        if kind_of_key(group.label):
            return (group.label,)
    is_person = group.type.startswith(("user", "person", "contact")) or group.keys & _PERSONAL
    if is_person and kind_at(path) in (None, "ACCOUNT", "UUID", "KEY", "ID"):
        if key == "id" and group.keys & _OF_ONE_PERSON and not group.keys & _OF_A_THING:
            return (*path[:-1], "user", "id")
        if key == "name" or (key in _CALLED and group.type):
            return (*path[:-1], "person", "name")
        if key in _ACCOUNT_KEYS and not group.keys & _VERSIONED:
            return (*path[:-1], "user", "id")
    return path
