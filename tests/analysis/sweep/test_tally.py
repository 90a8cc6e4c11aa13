"""Tallies add up the same in any order, and survive being written down."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wargame.analysis.sweep.tally import Tally

words = st.text("abc_", min_size=1, max_size=3)
tallies = st.dictionaries(
    st.lists(words, min_size=1, max_size=3).map(tuple), st.lists(st.integers(), min_size=1, max_size=4)
).map(Tally)


def merged(parts: list[Tally]) -> Tally:
    whole = Tally()
    for part in parts:
        whole.merge(Tally.of(json.loads(json.dumps(part.plain()))))
    return whole


@settings(max_examples=40)
@given(st.lists(tallies, max_size=5), st.randoms())
def test_the_order_of_merging_changes_nothing(parts: list[Tally], luck: Random) -> None:
    shuffled = parts.copy()
    luck.shuffle(shuffled)
    assert json.dumps(merged(shuffled).plain()) == json.dumps(merged(parts).plain())


@settings(max_examples=40)
@given(st.lists(tallies, min_size=2, max_size=5), st.integers(1, 4))
def test_merging_in_groups_is_merging_all(parts: list[Tally], cut: int) -> None:
    assert merged([merged(parts[:cut]), merged(parts[cut:])]).plain() == merged(parts).plain()


def test_rows_of_other_lengths_are_filled_up() -> None:
    tally = Tally()
    tally.add(("a",), (1,))
    tally.add(("a",), (1, 2, 3))
    tally.count(("a",), 4)
    assert list(tally.row("a")) == [2, 2, 3, 0, 1]
    assert tally.at("a", place=9) == tally.at("b") == 0


def test_what_stands_below_a_key_is_found_sorted() -> None:
    tally = Tally({("x", "b"): [2], ("x", "a", "1"): [1], ("y", "a"): [3]})
    assert list(tally.below("x")) == [(("a", "1"), [1]), (("b",), [2])]


@pytest.mark.parametrize("plain", [{"a": 1}, {"a": [1.5]}, {"a": ["1"]}, {"a": [True]}])
def test_what_is_no_tally_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match="not a tally"):
        Tally.of(plain)  # type: ignore[arg-type]
