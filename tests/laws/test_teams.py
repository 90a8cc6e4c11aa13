"""The laws of the engine hold where several people share seats, come and go, and decide together."""

from __future__ import annotations

from random import Random
from typing import Any

import msgpack
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.play import ALL, body_of, one_by_one
from tests.support.teams import TeamPlay, people_of
from wargame.engine import events as e
from wargame.engine.amended import fold
from wargame.engine.bodies import BINDING, plain
from wargame.engine.coding import decode, encode
from wargame.engine.commands import Command, Endorse, Object, Refused, SetTeam, Withdraw, house
from wargame.engine.decide import decide
from wargame.engine.dump import dump
from wargame.engine.mirror import Mirror
from wargame.engine.offers import concerned, offers
from wargame.engine.parse import parse
from wargame.engine.project import project
from wargame.engine.state import State
from wargame.engine.team import deliberates
from wargame.engine.view import order_of, view

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=3, deadline=None)
MOVES = 90
OWN = (e.Suggested, e.Endorsed, e.Objected, e.Withdrawn, e.Dropped, e.Adopted, e.TeamSet)
PAST = ("feed", "messages", "history")


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_a_mirror_is_the_view_and_a_journal_the_game(name: str, number: int) -> None:
    """After every event the fold of what was shown is the view, for every viewer; deciding changes nothing."""
    play = TeamPlay(name, number)
    twin = play.game.state.fork()
    program = play.game.program
    mirrors = [Mirror(view(program, twin, viewer)) for viewer in range(program.viewers)]
    for _ in range(MOVES):
        done = play.step()
        if done is None:
            break
        command, outcome = done
        frozen = dump(twin)
        again = decide(program, twin, command)
        assert dump(twin) == frozen
        assert again == outcome
        if isinstance(again, Refused):
            continue
        for event in again:
            program = fold(program, twin, decode(msgpack.unpackb(msgpack.packb(encode(event)))))
            for viewer, mirror in enumerate(mirrors):
                mirror.fold(project(program, twin, event, viewer))
                known = {key: value for key, value in mirror.data.items() if key not in PAST}
                assert known == view(program, twin, viewer), (event, viewer)
        assert dump(twin) == dump(play.game.state)


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_every_offer_is_taken_and_nothing_else(name: str, number: int) -> None:
    """What a team is offered, any of its members may suggest; endorsing, objecting and taking back is for those named."""
    play = TeamPlay(name, number, house=0)
    program = play.game.program
    for _ in range(12):
        for _ in range(play.rng.randint(1, 12)):
            play.step()
        state = play.game.state
        if play.game.over:
            return
        for seat in range(len(program.seats)):
            for offer in offers(program, state, seat):
                _offered(play, seat, offer)


