"""Says how far the cause is established: unknown, suspected, or confirmed by Engineering."""

from collections.abc import Sequence

from assistant.facts import Cause
from assistant.facts.candidates import Candidate
from assistant.facts.evidence import Book
from assistant.facts.verdicts import Verdict, standing


def cause_of(verdicts: Sequence[Verdict], candidates: Sequence[Candidate], book: Book) -> Cause:
    """Return the cause with its status.

    Confirmed takes the ticket's own field or an engineer's statement; suspected a statement of an
    analyst or engineer, or a hypothesis with strong evidence. Everything else is unknown.
    """
    confirmed = standing(verdicts, "confirmed")
    if confirmed is not None:
        return Cause("confirmed", confirmed.category, confirmed.subject, book.cite(confirmed.place))
    strong = next((one for one in candidates if one.strong and one.status == "open"), None)
    suspected = standing(verdicts, "suspected")
    if suspected is not None:
        said = next((one for one in candidates if suspected.place in one.supporting), None)
        category = said.category if said is not None else suspected.category
        return Cause("suspected", category, suspected.subject, book.cite(suspected.place))
    if strong is not None:
        return Cause("suspected", strong.category, strong.statement, book.cite(*strong.supporting))
    return Cause("unknown", None, None, ())
