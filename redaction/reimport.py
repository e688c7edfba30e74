"""Takes a case in again: equal files keep their ids, longer ones go on, changed ones follow."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from redaction.case import Artifact, Quarantined, RedactedCase
from redaction.intake.sources import RawArtifact, RawCase, RawQuarantined

Refer = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a file of a case is known again: keyed references (hex) to its path and its content.

    `length` is the number of characters the content had: a file that begins with them goes on. The
    mark of the folder itself has neither artifact nor content.
    """

    artifact: str
    name: str
    content: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What came in, under the ids it shall have, and which earlier artifacts stay beside it.

    `unread` are earlier files that stay quarantined as they are: nothing is known of them but the
    redacted name. `superseded` names, for an artifact that is an earlier version, the one that took
    its place.
    """

    raw: RawCase
    staying: tuple[Artifact, ...] = ()
    unread: tuple[Quarantined, ...] = ()
    superseded: Mapping[str, str] = field(default_factory=dict[str, str])


def folder_ref(raw: RawCase, refer: Refer) -> str:
    """Return the keyed reference to the name of a case's folder."""
    return refer(raw.name.reveal())


def marks_of(raw: RawCase, refer: Refer) -> tuple[Mark, ...]:
    """Return the marks of a case as it came in: that of its folder first."""
    marks = [Mark("", folder_ref(raw, refer))]
    for artifact in raw.artifacts:
        text = artifact.text.reveal()
        marks.append(Mark(artifact.id, refer(artifact.name.reveal()), refer(text), len(text)))
    return tuple(marks)


def shares_files(marks: Sequence[Mark], raw: RawCase, refer: Refer) -> bool:
    """Tell whether a folder of the same name holds a file again, as it was or gone on."""
    if not marks or marks[0].name != folder_ref(raw, refer):
        return False
    return any(_same(artifact, marks, refer) is not None for artifact in raw.artifacts)


def contents_of(raw: RawCase, refer: Refer) -> frozenset[str]:
    """Return the keyed references to what a case's files hold, but for the empty ones."""
    return frozenset(refer(each.text.reveal()) for each in raw.artifacts if len(each.text))


def shares_most(marks: Sequence[Mark], contents: frozenset[str]) -> bool:
    """Tell whether a folder of any name is that of a case: half of either's files are the other's.

    One file says nothing: a log may have been sent for two cases.
    """
    shared = {mark.content for mark in marks if mark.artifact} & contents
    files = {mark.name for mark in marks if mark.artifact}
    return len(shared) > 1 and len(shared) * 2 >= max(len(files), len(contents))


def plan(raw: RawCase, before: RedactedCase, marks: Sequence[Mark], refer: Refer) -> Plan:
    """Give every file that came in its id, and decide which earlier artifacts stay."""
    numbers = _numbers(before, marks)
    taken: set[str] = set()
    artifacts: list[RawArtifact] = []
    superseded = {each.id: each.superseded_by for each in before.artifacts if each.superseded_by}
    known = {m.name: m for m in marks if m.artifact and m.artifact not in superseded}
    for artifact in raw.artifacts:
        free = [mark for mark in marks if mark.artifact and mark.artifact not in taken]
        same = _same(artifact, free, refer)
        own = same.artifact if same else _numbered(artifact.id, next(numbers))
        earlier = known.get(refer(artifact.name.reveal()))
        if same is None and earlier is not None and earlier.artifact not in taken:
            superseded[earlier.artifact] = own
        taken.add(own)
        artifacts.append(replace(artifact, id=own))
    quarantined = tuple(_renumbered(each, next(numbers)) for each in raw.quarantined)
    staying = tuple(artifact for artifact in before.artifacts if artifact.id not in taken)
    planned = replace(raw, artifacts=tuple(artifacts), quarantined=quarantined)
    return Plan(planned, staying, superseded=superseded)


def marks_after(plan: Plan, marks: Sequence[Mark], refer: Refer) -> tuple[Mark, ...]:
    """Return the marks of the case as it is now: of what came in, and of what stays as it was."""
    staying = {artifact.id for artifact in plan.staying}
    kept = tuple(mark for mark in marks if mark.artifact in staying)
    return (*marks_of(plan.raw, refer), *kept)


def in_order(artifacts: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """Return artifacts by their numbers."""
    return tuple(sorted(artifacts, key=lambda artifact: _number(artifact.id)))


def _same(artifact: RawArtifact, marks: Sequence[Mark], refer: Refer) -> Mark | None:
    """Find the mark of the same content, else of the content that this one goes on from."""
    text, name = artifact.text.reveal(), refer(artifact.name.reveal())
    content = refer(text)
    equal = [mark for mark in marks if mark.artifact and mark.content == content]
    begun = [
        mark
        for mark in marks
        if mark.artifact and mark.name == name and 0 < mark.length < len(text)
    ]
    equal.sort(key=lambda mark: mark.name != name)
    whole_lines = (mark for mark in begun if _breaks(text, mark.length))
    gone_on = (mark for mark in whole_lines if refer(text[: mark.length]) == mark.content)
    return equal[0] if equal else next(gone_on, None)


def _breaks(text: str, at: int) -> bool:
    """Tell whether a line ends here: the last line of the earlier part must not have grown."""
    return text[at - 1] == "\n" or text[at] in "\r\n"


def _numbers(before: RedactedCase, marks: Sequence[Mark]) -> Iterator[int]:
    """Yield numbers that no artifact of the case ever had."""
    every = [each.id for each in (*before.artifacts, *before.quarantined)]
    last = max(
        map(_number, (*every, *(mark.artifact for mark in marks if mark.artifact))), default=0
    )
    while True:
        last += 1
        yield last


def _number(name: str) -> int:
    return int(name[1:].partition(".")[0])


def _numbered(name: str, number: int) -> str:
    return f"A{number}{name[name.find('.') :]}" if "." in name else f"A{number}"


def _renumbered(file: RawQuarantined, number: int) -> RawQuarantined:
    return replace(file, id=_numbered(file.id, number))
