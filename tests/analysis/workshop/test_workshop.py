"""A workshop's game is a real game: what is tried there goes through the engine, can be taken back, and is told in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.play import program_of
from wargame.analysis.workshop.workshop import Unable, Workshop
from wargame.engine.commands import Refused
from wargame.engine.state import State

NORTH = 0


def opened(name: str = "everything", level: str = "random") -> Workshop:
    return Workshop(program_of(name), bytes(32), level)


def playing(turn: int = 1, phase: int = 1) -> Workshop:
    shop = opened()
    shop.jump(turn, phase)
    return shop


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(Unable) as caught:
        work()
    return str(caught.value)


def over(shop: Workshop) -> bool:
    return shop.state.status == "over"


def value(shop: Workshop, name: str) -> int:
    return shop.state.board[shop.program.slot_of[name]]


def test_bots_leave_my_seat_alone() -> None:
    """They do what they want in the others, and the phase waits for me."""
    shop = playing()
    moment = shop.moment
    shop.bots("north")
    assert shop.moment == moment
    assert NORTH not in shop.state.sealed
    assert {seat for seat in shop.state.seats if seat != NORTH} >= shop.state.sealed


def test_the_next_phase_and_the_next_turn() -> None:
    """What I have drafted counts, what I have not is left."""
    shop = playing()
    before = shop.moment
    shop.next_phase("north")
    assert shop.moment > before
    turn = shop.state.turn
    shop.next_turn()
    assert shop.state.turn == turn + 1


def test_a_game_is_played_to_its_end() -> None:
    """Then nothing more can be done but to go back."""
    shop = opened("skirmish")
    while not over(shop):
        shop.next_turn()
    assert refusal(shop.next_turn) == "The game is over; take a step back, or start again."
    assert refusal(lambda: shop.apply_effects("heat +1", NORTH)).startswith("The game is over")
    shop.undo()
    assert not over(shop)


def test_a_jump_goes_on_by_bots_and_back_by_memory() -> None:
    """Where nothing is remembered, that is said."""
    shop = opened()
    shop.jump(2, 0)
    assert shop.state.turn == 2
    there = shop.moment
    shop.next_turn()
    shop.jump(*there)
    assert shop.moment == there
    assert "from 1 to" in refusal(lambda: shop.jump(99, 0))
    shop.steps.clear()
    assert refusal(lambda: shop.jump(1, 0)) == "So far back nothing is remembered. Start again and go there."


def test_every_step_is_taken_back() -> None:
    """State and what was heard, the last step first."""
    shop = playing()
    seen: list[tuple[State, object]] = []

    def remembering(work: Callable[[], object]) -> None:
        seen.append((shop.state.fork(), shop.past))
        work()

    remembering(lambda: shop.set_value("tension", "9"))
    remembering(lambda: shop.apply_effects("tension -2; {news: Calm.}", NORTH))
    remembering(lambda: shop.deal(next(iter(shop.program.card_index))))
    remembering(shop.bots)
    remembering(shop.next_turn)
    remembering(shop.restart)
    for state, past in reversed(seen):
        shop.undo()
        assert (shop.state, shop.past) == (state, past)
    while shop.steps:
        shop.undo()
    assert refusal(shop.undo) == "There is nothing to take back."


def test_what_was_read_does_not_change() -> None:
    """A view taken before a change is the view from before."""
    shop = playing()
    view, state = shop.view(NORTH), shop.state
    board = list(state.board)
    shop.set_value("tension", "9")
    shop.next_phase()
    assert state.board == board
    assert shop.view(NORTH) != view


def test_commands_are_those_of_players() -> None:
    """A refusal is the engine's, and changes nothing."""
    shop = playing()
    state = shop.state
    refused = shop.do(NORTH, {"do": "sign", "agreement": "nothing"}, shop.state.turn, "desk")
    assert isinstance(refused, Refused)
    assert shop.state is state
    assert shop.do(shop.program.white_cell, {"do": "announce", "text": "Hear me."}, 0, "") is None
    assert shop.view(NORTH)["messages"][-1]["text"] == "Hear me."


@pytest.mark.parametrize(
    ("name", "text", "now"),
    [("tension", " 7 ", 7), ("embargo", "true", 1), ("embargo", "no", 0), ("pact", "true", 1), ("north.capital", "0", 0)],
)
def test_values_are_set_by_name(name: str, text: str, now: int) -> None:
    """Numbers, flags, agreements."""
    shop = playing()
    shop.set_value(name, text)
    assert value(shop, name) == now


