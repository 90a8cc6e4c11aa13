"""The laws of the engine hold after every event of random play of every scenario, for every viewer."""

from __future__ import annotations

import subprocess
import sys
from random import Random
from typing import Any

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.hidden import questions, tries, with_hidden_changed
from tests.support.play import ALL, RandomPlay, body_of, one_by_one, parsed, program_of, seat_command
from wargame.engine.amended import fold
from wargame.engine.coding import decode, encode
from wargame.engine.commands import Refused
from wargame.engine.decide import decide
from wargame.engine.dump import dump
from wargame.engine.game import Game
from wargame.engine.mirror import Mirror
from wargame.engine.offers import offers
from wargame.engine.parse import parse
from wargame.engine.project import project
from wargame.engine.questions import answer
from wargame.engine.state import State
from wargame.engine.view import order_of, view
from wargame.rules.program import Kind

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=8, deadline=None)


def _state_of(mirror: Mirror) -> dict[str, Any]:
    return {key: value for key, value in mirror.data.items() if key not in ("feed", "messages", "history")}


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_a_mirror_is_the_view(name: str, number: int) -> None:
    """Folding projected events gives the view of the folded state, after every event, for every viewer."""
    play = RandomPlay(name, number, made_up=True)
    program = play.game.program
    twin = State.fresh(program)
    mirrors = [Mirror(view(program, twin, viewer)) for viewer in range(program.viewers)]
    history = list(_history(play))
    for event in history:
        program = fold(program, twin, event)
        for viewer, mirror in enumerate(mirrors):
            mirror.fold(project(program, twin, event, viewer))
            assert _state_of(mirror) == view(program, twin, viewer), (event, viewer)


def _history(play: RandomPlay) -> Any:
    """All events of the game, from its start, playing it on."""
    from wargame.engine.commands import Start, house

    start = decide(
        play.game.program, State.fresh(play.game.program), house(play.game.program, Start(play.game.state.seed, (), False))
    )
    assert not isinstance(start, Refused)
    yield from start
    for _ in range(400):
        done = play.step()
        if done is None:
            return
        if not isinstance(done[1], Refused):
            yield from done[1]


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_deciding_changes_nothing_and_folding_gives_the_same(name: str, number: int) -> None:
    """`decide` leaves the state as it was; folding its events, encoded and decoded, gives what playing on in place gives."""
    play = RandomPlay(name, number, made_up=True)
    for _ in range(120):
        before, program = play.game.state, play.game.program
        frozen = dump(before)
        made = _some_command(play)
        if made is None:
            return
        twin = before.fork()
        events = decide(program, before, made)
        assert dump(before) == frozen
        outcome = play.game.execute(made)
        if isinstance(events, Refused):
            assert outcome == events
            assert dump(play.game.state) == frozen
            continue
        for event in events:
            again = decode(msgpack.unpackb(msgpack.packb(encode(event)), use_list=True))
            assert again == event
            program = fold(program, twin, again)
        assert dump(twin) == dump(play.game.state)


def _some_command(play: RandomPlay) -> Any:
    if play.game.over:
        return None
    if play.game.state.paused:
        return parsed(play.game, play.game.program.white_cell, {"do": "resume"})
    waiting = play.game.active()
    made = seat_command(play.game, play.rng.choice(waiting), play.rng) if waiting else None
    return made[1] if made is not None else None


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_random_play_ends(name: str, number: int) -> None:
    """Random play comes to an end within the scenario's turns, with a result for every seat in play."""
    play = RandomPlay(name, number, made_up=True)
    play.finish()
    state = play.game.state
    assert state.result is not None
    assert state.turn <= play.game.program.scenario.turns.count
    assert [score.seat for score in state.result.scores] == [seat for seat, plays in enumerate(state.played) if plays]
    assert all(0 <= score.total <= 100 for score in state.result.scores)


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_what_is_offered_applies(name: str, number: int) -> None:
    """Every open offer, with every choice in it, is accepted; every closed one is refused."""
    play = RandomPlay(name, number, house=0)
    program = play.game.program
    for _ in range(25):
        for _ in range(play.rng.randint(1, 12)):
            play.step()
        state = play.game.state
        if play.game.over:
            return
        for seat in range(len(program.seats)):
            for offer in offers(program, state, seat):
                for body in _bodies(play.game, seat, offer, play.rng):
                    command = parse(program, seat, body, turn=state.turn, phase=state.phase_id(program))
                    assert not isinstance(command, Refused), (body, command)
                    outcome = decide(program, state, command)
                    assert isinstance(outcome, Refused) is not offer["ok"], (offer, body, outcome)


