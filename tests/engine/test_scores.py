"""A score is the sum of its parts between 0 and 100; a catastrophe caps it and leaves no mandate met."""

from __future__ import annotations

from tests.support.play import program_of, seed_of
from wargame.engine.game import Game
from wargame.engine.scores import result, seat_score, tenths
from wargame.rules.program import NOBODY

PROGRAM = program_of("everything")
NORTH, ASSEMBLY, REDS = (PROGRAM.seats.index(name) for name in ("north", "assembly", "reds"))


def game() -> Game:
    return Game.started(PROGRAM, seed_of(2))


def test_parts_add_up_with_the_agenda() -> None:
    """The breakdown holds every component and the seat's agenda, and adds up to the total."""
    state = game().state
    score = seat_score(PROGRAM, state, NORTH, NOBODY)
    assert [part.label for part in score.parts][:2] == ["Aim", "Support"]
    assert score.parts[-1].label.startswith("Agenda: ")
    assert score.total == round(min(100, max(0, sum(part.value for part in score.parts))), 1)
    assert score.agenda in ("home", "glory")
    assert dict(score.choices).keys() == {"aim"}


def test_a_catastrophe_caps_and_voids() -> None:
    """No score is above the cap and no mandate is met."""
    state = game().state
    state.board[PROGRAM.slot_of["authority"]] = 1
    whole = seat_score(PROGRAM, state, ASSEMBLY, NOBODY)
    assert (whole.total, whole.met) == (50.0, True)
    capped = seat_score(PROGRAM, state, ASSEMBLY, 0)
    assert (capped.total, capped.met) == (35.0, False)


def test_the_top_is_shared_and_only_seats_in_play_are_judged() -> None:
    """Equal highest scores share the top; an absent seat has no score."""
    some = Game.started(PROGRAM, seed_of(2), ("north", "south", "assembly", "reds", "blues"))
    for slot in PROGRAM.slots:
        if slot.name in ("support", "tension", "hills.reds.presence", "town.blues.presence"):
            some.state.board[slot.index] = slot.lo
    outcome = result(PROGRAM, some.state, NOBODY)
    assert {score.seat for score in outcome.scores} == set(range(5))
    best = max(score.total for score in outcome.scores)
    assert outcome.top == tuple(score.seat for score in outcome.scores if score.total == best)
    assert outcome.ledger == (("People harmed", 0.0),)


def test_never_minus_nothing() -> None:
    """What rounds to nothing is shown without a sign."""
    assert str(tenths(-0.04)) == "0.0"
    assert str(tenths(-0.06)) == "-0.1"
    assert tenths(2) == 2.0
