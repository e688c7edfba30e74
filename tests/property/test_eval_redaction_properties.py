"""What the measure of redaction promises for any labels and any replacements."""

from hypothesis import given
from hypothesis import strategies as st

from evals import Counted, count_text, measure
from redaction import Label

RANGES = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda r: (r[0], r[0] + r[1]))


def labelled(place: tuple[int, int], kind: str) -> Label:
    return Label(place[0], place[1], kind)


LABELS = st.builds(labelled, RANGES, st.sampled_from(["PERSON", "EMAIL"]))
TEXTS = st.lists(
    st.builds(count_text, st.lists(LABELS, max_size=6), st.lists(RANGES, max_size=6)), max_size=8
)


@given(st.lists(LABELS, max_size=8), st.lists(RANGES, max_size=8))
def test_counting_agrees_with_sets_of_characters(
    labels: list[Label], ranges: list[tuple[int, int]]
) -> None:
    gone = {at for start, end in ranges for at in range(start, end)}
    wanted = {at for label in labels for at in range(label.start, label.end)}
    counted = count_text(labels, ranges)
    assert (counted.replaced, counted.right) == (len(gone), len(gone & wanted))
    for kind, (n, covered) in counted.types.items():
        mine = [label for label in labels if label.type == kind]
        assert n == len(mine)
        assert covered == sum(gone.issuperset(range(m.start, m.end)) for m in mine)


@given(TEXTS)
def test_every_share_lies_between_its_bounds_and_in_the_unit_interval(texts: list[Counted]) -> None:
    measured = measure(texts)
    overall = measured.overall
    for recall in measured.types.values():
        assert 0 <= recall.low <= recall.recall <= recall.high <= 1
    if overall.recall is not None:
        assert overall.low is not None and overall.high is not None
        assert 0 <= overall.low <= overall.recall <= overall.high <= 1
    for share, low, high in (
        (overall.precision, overall.precision_low, overall.precision_high),
        (overall.f2, overall.f2_low, overall.f2_high),
    ):
        assert (share is None) == (low is None) == (high is None)
        if share is not None and low is not None and high is not None:
            assert 0 <= low <= high <= 1 and 0 <= share <= 1


@given(st.lists(st.lists(LABELS, min_size=1, max_size=5), min_size=1, max_size=5))
def test_replacing_exactly_what_is_labelled_is_perfect_and_nothing_is_worth_nothing(
    texts: list[list[Label]],
) -> None:
    perfect = measure(count_text(ls, [(m.start, m.end) for m in ls]) for ls in texts).overall
    assert (perfect.recall, perfect.precision, perfect.f2) == (1.0, 1.0, 1.0)
    assert (perfect.precision_low, perfect.f2_high) == (1.0, 1.0)
    silent = measure(count_text(ls, []) for ls in texts).overall
    assert (silent.recall, silent.precision, silent.f2) == (0.0, None, 0.0)


@given(st.lists(LABELS, min_size=1, max_size=6), st.lists(RANGES, max_size=6), RANGES)
def test_replacing_more_never_lowers_recall(
    labels: list[Label], ranges: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    before, after = (measure([count_text(labels, rs)]) for rs in (ranges, [*ranges, more]))
    assert before.overall.recall is not None and after.overall.recall is not None
    assert before.overall.recall <= after.overall.recall