def _bodies(game: Game, seat: int, offer: dict[str, Any], rng: Random) -> list[dict[str, Any]]:
    program, state = game.program, game.state
    draft = [order_of(program, order) for order in state.orders.get(seat, ())]
    if offer["do"] == "order" and offer["targets"]:
        choices = offer["choices"] if offer["ok"] else [each for each, _ in offer["blocked"]][:3]
        return [_ordering(game, draft, {"action": offer["action"], "targets": choice, "rationale": ""}) for choice in choices]
    if offer["do"] == "respond":
        ids = [option["id"] for option in offer["options"] if option["ok"]]
        return [{"do": "respond", "card": offer["card"], "option": each, "rationale": "", "belief": None} for each in ids]
    if offer["do"] in ("transfer", "say", "floor") and not offer["ok"]:
        return []
    if offer["do"] == "transfer":
        assert sorted(offer["limits"]) == sorted(offer["to"])
        assert max(offer["limits"].values()) == offer["limit"]
        _refuses_more(game, seat, offer["limits"])
        return [{"do": "transfer", "to": to, "amount": most} for to, most in offer["limits"].items()]
    body = body_of(offer, rng, draft, at_once=one_by_one(game))
    return [body] if body is not None else []


def _refuses_more(game: Game, seat: int, limits: dict[str, int]) -> None:
    """Each limit is the most that can be given to its taker."""
    program, state = game.program, game.state
    for to, most in limits.items():
        body = {"do": "transfer", "to": to, "amount": most + 1}
        command = parse(program, seat, body, turn=state.turn, phase=state.phase_id(program))
        assert isinstance(command, Refused) or isinstance(decide(program, state, command), Refused), (to, most)


