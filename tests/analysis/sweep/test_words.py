"""Figures are told with their intervals and units, the same everywhere."""

from __future__ import annotations

import pytest

from wargame.analysis.sweep.words import between, beyond_chance, certain, percent, signed, target_figure, target_span


def test_shares_and_means() -> None:
    assert percent(0.256) == "26 %"
    assert percent(None) == "-"
    assert between({"share": 0.25, "low": 0.2, "high": 0.304}) == "25 % (20-30)"
    assert signed({"mean": -1.25, "low": -2.0, "high": 0.5}) == "-1.2 (-2.0 to +0.5)"


@pytest.mark.parametrize(("low", "high", "expected"), [(1, 2, True), (-2, -1, True), (-1, 1, False), (0, 1, False)])
def test_certain_is_what_leaves_nought_out(low: float, high: float, expected: bool) -> None:
    assert certain({"low": low, "high": high}) is expected


@pytest.mark.parametrize(
    ("figure", "low", "high", "unit", "words"),
    [
        (12.5, 15, 35, "%", ("12.5 %", "15-35 %")),
        (12.5, 0, 35, "%", ("12.5 %", "at most 35 %")),
        (12.5, 20, 100, "%", ("12.5 %", "at least 20 %")),
        (9.0, 0, 8, "points", ("9.0 points", "at most 8 points")),
        (-40, -35, 35, "hundredths", ("-0.40", "-0.35 to +0.35")),
    ],
)
def test_targets(figure: float, low: int, high: int, unit: str, words: tuple[str, str]) -> None:
    target = {"figure": figure, "low": low, "high": high, "unit": unit}
    assert (target_figure(target), target_span(target)) == words


def test_pairs_beyond_chance() -> None:
    """Far enough to matter, and farther than the number of games explains."""
    assert beyond_chance({"share": 0.4, "if_independent": 0.2}, 100)
    assert not beyond_chance({"share": 0.24, "if_independent": 0.2}, 10_000)
    assert not beyond_chance({"share": 0.4, "if_independent": 0.2}, 10)
