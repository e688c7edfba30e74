"""Says which team should own the case, and whether it belongs to the security process."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.facts import Routing
from assistant.facts.statements import Statement, is_negated, is_question
from redaction import RedactedText, compose
from retrieval import Match

_SECURITY: Final = re.compile(
    r"\b(?:data (?:exposure|breach|leak)|(?:credential|password|token|key)s? (?:was |were |has been"
    r" )?leaked|leaked (?:credential|password|token|key)s?|unauthori[sz]ed access"
    r"|security (?:breach|incident|vulnerability)"
    r"|account (?:was )?(?:compromised|hacked|taken over)|ransomware|CVE-\d{4}-\d+"
    r"|other (?:customer|tenant)s?.{0,10} data)\b",
    re.IGNORECASE,
)
_CLOSE: Final = 0.5


def routing_of(
    component: RedactedText,
    known: bool,
    said: Iterable[Statement],
    matches: Sequence[Match],
) -> Routing:
    """Route to the security process if anyone reports a breach, else by component.

    `known` tells whether the evidence names the component. Reports of customers count here: a
    false alarm costs less than a missed one.
    """
    if any(_reports_breach(statement) for statement in said):
        return Routing(
            compose("Security"), True, compose("the evidence speaks of exposed data or access")
        )
    if known:
        return Routing(
            compose("{component} engineering", component=component),
            False,
            compose("the evidence names {component}", component=component),
        )
    near = next((one for one in matches if one.document.component and one.score >= _CLOSE), None)
    if near is not None:
        return Routing(
            compose("{component} engineering", component=near.document.component),
            False,
            compose("no component is named here, the most similar past case had this one"),
        )
    return Routing(compose("Support triage"), False, compose("the evidence names no component"))


def _reports_breach(statement: Statement) -> bool:
    text = statement.text
    if statement.role == "bot" or is_question(text) or is_negated(text):
        return False
    return _SECURITY.search(text) is not None
