"""Going back takes out the rows after a phase's beginning, also those that went back themselves; nothing leaves the record."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.support.chronicles import boundary_rows, played_chronicle, replayed
from tests.support.hands import Hands, kinds
from wargame.engine.apply import apply
from wargame.engine.dump import dump
from wargame.engine.events import Event, Noted, Rewound, Sealed
from wargame.engine.history import live, live_rows, set_back, time_left
from wargame.engine.state import SETUP
from wargame.engine.story import story


def _rows(*gone_back: int | None) -> list[tuple[int, tuple[Event, ...]]]:
    """Rows 1, 2, ...: None an ordinary one, a number one that goes back there."""
    return [(seq, (Sealed(0) if to is None else Rewound(to, 0, ""),)) for seq, to in enumerate(gone_back, 1)]


def test_rows_after_the_one_gone_back_to_do_not_count() -> None:
    assert live(_rows(None, None, None, None, 2, None)) == (1, 2, 5, 6)


def test_going_back_behind_a_going_back_takes_that_out_too() -> None:
    assert live(_rows(None, None, None, 2, None, 1, None)) == (1, 6, 7)


def test_going_back_to_where_one_went_back_keeps_that() -> None:
    assert live(_rows(None, None, None, 1, None, 4, None)) == (1, 4, 6, 7)


@given(st.lists(st.none() | st.integers(1, 12), max_size=14))
def test_what_counts_is_what_a_stack_of_rows_would_hold(wanted: list[int | None]) -> None:
    rows = _rows(*(None if to is None or to >= seq else to for seq, to in enumerate(wanted, 1)))
    stack: list[int] = []
    for seq, events in rows:
        for event in events:
            if isinstance(event, Rewound):
                stack = [each for each in stack if each <= event.to]
        stack.append(seq)
    assert live(rows) == tuple(stack)
    assert [seq for seq, _ in live_rows(rows)] == stack


def test_a_boundary_is_a_row_that_ends_as_a_phase_begins() -> None:
    hands = Hands("everything", timed=False)
    chronicle = played_chronicle("everything", 1)
    assert chronicle.boundaries[0].phase == SETUP
    assert [each.seq for each in chronicle.boundaries] == sorted({each.seq for each in chronicle.boundaries})
    kept = {entry.seq: entry for entry in chronicle.live}
    for each in chronicle.boundaries:
        state = replayed(hands.program, [entry for entry in chronicle.live if entry.seq <= each.seq]).state
        assert (state.turn, state.phase) == (each.turn, each.phase)
        assert kept[each.seq].live
    assert chronicle.live[-1].seq not in boundary_rows(chronicle), "one cannot go back to the end of the game"


def test_a_game_set_back_is_paused_with_the_time_that_was_left() -> None:
    hands = Hands("everything", timed=True)
    hands.to("desk")
    hands.at = 5_000
    state, left = hands.state, time_left(hands.state, hands.at)
    assert left == state.deadline - 5_000  # type: ignore[operator]
    events = set_back(hands.program, state, hands.at, Rewound(3, left, "Once more."))
    after = state.fork()
    for event in events:
        apply(hands.program, after, event)
    assert (after.left, after.deadline) == (left, None)
    assert dump(evolve(after, left=None, deadline=state.deadline)) == dump(state), "nothing else has changed"


def test_notes_for_the_review_stay_when_the_game_is_set_back() -> None:
    hands = Hands("everything").to("desk")
    boundary = hands.state.fork()
    note = {"fact": "They waited.", "so_what": "", "change": "", "objective": None, "anonymous": False}
    taken = [*hands.done("white_cell", "note", **note), *hands.done("white_cell", "announce", text="Hm.")]
    events = set_back(hands.program, boundary, 0, Rewound(1, 0, ""), taken)
    assert kinds(events) == ["Rewound", "Noted"]
    assert isinstance(events[1], Noted)


def test_everybody_hears_that_the_facilitator_went_back_and_only_the_white_cell_why() -> None:
    hands = Hands("everything").to("rooms")
    event = Rewound(1, 0, "A card was read out twice.")
    told = {who: story(hands.program, hands.state, event, hands.seat(who)) for who in ("north", "public", "white_cell")}
    assert all(each is not None and "gone back to turn 1, Rooms and orders" in each["head"] for each in told.values())
    assert [who for who, each in told.items() if each and each["lines"]] == ["white_cell"]
