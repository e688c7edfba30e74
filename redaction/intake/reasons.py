"""Lists every reason why a file is not read: the reader names one, its words come from here."""

from enum import Enum


class Reason(Enum):
    """Why a file is not read; `{}` stands for a number. Nothing of a file's content can be said."""

    # What an archive or mail may not hold
    MALFORMED_NAME = "refused: absolute or malformed name in an archive"
    LEAVES_FOLDER = "refused: the name in the archive leaves its folder"
    LINK_IN_ARCHIVE = "refused: a symbolic link in an archive"
    HARD_LINK = "refused: a hard link in an archive"
    DEVICE = "refused: a device or pipe in an archive"
    SPARSE = "refused: a sparse file in an archive"
    OVERLAPPING = "refused: overlapping entries in an archive"
    LONG_HEADER = "refused: an archive header of unusual size"
    NESTED = "nested deeper than {} archives"
    NESTED_MAILS = "nested deeper than {} archives and mails"
    ARCHIVE_ENTRIES = "holds more than {} files: rest not read"

    # What the disk holds
    LINK = "refused: a symbolic link is not followed"
    NOT_REGULAR = "cannot be opened: no permission, or not a regular file"
    NO_FOLDER = "cannot be opened: no permission for the folder"
    DEEP_FOLDER = "refused: folders nested deeper than {}"
    DISK = "cannot be read: the disk or device failed"
    ENTRIES = "the case holds more than {} files: rest not read"

    # Limits
    LARGER = "larger than {} bytes"
    TOTAL = "the case is larger than {} bytes in total"
    RATIO = "unpacks to more than {} times its size"
    TIME = "took more than {} s to read"
    CASE_TIME = "the case took more than {} s to read: rest not read"
    MEMORY = "needs more memory than allowed"
    CRASHED = "the reader crashed: damaged, or made to break readers"
    REST = "the reader crashed: rest not read"
    TOO_DEEP = "refused: nested too deep"

    # Damaged
    GZIP = "damaged: the gzip stream is broken or ends early"
    BZIP2 = "damaged: the bzip2 stream is broken or ends early"
    XZ = "damaged: the xz stream is broken or ends early"
    ZSTD = "damaged: the zstd stream is broken or ends early"
    ZIP = "damaged: not a readable zip archive"
    ZIP_MEMBER = "damaged: the archive member cannot be unpacked"
    TAR = "damaged: the tar archive is broken or ends early"
    MARK = "unreadable: damaged text (its byte order mark lies)"
    MAIL = "unreadable: malformed mail"
    OUTLOOK = "damaged: not a readable Outlook message"
    PDF = "damaged: not a readable PDF document"
    OFFICE = "damaged: not a readable office document"
    ENTITIES = "refused: XML with a document type, which may define entities"
    SHEETS = "damaged: not a readable spreadsheet"

    # Locked
    ENCRYPTED = "unreadable: encrypted; ask for the file without a password"
    METHOD = "unreadable: compression method not supported"

    # Kinds that hold no text that is read
    NO_TEXT = "holds no text"
    NO_FILES = "holds no files"
    NUL = "unreadable: binary (NUL bytes)"
    CONTROL = "unreadable: binary (control characters)"
    IS_PDF = "unreadable: a PDF document"
    IS_PICTURE = "unreadable: an image"
    IS_OFFICE = "unreadable: an office document or mailbox file"
    OLD_OFFICE = "unreadable: an old office document; ask for DOCX, XLSX or PDF"
    DATABASE = "unreadable: a database file"
    PROGRAM = "unreadable: a program"
    MEDIA = "unreadable: a sound or film"
    IS_BZIP2 = "unreadable: a bzip2 archive"
    IS_XZ = "unreadable: an xz archive"
    IS_ZSTD = "unreadable: a zstd archive"
    SEVEN_ZIP = "unreadable: a 7z archive; ask for zip"
    RAR = "unreadable: a rar archive; ask for zip"
    CABINET = "unreadable: a cabinet archive; ask for zip"
    IS_TAR = "unreadable: a tar archive"
    NO_ZSTD = "unreadable: a zstd archive, and the zstd package is not installed"

    # Pictures
    NO_OCR = "an image: Tesseract is not installed, so its text is not read"
    OCR_FAILED = "an image that Tesseract cannot read"
    OCR_SPENT = "an image: text is read from the first {} of a case only"
    OCR_EMPTY = "an image without readable text"

    def shown(self, *numbers: int) -> str:
        """Return the reason in words."""
        return self.value.format(*numbers)


class Refused(Exception):
    """A file that is not read, and why."""

    def __init__(self, reason: Reason, *numbers: int) -> None:
        """Take a reason and the numbers that its words ask for."""
        super().__init__(reason.shown(*numbers))
        self.reason = reason
        self.numbers = numbers
