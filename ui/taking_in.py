"""Takes a case in and says what it holds and what is missing, by the workspace's checklist."""

from assistant import CHECKLIST_FILE, Checklist, checklist_from, completeness, default_checklist
from ui.contract_intake import IntakeAnswer, intake_answer
from ui.errors import FolderUnusable
from ui.exporting import gated
from ui.opening import Source, Step, open_case, silent
from ui.wiring import House


def take_in(
    house: House, source: Source, step: Step = silent, *, keep_raw: bool = False
) -> IntakeAnswer:
    """Redact and store a case, or load a stored one, and score how complete its evidence is.

    Raises:
        ChecklistInvalid: the workspace's checklist cannot be used.
    """
    checklist = checklist_of(house)  # before anything is read: a wrong table is told at once
    opened = open_case(house, source, step, keep_raw=keep_raw)
    with step("Looking for what is missing"):
        found = completeness(opened.case, checklist)
    questions = tuple(
        opened.gate.admit(need.ask.replace("{component}", found.component))
        for need in found.missing
    )
    kept = house.cases.kept(opened.case.id)
    return gated(intake_answer(opened.case, found, questions, kept), opened.gate)


def checklist_of(house: House) -> Checklist:
    """Return the workspace's checklist, else the product's.

    Raises:
        ChecklistInvalid: the file says what a checklist cannot say.
        FolderUnusable: the file cannot be read.
    """
    file = house.settings.workspace / CHECKLIST_FILE
    try:
        said = file.read_text("utf-8") if file.is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise FolderUnusable(file, type(error).__name__) from None
    return default_checklist() if said is None else checklist_from(said)
