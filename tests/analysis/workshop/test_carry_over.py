"""A game carried over to the same scenario is the same game, whatever has happened; to another, what has a name is kept."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.play import ALL, RandomPlay, program_of
from tests.support.rules import BASE, compiled
from wargame.analysis.workshop.carry_over import Move
from wargame.analysis.workshop.workshop import Workshop
from wargame.engine.apply import apply
from wargame.engine.commands import Advance, Announce, Fire, Override, Respond
from wargame.engine.game import Game
from wargame.engine.offers import offers
from wargame.engine.project import project_all
from wargame.engine.state import State
from wargame.engine.view import view
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load_sources

PHASES = """
phases:
  - {id: news, label: News, kind: automatic, do: [income, {effects: []}]}
  - {id: desk, label: Desk, kind: cards}
  - {id: rooms, label: Rooms, kind: orders, seconds: 60}
"""
CARD = """
injects:
  letter:
    title: A letter
    pool: shelf
    to: [washington, target]
    bind: {target: chapitos}
    choices:
      washington:
        options:
          - {id: burn, stance: escalate, label: Burn it}
          - {id: read, stance: hold, label: Read it}
          - {id: send, stance: deescalate, label: Send it back}
      target: {options: [{id: wait, stance: hold, label: Wait}, {id: go, stance: escalate, label: Go}]}
  storm: {title: A storm, pool: shelf}
"""
ORDERS = """
actions:
  raid: {seat: washington, label: Raid, cost: 1, targets: {target: {of: cartel}}, effects: [target.strength -1]}
  wait: {seat: washington, label: Wait, effects: [mood +1]}
