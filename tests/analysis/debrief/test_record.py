"""The record holds what the journal holds: every deed with its row, every value as it stood, who was told what."""

from __future__ import annotations

import pytest

from tests.support.chronicles import played_chronicle
from tests.support.kept import Kept
from wargame.analysis.debrief.record import Record, ladder_of, read
from wargame.engine import events as e
from wargame.engine.state import State
from wargame.engine.story import story
from wargame.rules.dice import draw, pick_weighted


@pytest.fixture(scope="module", params=[("everything", 3), ("odd", 1), ("skirmish", 2)])
def record(request: pytest.FixtureRequest) -> Record:
    name, number = request.param
    return read(played_chronicle(name, number))


def test_every_deed_that_counts_is_there_with_its_row(record: Record) -> None:
    rows = {entry.seq: entry for entry in record.chronicle.entries}
    events = [event for entry in record.chronicle.live for event in entry.events]
    answers = [event for event in events if isinstance(event, e.AnswerRevealed)]
    orders = [event for event in events if isinstance(event, e.OrderDone)]
    assert sorted(act.kind for act in record.acts) == ["answer"] * len(answers) + ["order"] * len(orders)
    for act in record.acts:
        assert act.told.event in rows[act.told.row].events
        assert rows[act.told.row].live
    assert [(each.seat, each.text) for each in record.messages] == [
        (event.seat, event.text) for event in events if isinstance(event, e.Said)
    ]


def test_the_moves_carry_the_first_board_to_the_last(record: Record) -> None:
    """Also from turn to turn: so each figure of a chart is the sum of what is listed under it."""
    shown = {slot.index for slot in record.program.shown}
    for before, after in zip(record.moments, record.moments[1:], strict=False):
        board = list(before.board)
        for move in record.moves:
            if move.turn == after.turn:
                assert board[move.slot] == move.old
                board[move.slot] = move.new
        assert [board[slot] for slot in shown] == [after.board[slot] for slot in shown]
    assert [moment.turn for moment in record.moments] == list(range(record.final.turn + 1))


def test_every_roll_follows_from_the_seed(record: Record) -> None:
    assert record.rolls
    seed = record.final.seed
    for roll in record.rolls:
        if roll.weights:
            assert pick_weighted(seed, roll.purpose, [weight / 1000 for weight in roll.weights]) + 1 == roll.result
        else:
            assert draw(seed, roll.purpose, roll.sides) + 1 == roll.result


def test_who_knew_is_who_was_told(record: Record) -> None:
    program, state = record.chronicle.base, State.fresh(record.chronicle.base)
    told = iter(record.told)
    for step in record.chronicle.walk():
        program, state = step.program, step.after
        if story(program, state, step.event, program.white_cell) is None:
            continue
        each = next(told)
        heard = {seat for seat in state.seats if story(program, state, step.event, seat) is not None}
        assert each.knew | each.felt == heard
        assert not each.knew & each.felt
    assert next(told, None) is None


def test_time_taken_leaves_pauses_out() -> None:
    """From the card on the table to the answer that stood; a row is a second here."""
    game = Kept()
    game.to("desk")
    card = game.card("letter", target="reds")
    dealt = game.last
    game.answer("reds", card, "push")
    game.done("white_cell", "pause")
    game.done("south", "say", to=None, text="One")
    game.done("south", "say", to=None, text="Two")
    game.done("white_cell", "resume")
    game.answer("reds", card, "hold_on", rationale="Wait.", belief=40)
    answered = game.last
    game.to("rooms")
    record, _ = game.told()
    act = next(act for act in record.acts if act.card == card and act.label == "Hold on")
    assert act.seconds == answered - dealt - 3
    assert [draft.row for draft in act.drafts] == [dealt + 1, answered]
    assert (act.rationale, act.belief, act.defaulted, act.others) == ("Wait.", 40, False, ("Push",))
    silent = next(act for act in record.acts if act.card == card and act.seat == 0)
    assert (silent.defaulted, silent.seconds, silent.drafts) == (True, None, ())


def test_a_team_is_told_with_its_voices() -> None:
    game = Kept()
    game.team("assembly", "p3", "p4", "p5")
    game.to("rooms", turn=1)
    game.done("assembly/p4", "orders", orders=[{"action": "brief", "targets": [], "rationale": "They should know."}])
    number = game.state.teams[game.seat("assembly")].suggestions[0].number
    game.done("assembly/p5", "object", number=number, why="Too early.")
    game.done("assembly/p3", "endorse", number=number)
    adopted = game.last
    game.to("rooms", turn=2)
    record, _ = game.told()
    act = next(act for act in record.acts if act.label == "Closed briefing")
    draft = act.drafts[-1]
    assert (draft.row, draft.person, draft.how) == (adopted, "p4", "majority")
    assert set(draft.backers) == {"p4", "p3"}
    assert draft.against == (("p5", "Too early."),)


def test_what_was_taken_back_is_not_in_it() -> None:
    chronicle = played_chronicle("everything", 1, rewinds=2)
    dead = {entry.seq for entry in chronicle.entries if not entry.live}
    record = read(chronicle)
    assert dead
    assert not dead & {told.row for told in record.told}
    assert not dead & {roll.row for roll in record.rolls}


def test_the_ladder_is_the_first_track_with_bands() -> None:
    slot = ladder_of(Kept().program)
    assert slot is not None
    assert slot.name == "tension"
