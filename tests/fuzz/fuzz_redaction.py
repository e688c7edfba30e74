# pyright: basic
# ruff: noqa: E501
"""A coverage-guided fuzzer over everything that reads raw input.

Run `python tests/fuzz/fuzz_redaction.py TARGET [-max_total_time=120 …]`, or `all` to give every
target two minutes in turn. A crash is any exception but the documented ones, a span that does not
rebuild the clean text, or a planted key that survives. libFuzzer writes what crashed to `crash-…`
in the working folder.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import atheris  # noqa: E402

with atheris.instrument_imports(include=["redaction"]):  # pyright: ignore[reportAttributeAccessIssue]
    from redaction import (
        Artifact,
        CannotRead,
        DetectorFailed,
        EgressRefused,
        Limits,
        OutboundGate,
        policy_named,
        read_records,
        read_structure,
    )
    from redaction.detection.passes import Source, redact_documents
    from redaction.detection.patterns.recognizers import find_patterns, find_secrets
    from redaction.detection.views.structure import Form, form_of, view_of
    from redaction.intake.decoding import decode, encoding_of
    from redaction.intake.limits import Budget
    from redaction.intake.media import EXTENSIONS, lined_type, media_type
    from redaction.intake.opening import Opener
    from redaction.intake.reasons import Reason, Refused
    from redaction.text import mint
    from tests.fake_detection import ListedNames

DETECTOR = ListedNames("Ottoline Marsk")
POLICY = policy_named("strict")
GATE = OutboundGate(DETECTOR, policy_named("default"))
SMALL = Limits(artifact_bytes=1 << 16, total_bytes=1 << 17, entries=20)
KEY = "AKIA" + "Q7XM2PLDNE5RTW3B"
FORMS: tuple[Form, ...] = ("text", "json", "yaml", "toml", "csv", "settings", "mail", "xml", "html")

SEEDS: tuple[bytes, ...] = (
    b"2026-02-11T08:14:52Z ERROR db-3 login of user=jroe from 10.20.30.40:5432 failed\n\tat a.B(C.java:3)\n",
    b'{"assignee": {"displayName": "Ottoline Marsk"}, "password": "Gr4nit-71", "n": [1, 2.5e3, null]}',
    b"password: Gr4nit-71\nusers:\n  - name: Ottoline Marsk\n    mail: |\n      o.marsk@corp.example\n",
    b'[server]\nhost = "db.corp.internal"\ntoken = \'abc\'\n[[x]]\na = [1, "b"]\n',
    b"Name,Mail\r\n\"Marsk, Ottoline\",o.marsk@corp.example\r\n",
    b"DB_PASSWORD='Gr4nit-71'\nexport URL=postgres://u:pw@db/x?sslmode=require\n",
    b"From: Ottoline Marsk <o.marsk@corp.example>\nTo: a@b.example\nSubject: =?utf-8?q?n=C3=A9?=\n"
    b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nhi\n--b\n'
    b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+aGk8L2I+\n--b--\n",
    b'<?xml version="1.0"?><a mail="o.marsk@corp.example"><!-- c --><b>10.20.30.40</b><![CDATA[x]]></a>',
    b"<html><body><p>Ottoline <b>Marsk</b>&amp; co &#x41;</p></body></html>",
    b"%6f.marsk%40corp.example \\u006f.marsk@corp.example by5tYXJza0Bjb3JwLmV4YW1wbGU= \x1b[1mx\x1b[0m",
    b"<PERSON_1> and <IP_1.2> <EMAIL_1>@<DOMAIN_1>",
    b"-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END RSA PRIVATE KEY-----\n",
    b"\xff\xfeh\x00i\x00",
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\xc8\x04\x00\xac\x2a\x93\xd8\x02\x00\x00\x00",
    b"PK\x03\x04\x14\x00\x00\x00\x00\x00\x00\x00!\x00\xac*\x93\xd8\x02\x00\x00\x00\x02\x00\x00\x00"
    b"\x01\x00\x00\x00ahiPK\x01\x02\x14\x03\x14\x00\x00\x00\x00\x00\x00\x00!\x00\xac*\x93\xd8\x02\x00"
    b"\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x01\x00\x00\x00\x00"
    b"aPK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00/\x00\x00\x00!\x00\x00\x00\x00\x00",
)  # fmt: skip


class Broken(Exception):
    """A promise that did not hold."""


def scan(data: bytes) -> None:
    """Patterns of any text lie inside it."""
    text = data.decode("utf-8", "surrogateescape")
    for found in (*find_patterns(text), *find_secrets(text)):
        if not 0 <= found.start < found.end <= len(text):
            raise Broken("a finding outside its text")


def form(data: bytes) -> None:
    """A text of every form comes through, its spans rebuild it, and a planted key is gone."""
    kind = FORMS[data[0] % len(FORMS)] if data else "text"
    text = f"{data[1:].decode('utf-8', 'replace')}\n{KEY}\n"
    view_of(text, kind)
    [result] = redact_documents([[Source(text, kind)]], DETECTOR, POLICY)
    [clean] = result.texts
    if clean is None:
        return
    at = shown = 0
    for span in clean.spans:
        if not at <= span.start < span.end <= len(text):
            raise Broken("spans out of order")
        shown = _after(text[at : span.start], clean.text, shown)
        name = span.placeholder
        # Markup and a replaced number write a placeholder in their own way.
        escaped = name.replace("<", "&lt;").replace(">", "&gt;")
        written = next(
            (w for w in (name, f'"{name}"', escaped) if clean.text.startswith(w, shown)), None
        )
        if written is None:
            raise Broken("a placeholder is not where its span is")
        shown, at = shown + len(written), span.end
    if _after(text[at:], clean.text, shown) != len(clean.text):
        raise Broken("the clean text goes on after the original")
    if KEY in clean.text:
        raise Broken("a planted key survived")


def _after(kept: str, text: str, at: int) -> int:
    """Return where `text` goes on after what was kept; it must stand at `at`."""
    if not text.startswith(kept, at):
        raise Broken("spans do not rebuild the clean text")
    return at + len(kept)


def structure(data: bytes) -> None:
    """Every kind of artifact is read without a crash, whatever it holds."""
    text = mint(data.decode("utf-8", "replace"))
    kinds = {media_type(text), *EXTENSIONS} if len(text) < 2_000 else {media_type(text)}
    for kind in sorted(kinds):
        read_structure((Artifact("A1.x", mint("a"), kind, text, ()),))


class _Heard:
    """Takes what the reader of files tells; the reader itself runs here, not in its own process."""

    def begin(self, name: str) -> bool:
        return bool(name)

    def found(self, media_type: str, text: str) -> None:
        form_of(media_type or lined_type(text), "file")

    def refused(self, refused: Refused) -> None:
        str(refused)

    def picture(self, image: bytes) -> str:
        raise Refused(Reason.NO_OCR)


def intake(data: bytes) -> None:
    """Any bytes are opened or refused: archives, mails, pages, documents, encodings."""
    Opener(Budget(SMALL), _Heard()).take("file", BytesIO(data), 0)


def decoding(data: bytes) -> None:
    """Bytes decode or are refused, in one piece and as a stream."""
    for read in (decode, lambda content: encoding_of(BytesIO(content))):
        with suppress(Refused):
            read(data)


def records(data: bytes) -> None:
    """A record file is read or refused with its line."""
    with tempfile.NamedTemporaryFile(dir="/dev/shm", suffix=".jsonl") as file:
        file.write(data)
        file.flush()
        with suppress(CannotRead):
            for record in read_records(Path(file.name)):
                record.fields.keys()


def gate(data: bytes) -> None:
    """The gate passes or refuses, and never breaks."""
    try:
        GATE.check(mint(data.decode("utf-8", "surrogateescape")))
    except (EgressRefused, DetectorFailed) as error:
        if isinstance(error, DetectorFailed):
            raise Broken("the gate's scan broke") from error


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "scan": scan,
    "form": form,
    "structure": structure,
    "intake": intake,
    "decoding": decoding,
    "records": records,
    "gate": gate,
}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in {*TARGETS, "all"}:
        sys.exit(f"give one of {', '.join(TARGETS)} or all, then libFuzzer's options")
    target, rest = sys.argv[1], sys.argv[2:]
    if target == "all":
        options = rest or ["-max_total_time=120"]
        codes = [subprocess.call([sys.executable, __file__, name, *options]) for name in TARGETS]
        sys.exit(max(codes))
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS):
            (Path(corpus) / f"seed-{number:02}").write_bytes(seed)
            (Path(corpus) / f"form-{number:02}").write_bytes(bytes([number % len(FORMS)]) + seed)
        atheris.Setup([sys.argv[0], "-max_len=4096", "-timeout=20", *rest, corpus], TARGETS[target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