def _offered(play: TeamPlay, seat: int, offer: dict[str, Any]) -> None:
    program, state = play.game.program, play.game.state
    if not offer["ok"] and offer["do"] in ("order", "respond", "transfer", "floor"):
        return
    members = [person for person, _, _ in state.teams[seat].members]
    here = state.teams[seat].present if deliberates(state, seat) else ("",)
    draft = [order_of(program, order) for order in state.orders.get(seat, ())]
    body = body_of(offer, play.rng, draft, at_once=one_by_one(play.game))
    command = parse(program, seat, body, turn=state.turn, phase=state.phase_id(program), at=play.at)
    assert isinstance(command, Command), (body, command)
    for person in [*members, "stranger"] if "people" in offer else here:
        fine = person in offer["people"] if "people" in offer else offer["ok"]
        outcome = decide(program, state, evolve(command, person=person))
        assert isinstance(outcome, Refused) is not fine, (offer, person, outcome)


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_no_click_of_one_binds_a_team(name: str, number: int) -> None:
    """Whatever one member of several does, as the first to want it: nothing comes of it but a suggestion."""
    play = TeamPlay(name, number)
    for _ in range(MOVES):
        before = play.game.state.fork()
        done = play.step()
        if done is None:
            return
        command, events = done
        if isinstance(events, Refused) or command.who >= len(play.game.program.seats):
            continue
        if not deliberates(before, command.who) or type(command.body) not in (*BINDING, Endorse):
            continue
        adopted = next((event for event in events if isinstance(event, e.Adopted)), None)
        if adopted is None:
            assert all(isinstance(event, OWN) for event in events), events
        elif adopted.how == "objection":  # its time had passed, and the host had not looked yet
            assert any(made.number == adopted.number for made in before.teams[command.who].suggestions)
        else:
            assert len(set(adopted.endorsers)) >= 2


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_others_learn_nothing_of_what_a_team_says_to_itself(name: str, number: int) -> None:
    """Whoever sits elsewhere sees, is told and is offered the same whatever teams hold, and no event of a team reaches them."""
    play = TeamPlay(name, number)
    program = play.game.program
    for _ in range(MOVES):
        done = play.step()
        if done is None:
            return
        state = play.game.state
        for event in done[1] if isinstance(done[1], tuple) else ():
            if not isinstance(event, OWN):
                continue
            for viewer in range(len(program.seats) + 1):
                if viewer != event.seat:
                    assert project(program, state, event, viewer) == ()
                    assert viewer not in (concerned(program, state, event) or ())
    _blind(play)


def _blind(play: TeamPlay) -> None:
    """For each viewer, a state without the teams of others is the same."""
    program, state = play.game.program, play.game.state
    for viewer in range(len(program.seats) + 1):
        twin = state.fork()
        twin.teams = {seat: team for seat, team in state.teams.items() if seat == viewer}
        assert view(program, twin, viewer) == view(program, state, viewer)
        assert offers(program, twin, viewer) == offers(program, state, viewer)


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_what_people_do_can_be_told_again(name: str, number: int) -> None:
    """The plain body made of a command is read as the same command."""
    play = TeamPlay(name, number, stir=0)
    program = play.game.program
    for _ in range(MOVES):
        done = play.step()
        if done is None:
            return
        command = done[0]
        if type(command.body) in BINDING:
            again = parse(program, command.who, plain(program, command.body), turn=command.turn, phase=command.phase)
            assert isinstance(again, Command)
            assert again.body == command.body


@pytest.mark.parametrize("name", ["everything", "odd", "skirmish"])
@FEW
@given(number=SEEDS)
def test_games_of_teams_end(name: str, number: int) -> None:
    """However people come and go, a game comes to its end."""
    play = TeamPlay(name, number)
    play.finish(12_000)
    assert play.game.state.result is not None
    assert play.game.state.wake is None


@given(number=SEEDS)
@settings(max_examples=30, deadline=None)
def test_the_host_may_set_any_people(number: int) -> None:
    """Whoever is said to be at a seat, in whatever order: the captain is one of them, and voices are of members."""
    rng = Random(number)
    play = TeamPlay("everything", number, stir=0.2)
    for _ in range(40):
        play.step()
    state: State = play.game.state
    seat = rng.randrange(len(play.game.program.seats))
    odd = people_of(seat, rng)
    odd = SetTeam(seat, odd.members, (*odd.present, "nobody"), rng.choice(["nobody", odd.captain]))
    outcome = decide(play.game.program, state, house(play.game.program, odd, play.at))
    if isinstance(outcome, Refused):
        assert outcome.code == "over"
        return
    for event in outcome:
        fold(play.game.program, state, event)
    team = state.teams[seat]
    members = {person for person, _, _ in team.members}
    assert set(team.present) <= members
    assert team.captain in members if members else team.captain == ""
    for made in team.suggestions:
        assert {made.person, *made.endorsed, *(person for person, _ in made.objected)} <= members


def test_endorsing_is_no_way_around() -> None:
    """Voices are not among what binds a seat."""
    assert not {Endorse, Object, Withdraw} & set(BINDING)
