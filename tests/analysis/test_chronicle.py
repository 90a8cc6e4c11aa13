"""A chronicle tells a whole game: every event between two states, who did it, what each viewer knew, what was taken back."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.support.chronicles import BOSS, bots_chronicle, played_chronicle, replayed
from tests.support.play import program_of, seed_of
from wargame.analysis.chronicle import Chronicle, Entry, Log, Member, made, place_of
from wargame.bots.levels import seat_bot
from wargame.engine.apply import apply
from wargame.engine.commands import Start, Write, house
from wargame.engine.dump import dump
from wargame.engine.events import AnswerDrafted, Event, Overridden, Rewound, Said
from wargame.engine.game import Game
from wargame.engine.mirror import LONGEST_LIST
from wargame.engine.state import State
from wargame.engine.view import view

NAMES = ("everything", "five_questions")


@pytest.fixture(params=NAMES)
def chronicle(request: pytest.FixtureRequest) -> Chronicle:
    return played_chronicle(request.param, 1)


def test_walking_gives_every_event_that_counts_between_its_two_states(chronicle: Chronicle) -> None:
    steps = list(chronicle.walk())
    assert [step.event for step in steps] == [event for entry in chronicle.live for event in entry.events]
    state = State.fresh(chronicle.base)
    for step in steps:
        assert dump(step.before) == dump(state)
        apply(step.program, state, step.event)
        assert dump(step.after) == dump(state)
    assert dump(chronicle.state) == dump(state)


def test_walking_with_what_was_taken_back_comes_to_the_same_end(chronicle: Chronicle) -> None:
    steps = list(chronicle.walk(removed=True))
    assert [step.event for step in steps] == [event for entry in chronicle.entries for event in entry.events]
    assert any(not step.entry.live for step in steps)
    assert dump(steps[-1].after) == dump(chronicle.state)
    lived = [(step.event, dump(step.after)) for step in steps if step.entry.live]
    assert lived == [(step.event, dump(step.after)) for step in chronicle.walk()]


def test_frames_end_with_the_view_of_the_end(chronicle: Chronicle) -> None:
    for viewer in range(chronicle.program.viewers):
        frames = list(chronicle.frames(viewer))
        assert [frame.entry for frame in frames] == list(chronicle.live)
        last = {key: value for key, value in frames[-1].view.items() if key not in ("feed", "messages", "history")}
        assert last == view(chronicle.program, chronicle.state, viewer)
        assert all(len(frame.view["feed"]) <= LONGEST_LIST for frame in frames)
    assert frames[0].view is not frames[1].view
    assert len(frames[0].view["feed"]) < len(frames[-1].view["feed"]), "earlier frames stay as they were"


def test_a_class_leaves_people_reasons_beliefs_messages_and_the_facilitators_hand(chronicle: Chronicle) -> None:
    people = Counter(entry.person for entry in chronicle.entries)
    assert people[BOSS[0]] > 1
    assert sum(1 for person in people if person.startswith("p")) > len(chronicle.program.seats)
    events = [event for entry in chronicle.entries for event in entry.events]
    assert any(isinstance(event, AnswerDrafted) and event.answer.rationale and event.answer.belief for event in events)
    assert {Said, Rewound} <= {type(event) for event in events}
    assert chronicle.complete
    assert chronicle.result is chronicle.state.result
    assert chronicle.seed == seed_of(1)
    seats = {entry.person: entry.who for entry in chronicle.entries if entry.person.startswith("p")}
    assert all(chronicle.people[person].seat == place_of(chronicle.program, who) for person, who in seats.items())


def test_bots_play_a_chronicle_that_ends() -> None:
    program = program_of("bridge_week")
    bots = {seat: seat_bot("one-ply", program, seat, "7") for seat in program.seats}
    chronicle = Chronicle.of_playout(program, seed_of(7), bots)
    assert chronicle.complete
    assert all(entry.live for entry in chronicle.entries)
    assert {member.bot for member in chronicle.people.values()} == {"bot"}
    again = Chronicle.of_playout(program, seed_of(7), {seat: seat_bot("one-ply", program, seat, "7") for seat in program.seats})
    assert again.entries == chronicle.entries
    told = bots_chronicle("bridge_week", 1)
    assert any(isinstance(event, Overridden) for entry in told.entries for event in entry.events)


def test_a_game_that_broke_off_is_told_as_far_as_it_went() -> None:
    whole = played_chronicle("everything", 1)
    cut = made("g", "Table 1", whole.base, whole.entries[:20], {})
    assert not cut.complete
    assert cut.result is None
    assert dump(cut.state) == dump(replayed(whole.base, list(cut.live)).state)
    assert made("g", "", whole.base, (), {}).state.status == "lobby"


def test_whoever_did_something_is_among_the_people() -> None:
    program = program_of("everything")
    entry = Entry(1, 0, 0, "p9", "Nora", ())
    known = {"p1": Member("p1", "Ana", "south")}
    chronicle = made("g", "", program, [entry], known)
    assert chronicle.people == {**known, "p9": Member("p9", "Nora", program.seats[0])}


def test_a_card_written_during_the_game_is_in_the_program_from_then_on_and_gone_once_that_is_taken_back() -> None:
    program = program_of("everything")
    log = Log(program, {"white_cell": (BOSS,)})
    game = Game(program, State.fresh(program))

    def take(body: Start | Write) -> tuple[Event, ...]:
        command = house(program, body)
        events = game.execute(command)
        assert isinstance(events, tuple), events
        log.take(command, events)
        return events

    take(Start(seed_of(1), (), timed=False))
    source = "injects:\n  rumour: {title: A Rumour, to: [north], pool: shelf, text: They say.}\n"
    take(Write(source))
    with_card = log.chronicle()
    assert "rumour" in with_card.program.card_index
    assert "rumour" not in with_card.base.card_index
    assert ["rumour" in step.program.card_index for step in with_card.walk()][-1]
    assert len(list(with_card.frames(program.white_cell))) == 2
    log.row(program.white_cell, (Rewound(1, 0, "Not that."),), *BOSS)
    without = log.chronicle()
    assert "rumour" not in without.program.card_index
    assert dump(without.state) == dump(replayed_back(without))
    assert [entry.live for entry in without.entries] == [True, False, True]
    assert "rumour" not in list(without.walk(removed=True))[-1].program.card_index


def replayed_back(chronicle: Chronicle) -> State:
    return Game.replayed(chronicle.base, (event for entry in chronicle.live for event in entry.events)).state
