"""What holds for the checks whatever the figure, the time or the text."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Claim
from evals.checks.blame import blaming
from evals.checks.certainty import check_certainty
from evals.checks.entities import check_entities
from evals.checks.numbers import check_numbers, fits
from evals.checks.precedent import check_precedent
from evals.checks.times import check_times
from evals.stated.clock import moments
from evals.stated.quantities import quantities
from evals.stated.sentences import sentences
from tests.cases_by_hand import checkout
from tests.making import redacted

CHECKOUT = checkout()
ANYTHING = st.text(
    alphabet=st.one_of(
        st.sampled_from("0123456789.,:%-/<>_`“” \nTZ+"), st.characters(codec="utf-8")
    ),
    max_size=120,
)
WORDS = (
    "one in five half past nine 44 minutes and a 38 % of 4 GiB about UTC 09:04 twelve hundred "
    "the customer failed to because not Sev1 P2 v4.2 E5 <IP_3> orders-db-2 12 March"
)
WORDY = st.lists(st.sampled_from(WORDS.split()), max_size=20).map(" ".join)
ERA = (datetime(2000, 1, 1), datetime(2099, 1, 1))  # noqa: DTZ001 - the strategy takes naive bounds


def known(written: str, told: str) -> bool:
    (stated,), (claimed,) = quantities(written), quantities(told)
    return fits(claimed, stated)


@settings(max_examples=200, deadline=None)
@given(st.one_of(ANYTHING, WORDY))
def test_no_text_breaks_a_check_and_every_problem_lies_inside_it(text: str) -> None:
    claim = Claim(redacted(text), ("E1",), "fact", "status", "model", "not_checked")
    checks = (check_numbers, check_times, check_entities, check_certainty, check_precedent)
    problems = [problem for check in checks for problem in check(claim, CHECKOUT)]
    assert all(0 <= each.start <= each.end <= len(text) for each in problems)
    assert all(0 <= start < end <= len(text) for start, end in blaming(text))
    assert sum(map(len, sentences(text))) <= len(text)


@given(st.integers(0, 10**7))
def test_a_count_is_found_with_and_without_separators_and_only_itself(count: int) -> None:
    assert known(f"{count} requests", f"{count:,} requests")
    assert known(f"{count:,} requests", f"{count} requests")
    assert not known(f"{count} requests", f"{count + 1:,} requests")


@given(st.integers(1, 999), st.integers(0, 9))
def test_a_percentage_may_be_rounded_to_the_digits_it_shows(whole: int, tenth: int) -> None:
    stated = f"{whole}.{tenth} % of requests"
    assert known(stated, f"{whole}.{tenth} percent of requests")
    assert known(stated, f"{round(whole + tenth / 10 + 1e-9)} % of requests")
    assert not known(stated, f"{whole + 2} % of requests")
    assert not known(stated, f"{whole}.{(tenth + 5) % 10} % of requests")


@given(st.integers(1, 600))
def test_a_duration_is_the_same_in_any_unit(minutes: int) -> None:
    assert known(f"took {minutes} minutes", f"a {minutes}-minute outage")
    assert known(f"took {minutes * 60} s", f"took {minutes} min")
    assert known(f"took {minutes} min", f"took {minutes * 60000} ms")
    assert not known(f"took {minutes} minutes", f"took {minutes + max(2, minutes // 5)} minutes")


@given(st.datetimes(*ERA), st.integers(-11, 14))
def test_a_time_is_read_back_from_every_format(at: datetime, hours: int) -> None:
    clock = f"{at:%H:%M}"
    day = (at.year, at.month, at.day)
    for text in (
        f"at {at:%Y-%m-%dT%H:%M:%SZ}", f"{at:%Y-%m-%d %H:%M:%S},123 UTC",
        f"{clock} UTC on {at.day} {at:%B %Y}",
        f"on {at:%B} {at.day}, {at.year}, at {clock} UTC", f"[{at:%d/%b/%Y:%H:%M:%S} +0000]",
    ):  # fmt: skip
        (moment,) = moments(text)
        assert (moment.day, moment.minutes, moment.offset) == (day, (at.hour * 60 + at.minute,), 0)
    local = at + timedelta(hours=hours)
    (moment,) = moments(f"{local:%Y-%m-%dT%H:%M:%S}{'+' if hours >= 0 else '-'}{abs(hours):02}:00")
    assert moment.offset == 60 * hours


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 23), st.integers(0, 59))
def test_a_range_of_times_is_two_times(h1: int, m1: int, h2: int, m2: int) -> None:
    found = moments(f"{h1:02}:{m1:02}-{h2:02}:{m2:02} UTC")
    assert [moment.minutes for moment in found] == [(60 * h1 + m1,), (60 * h2 + m2,)]
