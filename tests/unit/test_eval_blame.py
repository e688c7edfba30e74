"""Sentences that put somebody at fault, and neutral ones that share their words.

The rule was written with these sentences in view: they guard it, they do not measure it.
"""

from itertools import pairwise

import pytest

from evals.checks.blame import blaming

BLAMING = """The customer forgot to renew the certificate.
<PERSON_1> failed to follow the runbook.
The outage was a result of human error.
The operations team should have tested the change first.
Their admin neglected the warning for three days.
The vendor was careless with the rollout.
Nobody bothered to check the dashboard.
It is the customer's own fault.
Had the customer followed our advice, nothing would have broken.
<PERSON_2> is to blame for the outage.
The developer who wrote this ignored the review comments.
Support dropped the ball on this case.
The customer did not read the release notes before upgrading.
Someone on their side made a mistake.
The incident happened because of negligence on the customer's part.
Responsibility for this failure rests with the supplier.
Poor judgement by the release manager led to the outage.
Engineering did not test the change.
Their oversight cost us two hours.
<PERSON_1> caused the outage.
The customer only has themselves to blame.
The team rushed the release and skipped testing."""
NEUTRAL = """The pod failed to start after the change.
Customers failed to log in between 09:04 and 09:48 UTC.
The deployment was not covered by an automated test.
The customer's error rate rose to 38 %.
The customer's login error rate fell.
Users did not receive confirmation mails.
The customer reports that checkout fails.
The team rolled back checkout-api to 4.12.0 at 09:41 UTC.
The alert did not fire because its threshold was above the error rate.
Engineering reports that the connection pool was too small after the change.
The certificate expired because its renewal job was disabled.
The customer should have full service again by 10:30 UTC.
The customer should receive the fix in version 4.12.2.
The health check failed to detect the exhausted pool.
The customer has not seen errors since 09:48 UTC.
The customer did not experience data loss.
We do not know yet why the pool was exhausted.
The vendor has not responded yet.
User errors such as HTTP 400 are not counted.
The customer has not provided the gateway log.
The team could not reproduce the problem.
The configuration at fault was reverted.
Engineering did not find a related change."""


@pytest.mark.parametrize("sentence", BLAMING.splitlines())
def test_a_sentence_that_puts_someone_at_fault_is_flagged(sentence: str) -> None:
    assert blaming(sentence)


@pytest.mark.parametrize("sentence", NEUTRAL.splitlines())
def test_a_sentence_that_says_what_happened_is_not_flagged(sentence: str) -> None:
    assert blaming(sentence) == ()


def test_spans_of_one_sentence_do_not_overlap() -> None:
    text = "The careless engineer forgot the test and the vendor failed to check, human error."
    spans = blaming(text)
    assert len(spans) >= 3
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
