"""Figures worked out from sums are those worked out from the values themselves."""

from __future__ import annotations

from statistics import correlation, fmean, quantiles, variance

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wargame.analysis.sweep import figures

values = st.lists(st.integers(-1000, 1000), min_size=2, max_size=40)


def sums(numbers: list[int]) -> tuple[int, int, int]:
    return len(numbers), sum(numbers), sum(number * number for number in numbers)


@given(values)
def test_means_and_variances_from_sums(numbers: list[int]) -> None:
    found = figures.mean(*sums(numbers))
    assert found is not None
    assert found.value == pytest.approx(fmean(numbers))
    assert found.low <= found.value <= found.high
    assert figures.variance(*sums(numbers)) == pytest.approx(variance(numbers))


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=3, max_size=30))
def test_correlation_from_sums(pairs: list[tuple[int, int]]) -> None:
    x, y = [one for one, _ in pairs], [other for _, other in pairs]
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    n, sx, xx = sums(x)
    _, sy, yy = sums(y)
    found = figures.correlation(n, sx, xx, sy, yy, sum(one * other for one, other in pairs))
    assert found == pytest.approx(correlation(x, y), abs=1e-9)


def test_a_correlation_with_what_never_varies_is_none() -> None:
    assert figures.correlation(3, 6, 12, 5, 9, 10) is None


# Wilson's interval as printed in tables: 8 of 10, 0 of 20, 50 of 100.
@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(8, 10, 0.4902, 0.9433), (0, 20, 0.0, 0.1611), (50, 100, 0.4038, 0.5962)]
)
def test_wilsons_interval(hits: int, of: int, low: float, high: float) -> None:
    found = figures.share(hits, of)
    assert found.low == pytest.approx(low, abs=5e-4)
    assert found.high == pytest.approx(high, abs=5e-4)


def test_a_share_of_nothing_knows_nothing() -> None:
    assert figures.share(0, 0) == figures.Estimate(0.0, 0.0, 1.0)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60))
def test_a_quantile_has_its_share_at_or_below(places: list[int]) -> None:
    histogram = [places.count(place) for place in range(21)]
    for q in (0.05, 0.25, 0.5, 0.95):
        found = figures.quantile(histogram, q)
        assert found is not None
        assert sum(histogram[: found + 1]) >= q * len(places) > sum(histogram[:found]) - 1e-9
    if len(places) % 2:
        assert figures.quantile(histogram, 0.5) == quantiles(places, n=2, method="inclusive")[0] if len(places) > 1 else True


def test_the_quantile_of_nothing_is_none() -> None:
    assert figures.quantile([0, 0], 0.5) is None


def test_a_difference_compares_within_strata() -> None:
    # In both turns two points more with than without, though the turn with high scores has fewer with: Simpson's paradox.
    early = (*sums([12, 12, 13, 11]), *sums([10, 10]))
    late = (*sums([32, 32]), *sums([30, 30, 29, 31, 30, 30, 30, 30]))
    found = figures.difference([early, late])
    assert found is not None
    assert found.value == pytest.approx(2)
    assert found.low < 2 < found.high
    with_all, without_all = [12, 12, 13, 11, 32, 32], [10, 10, 30, 30, 29, 31, 30, 30, 30, 30]
    assert fmean(with_all) < fmean(without_all)


def test_a_difference_of_one_stratum_is_that_of_means() -> None:
    one, other = [5, 7, 9], [1, 2, 3, 6]
    found = figures.difference([(*sums(one), *sums(other))])
    assert found is not None
    assert found.value == pytest.approx(fmean(one) - fmean(other))
    reach = figures.Z * (variance(one) / 3 + variance(other) / 4) ** 0.5
    assert found.high - found.value == pytest.approx(reach)


def test_no_difference_without_both() -> None:
    assert figures.difference([(3, 6, 14, 0, 0, 0)]) is None
    assert figures.difference([(1, 6, 36, 1, 5, 25)]) is None