def test_an_agreement_that_is_set_is_in_force() -> None:
    """Its parties see it."""
    shop = playing()
    shop.set_value("pact", "true")
    assert "pact" in shop.view(NORTH)["agreements"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("tension", "11", "`tension` goes from 0 to 10; 11 is outside."),
        ("tension", "many", "`tension` needs a whole number from 0 to 10."),
        ("tension", "", "`tension` needs a whole number from 0 to 10."),
        ("tension", "\u0663", "`tension` needs a whole number from 0 to 10."),
        ("tension", "9" * 40, "`tension` needs a whole number from 0 to 10."),
        ("embargo", "2", "`embargo` holds or not: write `true` or `false`."),
        ("tensoin", "1", "Nothing on the board is named `tensoin`. Did you mean `tension`?"),
        ("turn", "3", "Nothing on the board is named `turn`."),
    ],
)
def test_what_cannot_be_set_is_told(name: str, text: str, said: str) -> None:
    """With the bounds, or the name that was meant."""
    shop = playing()
    state = shop.state
    assert refusal(lambda: shop.set_value(name, text)).startswith(said)
    assert shop.state is state


def test_every_value_can_be_set_to_what_it_is() -> None:
    """What is shown of a slot is what can be typed."""
    shop = playing()
    for slot in shop.settable():
        assert shop.read_value(slot, shop.value_of(slot)) == shop.state.board[slot.index], slot.name


def test_cards_are_dealt_with_names_bound_or_found() -> None:
    """A member that the card was not written for is refused."""
    shop = playing()
    entry = next(card for card in shop.program.cards if card.variables and shop.members(card.variables[0]))
    variable = entry.variables[0]
    member = shop.members(variable)[-1]
    shop.deal(entry.id, {variable.name: member})
    assert shop.state.hand[-1].card == entry.index
    assert "cannot be `nobody_here`" in refusal(lambda: shop.deal(entry.id, {variable.name: "nobody_here"}))
    assert refusal(lambda: shop.deal(entry.id, {"other": member})) == f"The card `{entry.id}` binds no `other`."
    assert refusal(lambda: shop.deal("no_card")).startswith("There is no card `no_card`.")


def test_a_card_before_turn_one_is_refused_in_words() -> None:
    shop = opened()
    assert shop.state.status == "setup"
    assert refusal(lambda: shop.deal(next(iter(shop.program.card_index)))) == "Turn 1 has not begun."


def test_effects_are_foreseen_and_carried_out() -> None:
    """What they would do changes nothing; what they did is told, and everybody hears of it."""
    shop = playing()
    shop.set_value("tension", "3")
    before = shop.state
    foreseen = shop.try_effects("tension +2", NORTH)
    assert [words for _, _, words in foreseen] == ["Tension +2"]
    assert shop.state is before
    done = shop.apply_effects(
        "tension +2; {roll: 95, label: Mine, success: [{news: It held.}], failure: [{news: It broke.}]}", NORTH
    )
    assert value(shop, "tension") == 5
    assert any(words.startswith("Tension +2") for _, _, words in done)
    assert any("Mine" in words for _, tone, words in done if tone == "roll")
    assert any(words in ("It held.", "It broke.") for _, _, words in done)
    assert shop.view(NORTH)["feed"][-1]["slots"]


def test_effects_that_end_the_game_end_it() -> None:
    """It is a real game."""
    shop = playing()
    ending = next(iter(shop.program.scenario.endings))
    shop.apply_effects(f"end_game {ending}", NORTH)
    assert over(shop)
    shop.undo()
    assert not over(shop)


def test_what_is_wrong_with_a_text_is_underlined() -> None:
    """As `check` does it."""
    shop = playing()
    said = refusal(lambda: shop.evaluate("tensoin > 3", NORTH))
    assert said.splitlines() == [
        "typed:1:1: error[unknown_name]: There is nothing named `tensoin`.",
        "  1 | tensoin > 3",
        "    | ^^^^^^^",
        "  hint: did you mean `tension`?",
    ]
    assert "error[" in refusal(lambda: shop.apply_effects("tension + 2x", NORTH))
    assert "error[" in refusal(lambda: shop.try_effects("tension + 2x", NORTH))


def test_expressions_are_evaluated_over_the_board_as_it_is() -> None:
    """`me` is the seat; the public is nobody."""
    shop = playing()
    shop.set_value("tension", "4")
    shop.set_value("north.capital", "9")
    reading = shop.evaluate("tension + me.capital", NORTH)
    assert (reading.value, reading.names) == ("13", ("`tension` is 4", "`me.capital` is 9"))
    assert "error[" in refusal(lambda: shop.evaluate("me.capital", shop.program.public))


def test_optional_seats_can_be_left_out() -> None:
    """Others cannot."""
    program = program_of("everything")
    shop = Workshop(program, bytes(32), without=frozenset({"observers"}))
    assert program.seats.index("observers") not in shop.state.seats
    assert "cannot do without" in refusal(lambda: Workshop(program, bytes(32), without=frozenset({"north"})))


def test_viewers_by_name() -> None:
    shop = opened()
    assert [shop.viewer(name) for name in ("north", "public", "white_cell")] == [
        0,
        shop.program.public,
        shop.program.white_cell,
    ]
    assert refusal(lambda: shop.viewer("nrth")) == "There is no seat `nrth`. Did you mean `north`?"
