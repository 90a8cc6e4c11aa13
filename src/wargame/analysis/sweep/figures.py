"""The statistics: shares, means and differences with their 95 % intervals, quantiles, correlation. From sums, not lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

from attrs import frozen

Z = 1.96  # 95 % of a normal distribution lie within so many deviations


@frozen
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


def share(hits: int, of: int) -> Estimate:
    """A share (0-1) with its Wilson interval; 0 of 0 is 0, with nothing known."""
    if of == 0:
        return Estimate(0.0, 0.0, 1.0)
    p = hits / of
    spread = Z * Z / of
    middle = (p + spread / 2) / (1 + spread)
    reach = Z * sqrt(p * (1 - p) / of + spread / (4 * of)) / (1 + spread)
    return Estimate(p, max(0.0, middle - reach), min(1.0, middle + reach))


def mean(n: int, total: int, squares: int) -> Estimate | None:
    """A mean from count, sum and sum of squares; None where there is nothing. One value knows no interval: it is its own."""
    if n == 0:
        return None
    value = total / n
    reach = Z * sqrt(variance(n, total, squares) / n) if n > 1 else 0.0
    return Estimate(value, value - reach, value + reach)


def variance(n: int, total: int, squares: int) -> float:
    """The variance as estimated from a sample (n - 1); 0 for fewer than two."""
    return (n * squares - total * total) / (n * (n - 1)) if n > 1 else 0.0


def quantile(histogram: Sequence[int], q: float) -> int | None:
    """The lowest place of a histogram that at least a share q lies at or below; None where it is empty."""
    total = sum(histogram)
    if total == 0:
        return None
    seen = 0
    for place, number in enumerate(histogram):
        seen += number
        if seen >= q * total:
            return place
    return len(histogram) - 1


def correlation(n: int, x: int, xx: int, y: int, yy: int, xy: int) -> float | None:
    """Pearson's correlation from sums; None where one of the two never varies."""
    spread = (n * xx - x * x) * (n * yy - y * y)
    return (n * xy - x * y) / sqrt(spread) if n > 1 and spread > 0 else None


def difference(strata: Iterable[Sequence[int]]) -> Estimate | None:
    """How much more follows with than without, compared within each stratum (a turn) and averaged over them.

    A stratum is n, sum, sum of squares with; then the same three without. Strata weigh n1*n0/(n1+n0), so that a turn in
    which nearly everybody did it tells little. None where no stratum has both, or there are too few to say how sure it is.
    """
    weights = moved = 0.0
    within, without = _Pool(), _Pool()
    both = []
    for n1, s1, q1, n0, s0, q0 in strata:
        within.add(n1, s1, q1)
        without.add(n0, s0, q0)
        if n1 and n0:
            weight = n1 * n0 / (n1 + n0)
            weights += weight
            moved += weight * (s1 / n1 - s0 / n0)
            both.append((weight, n1, n0))
    v1, v0 = within.variance(), without.variance()
    if not both or v1 is None or v0 is None:
        return None
    reach = Z * sqrt(sum(weight * weight * (v1 / n1 + v0 / n0) for weight, n1, n0 in both)) / weights
    value = moved / weights
    return Estimate(value, value - reach, value + reach)


class _Pool:
    """Variance within strata, pooled."""

    def __init__(self) -> None:
        self.freedom = 0
        self.squares = 0.0

    def add(self, n: int, total: int, squares: int) -> None:
        if n > 1:
            self.freedom += n - 1
            self.squares += squares - total * total / n

    def variance(self) -> float | None:
        return self.squares / self.freedom if self.freedom else None
