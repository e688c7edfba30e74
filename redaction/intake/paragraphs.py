"""Collects the text of a document in lines: paragraphs, table rows, and what is hidden in them."""

from itertools import groupby

from redaction.intake.hidden import hidden


class Lines:
    """The lines of a document while it is read."""

    def __init__(self) -> None:
        """Start empty."""
        self._lines: list[str] = []
        self._pieces: list[tuple[bool, str]] = []
        self._rows: list[list[str]] = []
        self._cells: list[list[str]] = []

    def write(self, text: str, *, unseen: bool = False) -> None:
        """Add text to the paragraph."""
        self._pieces.append((unseen, text))

    def end_paragraph(self, *, unseen: bool = False) -> None:
        """Close the paragraph: a line, or some lines when a part of it is hidden."""
        pieces, self._pieces = self._pieces, []
        if unseen:
            pieces = [(True, text) for _, text in pieces]
        for out_of_sight, group in groupby(pieces, key=lambda piece: piece[0]):
            text = "".join(text for _, text in group)
            shown = hidden(text) if out_of_sight else text
            if self._cells:
                self._cells[-1].append(" ".join(shown.split()))
            else:
                self._lines.append(shown.strip("\n").rstrip())

    def start_cell(self) -> None:
        """Begin a table cell."""
        self._cells.append([])

    def end_cell(self) -> None:
        """Close the cell; its paragraphs share a line."""
        if self._cells:
            text = " ".join(filter(None, self._cells.pop()))
            (self._rows[-1] if self._rows else self._lines).append(text)

    def start_row(self) -> None:
        """Begin a table row."""
        self._rows.append([])

    def end_row(self) -> None:
        """Close the row: a line with its cells set apart by tabs, or text of the cell around it."""
        if self._rows:
            row = "\t".join(self._rows.pop())
            (self._cells[-1] if self._cells else self._lines).append(row)

    def text(self) -> str:
        """Return everything so far."""
        self.end_paragraph()
        return "\n".join(self._lines).strip("\n") + "\n" if any(self._lines) else ""