"""
TEXT = BASE.replace(BASE[BASE.index("\nphases:") :], PHASES) + CARD + ORDERS


@cache
def again(name: str) -> Program:
    """The same scenario, compiled a second time."""
    program = program_of(name)
    loaded = load_sources(program.scenario.sources)
    assert loaded.scenario is not None
    made = build(loaded.scenario, loaded.report)
    assert made is not None
    return made


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=8)
@given(number=st.integers(0, 2**20), steps=st.integers(0, 150))
@example(number=1, steps=600)
def test_to_the_same_scenario_nothing_changes(name: str, number: int, steps: int) -> None:
    """State, views, offers and what viewers have heard are the same at any point of a random game."""
    play = RandomPlay(name, number, house=0.15)
    state = play.game.state.fork()
    heard: list[dict[str, list[object]]] = [{} for _ in range(play.game.program.viewers)]
    for _ in range(steps):
        done = play.step()
        if done is None:
            break
        for event in done[1] if isinstance(done[1], tuple) else ():
            apply(play.game.program, state, event)
            for each, ops in zip(heard, project_all(play.game.program, state, event), strict=True):
                for op in ops:
                    if op[0] == "push":
                        each.setdefault(op[1], []).append(op[2])
    was, twin = play.game.state, again(name)
    before = was.fork()
    move = Move(play.game.program, twin)
    now = move.state(was)
    assert move.notes == []
    assert now == was == before
    past = tuple({key: tuple(entries) for key, entries in each.items()} for each in heard)
    assert move.past(past) == past
    for viewer in range(twin.viewers):
        assert view(twin, now, viewer) == view(play.game.program, was, viewer)
        assert offers(twin, now, viewer) == offers(play.game.program, was, viewer)


def started(text: str = TEXT) -> Game:
    game = Game.started(compiled(text), bytes(32))
    while game.state.status == "setup":
        game.run_house(Advance())
    return game


def override(game: Game, name: str, value: int) -> None:
    game.run_house(Override(game.program.slot_of[name], value, "for the test"))


def moved(game: Game, text: str) -> tuple[Program, State, list[str]]:
    program = compiled(text)
    move = Move(game.program, program)
    return program, move.state(game.state), move.notes


def value(program: Program, state: State, name: str) -> int:
    return state.board[program.slot_of[name]]


def test_values_are_kept_by_name() -> None:
    """New slots before a value do not move it, and start as they say."""
    game = started()
    override(game, "support", 80)
    program, state, notes = moved(
        game, TEXT.replace("tracks:\n", "tracks:\n  early: {label: Early, range: [0, 3], start: 2}\n")
    )
    assert (value(program, state, "support"), value(program, state, "early")) == (80, 2)
    assert notes == []


def test_a_value_outside_its_new_range_is_brought_back_and_said() -> None:
    """Bounds clamp."""
    game = started()
    override(game, "escalation", 9)
    program, state, notes = moved(
        game,
        TEXT.replace("Escalation ladder, range: [0, 10]", "Escalation ladder, range: [0, 6]").replace(
            "when: escalation >= 10", "when: escalation >= 6"
        ),
    )
    assert value(program, state, "escalation") == 6
    assert notes == ["`escalation` was 9; its range is 0 to 6 now, so it is 6."]


def test_a_value_that_never_moved_takes_its_new_start() -> None:
    """Somebody who mends a start wants to see it."""
    game = started()
    override(game, "support", 80)
    changed = TEXT.replace("range: [0, 100], start: 55", "range: [0, 100], start: 40").replace(
        "range: [-5, 5], start: 0", "range: [-5, 5], start: 3"
    )
    program, state, notes = moved(game, changed)
    assert (value(program, state, "support"), value(program, state, "mood")) == (80, 3)
    assert notes == ["`mood` starts at 3 now and had not moved, so it is 3."]


def test_what_is_gone_is_said() -> None:
    """A track, a card on the table, an order in a draft."""
    game = started()
    override(game, "mood", 4)
    game.run_house(Fire(game.program.card_index["storm"], ()))
    changed = TEXT.replace("  mood: {label: Mood, range: [-5, 5], start: 0}\n", "").replace(
        "effects: [mood +1]", "effects: [support +1]"
    )
    _, state, notes = moved(game, changed.replace("  storm: {title: A storm, pool: shelf}\n", ""))
    assert state.hand == ()
    assert notes == ["`mood` is gone; it was 4.", "The card `storm` is gone, and so it is from the table."]


def test_cards_answers_and_bindings_go_by_name() -> None:
    """An option that moved down the list is still the one that was chosen."""
    game = started()
    game.run_house(Fire(game.program.card_index["letter"], ((0, game.program.owners.index("mayiza")),)))
    assert game.state.hand[0].bindings == (game.program.owners.index("mayiza"),)
    washington, mayiza = game.program.seats.index("washington"), game.program.seats.index("mayiza")
    for seat, option in ((washington, "send"), (mayiza, "go")):
        assert isinstance(game.do(seat, Respond(0, option, "Because.", None)), tuple)
    changed = TEXT.replace("          - {id: burn, stance: escalate, label: Burn it}\n", "").replace(
        "{id: go, stance: escalate, label: Go}", "{id: run, stance: escalate, label: Run}"
    )
    changed = changed.replace("injects:\n", "injects:\n  early: {title: Early, pool: shelf}\n")
    program, state, notes = moved(game, changed)
    (dealt,) = state.hand
    assert program.cards[dealt.card].id == "letter"
    assert dealt.bindings == (program.owners.index("mayiza"),)
    options = program.cards[dealt.card].addressees[dict(dealt.to)[washington]].options
    assert options[state.answers[dealt.number, washington].option].id == "send"
    assert (dealt.number, mayiza) not in state.answers
    assert notes == ["The answer `go` of `mayiza` to `letter` is gone."]


def test_a_gone_phase_is_another_one_and_said() -> None:
    """The place in the turn is kept where the name is not."""
    game = started()
    game.run_house(Advance())
    assert game.state.phase_id(game.program) == "rooms"
    program, state, notes = moved(game, TEXT.replace("{id: rooms, label: Rooms", "{id: salons, label: Rooms"))
    assert state.phase_id(program) == "salons"
    assert notes == ["The phase `rooms` is gone; the game is in `salons`."]


def test_a_workshop_goes_on_after_a_reload() -> None:
    """What was heard stays, and the game can be played to its end."""
    shop = Workshop(compiled(TEXT), bytes(32), "random")
    shop.next_turn()
    heard = shop.view(0)["feed"]
    shop.reload(compiled(TEXT.replace("  mood: {label: Mood", "  early: {label: Early, range: [0, 2]}\n  mood: {label: Mood")))
    assert [story["head"] for story in shop.view(0)["feed"]] == [story["head"] for story in heard]
    while shop.state.status != "over":
        shop.next_turn()
    assert shop.state.result is not None


def test_announcements_are_kept() -> None:
    """Messages belong to the table, and stay."""
    game = started()
    events = game.run_house(Announce("Hear me."))
    assert isinstance(events, tuple)
    program = compiled(TEXT)
    move = Move(game.program, program)
    past = tuple({"messages": ({"text": "Hear me."},)} for _ in range(game.program.viewers))
    assert move.past(past) == past
