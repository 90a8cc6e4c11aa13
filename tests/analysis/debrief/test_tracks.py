"""Under every chart stand its figures, and each change with what made it."""

from __future__ import annotations

from tests.support.chronicles import played_chronicle
from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.record import read
from wargame.analysis.debrief.tracks import tracks, values
from wargame.rules.program import Family


def test_each_track_that_moved_has_a_chart_with_its_values() -> None:
    chronicle = played_chronicle("everything", 3)
    record = read(chronicle)
    moved = {move.slot for move in record.moves}
    shown = [
        slot
        for slot in record.program.slots
        if slot.index in moved
        and (slot.family is Family.TRACK or (slot.family is Family.RESOURCE and slot.owner in record.seats))
    ]
    html = tracks(record, names_of(chronicle)).text
    assert html.count("<svg") == len(shown) > 3
    assert [values(record, slot)[-1] for slot in shown] == [chronicle.state.board[slot.index] for slot in shown]


def test_a_change_leads_to_the_event_that_made_it() -> None:
    game = Kept()
    game.to("rooms")
    game["tension"] = 9
    row = game.last
    record, names = game.told()
    words = Page(tracks(record, names).text).text
    assert f"1 §{row}+63 → 9The facilitator set a value: Tension +6 → 9 (Hot)" in words


def test_a_game_in_which_nothing_moved_says_so() -> None:
    assert "No value has moved." in Page(tracks(*Kept("odd").told()).text).text