def _ordering(game: Game, draft: list[dict[str, Any]], order: dict[str, Any]) -> dict[str, Any]:
    return {"do": "order", **order} if one_by_one(game) else {"do": "orders", "orders": [*draft, order]}


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_what_is_not_offered_is_refused(name: str, number: int) -> None:
    """Orders, answers and signatures outside the offers are refused with a reason."""
    play = RandomPlay(name, number, house=0)
    program = play.game.program
    for _ in range(40):
        play.step()
        state = play.game.state
        if play.game.over:
            return
        seat = play.rng.randrange(len(program.seats))
        made = {
            (each["do"], each.get("action") or each.get("agreement") or each.get("card")): each
            for each in offers(program, state, seat)
        }
        action = play.rng.choice(program.actions)
        members = {Kind.AREA: program.areas, Kind.AGREEMENT: tuple(program.agreement_index)}
        targets = [play.rng.choice(members.get(variable.kind, program.owners)) for variable in action.variables]
        bodies: list[tuple[dict[str, Any], bool]] = []
        offer = made.get(("order", action.id))
        fine = offer is not None and offer["ok"] and (not targets or targets in offer["choices"])
        draft = [order_of(program, order) for order in state.orders.get(seat, ())]
        bodies.append((_ordering(play.game, draft, {"action": action.id, "targets": targets, "rationale": ""}), fine))
        if program.agreements:
            agreement = play.rng.choice(program.agreements).id
            for do in ("propose", "sign", "leave", "decline"):
                found = made.get((do, agreement))
                bodies.append(({"do": do, "agreement": agreement}, found is not None and found["ok"]))
        bodies.append(({"do": "seal"}, any(each["do"] == "seal" and each["ok"] for each in made.values())))
        for body, fine in bodies:
            command = parse(program, seat, body, turn=state.turn, phase=state.phase_id(program))
            assert not isinstance(command, Refused), (body, command)
            outcome = decide(program, state, command)
            assert isinstance(outcome, Refused) is not fine, (body, outcome)
            if isinstance(outcome, Refused):
                assert outcome.reason


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_sealed_orders_commute(name: str, number: int) -> None:
    """What seats draft and seal in a phase gives the same game in whatever order it arrived."""
    play = RandomPlay(name, number, house=0)
    for _ in range(play.rng.randint(10, 150)):
        play.step()
    game = play.game
    if game.over or one_by_one(game):
        return
    program = game.program
    drafts: dict[int, list[dict[str, Any]]] = {}
    for seat in game.active():
        orders = [order_of(program, order) for order in game.state.orders.get(seat, ())]
        bodies = [
            body_of(offer, play.rng, orders)
            for offer in offers(program, game.state, seat)
            if offer["ok"] and offer["do"] in ("respond", "order", "floor", "choose", "place")
        ]
        chosen: dict[str, dict[str, Any]] = {}
        for body in bodies:
            assert body is not None
            chosen[f"{body['do']} {body.get('card', '')}"] = body  # one draft of each: the last stands
        drafts[seat] = [*chosen.values(), {"do": "seal"}]
    ends = []
    for order in (sorted(drafts), sorted(drafts, reverse=True)):
        twin = Game(program, game.state.fork())
        turn, phase = game.state.turn, game.state.phase_id(program)
        for seat in order:
            for body in drafts[seat]:
                command = parse(program, seat, body, turn=turn, phase=phase)
                assert not isinstance(command, Refused)
                twin.execute(command)
        ends.append(dump(twin.state))
    assert ends[0] == ends[1]


@pytest.mark.parametrize("name", ALL)
@FEW
@given(number=SEEDS)
def test_what_is_hidden_changes_nothing(name: str, number: int) -> None:
    """Boards that differ only in what a seat may not know give it the same view, offers, refusals and answers."""
    play = RandomPlay(name, number, made_up=True)
    for _ in range(6):
        for _ in range(play.rng.randint(1, 30)):
            play.step()
        program, state = play.game.program, play.game.state
        if play.game.over:
            return
        for viewer in range(len(program.seats) + 1):
            twin = with_hidden_changed(program, state, viewer, play.rng)
            assert view(program, twin, viewer) == view(program, state, viewer)
            assert offers(program, twin, viewer) == offers(program, state, viewer)
            for question in questions(program, state, viewer):
                assert answer(program, twin, viewer, question) == answer(program, state, viewer, question), question
            for body in tries(program, state, viewer, play.rng):
                outcomes = []
                for board in (state, twin):
                    command = parse(program, viewer, body, turn=board.turn, phase=board.phase_id(program))
                    outcome = command if isinstance(command, Refused) else decide(program, board, command)
                    outcomes.append(outcome if isinstance(outcome, Refused) else "taken")
                assert outcomes[0] == outcomes[1], body


REPLAY = """
import sys, hashlib
from tests.support.play import RandomPlay
from wargame.engine.dump import dump
play = RandomPlay(sys.argv[1], int(sys.argv[2]))
play.finish()
print(hashlib.sha256(dump(play.game.state)).hexdigest())
"""


@pytest.mark.parametrize("name", ["everything", "five_questions"])
def test_replay_is_the_same_in_another_process(name: str) -> None:
    """The same seed and commands give the same state, byte for byte, whatever the process's hash seed."""
    digests = set()
    for hash_seed in ("0", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", REPLAY, name, "12"],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": hash_seed, "PATH": ""},
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_programs_are_cached() -> None:
    """Compiling is done once for all tests of a run."""
    assert program_of("everything") is program_of("everything")
