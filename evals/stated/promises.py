"""Knows what a plan may promise of its own: a delay, and the time that the delay leads to."""

from datetime import timedelta

from assistant import Claim, Dossier
from evals.stated import Stated
from evals.stated.clock import Moment, moments
from evals.stated.quantities import Quantity, quantities
from evals.stated.same_time import is_among, reading_of


def is_promised_time(moment: Moment, claim: Claim, said: Stated) -> bool:
    """Tell whether a plan names a delay that leads from a stated time to `moment`."""
    if claim.status != "plan":
        return False
    delays = [each for each in quantities(claim.text) if each.dimension == "seconds"]
    return any(_leads_to(delay, moment, said) for delay in delays)


def is_promised_delay(quantity: Quantity, claim: Claim, dossier: Dossier, said: Stated) -> bool:
    """Tell whether a plan may name the delay: it fits its time, or nothing else is agreed."""
    if claim.status != "plan" or quantity.dimension != "seconds":
        return False
    told = [moment for moment in moments(claim.text) if moment.minutes]
    if told:
        return any(_leads_to(quantity, moment, said) for moment in told)
    return all(step.due is None for step in dossier.facts.next_steps)


def _leads_to(delay: Quantity, moment: Moment, said: Stated) -> bool:
    later = timedelta(seconds=delay.values[0])
    return is_among(moment, (reading_of(at.utc + later) for at in said.instants))
