"""A mirror folds the six operations, keeps its lists bounded, and refuses what is none."""

from __future__ import annotations

import pytest

from wargame.engine.mirror import LONGEST_LIST, Mirror


def test_operations() -> None:
    """Every operation does what the protocol says."""
    mirror = Mirror({"slots": {1: [2, 5, None]}, "cards": {"0": "a"}, "turn": 1})
    mirror.fold(
        [
            ["slots", [[1, 0, [2, 5], 3], [2, 1, 0, None]]],
            ["set", "turn", 2],
            ["put", "cards", "1", "b"],
            ["drop", "cards", "0"],
            ["push", "feed", {"head": "x"}],
        ]
    )
    assert mirror.data == {
        "slots": {1: [0, [2, 5], 3], 2: [1, 0, None]},
        "turn": 2,
        "cards": {"1": "b"},
        "feed": [{"head": "x"}],
        "messages": [],
        "history": [],
    }
    mirror.fold([["slots", [[1, 0, None, None]]]])
    assert 1 not in mirror.data["slots"]


def test_an_entry_takes_the_place_of_the_one_with_its_number_or_comes_last() -> None:
    """And a copy of the mirror taken before stays as it was."""
    mirror = Mirror({"board": {"open": True, "notes": [{"number": 1, "votes": 0}, {"number": 2, "votes": 0}]}})
    before = mirror.data["board"]
    mirror.fold(
        [["entry", "board", "notes", {"number": 1, "votes": 3}], ["entry", "board", "notes", {"number": -1, "votes": 0}]]
    )
    assert [(each["number"], each["votes"]) for each in mirror.data["board"]["notes"]] == [(1, 3), (2, 0), (-1, 0)]
    assert mirror.data["board"]["open"]
    assert [each["votes"] for each in before["notes"]] == [0, 0]


def test_lists_are_bounded() -> None:
    """A pushed list keeps its newest entries, however long the game."""
    mirror = Mirror({})
    mirror.fold([["push", "feed", number] for number in range(LONGEST_LIST + 30)])
    assert mirror.data["feed"] == list(range(30, LONGEST_LIST + 30))


def test_the_start_is_not_shared() -> None:
    """Folding leaves what the mirror was made from alone."""
    start: dict[str, object] = {"slots": {}, "turn": 0}
    Mirror(start).fold([["slots", [[1, 2, 3, None]]], ["set", "turn", 4]])
    assert start == {"slots": {}, "turn": 0}


@pytest.mark.parametrize("op", [["jump", 1], [], ["set", "turn"], 7])
def test_other_operations_are_refused(op: object) -> None:
    """What is no operation is an error, not silence."""
    with pytest.raises(ValueError, match="not an operation"):
        Mirror({}).fold([op])
