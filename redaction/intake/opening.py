"""Opens one file in the reader: archives to their members, each of them to text, or refused."""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import BinaryIO, Final, Protocol

from redaction.intake.archives import ZIP_MAGICS, Member, opened_zip, size_of, zip_members
from redaction.intake.awslogs import NAME, wrapped_events
from redaction.intake.compressed import COMPRESSIONS, Compression, Unpacked
from redaction.intake.decoding import decode, kind_by_signature
from redaction.intake.documents import Desk, Document
from redaction.intake.hypertext import text_of_html
from redaction.intake.jsonlines import with_line_breaks
from redaction.intake.kinds import document_reader, package_reader
from redaction.intake.limits import Budget, EntriesSpent
from redaction.intake.mailboxes import is_mailbox, mails_of
from redaction.intake.names import readable_name
from redaction.intake.reasons import Reason, Refused
from redaction.intake.structures import structured_type
from redaction.intake.tarballs import BLOCK, is_tar, tar_members

_HEAD: Final = 1024
_MORE: Final = "(more files)"


class Teller(Protocol):
    """Is told what is found, in reading order; a result belongs to what was begun last."""

    def begin(self, name: str) -> bool:
        """Tell which file is opened next; False when it must not be."""
        ...

    def found(self, media_type: str, text: str) -> None:
        """Tell the text of what was begun; no media type means lines of a kind yet to be told."""
        ...

    def refused(self, refused: Refused) -> None:
        """Tell why what was begun is not read."""
        ...

    def picture(self, image: bytes) -> str:
        """Return an image's text.

        Raises:
            Refused: it cannot be read.
        """
        ...


class Opener:
    """One file while it is opened: what it may still cost, and who is told."""

    def __init__(self, budget: Budget, teller: Teller) -> None:
        """Hold the budget and the teller."""
        self._budget = budget
        self._teller = teller
        self._desk = Desk(budget, teller.picture)
        self._begun = 0

    def take(self, name: str, source: BinaryIO | Callable[[], bytes] | Refused, depth: int) -> None:
        """Take one file or archive; `depth` counts the archives around it."""
        if not self._begin(name):
            return
        begun = self._begun
        try:
            if isinstance(source, Refused):
                raise source
            if callable(source):
                self._open(name, BytesIO(source()), depth, counted=True)
            else:
                self._open(name, source, depth, counted=False)
        except Refused as refused:
            self._refuse(name, begun, refused)
        except EntriesSpent:
            self._refuse(f"{name}/{_MORE}", -1, self._too_many())
        except OSError:
            self._refuse(name, begun, Refused(Reason.DISK))

    def _too_many(self) -> Refused:
        return Refused(Reason.ARCHIVE_ENTRIES, self._budget.limits.entries)

    def _begin(self, name: str) -> bool:
        self._begun += 1
        return self._teller.begin(name)

    def _refuse(self, name: str, begun: int, refused: Refused) -> None:
        # What was begun last may be a member: then the archive is named again.
        if begun == self._begun or self._begin(name):
            self._teller.refused(refused)

    def _open(self, name: str, stream: BinaryIO, depth: int, *, counted: bool) -> None:
        head = stream.read(_HEAD)
        stream.seek(0)
        if compression := next((c for c in COMPRESSIONS if c.magic.match(head)), None):
            self._take_compressed(name, stream, compression, depth)
        elif is_tar(head[:BLOCK]):
            self._check_depth(depth)
            self._take_members(name, tar_members(stream, self._budget), depth)
        elif head.startswith(ZIP_MAGICS):
            self._take_zip(name, stream, depth)
        else:
            content = stream.read() if counted else self._whole(stream)
            if reader := document_reader(head):
                self._take_document(name, reader(content, self._desk), depth)
            else:
                self._take_text(name, content, depth)

    def _whole(self, stream: BinaryIO) -> bytes:
        # What is too large is not even begun: the files after it need what reading it would cost.
        most = self._budget.limits.artifact_bytes
        if size_of(stream) > most:
            raise Refused(kind_by_signature(stream.read(_HEAD)) or Reason.LARGER, most)
        return self._budget.read(stream)

    def _take_compressed(
        self, name: str, stream: BinaryIO, compression: Compression, depth: int
    ) -> None:
        self._check_depth(depth)
        unpacked = Unpacked(stream, compression, self._budget, size_of(stream))
        if is_tar(unpacked.peek(BLOCK)):
            self._take_members(name, tar_members(unpacked, self._budget), depth)
            return
        inner = name.rsplit("/", 1)[-1]
        for suffix in compression.suffixes:
            if inner.lower().endswith(suffix):
                inner = inner[: -len(suffix)]
        content = self._budget.read(unpacked)
        self.take(f"{name}/{inner}", lambda: content, depth + 1)

    def _take_zip(self, name: str, stream: BinaryIO, depth: int) -> None:
        with opened_zip(stream, self._budget) as archive:
            if reader := package_reader(archive):
                stream.seek(0)
                document = reader(self._budget.read(stream), self._desk)
                self._take_document(name, document, depth)
                return
            self._check_depth(depth)
            self._take_members(name, zip_members(stream, archive, self._budget), depth)

    def _check_depth(self, depth: int) -> None:
        if depth >= self._budget.limits.depth:
            raise Refused(Reason.NESTED, self._budget.limits.depth)

    def _take_members(self, name: str, members: Iterator[Member], depth: int) -> None:
        empty = True
        for member in members:
            empty = False
            self.take(f"{name}/{readable_name(member.name)}", member.content, depth + 1)
        if empty:
            raise Refused(Reason.NO_FILES)

    def _take_text(self, name: str, content: bytes, depth: int) -> None:
        if is_mailbox(content):
            self._check_depth(depth)
            self._take_members(name, self._counted(mails_of(content)), depth)
            return
        if (events := wrapped_events(content)) is not None:
            self._check_depth(depth)
            self.take(f"{name}/{NAME}", lambda: events, depth + 1)
            return
        text = decode(content)
        match kind := structured_type(text):
            case "message/rfc822":
                # The library for mails is as large as this package: few files need it.
                from redaction.intake.mail import read_mail

                self._take_document(name, read_mail(content), depth)
            case "text/html":
                self._teller.found(kind, text_of_html(text))
            case "application/json":
                self._teller.found(kind, with_line_breaks(text))
            case _:
                self._teller.found(kind, text)

    def _take_document(self, name: str, document: Document, depth: int) -> None:
        """Tell a document's texts, then each of its parts as a file of its own."""
        for text in document.texts:
            if text.name:
                self._budget.enter()
            if not text.name or self._begin(f"{name}/{readable_name(text.name)}"):
                self._teller.found(text.media_type, text.content)
        for part in self._counted(document.parts):
            inner = f"{name}/{readable_name(part.name)}"
            if depth >= self._budget.limits.depth:
                self.take(inner, Refused(Reason.NESTED_MAILS, depth), depth + 1)
            else:
                self.take(inner, part.content, depth + 1)

    def _counted(self, members: Iterable[Member]) -> Iterator[Member]:
        for member in members:
            self._budget.enter()
            yield member
