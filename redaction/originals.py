"""Writes kept originals for encryption under the key of their case, and reads them back."""

import json
from collections.abc import Sequence

from redaction.case import Quarantined
from redaction.intake.sources import RawArtifact, RawCase, RawQuarantined
from redaction.reimport import Mark, Refer
from redaction.text import RawText

FOLDER = ""
"""The artifact id under which the name of the folder is kept."""


def plain_originals(raw: RawCase, marks: Sequence[Mark], refer: Refer) -> dict[str, bytes]:
    """Serialise a case's name and files by artifact id; the caller encrypts before anything else.

    The marks, which `refer` made, tell which file became which artifact.
    """
    ids = {(mark.name, mark.content): mark.artifact for mark in marks}
    plain = {FOLDER: raw.name.reveal().encode("utf-8", "surrogatepass")}
    for artifact in raw.artifacts:
        name, text = artifact.name.reveal(), artifact.text.reveal()
        body = json.dumps([name, artifact.media_type, text], ensure_ascii=True)
        plain[ids[refer(name), refer(text)]] = body.encode()
    return plain


def case_from(originals: dict[str, bytes], quarantined: Sequence[Quarantined]) -> RawCase:
    """Read back what `plain_originals` wrote, beside what was never read."""
    name = originals[FOLDER].decode("utf-8", "surrogatepass")
    files = (_artifact(key, plain) for key, plain in originals.items() if key != FOLDER)
    unread = (
        RawQuarantined(each.id, RawText(each.name), each.reason)
        for each in quarantined
        if each.id not in originals
    )
    return RawCase(RawText(name), tuple(files), tuple(unread))


def _artifact(name: str, plain: bytes) -> RawArtifact:
    path, media_type, text = json.loads(plain)
    return RawArtifact(name, RawText(path), media_type, RawText(text))
