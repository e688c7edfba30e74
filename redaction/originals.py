"""Writes kept originals for encryption under the key of their case, and reads them back."""

import json
from collections import deque
from collections.abc import Mapping, Sequence

from redaction.intake.sources import RawArtifact, RawCase
from redaction.reimport import Mark, Refer
from redaction.text import RawText

FOLDER = ""
"""The artifact id under which the name of the folder is kept."""


def plain_originals(raw: RawCase, marks: Sequence[Mark], refer: Refer) -> dict[str, bytes]:
    """Serialise a case's name and files by artifact id; the caller encrypts before anything else.

    The marks, which `refer` made, tell which file became which artifact.
    """
    ids: dict[tuple[str, str], deque[str]] = {}
    for mark in marks:  # two files may have one name and one content
        ids.setdefault((mark.name, mark.content), deque()).append(mark.artifact)
    plain = {FOLDER: raw.name.reveal().encode("utf-8", "surrogatepass")}
    for artifact in raw.artifacts:
        name, text = artifact.name.reveal(), artifact.text.reveal()
        body = json.dumps([name, artifact.media_type, text], ensure_ascii=True)
        plain[ids[refer(name), refer(text)].popleft()] = body.encode()
    return plain


def case_from(originals: Mapping[str, bytes]) -> RawCase:
    """Read back what `plain_originals` wrote."""
    name = originals[FOLDER].decode("utf-8", "surrogatepass")
    files = (_artifact(key, plain) for key, plain in originals.items() if key != FOLDER)
    return RawCase(RawText(name), tuple(files), ())


def _artifact(name: str, plain: bytes) -> RawArtifact:
    path, media_type, text = json.loads(plain)
    return RawArtifact(name, RawText(path), media_type, RawText(text))
