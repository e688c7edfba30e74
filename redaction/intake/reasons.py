"""Lists every reason why a file is not read: the reader names one, its words come from here."""

import re
from enum import Enum


class Reason(Enum):
    """Why a file is not read; `{}` stands for a number. Nothing of a file's content can be said.

    What follows a semicolon is what a person can do about it.
    """

    # What an archive or mail may not hold
    MALFORMED_NAME = "refused: absolute or malformed name in an archive"
    LEAVES_FOLDER = "refused: the name in the archive leaves its folder"
    LINK_IN_ARCHIVE = "refused: a symbolic link in an archive; add the file that it points to"
    HARD_LINK = "refused: a hard link in an archive; the file that it names is read by its own name"
    DEVICE = "refused: a device or pipe in an archive"
    SPARSE = "refused: a sparse file in an archive; pack it without the option for sparse files"
    OVERLAPPING = "refused: overlapping entries in an archive"
    LONG_HEADER = "refused: an archive header of unusual size"
    NESTED = "nested deeper than {} archives; unpack it once and add what is inside"
    NESTED_MAILS = "nested deeper than {} archives and mails; save what is inside on its own"
    ARCHIVE_ENTRIES = "holds more than {} files: rest not read; add what matters on its own"

    # What the disk holds
    LINK = "refused: a symbolic link is not followed; copy the file itself into the folder"
    NOT_REGULAR = "cannot be opened: no permission, or not a regular file; make it readable"
    NO_FOLDER = "cannot be opened: no permission for the folder; make it readable"
    DEEP_FOLDER = "refused: folders nested deeper than {}"
    DISK = "cannot be read: the disk or device failed"
    ENTRIES = "the case holds more than {} files: rest not read; leave out what does not matter"

    # Limits
    LARGER = "larger than {} bytes; cut out the hours around the onset"
    TOTAL = "the case is larger than {} bytes in total; leave out what does not matter"
    RATIO = "unpacks to more than {} times its size"
    TIME = "took more than {} s to read; ask for a smaller part of it"
    CASE_TIME = "the case took more than {} s to read: rest not read"
    MEMORY = "needs more memory than allowed; ask for a smaller part of it"
    CRASHED = "the reader crashed: damaged, or made to break readers; ask for it in another form"
    REST = "the reader crashed: rest not read"
    TOO_DEEP = "refused: nested too deep"

    # Damaged
    GZIP = "damaged: the gzip stream is broken or ends early; ask for it again"
    BZIP2 = "damaged: the bzip2 stream is broken or ends early; ask for it again"
    XZ = "damaged: the xz stream is broken or ends early; ask for it again"
    ZSTD = "damaged: the zstd stream is broken or ends early; ask for it again"
    ZIP = "damaged: not a readable zip archive; ask for it again"
    ZIP_MEMBER = "damaged: the archive member cannot be unpacked; ask for it again"
    TAR = "damaged: the tar archive is broken or ends early; ask for it again"
    MARK = "unreadable: damaged text (its byte order mark lies)"
    ENCODING = "unreadable: in an encoding that it does not name; ask for the text as UTF-8"
    MAIL = "unreadable: malformed mail"
    OUTLOOK = "damaged: not a readable Outlook message; ask for it again"
    PDF = "damaged: not a readable PDF document; ask for it again"
    OFFICE = "damaged: not a readable office document; ask for it again"
    ENTITIES = "refused: XML with a document type, which may define entities"
    SHEETS = "damaged: not a readable spreadsheet; ask for it again"

    # Locked
    ENCRYPTED = "unreadable: encrypted; ask for the file without a password"
    METHOD = "unreadable: compression method not supported"

    # Kinds that hold no text that is read
    NO_TEXT = "holds no text"
    NO_FILES = "holds no files"
    NUL = "unreadable: binary (NUL bytes); ask for a text export"
    CONTROL = "unreadable: binary (control characters); ask for a text export"
    IS_PDF = "unreadable: a PDF document"
    IS_PICTURE = "unreadable: an image"
    IS_OFFICE = "unreadable: an office document or mailbox file"
    OLD_OFFICE = "unreadable: an old office document; ask for DOCX, XLSX or PDF"
    DATABASE = "unreadable: a database file; ask for the rows as CSV"
    PROGRAM = "unreadable: a program"
    MEDIA = "unreadable: a sound or film; ask for what is seen in words or as pictures"
    EVENT_LOG = "unreadable: a Windows event log; ask for its export as XML, CSV or text"
    CAPTURE = "unreadable: a network capture; ask for its summary as text, for example of tshark"
    CRASH_DUMP = "unreadable: a crash dump; ask for its stack traces as text"
    HEAP_DUMP = "unreadable: a heap dump; ask for a thread dump and a class histogram as text"
    COLUMNS = "unreadable: a file of columns (Parquet, Avro, ORC); ask for the rows as CSV"
    PHOTO = "unreadable: a picture of a kind that is not read (HEIC, AVIF); ask for PNG or JPEG"
    KEYS = "unreadable: a store of keys; ask for what it lists, never for the store"
    LITTER = "holds no evidence: what a file manager keeps about a folder"
    IS_BZIP2 = "unreadable: a bzip2 archive"
    IS_XZ = "unreadable: an xz archive"
    IS_ZSTD = "unreadable: a zstd archive"
    SEVEN_ZIP = "unreadable: a 7z archive; ask for zip"
    RAR = "unreadable: a rar archive; ask for zip"
    CABINET = "unreadable: a cabinet archive; ask for zip"
    OTHER_ARCHIVE = "unreadable: an archive of a kind that is not read; ask for zip"
    IS_TAR = "unreadable: a tar archive"
    NO_ZSTD = "unreadable: a zstd archive, and the zstd package is not installed"

    # Pictures
    NO_OCR = "an image: Tesseract is not installed, so its text is not read; install it"
    OCR_FAILED = "an image that Tesseract cannot read; copy its text into a file"
    OCR_SPENT = "an image: text is read from the first {} of a case only; add the others as a case"
    OCR_EMPTY = "an image without readable text; ask for the text or a sharper picture"

    def shown(self, *numbers: int) -> str:
        """Return the reason in words."""
        return _BYTES.sub(_in_mebibytes, self.value.format(*numbers))


_BYTES = re.compile(r"(\d+) bytes")


def _in_mebibytes(amount: re.Match[str]) -> str:
    size = int(amount[1])
    return f"{size >> 20} MiB" if size and size % (1 << 20) == 0 else amount[0]


class Refused(Exception):
    """A file that is not read, and why."""

    def __init__(self, reason: Reason, *numbers: int) -> None:
        """Take a reason and the numbers that its words ask for."""
        super().__init__(reason.shown(*numbers))
        self.reason = reason
        self.numbers = numbers
